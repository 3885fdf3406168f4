"""What the two drafts of agreements share, in Spanish and English.

Elements and their sources: an agreement has a title, parties, areas, forms, validity, renewal, languages and texts that
are equally authentic (D1.5); programmes of each year and a periodic meeting to evaluate and give new directions
[002:146]; areas and forms as in [002:142-144] and [002:163]; the rest of the list (financing within each budget,
personnel under its own institution, amicable settlement, entry into force, amendment in writing, termination without
harm to what is under way) is the outline of PRACTICE 4. That the matter stays within each party's own powers is asked
by art. 2-II [003:3943-3950].
"""

from __future__ import annotations

from collections.abc import Sequence

from hermanar.foundation.papers.facts import AgreementFacts
from hermanar.foundation.papers.structure import (
    Items,
    Line,
    Piece,
    Sentences,
    Signature,
    Signatures,
    Style,
    Words,
)

AREAS = Words("áreas de cooperación", "areas of cooperation")
FORMS = Words("modalidades de cooperación", "forms of cooperation")
CONSIDERATIONS = Words("considerandos", "considerations")


def opening(say: Sentences, title: Words, considerations: Sequence[Words]) -> tuple[Piece, ...]:
    """Return title, parties and considerations."""
    return (
        say.line(title, Style.TITLE),
        say.line(
            Words(
                "Son Partes de este Acuerdo {mexican.name}, a quien representa {mexican.signatory}, {mexican.signatory_title}, y "
                "{counterpart.name}, a quien representa {counterpart.signatory}, {counterpart.signatory_title}.",
                "The Parties to this Agreement are {mexican.name}, represented by {mexican.signatory}, "
                "{mexican.signatory_title}, and {counterpart.name}, represented by {counterpart.signatory}, "
                "{counterpart.signatory_title}.",
            )
        ),
        say.line(Words("Considerando:", "Considering:")),
        _considerations(say, considerations),
        say.line(Words("Las Partes convienen lo siguiente:", "The Parties agree as follows:")),
    )


def _considerations(say: Sentences, ours: Sequence[Words]) -> Items:
    facts: AgreementFacts = say.facts
    items = [say(template) for template in ours]
    if facts.derives_from:
        items.append(
            say(
                Words(
                    "que este instrumento se deriva de «{derives_from}», que las une desde antes;",
                    "that this instrument derives from “{derives_from}”, which already unites them;",
                )
            )
        )
    return Items((*items, *say.listed(facts.considerations, CONSIDERATIONS).items))


def programmes(say: Sentences) -> tuple[Piece, ...]:
    """Return the section on annual programmes, with the nine contents of [002:146]."""
    return (
        say.heading(Words("Programas anuales", "Annual programmes")),
        *say.lines(
            Words(
                "Las Partes formularán cada año un programa de trabajo, que formará parte de este Acuerdo. El primero se "
                "concluirá dentro de los {plan_days} días siguientes a la firma. Cada programa precisará:",
                "Each year the Parties shall draw up a work programme, which shall form part of this Agreement. The first shall be "
                "completed within {plan_days} days of signature. Each programme shall state:",
            )
        ),
        Items(
            tuple(
                say(words)
                for words in (
                    Words("objetivos y actividades;", "objectives and activities;"),
                    Words("el calendario de trabajo de cada Parte;", "the work calendar of each Party;"),
                    Words(
                        "el perfil, el número y la estadía del personal asignado;",
                        "the profile, number and stay of the assigned personnel;",
                    ),
                    Words("la responsabilidad de cada Parte;", "the responsibility of each Party;"),
                    Words("los recursos humanos;", "the human resources;"),
                    Words("los recursos materiales;", "the material resources;"),
                    Words("los recursos financieros;", "the financial resources;"),
                    Words("la manera de evaluar los resultados;", "how results will be evaluated;"),
                    Words("lo demás que se considere necesario.", "anything else considered necessary."),
                )
            )
        ),
    )


def follow_up(say: Sentences) -> tuple[Line, ...]:
    """Return the section on follow-up."""
    return (
        say.heading(Words("Seguimiento", "Follow-up")),
        *say.lines(
            Words(
                "El seguimiento corresponde a {mexican.unit}, por {mexican.short_name}, y a {counterpart.unit}, por "
                "{counterpart.short_name}. Sus titulares se reunirán al menos una vez al año, en persona o a distancia, para "
                "evaluar lo hecho y proponer nuevas orientaciones.",
                "Follow-up is entrusted to {mexican.unit}, for {mexican.short_name}, and to {counterpart.unit}, for "
                "{counterpart.short_name}. Their heads shall meet at least once a year, in person or remotely, to evaluate what "
                "was done and to propose new directions.",
            ),
            Words(
                "Cada Parte hará llegar el informe anual de resultados a las autoridades de relaciones exteriores de su país.",
                "Each Party shall convey the annual report of results to the authorities for foreign affairs of its country.",
            ),
        ),
    )


