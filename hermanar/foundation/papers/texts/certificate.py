"""The certificate of an agreement's record in this registry, with the address where anyone can verify it.

Its content is what the record documents: parties, signature, registration with its number where there is one, and the
digest of the trail at which it stands. It proves what the registry held on its date, never the validity of the
agreement: registering is not validating (RELIABILITY 1, register of the United Nations; D2.7).
"""

from __future__ import annotations

import re

from hermanar.foundation.papers.facts import CertificateFacts
from hermanar.foundation.papers.structure import (
    Code,
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
)

_TITLE = Words("Constancia de registro", "Certificate of record")


def certificate(facts: CertificateFacts, *, language: str = "es") -> Paper:
    """Write the certificate of a record."""
    say = Sentences(language, facts)
    pieces: list[Piece] = [
        say.line(_TITLE, Style.TITLE),
        say.line(
            Words(
                "{issuer} hace constar que, al {issued_on}, el registro de hermanamientos y acuerdos contiene lo siguiente:",
                "{issuer} certifies that, on {issued_on}, the registry of twinnings and agreements holds the following:",
            )
        ),
        Table((Words("Dato", "Fact")[language], Words("Contenido", "Content")[language]), tuple(
            ((words[language],), text) for words, text in _rows(say)
        )),
    ]  # fmt: skip
    if clean(facts.address):
        description = Words("Código de la dirección de verificación", "Code of the verification address")
        pieces.append(Code(clean(facts.address), description[language]))
    pieces += [
        say.line(Words("Verifique en: {address}", "Verify at: {address}"), Style.NOTE),
        Line(
            Style.NOTE,
            (
                Words(
                    "Esta constancia dice qué contenía el registro en su fecha. No juzga la validez del acuerdo ni sustituye la "
                    "inscripción ante la Secretaría de Relaciones Exteriores.",
                    "This certificate says what the registry held on its date. It does not judge the validity of the agreement, "
                    "nor does it replace registration with the ministry of foreign affairs.",
                )[language],
            ),
        ),
        Signatures((Signature((say("{issuer}"),)),)),
    ]
    return Paper(language, f"{_TITLE[language]}: {clean(facts.title)}".strip(": "), tuple(pieces), is_draft=False)


def _rows(say: Sentences) -> tuple[tuple[Words, Text], ...]:
    return (
        (Words("Acuerdo", "Agreement"), say("{title}")),
        (Words("Partes", "Parties"), say("{parties}")),
        (Words("Fecha de firma", "Date of signature"), say("{signed_on}")),
        (Words("Situación", "Situation"), say("{state}")),
        *_backing(say),
        (
            Words(
                "Inscripción ante la Secretaría de Relaciones Exteriores",
                "Registration with the ministry of foreign affairs",
            ),
            _registration(say),
        ),
        (Words("Registro", "Record"), say("{record}")),
        (Words("Asiento de la bitácora", "Entry of the trail"), say("{entry_number}")),
        (Words("Huella de la bitácora", "Digest of the trail"), _in_groups(say("{digest}"))),
    )


def _backing(say: Sentences) -> tuple[tuple[Words, Text], ...]:
    if not say.facts.lacks_backing:
        return ()
    told = Words(
        "CARECE DE RESPALDO: se firmó sin dictamen favorable de la Secretaría de Relaciones Exteriores",
        "LACKS BACKING: it was signed without a favourable opinion of the ministry of foreign affairs",
    )
    return ((Words("Respaldo", "Backing"), (told[say.language],)),)


def _in_groups(text: Text) -> Text:
    """Part a digest into groups of eight: it fits the page, and two people can compare it aloud."""
    return tuple(" ".join(re.findall(".{1,8}", span)) if isinstance(span, str) else span for span in text)


def _registration(say: Sentences) -> Text:
    facts: CertificateFacts = say.facts
    if not clean(facts.registration_number):
        return (Words("sin inscripción documentada", "no registration documented")[say.language],)
    if facts.registered_on is None:
        return say("{registration_number}")
    return say("{registration_number} ({registered_on})")
