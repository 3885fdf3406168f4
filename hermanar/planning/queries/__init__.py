"""Reads of planning: an office's assessments, what each was asked and answered, what sources say of other cities."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone

from hermanar.agreements.models import Agreement
from hermanar.agreements.queries import for_office as files_of
from hermanar.agreements.vocabulary import Stage
from hermanar.cooperation.models import Activity
from hermanar.directory.models import Place
from hermanar.foundation.models import Statement
from hermanar.planning.models import Answer, Assessment, Evidence, Outline, OutlineSection, Question
from hermanar.planning.rules import Mark, Score, is_like_size, score, size_class, total
from hermanar.planning.vocabulary import AssessmentStage, Degree, SizeClass

# What the paper's table of European sister cities tells of each [000, cuadro 1], in the order of its columns.
CITY_FIELDS = (
    "cooperation_office",
    "cooperation_bodies",
    "cooperation_documents",
    "cooperation_instruments",
    "cooperation_themes",
    "cooperation_recognition",
)


def for_office(office: UUID | None) -> QuerySet[Assessment]:
    """Return the assessments of an office; every read of the workspace begins here. None has none."""
    if office is None:
        return Assessment.objects.none()
    return Assessment.objects.filter(office=office).select_related("office__place", "outline", "agreement", "place")


def assessable(office: UUID | None) -> QuerySet[Agreement]:
    """Return the files whose tie an office may assess: its own, but those it gave up."""
    return files_of(office).exclude(stage=Stage.ABANDONED)


def of_same_subject(assessment: Assessment) -> QuerySet[Assessment]:
    """Return the assessments of the same tie or city with the same outline, the newest first."""
    return for_office(assessment.office_id).filter(
        outline=assessment.outline_id, agreement=assessment.agreement_id, place=assessment.place_id
    )


def closed(found: QuerySet[Assessment]) -> QuerySet[Assessment]:
    """Narrow assessments to those that no longer change, the newest first."""
    return found.filter(stage=AssessmentStage.CLOSED).order_by("-on", "-ended_at")


def asked_in(assessment: Assessment) -> QuerySet[Question]:
    """Return the questions of an assessment: as they stand now while it is open, as they stood when it ended."""
    at = assessment.ended_at or timezone.now()
    standing = Question.objects.filter(entered_at__lte=at).exclude(withdrawn_at__lte=at)
    own = standing.filter(section__outline=assessment.outline_id, only_for__in=("", assessment.office.level))
    return own.select_related("section", "source").order_by("section__position", "position")


def answers_of(assessment: Assessment) -> dict[UUID, Answer]:
    """Return the answers of an assessment by their question, each with its evidence."""
    evidence = Evidence.objects.select_related("document", "activity").order_by("position")
    found = Answer.objects.filter(assessment=assessment).prefetch_related(Prefetch("evidence", evidence))
    return {answer.question_id: answer for answer in found}


@dataclass(frozen=True, slots=True)
class AnsweredQuestion:
    """A question as it was asked, with what was answered."""

    question: Question
    answer: Answer | None

    @property
    def mark(self) -> Mark:
        """Return the answer as the rules see it."""
        if self.answer is None:
            return Mark()
        return Mark(Degree(self.answer.degree), bool(self.answer.evidence.all()))


@dataclass(frozen=True, slots=True)
class SectionResult:
    """A section of an assessment with its answers and what they add up to."""

    section: OutlineSection
    lines: tuple[AnsweredQuestion, ...]
    score: Score


@dataclass(frozen=True, slots=True)
class Result:
    """An assessment as every page, table and paper shows it."""

    assessment: Assessment
    sections: tuple[SectionResult, ...]
    score: Score

    @property
    def lines(self) -> list[AnsweredQuestion]:
        """Return every question in order."""
        return [line for section in self.sections for line in section.lines]

    def marks(self) -> dict[tuple[str, str], Mark]:
        """Return the answers by section and question, as assessments are compared by them."""
        return {(line.question.section.slug, line.question.key): line.mark for line in self.lines}


def result_of(assessment: Assessment) -> Result:
    """Gather the questions, answers and scores of an assessment."""
    answers = answers_of(assessment)
    by_section: dict[UUID, list[AnsweredQuestion]] = defaultdict(list)
    sections: dict[UUID, OutlineSection] = {}
    for question in asked_in(assessment):
        sections[question.section_id] = question.section
        by_section[question.section_id].append(AnsweredQuestion(question, answers.get(question.pk)))
    results = tuple(
        SectionResult(section, tuple(by_section[key]), score(line.mark for line in by_section[key]))
        for key, section in sections.items()
    )
    return Result(assessment, results, total(result.score for result in results))


def outlines() -> list[Outline]:
    """Return the outlines there are, in their order."""
    return list(Outline.objects.order_by("position"))


def activities_to_cite(assessment: Assessment) -> QuerySet[Activity]:
    """Return the activities that may be evidence: of the tie that is assessed, or of any of the office's ties."""
    own = Activity.objects.filter(agreement__office=assessment.office_id).select_related("agreement", "source")
    if assessment.agreement_id:
        own = own.filter(agreement=assessment.agreement_id)
    return own.order_by("-ended_on", "pk")


# ── other cities, as the sources tell of them ────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class CityFacts:
    """What sources say of how a city cooperates: field, then statements; and how large it is."""

    place: Place
    said: Mapping[str, Sequence[Statement]]
    is_like_size: bool

    @property
    def size(self) -> SizeClass:
        """Return the class of its population."""
        return size_class(self.place.population)


def cities_beside(own: Place) -> list[CityFacts]:
    """Return the cities of which sources tell how they cooperate: those of like size first, then by population."""
    found: dict[UUID, dict[str, list[Statement]]] = defaultdict(lambda: defaultdict(list))
    rows = Statement.objects.filter(field__in=CITY_FIELDS).select_related("source")
    for row in rows.order_by("field", "as_of", "source__key", "pk"):
        found[row.subject][row.field].append(row)
    places = Place.objects.filter(~Q(pk=own.pk), pk__in=list(found)).select_related("country")
    cities = [CityFacts(one, found[one.pk], is_like_size(own.population, one.population)) for one in places]
    return sorted(cities, key=lambda city: (not city.is_like_size, -(city.place.population or 0), city.place.name))


def sections_of(assessment: Assessment) -> Iterable[OutlineSection]:
    """Return the sections of an assessment that ask something, in order."""
    keys = list(dict.fromkeys(asked_in(assessment).values_list("section", flat=True)))
    found = OutlineSection.objects.in_bulk(keys)
    return [found[key] for key in keys]