def money_and_people(say: Sentences) -> tuple[Line, ...]:
    """Return the sections on financing and personnel."""
    return (
        say.heading(Words("Financiamiento", "Financing")),
        *say.lines(
            Words(
                "Cada Parte sufragará los gastos de su participación con los recursos de su propio presupuesto, según su "
                "disponibilidad y su legislación. Podrán acordar para cada actividad otra forma de financiarla.",
                "Each Party shall bear the cost of its participation from its own budget, subject to the availability of funds and "
                "to its legislation. They may agree on another way of financing a given activity.",
            )
        ),
        say.heading(Words("Personal", "Personnel")),
        *say.lines(
            Words(
                "El personal que cada Parte asigne a una actividad seguirá bajo la dirección de la institución a la que "
                "pertenece; no nace relación laboral alguna con la otra Parte.",
                "The personnel that a Party assigns to an activity remain under the direction of the institution they belong to; no "
                "employment relationship with the other Party arises.",
            ),
            Words(
                "Las Partes facilitarán, ante las autoridades competentes, la entrada y la salida de quienes participen, que "
                "respetarán las leyes del país que los recibe y contarán con seguro durante su estancia.",
                "The Parties shall facilitate, before the competent authorities, the entry and departure of participants, who shall "
                "respect the laws of the receiving country and be insured during their stay.",
            ),
        ),
    )


def settlement(say: Sentences) -> tuple[Line, ...]:
    """Return the section on differences."""
    return (
        say.heading(Words("Solución de diferencias", "Settlement of differences")),
        *say.lines(
            Words(
                "Toda diferencia sobre la interpretación o la aplicación de este Acuerdo se resolverá entre las Partes, de común "
                "acuerdo y de manera amistosa.",
                "Any difference on the interpretation or application of this Agreement shall be settled between the Parties, by "
                "common accord and amicably.",
            )
        ),
    )


def term(say: Sentences) -> tuple[Line, ...]:
    """Return the sections on term, amendment and termination."""
    return (
        say.heading(Words("Vigencia", "Term")),
        *say.lines(
            Words(
                "Este Acuerdo surte efectos desde su firma y dura {term_years} años. Podrá prorrogarse por periodos iguales si, "
                "hecha la evaluación, las Partes así lo convienen por escrito.",
                "This Agreement takes effect on signature and lasts {term_years} years. It may be extended for equal periods if, after "
                "an evaluation, the Parties so agree in writing.",
            )
        ),
        say.heading(Words("Modificaciones", "Amendment")),
        *say.lines(
            Words(
                "Las Partes podrán modificarlo por escrito y de común acuerdo; la modificación dirá desde cuándo rige.",
                "The Parties may amend it in writing and by common accord; the amendment shall say when it takes effect.",
            )
        ),
        say.heading(Words("Terminación", "Termination")),
        *say.lines(
            Words(
                "Cualquiera de las Partes podrá darlo por terminado con un aviso escrito a la otra, {notice_days} días antes. Lo que "
                "esté en curso seguirá hasta su conclusión, salvo que convengan otra cosa.",
                "Either Party may terminate it by written notice to the other {notice_days} days ahead. What is under way shall "
                "continue to its conclusion, unless they agree otherwise.",
            )
        ),
    )


def signing(say: Sentences) -> tuple[Piece, ...]:
    """Return languages, place, date and signatures."""
    count = len(say.facts.languages)
    authentic = (
        Words("siendo todos los textos igualmente auténticos", "all texts being equally authentic")
        if count != 1
        else Words("único texto auténtico", "the only authentic text")
    )
    return (
        say.heading(Words("Idiomas y firma", "Languages and signature")),
        say.line(
            Words(
                "Se firma en {signing_place} el {signed_on}, en dos ejemplares originales en cada uno de estos idiomas: {languages}, "
                f"{authentic.es}.",
                "Signed at {signing_place} on {signed_on}, in two originals in each of these languages: {languages}, "
                f"{authentic.en}.",
            )
        ),
        Signatures(tuple(_block(say, party) for party in ("mexican", "counterpart"))),
    )


def _block(say: Sentences, party: str) -> Signature:
    on_behalf = Words(f"Por {{{party}.name}}", f"For {{{party}.name}}")
    names = (Words(f"{{{party}.{part}}}", f"{{{party}.{part}}}") for part in ("signatory", "signatory_title"))
    return Signature((say(on_behalf), *(say(words) for words in names)))
