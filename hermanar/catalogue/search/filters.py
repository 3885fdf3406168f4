"""What a reader may ask of the agreements, and the refusals of what cannot be asked."""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import json
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Self

from django.core import signing
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hermanar.agreements.vocabulary import AreaOfCooperation, Force, Kind, Regime, Registered, Scope, Stage
from hermanar.catalogue.sheets import PlaceLine
from hermanar.foundation.calendar import PartialDate, parse_partial
from hermanar.observatory.vocabulary import Vitality

# Facets a page counts, in the order it shows them; `place` and `stage` can be asked for and are not counted.
FACETS = (
    "host",
    "country",
    "state",
    "kind",
    "regime",
    "scope",
    "force",
    "vitality",
    "registered",
    "decade",
    "area",
    "source",
)
TERMS = (*FACETS, "place", "stage")
_LONGEST_TEXT = 200
_MOST_VALUES = 20
_CODES: dict[str, frozenset[str]] = {
    "kind": frozenset(Kind.values),
    "regime": frozenset(Regime.values),
    "scope": frozenset(Scope.values),
    "stage": frozenset(Stage.values),
    "force": frozenset(Force.values),
    "vitality": frozenset(Vitality.values),
    "registered": frozenset(Registered.values),
    "area": frozenset(AreaOfCooperation.values),
}
_SHAPES = {
    "country": re.compile(r"[A-Z]{2}"),
    "state": re.compile(r"[a-z0-9-]{1,120}"),
    "source": re.compile(r"[A-Za-z0-9_-]{1,80}"),
    "decade": re.compile(r"\d{3}0|unknown"),
}
_REASONS = {
    "unknown_parameter": gettext_lazy("no existe ese filtro"),
    "unknown_value": gettext_lazy("no es un valor de este filtro"),
    "bad_date": gettext_lazy("no es una fecha: se escribe 1987, 1987-12 o 1987-12-21"),
    "bad_number": gettext_lazy("no es un número admitido"),
    "too_long": gettext_lazy("es demasiado largo"),
    "repeated": gettext_lazy("se da más veces de las admitidas"),
    "not_text": gettext_lazy("contiene signos que no son texto"),
}


class BadFilterError(ValueError):
    """A parameter cannot be understood; `reason` is a code, the message is in the reader's language."""

    def __init__(self, parameter: str, value: str, reason: str) -> None:
        self.parameter, self.value, self.reason = parameter[:80], value[:80], reason
        said = {"parameter": self.parameter, "value": self.value, "reason": _REASONS[reason]}
        super().__init__(_("%(parameter)s: «%(value)s» %(reason)s") % said)


class BadCursorError(ValueError):
    """A cursor was not made here, or for another list."""

    def __init__(self) -> None:
        super().__init__(_("El cursor no pertenece a esta lista."))


class UnknownPlaceError(LookupError):
    """No place bears the name or the identifier."""

    def __init__(self, text: str) -> None:
        self.text = text[:80]
        super().__init__(_("No se conoce el lugar «%(place)s».") % {"place": self.text})


class AmbiguousPlaceError(LookupError):
    """Several places bear the name; `candidates` lists them."""

    def __init__(self, text: str, candidates: Sequence[PlaceLine]) -> None:
        self.text, self.candidates = text[:80], tuple(candidates)
        super().__init__(_("Varios lugares se llaman «%(place)s».") % {"place": self.text})


