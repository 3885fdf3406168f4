"""The collection as the public may read it: works in a list, one of them, its photograph."""

from __future__ import annotations

import dataclasses
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from pathlib import Path
from uuid import UUID

from django.db.models import QuerySet
from django.utils.text import slugify

from hermanar.catalogue.gifts import EndLine, PhotographLine, WorkLine, WorkOption, WorkPage, WorkSheet
from hermanar.catalogue.read.gifted import End, Work, code_of, work_of, works
from hermanar.catalogue.read.labels import word
from hermanar.catalogue.read.ledger import told
from hermanar.catalogue.read.lines import partial
from hermanar.catalogue.read.locators import locator
from hermanar.cooperation.models import Activity, Gift
from hermanar.cooperation.queries import published_gifts
from hermanar.cooperation.vocabulary import Keeping
from hermanar.foundation.documents import path_of

PER_PAGE = 24
_LONGEST_SLUG = 60
_LONGEST_TITLE = 160
_ENDS_IN_CODE = re.compile(r"(?:.*-)?([0-9a-f]{10})", re.ASCII | re.DOTALL)


@dataclasses.dataclass(frozen=True, slots=True)
class WantedWorks:
    """What the collection is narrowed to; each is empty or a value that `collection` offers."""

    city: str = ""
    kind: str = ""
    decade: str = ""

    def takes(self, line: WorkLine, *, but: str = "") -> bool:
        """Say whether a work is asked for, leaving one question out."""
        cities = {end.slug for end in line.ends}
        return (
            (but == "city" or not self.city or self.city in cities)
            and (but == "kind" or not self.kind or self.kind == line.kind)
            and (but == "decade" or not self.decade or self.decade == line.decade)
        )


