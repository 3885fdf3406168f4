"""Draft of a wide-scope twinning agreement (*Acuerdo de Hermanamiento de Amplio Alcance*, AHAA).

The ministry offers a model [003:4160] whose text was not to be had; this draft is ours, on the outline of PRACTICE 4.
Objective: friendship and exchange under one instrument; areas and forms open to what the parties agree later [002:163].
The clauses that other agreements share, and where they come from, are in `clauses`.
"""

from __future__ import annotations

from hermanar.foundation.papers.facts import AgreementFacts
from hermanar.foundation.papers.structure import Paper, Sentences, Words, plain
from hermanar.foundation.papers.texts import clauses

_TITLE = Words(
    "Acuerdo de Hermanamiento de Amplio Alcance entre {mexican.name}, de los Estados Unidos Mexicanos, y {counterpart.name}, "
    "de {counterpart.state}",
    "Wide-Scope Twinning Agreement between {mexican.name}, of the United Mexican States, and {counterpart.name}, of "
    "{counterpart.state}",
)
_CONSIDERATIONS = (
    Words(
        "que sus comunidades comparten afinidades y desean conocerse mejor y ayudarse;",
        "that their communities share affinities and wish to know and help each other;",
    ),
    Words(
        "que un hermanamiento dura cuando participan en él la ciudadanía, las instituciones educativas y los sectores "
        "económicos, y cuando sus resultados se miden;",
        "that a twinning lasts when citizens, educational institutions and economic sectors take part in it, and when its "
        "results are measured;",
    ),
    Words(
        "que cada una actúa dentro de sus propias atribuciones: {mexican.powers}, por la parte mexicana, y "
        "{counterpart.powers}, por la contraparte;",
        "that each acts within its own powers: {mexican.powers}, for the Mexican party, and {counterpart.powers}, for the "
        "counterpart;",
    ),
)


def twinning(facts: AgreementFacts, *, language: str = "es") -> Paper:
    """Write the draft of a wide-scope twinning agreement."""
    say = Sentences(language, facts)
    title = Words("{title}", "{title}") if facts.title else _TITLE
    pieces = (
        *clauses.opening(say, title, _CONSIDERATIONS),
        say.heading(Words("Objetivo", "Objective")),
        say.line(
            Words(
                "Este Acuerdo formaliza el hermanamiento de {mexican.short_name} y {counterpart.short_name}, para fortalecer la "
                "amistad de sus habitantes, el intercambio de experiencias y la cooperación en beneficio de ambas comunidades.",
                "This Agreement formalises the twinning of {mexican.short_name} and {counterpart.short_name}, to strengthen the "
                "friendship of their people, the exchange of experience and cooperation for the benefit of both communities.",
            )
        ),
        say.heading(Words("Áreas de cooperación", "Areas of cooperation")),
        say.line(
            Words(
                "Las Partes cooperarán en las áreas siguientes y en las demás que convengan por escrito:",
                "The Parties shall cooperate in the following areas and in any others they agree on in writing:",
            )
        ),
        say.listed(facts.areas, clauses.AREAS),
        say.heading(Words("Modalidades de cooperación", "Forms of cooperation")),
        say.line(Words("La cooperación tomará estas formas:", "Cooperation shall take these forms:")),
        say.listed(facts.forms, clauses.FORMS),
        *clauses.programmes(say),
        *clauses.follow_up(say),
        *clauses.money_and_people(say),
        *clauses.settlement(say),
        *clauses.term(say),
        *clauses.signing(say),
    )
    return Paper(language, plain(say(title)), pieces)
