"""What the museum keeps by hand and what the collection shows, as a search finds it."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Iterator
from typing import Any
from uuid import UUID

from hermanar.catalogue import read
from hermanar.catalogue.read.gifted import End, Work, works
from hermanar.catalogue.read.gifts import slug_of, work_line, written_of
from hermanar.catalogue.read.names import PlaceName, place_names
from hermanar.museum.finding.index import Noun, Told
from hermanar.museum.models import Event, Exhibit, Lesson, Pair, Practice, Problem
from hermanar.museum.queries.courses import published
from hermanar.museum.queries.dialogue import shown_problems
from hermanar.museum.queries.events import published_events
from hermanar.museum.queries.offers import published_offers
from hermanar.museum.queries.pages import LANGUAGES
from hermanar.museum.queries.pairs import public_pairs

Stamps = dict[str, Hashable]
_SHORT = 220


def _stamped(prefix: str, rows: Iterable[tuple[Any, ...]], *more: Hashable) -> Stamps:
    return {f"{prefix}:{key}": (*state, *more) for key, *state in rows}


def _keys(keys: Collection[str]) -> list[UUID]:
    return [UUID(key.partition(":")[2]) for key in keys]


class _Names:
    """The names of some cities in both languages, read at once."""

    def __init__(self, slugs: Iterable[str]) -> None:
        wanted = {slug for slug in slugs if slug}
        self._found = [place_names(wanted, language=one) for one in LANGUAGES] if wanted else [{}, {}]

    def of(self, slugs: Iterable[str]) -> tuple[list[PlaceName], list[PlaceName]]:
        """Return the cities that are in the directory, in both languages."""
        listed = list(dict.fromkeys(slugs))
        spanish, english = ([one[slug] for slug in listed if slug in one] for one in self._found)
        return spanish, english


def _joined(cities: tuple[list[PlaceName], list[PlaceName]]) -> tuple[str, str]:
    spanish, english = (" · ".join(one.name for one in each) for each in cities)
    return spanish, english


def _countries(cities: tuple[list[PlaceName], list[PlaceName]]) -> str:
    return " ".join(one.country_name for each in cities for one in each)


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _SHORT else f"{text[:_SHORT].rpartition(' ')[0]}…"


def _both(record: Any, name: str) -> tuple[str, str]:
    return getattr(record, name), getattr(record, f"{name}_en")


def _notes(record: Any, name: str) -> tuple[str, str]:
    spanish, english = _both(record, name)
    return _short(spanish), _short(english)


# ── comparisons ──────────────────────────────────────────────────────────────────────────────────────────────────────


def _pairs_stand() -> Stamps:
    rows = public_pairs().values_list("pk", "version", "published_at", "edited_at", "entered_at")
    return _stamped("pair", rows, read.revisions("places"))


def _pairs_told(keys: Collection[str]) -> Iterator[Told]:
    rows = list(Pair.objects.filter(pk__in=_keys(keys), published_at__isnull=False).prefetch_related("sides"))
    names = _Names(side.place for row in rows for side in row.sides.all())
    for row in rows:
        sides = list(row.sides.all())
        cities = names.of(side.place for side in sides)
        answers = [text for side in sides for name in ("answer", "source") for text in _both(side, name)]
        yield Told(
            key=f"pair:{row.pk}",
            kind="pairs",
            path=f"/comparar/{row.slug}/",
            titles=_both(row, "question"),
            notes=_joined(cities),  # the answer is for whoever has guessed
            words=" ".join([*_both(row, "note"), *answers, _countries(cities)]),
        )


# ── courses ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def _courses_stand() -> Stamps:
    courses = list(published().values_list("pk", "version", "published_at", "shipped_digest"))
    lessons = Lesson.objects.filter(course__in=[key for key, *_state in courses]).values_list("pk", "course_id")
    states = {key: tuple(state) for key, *state in courses}
    return _stamped("course", courses) | {f"lesson:{key}": states[course] for key, course in lessons}


def _courses_told(keys: Collection[str]) -> Iterator[Told]:
    for row in published().filter(pk__in=_keys([key for key in keys if key.startswith("course:")])):
        yield Told(f"course:{row.pk}", "courses", f"/cursos/{row.slug}/", _both(row, "title"), _notes(row, "summary"))
    lessons = _keys([key for key in keys if key.startswith("lesson:")])
    for lesson in Lesson.objects.filter(pk__in=lessons, course__in=published()).select_related("course"):
        spanish, english = _both(lesson.course, "title")
        yield Told(
            key=f"lesson:{lesson.pk}",
            kind="courses",
            path=f"/cursos/{lesson.course.slug}/{lesson.slug}/",
            titles=_both(lesson, "title"),
            notes=(spanish, english or spanish),
            words=" ".join(_both(lesson, "body")),
        )


# ── the board ────────────────────────────────────────────────────────────────────────────────────────────────────────


def _board_stands() -> Stamps:
    problems = list(shown_problems().values_list("pk", "version", "published_at", "edited_at"))
    gathered = Practice.objects.filter(published_at__isnull=False, problem__in=[key for key, *_state in problems])
    practices = gathered.values_list("pk", "version", "published_at", "problem__version", "problem__slug")
    return _stamped("problem", problems, read.revisions("places")) | _stamped("practice", practices)


def _board_told(keys: Collection[str]) -> Iterator[Told]:
    asked = list(Problem.objects.filter(pk__in=_keys([key for key in keys if key.startswith("problem:")])))
    names = _Names(one.city for one in asked)
    for row in asked:
        cities = names.of([row.city])
        words = " ".join([*_both(row, "text"), _countries(cities)])
        yield Told(f"problem:{row.pk}", "board", f"/dialogo/{row.slug}/", _both(row, "title"), _joined(cities), words)
    learnt = Practice.objects.filter(pk__in=_keys([key for key in keys if key.startswith("practice:")]))
    for one in learnt.select_related("problem"):
        path = f"/dialogo/{one.problem.slug}/"
        yield Told(
            f"practice:{one.pk}", "board", path, _both(one, "title"), _notes(one, "text"), " ".join(_both(one, "text"))
        )


# ── what goes on ─────────────────────────────────────────────────────────────────────────────────────────────────────


def _events_stand() -> Stamps:
    return _stamped(
        "event", published_events().values_list("pk", "version", "changed_at", "published_at"), read.revisions("places")
    )


def _events_told(keys: Collection[str]) -> Iterator[Told]:
    rows = list(Event.objects.filter(pk__in=_keys(keys)).prefetch_related("cities"))
    concerned = {row.pk: [row.city, *(one.slug for one in row.cities.all())] for row in rows}
    names = _Names(slug for slugs in concerned.values() for slug in slugs)
    for row in rows:
        cities = names.of(concerned[row.pk])
        day = row.starts_on.isoformat() if row.starts_on else ""
        notes = tuple(" · ".join(filter(None, (row.place, one))) for one in _joined(cities))
        words = " ".join([*_both(row, "description"), row.organiser, day, _countries(cities)])
        yield Told(
            f"event:{row.pk}", "events", f"/agenda/{row.slug}/", _both(row, "title"), (notes[0], notes[1]), words
        )


def _offers_stand() -> Stamps:
    return _stamped("offer", published_offers().values_list("pk", "version", "changed_at", "published_at"))


def _offers_told(keys: Collection[str]) -> Iterator[Told]:
    for row in published_offers().filter(pk__in=_keys(keys)):
        words = " ".join(_both(row, "description"))
        path = f"/negocios/{row.slug}/"
        yield Told(f"offer:{row.pk}", "offers", path, _both(row, "title"), _notes(row, "description"), words)


# ── the collection ───────────────────────────────────────────────────────────────────────────────────────────────────


def _works_stand() -> Stamps:
    shown = {key: state for key, *state in _exhibits().values_list("gift", "version", "slug", "published_at")}
    return {f"work:{one.key}": (one, *shown.get(one.key, ())) for one in works()}


def _exhibits() -> Any:
    return Exhibit.objects.filter(published_at__isnull=False)


def _works_told(keys: Collection[str]) -> Iterator[Told]:
    wanted = set(_keys(keys))
    written, shown = written_of(wanted), {row.gift: row for row in _exhibits()}
    for one in works():
        if one.key in wanted:
            yield _work(one, shown.get(one.key), written.get(one.key, ""))


def _work(one: Work, exhibit: Exhibit | None, written: str) -> Told:
    slug = exhibit.slug if exhibit else slug_of(one)
    spanish, english = (work_line(one, language=language) for language in LANGUAGES)
    titles = (spanish.title if one.title_es else "", english.title if one.title_en else "")
    notes = tuple(" – ".join(end.name for end in line.ends) for line in (spanish, english))
    said = [_names_of(end) for end in one.ends] + [written, one.source_es, one.source_en]
    said += list(_both(exhibit, "story")) if exhibit else []
    return Told(
        key=f"work:{one.key}",
        kind="works",
        path=f"/coleccion/{slug}/",
        titles=titles,
        notes=(notes[0], notes[1]),
        words=" ".join(said),
        drawing=f"/coleccion/{slug}/dibujo.svg",
    )


def _names_of(end: End) -> str:
    countries = (read.country_name(end.country, language) for language in LANGUAGES)
    return " ".join(filter(None, (end.name, end.name_es, end.name_en, *countries)))


NOUNS = (
    Noun(_works_stand, _works_told),
    Noun(_pairs_stand, _pairs_told),
    Noun(_courses_stand, _courses_told),
    Noun(_board_stands, _board_told),
    Noun(_events_stand, _events_told),
    Noun(_offers_stand, _offers_told),
)
