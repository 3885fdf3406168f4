"""A file is opened and its particulars change until it is signed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.text import slugify

from hermanar.agreements import rules
from hermanar.agreements.actions.drafts import PartyDraft
from hermanar.agreements.actions.filing import OpenFile, StepDraft, atomic, fetch, hold, keep_step, move, refuse, seal
from hermanar.agreements.actions.recording import describing_titles
from hermanar.agreements.actions.versions import EDITABLE, editable, keep_version
from hermanar.agreements.models import Agreement, AgreementArea, Party
from hermanar.agreements.queries import AGREEMENT_INDEX, for_office, party_cards, published
from hermanar.agreements.queries.proof import AREAS_WRITTEN, is_sealed
from hermanar.agreements.vocabulary import Kind, Stage
from hermanar.agreements.vocabulary.procedure import Refusal, Step
from hermanar.foundation import trail
from hermanar.foundation.access import Actor, Verb, require_in
from hermanar.foundation.walls import seeing_all
from hermanar.offices.actions import next_file_number
from hermanar.offices.models import Office


@dataclass(frozen=True, slots=True)
class FileDraft:
    """A file as it is opened; the office's own place is one of the parties."""

    parties: Sequence[PartyDraft]
    kind: Kind = Kind.TWINNING
    title_es: str = ""  # empty: a describing one is made
    title_en: str = ""
    areas: Sequence[tuple[str, str]] = ()  # code, words of the text
    languages: Sequence[str] = ()
    planned_signature_on: dt.date | None = None
    term_years: int | None = None
    is_open_ended: bool = False
    is_renewable: bool | None = None
    first_programme_days: int | None = None
    is_filed: bool = False
    derives_from: UUID | None = None
    key: UUID | None = None  # given by the page: the same file sent twice is opened once


@atomic
def draft(file: FileDraft, *, office: UUID, by: Actor, today: dt.date) -> Agreement:
    """Open a file with a number of the office. Raises NotAllowedError, StepRefusedError, CorrectionError."""
    require_in(by, Verb.DRAFT, office=office)
    trail.hold(AGREEMENT_INDEX, chain=str(office))
    if file.key and (sent := Agreement.objects.filter(pk=file.key).first()):
        if sent.office_id != office:
            raise Agreement.DoesNotExist(str(file.key))
        return sent
    kept_office = Office.objects.get(pk=office)
    check_parties(file.parties, place=kept_office.place_id)
    if file.planned_signature_on and file.planned_signature_on < today:
        refuse(Refusal.PLANNED_IN_THE_PAST)
    _check_origin(file.derives_from, by=by)
    number = next_file_number(office, year=today.year)
    cards = party_cards({party.place_id for party in file.parties})
    title_es, title_en = (file.title_es, file.title_en) if file.title_es else describing_titles(file, cards)
    made = Agreement(
        **({"id": file.key} if file.key else {}),
        reference=number,
        office=kept_office,
        slug=free_slug([cards[party.place_id]["name"] for party in file.parties], number),
        title_es=title_es,
        title_en=title_en,
        has_official_title=bool(file.title_es),
        kind=file.kind,
        stage=Stage.DRAFT,
        planned_signature_on=file.planned_signature_on,
        term_years=file.term_years,
        is_open_ended=file.is_open_ended,
        is_renewable=file.is_renewable,
        first_programme_days=file.first_programme_days,
        is_filed=file.is_filed,
        languages=" ".join(file.languages),
        derives_from_id=file.derives_from,
    )
    check_term(made)
    made.save(force_insert=True)
    write_parties(made, file.parties)
    _write_areas(made, file.areas)
    keep_step(OpenFile(made, by, Step.DRAFT, {"stage": Stage.DRAFT}), StepDraft(on=today), today=today)
    keep_version(made, by=by)
    return made


