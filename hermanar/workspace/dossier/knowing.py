"""An office as it was known on a day: only what had been written down by the end of that day.

Steps, versions, texts and memberships bear the moment they were written, so they are taken back exactly. What bears
none is named in `limits`, and shown by the day it happened or as it is now.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Q
from django.utils.translation import gettext as _

from hermanar.agreements.models import Agreement, ProcedureStep, TextVersion
from hermanar.agreements.queries import by_number, for_office, opinion_of, reaffirmed_on, regime_of
from hermanar.agreements.rules import (
    ActFacts,
    FileFacts,
    awaits_opinion,
    due_in,
    force,
    force_facts,
    is_signed,
    lacks_backing,
    last_days,
    missing_signed_texts,
    missing_texts,
)
from hermanar.agreements.vocabulary import ActKind, Force, Regime, Stage
from hermanar.agreements.vocabulary.procedure import ObservationState, Step
from hermanar.cooperation.queries import evidence_day_on
from hermanar.foundation.calendar import PartialDate, Precision, day_in, parse_partial
from hermanar.foundation.calendar.keeping import UnknownCalendarError, calendar_of
from hermanar.foundation.calendar.working_days import WorkingDays
from hermanar.foundation.models import Document
from hermanar.observatory.rules import vitality
from hermanar.observatory.vocabulary import Vitality
from hermanar.offices.models import Office
from hermanar.offices.queries import members_on
from hermanar.workspace.dossier.assessed import add_assessments
from hermanar.workspace.dossier.begun import add_beginnings
from hermanar.workspace.dossier.calls import add_calls
from hermanar.workspace.dossier.committees import known_committees
from hermanar.workspace.dossier.done import add_activities
from hermanar.workspace.dossier.given import add_gifts
from hermanar.workspace.dossier.guests import add_guests
from hermanar.workspace.dossier.moderated import add_contributions
from hermanar.workspace.dossier.plans import planned_matters
from hermanar.workspace.dossier.projects import add_projects
from hermanar.workspace.dossier.proofs import published_matters

Row = dict[str, Any]
SECTIONS = (
    "agreements",
    "steps",
    "due",
    "members",
    "contacts",
    "open_matters",
    "missing",
    "beginnings",
    "stakeholders",
    "activities",
    "gifts",
    "projects",
    "calls",
    "contributions",
    "assessments",
    "answers",
    "papers",
)
_COUNTED = ("stage", "force", "vitality", "visibility", "lacks_backing")
_SHOWING = (Step.PUBLISH, Step.UNPUBLISH)


@dataclass(slots=True)
class Known:
    """What was known of an office on a day: rows by section, the papers, and what cannot be told any more."""

    office: Office
    as_of: dt.date
    rows: dict[str, list[Row]] = field(default_factory=lambda: {name: [] for name in SECTIONS})
    papers: list[tuple[Document, str]] = field(default_factory=list)  # with the number of their file
    limits: list[str] = field(default_factory=list)
    calendar: WorkingDays = field(init=False)

    @property
    def until(self) -> dt.datetime:
        """Return the last moment of the day, where the office is."""
        return dt.datetime.combine(self.as_of, dt.time.max, ZoneInfo(self.office.time_zone))

    def day(self, on: dt.datetime | dt.date | None) -> str:
        """Return a day as the dossier writes it; a moment is told by the day it fell on where the office is."""
        if on is None:
            return ""
        return (day_in(self.office.time_zone, on) if isinstance(on, dt.datetime) else on).isoformat()

    def figures(self) -> dict[str, int]:
        """Count everything the dossier says; `verify_dossier.py` counts the same."""
        counted = {name: len(self.rows[name]) for name in SECTIONS}
        for name in _COUNTED:
            kinds = Counter(row[name] for row in self.rows["agreements"])
            counted |= {f"{name}:{kind}": count for kind, count in sorted(kinds.items())}
        counted["paper_bytes"] = sum(row["size"] for row in self.rows["papers"])
        return counted


def known_on(office: Office, as_of: dt.date, *, told: Callable[[int, int], None] | None = None) -> Known:
    """Return what was known of an office by the end of a day; `told` hears how many files of how many are read."""
    known = Known(office, as_of)
    known.calendar = _calendar(known)
    known.limits += [
        _("Las actividades y los actos jurídicos se cuentan por el día en que ocurrieron, no por el de su captura."),
        _("Las partes y los datos de la oficina son los de hoy: sus cambios no llevan versiones."),
    ]
    files = list(by_number(for_office(office.pk)))
    for number, agreement in enumerate(files, start=1):
        _add_file(known, agreement)
        if told:
            told(number, len(files))
    add_assessments(known)
    for one in members_on(office.pk, until=known.until):
        name = one.user.get_full_name() or one.user.email
        role = str(one.get_role_display())
        about = {"name": name, "email": one.user.email, "role": role}
        known.rows["members"].append(about | {"since": known.day(one.began_at)})
    add_activities(known)
    add_gifts(known)
    add_guests(known)
    add_projects(known)
    add_calls(known)
    add_contributions(known)
    add_beginnings(known)
    of_committees, minutes = known_committees(office, as_of=as_of, until=known.until)
    for section, rows in of_committees.items():
        known.rows[section] += rows
    known.papers += minutes
    known.rows["open_matters"] += published_matters(office, until=known.until)
    if planned := planned_matters(office, as_of=as_of, until=known.until):
        known.rows["open_matters"] += planned
        known.limits.append(_("Lo que dicen los planes de trabajo es lo de hoy: sus cambios no llevan versiones."))
    known.rows["due"].sort(key=lambda row: (row["on"] or "9999", row["file"]))
    return known


def _calendar(known: Known) -> WorkingDays:
    """Return the working days as they were known then; a calendar entered later is better than none."""
    try:
        return calendar_of(known.office.calendar, as_known_at=known.until)
    except UnknownCalendarError:
        known.limits.append(_("El calendario de días hábiles aún no estaba aquí: los plazos se cuentan con el de hoy."))
        return calendar_of(known.office.calendar)


@dataclass(slots=True)
class _File:
    """One agreement on the day."""

    record: Agreement
    steps: list[ProcedureStep]
    values: Row
    facts: FileFacts
    signed: PartialDate


def _add_file(known: Known, record: Agreement) -> None:
    every = list(record.steps.order_by("number"))
    steps = [step for step in every if step.at <= known.until]
    if not steps and _came_later(known, record, has_steps=bool(every)):
        return
    if not every and record.stage != Stage.RECORDED:
        known.limits.append(_("%s no tiene pasos: se muestra como está hoy.") % record.number)
    one = _file_on(known, record, steps)
    known.rows["agreements"].append(_agreement_row(known, one))
    known.rows["steps"] += [_step_row(known, record, step) for step in steps]
    _add_due(known, one)
    _add_open_matters(known, one)
    _add_missing(known, one)
    _add_contacts(known, record)
    _add_papers(known, one)


def _came_later(known: Known, record: Agreement, *, has_steps: bool) -> bool:
    """Say whether a file was not the office's yet; a past agreement is since its first version was kept."""
    if record.stage != Stage.RECORDED:
        return has_steps
    first = record.versions.order_by("number").first()
    return first is not None and first.at > known.until


