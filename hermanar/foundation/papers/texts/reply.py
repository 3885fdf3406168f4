"""The letter that answers a city that wishes to twin, accepting or declining (domain page D3.10).

What the accepting one says of the procedure: articles 6 and 7 of the treaties law, D2 of the domain page [003:4174-4254]; that actors
of both societies, committees and a work plan come before the signature: D3.1 [002:173-193].
"""

from __future__ import annotations

from hermanar.foundation.papers.facts import ReplyFacts
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
    "Asunto: Respuesta a la solicitud de hermanamiento de {other_city}",
    "Subject: Reply to the request of {other_city} for a twinning",
)
_OPENING = Words(
    "Recibimos el {received_on} la solicitud de {other_city} de hermanarse con {own_city}, y la agradecemos.",
    "On {received_on} we received the request of {other_city} to twin with {own_city}, for which we thank you.",
)
_ACCEPTED = Words(
    "Nos complace comunicarle que {own_city} la acepta y ha comenzado a preparar el hermanamiento.",
    "We are pleased to let you know that {own_city} accepts it and has begun to prepare the twinning.",
)
_DECLINED = Words(
    "Después de estudiarla, le comunicamos que por ahora {own_city} no puede emprender este hermanamiento.",
    "Having studied it, we must let you know that at present {own_city} cannot take up this twinning.",
)
_REPLY = Words("{reply}", "{reply}")
_ABROAD = Words(
    "Antes de firmarse, la ley mexicana pide el dictamen de la Secretaría de Relaciones Exteriores sobre el texto que acordemos.",
    "Before it is signed, Mexican law requires the opinion of the Ministry of Foreign Affairs on the text that we agree upon.",
)
_NEXT = Words(
    "Le proponemos una primera conversación para identificar las áreas en que podemos trabajar juntos y a quiénes de las dos "
    "sociedades conviene convocar: de ahí saldrán los comités y el plan de trabajo.",
    "We propose a first conversation to identify the areas in which we can work together and whom of our two societies "
    "to bring in: committees and a work plan will follow from it.",
)
_OPEN_DOOR = Words(
    "Esta respuesta no cierra la puerta: conservamos su solicitud, y nos alegrará volver a considerarla cuando cambien las "
    "circunstancias.",
    "This reply does not close the door: we keep your request, and shall be glad to consider it again when circumstances "
    "change.",
)
_CONTACT = Words("Para cualquier asunto queda a sus órdenes {contact}.", "For any question, please write to {contact}.")
_REFERENCE = Words("Oficio núm. {number}", "Letter no. {number}")
_REGARDS = Words("Reciba un saludo cordial.", "With kind regards,")


def reply(facts: ReplyFacts, *, language: str, is_accepted: bool) -> Paper:
    """Answer a request to twin; the reasons given are those written for the other city."""
    say = Sentences(language, facts)
    heads = tuple(Line(Style.LETTERHEAD, (clean(row),)) for row in facts.letterhead if clean(row))
    about = say(_SUBJECT)
    to = "{other_city}, {country}" if facts.country else "{other_city}"
    own_words = (_REPLY,) if facts.reply.strip() else ()
    accepted = (_ACCEPTED, *own_words, *((_ABROAD,) if facts.is_abroad else ()), _NEXT)
    body = accepted if is_accepted else (_DECLINED, _REPLY, _OPEN_DOOR)
    pieces: tuple[Piece, ...] = (
        *(heads or (say.line("{letterhead}", Style.LETTERHEAD),)),
        say.line(_REFERENCE, Style.REFERENCE),
        say.line("{place}, {dated_on}", Style.PLACE_AND_DATE),
        Line(Style.SUBTITLE, about),
        say.line("{recipient}", Style.RECIPIENT),
        say.line("{recipient_title}", Style.RECIPIENT),
        say.line(to, Style.RECIPIENT),
        say.line(_OPENING),
        *say.lines(*body),
        say.line(_CONTACT),
        say.line(_REGARDS),
        Signatures((Signature((say("{sender}"), say("{sender_title}"), say("{sender_office}"))),)),
    )
    return Paper(language, plain(about).partition(": ")[2], pieces, is_draft=False)
