"""Assessments in the dossier: those closed by the day, every answer of them, and what was still open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from hermanar.planning.models import Assessment
from hermanar.planning.queries import for_office, results_of
from hermanar.planning.vocabulary import AssessmentStage
from hermanar.workspace.assessing import evidence_told, said, subject_of, told, value_of

if TYPE_CHECKING:
    from hermanar.workspace.dossier.knowing import Known

_WITHOUT_FILE = "evaluaciones"  # where the papers of an assessment of the city lie


def add_assessments(known: Known) -> None:
    """Add what an office had judged of its ties and its city by the end of the day."""
    begun = for_office(known.office.pk).filter(begun_at__lte=known.until).order_by("on", "begun_at")
    ended = begun.filter(stage=AssessmentStage.CLOSED, ended_at__lte=known.until)
    for result in results_of(list(ended)):
        kept = result.assessment
        named = _named(kept)
        known.rows["assessments"].append(
            {
                **named,
                "value": value_of(result.score),
                "answers": told(result.score),
                "closed_on": known.day(kept.ended_at),
            }
        )
        for line in result.lines:
            evidence = list(line.answer.evidence.all()) if line.answer else []
            known.rows["answers"].append(
                {
                    **named,
                    "section": line.question.section.title_es,
                    "question": line.question.text_es,
                    "answer": said(line.answer),
                    "why": line.answer.why if line.answer else "",
                    "evidence": "; ".join(evidence_told(one) for one in evidence),
                }
            )
            papers = [(one.document, named["file"] or _WITHOUT_FILE) for one in evidence if one.document]
            known.papers += [paper for paper in dict.fromkeys(papers) if paper not in known.papers]
    for kept in begun.exclude(ended_at__lte=known.until):
        row = {"file": _named(kept)["file"], "what": _("Evaluación en curso"), "detail": _named(kept)["subject"]}
        known.rows["open_matters"].append({**row, "since": known.day(kept.begun_at)})


def _named(kept: Assessment) -> dict[str, str]:
    return {
        "file": kept.agreement.number if kept.agreement else "",
        "outline": kept.outline.title_es,
        "subject": subject_of(kept),
        "on": kept.on.isoformat(),
    }