def _file_on(known: Known, record: Agreement, steps: list[ProcedureStep]) -> _File:
    version = record.versions.filter(at__lte=known.until).order_by("number").last()
    names = ("title_es", "planned_signature_on", "term_years", "is_open_ended", "is_filed", "first_programme_days")
    now = {name: getattr(record, name) for name in names} | {
        "languages": record.languages.split(),
        "areas": list(record.areas.values_list("area", "as_written")),
    }
    if version is None and steps:
        known.limits.append(_("%s: sus datos de entonces no se guardaron; son los de hoy.") % record.number)
    values = now | (version.values if version else {})
    written: Row = {}
    for step in steps:
        written |= step.changes
        if version and step.at > version.at:
            values |= {name: value for name, value in step.changes.items() if name in names}
    was_driven = steps and record.stage != Stage.RECORDED  # else no step wrote it: it came documented
    told = parse_partial(values["signed"]) if "signed" in values else record.signed  # first versions kept no signature
    signed = PartialDate(_date(written.get("signed_on")), Precision.DAY) if was_driven else told
    values["planned_signature_on"] = _date(values["planned_signature_on"])
    number = values.get("registration_number", record.registration_number)
    values["registration_number"] = written.get("registration_number", "") if was_driven else number
    facts = _facts(known, record, steps, values, signed)
    return _File(record, steps, values, facts, signed)


