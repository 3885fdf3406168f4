"""Works of the collection as the database has them: published gifts, and donations that public sources document."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

from django.db.models import F, QuerySet

from hermanar.agreements.models import Party
from hermanar.agreements.vocabulary import Role
from hermanar.catalogue.read.kept import kept
from hermanar.catalogue.read.lines import partial
from hermanar.cooperation.models import Activity, Gift
from hermanar.cooperation.queries import published_gifts, shown_to_public
from hermanar.cooperation.rules import entry_of_activity, seen_from_other_side
from hermanar.cooperation.vocabulary import ActivityKind, Direction, GiftKind, GiftSide

MOST = 5_000  # of each sort; the newest
_IS_CODE = re.compile(r"[0-9a-f]{10}", re.ASCII)
_CODE = 10  # signs of a key's random end: forty bits tell the works of one house apart


def code_of(key: UUID) -> str:
    """Return the short name of a work."""
    return key.hex[-_CODE:]


@dataclasses.dataclass(frozen=True, slots=True)
class End:
    """A party of the tie a work went through."""

    place: UUID
    slug: str
    name: str
    name_es: str
    name_en: str
    country: str
    latitude: float | None
    longitude: float | None

    def named(self, language: str) -> str:
        """Return the name in a language, as far as it is known."""
        return (self.name_en if language == "en" else self.name_es) or self.name


@dataclasses.dataclass(frozen=True, slots=True)
class Work:
    """What a list needs of a work, in both languages."""

    key: UUID
    is_gift: bool  # else a documented donation
    agreement: UUID
    agreement_slug: str
    kind: str
    title_es: str
    title_en: str
    is_donation: bool
    on: str | None
    until: str | None
    source_es: str
    source_en: str
    giver: End | None  # None: it is not known which way it went
    receiver: End | None
    ends: tuple[End, End]
    has_photograph: bool
    version: int = 0  # of a gift: another one says that something of it changed

    @property
    def code(self) -> str:
        """Return the short name that addresses and selections hold."""
        return code_of(self.key)

    @property
    def order(self) -> tuple[bool, str, str]:
        """Return what lists are sorted by: the newest first, the undated last, once they are turned around."""
        return (self.on is not None, self.on or "", self.key.hex)


def works() -> list[Work]:
    """Return every work the public may see, the newest first; a donation that a gift tells in full is the gift."""
    gifts = list(_gifts())
    told = {one.documented for one in gifts}
    found = [one.work for one in gifts] + [one for one in _documented() if one.key not in told]
    return sorted(found, key=lambda one: one.order, reverse=True)


def work_of(code: str, *, key: UUID | None = None) -> Work | None:
    """Return the work of a code, or of its whole key, if the public may see it; no other gift is read for it."""
    if not _IS_CODE.fullmatch(code):
        return None
    shown = published_gifts().filter(pk=key) if key else published_gifts().filter(pk__endswith=code)
    gift = max((one.work for one in _gifts(shown)), key=lambda one: one.order, default=None)
    if gift is not None:
        return gift
    found = next((one for one in _documented() if key == one.key or (key is None and one.code == code)), None)
    is_told = found is not None and published_gifts().filter(documented_as=found.key).exists()
    return None if is_told else found


@dataclasses.dataclass(frozen=True, slots=True)
class _Given:
    work: Work
    documented: UUID | None


_SHARED = ("id", "agreement_id", "agreement__slug", "office__place_id")
_GIFT = (
    *_SHARED, "kind", "title_es", "title_en", "is_donation", "on", "precision", "source", "side", "documented_as_id",
    "photograph_id", "shows_photograph", "version",
)  # fmt: skip


def _gifts(shown: QuerySet[Gift] | None = None) -> Iterator[_Given]:
    shown = published_gifts() if shown is None else shown
    rows = list(shown.order_by(F("on").desc(nulls_last=True), "-pk").values(*_GIFT)[:MOST])
    parties = _parties({row["agreement_id"] for row in rows})
    for row in rows:
        own, other = _sides(parties[row["agreement_id"]], row["office__place_id"])
        came = row["side"] == GiftSide.RECEIVED
        work = Work(
            key=row["id"],
            is_gift=True,
            **_tie(row),
            kind=row["kind"],
            title_es=row["title_es"],
            title_en=row["title_en"],
            is_donation=row["is_donation"],
            on=partial(row["on"], row["precision"]),
            until=None,
            source_es=row["source"],
            source_en=row["source"],
            giver=other if came else own,
            receiver=own if came else other,
            ends=(other, own) if came else (own, other),
            has_photograph=row["shows_photograph"] and row["photograph_id"] is not None,
            version=row["version"],
        )
        yield _Given(work, row["documented_as_id"])


def _tie(row: dict[str, Any]) -> dict[str, Any]:
    return {"agreement": row["agreement_id"], "agreement_slug": row["agreement__slug"]}


@kept("agreements", "places")
def _documented() -> list[Work]:
    """Return the donations that sources document; read once for each state of the registry."""
    shown = shown_to_public().filter(
        kind=ActivityKind.DONATION, agreement__published_at__isnull=False, same_as__isnull=True
    )
    rows = list(shown.select_related("agreement", "source", "office").order_by("-pk")[:MOST])
    parties = _parties({row.agreement_id for row in rows})
    return [_donation(row, parties[row.agreement_id]) for row in rows]


def _donation(row: Activity, parties: list[tuple[str, End]]) -> Work:
    own, other = _sides(parties, None)
    entry = entry_of_activity(ActivityKind(row.kind), Direction(row.direction))
    if row.office and row.office.place_id == other.place:
        entry = seen_from_other_side(entry)
    ends = (own, other) if entry.side.value == "given" else (other, own)
    giver, receiver = ends if entry.side.value in {"given", "received"} else (None, None)
    begun, ended = partial(row.started_on, row.precision), partial(row.ended_on, row.precision)
    return Work(
        key=row.pk,
        is_gift=False,
        agreement=row.agreement_id,
        agreement_slug=row.agreement.slug,
        kind=GiftKind.OTHER.value,
        title_es=row.description_es,
        title_en=row.description_en,
        is_donation=True,
        on=begun,
        until=ended if ended != begun else None,
        source_es=row.source.title_es,
        source_en=row.source.title_en or row.source.title_es,
        giver=giver,
        receiver=receiver,
        ends=ends,
        has_photograph=False,
    )


_END = ("place_id", "place__slug", "place__name", "place__name_es", "place__name_en", "place__country_id",
        "place__latitude", "place__longitude")  # fmt: skip


def _parties(agreements: Iterable[UUID]) -> dict[UUID, list[tuple[str, End]]]:
    found: dict[UUID, list[tuple[str, End]]] = {}
    rows = Party.objects.filter(agreement__in=list(agreements)).order_by("agreement", "position")
    for agreement, role, *end in rows.values_list("agreement_id", "role", *_END):
        found.setdefault(agreement, []).append((role, End(*end)))
    return found


def _sides(parties: list[tuple[str, End]], place: UUID | None) -> tuple[End, End]:
    """Return one's own side and the other: that of the office, or else the declaring one."""
    own = next((end for _role, end in parties if place and end.place == place), None)
    own = own or next((end for role, end in parties if role == Role.DECLARING), parties[0][1])
    return own, next((end for _role, end in reversed(parties) if end != own), own)
