"""The documented facts that come with the product: CSV files in, verbs called, nothing lost when repeated."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hermanar.agreements.actions import AgreementDraft, PartyDraft, record_past_agreements, relist_places
from hermanar.agreements.actions.drafts import ActDraft, DocumentDraft
from hermanar.agreements.models import Agreement
from hermanar.agreements.rules import StatedDate, settled_date
from hermanar.agreements.vocabulary import Field, Kind, Registered, Role, SignedPrecision
from hermanar.console.rows import DATA, Row, rows_of
from hermanar.console.shipped_problems import load_board
from hermanar.cooperation.actions import ActivityDraft, record_activities
from hermanar.cooperation.vocabulary import ActivityKind, Direction
from hermanar.directory.actions import load_directory
from hermanar.directory.models import Place
from hermanar.directory.queries import place_by_identifier, resolve_party
from hermanar.foundation.access import CONSOLE
from hermanar.foundation.calendar import PartialDate, Precision, parse_partial
from hermanar.foundation.calendar.loading import load_calendars
from hermanar.foundation.calendar.statutory import StatutoryRule
from hermanar.foundation.statements import StatementDraft, record_sources, replace_statements
from hermanar.museum.actions.rooms import keep_museum
from hermanar.museum.actions.shipped_events import load_events
from hermanar.observatory.actions import load_captures, record_reference_figures
from hermanar.planning.actions import load_outlines

_HOME_CITY = "inegi:11015"
_NOT_STATED = {"", "unknown"}


def load_sources() -> str:
    """Enter or update the sources by their key."""
    count = record_sources(rows_of("sources"), by=CONSOLE)
    return ngettext("%(count)d fuente", "%(count)d fuentes", count) % {"count": count}


def load_working_days() -> str:
    """Enter the calendars of authorities and the closures that laws fix."""
    rules = [StatutoryRule.parse(row) for row in rows_of("statutory_days", "calendars")]
    done = load_calendars(rows_of("calendars", "calendars"), rules, by=CONSOLE)
    kept = f"; de una persona, sin tocar: {', '.join(done.kept)}" if done.kept else ""
    return f"{done.entered} cierres nuevos, {done.withdrawn} retirados, {done.unchanged} iguales{kept}"


def load_agreements() -> str:
    """Enter the documented agreements with their acts, documents and statements, and say what was done."""
    done = record_past_agreements(_drafts(), by=CONSOLE, published_at=timezone.now(), code="agreement.loaded")
    told = [
        _news(len(done.created)),
        _changes(len(done.updated)),
        ngettext("%(count)d igual", "%(count)d iguales", done.unchanged) % {"count": done.unchanged},
    ]
    kept = "; " + _("editados, sin tocar: %s") % ", ".join(done.kept) if done.kept else ""
    return ", ".join(told) + kept


def _news(count: int) -> str:
    return ngettext("%(count)d nuevo", "%(count)d nuevos", count) % {"count": count}


def _changes(count: int) -> str:
    return ngettext("%(count)d cambiado", "%(count)d cambiados", count) % {"count": count}


def _by_agreement(name: str) -> dict[str, list[Row]]:
    grouped: dict[str, list[Row]] = defaultdict(list)
    for row in rows_of(name):
        grouped[row["agreement"]].append(row)
    return grouped


def _drafts() -> list[AgreementDraft]:
    acts, documents, said = _by_agreement("acts"), _by_agreement("documents"), _by_agreement("statements")
    drafts = []
    for row in rows_of("agreements"):
        reference = row["reference"]
        statements = [*_own_statements(row), *(_statement(more) for more in said[reference])]
        drafts.append(
            AgreementDraft(
                reference=reference,
                parties=_parties(row),
                kind=Kind(row["kind"]),
                signed=_settled(statements),
                term_years=int(row["term_years"]) if row["term_years"] else None,
                is_renewable={"yes": True, "no": False}.get(row["renewable"]),
                registered=Registered(row["registered"]),
                registered_on=row["registered_on"],
                derives_from=row["derives_from"],
                areas=[_area(text) for text in row["areas"].split("; ") if text],
                acts=[_act(act) for act in acts[reference]],
                documents=[_document(document) for document in documents[reference]],
                statements=statements,
            )
        )
    return drafts


def _parties(row: Row) -> list[PartyDraft]:
    host = _meant(row["host_city"], row["host_region"], row["host_country"])
    partner = _meant(row["partner_city"], row["partner_region"], row["partner_country"])
    return [
        PartyDraft(host.pk, Role.DECLARING, row["host_city"]),
        PartyDraft(partner.pk, Role.COUNTERPART, row["partner_as_written"]),
    ]


def _own_statements(row: Row) -> list[StatementDraft]:
    source, passage = row["source"], row["passage"]
    said = {
        Field.SIGNED_ON: row["signed"],
        Field.KIND: row["kind"],
        Field.TERM_YEARS: row["term_years"],
        Field.REGISTERED: row["registered"],
    }
    drafts = [
        StatementDraft(field.value, value, source, passage) for field, value in said.items() if value not in _NOT_STATED
    ]
    if row["active"]:
        drafts.append(StatementDraft(Field.ACTIVE.value, row["active"], source, passage, as_of=row["active_as_of"]))
    if row["note_es"]:
        drafts.append(StatementDraft(Field.NOTE.value, row["note_es"], source, passage, value_en=row["note_en"]))
    drafts.append(StatementDraft(Field.LISTED.value, "yes", source, passage))
    return drafts


def _statement(row: Row) -> StatementDraft:
    return StatementDraft(
        row["field"], row["value"], row["source"], row["passage"], as_of=row["as_of"], value_en=row["value_en"]
    )


def _settled(statements: list[StatementDraft]) -> PartialDate:
    """Choose the date of signature among what the sources say; what disagrees stays visible as statements."""
    dates = [parse_partial(said.value) for said in statements if said.field == Field.SIGNED_ON.value]
    stated = [StatedDate(date.on, SignedPrecision(date.precision.value)) for date in dates if date.on]
    chosen = settled_date(stated)
    return PartialDate(chosen.on, Precision(chosen.precision.value)) if chosen else parse_partial("")


def _area(text: str) -> tuple[str, str]:
    code, words = text.split(": ", 1)
    return code, words


def _act(row: Row) -> ActDraft:
    return ActDraft(
        kind=row["kind"],
        on=parse_partial(row["on"]),
        source_key=row["source"],
        passage=row["passage"],
        description_es=row["description_es"],
        description_en=row["description_en"],
        until=parse_partial(row["until"]).last,
    )


def _document(row: Row) -> DocumentDraft:
    return DocumentDraft(
        title_es=row["title_es"],
        title_en=row["title_en"],
        address=row["address"],
        source_key=row["source"],
        language=row["language"],
    )


def load_activities() -> str:
    """Enter the documented activities, new ones and corrected ones."""
    keys = dict(Agreement.objects.values_list("reference", "pk"))
    drafts = [
        ActivityDraft(
            agreement_id=keys[row["agreement"]],
            kind=ActivityKind(row["kind"]),
            direction=Direction(row["direction"]),
            start=parse_partial(row["start"]),
            end=parse_partial(row["end"]),
            description_es=row["description_es"],
            description_en=row["description_en"],
            source_key=row["source"],
            passage=row["passage"],
            is_report_date=row["is_report_date"] == "yes",
            reference=row["reference"],
        )
        for row in rows_of("activities")
    ]
    count = record_activities(drafts, by=CONSOLE)
    told = ngettext("%(count)d actividad nueva o cambiada", "%(count)d actividades nuevas o cambiadas", count)
    return told % {"count": count}


def load_place_statements() -> str:
    """Enter what sources say of cities, replacing what the same sources said before."""
    drafts: dict[UUID, list[StatementDraft]] = defaultdict(list)
    for row in rows_of("place_statements"):
        drafts[_place_key(row["place"])].append(
            StatementDraft(
                row["field"],
                row["value_es"],
                row["source"],
                row["passage"],
                as_of=row["as_of"],
                value_en=row["value_en"],
            )
        )
    count = replace_statements(drafts, by=CONSOLE)
    return ngettext("%(count)d afirmación", "%(count)d afirmaciones", count) % {"count": count}


def _place_key(text: str) -> UUID:
    if "|" in text:
        city, country = text.split("|")
        return _meant(city, "", country).pk
    place = place_by_identifier(text)
    if place is None:
        raise LookupError(text)
    return place.pk


def _meant(city: str, region: str, country: str) -> Place:
    place = resolve_party(city, region=region, country=country).place
    if place is None:
        raise LookupError(f"{city}, {region}, {country}")
    return place


def load_reference_figures() -> str:
    """Enter the figures that sources state."""
    count = record_reference_figures(rows_of("reference_figures"), by=CONSOLE)
    return ngettext("%(count)d cifra", "%(count)d cifras", count) % {"count": count}


def load_assessment_outlines() -> str:
    """Enter the outlines of assessments and withdraw the questions that are no longer asked."""
    files = [rows_of(name, "planning") for name in ("outlines", "sections", "questions")]
    done = load_outlines(files[0], files[1], questions=files[2], by=CONSOLE)
    told = [
        ngettext("%(count)d pregunta nueva", "%(count)d preguntas nuevas", done.entered) % {"count": done.entered},
        ngettext("%(count)d retirada", "%(count)d retiradas", done.withdrawn) % {"count": done.withdrawn},
        ngettext("%(count)d igual", "%(count)d iguales", done.unchanged) % {"count": done.unchanged},
    ]
    return ", ".join(told)


def load_places() -> str:
    """Enter countries, states, municipalities and cities."""
    done = load_directory(DATA, by=CONSOLE)
    relist_places(done.touched, by=CONSOLE)  # listings carry the names and positions of their places
    told = [
        ngettext("%(count)d lugar", "%(count)d lugares", done.places) % {"count": done.places},
        ngettext("%(count)d nombre", "%(count)d nombres", done.names) % {"count": done.names},
    ]
    return f"{', '.join(told)}; {_news(done.created)}, {_changes(done.updated)}"


def load_ties() -> str:
    """Enter what the captured lists report."""
    return "; ".join(str(done) for done in load_captures(DATA, by=CONSOLE))


def load_feasts() -> str:
    """Enter the feasts of the museum's calendar."""
    done = load_events(rows_of("events", "museum"), by=CONSOLE)
    told = [
        _news(done["entered"]),
        _changes(done["changed"]),
        ngettext("%(count)d igual", "%(count)d iguales", done["unchanged"]) % {"count": done["unchanged"]},
        ngettext("%(count)d de una persona, sin tocar", "%(count)d de una persona, sin tocar", done["kept"])
        % {"count": done["kept"]},
    ]
    return ", ".join(told)


def load_museum_ground() -> str:
    """Lay the ground of the museum's pages: home and hall in both languages, of the city the product begins with."""
    home = place_by_identifier(_HOME_CITY)
    keep_museum(home.slug if home else "")
    return _("portada y vestíbulo")


STEPS: tuple[tuple[str, Callable[[], str]], ...] = (
    ("places", load_places),
    ("sources", load_sources),
    ("calendars", load_working_days),
    ("agreements", load_agreements),
    ("activities", load_activities),
    ("place_statements", load_place_statements),
    ("outlines", load_assessment_outlines),
    ("ties", load_ties),
    ("reference_figures", load_reference_figures),
    ("feasts", load_feasts),
    ("board", load_board),
    ("museum", load_museum_ground),
)
