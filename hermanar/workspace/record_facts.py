"""What the record of a file says for each of its papers, and the paper made of it."""

from __future__ import annotations

import dataclasses
from typing import Any

from babel import Locale
from django.utils import translation

from hermanar.agreements.models import Agreement, Party
from hermanar.agreements.vocabulary import AreaOfCooperation, Kind, Role
from hermanar.agreements.vocabulary.procedure import Step
from hermanar.directory.models import Place
from hermanar.directory.vocabulary import PlaceKind
from hermanar.foundation.calendar import today_in
from hermanar.foundation.papers import AgreementFacts, LetterFacts, Paper, ProgrammeFacts, missing
from hermanar.offices.models import Office
from hermanar.ui.templatetags.ui import long_date
from hermanar.workspace.known import known_between
from hermanar.workspace.papers import PaperKind, built, filling_of, last_filling, read
from hermanar.workspace.plan_facts import programme_near, programme_values, side_names

# By way of which the ministry is told (guide, step 2); whoever heads it when the letter arrives.
_ADDRESSEE = "Titular de la Dirección General de Coordinación Política"
_KINDS = {
    Kind.TWINNING: "acuerdo de hermanamiento",
    Kind.SPECIFIC_COOPERATION: "acuerdo de cooperación específica",
}
_AREAS_EN = {
    "commerce": "trade, investment and business", "labour": "labour", "culture": "culture", "crafts": "crafts",
    "sports": "sports", "gender_equality": "gender equality", "youth": "youth", "tourism": "tourism",
    "education": "education and academia", "science_technology": "science and technology",
    "environment": "environment and waste", "health": "health", "public_safety": "public safety",
    "municipal_development": "municipal development and management", "urbanism": "urban planning and historic centres",
    "human_resources": "human resources", "citizen_participation": "citizen participation",
    "social": "social development", "any_other": "any other area they agree on", "other": "other",
}  # fmt: skip


def paper_values(kept: Agreement, kind: PaperKind) -> dict[str, Any]:
    """Return the facts of a paper by dotted name: what was written in it over what the record says."""
    filling = filling_of(kept, kind)
    texts = filling.values if filling else last_filling(kept, kind)
    written = {name: read(kind.facts, name, text=text) for name, text in texts.items() if name in kind.asked}
    return {
        **record_facts(kept, kind),
        **{name: value for name, value in written.items() if value not in (None, "", ())},
    }


def paper_of(kept: Agreement, kind: PaperKind) -> Paper:
    """Return a paper as it reads today, marked as a draft."""
    return kind.write(built(kind.facts, paper_values(kept, kind)))


def as_read(paper: Paper) -> Paper:
    """Return a paper without the mark of a draft, once somebody says that it was read; one with gaps keeps it."""
    return paper if missing(paper) else dataclasses.replace(paper, is_draft=False)


def record_facts(kept: Agreement, kind: PaperKind) -> dict[str, Any]:
    """Return the facts of a paper that the record holds, by dotted name."""
    office = kept.office
    assert office is not None
    parties = list(kept.parties.select_related("place__country", "place__state"))
    own = next(one for one in parties if one.role == Role.DECLARING)
    other = next(one for one in parties if one.role == Role.COUNTERPART)
    if kind.facts is LetterFacts:
        return _letter(kept, office, own=own, other=other)
    values = _parties(kept, office, own=own, other=other, language=kind.language)
    if kind.facts is AgreementFacts:
        return {**values, **_draft(kept, own, kind.language)}
    assert kind.facts is ProgrammeFacts
    title = (kind.language == "en" and kept.title_en) or kept.title_es
    return {**values, "agreement_title": title, **_planned(kept, values, kind.language)}


def _planned(kept: Agreement, values: dict[str, Any], language: str) -> dict[str, Any]:
    """Return what the plan says of the programme of this year, or of the nearest there is; nothing without a plan."""
    assert kept.office is not None
    one = programme_near(kept, year=today_in(kept.office.time_zone).year)
    if one is None:
        return {}
    own, other = values["mexican.short_name"], values["counterpart.short_name"]
    return programme_values(one, side_names(own, other, language=language), language=language)


def _government(place: Place, *, language: str) -> str:
    if place.kind == PlaceKind.STATE:
        return f"the State of {place.name}" if language == "en" else f"el Gobierno del Estado de {place.name}"
    if place.country_id == "MX":
        return f"the Municipality of {place.name}" if language == "en" else f"el Municipio de {place.name}"
    return f"the City of {place.name}" if language == "en" else f"la Ciudad de {place.name}"


def _name(party: Party, language: str) -> str:
    return party.name_as_written or _government(party.place, language=language)


