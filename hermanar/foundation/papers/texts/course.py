"""The certificate of a course: for whom, which one, with what result, and where anyone can verify it."""

from __future__ import annotations

from hermanar.foundation.papers.facts import CourseFacts
from hermanar.foundation.papers.structure import Code, Line, Paper, Picture, Piece, Sentences, Style, Words, clean

_TITLE = Words("Constancia de curso", "Certificate of a course")
_LONGEST_LINE = 80
_HOUSE = Words("Hermanar · Museo de las ciudades hermanas", "Hermanar · Museum of sister cities")


def course_certificate(facts: CourseFacts, *, language: str = "es", emblem: Picture | None = None) -> Paper:
    """Write the certificate of a course, under the emblem of the house that gives it."""
    say = Sentences(language, facts)
    pieces: list[Piece] = [
        *((emblem,) if emblem else ()),
        Line(Style.LETTERHEAD, (_HOUSE[language],)),
        say.line(_TITLE, Style.TITLE),
        say.line(Words("Este museo hace constar que", "This museum certifies that"), Style.CENTRED),
        say.line("{name}", Style.NAME),
        say.line(Words("aprobó la prueba final del curso", "passed the final test of the course"), Style.CENTRED),
        say.line("{course}", Style.NAME),
        say.line(
            Words(
                "el {passed_on}, con {percent} de cada cien respuestas correctas. "
                "El curso, en su versión {version}, toma unos {minutes} minutos y tiene estas lecciones:",
                "on {passed_on}, with {percent} right answers in a hundred. "
                "The course, in its version {version}, takes some {minutes} minutes and has these lessons:",
            ),
            Style.CENTRED,
        ),
        say.listed(facts.lessons, Words("lecciones", "lessons")),
    ]
    if clean(facts.address):
        description = Words("Código de la dirección de verificación", "Code of the verification address")
        pieces.append(Code(clean(facts.address), description[language]))
    return Paper(language, f"{_TITLE[language]}: {clean(facts.course)}", (*pieces, *_notes(say)), is_draft=False)


def _parts(address: str) -> tuple[str, ...]:
    """Part an address into lines, none of which ends in a hyphen: whoever copies it would lose the hyphen."""
    parts: list[str] = []
    while len(address) > _LONGEST_LINE:
        at = next((n for n in range(_LONGEST_LINE, 0, -1) if "-" not in address[n - 1 : n + 1]), _LONGEST_LINE)
        parts.append(address[:at])
        address = address[at:]
    return (*parts, *([address] if address else ()))


def _notes(say: Sentences) -> tuple[Line, ...]:
    """Say where to verify, and what the certificate does not prove: nobody asked who sat there."""
    return (
        say.line(Words("Verifique en:", "Verify at:"), Style.NOTE),
        *(Line(Style.ADDRESS, (part,)) for part in _parts(clean(say.facts.address))),
        say.line(
            Words(
                "La dirección lleva la firma del museo. Dice si la constancia es auténtica para un nombre; el museo no guardó "
                "el nombre ni sabe quién respondió la prueba: la constancia no sustituye una identificación ni un título.",
                "The address carries the signature of the museum. It says whether the certificate is genuine for a name; the "
                "museum did not keep the name and does not know who took the test: this replaces neither an identity document "
                "nor a degree.",
            ),
            Style.NOTE,
        ),
    )
