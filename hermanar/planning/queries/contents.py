"""What the trail digests of an assessment; whoever changes a form keeps the older ones, so that entries still fit."""

from __future__ import annotations

from typing import Any

from hermanar.foundation.models import TrailEntry
from hermanar.foundation.trail import keyed_digest
from hermanar.planning.models import Answer, Assessment
from hermanar.planning.queries import Result, results_of
from hermanar.planning.vocabulary import AssessmentStage

CLOSED = "assessment.closed"
_BATCH = 200  # gathered with as many reads as one


def answer_content(answer: Answer) -> list[Any]:
    """Return what an answer says, with its evidence."""
    evidence = [
        [one.kind, one.document.digest if one.document else "", one.address, one.words, one.source]
        for one in answer.evidence.all()
    ]
    return [str(answer.question_id), answer.degree, answer.why, evidence]


def closed_content(result: Result) -> list[Any]:
    """Return what a closed assessment says: its subject, its day, and each question with its answer.

    In the order of their names: a later file may put the questions in another order.
    """
    kept = result.assessment
    lines = [
        [line.question.section.slug, line.question.key, line.question.text_es, _said(line.answer)]
        for line in sorted(result.lines, key=lambda line: (line.question.section.slug, line.question.key))
    ]
    return [kept.outline.key, str(kept.agreement_id or kept.place_id), kept.on.isoformat(), lines]


def _said(answer: Answer | None) -> list[Any] | None:
    return answer_content(answer) if answer else None


def unlike_their_trail() -> list[Assessment]:
    """Return the closed assessments that do not say what they said when they were closed."""
    closed = Assessment.objects.filter(stage=AssessmentStage.CLOSED).order_by("begun_at")
    keys = list(closed.values_list("pk", flat=True))
    digests = dict(TrailEntry.objects.filter(code=CLOSED).values_list("subject", "content_digest"))
    found: list[Assessment] = []
    for start in range(0, len(keys), _BATCH):
        batch = closed.filter(pk__in=keys[start : start + _BATCH])
        results = results_of(list(batch.select_related("office", "outline", "agreement", "place")))
        unlike = [one for one in results if digests.get(str(one.assessment.pk)) != keyed_digest(closed_content(one))]
        found += [one.assessment for one in unlike]
    return found