@dataclasses.dataclass(frozen=True, slots=True)
class Filters:
    """What is asked for: several values of one filter mean any of them, several filters all of them."""

    q: str = ""
    host: tuple[str, ...] = ()  # names or identifiers of places, like `place`
    place: tuple[str, ...] = ()
    country: tuple[str, ...] = ()
    state: tuple[str, ...] = ()
    kind: tuple[str, ...] = ()
    regime: tuple[str, ...] = ()
    scope: tuple[str, ...] = ()
    stage: tuple[str, ...] = ()
    force: tuple[str, ...] = ()
    vitality: tuple[str, ...] = ()
    registered: tuple[str, ...] = ()
    area: tuple[str, ...] = ()
    source: tuple[str, ...] = ()
    decade: tuple[str, ...] = ()
    signed_from: dt.date | None = None
    signed_to: dt.date | None = None

    @classmethod
    def parse(cls, parameters: Mapping[str, Sequence[str]]) -> Self:
        """Read the parameters of an address; raise BadFilterError for the first that cannot be understood."""
        read: dict[str, object] = {}
        for name, values in parameters.items():
            given = [_plain(name, value) for value in values if value.strip()]
            if name not in _READERS:
                raise BadFilterError(name, next(iter(values), ""), "unknown_parameter")
            if given:
                read[name] = _READERS[name](name, given)
        return cls(**read)  # type: ignore[arg-type]

    def without(self, name: str) -> Filters:
        """Return the same question without one filter."""
        return dataclasses.replace(self, **{name: ()})  # type: ignore[arg-type]

    @property
    def terms(self) -> dict[str, tuple[str, ...]]:
        """Return the filters that name values, each with its values."""
        return {name: values for name in TERMS if (values := getattr(self, name))}

    @property
    def is_empty(self) -> bool:
        """Say whether everything is asked for."""
        return self == Filters()

    @property
    def digest(self) -> str:
        """Return what binds a cursor to this question."""
        values = {name: sorted(values) for name, values in self.terms.items()}
        days = [str(self.signed_from), str(self.signed_to)]
        return hashlib.sha256(json.dumps([self.q, values, days], sort_keys=True).encode()).hexdigest()[:16]


def _plain(name: str, value: str) -> str:
    if len(value) > _LONGEST_TEXT:
        raise BadFilterError(name, value, "too_long")
    if not value.isprintable():
        raise BadFilterError(name, repr(value), "not_text")
    return value.strip()


def _text(name: str, values: Sequence[str]) -> str:
    if len(values) > 1:
        raise BadFilterError(name, values[1], "repeated")
    return values[0]


def _names(name: str, values: Sequence[str]) -> tuple[str, ...]:
    if len(values) > _MOST_VALUES:
        raise BadFilterError(name, values[-1], "repeated")
    return tuple(dict.fromkeys(values))


def _codes(name: str, values: Sequence[str]) -> tuple[str, ...]:
    for value in values:
        known = value in _CODES[name] if name in _CODES else _SHAPES[name].fullmatch(value)
        if not known:
            raise BadFilterError(name, value, "unknown_value")
    return _names(name, values)


def _partial(name: str, values: Sequence[str]) -> PartialDate:
    try:
        return parse_partial(_text(name, values))
    except ValueError as error:
        raise BadFilterError(name, values[0], "bad_date") from error


def _first_day(name: str, values: Sequence[str]) -> dt.date | None:
    return _partial(name, values).on


def _last_day(name: str, values: Sequence[str]) -> dt.date | None:
    return _partial(name, values).last


_READERS: dict[str, Callable[[str, Sequence[str]], object]] = {
    "q": _text,
    "host": _names,
    "place": _names,
    "signed_from": _first_day,
    "signed_to": _last_day,
    **dict.fromkeys((*_CODES, *_SHAPES), _codes),
}


@dataclasses.dataclass(frozen=True, slots=True, order=True)
class After:
    """Where a page ended: the tier, the order and the key of its last hit."""

    tier: int
    order: int  # counts down within a tier
    key: str

    def sign(self, filters: Filters) -> str:
        """Return the cursor that leads on from here in this list and no other."""
        return _SIGNER.sign_object([filters.digest, self.tier, self.order, self.key])


_SIGNER = signing.Signer(salt="catalogue.cursor")


def read_cursor(cursor: str, filters: Filters) -> After:
    """Return where a cursor leads on; raise BadCursorError when it is not one of this list."""
    try:
        digest, tier, order, key = _SIGNER.unsign_object(cursor[:400])
    except (signing.BadSignature, ValueError, TypeError) as error:
        raise BadCursorError from error
    if digest != filters.digest:
        raise BadCursorError
    return After(tier, order, key)
