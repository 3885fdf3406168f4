"""Pairs as they are read: one with both its sides, a page of all that are public, and what an editor wrote."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from decimal import Decimal

from django.db.models import Count, QuerySet

from hermanar.catalogue import read
from hermanar.catalogue.named import NamedRecord
from hermanar.foundation.calendar import public_day
from hermanar.museum.models import Pair, PairSide
from hermanar.museum.rules.pairs import PairDraft, SideDraft
from hermanar.museum.vocabulary.pairs import Drawing, Mode, Theme

PAGE = 60
_MOST_CITIES = 40  # of which the list offers to show the pairs


@dataclass(frozen=True, slots=True)
class Words:
    """A text in the reader's language where there is one; `language` names the one it is in otherwise."""

    text: str
    language: str = ""

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class SideSheet:
    """One city's side of a pair; `place` is None when the city is no longer in the directory."""

    place: NamedRecord | None
    answer: Words
    source: Words
    address: str
    passage: str
    as_of: str
    figure: Decimal | None
    whole: Decimal | None
    is_unknown: bool


@dataclass(frozen=True, slots=True)
class PairSheet:
    """A published pair as the public may know it."""

    slug: str
    theme: str
    mode: str
    question: Words
    note: Words
    unit: Words
    lowest: Decimal | None
    highest: Decimal | None
    step: Decimal | None
    choice: int | None
    drawing: str
    sides: tuple[SideSheet, SideSheet]
    is_open: bool  # somebody's answer is missing


@dataclass(frozen=True, slots=True)
class PairLine:
    """A pair as a row of the list: the question and its cities, no answer."""

    slug: str
    theme: str
    mode: str
    question: Words
    places: tuple[NamedRecord | None, ...]
    is_open: bool


@dataclass(frozen=True, slots=True)
class PairPage:
    """Some of the public pairs; `themes` and `cities` count all of them."""

    lines: tuple[PairLine, ...]
    count: int
    number: int
    pages: int
    themes: tuple[tuple[str, int], ...]
    cities: tuple[tuple[NamedRecord, int], ...]


def public_pairs() -> QuerySet[Pair]:
    """Return the pairs that the public may see, in their order."""
    return Pair.objects.filter(published_at__isnull=False).order_by("position", "slug")


def pair_slugs(*, most: int) -> Iterator[str]:
    """Yield the addresses of the public pairs, for the sitemap."""
    return public_pairs().values_list("slug", flat=True)[:most].iterator()


def pair_sheet(slug: str, language: str) -> PairSheet | None:
    """Return a published pair in the reader's language, or None."""
    return pair_sheets([slug], language).get(slug)


def pair_sheets(slugs: Collection[str], language: str) -> dict[str, PairSheet]:
    """Return those of the pairs that are published, in as many questions for many as for one."""
    pairs = pairs_at(slugs)
    return sheets_of(pairs, _places_of(pairs, language=language), language=language)


def pairs_at(slugs: Collection[str]) -> list[Pair]:
    """Return those of the pairs that are published, with their sides."""
    return list(public_pairs().filter(slug__in=set(slugs)).prefetch_related("sides")) if slugs else []


def cities_of(pairs: Iterable[Pair]) -> set[str]:
    """Return the cities that pairs are about."""
    return {side.place for pair in pairs for side in pair.sides.all() if side.place}


def sheets_of(pairs: Iterable[Pair], places: Mapping[str, NamedRecord], *, language: str) -> dict[str, PairSheet]:
    """Return pairs as they are read, their cities being known."""
    return {pair.slug: _sheet(pair, places, language) for pair in pairs}


def pair_choices(language: str) -> list[tuple[str, str]]:
    """Return the public pairs as a field offers them: the address, and the question in the reader's language."""
    rows = public_pairs().values_list("slug", "question", "question_en")
    return [(slug, str(words(spanish, english, language=language))) for slug, spanish, english in rows]