def collection(wanted: WantedWorks, *, page: int, language: str) -> WorkPage:
    """Return a page of the works that are asked for, and the counts of what they can be narrowed to."""
    every = [work_line(one, language=language) for one in works()]
    found = [one for one in every if wanted.takes(one)]
    pages = max(1, -(-len(found) // PER_PAGE))
    first = (page - 1) * PER_PAGE
    return WorkPage(
        lines=tuple(found[first : first + PER_PAGE]),
        total=len(found),
        whole=len(every),
        number=page,
        pages=pages,
        cities=_cities(one for one in every if wanted.takes(one, but="city")),
        kinds=_options(
            (one for one in every if wanted.takes(one, but="kind")),
            lambda line: line.kind, lambda value: word("gift", value),
        ),
        decades=tuple(sorted(_options(
            (one for one in every if wanted.takes(one, but="decade")),
            lambda line: line.decade, lambda value: word("decade", value),
        ), key=lambda option: option.value)),
    )  # fmt: skip


def _cities(lines: Iterable[WorkLine]) -> tuple[WorkOption, ...]:
    names: dict[str, str] = {}
    counts: Counter[str] = Counter()
    for line in lines:
        for end in {end.slug: end for end in line.ends}.values():
            names[end.slug] = end.name
            counts[end.slug] += 1
    return _sorted(WorkOption(slug, names[slug], count) for slug, count in counts.items())


def _options(
    lines: Iterable[WorkLine], value: Callable[[WorkLine], str], label: Callable[[str], str]
) -> tuple[WorkOption, ...]:
    counts = Counter(value(line) for line in lines)
    return _sorted(WorkOption(one, label(one), count) for one, count in counts.items())


def _sorted(options: Iterable[WorkOption]) -> tuple[WorkOption, ...]:
    return tuple(sorted(options, key=lambda one: (-one.count, one.label)))


def work_lines(
    *, language: str, cities: Collection[UUID] = (), kind: str = "", decades: Collection[str] = ()
) -> Iterator[WorkLine]:
    """Stream the works for a file: of any of some cities, of a kind, of any of some decades; empty asks for all."""
    for one in works():
        line = work_line(one, language=language)
        is_there = not cities or any(end.place in cities for end in one.ends)
        is_then = not decades or line.decade in decades
        if is_there and is_then and kind in {"", line.kind}:
            yield line


def work_count() -> int:
    """Count the works of the collection."""
    return len(works())


def work_slugs() -> list[tuple[UUID, str]]:
    """Return the key and the address of every work."""
    return [(one.key, slug_of(one)) for one in works()]


def written_of(gifts: Collection[UUID]) -> dict[UUID, str]:
    """Return what the public pages of these gifts tell at length, in both languages: purpose and story."""
    rows = published_gifts().filter(pk__in=gifts).values_list("pk", "purpose", "story_es", "story_en")
    return {key: " ".join(filter(None, told)) for key, *told in rows}


def works_by_code(codes: Sequence[str], *, language: str) -> dict[str, WorkLine]:
    """Return the works of some codes that the public may see."""
    wanted = set(codes)
    return {one.code: work_line(one, language=language) for one in works() if one.code in wanted}


def code_in(slug: str) -> str:
    """Return the code that an address ends in, or nothing."""
    found = _ENDS_IN_CODE.fullmatch(slug)
    return found[1] if found else ""


def work_by_code(code: str) -> Work | None:
    """Return the work of a code, if the public may see it."""
    return work_of(code)


def work_by_key(key: UUID) -> Work | None:
    """Return the work of a key, if the public may see it."""
    return work_of(code_of(key), key=key)


def slug_of(work: Work) -> str:
    """Return the address of a work: what it is in Spanish, and its code."""
    said = slugify(work.title_es)
    if len(said) > _LONGEST_SLUG:
        said = said[:_LONGEST_SLUG].rpartition("-")[0] or said[:_LONGEST_SLUG]
    return f"{said}-{work.code}" if said else work.code


def gift_address(gift: Gift) -> str:
    """Return the address of a gift's exhibit, as long as the public may see it, or nothing."""
    work = work_by_key(gift.pk)
    return slug_of(work) if work else ""


def _title(text: str) -> str:
    text = text.strip().removesuffix(".")
    return text if len(text) <= _LONGEST_TITLE else f"{text[:_LONGEST_TITLE].rpartition(' ')[0]}…"


def work_line(work: Work, *, language: str) -> WorkLine:
    """Return a work as a row of a list."""
    title, title_language = told(work.title_es, work.title_en, language=language)
    return WorkLine(
        code=work.code,
        slug=slug_of(work),
        kind=work.kind,
        title=_title(title),
        title_language=title_language,
        is_donation=work.is_donation,
        on=work.on,
        until=work.until,
        giver=work.giver.named(language) if work.giver else "",
        receiver=work.receiver.named(language) if work.receiver else "",
        agreement=work.agreement_slug,
        source=work.source_en if language == "en" else work.source_es,
        ends=(_end(work.ends[0], language), _end(work.ends[1], language)),
        has_photograph=work.has_photograph,
    )


def _end(end: End, language: str) -> EndLine:
    return EndLine(end.slug, end.named(language), end.country, end.latitude, end.longitude)


def work_sheet(work: Work, *, language: str) -> WorkSheet | None:
    """Return a work as its page tells it; None when it was withdrawn meanwhile."""
    line = work_line(work, language=language)
    if not work.is_gift:
        return _documented(work, line, language)
    gift = published_gifts().filter(pk=work.key).select_related("agreement").first()
    return _gift(gift, line, language) if gift else None


def _documented(work: Work, line: WorkLine, language: str) -> WorkSheet | None:
    row = Activity.objects.filter(pk=work.key).select_related("agreement", "source").first()
    if row is None:
        return None
    said = ", ".join(part for part in (line.source, locator(row.passage, language)) if part)
    return WorkSheet(
        line=dataclasses.replace(line, source=said),
        purpose="", value="", currency="", stories=(), words="", giver_name="", receiver_name="",
        keeping="", place="", place_since=None,
        agreement_title=_tie_title(row.agreement, language),
        photograph=None, is_documented=True,
    )  # fmt: skip


def _gift(gift: Gift, line: WorkLine, language: str) -> WorkSheet:
    where = gift.whereabouts.order_by("-number").first() if gift.shows_place else None
    texts = {"es": gift.story_es, "en": gift.story_en}
    order = ("en", "es") if language == "en" else ("es", "en")
    names = (gift.giver, gift.receiver) if gift.shows_names else ("", "")
    return WorkSheet(
        line=line,
        purpose=gift.purpose,
        value="" if gift.value is None else f"{gift.value:.2f}",
        currency=gift.currency,
        stories=tuple((one, texts[one]) for one in order if texts[one]),
        words=gift.words if gift.shows_names else "",
        giver_name=names[0],
        receiver_name=names[1],
        keeping=where.state if where else "",
        place=where.place if where and where.state == Keeping.KEPT else "",
        place_since=partial(where.since_on, where.since_precision) if where else None,
        agreement_title=_tie_title(gift.agreement, language),
        photograph=PhotographLine(gift.photograph_alternative, gift.photograph_rights) if line.has_photograph else None,
    )


def _tie_title(agreement: object, language: str) -> str:
    es, en = (str(getattr(agreement, name)) for name in ("title_es", "title_en"))
    return told(es, en, language=language)[0]


def photograph_files() -> dict[str, tuple[str, Path]]:
    """Return the digest and the file of every photograph the public may see, by the code of its work.

    The door alone reads them; no page shows a digest.
    """
    return {code_of(key): (digest, path_of(digest)) for key, digest in _shown_photographs()}


def photograph_file(code: str) -> tuple[str, Path] | None:
    """Return the digest and the file of one photograph by the code of its work, if the public may see it."""
    if code_in(code) != code or not code:
        return None
    digest = _photographs().filter(pk__endswith=code).order_by("pk").values_list("photograph__digest", flat=True).last()
    return (digest, path_of(digest)) if digest else None


def files_of(code: str) -> dict[str, tuple[str, Path]]:
    """Return the photograph of one work as `photograph_files` does those of all."""
    found = photograph_file(code)
    return {code: found} if found else {}


def _photographs() -> QuerySet[Gift]:
    return published_gifts().filter(shows_photograph=True, photograph__media_type__startswith="image/")


def _shown_photographs() -> Iterator[tuple[UUID, str]]:
    yield from _photographs().order_by("pk").values_list("pk", "photograph__digest")


def shown_digests() -> set[str]:
    """Return the digests of all photographs the public may see."""
    return {digest for _key, digest in _shown_photographs()}


def keeper_of(key: UUID) -> tuple[UUID | None, str] | None:
    """Return the office that keeps a record, public or not, and the address of its city; None: there is no such record.

    What only a source documents no office keeps.
    """
    for table in (Gift.objects, Activity.objects):
        row = table.filter(pk=key).values_list("office_id", "office__place__slug").first()
        if row:
            return row[0], row[1] or ""
    return None


def works_of_hosts(hosts: Collection[str], *, language: str) -> list[tuple[UUID, WorkLine]]:
    """Return the gifts that the offices of these cities let the public see, the newest first."""
    mine = set(published_gifts().filter(office__place__slug__in=list(hosts)).values_list("pk", flat=True))
    return [(one.key, work_line(one, language=language)) for one in works() if one.key in mine]
