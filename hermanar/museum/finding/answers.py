"""What is found for some words: how many of every kind, and the best of each."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from tantivy import Occur, Query

from hermanar.catalogue import read
from hermanar.catalogue.search import Filters
from hermanar.catalogue.search.spoken import any_of, are_known, words_asked
from hermanar.foundation.standby import reads_standby
from hermanar.foundation.words import fold, words
from hermanar.museum.finding.index import MuseumIndex, Standing, Told
from hermanar.museum.finding.nouns import NOUNS
from hermanar.museum.finding.pages import PAGES

INDEX = MuseumIndex([PAGES, *NOUNS])
_OF_STANDBY = MuseumIndex(INDEX.nouns)
FEW, PAGE = 4, 30  # of each kind at first; on a page of one kind
_SHORTEST = 2
_MOST = 10_000
# Kinds in the order they are shown, each with its name, the word of its address and the list of all there is.
KINDS: dict[str, tuple[Promise, str, str]] = {
    "rooms": (_("Salas"), "salas", "/salas/"),
    "cities": (_("Ciudades"), "ciudades", "/ciudades/?con=acuerdos"),
    "agreements": (_("Acuerdos"), "acuerdos", "/acuerdos/"),
    "works": (_("Colección"), "coleccion", "/coleccion/"),
    "pairs": (_("Comparaciones"), "comparaciones", "/comparar/"),
    "courses": (_("Cursos y lecciones"), "cursos", "/cursos/"),
    "board": (_("Diálogo y buenas prácticas"), "dialogo", "/dialogo/"),
    "events": (_("Agenda"), "agenda", "/agenda/"),
    "offers": (_("Negocios"), "negocios", "/negocios/"),
    "pages": (_("Historias y otras páginas"), "paginas", "/"),
}
_OF_RECORDS = ("cities", "agreements")


@dataclass(frozen=True, slots=True)
class Hit:
    """Something found, in the reader's language where it is told in it; `lang` and `note_lang` name the other one."""

    title: str
    path: str  # from the root, without language
    lang: str = ""
    note: str = ""
    note_lang: str = ""
    drawing: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """What was found of a kind; `more` leads to all of it where not all is shown."""

    kind: str
    count: int
    hits: tuple[Hit, ...]
    more: str = ""  # a path and its query, without language

    @property
    def label(self) -> str:
        """Return what this kind is called."""
        return str(KINDS[self.kind][0])

    @property
    def word(self) -> str:
        """Return what addresses call this kind."""
        return KINDS[self.kind][1]


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found for some words."""

    groups: tuple[Group, ...]

    @property
    def count(self) -> int:
        """Return how many there are of every kind."""
        return sum(group.count for group in self.groups)


def found(text: str, *, today: dt.date, language: str, kind: str = "", number: int = 1) -> Answer:
    """Search everything the public may see; with a kind, a page of that one whole."""
    if len(fold(text)) < _SHORTEST:
        return Answer(())
    index = _index().current()
    if kind:
        return Answer(_own(index, text, language, kinds=(kind,), part=((number - 1) * PAGE, PAGE)))
    own = {group.kind: group for group in _own(index, text, language, kinds=_OWN, part=(0, FEW))}
    is_known = are_known(index, text)
    for records in (_cities(text, language, is_known=is_known), _agreements(text, today, language)):
        own[records.kind] = records
    return Answer(tuple(own[kind] for kind in KINDS if kind in own and own[kind].count))


def _index() -> MuseumIndex:
    return _OF_STANDBY if reads_standby() else INDEX


def everything(*, language: str) -> tuple[Group, ...]:
    """Count all that can be searched, kind by kind."""
    index, totals = _index().current(), read.totals()
    counts = {**_counted(index, Query.all_query()), "agreements": totals["agreements"]}
    counts["cities"] = read.place_count("agreements")
    return tuple(Group(kind, counts[kind], (), KINDS[kind][2]) for kind in KINDS if counts.get(kind))


_OWN = tuple(kind for kind in KINDS if kind not in _OF_RECORDS)


def _own(
    index: Standing, text: str, language: str, *, kinds: tuple[str, ...], part: tuple[int, int]
) -> tuple[Group, ...]:
    first, most = part
    every = [(Occur.Must, part) for part in words_asked(index, text)]
    counts = _counted(index, Query.boolean_query(every))
    better = [(Occur.Should, Query.boost_query(part, 4.0)) for part in words_asked(index, text, field="title")]
    exact = [(Occur.Should, Query.boost_query(any_of(index, field="names", values=[fold(text)]), 40.0))]
    groups = []
    for kind in kinds:
        if count := counts.get(kind, 0):
            query = Query.boolean_query(
                [*every, (Occur.Must, any_of(index, field="kind", values=[kind])), *better, *exact]
            )
            hits = tuple(_hit(one, language) for one in _best(index, query)[first : first + most])
            more = "" if count <= most else f"/buscar/?{urlencode({'q': text, 'clase': KINDS[kind][1]})}"
            groups.append(Group(kind, count, hits, more))
    return tuple(groups)


def _counted(index: Standing, query: Query) -> dict[str, int]:
    asked = {"kind": {"terms": {"field": "kind", "size": len(KINDS)}}}
    buckets = index.searcher.aggregate(query, asked)["kind"]["buckets"]
    return {str(bucket["key"]): int(bucket["doc_count"]) for bucket in buckets}


def _best(index: Standing, query: Query) -> list[Told]:
    """Return what matches, the best first; what is as good, by its address."""
    hits = index.searcher.search(query, limit=_MOST, count=False).hits
    told = index.told_at([address for _score, address in hits])
    ranked = sorted(zip(hits, told, strict=True), key=lambda hit: (-round(hit[0][0], 3), hit[1].path))
    return [one for _hit, one in ranked]


def _hit(one: Told, language: str) -> Hit:
    title, lang = _said(one.titles, language)
    note, note_lang = _said(one.notes, language)
    return Hit(title, one.path, lang, note, note_lang, one.drawing)


def _said(both: tuple[str, str], language: str) -> tuple[str, str]:
    """Return a text in the reader's language, or the other with its mark."""
    spanish, english = both
    own, other = (english, spanish) if language == "en" else (spanish, english)
    return (own, "") if own or not other else (other, "es" if language == "en" else "en")