def pair_page(*, language: str, theme: str = "", city: str = "", number: int = 1) -> PairPage:
    """Return a page of the public pairs, of a theme or with a city when they are named."""
    every = public_pairs()
    asked = every.filter(theme=theme) if theme else every
    if city:
        asked = asked.filter(pk__in=PairSide.objects.filter(place=city).values("pair"))
    count, first = asked.count(), (number - 1) * PAGE
    pairs = list(asked.prefetch_related("sides")[first : first + PAGE])
    by_city = _by_city(every)
    places = _places_of(pairs, language=language, more=[slug for slug, _n in by_city])
    themes = dict(every.order_by().values_list("theme").annotate(n=Count("pk")))
    return PairPage(
        lines=tuple(_line(pair, places, language) for pair in pairs),
        count=count,
        number=number,
        pages=max(1, -(-count // PAGE)),
        themes=tuple((one.value, themes[one.value]) for one in Theme if one.value in themes),
        cities=tuple((places[slug], n) for slug, n in by_city if slug in places),
    )


def next_pair(after: str, *, language: str) -> PairLine | None:
    """Return the public pair that follows another, the first one after the last; None when there is no other."""
    order = list(public_pairs().values_list("slug", flat=True))
    others = [slug for slug in order if slug != after]
    if not others:
        return None
    place = order.index(after) if after in order else -1
    following = order[(place + 1) % len(order)]
    pair = public_pairs().prefetch_related("sides").get(slug=following if following != after else others[0])
    places = _places_of([pair], language=language)
    return _line(pair, places, language)


def as_drafted(pair: Pair) -> PairDraft:
    """Return what a pair says, as whoever wrote it last did."""
    sides = {side.number: side for side in PairSide.objects.filter(pair=pair)}
    said = {field.name: getattr(pair, field.name) for field in fields(PairDraft) if field.name != "sides"}
    first, second = (_side_as_drafted(sides.get(number)) for number in (0, 1))
    return PairDraft(**said, sides=(first, second))


def _side_as_drafted(side: PairSide | None) -> SideDraft:
    if side is None:
        return SideDraft("")
    return SideDraft(**{field.name: getattr(side, field.name) for field in fields(SideDraft)})


def words(spanish: str, english: str, *, language: str) -> Words:
    """Return a text in the reader's language, or the other one marked as such."""
    own, other = (english, spanish) if language == "en" else (spanish, english)
    return Words(own) if own or not other else Words(other, "es" if language == "en" else "en")


def _places_of(pairs: Iterable[Pair], *, language: str, more: Iterable[str] = ()) -> dict[str, NamedRecord]:
    slugs = cities_of(pairs) | set(more)
    found = read.named_records({"city": slugs}, today=public_day(), language=language) if slugs else {}
    return {slug: place for (_kind, slug), place in found.items()}


def _sheet(pair: Pair, places: Mapping[str, NamedRecord], language: str) -> PairSheet:
    first, second = (_side(side, places, language) for side in pair.sides.all())
    return PairSheet(
        slug=pair.slug,
        theme=Theme(pair.theme).value,
        mode=Mode(pair.mode).value,
        question=words(pair.question, pair.question_en, language=language),
        note=words(pair.note, pair.note_en, language=language),
        unit=words(pair.unit, pair.unit_en, language=language),
        lowest=pair.lowest,
        highest=pair.highest,
        step=pair.step,
        choice=pair.choice,
        drawing=Drawing(pair.drawing).value,
        sides=(first, second),
        is_open=first.is_unknown or second.is_unknown,
    )


def _side(side: PairSide, places: Mapping[str, NamedRecord], language: str) -> SideSheet:
    return SideSheet(
        place=places.get(side.place),
        answer=words(side.answer, side.answer_en, language=language),
        source=words(side.source, side.source_en, language=language),
        address=side.address,
        passage=side.passage,
        as_of=side.as_of,
        figure=side.figure,
        whole=side.whole,
        is_unknown=not side.answer and side.figure is None,
    )


def _line(pair: Pair, places: dict[str, NamedRecord], language: str) -> PairLine:
    sides: Iterable[PairSide] = pair.sides.all()
    return PairLine(
        slug=pair.slug,
        theme=Theme(pair.theme).value,
        mode=Mode(pair.mode).value,
        question=words(pair.question, pair.question_en, language=language),
        places=tuple(places.get(side.place) for side in sides),
        is_open=any(not side.answer and side.figure is None for side in sides),
    )


def _by_city(every: QuerySet[Pair]) -> list[tuple[str, int]]:
    """Return the cities with most pairs and how many each has."""
    rows = PairSide.objects.filter(pair__in=every.order_by()).values_list("place").annotate(n=Count("pk"))
    return [(str(slug), int(n)) for slug, n in rows.order_by("-n", "place")[:_MOST_CITIES]]
