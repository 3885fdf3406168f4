"""Read the cells of a city's own file: one value, or what is wrong with it and what would be right."""

from __future__ import annotations

import datetime as dt
import difflib
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import TextChoices
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from hermanar.agreements.vocabulary import AreaOfCooperation
from hermanar.agreements.vocabulary.import_fields import IMPORT_SYNONYMS, CellKind, ImportField
from hermanar.directory.models import Country
from hermanar.foundation.calendar import PartialDate, Precision, parse_partial
from hermanar.foundation.tables import Message, deceiving, named, without_unseen
from hermanar.foundation.words import fold, whole_number

Read = Callable[[Any], Any]
_YES = frozenset({"si", "s", "yes", "y", "x", "1", "verdadero", "true"})
_NO = frozenset({"no", "n", "0", "falso", "false"})
_DAY_FIRST = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
_EARLIEST_YEAR = 1800
_LONGEST_AREA = 200
_SHOWN = 80
_YEAR_DIGITS = 2  # 99 at most
_MONTHS, _DAYS = 12, 31


@dataclass(frozen=True, slots=True)
class BadCell:
    """What is wrong with a cell and what would be right."""

    code: str
    wrong: Message
    right: Message


def readers(fields: Iterable[ImportField], *, today: dt.date) -> dict[str, Read]:
    """Return, by field, the function that reads its cells; a BadCell is an answer, not an exception."""
    countries = _country_words()
    country_names = dict(Country.objects.order_by("name_es").values_list("code", "name_es"))
    makers: Mapping[CellKind, Callable[[ImportField], Read]] = {
        CellKind.TEXT: _text_reader,
        CellKind.COUNTRY: lambda _field: _word_reader(countries, country_names, _("no es un país conocido")),
        CellKind.CHOICE: lambda field: _word_reader(
            _choice_words(field.choices), _choice_names(field.choices), _("no es una de las palabras de la lista")
        ),
        CellKind.DATE: lambda _field: _date_reader(today),
        CellKind.YEARS: lambda _field: _years,
        CellKind.YES_NO: lambda _field: _yes_no,
        CellKind.AREAS: lambda _field: _areas_reader(_area_words()),
        CellKind.DEGREES: lambda field: _degrees_reader(90 if field.name == "latitude" else 180),
    }
    return {field.name: makers[field.kind](field) for field in fields}


def nearest(word: str, among: Iterable[str]) -> list[str]:
    """Return the few words most like one that is not known."""
    return difflib.get_close_matches(word, list(among), n=3, cutoff=0.6)


def _text_reader(field: ImportField) -> Read:
    longest = field.longest
    too_long = BadCell(
        "too_long",
        Message(_("el texto es demasiado largo")),
        Message(_("Escriba a lo más %(longest)d caracteres"), {"longest": longest}),
    )
    number = BadCell(
        "number_for_text",
        Message(_("es un número o una fecha donde va un texto")),
        Message(_("Dé a la celda formato de texto y escríbalo otra vez")),
    )
    takes_numbers = field.name in {"page", "registration_number", "source"}

    def read(raw: Any) -> str | BadCell:
        if isinstance(raw, str):
            text = " ".join(raw.split())
        elif takes_numbers and isinstance(raw, int | float) and not isinstance(raw, bool):
            text = str(raw)
        else:
            return number
        return text if len(text) <= longest else too_long

    return read


def understood(raw: str, read: Read, *, blank: Any) -> Any:
    """Read a text without what nobody sees; a character that deceives makes it a BadCell, whatever the column."""
    if deceiving(raw):
        return _deceived(raw)
    text = without_unseen(raw)
    return read(text) if text.strip() else blank


def _deceived(text: str) -> BadCell:
    """Say which character it is, for nobody sees it, and what the cell says without it."""
    character = deceiving(text)
    wrong = Message(_("lleva un carácter que no se ve y engaña (%(name)s)"), {"name": named(character)})
    if character == "\N{REPLACEMENT CHARACTER}":
        return BadCell(
            "lost_letter", Message(_("se perdió una letra al guardar (U+FFFD)")), Message(_("Escríbala otra vez"))
        )
    plain = " ".join("".join(sign for sign in without_unseen(text) if not deceiving(sign)).split())
    return BadCell("unseen", wrong, Message(_("Escriba otra vez la celda: «%(text)s»"), {"text": plain[:_SHOWN]}))


def _word_reader(words: Mapping[str, str], shown: Mapping[str, str], wrong: Any) -> Read:
    """Return a reader of words with fixed meanings; `shown` says how each meaning is written in a message."""

    def read(raw: Any) -> str | BadCell:
        folded = fold(str(raw))
        if folded in words:
            return words[folded]
        near = [shown[words[word]] for word in nearest(folded, words)]
        options = list(dict.fromkeys(near)) or list(shown.values())[:8]
        right = _("¿%(options)s?") if near else _("Escriba, por ejemplo: %(options)s")
        return BadCell(
            "unknown_word",
            Message(wrong),
            Message(right, {"options": "? ¿".join(options) if near else ", ".join(options)}),
        )

    return read


