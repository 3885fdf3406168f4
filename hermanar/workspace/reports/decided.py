"""What the committees of an office did in a year, and what was assessed in it."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from hermanar.cooperation.models import Committee, Decision, Session, Task
from hermanar.cooperation.queries import committees_of, decisions_of, sessions_of, tasks_of
from hermanar.cooperation.vocabulary import SessionState
from hermanar.foundation.access import Verb
from hermanar.offices.models import Office
from hermanar.planning.models import Assessment
from hermanar.planning.queries import for_office, results_of
from hermanar.planning.rules import MOST
from hermanar.planning.vocabulary import AssessmentStage
from hermanar.ui.templatetags.ui import in_language, long_date
from hermanar.workspace.assessing import subject_of, value_of
from hermanar.workspace.reports.shape import Figure, Grid, Lack, Row, Section, Year


def committees(office: Office, year: Year) -> Section:
    """Return the chapter on committees: sessions, decisions, tasks."""
    begun = Q(founded_on__isnull=True) | Q(founded_on__lte=year.until)
    going = Q(ended_on__isnull=True) | Q(ended_on__gt=year.until)
    standing = list(committees_of(office.pk).filter(begun, going))
    span = {"on__gte": year.first, "on__lte": year.last}
    sessions = list(sessions_of(office.pk).filter(**span).order_by("on", "pk"))
    decisions = list(decisions_of(office.pk).filter(session__in=sessions).order_by("committee__name", "year", "number"))
    given = list(tasks_of(office.pk).filter(given_on__gte=year.first, given_on__lte=year.until))
    done = list(tasks_of(office.pk).filter(done_on__gte=year.first, done_on__lte=year.until))
    late = _late(office, year.until)
    states = Counter(SessionState(one.state) for one in sessions)
    figures = (
        Figure(_("Comités en funciones"), len(standing)),
        Figure(_("Sesiones celebradas con quórum"), states[SessionState.HELD]),
        Figure(_("Reuniones sin quórum"), states[SessionState.MEETING]),
        Figure(_("Sesiones canceladas"), states[SessionState.CANCELLED]),
        Figure(_("Acuerdos tomados"), len(decisions)),
        Figure(_("Encargos dados"), len(given)),
        Figure(_("Encargos cumplidos"), len(done)),
        Figure(_("Encargos vencidos sin cumplir"), len(late)),
    )
    return Section(
        "committees",
        _("Comités"),
        _("Vencido es lo que debía estar hecho el %(day)s.") % {"day": long_date(year.until)},
        figures,
        tuple(_grids(standing, sessions, decisions)),
        tuple(_lacks(standing, sessions, late, year)),
    )


def _late(office: Office, on: dt.date) -> list[Task]:
    """Return the tasks that should have been done by a day and were not."""
    open_then = Q(done_on__isnull=True) | Q(done_on__gt=on)
    return list(tasks_of(office.pk).filter(open_then, due_on__lt=on, given_on__lte=on))


def _grids(standing: list[Committee], sessions: list[Session], decisions: list[Decision]) -> Iterator[Grid]:
    held = Counter(one.committee_id for one in sessions if one.state == SessionState.HELD)
    taken = Counter(one.committee_id for one in decisions)
    if standing:
        rows = (
            Row(
                (
                    one.name,
                    one.agreement.title_es if one.agreement else _("de la oficina"),
                    held[one.pk],
                    taken[one.pk],
                ),
                reverse("workspace:committee", args=[one.pk]),
            )
            for one in standing
        )
        yield Grid(_("Cada comité"), (_("Comité"), _("De"), _("Sesiones"), _("Acuerdos")), tuple(rows))
    if decisions:
        told = (
            Row(
                (one.text, one.committee.name, one.label, long_date(one.session.on)),
                reverse("workspace:session", args=[one.session_id]),
            )
            for one in decisions
        )
        yield Grid(_("Lo que se acordó"), (_("Acuerdo"), _("Comité"), _("Número"), _("Cuándo")), tuple(told))


def _lacks(standing: list[Committee], sessions: list[Session], late: list[Task], year: Year) -> Iterator[Lack]:
    keep: dict[str, Any] = {"verb": Verb.KEEP_COMMITTEES}
    for one in sessions:
        told = {"committee": one.committee.name, "day": long_date(one.on)}
        if one.state == SessionState.CALLED and one.on <= year.today:
            what = _("%(committee)s, sesión del %(day)s: falta la asistencia") % told
            yield Lack.at(what, "attendance", one.pk, field="id_present", **keep)
        elif one.state == SessionState.HELD and one.minutes_id is None:
            what = _("%(committee)s, sesión del %(day)s: falta el acta firmada") % told
            yield Lack.at(what, "sign_minutes", one.pk, field="id_document", **keep)
    for kept in standing:
        if kept.founded_on is None:
            what = _("%(committee)s: falta desde cuándo existe") % {"committee": kept.name}
            yield Lack.at(what, "edit_committee", kept.pk, field="id_founded_on", **keep)
    for task in late:
        if task.done_on is None:
            what = _("Encargo vencido: %(what)s") % {"what": task.what}
            yield Lack.at(what, "finish_task", task.pk, field="id_done_on", **keep)


# ── assessments ──────────────────────────────────────────────────────────────────────────────────────────────────────


def assessments(office: Office, year: Year) -> Section:
    """Return the chapter on what was assessed: closed in the year, with its mean."""
    dated = for_office(office.pk).filter(on__gte=year.first, on__lte=year.last).order_by("on", "pk")
    results = results_of(list(dated.filter(stage=AssessmentStage.CLOSED)))
    rows = tuple(
        Row(
            (
                in_language(one.assessment.outline, "title"), subject_of(one.assessment), long_date(one.assessment.on),
                one.score.mean if one.score.mean is not None else value_of(one.score), one.score.known, one.score.asked,
            ),
            reverse("workspace:assessment", args=[one.assessment.pk]),
        )
        for one in results
    )  # fmt: skip
    headings = (
        _("Guía"),
        _("De qué"),
        _("Al día"),
        _("Valor, de 0 a %(most)s") % {"most": MOST},
        _("Respuestas con valor"),
        _("Preguntas"),
    )
    return Section(
        "assessments",
        _("Evaluación"),
        _("Cada valor es el promedio de las respuestas conocidas; lo que se desconoce no cuenta como cero."),
        (Figure(_("Evaluaciones cerradas"), len(results)),),
        (Grid(_("Cada evaluación"), headings, rows),) if rows else (),
        tuple(_open(one) for one in dated.filter(stage=AssessmentStage.DRAFT)),
    )


def _open(one: Assessment) -> Lack:
    told = {"outline": in_language(one.outline, "title"), "subject": subject_of(one)}
    what = _("%(outline)s, %(subject)s: sigue abierta; falta cerrarla") % told
    return Lack.at(what, "close_assessment", one.pk, field="contenido", verb=Verb.CLOSE_ASSESSMENT)
