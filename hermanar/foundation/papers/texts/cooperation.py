"""Draft of a specific-cooperation agreement: one theme, more often of a state than of a municipality (D1.3).

Its kind and themes are described in [003:4005-4023]. Intellectual property and the handling of reserved information are
usual in such agreements but were not seen in a source (PRACTICE 4, unverified): the lawyer who reads the draft decides.
The clauses that other agreements share, and where they come from, are in `clauses`.
"""

from __future__ import annotations

from hermanar.foundation.papers.facts import AgreementFacts
from hermanar.foundation.papers.structure import Paper, Sentences, Words, plain
from hermanar.foundation.papers.texts import clauses

_TITLE = Words(
    "Acuerdo de Cooperación Específica en materia de {theme} entre {mexican.name}, de los Estados Unidos Mexicanos, y "
    "{counterpart.name}, de {counterpart.state}",
    "Specific Cooperation Agreement on {theme} between {mexican.name}, of the United Mexican States, and "
    "{counterpart.name}, of {counterpart.state}",
)
_CONSIDERATIONS = (
    Words(
        "que ambas tienen experiencia e interés en {theme} y que juntas pueden más que cada una por su lado;",
        "that both have experience and interest in {theme}, and that together they can do more than each on its own;",
    ),
    Words(
        "que la materia corresponde a sus atribuciones: {mexican.powers}, por la parte mexicana, y {counterpart.powers}, por "
        "la contraparte;",
        "that the matter belongs to their powers: {mexican.powers}, for the Mexican party, and {counterpart.powers}, for the "
        "counterpart;",
    ),
)


def cooperation(facts: AgreementFacts, *, language: str = "es") -> Paper:
    """Write the draft of a specific-cooperation agreement."""
    say = Sentences(language, facts)
    title = Words("{title}", "{title}") if facts.title else _TITLE
    pieces = (
        *clauses.opening(say, title, _CONSIDERATIONS),
        say.heading(Words("Objetivo", "Objective")),
        say.line(
            Words(
                "Este Acuerdo fija las bases de la cooperación de las Partes en materia de {theme}.",
                "This Agreement lays the foundations of the Parties' cooperation on {theme}.",
            )
        ),
        say.heading(Words("Alcance", "Scope")),
        say.line(
            Words("Dentro de ese tema, las Partes trabajarán en:", "Within that theme the Parties shall work on:"),
        ),
        say.listed(facts.areas, clauses.AREAS),
        say.heading(Words("Modalidades de cooperación", "Forms of cooperation")),
        say.line(Words("La cooperación tomará estas formas:", "Cooperation shall take these forms:")),
        say.listed(facts.forms, clauses.FORMS),
        *clauses.programmes(say),
        *clauses.follow_up(say),
        *clauses.money_and_people(say),
        say.heading(Words("Resultados e información", "Results and information")),
        say.line(
            Words(
                "Antes de empezar cada actividad las Partes acordarán por escrito a quién pertenecen sus resultados y qué información "
                "se reserva, conforme a la legislación de cada una.",
                "Before each activity begins the Parties shall agree in writing to whom its results belong and which information is "
                "reserved, in accordance with the legislation of each.",
            )
        ),
        *clauses.settlement(say),
        *clauses.term(say),
        *clauses.signing(say),
    )
    return Paper(language, plain(say(title)), pieces)
