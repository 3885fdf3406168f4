"""The three letters of a local government to the ministry, in Spanish.

Elements and their sources (documents of the domain page D2):
- the ministry is told of any agreement that is intended, by way of DGCP: art. 7 [003:3954-3967], step 2 [003:4182-4186];
- the opinion is asked for at least two weeks before the planned signature, with the negotiated text: step 3
  [003:4188-4194]; a text that changed goes a second time, in its final form: step 4a [003:4200-4215];
- the copy signed by all parties goes in every language it was signed in, for the register: step 5 [003:4219-4226].
Which further papers come along is for the office to say: no official list is known (PRACTICE 3).
"""

from __future__ import annotations

from hermanar.foundation.papers.facts import LetterFacts
from hermanar.foundation.papers.structure import (
    Items,
    Line,
    Paper,
    Piece,
    Sentences,
    Signature,
    Signatures,
    Style,
    Words,
    capital,
    clean,
    plain,
)

_AREAS = Words("áreas de cooperación", "areas of cooperation")
_ENCLOSURES = Words("relación de anexos", "list of enclosures")


def notice(facts: LetterFacts) -> Paper:
    """Tell the ministry that an agreement is intended (step 2)."""
    say = Sentences("es", facts)
    return _letter(
        say,
        "Aviso de la intención de suscribir un acuerdo interinstitucional con {counterpart}",
        say.lines(
            _es(
                "Con fundamento en el artículo 7 de la Ley sobre la Celebración de Tratados, {sender_office} informa a la "
                "Secretaría de Relaciones Exteriores, por conducto de esa área a su cargo, que negocia con {counterpart} "
                "({country}) un {kind}, con el título provisional «{agreement_title}»."
            ),
            *_known_before(facts),
            _es("Los temas que se tratan con la contraparte son:"),
        ),
        say.listed(facts.areas, _AREAS),
        *say.lines(
            _es(
                "Se prevé firmarlo el {planned_signature_on} en {planned_place}. Cuando ambas partes hayan convenido el texto, "
                "este gobierno solicitará el dictamen de procedencia con al menos dos semanas de anticipación a esa fecha."
            ),
            _es("Para cualquier aclaración, el contacto de este gobierno es {contact}."),
        ),
        has_enclosures=False,  # the texts go with the request; a notice that was sent does not change with them
    )


def request_for_opinion(facts: LetterFacts) -> Paper:
    """Ask for the opinion on the negotiated text (step 3; again after observations, step 4a)."""
    say = Sentences("es", facts)
    again = (
        _es(
            "El texto que se acompaña es el definitivo: recoge lo convenido con la contraparte después de las "
            f"observaciones recibidas, y se presenta por {_ORDINALS.get(facts.round, f'{facts.round}.ª')} ocasión."
        ),
    )
    return _letter(
        say,
        "Solicitud de dictamen del proyecto «{agreement_title}»",
        say.lines(
            _es(
                "En los términos del artículo 7 de la Ley sobre la Celebración de Tratados, {sender_office} solicita a la "
                "Secretaría de Relaciones Exteriores el dictamen sobre la procedencia de suscribir con {counterpart} "
                "({country}) el proyecto de {kind} que se anexa, titulado «{agreement_title}»."
            ),
            *_told_before(facts),
            *_known_before(facts),
            *(again if facts.round > 1 else ()),
            _es(
                "La firma está prevista para el {planned_signature_on} en {planned_place}. El proyecto se redactó en "
                "{languages}; se acompaña el texto completo en cada idioma."
            ),
            *_as_agreed(facts),
            _es("El proyecto comprende las siguientes áreas de cooperación:"),
        ),
        say.listed(facts.areas, _AREAS),
        *say.lines(
            _es("Este gobierno no suscribirá el instrumento mientras no cuente con el dictamen favorable."),
            _es("Para cualquier aclaración, el contacto de este gobierno es {contact}."),
        ),
    )


def _told_before(facts: LetterFacts) -> tuple[Words, ...]:
    """Return when the ministry was told, where a letter of that step is kept."""
    is_known = facts.notice_reference and facts.notice_on
    told = "De esta negociación se informó con el oficio {notice_reference} del {notice_on}."
    return (_es(told),) if is_known else ()


def _known_before(facts: LetterFacts) -> tuple[Words, ...]:
    """Return what is on record between the two, which whoever gives the opinion would ask first."""
    return (_es("Entre ambas partes consta con anterioridad: {earlier}."),) if facts.earlier else ()


def _as_agreed(facts: LetterFacts) -> tuple[Words, ...]:
    """Return what the record may say of the draft beside what the law asks for; the unsaid leaves no gap."""
    return (
        *((_es("Los textos en los distintos idiomas serán {authenticity}."),) if facts.authenticity else ()),
        *((_es("Tendrá {term}."),) if facts.term else ()),
    )


def signed_copies(facts: LetterFacts) -> Paper:
    """Send the signed copy in every language, for the register (step 5)."""
    say = Sentences("es", facts)
    return _letter(
        say,
        "Envío de las copias firmadas de «{agreement_title}» para su inscripción",
        say.lines(
            _es(
                "El {signed_on} se firmó en {signed_at} el instrumento «{agreement_title}» entre {sender_office} y "
                "{counterpart} ({country}), previo dictamen comunicado con el oficio {opinion_reference} del {opinion_on}."
            ),
            _es(
                "Se remite copia firmada por todas las partes en cada uno de los idiomas en que se suscribió: {languages}. "
                "Se solicita que, de ser procedente, se inscriba en el Registro de Acuerdos Interinstitucionales y que se "
                "comunique a este gobierno el número y la fecha de la inscripción."
            ),
            _es("Para cualquier aclaración, el contacto de este gobierno es {contact}."),
        ),
    )


_ORDINALS = {2: "segunda", 3: "tercera", 4: "cuarta", 5: "quinta"}


def _es(text: str) -> Words:
    """Return a text that exists in Spanish alone: the ministry's language."""
    return Words(text, text)


def _letter(
    say: Sentences, subject: str, opening: tuple[Line, ...], *body: Piece, has_enclosures: bool = True
) -> Paper:
    facts = say.facts
    heads = tuple(Line(Style.LETTERHEAD, (clean(row),)) for row in facts.letterhead if clean(row))
    about = say(f"Asunto: {subject}")
    pieces: tuple[Piece, ...] = (
        *(heads or (say.line("{letterhead}", Style.LETTERHEAD),)),
        say.line("Oficio núm. {number}", Style.REFERENCE),
        say.line("{place}, {dated_on}", Style.PLACE_AND_DATE),
        Line(Style.SUBTITLE, about),
        *((say.line("{recipient}", Style.RECIPIENT),) if facts.recipient else ()),  # the post stands without a name
        say.line("{recipient_title}", Style.RECIPIENT),
        *((say.line("{recipient_unit}", Style.RECIPIENT),) if facts.recipient_unit else ()),
        say.line("Secretaría de Relaciones Exteriores", Style.RECIPIENT),
        say.line("Presente", Style.RECIPIENT),
        *opening,
        *body,
        say.line("Sin otro particular, le envío un saludo cordial."),
        say.line("Atentamente"),
        Signatures((Signature((say("{sender}"), say("{sender_title}"), capital(say("{sender_office}")))),)),
        *(_enclosures(say) if has_enclosures else ()),
    )
    return Paper("es", plain(about).removeprefix("Asunto: "), pieces)


def _enclosures(say: Sentences) -> tuple[Line, Items]:
    return say.line("Anexos:", Style.NOTE), say.listed(say.facts.enclosures, _ENCLOSURES)
