"""What the index holds of each published agreement, made from its listing and the names of its parties' places."""

from __future__ import annotations

import datetime as dt
import functools
import zlib
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple, Protocol
from uuid import UUID

import tantivy
from django.db.models import Count, QuerySet
from django.utils import translation

from hermanar.agreements import rules
from hermanar.agreements.queries import AGREEMENT_INDEX, published_listings
from hermanar.agreements.vocabulary import AreaOfCooperation, Force, Kind, Role, Standing
from hermanar.catalogue.search.filters import TERMS
from hermanar.cooperation.queries import shown_to_public
from hermanar.directory.models import Country, PlaceName
from hermanar.directory.vocabulary import PlaceKind
from hermanar.foundation.models import Statement
from hermanar.foundation.words import analyse, fold
from hermanar.observatory import rules as observatory
from hermanar.observatory.vocabulary import Vitality

_STEP = 900  # a step's keys are asked for at once, and SQLite takes no more than a thousand
_COLUMNS = (
    "pk",
    "slug",
    "title_es",
    "title_en",
    "kind",
    "regime",
    "scope",
    "stage",
    "registered",
    "signed_on",
    "is_signed",
    "ends_on",
    "is_open_ended",
    "suspended_on",
    "terminated_on",
    "evidence_on",
    "parties",
    "areas",
    "sources",
)


class _Facts(Protocol):
    """A listing, however it was read."""

    @property
    def is_signed(self) -> bool: ...
    @property
    def ends_on(self) -> dt.date | None: ...
    @property
    def is_open_ended(self) -> bool: ...
    @property
    def suspended_on(self) -> dt.date | None: ...
    @property
    def terminated_on(self) -> dt.date | None: ...


class _Row(NamedTuple):
    pk: UUID
    slug: str
    title_es: str
    title_en: str
    kind: str
    regime: str
    scope: str
    stage: str
    registered: str
    signed_on: dt.date | None
    is_signed: bool
    ends_on: dt.date | None
    is_open_ended: bool
    suspended_on: dt.date | None
    terminated_on: dt.date | None
    evidence_on: dt.date | None
    parties: list[dict[str, Any]]
    areas: str
    sources: str


@functools.lru_cache(maxsize=50_000)
def force_on(facts: rules.ForceFacts, day: dt.date) -> Force:
    """Say whether an agreement binds on a day; equal facts are weighed once."""
    return rules.force(facts, day)


@functools.lru_cache(maxsize=50_000)
def vitality_on(evidence_on: dt.date | None, day: dt.date) -> Vitality:
    """Say how alive a tie is on a day; equal evidence is weighed once."""
    return observatory.vitality(evidence_on, day)


def facts_of(row: _Facts) -> rules.ForceFacts:
    """Return what the force of a listed agreement depends on."""
    return rules.ForceFacts(
        is_signed=row.is_signed,
        ends_on=row.ends_on,
        is_open_ended=row.is_open_ended,
        suspended_on=row.suspended_on,
        terminated_on=row.terminated_on,
    )


@functools.lru_cache(maxsize=50_000)
def _turns(facts: rules.ForceFacts, evidence_on: dt.date | None) -> tuple[int, ...]:
    """Return every day on which the force or the vitality answers otherwise than the day before."""
    asked: tuple[Callable[[dt.date], dt.date | None], ...] = (
        lambda day: rules.next_force_change(facts, day),
        lambda day: observatory.next_vitality_change(evidence_on, day),
    )
    days = []
    for following in asked:
        day = following(dt.date.min)
        while day is not None:
            days.append(day.toordinal())
            day = following(day)
    return tuple(days)


_SORTED = " 0123456789abcdefghijklmnopqrstuvwxyz"
_LETTERS_IN_ORDER = 5  # 37 to the fifth takes 27 bits, which leaves 15 for the address and 22 for the day


def order_of(signed_on: dt.date | None, *, name: str, slug: str) -> int:
    """Return the place in a list as one number: newest first, undated last, then by the counterpart's name.

    What is alike in both is told apart by the address, which every house that holds the same records gives them; keys
    are drawn anew in each.
    """
    letters = 0
    for sign in _folded(name)[:_LETTERS_IN_ORDER].ljust(_LETTERS_IN_ORDER):
        letters = letters * len(_SORTED) + max(0, _SORTED.find(sign))
    within_day = letters << 15 | zlib.crc32(slug.encode()) & 0x7FFF
    return (signed_on.toordinal() if signed_on else 0) << 42 | (1 << 42) - 1 - within_day


_folded = functools.lru_cache(maxsize=50_000)(fold)


class _Names:
    """The words by which places, countries and codes are looked for, read once per run."""

    def __init__(self) -> None:
        self._countries = {
            code: f"{es} {en}" for code, es, en in Country.objects.values_list("code", "name_es", "name_en")
        }
        self._labels: dict[str, str] = {}
        for language in ("es", "en"):
            with translation.override(language):
                for code, label in (*Kind.choices, *AreaOfCooperation.choices):
                    self._labels[code] = f"{self._labels.get(code, '')} {label}"
        self._labels = {code: analyse(text) for code, text in self._labels.items()}
        self._places: dict[str, tuple[str, frozenset[str]]] = {}

    def prepare(self, rows: Sequence[_Row]) -> None:
        """Read the names of the places that these rows name for the first time."""
        cards = {card["key"]: card for row in rows for card in row.parties if card["key"] not in self._places}
        listed: dict[str, list[str]] = {key: [] for key in cards}
        keys = [UUID(key) for key in cards]
        for start in range(0, len(keys), 500):
            named = PlaceName.objects.filter(place__in=keys[start : start + 500])
            for place, name in named.values_list("place", "name"):
                listed[place.hex].append(name)
        for key, card in cards.items():
            names = [card["name"], card["name_es"], card["name_en"], card["head_town"], *listed[key]]
            country = self._countries.get(card["country"], "")
            words = analyse(" ".join([*names, card["state"], card["region"], country]))
            self._places[key] = (words, frozenset(_folded(name) for name in names))

    def text(self, row: _Row) -> tuple[str, list[str]]:
        """Return the searchable words of an agreement, and the whole names that count as an exact match."""
        written = [card["written"] for card in row.parties if card["written"]]
        parts = [analyse(" ".join([row.title_es, row.title_en, *written])), self._labels.get(row.kind, "")]
        parts += [self._labels.get(area, "") for area in row.areas.split()]
        exact = {_folded(name) for name in written}
        for card in row.parties:
            words, names = self._places[card["key"]]
            parts.append(words)
            exact |= names
        exact.discard("")
        return " ".join(dict.fromkeys(" ".join(parts).split())), list(exact)


