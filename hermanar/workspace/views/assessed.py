"""What comes of assessments: their history, two of them compared, other cities beside, and what is taken away."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hermanar.agreements.vocabulary import Field
from hermanar.foundation.access import Verb
from hermanar.planning.models import Assessment
from hermanar.planning.queries import (
    CITY_FIELDS,
    CityFacts,
    Result,
    cities_beside,
    closed,
    for_office,
    of_same_subject,
    result_of,
    results_of,
)
from hermanar.planning.rules import SIZES, Score, size_class
from hermanar.planning.vocabulary import Movement, Subject
from hermanar.ui.templatetags.ui import in_language, long_date, thousands
from hermanar.workspace.assessing import columns, compared, paper_of, said, told, value_of
from hermanar.workspace.letters import FORMATS, answer_with
from hermanar.workspace.tables import table_answer
from hermanar.workspace.views.assessments import own_assessment, shown
from hermanar.workspace.views.door import MemberRequest, member

_MOST_DRAWN = 12  # assessments in one history: the newest


@member(Verb.READ_FILES)
def history(request: MemberRequest, assessment: UUID) -> HttpResponse:
    """Draw the profiles of a subject over time, and compare two of its closed assessments."""
    kept = own_assessment(request, assessment)
    results = results_of(list(closed(of_same_subject(kept))[:_MOST_DRAWN])[::-1])
    after = _chosen(results, request.GET.get("despues", "")) or (results[-1] if results else None)
    before = _chosen(results, request.GET.get("antes", "")) or _earlier(results, after)
    lines = compared(before, after) if before and after and before is not after else []
    context = {
        **shown(kept),
        "results": results,
        "courses": _courses(results),
        "before": before,
        "after": after,
        "changed": [line for line in lines if line.movement not in {Movement.SAME, Movement.STILL_UNKNOWN}],
        "same": sum(line.movement in {Movement.SAME, Movement.STILL_UNKNOWN} for line in lines),
        "choices": [(str(one.assessment.pk), long_date(one.assessment.on)) for one in results],
    }
    return render(request, "workspace/assessments/history.html", context)


def _chosen(results: list[Result], key: str) -> Result | None:
    return next((one for one in results if str(one.assessment.pk) == key), None)


def _earlier(results: list[Result], after: Result | None) -> Result | None:
    """Return the one before; the first of all has none."""
    at = next((number for number, one in enumerate(results) if one is after), 0)
    return results[at - 1] if at else None


def _courses(results: list[Result]) -> list[dict[str, Any]]:
    """Return the whole and each section over time, with what stands in words beside the picture."""
    if not results:
        return []
    whole = _course(_("En conjunto"), [(one.assessment.on, one.score) for one in results])
    parts = dict.fromkeys(part.section for one in results for part in one.sections)
    scores = [(one.assessment.on, {own.section: own.score for own in one.sections}) for one in results]
    return [
        whole,
        *(_course(in_language(part, "title"), [(on, known.get(part)) for on, known in scores]) for part in parts),
    ]


def _course(title: str, scores: list[tuple[dt.date, Score | None]]) -> dict[str, Any]:
    cells = [(on, value_of(score) if score else "", told(score) if score else "") for on, score in scores]
    return {
        "title": title,
        "points": [(on, score.mean if score else None) for on, score in scores],
        "cells": cells,
        "words": "; ".join(f"{long_date(on)}: {_short(score)}" for on, score in scores),
    }


def _short(score: Score | None) -> str:
    """Return a score with how many of its questions have a value."""
    return f"{value_of(score)} ({score.known}/{score.asked})" if score else _("no se preguntó")


@member(Verb.READ_FILES)
def assessment_file(request: MemberRequest, assessment: UUID, format_: str) -> HttpResponse:
    """Give an assessment as a table or as a paper."""
    kept = own_assessment(request, assessment)
    result = result_of(kept)
    name = f"evaluacion-{kept.outline.key}-{kept.on}"
    if format_ in FORMATS:
        return answer_with(paper_of(result, office=request.office), format_, name=name)
    return table_answer(columns(), result.lines, format_=format_, name=name, sheet="Evaluación")


@member(Verb.READ_FILES)
def cities(request: MemberRequest) -> HttpResponse:
    """Show what sources say of other cities beside what the office's own city answered."""
    own = request.office.place
    if own is None:
        raise Http404
    found = for_office(request.office.pk).filter(outline__subject=Subject.CITY, place=own)
    last = closed(found).first()
    context = {
        "own": own,
        "own_size": size_class(own.population),
        "cities": [(city, _facts(city)) for city in cities_beside(own)],
        "last": last,
        "answers": _own_answers(last),
        "limits": [thousands(limit) for limit, _size in SIZES],
    }
    return render(request, "workspace/assessments/cities.html", context)


def _own_answers(last: Assessment | None) -> list[dict[str, str]]:
    """Return what the city answered to the questions that speak of the same as a field of the sources."""
    if last is None:
        return []
    return [
        {
            "field": str(Field(line.question.beside).label),
            "question": in_language(line.question, "text"),
            "said": said(line.answer),
            "why": line.answer.why if line.answer else "",
        }
        for line in result_of(last).lines
        if line.question.beside
    ]


def _facts(city: CityFacts) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return what sources say of a city, by where and of when they say it: each field with its value."""
    language = get_language() or "es"
    found: dict[str, list[tuple[str, str]]] = {}
    for name in CITY_FIELDS:
        for one in city.said.get(name, ()):
            where = ", ".join(filter(None, (in_language(one.source, "title"), one.passage, long_date(one.as_of))))
            value = one.value_en if language.startswith("en") and one.value_en else one.value
            found.setdefault(where, []).append((str(Field(name).label), value))
    return list(found.items())
