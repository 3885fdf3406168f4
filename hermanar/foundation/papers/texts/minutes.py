"""The minutes of a committee's session, in Spanish, from what its record holds.

What a session leaves is named by the sources as members, sessions, minutes and decisions (D6.1); the order is that of
minutes of collegiate bodies: who came and whether they were enough, the agenda, what was said of each matter, what was
decided under which number, who does what until when. What nobody wrote stays open.
"""

from __future__ import annotations

from hermanar.foundation.papers.facts import MinutesFacts
from hermanar.foundation.papers.structure import (
    Blank,
    Items,
    Line,
    Paper,
    Piece,
    Sentences,
    Signature,
    Signatures,
    Style,
    Table,
    Text,
    Words,
    clean,
    plain,
)

_SAID = "lo que se trató"


def minutes(facts: MinutesFacts) -> Paper:
    """Write the minutes of a session; of a meeting without a quorum they say that it decided nothing."""
    say = Sentences("es", facts)
    title = say(
        "Acta de la sesión del {on}: {committee}"
        if facts.takes_decisions
        else "Nota de la reunión del {on}: {committee}"
    )
    heads = tuple(Line(Style.LETTERHEAD, (clean(row),)) for row in facts.letterhead if clean(row))
    pieces: tuple[Piece, ...] = (
        *(heads or (say.line("{letterhead}", Style.LETTERHEAD),)),
        Line(Style.TITLE, title),
        say.line("{of}", Style.SUBTITLE),
        say.line("En {place}, a las {at} horas del {on}, se reunió el comité {committee}. {call}"),
        _heading("Asistencia y quórum"),
        _rows(facts.present, ("Nombre", "Cargo en el comité", "Representa a"), blank="asistentes"),
        *_absent(facts),
        say.line("{quorum}"),
        _heading("Orden del día"),
        say.listed([title for title, _said in facts.matters], Words("orden del día", "agenda")),
        _heading("Desarrollo"),
        *_proceedings(facts),
        *_outcome(facts),
        Line(Style.BODY, ("Leída la presente, la firman quienes asistieron.",)),
        _signatures(facts),
    )
    return Paper("es", plain(title), pieces, is_draft=False)


def _heading(words: str) -> Line:
    return Line(Style.HEADING, (words,))


def _cell(text: str) -> Text:
    return (clean(text) or "—",)


def _rows(rows: tuple[tuple[str, ...], ...], headings: tuple[str, ...], *, blank: str) -> Piece:
    if not rows:
        return Items(((Blank(blank, "es"),),))
    return Table(headings, tuple(tuple(_cell(cell) for cell in row) for row in rows))


def _absent(facts: MinutesFacts) -> tuple[Piece, ...]:
    if not facts.absent:
        return ()
    names = "; ".join(clean(name) for name, _post, _for in facts.absent)
    return (Line(Style.BODY, (f"No asistieron: {names}.",)),)


def _proceedings(facts: MinutesFacts) -> tuple[Piece, ...]:
    """Return each matter with what was said of it, a paragraph for each line that was written."""
    found: list[Piece] = []
    for title, said in facts.matters:
        found.append(Line(Style.SUBTITLE, (clean(title),)))
        lines = [clean(line) for line in said.splitlines() if clean(line)]
        found += [Line(Style.BODY, (line,)) for line in lines] or [Line(Style.BODY, (Blank(_SAID, "es"),))]
    return tuple(found)


def _outcome(facts: MinutesFacts) -> tuple[Piece, ...]:
    if not facts.takes_decisions:
        return (Line(Style.BODY, ("Sin quórum, la reunión no tomó acuerdos.",)),)
    decided: Piece = Line(Style.BODY, ("La sesión no tomó acuerdos.",))
    if facts.decisions:
        decided = _rows(facts.decisions, ("Número", "Acuerdo", "Votación"), blank="acuerdos")
    found: tuple[Piece, ...] = (_heading("Acuerdos"), decided)
    if facts.tasks:
        found += (_heading("Encargos"), _rows(facts.tasks, ("Qué", "Quién", "Hasta"), blank="encargos"))
    return found


def _signatures(facts: MinutesFacts) -> Signatures:
    blocks = tuple(
        Signature(tuple((clean(line),) for line in (name, post) if clean(line))) for name, post, _for in facts.present
    )
    return Signatures(blocks or (Signature(((Blank("quienes firman", "es"),),)),))
