"""Reads of planning: an office's assessments, what each was asked and answered, what sources say of other cities."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import F, Prefetch, Q, QuerySet
from django.utils import timezone

from hermanar.agreements.models import Agreement
from hermanar.agreements.queries import for_office as files_of
from hermanar.agreements.vocabulary import Stage
from hermanar.cooperation.models import Activity
from hermanar.cooperation.queries import counted
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


def asked_in(assessment: Assessment) -> list[Question]:
    """Return the questions of an assessment: as they stand now while it is open, as they stood when it ended."""
    return _asked(assessment, _questions_of([assessment.outline_id]), now=timezone.now())


def _questions_of(outlines: Iterable[UUID]) -> list[Question]:
    found = Question.objects.filter(section__outline__in=set(outlines)).select_related("section__source", "source")
    return list(found.order_by("section__position", "position", "pk"))


def _asked(assessment: Assessment, questions: Iterable[Question], *, now: dt.datetime) -> list[Question]:
    at = assessment.ended_at or now
    return [
        one
        for one in questions
        if one.section.outline_id == assessment.outline_id
        and one.entered_at <= at
        and (one.withdrawn_at is None or one.withdrawn_at > at)
        and one.only_for in {"", assessment.office.level}
    ]


def answers_of(assessment: Assessment) -> dict[UUID, Answer]:
    """Return the answers of an assessment by their question, each with its evidence."""
    return _answers_of([assessment.pk])[assessment.pk]


def _answers_of(assessments: Iterable[UUID]) -> dict[UUID, dict[UUID, Answer]]:
    evidence = Evidence.objects.select_related("document", "activity").order_by("position")
    rows = Answer.objects.filter(assessment__in=list(assessments)).prefetch_related(Prefetch("evidence", evidence))
    found: dict[UUID, dict[UUID, Answer]] = defaultdict(dict)
    for answer in rows:
        found[answer.assessment_id][answer.question_id] = answer
    return found


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


def result_of(assessment: Assessment) -> Result:
    """Gather the questions, answers and scores of an assessment."""
    return results_of([assessment])[0]


def results_of(assessments: Sequence[Assessment]) -> list[Result]:
    """Gather the results of several assessments with as many reads as for one."""
    questions, now = _questions_of(one.outline_id for one in assessments), timezone.now()
    answers = _answers_of(one.pk for one in assessments)
    return [_result(one, _asked(one, questions, now=now), answers[one.pk]) for one in assessments]


def _result(assessment: Assessment, asked: Iterable[Question], answers: Mapping[UUID, Answer]) -> Result:
    lines: dict[OutlineSection, list[AnsweredQuestion]] = defaultdict(list)
    for question in asked:
        lines[question.section].append(AnsweredQuestion(question, answers.get(question.pk)))
    sections = tuple(
        SectionResult(section, tuple(of_it), score(line.mark for line in of_it)) for section, of_it in lines.items()
    )
    return Result(assessment, sections, total(one.score for one in sections))


def outlines() -> list[Outline]:
    """Return the outlines there are, in their order."""
    return list(Outline.objects.select_related("source").order_by("position"))


def activities_to_cite(assessment: Assessment) -> QuerySet[Activity]:
    """Return the activities that may be evidence: of the tie that is assessed, or of any of the office's ties.

    What was withdrawn, or is told once already, proves nothing; evidence that an answer has stays with it.
    """
    own = counted().filter(agreement__office=assessment.office_id).select_related("agreement", "source")
    if assessment.agreement_id:
        own = own.filter(agreement=assessment.agreement_id)
    return own.order_by(F("ended_on").desc(nulls_last=True), "pk")


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


def sections_of(assessment: Assessment) -> list[OutlineSection]:
    """Return the sections of an assessment that ask something, in order."""
    return list(dict.fromkeys(question.section for question in asked_in(assessment)))