@atomic
def edit_file(agreement: UUID, *, by: Actor, version: int, values: Mapping[str, Any]) -> Agreement:
    """Change particulars of a file on the version that was read.

    Raises NotAllowedError, EditConflictError, StepRefusedError for what the signature settled, KeyError for another
    field, and CorrectionError for values that no file may have.
    """
    kept = hold(fetch(agreement, by=by, verb=Verb.EDIT_FILE), version=version)
    if unknown := set(values) - EDITABLE:
        raise KeyError(", ".join(sorted(unknown)))
    if kept.stage == Stage.ABANDONED:
        refuse(Refusal.WRONG_STAGE)
    if set(values) - editable(kept):
        refuse(Refusal.ALREADY_SIGNED)
    _check_settled(kept, values)
    chain = str(kept.office_id)
    if turns := "areas" in values and is_sealed(kept.pk):
        seal(kept.pk, by=by, chain=chain)
    columns = {name: value for name, value in values.items() if name != "areas"}
    if "languages" in columns:
        columns["languages"] = " ".join(columns["languages"])
    for name, value in columns.items():
        setattr(kept, name, value)
    check_term(kept)
    if "areas" in values:
        kept.areas.all().delete()
        _write_areas(kept, values["areas"])
    titled = {"has_official_title": True} if "title_es" in columns else {}
    move(kept, edited_by=by, **columns, **titled)
    code, told = AREAS_WRITTEN if turns else "agreement.edited", [kept.version, dict(values)]
    trail.record(code, by=by, subject=str(kept.pk), content=told, chain=chain)
    if turns:
        seal(kept.pk, by=by, chain=chain)
    return kept


def check_parties(parties: Sequence[PartyDraft], *, place: UUID | None) -> None:
    """Raise StepRefusedError unless two places or more, each once, are parties and the office's is one of them."""
    places = [party.place_id for party in parties]
    if len(set(places)) != len(places) or len(places) < 2:  # noqa: PLR2004  an agreement has two sides
        refuse(Refusal.SAME_PARTY_TWICE)
    if place not in places:
        refuse(Refusal.NOT_A_PARTY)


def _check_settled(kept: Agreement, values: Mapping[str, Any]) -> None:
    """Refuse languages that the signature settled, and a day too soon for the opinion that was asked for."""
    stage = Stage(kept.stage)
    languages = kept.languages.split()
    if rules.settles_languages(stage, was=languages, asked=values.get("languages", languages)):
        refuse(Refusal.LANGUAGES_SETTLED)
    if "planned_signature_on" in values and stage is Stage.OPINION_REQUESTED:
        request = kept.steps.filter(step=Step.REQUEST_OPINION).order_by("-number").first()
        if request and (refusal := rules.planned_too_soon(values["planned_signature_on"], asked_on=request.on)):
            refuse(refusal)


def _check_origin(origin: UUID | None, *, by: Actor) -> None:
    """Refuse an agreement the office may not see as one that does not exist."""
    if origin and not (for_office(by.office).filter(pk=origin).exists() or published().filter(pk=origin).exists()):
        refuse(Refusal.UNKNOWN_ORIGIN)


def check_term(agreement: Agreement) -> None:
    """Raise CorrectionError unless a file may have this title, kind and term."""
    kept = {name: getattr(agreement, name) for name in ("stage", *rules.CORRECTABLE)}
    asked = {name: kept[name] for name in ("title_es", "title_en", "kind", "term_years", "is_open_ended")}
    rules.check_correction(asked, kept=kept)


def free_slug(names: Sequence[str], number: str) -> str:
    """Return the address of a file: the names of its parties, then its number."""
    year_and_number = "-".join(number.split("/")[1:])
    slug = f"{slugify(' '.join(names))[:120] or 'acuerdo'}-{year_and_number}"
    with seeing_all():  # an address may be taken by a file that this office must not see
        is_taken = Agreement.objects.filter(slug=slug).exists()
    return f"{slug}-{slugify(number)}"[:160] if is_taken else slug


def write_parties(agreement: Agreement, parties: Sequence[PartyDraft]) -> None:
    """Write the parties of a new file in the order given."""
    for position, party in enumerate(parties):
        Party.objects.create(
            agreement=agreement,
            place_id=party.place_id,
            role=party.role,
            standing=party.standing,
            position=position,
            name_as_written=party.name_as_written,
        )


def _write_areas(agreement: Agreement, areas: Sequence[Sequence[str]]) -> None:
    for area, words in dict.fromkeys((str(area), str(words)) for area, words in areas):
        AgreementArea.objects.create(agreement=agreement, area=area, as_written=words)


__all__ = ["FileDraft", "check_parties", "check_term", "draft", "edit_file", "free_slug", "write_parties"]
