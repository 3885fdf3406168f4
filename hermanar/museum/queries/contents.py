"""What the trail digests of what editors keep, and whether each still says so."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from typing import Any, NamedTuple

from django.db.models import QuerySet

from hermanar.foundation.trail import REGISTRY, keyed_digest
from hermanar.foundation.trail.latest import Unlike, chain_of, unlike
from hermanar.museum.models import Course, Event, Exhibit, Offer, OpenCall, Pair, Practice, Problem, SupportWay
from hermanar.museum.queries.courses import course_content
from hermanar.museum.queries.events import event_content
from hermanar.museum.queries.offers import row_content
from hermanar.museum.queries.pairs import as_drafted
from hermanar.museum.rules.pairs import PairDraft


def open_call_told(kept: OpenCall) -> dict[str, Any]:
    """Return what the trail digests of an open call: all of it, with its jury and every word of theirs."""
    jurors = sorted(kept.jurors.all(), key=lambda one: one.pk)
    marks = [[row_content(mark) for mark in sorted(one.marks.all(), key=lambda mark: mark.pk)] for one in jurors]
    told = {**row_content(kept), "tally": kept.tally}
    return {**told, "jury": [row_content(one) for one in jurors], "marks": marks}


def exhibit_told(kept: Exhibit) -> dict[str, Any]:
    """Return what the trail digests of the words about a gift."""
    content = {name: getattr(kept, name) for name in ("gift", "slug", "story", "story_en", "rights", "version")}
    return {**content, "is_public": bool(kept.published_at)}


def course_told(kept: Course) -> dict[str, Any]:
    """Return what the trail digests of a course, with its lessons, its questions and whether it is shown."""
    return course_content(kept) | {"slug": kept.slug, "position": kept.position, "is_public": bool(kept.published_at)}


def problem_told(kept: Problem) -> dict[str, Any]:
    """Return what the trail digests of a problem of the board."""
    names = ("slug", "city", "title", "text", "title_en", "text_en", "asker", "source", "passage", "as_of")
    return {name: getattr(kept, name) for name in names} | {"is_public": bool(kept.published_at)}


def practice_told(kept: Practice) -> dict[str, Any]:
    """Return what the trail digests of a good practice."""
    names = ("problem_id", "title", "text", "title_en", "text_en", "answers")
    return {name: getattr(kept, name) for name in names} | {"is_public": bool(kept.published_at)}


def pair_told(kept: Pair) -> dict[str, Any]:
    """Return what the trail digests of a pair."""
    return pair_content(as_drafted(kept)) | {"is_public": bool(kept.published_at)}


def pair_content(said: PairDraft) -> dict[str, Any]:
    """Return what a pair says, numbers as text."""
    values = asdict(said)
    plain = {name: _plain(value) for name, value in values.items() if name != "sides"}
    return plain | {"sides": [{name: _plain(value) for name, value in side.items()} for side in values["sides"]]}


def _plain(value: object) -> object:
    return value if value is None or isinstance(value, str) else str(value)


class _Kept(NamedTuple):
    rows: Callable[[], QuerySet[Any]]
    content: Callable[[Any], dict[str, Any]]
    is_of_office: bool = False
    ends: tuple[str, ...] = ()


_KEPT = {
    "event": _Kept(lambda: Event.objects.prefetch_related("cities"), event_content, is_of_office=True),
    "offer": _Kept(Offer.objects.all, row_content, is_of_office=True),
    "support": _Kept(SupportWay.objects.all, row_content, is_of_office=True, ends=("support.dropped",)),
    "open_call": _Kept(lambda: OpenCall.objects.prefetch_related("jurors__marks"), open_call_told, is_of_office=True),
    "exhibit": _Kept(Exhibit.objects.all, exhibit_told),
    "course": _Kept(Course.objects.all, course_told),
    "problem": _Kept(Problem.objects.all, problem_told),
    "practice": _Kept(Practice.objects.all, practice_told),
    "pair": _Kept(lambda: Pair.objects.prefetch_related("sides"), pair_told),
}


def museum_unlike_its_trail() -> list[Unlike]:
    """Return what of the museum does not say what its last entry in the trail kept, is gone or was never told."""
    found: list[Unlike] = []
    for what, kept in _KEPT.items():
        chain = _chain if kept.is_of_office else (_any if what == "exhibit" else _registry)
        found += unlike(
            what, kept.rows().order_by("pk"), digest=_digest(kept.content), chain=chain, ends=kept.ends
        )  # fmt: skip
    return found


def _digest(content: Callable[[Any], dict[str, Any]]) -> Callable[[Any], str]:
    return lambda row: keyed_digest(content(row))


def _chain(row: Any) -> str:
    return chain_of(row.office)


def _registry(_row: Any) -> str:
    return REGISTRY


def _any(_row: Any) -> None:
    return None  # its gift belongs to an office, and the gift is not ours to ask
