"""The letter by which a city takes up a tie that sleeps, in the language of the sister city.

Elements and their sources (documents of the domain page D5.8): the links with every sister city are to be taken up again,
and each is asked for a local work of art, an interactive installation or another representative piece as a gift; the works
given in exchange come from a public competition [000 note 6]. Reciprocity instead of a donation in one direction: D5.11.
"""

from __future__ import annotations

from hermanar.foundation.papers.facts import ReactivationFacts
from hermanar.foundation.papers.structure import (
    Line,
    Paper,
    Piece,
    Sentences,
    Signature,
    Signatures,
    Style,
    Words,
    clean,
    plain,
)

_SUBJECT = Words(
    "Asunto: Propuesta de retomar el hermanamiento entre {own_city} y {sister_city}",
    "Subject: A proposal to renew the ties between {own_city} and {sister_city}",
)
_OPENING = Words(
    "{own_city} y {sister_city} están unidas por «{agreement_title}».",
    "{own_city} and {sister_city} are bound by “{agreement_title}”.",
)
_SIGNED = Words("Se firmó: {signed}.", "It was signed: {signed}.")
_LAST = Words(
    "Lo último que consta en nuestro registro es: «{last_activity}» ({last_on}).",
    "The latest thing our records tell of is: “{last_activity}” ({last_on}).",
)
_NONE = Words(
    "En nuestro registro no consta ninguna actividad común con fecha. Si su ciudad conserva memoria de alguna, le "
    "agradeceremos que nos la comparta.",
    "Our records tell of no dated activity in common. Should your city remember any, we would be grateful to hear of it.",
)
_PROPOSAL = (
    Words(
        "Queremos que este vínculo viva de lo que ambas ciudades hagan juntas. Le proponemos una primera conversación para "
        "elegir un proyecto pequeño, que pueda cumplirse este año y del que aprendan las dos.",
        "We would like this tie to live on what both cities do together. We propose a first conversation to choose one small "
        "project that can be carried out this year and that both of us can learn from.",
    ),
    Words(
        "Nuestra ciudad reúne la memoria de sus hermanamientos en el Museo Interactivo de las Ciudades Hermanas. Le pedimos que "
        "{sister_city} esté en él con el regalo de una obra de arte local, una instalación interactiva u otra pieza que la "
        "represente. En reciprocidad, {own_city} ofrece a su ciudad una obra elegida en un concurso público.",
        "Our city gathers the memory of its twinnings in the Interactive Museum of Sister Cities. We ask that {sister_city} be "
        "present in it with the gift of a local work of art, an interactive installation or another piece that represents it. In "
        "return, {own_city} offers your city a work chosen in a public competition.",
    ),
    Words(
        "Para acordar el día de esa conversación queda a sus órdenes {contact}.",
        "To agree on a day for that conversation, please write to {contact}.",
    ),
)
_REFERENCE = Words("Oficio núm. {number}", "Letter no. {number}")
_REGARDS = Words("Reciba un saludo fraterno.", "With fraternal greetings,")


def reactivation(facts: ReactivationFacts, *, language: str) -> Paper:
    """Propose to take up a tie again, and ask for a work as a gift (D5.8)."""
    say = Sentences(language, facts)
    heads = tuple(Line(Style.LETTERHEAD, (clean(row),)) for row in facts.letterhead if clean(row))
    about = say(_SUBJECT)
    pieces: tuple[Piece, ...] = (
        *(heads or (say.line("{letterhead}", Style.LETTERHEAD),)),
        say.line(_REFERENCE, Style.REFERENCE),
        say.line("{place}, {dated_on}", Style.PLACE_AND_DATE),
        Line(Style.SUBTITLE, about),
        say.line("{recipient}", Style.RECIPIENT),
        say.line("{recipient_title}", Style.RECIPIENT),
        say.line("{sister_city}, {country}", Style.RECIPIENT),
        say.line(_OPENING),
        *((say.line(_SIGNED),) if facts.signed else ()),
        say.line(_LAST if facts.last_activity else _NONE),
        *say.lines(*_PROPOSAL),
        say.line(_REGARDS),
        Signatures((Signature((say("{sender}"), say("{sender_title}"), say("{sender_office}"))),)),
    )
    return Paper(language, plain(about).partition(": ")[2], pieces, is_draft=False)