def _letter(kept: Agreement, office: Office, *, own: Party, other: Party) -> dict[str, Any]:
    steps = list(kept.steps.all())
    asked = [one for one in steps if one.step == Step.REQUEST_OPINION]
    answers = [one for one in steps if one.step == Step.RECORD_OPINION and one.is_favourable]
    opinion = answers[-1] if answers else None
    told = next((one for one in steps if one.step == Step.INFORM_MINISTRY), None)
    awaited = bool(asked) and steps[-1].step == Step.REQUEST_OPINION
    contact = ", ".join(part for part in (office.email, office.phone) if part)
    return {
        "letterhead": tuple(part for part in (office.name, office.address) if part),
        "place": office.letter_place,
        "dated_on": today_in(office.time_zone),
        "recipient_title": _ADDRESSEE,
        "sender": office.head_name,
        "sender_title": office.head_post,
        "sender_office": _government(own.place, language="es"),
        "contact": contact,
        "agreement_title": kept.title_es,
        "kind": _KINDS.get(Kind(kept.kind), "instrumento"),
        "counterpart": _name(other, "es"),
        "country": ", ".join(part for part in (other.place.region, other.place.country.name_es) if part),
        "earlier": _earlier(kept, office, other=other),
        "areas": areas_in(kept, "es"),
        "languages": languages_in(kept, "es"),
        "authenticity": _authenticity(kept),
        "term": _term(kept),
        "planned_signature_on": kept.planned_signature_on,
        "signed_on": kept.signed_on,
        "signed_at": kept.signed_at_place,
        "opinion_reference": opinion.letter if opinion else "",
        "opinion_on": opinion.on if opinion else None,
        "notice_reference": told.letter if told else "",
        "notice_on": told.on if told else None,
        "round": len(asked) + (0 if awaited else 1),
        "enclosures": _enclosures(kept),
    }


def _earlier(kept: Agreement, office: Office, *, other: Party) -> tuple[str, ...]:
    """Return the signed agreements with the same place that this office may see, with their dates."""
    if office.place_id is None:
        return ()
    known = known_between(office, office.place_id, other=other.place_id)
    signed = [one for one in known if one.pk != kept.pk and one.signed_on]
    return tuple(f"«{one.title_es}» ({_date_said(one)})" for one in signed)


def _date_said(kept: Agreement) -> str:
    with translation.override("es"):
        return long_date(str(kept.signed))


def _authenticity(kept: Agreement) -> str:
    """Say that the texts are equally authentic where two languages or more have one and the newest of each is."""
    newest = {text.language: one for text in kept.texts.prefetch_related("versions") for one in text.versions.all()}
    return "igualmente auténticos" if len(newest) > 1 and all(one.is_authentic for one in newest.values()) else ""


def _term(kept: Agreement) -> str:
    if kept.is_open_ended:
        return "vigencia indefinida"
    years = "un año" if kept.term_years == 1 else f"{kept.term_years} años"
    return f"una vigencia de {years}" if kept.term_years else ""


def _enclosures(kept: Agreement) -> tuple[str, ...]:
    """Return the newest version of each text, as the list at the foot of a letter names it."""
    found = []
    for text in sorted(kept.texts.prefetch_related("versions"), key=lambda one: one.language != "es"):
        versions = list(text.versions.all())
        if versions:
            kind = "Copia firmada" if versions[-1].is_signed else "Texto"
            found.append(f"{kind} en {Locale('es').languages.get(text.language, text.language)}")
    return tuple(found)


def areas_in(kept: Agreement, language: str) -> tuple[str, ...]:
    """Return the areas of an agreement in words: as it writes them, or in English by their names."""
    rows = kept.areas.order_by("pk").values_list("area", "as_written")
    if language == "en":
        return tuple(_AREAS_EN.get(area, words) for area, words in rows if area in AreaOfCooperation.values)
    return tuple(words for _area, words in rows)


def languages_in(kept: Agreement, language: str) -> tuple[str, ...]:
    """Return the names of the languages of an agreement."""
    names = Locale(language).languages
    return tuple(str(names.get(code, code)) for code in kept.languages.split())


def _parties(kept: Agreement, office: Office, *, own: Party, other: Party, language: str) -> dict[str, Any]:
    country = other.place.country.name_en if language == "en" else other.place.country.name_es
    return {
        "mexican.name": _name(own, language),
        "mexican.short_name": own.place.name,
        "mexican.state": own.place.state.name if own.place.state else own.place.name,
        "mexican.signatory": office.head_name,
        "mexican.signatory_title": office.head_post,
        "mexican.unit": office.name,
        "counterpart.name": _name(other, language),
        "counterpart.short_name": other.place.name,
        "counterpart.state": ", ".join(part for part in (other.place.region, country) if part),
    }


def _draft(kept: Agreement, own: Party, language: str) -> dict[str, Any]:
    title = (kept.title_en if language == "en" else kept.title_es) if kept.has_official_title else ""
    return {
        "title": title,
        "areas": areas_in(kept, language),
        "derives_from": kept.derives_from.title_es if kept.derives_from else "",
        "plan_days": kept.first_programme_days,
        "term_years": kept.term_years,
        "languages": languages_in(kept, language),
        "signing_place": kept.signed_at_place or own.place.name,
        "signed_on": kept.signed_on,
    }
