"""The ties of an office in a year: how many were signed and not ended, and how alive each was when the year ended."""

from __future__ import annotations

from collections import Counter

from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext as _

from hermanar.agreements.models import CouncilVote, ProcedureStep
from hermanar.agreements.queries import for_office
from hermanar.agreements.vocabulary.procedure import Step
from hermanar.cooperation.models import Activity
from hermanar.foundation.access import Verb
from hermanar.observatory.queries import Life, lives_of
from hermanar.observatory.vocabulary import Vitality
from hermanar.offices.models import Office
from hermanar.ui.templatetags.ui import long_date
from hermanar.workspace.lines import counterpart_of
from hermanar.workspace.reports.done import activities_of
from hermanar.workspace.reports.shape import Figure, Grid, Lack, Row, Section, Year


def lives_in(office: Office, year: Year) -> list[Life]:
    """Return the ties of an office as they lived when a year ended; one signed later is not among them."""
    found = lives_of(office.pk, today=year.until)
    return [one for one in found if one.agreement.signed_on is None or one.agreement.signed_on <= year.until]


def ties(office: Office, year: Year) -> Section:
    """Return the chapter on ties and whether they live."""
    lives = lives_in(office, year)
    counts = Counter(one.vitality for one in lives)
    done = Counter(one.agreement_id for one in activities_of(office, year))
    figures = [Figure(_("Lazos firmados y no terminados"), len(lives))]
    figures += [Figure(_("Lazos: %(state)s") % {"state": one.label}, counts[one]) for one in Vitality]
    rows = [_row(one, done[one.agreement.pk]) for one in lives]
    headings = (_("Con"), _("Expediente"), _("Vitalidad"), _("Última evidencia"), _("Actividades del año"))
    return Section(
        "ties",
        _("Lazos"),
        _("La vitalidad sale de las actividades con fecha, al %(day)s: activo si hubo alguna en los 24 meses "
          "anteriores, dormido si en 60, en silencio si fue antes.") % {"day": long_date(year.until)},
        tuple(figures),
        (Grid(_("Cada lazo"), headings, tuple(rows)),) if rows else (),
        tuple(_lacks(lives)),
    )  # fmt: skip


def _row(life: Life, done: int) -> Row:
    kept = life.agreement
    last = long_date(str(life.evidence.end)) if life.evidence else ""
    cells = (counterpart_of(kept), kept.number, str(life.vitality.label), last, done)
    return Row(cells, reverse("workspace:file", args=[kept.pk]))


def _lacks(lives: list[Life]) -> list[Lack]:
    """List the ties of which nobody noted anything with a date; what was noted without one lacks that date only."""
    ties = [life.agreement for life in lives]
    own = Activity.objects.filter(agreement__in=ties, office=F("agreement__office"), withdrawn_at__isnull=True)
    told = set(own.order_by().values_list("agreement", flat=True))
    return [
        Lack.at(
            _("%(tie)s: ninguna actividad con fecha; anote la última que conste")
            % {"tie": counterpart_of(life.agreement)},
            "note_activity",
            field="id_description_es",
            verb=Verb.NOTE_ACTIVITY,
            query=f"?expediente={life.agreement.pk}",
        )
        for life in lives
        if life.vitality is Vitality.UNKNOWN and life.agreement.pk not in told
    ]


def procedure(office: Office, year: Year) -> Section:
    """Return the chapter on what was done in the procedure of the agreements: steps and votes of the council."""
    files = for_office(office.pk).order_by().values("pk")
    span = {"on__gte": year.first, "on__lte": year.until}
    steps = list(
        ProcedureStep.objects.filter(agreement__in=files, **span).select_related("agreement").order_by("on", "number")
    )
    votes = list(
        CouncilVote.objects.filter(agreement__in=files, **span).select_related("agreement").order_by("on", "pk")
    )
    counts = Counter(Step(one.step) for one in steps)
    figures = [Figure(_capital(str(step.label)), counts[step]) for step in Step if counts[step]]
    figures.append(Figure(_("Votaciones del cabildo"), len(votes)))
    told = [(one.on, one.agreement, str(one.get_step_display())) for one in steps]
    told += [(one.on, one.agreement, _vote(one)) for one in votes]
    rows = tuple(
        Row((kept.title_es, kept.number, what, long_date(on)), reverse("workspace:file", args=[kept.pk]))
        for on, kept, what in sorted(told, key=lambda one: (one[0], one[1].number))
    )
    grid = Grid(_("Paso por paso"), (_("Acuerdo"), _("Expediente"), _("Qué se hizo"), _("Cuándo")), rows)
    return Section("procedure", _("Procedimiento de los acuerdos"), "", tuple(figures), (grid,) if rows else ())


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _vote(vote: CouncilVote) -> str:
    said = _("aprobado") if vote.is_approved else _("rechazado")
    return _("Votación del cabildo, %(session)s: %(said)s") % {"session": vote.session, "said": said}
