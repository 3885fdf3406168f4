"""The work plan of a tie, with its annual programmes, in Spanish or in English.

A plan of a first period of three years is made of annual programmes (D2.8, D3.1 phase 4, D3.5); each bears the nine
contents of D2.8 under its year.
"""

from __future__ import annotations

from hermanar.foundation.papers.facts import WorkPlanFacts
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
    Words,
    plain,
)
from hermanar.foundation.papers.texts.programme import contents_of

_TITLE = Words("Plan de trabajo: {agreement_title}", "Work plan: {agreement_title}")
_OPENING = Words(
    "Plan que {mexican.name} y {counterpart.name} formulan para el periodo del {starts_on} al {ends_on} en cumplimiento de "
    "«{agreement_title}».",
    "Plan that {mexican.name} and {counterpart.name} draw up for the period from {starts_on} to {ends_on} in fulfilment of "
    "“{agreement_title}”.",
)
_AGREED = Words("Las Partes lo acordaron el {agreed_on}.", "The Parties agreed to it on {agreed_on}.")
_OPEN = Words("Las Partes todavía no lo han acordado.", "The Parties have not agreed to it yet.")
_PURPOSE = Words("Objetivo general", "General purpose")
_YEAR = Words("Programa anual {year}", "Annual programme {year}")
_PROGRAMMES = Words("programas anuales", "annual programmes")


def work_plan(facts: WorkPlanFacts, *, language: str = "es") -> Paper:
    """Write the work plan of a tie; as a draft until the parties have agreed to it."""
    say = Sentences(language, facts)
    title = say(_TITLE)
    pieces: list[Piece] = [
        Line(Style.TITLE, title),
        say.line(_OPENING),
        say.line(_AGREED if facts.agreed_on else _OPEN),
        say.heading(_PURPOSE),
        say.listed(facts.purpose, Words("objetivo general", "general purpose")),
    ]
    for programme in facts.programmes:
        pieces.append(Sentences(language, programme).line(_YEAR, Style.HEADING))
        pieces += contents_of(programme, language=language, heads=Style.SUBTITLE)
    if not facts.programmes:
        pieces.append(Items(((Blank(_PROGRAMMES[language], language),),)))
    blocks = (tuple(say(f"{{{who}.{part}}}") for part in _SIGNS) for who in ("mexican", "counterpart"))
    pieces.append(Signatures(tuple(Signature(lines) for lines in blocks)))
    return Paper(language, plain(title), tuple(pieces), is_draft=facts.agreed_on is None)


_SIGNS = ("name", "signatory", "signatory_title")
