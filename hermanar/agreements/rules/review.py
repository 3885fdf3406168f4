"""What a text sent for its opinion must meet: told where the record or the text tells it, else asked.

No rule here says that a text is in order: the words of a text are only pointed at, whoever reviews judges them.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from hermanar.agreements.rules.procedure import latest_request
from hermanar.agreements.vocabulary import Standing
from hermanar.agreements.vocabulary.review import SOURCES, Point, Verdict


@dataclass(frozen=True, slots=True)
class ReviewFacts:
    """What the checklist looks at: the record, and the newest text in each language, by paragraphs."""

    counterparts: tuple[Standing, ...] = ()
    areas: tuple[str, ...] = ()  # as the record has them written
    languages: tuple[str, ...] = ()
    asked_on: dt.date | None = None
    planned_signature_on: dt.date | None = None
    texts: Mapping[str, Sequence[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Where:
    """A paragraph of the text in a language; the number counts from 1."""

    language: str
    number: int


@dataclass(frozen=True, slots=True)
class Check:
    """A point, how it stands, what of the record says so, and the paragraphs to read."""

    point: Point
    verdict: Verdict
    because: tuple[str, ...] = ()  # values of the record: languages without text, days, areas
    places: tuple[Where, ...] = ()

    @property
    def source(self) -> str:
        """Return what the point rests on."""
        return SOURCES[self.point]


# Words by which a matter is recognised, in the languages whose texts we can read; elsewhere nothing is claimed.
_SIGNS: dict[Point, dict[str, str]] = {
    Point.PARTIES: {
        "es": r"(denominad\w+|son|sucesivo) [«“\"']?las partes|representad\w+ por|a quien representa",
        "en": r"the parties to this|hereinafter|represented by",
    },
    Point.OBJECTIVE: {"es": r"\bobjet(o|ivo)s?\b", "en": r"\b(purpose|objectives?)\b"},
    Point.AREAS: {
        "es": r"\báreas de (cooperación|colaboración)|siguientes áreas",
        "en": r"\bareas of co-?operation|following areas",
    },
    Point.FORMS: {"es": r"modalidad(es)?\b|formas de cooperación", "en": r"(forms|modalities|means) of co-?operation"},
    Point.PROGRAMMES: {
        "es": r"(programas?|plan(es)?) (operativos? )?anual(es)?|programa de trabajo|seguimiento",
        "en": r"annual (work )?(operating )?(program(me)?|plan)s?|work program(me)?|follow-?up",
    },
    Point.FINANCING: {
        "es": r"\b(financ\w+|presupuest\w+|sufrag\w+|gastos)\b",
        "en": r"\b(financ\w+|budgets?|costs?|expenses)\b",
    },
    Point.PERSONNEL: {
        "es": r"\bpersonal\b|relación laboral|patrón",
        "en": r"\b(personnel|staff)\b|labou?r relation|employ",
    },
    Point.SETTLEMENT: {"es": r"\b(diferencias?|controversias?)\b", "en": r"\b(differences?|disputes?|controvers\w+)\b"},
    Point.TERM: {
        "es": r"\b(vigencia|vigor|surt\w+ efectos?|duración)\b|dura\b",
        "en": r"\b(in(to)? force|term of|takes effect|duration|validity)\b",
    },
    Point.AMENDMENT: {"es": r"\b(modific\w+|enmend\w+|enmiendas?)\b", "en": r"\b(amend\w*|modif\w+)\b"},
    Point.TERMINATION: {"es": r"\b(por terminad\w+|terminación|denuncia\w*)\b", "en": r"\b(terminat\w+|denounce\w*)\b"},
    Point.AUTHENTIC: {
        "es": r"igualmente (auténtic|válid)\w+|(mism|igual) (valor|validez)",
        "en": r"equally (authentic|valid)|equal validity",
    },
}
# Bodies that would decide a difference in the parties' stead.
_TRIBUNALS = {
    "es": r"\b(arbitra\w+|árbitros?|tribunal(es)?|corte (internacional|permanente)|laudos?|jurisdicción)\b",
    "en": r"\b(arbitra\w+|tribunals?|courts?|awards?|jurisdiction)\b",
}


def checklist(facts: ReviewFacts) -> list[Check]:
    """Return every point in the order a text is read."""
    found = {check.point: check for check in (*_of_the_record(facts), *_of_the_text(facts))}
    return [found[point] for point in Point if point in found]


def _of_the_record(facts: ReviewFacts) -> list[Check]:
    is_public = bool(facts.counterparts) and Standing.PRIVATE not in facts.counterparts
    without = tuple(language for language in facts.languages if not facts.texts.get(language))
    checks = [
        Check(Point.COUNTERPART, Verdict.MET if is_public else Verdict.NOT_MET),
        Check(Point.POWERS, Verdict.ASK, because=facts.areas),
        _lead_time(facts),
        Check(Point.LANGUAGES, Verdict.NOT_MET if without or not facts.languages else Verdict.MET, because=without),
    ]
    if Standing.INTERNATIONAL in facts.counterparts:
        checks.append(Check(Point.LEAD_FEDERAL, Verdict.ASK))
    return checks


def _lead_time(facts: ReviewFacts) -> Check:
    asked, planned = facts.asked_on, facts.planned_signature_on
    if asked is None or planned is None:
        return Check(Point.LEAD_TIME, Verdict.ASK)
    in_time = asked <= latest_request(planned)
    return Check(Point.LEAD_TIME, Verdict.MET if in_time else Verdict.NOT_MET, (asked.isoformat(), planned.isoformat()))


def _of_the_text(facts: ReviewFacts) -> list[Check]:
    checks = [_said(point, facts, signs) for point, signs in _SIGNS.items()]
    tribunals = _places(facts, _TRIBUNALS)
    # That no word of the list is there proves little; that one is there must be read.
    checks.append(Check(Point.TRIBUNALS, Verdict.SAID if tribunals else Verdict.ASK, places=tribunals))
    return checks


def _said(point: Point, facts: ReviewFacts, signs: Mapping[str, str]) -> Check:
    readable = [language for language, text in facts.texts.items() if language in signs and text]
    if not readable:
        return Check(point, Verdict.ASK)
    places = _places(facts, signs)
    silent = tuple(language for language in readable if language not in {place.language for place in places})
    return Check(point, Verdict.NOT_SAID if silent else Verdict.SAID, because=silent, places=places)


def _places(facts: ReviewFacts, signs: Mapping[str, str]) -> tuple[Where, ...]:
    return tuple(
        Where(language, number)
        for language, paragraphs in facts.texts.items()
        if language in signs
        for number, text in enumerate(paragraphs, 1)
        if re.search(signs[language], text, re.IGNORECASE)
    )