# ── records, by the registry's own search ────────────────────────────────────────────────────────────────────────────


def _cities(text: str, language: str, *, is_known: bool) -> Group:
    # What is a word of the museum is no slip for the name of a city: «basura» is not Basora.
    search = read.places_called if is_known else read.places
    lines = search(text, language=language, limit=read.MOST_FOUND)
    hits = tuple(
        Hit(
            title=line.name,
            path=f"/ciudades/{line.slug}/",
            note=line.distinction,
            drawing=f"/ciudades/{line.slug}/roseta.svg" if line.agreement_count or line.tie_count else "",
        )
        for line in lines[:FEW]
    )
    return Group("cities", len(lines), hits, _more("/ciudades/", text, len(lines)))


def _agreements(text: str, today: dt.date, language: str) -> Group:
    if not words(text):
        return Group("agreements", 0, ())
    page = read.agreements(Filters(q=text), today=today, language=language, limit=FEW, with_facets=False)
    hits = tuple(
        Hit(
            title=line.title,
            path=f"/acuerdos/{line.slug}/",
            note=" · ".join(filter(None, (read.word("kind", line.kind), read.written_date(line.signed_on or "")))),
        )
        for line in page.items
    )
    return Group("agreements", page.count, hits, _more("/acuerdos/", text, page.count))


def _more(path: str, text: str, count: int) -> str:
    return f"{path}?{urlencode({'q': text})}" if count > FEW else ""