def _country_words() -> dict[str, str]:
    words = {}
    for country in Country.objects.all():
        for word in (country.name_en, country.name_es, country.code3, country.code):
            if word:
                words[fold(word)] = country.code
    for word, code in (
        ("eua", "US"),
        ("eeuu", "US"),
        ("ee uu", "US"),
        ("estados unidos de america", "US"),
        ("usa", "US"),
        ("republica de corea", "KR"),
    ):
        if code in words.values():
            words.setdefault(word, code)
    return words


def _labels(choices: type[TextChoices]) -> Iterable[tuple[str, str]]:
    for language in ("en", "es"):
        with translation.override(language):
            yield from ((str(label), value) for value, label in choices.choices)


def _choice_words(choices: type[TextChoices] | None) -> dict[str, str]:
    assert choices is not None, "a choice needs its words"
    words = {fold(label): choices(value) for label, value in _labels(choices)}
    words |= {fold(value): choices(value) for value in choices.values}
    return words | dict(IMPORT_SYNONYMS.get(choices, {}))


def _choice_names(choices: type[TextChoices] | None) -> dict[str, str]:
    return {value: str(label) for value, label in choices.choices} if choices else {}


def _area_words() -> dict[str, str]:
    words: dict[str, str] = {}
    for label, value in _labels(AreaOfCooperation):
        for piece in (*re.split(r",|\by\b|\band\b", label), label):
            words.setdefault(fold(piece), value)
    return words | {fold(value): value for value in AreaOfCooperation.values}


def _areas_reader(words: Mapping[str, str]) -> Read:
    """Return a reader of areas; what fits none of ours is kept as the text has it."""

    def read(raw: Any) -> tuple[tuple[str, str], ...] | BadCell:
        pieces = [" ".join(piece.split()) for piece in str(raw).split(";")]
        if any(len(piece) > _LONGEST_AREA for piece in pieces):
            return BadCell(
                "too_long",
                Message(_("una de las áreas pasa de 200 caracteres")),
                Message(_("Separe las áreas con punto y coma")),
            )
        return tuple(
            dict.fromkeys((words.get(fold(piece), AreaOfCooperation.OTHER.value), piece) for piece in pieces if piece)
        )

    return read


def _date_reader(today: dt.date) -> Read:
    form = Message(_("Escriba AAAA, AAAA-MM o AAAA-MM-DD"))

    def read(raw: Any) -> PartialDate | BadCell:
        if isinstance(raw, dt.date):
            date = PartialDate(raw, Precision.DAY)
        else:
            text = str(raw).strip()
            try:
                date = parse_partial(text)
            except ValueError:
                return _bad_date(text, form)
        if date.on and date.on > today:
            return BadCell(
                "future",
                Message(_("la fecha está en el futuro")),
                Message(_("Escriba la fecha en que ocurrió; lo que falta por firmar no se importa")),
            )
        if date.on and date.on.year < _EARLIEST_YEAR:
            return BadCell(
                "too_old",
                Message(_("la fecha es anterior a %(year)d"), {"year": _EARLIEST_YEAR}),
                form,
            )
        return date

    return read


def _bad_date(text: str, form: Message) -> BadCell:
    shape = _DAY_FIRST.fullmatch(text)
    if shape:
        day, month, year = (int(part) for part in shape.groups())
        guesses = [f"{year}-{m:02}-{d:02}" for m, d in ((month, day), (day, month)) if m <= _MONTHS and d <= _DAYS]
        if guesses:
            options = "? ¿".join(dict.fromkeys(guesses))
            return BadCell(
                "date_form",
                Message(_("la fecha no está en la forma AAAA-MM-DD")),
                Message(_("¿%(options)s?"), {"options": options}),
            )
    return BadCell("bad_date", Message(_("no es una fecha, o ese día no existe")), form)


def _years(raw: Any) -> int | BadCell:
    text = str(raw).strip()
    years = None if isinstance(raw, bool) else whole_number(text, digits=_YEAR_DIGITS)
    if not years:
        return BadCell(
            "bad_years",
            Message(_("no es un número de años")),
            Message(_("Escriba un número entero de 1 a 99, sin texto")),
        )
    return years


def _yes_no(raw: Any) -> bool | BadCell:
    word = ("si" if raw else "no") if isinstance(raw, bool) else fold(str(raw))
    if word in _YES or word in _NO:
        return word in _YES
    return BadCell(
        "not_yes_no",
        Message(_("no dice ni sí ni no")),
        Message(_("Escriba «sí» o «no», o déjela vacía si no se sabe")),
    )


def _degrees_reader(limit: int) -> Read:
    def read(raw: Any) -> float | BadCell:
        try:
            value = float(str(raw).replace(",", "."))
        except ValueError:
            value = float("nan")
        if -limit <= value <= limit:
            return value
        return BadCell(
            "bad_degrees",
            Message(_("no es una coordenada")),
            Message(
                _("Escriba grados decimales de -%(limit)d a %(limit)d"),
                {"limit": limit},
            ),
        )

    return read
