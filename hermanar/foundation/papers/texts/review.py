"""The ministry's two letters of a review, in Spanish: what it observes, and its opinion.

Elements and their sources (documents of the domain page D2): observations that mean a reformulation send the text back
to the counterpart, and the final text comes a second time, step 4a [003:4200-4215]; a favourable opinion lets it be
signed, step 4b; the signed copies follow in every language, step 5 [003:4219-4226].
"""

from __future__ import annotations

from hermanar.foundation.papers.facts import ReviewLetterFacts
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

_OBSERVATIONS = Words("observaciones", "observations")
_OPENING = (
    "En respuesta al oficio {request}, del {requested_on}, con el que {recipient_office} solicitó el dictamen previsto en "
    "el artículo 7 de la Ley sobre la Celebración de Tratados acerca del proyecto «{agreement_title}», que pretende suscribir "
    "con {counterpart}, "
)


def observations_letter(facts: ReviewLetterFacts) -> Paper:
    """Say what was observed, passage by passage, and that the text comes back here once settled."""
    say = Sentences("es", facts)
    return _letter(
        say,
        "Observaciones al proyecto «{agreement_title}»",
        say.line(f"{_OPENING}esta área comunica las observaciones siguientes:"),
        say.listed(facts.observations, _OBSERVATIONS),
        *_reason(say),
        say.line(
            "Convenido con la contraparte el texto definitivo, se deberá solicitar de nuevo el dictamen antes de firmarlo."
        ),
    )


def opinion_letter(facts: ReviewLetterFacts, *, is_favourable: bool) -> Paper:
    """Say whether the agreement may be signed, and what follows."""
    say = Sentences("es", facts)
    if is_favourable:
        body = (
            say.line(
                f"{_OPENING}se comunica que no hay inconveniente para suscribirlo en los términos del texto revisado."
            ),
            *_reason(say),
            say.line(
                "Una vez firmado, se deberá remitir copia firmada por todas las Partes en cada idioma en que se suscriba, para "
                "su inscripción en el Registro de Acuerdos Interinstitucionales. Todo cambio al texto revisado requiere un "
                "nuevo dictamen."
            ),
        )
    else:
        body = (
            say.line(f"{_OPENING}se comunica que no procede suscribirlo en los términos del texto revisado."),
            *_reason(say),
            say.line("Un documento firmado sin dictamen favorable carece de validez y de respaldo de esta Secretaría."),
        )
    return _letter(say, "Dictamen del proyecto «{agreement_title}»", *body)


def _reason(say: Sentences) -> tuple[Line, ...]:
    reason = clean(say.facts.reason)
    return (Line(Style.BODY, (reason,)),) if reason else ()


def _letter(say: Sentences, subject: str, *body: Piece) -> Paper:
    heads = tuple(Line(Style.LETTERHEAD, (clean(row),)) for row in say.facts.letterhead if clean(row))
    about = say(f"Asunto: {subject}")
    pieces: tuple[Piece, ...] = (
        *(heads or (say.line("{letterhead}", Style.LETTERHEAD),)),
        say.line("Oficio núm. {number}", Style.REFERENCE),
        say.line("{place}, {dated_on}", Style.PLACE_AND_DATE),
        Line(Style.SUBTITLE, about),
        say.line("{recipient}", Style.RECIPIENT),
        say.line("{recipient_title}", Style.RECIPIENT),
        say.line("{recipient_office}", Style.RECIPIENT),
        say.line("Presente", Style.RECIPIENT),
        *body,
        say.line("Sin otro particular, le envío un saludo cordial."),
        say.line("Atentamente"),
        Signatures((Signature((say("{sender}"), say("{sender_title}"), say("{sender_office}"))),)),
    )
    # Whoever reviews is the legal unit: what it signs is no draft for a lawyer.
    return Paper("es", plain(about).removeprefix("Asunto: "), pieces, is_draft=False)
