"""Reads of the choice of a city: what is compared, what it adds up to, who was chosen."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from hermanar.agreements.models import Agreement
from hermanar.cooperation.models import Candidate, Criterion, Mark, Selection, SelectionDecision
from hermanar.cooperation.rules.selection import Standing, ranked, standing


@dataclass(frozen=True, slots=True)
class Compared:
    """A candidate with its marks and what they add up to; `standing` is None while nothing weighs anything."""

    candidate: Candidate
    marks: dict[UUID, Mark]  # by criterion
    standing: Standing | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """A selection as every page and table shows it."""

    selection: Selection
    criteria: tuple[Criterion, ...]
    candidates: tuple[Compared, ...]  # in their order
    left_out: tuple[Compared, ...]
    decision: SelectionDecision | None

    @property
    def weighing(self) -> tuple[Criterion, ...]:
        """Return the criteria that count, the heaviest first."""
        return tuple(sorted((one for one in self.criteria if one.weight), key=lambda one: -(one.weight or 0)))


def selections_of(office: UUID | None) -> QuerySet[Selection]:
    """Return the selections of an office, the newest first; None has none."""
    if office is None:
        return Selection.objects.none()
    return Selection.objects.filter(office=office).select_related("office").order_by("-begun_at", "-pk")


@dataclass(frozen=True, slots=True)
class SelectionLine:
    """A selection in a list: how many candidates it has, and who was chosen."""

    selection: Selection
    candidate_count: int
    decision: SelectionDecision | None


def selection_lines(office: UUID | None) -> list[SelectionLine]:
    """Return the selections of an office as lines, in as many questions for many as for one."""
    found = list(selections_of(office))
    keys = [one.pk for one in found]
    there = Candidate.objects.filter(selection__in=keys, left_out="").values_list("selection", flat=True)
    counted = Counter(there)
    made = SelectionDecision.objects.filter(selection__in=keys, undone_at__isnull=True)
    decisions = {one.selection_id: one for one in made.select_related("candidate", "agreement")}
    return [SelectionLine(one, counted[one.pk], decisions.get(one.pk)) for one in found]


def candidates_of(office: UUID | None) -> QuerySet[Candidate]:
    """Return every candidate of the selections of an office."""
    found = Candidate.objects.filter(selection__in=selections_of(office).order_by().values("pk"))
    return found.select_related("selection__office", "place__country", "request")


def decision_of(selection: Selection) -> SelectionDecision | None:
    """Return the decision that stands, or None."""
    found = selection.decisions.filter(undone_at__isnull=True).select_related(
        "candidate__place", "agreement", "by_user"
    )
    return found.first()


def choice_of_tie(agreement: Agreement) -> SelectionDecision | None:
    """Return the standing decision by which the city of a tie was chosen; the first when several are kept."""
    found = SelectionDecision.objects.filter(agreement=agreement, undone_at__isnull=True)
    return found.select_related("selection", "candidate").order_by("on", "pk").first()


def comparison(selection: Selection) -> Comparison:
    """Gather a selection with the order its candidates have."""
    criteria = tuple(selection.criteria.all())
    weights = {one.pk: one.weight for one in criteria}
    marks: dict[UUID, dict[UUID, Mark]] = defaultdict(dict)
    for mark in Mark.objects.filter(candidate__selection=selection):
        marks[mark.candidate_id][mark.criterion_id] = mark
    candidates = list(selection.candidates.select_related("place__country", "request"))
    sums = {
        one.pk: standing(one.pk, weights=weights, marks={key: mark.value for key, mark in marks[one.pk].items()})
        for one in candidates
    }
    there = {one.pk: one for one in candidates if not one.left_out}
    order = ranked([found for key in there if (found := sums[key])])
    placed = {one.candidate: one for one in order}
    first = [Compared(there[one.candidate], marks[one.candidate], one) for one in order]
    rest = [Compared(one, marks[key], None) for key, one in there.items() if key not in placed]
    out = tuple(Compared(one, marks[one.pk], None) for one in candidates if one.left_out)
    return Comparison(selection, criteria, (*first, *rest), out, decision_of(selection))
