"""Assessments in words: what a score says, what evidence is, the table and the paper that are taken away."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from hermanar.foundation.papers.structure import Line, Paper, Piece, Style, Table, clean
from hermanar.foundation.tables import Column
from hermanar.offices.models import Office
from hermanar.planning.models import Answer, Assessment, Evidence
from hermanar.planning.queries import AnsweredQuestion, Result, SectionResult
from hermanar.planning.rules import MOST, POINTS, Mark, Score, movement
from hermanar.planning.vocabulary import Degree, EvidenceKind, Movement
from hermanar.ui.templatetags.ui import in_language, long_date


def subject_of(kept: Assessment) -> str:
    """Return what an assessment is about, in words."""
    return str(kept.agreement.title_es if kept.agreement else kept.place)


def value_of(score: Score) -> str:
    """Return the mean of a score as it is printed; a stroke where nothing is known."""
    return "–" if score.mean is None else f"{score.mean}"


def told(score: Score) -> str:
    """Say of how many answers a score is, how many rest on evidence, how many nobody knows."""
    of = {"known": score.known, "asked": score.asked}
    known = ngettext(
        "%(known)s de %(asked)s pregunta con valor", "%(known)s de %(asked)s preguntas con valor", score.asked
    )
    parts = [known % of]
    if score.known:
        parts.append(_("%(count)s con evidencia") % {"count": score.with_evidence})
    if score.unknown:
        unknown = ngettext("%(count)s se desconoce", "%(count)s se desconocen", score.unknown)
        parts.append(unknown % {"count": score.unknown})
    if score.unanswered:
        parts.append(_("%(count)s sin responder") % {"count": score.unanswered})
    return "; ".join(parts)


@dataclass(frozen=True, slots=True)
class ScoreLine:
    """A section as the page shows it: its score as a number, as a length and in words."""

    result: SectionResult
    value: str
    length: str  # of the bar, of 100
    told: str


def score_lines(result: Result) -> list[ScoreLine]:
    """Return the sections of an assessment with their scores."""
    return [ScoreLine(one, value_of(one.score), length_of(one.score), told(one.score)) for one in result.sections]


def length_of(score: Score) -> str:
    """Return the length of a score's bar, of 100."""
    return f"{float(score.mean or 0) / MOST * 100:.1f}"


def scale() -> list[tuple[int, str]]:
    """Return the scale: each number with its word."""
    return [(points, str(degree.label)) for degree, points in POINTS.items()]


def said(answer: Answer | None) -> str:
    """Return an answer in words, with its number on the scale where it has one."""
    if answer is None:
        return _("sin responder")
    degree = Degree(answer.degree)
    return f"{POINTS[degree]} · {degree.label}" if degree in POINTS else str(degree.label)


def evidence_told(one: Evidence) -> str:
    """Return a piece of evidence in words."""
    match one.kind:
        case EvidenceKind.DOCUMENT:
            return one.document.name if one.document else ""
        case EvidenceKind.LINK:
            return one.address
        case EvidenceKind.WORDS:
            return f"«{one.words}» ({one.source})"
    return one.words


# ── what changed between two ─────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Compared:
    """A question in two assessments."""

    line: AnsweredQuestion
    before: AnsweredQuestion | None
    movement: Movement

    @property
    def was(self) -> str:
        """Return the earlier answer in words; nothing when it was not asked."""
        return said(self.before.answer) if self.before else ""

    @property
    def now(self) -> str:
        """Return the later answer in words."""
        return said(self.line.answer)


def compared(before: Result, after: Result) -> list[Compared]:
    """Return the questions of the later of two assessments beside what the earlier said of the same."""
    known = {_key(line): line for line in before.lines}
    found = []
    for line in after.lines:
        earlier = known.get(_key(line))
        mark: Mark | None = earlier.mark if earlier else None
        found.append(Compared(line, earlier, movement(mark, line.mark)))
    return found


def _key(line: AnsweredQuestion) -> tuple[str, str]:
    return line.question.section.slug, line.question.key


# ── what is taken away ───────────────────────────────────────────────────────────────────────────────────────────────


def columns() -> tuple[Column, ...]:
    """Return the columns of an assessment as a table, in the reader's language."""
    return (
        Column(_("sección"), lambda line: in_language(line.question.section, "title")),
        Column(_("clave"), lambda line: line.question.key),
        Column(_("pregunta"), lambda line: in_language(line.question, "text")),
        Column(_("código"), lambda line: line.answer.degree if line.answer else ""),
        Column(_("respuesta"), lambda line: str(line.answer.get_degree_display()) if line.answer else ""),
        Column(_("puntos"), lambda line: POINTS.get(Degree(line.answer.degree)) if line.answer else None),
        Column(_("por qué"), lambda line: line.answer.why if line.answer else ""),
        Column(_("evidencia"), lambda line: "; ".join(_evidence(line))),
        Column(_("fuente de la pregunta"), source_told),
    )


def source_told(line: AnsweredQuestion) -> str:
    """Return where a question comes from."""
    return f"{in_language(line.question.source, 'title')}, {line.question.passage}"


def _evidence(line: AnsweredQuestion) -> list[str]:
    return [evidence_told(one) for one in line.answer.evidence.all()] if line.answer else []


def paper_of(result: Result, *, office: Office) -> Paper:
    """Write an assessment as a paper, in the reader's language."""
    kept = result.assessment
    title = f"{in_language(kept.outline, 'title')}: {subject_of(kept)}"
    state = _("Evaluación al %(day)s, %(state)s.") % {
        "day": long_date(kept.on).replace("\u00a0", " "), "state": kept.get_stage_display(),
    }  # fmt: skip
    pieces: list[Piece] = [
        _line(office.name, Style.LETTERHEAD),
        _line(title, Style.TITLE),
        _line(state),
        _line(in_language(kept.outline, "intro")),
        _line(scale_told(), Style.NOTE),
        _line(_("En conjunto: %(value)s de %(most)s; %(told)s.") % {
            "value": value_of(result.score), "most": MOST, "told": told(result.score),
        }),
        _table((_("Sección"), _("Valor"), _("De cuántas respuestas")),
               ((in_language(one.section, "title"), value_of(one.score), told(one.score)) for one in result.sections)),
        *_section_pieces(result),
    ]  # fmt: skip
    language = "en" if (get_language() or "es").startswith("en") else "es"
    return Paper(language, clean(title), tuple(pieces), is_draft=False)


def _section_pieces(result: Result) -> Iterator[Piece]:
    for section in result.sections:
        yield _line(in_language(section.section, "title"), Style.HEADING)
        yield _table(
            (_("Pregunta"), _("Respuesta"), _("Por qué"), _("Evidencia")),
            (
                (
                    in_language(line.question, "text"), said(line.answer), line.answer.why if line.answer else "",
                    "; ".join(_evidence(line)),
                )
                for line in section.lines
            ),
        )  # fmt: skip
        yield _line(f"{in_language(section.section.source, 'title')}, {section.section.passage}", Style.NOTE)


def scale_told() -> str:
    """Say what the numbers mean, and whose the scale is."""
    words = ", ".join(f"{points} {word}" for points, word in scale())
    return _(
        "Escala: %(words)s. Lo que se desconoce no cuenta como cero. La escala es nuestra: la fuente no da ninguna."
    ) % {"words": words}


def _line(text: str, style: Style = Style.BODY) -> Line:
    return Line(style, (clean(text),))


def _table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> Table:
    return Table(tuple(headings), tuple(tuple((clean(cell) or "–",) for cell in row) for row in rows))