def _date(value: Any) -> dt.date | None:
    return dt.date.fromisoformat(value) if isinstance(value, str) and value else value or None


def _facts(known: Known, record: Agreement, steps: list[ProcedureStep], values: Row, signed: PartialDate) -> FileFacts:
    stage = Stage(steps[-1].stage_after) if steps else Stage(record.stage)
    acts = [act for act in record.acts.all() if act.on is None or act.on <= known.as_of]
    binding = force_facts(
        stage=stage,
        signed=signed,
        term_years=values["term_years"],
        is_open_ended=values["is_open_ended"],
        acts=[ActFacts(ActKind(a.kind), PartialDate(a.on, Precision(a.precision)).last, a.until) for a in acts],
    )
    texts = TextVersion.objects.filter(text__agreement=record, at__lte=known.until)
    opinion = opinion_of(record.pk, until=known.until)
    shown = [step.step for step in steps if step.step in _SHOWING]
    return FileFacts(
        stage=stage,
        regime=Regime(regime_of(record.pk)),
        force=force(binding, known.as_of),
        is_open_ended=values["is_open_ended"],
        is_published=shown[-1] == Step.PUBLISH if shown else _was_published(record, steps),
        is_filed=values["is_filed"] in {True, "True"},
        has_areas=bool(values["areas"]),
        languages=frozenset(values["languages"]),
        languages_with_text=frozenset(texts.values_list("text__language", flat=True)),
        languages_signed=frozenset(texts.filter(is_signed=True).values_list("text__language", flat=True)),
        has_favourable_opinion=opinion.stands,
        changed_since_request=opinion.changed,
        awaits_late_opinion=stage == Stage.SIGNED and awaits_opinion(stage, [step.step for step in steps]),
        ends_on=binding.ends_on,
        signed_on=signed.on,
        last_days=last_days((step.step, step.on) for step in steps),
        reaffirmed_on=reaffirmed_on(record, until=known.as_of),
        planned_signature_on=values["planned_signature_on"],
    )


def _was_published(record: Agreement, steps: list[ProcedureStep]) -> bool:
    """Say whether the public saw a file before any step showed or hid it, as it sees what came documented."""
    if record.stage != Stage.RECORDED:
        return not steps and record.published_at is not None
    first = record.steps.filter(step__in=_SHOWING).order_by("number").first()
    return first.step == Step.UNPUBLISH if first else record.published_at is not None


def _evidence(known: Known, record: Agreement) -> dt.date | None:
    return evidence_day_on(record.pk, on=known.as_of, until=known.until)


def _agreement_row(known: Known, one: _File) -> Row:
    living = vitality(_evidence(known, one.record), known.as_of)
    visibility = "published" if one.facts.is_published else "private"
    own = known.office.place_id
    others = [str(party) for party in one.record.parties.select_related("place") if party.place_id != own]
    return {
        "file": one.record.number,
        "title": one.values["title_es"],
        "counterparts": "; ".join(others),
        "stage": one.facts.stage.value,
        "stage_label": str(one.facts.stage.label),
        "force": one.facts.force.value,
        "force_label": str(one.facts.force.label),
        "vitality": living.value,
        "vitality_label": str(Vitality(living).label),
        "visibility": visibility,
        "visibility_label": _("pública") if one.facts.is_published else _("solo la oficina"),
        "lacks_backing": _yes_or_no(lacks_backing(one.facts)),
        "backing_label": _("carece de respaldo") if lacks_backing(one.facts) else "",
        "signed_on": str(one.signed),
        "ends_on": known.day(one.facts.ends_on),
        "registration_number": one.values["registration_number"],
        "planned_signature_on": known.day(one.facts.planned_signature_on),
    }


def _step_row(known: Known, record: Agreement, step: ProcedureStep) -> Row:
    return {
        "file": record.number,
        "number": step.number,
        "step": step.step,
        "step_label": str(step.get_step_display()),
        "stage_after": step.stage_after,
        "on": known.day(step.on),
        "written_on": known.day(step.at),
        "letter": step.letter,
        "reason": step.reason,
        "is_favourable": _yes_or_no(step.is_favourable),
        "is_without_opinion": _yes_or_no(step.is_without_opinion if step.step == Step.SIGN else None),
        "opinion_label": _opinion_label(step),
        "signatories": "; ".join(step.signatories),
    }


