"""Records by their public identifiers, many at a time, and their identifiers by name: only what the public may see."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db.models import Q

from hermanar.agreements.models import Listing
from hermanar.agreements.queries import published_listings
from hermanar.catalogue.named import NamedRecord
from hermanar.catalogue.read.agreements import agreements
from hermanar.catalogue.read.finding import places
from hermanar.catalogue.read.ledger import told
from hermanar.catalogue.read.lines import agreement_line, partial, place_line
from hermanar.catalogue.search.filters import AmbiguousPlaceError, BadFilterError, Filters, UnknownPlaceError
from hermanar.catalogue.sheets import AgreementLine
from hermanar.cooperation.queries import published_gifts, published_projects
from hermanar.directory.models import Place
from hermanar.foundation.words import fold

Named = Mapping[tuple[str, str], NamedRecord]
_SHORTEST = 2  # signs of a name that are worth asking for
# Of the sixty columns of four tables, what a line tells of a city.
_OF_A_CITY = (
    "slug", "kind", "name", "name_es", "name_en", "region", "population", "latitude", "longitude",
    "country__name_es", "country__name_en", "state__name", "part_of__name",
)  # fmt: skip


def named_records(wanted: Mapping[str, Collection[str]], *, today: dt.date, language: str) -> Named:
    """Return the records of these kinds and identifiers that the public may see now, in at most four questions."""
    wanted = {kind: [one for one in names if "\x00" not in one] for kind, names in wanted.items()}
    found = list(_cities(wanted.get("city", ()), language))
    rows: list[tuple[str, Any]] = [
        *(("project", row) for row in _by_key(published_projects(), wanted.get("project", ()))),
        *(("gift", row) for row in _by_key(published_gifts(), wanted.get("gift", ()))),
    ]
    slugs = set(wanted.get("agreement", ()))
    lines = _listings(slugs, {row.agreement_id for _kind, row in rows})
    shown = {key: agreement_line(row, today=today, language=language) for key, row in lines.items()}
    found += [_of_agreement(line, language) for line in shown.values() if line.slug in slugs]
    for kind, row in rows:
        if row.agreement_id in shown:
            title, title_language = told(row.title_es, row.title_en, language=language)
            on = partial(row.on, row.precision) if kind == "gift" else row.starts_on and row.starts_on.isoformat()
            found.append(
                NamedRecord(kind, str(row.pk), title, title_language, on=on, agreement=shown[row.agreement_id])
            )
    return {(one.kind, one.identifier): one for one in found}


def suggested(kind: str, text: str, *, today: dt.date, language: str, limit: int = 8) -> tuple[NamedRecord, ...]:
    """Return records of a kind that a name may mean, the likeliest first."""
    text = " ".join(text.replace("\x00", "").split())[:100]
    if len(text) < _SHORTEST:
        return ()
    if kind == "city":
        lines = places(text, language=language, limit=limit)
        return tuple(NamedRecord("city", line.slug, line.name, language, detail=line.distinction) for line in lines)
    if kind == "agreement":
        return _agreements(text, today=today, language=language, limit=limit)
    kept = published_projects() if kind == "project" else published_gifts() if kind == "gift" else None
    if kept is None:
        return ()
    wanted = fold(text)  # one database would tell case and accents apart and the other not
    titles = kept.values_list("pk", "title_es", "title_en")
    keys = [str(key) for key, *each in titles if wanted and any(wanted in fold(title) for title in each)]
    return tuple(named_records({kind: keys[:limit]}, today=today, language=language).values())


def _agreements(text: str, *, today: dt.date, language: str, limit: int) -> tuple[NamedRecord, ...]:
    try:
        page = agreements(Filters(q=text), today=today, language=language, limit=limit, with_facets=False)
    except (BadFilterError, UnknownPlaceError, AmbiguousPlaceError):
        return ()
    return tuple(_of_agreement(line, language) for line in page.items)


def _of_agreement(line: AgreementLine, language: str) -> NamedRecord:
    return NamedRecord("agreement", line.slug, line.title, language, on=line.signed_on, agreement=line)


def _cities(slugs: Collection[str], language: str) -> Iterable[NamedRecord]:
    if not slugs:
        return
    named = Place.objects.filter(slug__in=slugs).select_related("country", "state", "part_of").only(*_OF_A_CITY)
    for place in named:
        line = place_line(place, identifier="", agreement_count=0, tie_count=0, language=language)
        yield NamedRecord(
            kind="city",
            identifier=line.slug,
            title=line.name,
            title_language=language,
            detail=line.distinction,
            latitude=line.latitude,
            longitude=line.longitude,
            country=line.country,
        )


def _by_key(kept: Any, keys: Collection[str]) -> Iterable[Any]:
    wanted = [key for key in map(_key, keys) if key]
    return kept.filter(pk__in=wanted) if wanted else ()


def _key(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _listings(slugs: Collection[str], keys: Collection[UUID]) -> dict[UUID, Listing]:
    if not slugs and not keys:
        return {}
    rows = published_listings().filter(Q(slug__in=slugs) | Q(pk__in=keys))
    return {row.pk: row for row in rows}
