"""The annual programme (*Plan Anual*, *Programa Operativo Anual*) with the nine contents of D2.8.

Counted in the passage [002:146], in its order: (1) objectives and activities, (2) work calendar of each party, (3) profile,
number and stay of assigned personnel, (4) responsibility of each party, (5) human, (6) material and (7) financial resources,
(8) means of evaluation, (9) any other information considered necessary. `CONTENTS` holds them; the draft agreements ask
for the same nine.
"""

from __future__ import annotations

from hermanar.foundation.papers.facts import ActivityFacts, ProgrammeFacts, StaffFacts
from hermanar.foundation.papers.structure import (
    Line,
    Paper,
    Piece,
    Sentences,
    Signature,
    Signatures,
    Style,
    Table,
    Words,
    plain,
)

CONTENTS = (
    Words("Objetivos y actividades", "Objectives and activities"),
    Words("Calendario de trabajo de cada Parte", "Work calendar of each Party"),
    Words("Perfil, número y estadía del personal asignado", "Profile, number and stay of assigned personnel"),
    Words("Responsabilidad de cada Parte", "Responsibility of each Party"),
    Words("Recursos humanos", "Human resources"),
    Words("Recursos materiales", "Material resources"),
    Words("Recursos financieros", "Financial resources"),
    Words("Formas de evaluación", "Means of evaluation"),
    Words("Otra información necesaria", "Other necessary information"),
)
_TITLE = Words("Programa anual {year}: {agreement_title}", "Annual programme {year}: {agreement_title}")
_NOTHING = (ActivityFacts(),)


def programme(facts: ProgrammeFacts, *, language: str = "es") -> Paper:
    """Write the annual programme of an agreement."""
    say = Sentences(language, facts)
    title = say(_TITLE)
    opening = say.line(
        Words(
            "Programa que {mexican.name} y {counterpart.name} formulan para el año {year} en cumplimiento de «{agreement_title}».",
            "Programme that {mexican.name} and {counterpart.name} draw up for the year {year} in fulfilment of "
            "“{agreement_title}”.",
        )
    )
    signed = Signatures(tuple(_block(say, party) for party in ("mexican", "counterpart")))
    pieces = (Line(Style.TITLE, title), opening, *contents_of(facts, language=language), signed)
    return Paper(language, plain(title), pieces)


def contents_of(facts: ProgrammeFacts, *, language: str, heads: Style = Style.HEADING) -> tuple[Piece, ...]:
    """Write the nine contents of a programme, each under its name."""
    say = Sentences(language, facts)
    bodies: tuple[tuple[Piece, ...], ...] = (
        (say.listed(facts.objectives, Words("objetivos", "objectives")), _activities(say)),
        (_calendar(say),),
        (_staff(say),),
        _responsibilities(say),
        (say.line("{human_resources}"),),
        (say.line("{material_resources}"),),
        (say.line("{financial_resources}"),),
        (say.listed(facts.evaluation, Words("formas de evaluación", "means of evaluation")),),
        (say.listed(facts.other_information, Words("otra información necesaria", "other necessary information")),),
    )
    pieces: list[Piece] = []
    for words, body in zip(CONTENTS, bodies, strict=True):
        pieces += [Line(heads, (words[language],)), *body]
    return tuple(pieces)


def _activities(say: Sentences) -> Table:
    headings = (Words("Objetivo", "Objective"), Words("Actividad", "Activity"))
    rows = (Sentences(say.language, activity) for activity in say.facts.activities or _NOTHING)
    return Table(
        tuple(words[say.language] for words in headings),
        tuple((row("{objective}"), row("{activity}")) for row in rows),
    )


def _calendar(say: Sentences) -> Table:
    headings = (
        Words("Actividad", "Activity"),
        Words("Inicio", "Start"),
        Words("Término", "End"),
        Words("Responsable", "In charge"),
    )
    rows = (Sentences(say.language, activity) for activity in say.facts.activities or _NOTHING)
    return Table(
        tuple(words[say.language] for words in headings),
        tuple((row("{activity}"), row("{starts}"), row("{ends}"), row("{responsible}")) for row in rows),
    )


def _staff(say: Sentences) -> Table:
    headings = (Words("Perfil", "Profile"), Words("Número", "Number"), Words("Estadía", "Stay"))
    rows = (Sentences(say.language, person) for person in say.facts.staff or (StaffFacts(),))
    return Table(
        tuple(words[say.language] for words in headings),
        tuple((row("{profile}"), row("{count}"), row("{stay}")) for row in rows),
    )


def _responsibilities(say: Sentences) -> tuple[Piece, ...]:
    return (
        say.line("{mexican.name}:"),
        say.listed(
            say.facts.mexican_duties,
            Words("responsabilidades de la parte mexicana", "responsibilities of the Mexican party"),
        ),
        say.line("{counterpart.name}:"),
        say.listed(
            say.facts.counterpart_duties,
            Words("responsabilidades de la contraparte", "responsibilities of the counterpart"),
        ),
    )


def _block(say: Sentences, party: str) -> Signature:
    return Signature(tuple(say(f"{{{party}.{part}}}") for part in ("name", "signatory", "signatory_title")))