def _yes_or_no(told: bool | None) -> str:
    """Return a truth as every form of the index writes it; empty where the question does not arise."""
    return "" if told is None else "yes" if told else "no"


def _opinion_label(step: ProcedureStep) -> str:
    if step.is_favourable is not None:
        return _("favorable") if step.is_favourable else _("no favorable")
    return _("firmado sin dictamen favorable") if step.is_without_opinion else ""


def _add_due(known: Known, one: _File) -> None:
    if one.facts.stage == Stage.ABANDONED:
        return
    days = one.values["first_programme_days"]
    things = due_in(
        one.facts,
        signed_on=one.signed.on if one.signed.precision is Precision.DAY else None,
        programme_days=int(days) if days else None,
        calendar=known.calendar,
        today=known.as_of,
    )
    for due in things:
        row = {"file": one.record.number, "what": str(due.kind.label)}
        known.rows["due"].append(row | {"on": known.day(due.on), "since": known.day(due.since)})


def _add_open_matters(known: Known, one: _File) -> None:
    rows = known.rows["open_matters"]
    file = one.record.number
    for proposal in one.record.proposals.filter(proposed_at__lte=known.until).exclude(decided_at__lte=known.until):
        what = _("Falta que otra persona decida: %s") % proposal.get_step_display()
        rows.append({"file": file, "what": what, "detail": proposal.reason, "since": known.day(proposal.proposed_at)})
    for seen in one.record.observations.filter(at__lte=known.until).select_related("answered_in"):
        answered = seen.answered_in.at if seen.answered_in else None
        if seen.state != ObservationState.OPEN and answered is None:
            known.limits.append(_("%s: no se sabe qué día se atendió una observación.") % file)
        elif seen.state == ObservationState.OPEN or (answered and answered > known.until):
            row = {"file": file, "what": _("Observación por atender"), "detail": seen.comment}
            rows.append(row | {"since": known.day(seen.at)})


def _add_missing(known: Known, one: _File) -> None:
    """List what a file lacks, and since when; what was given up lacks nothing."""
    facts = one.facts
    if facts.stage == Stage.ABANDONED:
        return
    opened, signed = known.day(one.steps[0].on if one.steps else None), str(one.signed)
    found: list[tuple[str, str]] = []
    if is_signed(facts.stage):
        if lacks_backing(facts):
            found.append((_("dictamen favorable: carece de respaldo de la Cancillería"), signed))
        found += [(_("copia firmada en «%s»") % code, signed) for code in missing_signed_texts(facts)]
        if facts.force == Force.UNKNOWN:
            found.append((_("vigencia: no se sabe cuándo termina"), signed))
        if _evidence(known, one.record) is None:
            found.append((_("evidencia fechada de actividad"), signed))
    else:
        found += [(_("texto en «%s»") % code, opened) for code in missing_texts(facts)]
        if facts.planned_signature_on is None:
            found.append((_("fecha prevista de firma"), opened))
    if not facts.has_areas:
        found.append((_("áreas de cooperación"), opened))
    rows = [{"file": one.record.number, "what": what, "since": since} for what, since in found]
    known.rows["missing"] += rows


def _add_contacts(known: Known, record: Agreement) -> None:
    links = record.counterpart_links.filter(made_at__lte=known.until).exclude(withdrawn_at__lte=known.until)
    for link in links.select_related("party__place").order_by("made_at"):
        row = {"file": record.number, "party": str(link.party), "contact": link.contact, "language": link.language}
        known.rows["contacts"].append(row | {"since": known.day(link.made_at)})


def _add_papers(known: Known, one: _File) -> None:
    there = Q(at=None) | Q(at__lte=known.until)
    papers = [paper.document for step in one.steps for paper in step.papers.filter(there).select_related("document")]
    texts = TextVersion.objects.filter(text__agreement=one.record, at__lte=known.until).order_by("at")
    papers += [text.document for text in texts.select_related("document")]
    votes = one.record.council_votes.filter(on__lte=known.as_of, minutes__isnull=False)
    papers += [vote.minutes for vote in votes.select_related("minutes") if vote.minutes]
    known.papers += [(document, one.record.number) for document in dict.fromkeys(papers)]