def hosts_of(parties: Sequence[dict[str, Any]]) -> list[str]:
    """Return who hosts a tie: its Mexican governments, or else the side that declares it."""
    mexican = [
        card["id"]
        for card in parties
        if card["country"] == "MX"
        and card["standing"] == Standing.GOVERNMENT
        and card["kind"] != PlaceKind.ORGANISATION
    ]
    return mexican or [card["id"] for card in parties if card["role"] == Role.DECLARING]


HUNG = ("statements", "activities")  # what hangs on an agreement and is counted with it


def _hung(rows: Sequence[_Row]) -> Iterator[dict[str, int]]:
    """Count what hangs on each of some agreements, so that nobody has to count it all when a page is asked for."""
    keys = [row.pk for row in rows]
    said = _counts(Statement.objects.filter(subject__in=keys), "subject")
    done = _counts(shown_to_public().filter(agreement__in=keys), "agreement")
    return ({"statements": said.get(key, 0), "activities": done.get(key, 0)} for key in keys)


def _counts(rows: QuerySet[Any], by: str) -> dict[UUID, int]:
    return dict(rows.order_by().values_list(by).annotate(n=Count("pk")))


def _document(row: _Row, names: _Names, day: dt.date) -> dict[str, Any]:
    facts = facts_of(row)
    counterparts = [card for card in row.parties if card["role"] != Role.DECLARING] or row.parties
    text, exact = names.text(row)
    states = {card["state_slug"] for card in row.parties if card["country"] == "MX"} - {""}
    return {
        "order": order_of(row.signed_on, name=counterparts[0]["name"] if counterparts else "", slug=row.slug),
        "signed": row.signed_on.toordinal() if row.signed_on else [],
        "turns": list(_turns(facts, row.evidence_on)),
        "text": text,
        "names": exact,
        "host": list(dict.fromkeys(hosts_of(row.parties))),
        "place": list({card["id"] for card in row.parties}),
        "country": list({card["country"] for card in row.parties if card["role"] != Role.DECLARING}),
        "state": list(states),
        "kind": row.kind,
        "regime": row.regime,
        "scope": row.scope,
        "stage": row.stage,
        "force": force_on(facts, day).value,
        "vitality": vitality_on(row.evidence_on, day).value,
        "registered": row.registered,
        "decade": rules.decade(row.signed_on),
        "area": row.areas.split(),
        "source": row.sources.split(),
    }


class AgreementContent:
    """The published agreements as the index of the registry holds them."""

    name = AGREEMENT_INDEX
    version = "3"

    def schema(self, builder: tantivy.SchemaBuilder) -> tantivy.SchemaBuilder:
        """Add the fields of an agreement: facets, order, days of change, words."""
        for name in TERMS:
            builder.add_text_field(name, fast=True, tokenizer_name="raw", index_option="basic")
        builder.add_unsigned_field("order", fast=True)
        builder.add_integer_field("signed", fast=True)
        builder.add_integer_field("turns", fast=True)
        for name in HUNG:
            builder.add_unsigned_field(name, fast=True)
        builder.add_text_field("names", tokenizer_name="raw", index_option="basic")
        builder.add_text_field("text", tokenizer_name="whitespace", index_option="basic")
        return builder

    def documents(self, subjects: Sequence[UUID] | None, *, day: dt.date) -> Iterator[tuple[UUID, dict[str, Any]]]:
        """Read the documents of these agreements, or of all that the public may see."""
        names = _Names()
        for rows in self._rows(subjects):
            names.prepare(rows)
            for row, hung in zip(rows, _hung(rows), strict=True):
                yield row.pk, _document(row, names, day) | hung

    def turning(self, schema: tantivy.Schema, *, after: dt.date, until: dt.date) -> tantivy.Query:
        """Match the agreements whose force or vitality turns after one day and not after another."""
        first, last = after.toordinal() + 1, until.toordinal()
        return tantivy.Query.range_query(schema, "turns", tantivy.FieldType.Integer, first, last)

    def _rows(self, subjects: Sequence[UUID] | None) -> Iterator[list[_Row]]:
        listings = published_listings().order_by("pk").values_list(*_COLUMNS)
        if subjects is not None:
            for start in range(0, len(subjects), 500):
                yield [_Row(*row) for row in listings.filter(pk__in=subjects[start : start + 500])]
            return
        rows = [_Row(*row) for row in listings[:_STEP]]
        while rows:  # short steps: an open cursor would block a commit of SQLite's rollback journal
            yield rows
            rows = [_Row(*row) for row in listings.filter(pk__gt=rows[-1].pk)[:_STEP]]
