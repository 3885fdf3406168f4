"""A city: all that is known of it, read in steps that do not grow with the number of its agreements."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from uuid import UUID

from hermanar.agreements.models import Agreement, Party
from hermanar.agreements.queries import public_identifiers
from hermanar.agreements.vocabulary import Scope
from hermanar.catalogue.read.figures import figures
from hermanar.catalogue.read.lines import lines_of, name_of, report_line
from hermanar.catalogue.read.places import find_place, place_lines
from hermanar.catalogue.read.sheet import statements_about
from hermanar.catalogue.read.sources import source_of
from hermanar.catalogue.search import Filters, questions
from hermanar.catalogue.sheets import ComparisonLine, NameLine, PlaceLine, PlaceSheet
from hermanar.directory.models import Place
from hermanar.foundation.search import Snapshot
from hermanar.observatory.models import Capture
from hermanar.observatory.queries import ComparedTie, compare_city
from hermanar.observatory.vocabulary import Finding

MOST_READ = 200  # agreements of one city that its page draws and compares; the list and the files have them all
_MOST_OF_A_PAIR = 5
Documented = Callable[[Collection[UUID]], Mapping[UUID, Sequence[str]]]


def place(reference: str, *, today: dt.date, language: str) -> PlaceSheet | None:
    """Return what is known of a place by its identifier or address, or None when there is no such place.

    Of more than MOST_READ agreements the newest stand here; what is counted is counted over all of them.
    """
    found = find_place(reference)
    if found is None:
        return None
    line = place_lines([found], language=language)[0]
    homes = place_lines([found.part_of], language=language) if found.part_of else ()
    snapshot = questions.current(today)
    keys = questions.step(snapshot, Filters(place=(line.id,)), limit=MOST_READ).keys
    agreements = lines_of(keys, today=today, language=language)
    is_whole = line.agreement_count <= len(keys)
    if is_whole:
        agreements = tuple(sorted(agreements, key=lambda one: (one.scope != Scope.INTERNATIONAL, one.title)))
    documented = _shown(found.pk, keys)
    heard = documented if is_whole else _asked_too(line.id, documented, snapshot)
    compared = comparison(found, language=language, documented=heard)
    counts = _findings(compared)
    return PlaceSheet(
        line=line,
        names=tuple(_names(found)),
        identifiers=tuple(sorted(f"{one.scheme}:{one.value}" for one in found.identifiers.all())),
        head_town=found.head_town,
        part_of=homes[0] if homes else None,
        population_year=found.population_year,
        time_zone=found.time_zone,
        source=source_of(found.source, language),
        agreements=agreements,
        comparison=compared,
        finding_counts=counts if is_whole else _all_findings(line, compared, snapshot),
        statements=statements_about(found.pk, language),
        figures=figures(language=language, place=found.pk),
        as_of=today,
    )


def _names(found: Place) -> Iterable[NameLine]:
    seen = set()
    for name in found.names.order_by("id"):
        if (name.name, name.language) not in seen:
            seen.add((name.name, name.language))
            yield NameLine(name.name, name.language, name.kind)


def _shown(place: UUID, keys: Sequence[UUID]) -> Documented:
    """Return who answers for the counterparts of the agreements that are read."""
    found: dict[UUID, list[str]] = defaultdict(list)
    rows = Party.objects.filter(agreement__in=keys).exclude(place=place).order_by("agreement__slug")
    for other, slug in rows.values_list("place_id", "agreement__slug").distinct():
        found[other].append(slug)
    return lambda _reported: found


def _asked_too(place: str, shown: Documented, snapshot: Snapshot) -> Documented:
    """Return who also answers, of each counterpart that a list reports, whether an older agreement names it."""

    def answer(reported: Collection[UUID]) -> Mapping[UUID, Sequence[str]]:
        known = dict(shown(()))
        rest = [key for key in reported if key not in known]
        identifiers = public_identifiers(rest)
        pairs = {
            key: questions.between(snapshot, (place, identifiers[key]), limit=_MOST_OF_A_PAIR)
            for key in rest
            if key in identifiers
        }
        wanted = {agreement for found in pairs.values() for agreement in found}
        slugs = dict(Agreement.objects.filter(pk__in=wanted).values_list("pk", "slug"))
        return known | {key: sorted(slugs[one] for one in found) for key, found in pairs.items() if found}

    return answer


def _findings(compared: Iterable[ComparisonLine]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for line in compared:
        counts[line.finding] = counts.get(line.finding, 0) + 1
    return counts


def _all_findings(place: PlaceLine, compared: Sequence[ComparisonLine], snapshot: Snapshot) -> dict[str, int]:
    """Count the findings over all counterparts: those nobody reports by the index, the others are all compared."""
    counts = _findings(compared)
    covers_domestic = Capture.objects.filter(covers_domestic_mexico=True).exists()
    apart = [] if covers_domestic or place.country != "MX" else [Scope.IN_STATE, Scope.NATIONAL]
    within = [scope for scope in Scope if scope not in apart]
    both = [line for line in compared if line.finding == Finding.BOTH]
    both_apart = sum(line.country == "MX" for line in both) if apart else 0
    counts[Finding.ONLY_AGREEMENT] = questions.counterparts(snapshot, place.id, scopes=within) - len(both) + both_apart
    if apart:
        counts[Finding.OUT_OF_COVERAGE] = questions.counterparts(snapshot, place.id, scopes=apart) - both_apart
    return {finding: count for finding, count in counts.items() if count}


def comparison(found: Place, *, language: str, documented: Documented | None = None) -> tuple[ComparisonLine, ...]:
    """Return a city's documented counterparts beside those each capture reports."""
    compared = compare_city(found.pk, documented=documented)
    others = [tie.counterpart for tie in compared if tie.counterpart]
    identifiers = public_identifiers([other.pk for other in others])
    return tuple(_compared(tie, identifiers, language) for tie in compared)


def _compared(tie: ComparedTie, identifiers: dict[UUID, str], language: str) -> ComparisonLine:
    other = tie.counterpart
    reports = tuple(report_line(report, language=language) for report in tie.reports)
    if other is None:
        written = tie.reports[0]
        return ComparisonLine(written.name_as_written, "", "", "", None, None, tie.finding, tie.agreements, reports)
    return ComparisonLine(
        counterpart=name_of(other, language),
        counterpart_id=identifiers.get(other.pk, ""),
        counterpart_slug=other.slug,
        country=other.country_id,
        latitude=other.latitude,
        longitude=other.longitude,
        finding=tie.finding,
        agreements=tie.agreements,
        reports=reports,
    )
