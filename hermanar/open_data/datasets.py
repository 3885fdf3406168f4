"""The data sets: what each holds, under which licence, in which formats, and how its rows are read."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from hermanar.catalogue import read
from hermanar.catalogue.gifts import WorkLine
from hermanar.catalogue.read import bulk, tallies
from hermanar.catalogue.read.gifts import work_count, work_lines
from hermanar.catalogue.search import Filters
from hermanar.catalogue.sheets import CaptureLine, ComparisonLine, FigureLine, PlaceLine, StatisticLine
from hermanar.foundation.tables import Column

CC_BY_SA = ("CC BY-SA 4.0", "https://creativecommons.org/licenses/by-sa/4.0/")
CC_BY = ("CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/")
FILTER_NAMES = tuple(field.name for field in dataclasses.fields(Filters))
FORMATS = {
    "csv": ("CSV", "text/csv; charset=utf-8"),
    "xlsx": ("XLSX", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "json": ("JSON", "application/json"),
    "jsonld": ("JSON-LD", "application/ld+json"),
    "geojson": ("GeoJSON", "application/geo+json"),
}
_FLAT = ("csv", "xlsx", "json", "jsonld")


@dataclasses.dataclass(frozen=True, slots=True)
class Asked:
    """What a file is made of: the day, the language, the address of this house, and filters where there are some."""

    today: dt.date
    language: str
    base: str
    filters: Filters = dataclasses.field(default_factory=Filters)
    having: str = ""  # only places that have agreements, or ties
    agreement: str = ""  # only what is said of one agreement, by its address
    gift: str = ""  # only works of one kind


@dataclasses.dataclass(frozen=True, slots=True)
class Dataset:
    """One data set; `name` is its file's name without the ending."""

    name: str
    title: Any
    description: Any
    licence: tuple[str, str]
    attribution: str
    rows: Callable[[Asked], Iterator[Any]]
    columns: Callable[[str], list[Column]]
    count: Callable[[], int] | None  # None: what would have to be worked out only to be counted
    formats: tuple[str, ...] = _FLAT
    takes: tuple[str, ...] = ()  # the filters of the search page that its files take


def columns_of(kind: type, language: str, *, leave: Iterable[str] = ()) -> list[Column]:
    """Return the columns of a flat sheet, headed in the language of its field list; after codes their words."""
    out = set(leave)
    columns = []
    for field in dataclasses.fields(kind):
        if field.name in out or not field.metadata:
            continue
        heading = str(field.metadata["en" if language == "en" else "es"])
        columns.append(Column(heading, _getter(field.name)))
        if field.metadata["words"]:
            columns.append(Column(read.in_words(heading, language), _worded(field.name, field.metadata["words"])))
    return columns


def _worded(name: str, vocabulary: str) -> Callable[[Any], Any]:
    return lambda row: read.word(vocabulary, getattr(row, name)) if getattr(row, name) else ""


def _getter(name: str) -> Callable[[Any], Any]:
    def get(row: Any) -> Any:
        value = getattr(row, name)
        if isinstance(value, tuple | list):
            return "; ".join(str(one) for one in value)
        return value

    return get


def _place_columns(language: str) -> list[Column]:
    return columns_of(PlaceLine, language, leave=("found_as",))


def _report_columns(language: str) -> list[Column]:
    return columns_of(bulk.ReportRow, language)


def _activity_columns(language: str) -> list[Column]:
    return columns_of(bulk.ActivityRow, language)


def _statement_columns(language: str) -> list[Column]:
    return columns_of(bulk.StatementRow, language)


def _figure_columns(language: str) -> list[Column]:
    columns = columns_of(FigureLine, language, leave=["source"])
    heading = "source" if language == "en" else "fuente"
    return [*columns, Column(heading, lambda row: row.source.title)]


def _capture_columns(language: str) -> list[Column]:
    columns = columns_of(CaptureLine, language, leave=["source", "covers_domestic"])
    heading = "source" if language == "en" else "fuente"
    return [*columns, Column(heading, lambda row: row.source.title)]


def _change_columns(language: str) -> list[Column]:
    return columns_of(read.ChangeRow, language)


def _places(asked: Asked) -> Iterator[PlaceLine]:
    if asked.filters.q:
        return iter(read.places(asked.filters.q, language=asked.language, limit=read.MOST_FOUND))
    return bulk.linked_places(language=asked.language, having=asked.having)


def _works(asked: Asked) -> Iterator[WorkLine]:
    cities = bulk.place_keys(asked.filters.place, language=asked.language)
    return work_lines(language=asked.language, cities=cities, kind=asked.gift, decades=asked.filters.decade)


def _work_columns(language: str) -> list[Column]:
    return columns_of(WorkLine, language)


def _statistic_columns(language: str) -> list[Column]:
    return columns_of(StatisticLine, language)


def _comparison_columns(language: str) -> list[Column]:
    is_english = language == "en"
    city = Column("city" if is_english else "ciudad", lambda row: row[0].name)
    key = Column("city identifier" if is_english else "identificador de la ciudad", lambda row: row[0].id)
    rest = columns_of(ComparisonLine, language, leave=["reports"])
    captures = Column(
        "captures" if is_english else "capturas", lambda row: "; ".join(sorted({one.capture for one in row[1].reports}))
    )
    return [city, key, *(Column(one.heading, _second(one.value)) for one in rest), captures]


def _second(value: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return lambda row: value(row[1])


def _agreement_columns(language: str) -> list[Column]:
    return [Column(heading, _at(at)) for at, heading in enumerate(read.row_headings(language))]


def _at(position: int) -> Callable[[Any], Any]:
    return lambda row: row[position]


def flat_agreements(asked: Asked) -> Iterator[list[tuple[str, ...]]]:
    """Stream agreements as flat rows, thousands at a time."""
    return read.agreement_rows(asked.filters, today=asked.today, language=asked.language)


def written_agreements(asked: Asked) -> Iterator[list[str]]:
    """Stream the same as the rows of a CSV."""
    return read.agreement_csv_rows(asked.filters, today=asked.today, language=asked.language)


AGREEMENTS = Dataset(
    name="acuerdos",
    title=_("Acuerdos documentados"),
    description=_(
        "Cada hermanamiento o acuerdo que alguna fuente documenta: partes, fecha, régimen, vigencia y vitalidad."
    ),
    licence=CC_BY,
    attribution="Hermanar",
    rows=lambda asked: read.agreement_lines(asked.filters, today=asked.today, language=asked.language),
    columns=_agreement_columns,
    count=lambda: tallies.totals_by_table()["agreements"],
    formats=(*_FLAT, "geojson"),
    takes=FILTER_NAMES,
)
PLACES = Dataset(
    name="lugares",
    title=_("Lugares con acuerdos o lazos"),
    description=_("Las ciudades, municipios y estados que tienen algún acuerdo documentado o algún lazo reportado."),
    licence=CC_BY,
    attribution="INEGI; GeoNames (CC BY 4.0); Natural Earth",
    rows=_places,
    columns=_place_columns,
    count=bulk.linked_place_count,
    formats=(*_FLAT, "geojson"),
    takes=("q", "having"),
)
TIES = Dataset(
    name="lazos-reportados",
    title=_("Lazos reportados por otros"),
    description=_(
        "Cada fila de cada captura: lo que esa fuente dice que existe, nunca un acuerdo. Va aparte por su licencia."
    ),
    licence=CC_BY_SA,
    attribution="Wikipedia (CC BY-SA 4.0), Hekman 2026, TheKompot 2023; GeoNames (CC BY 4.0)",
    rows=lambda asked: bulk.report_rows(language=asked.language, places=asked.filters.place),
    columns=_report_columns,
    count=lambda: tallies.totals_by_table()["ties"],
    formats=(*_FLAT, "geojson"),
    takes=("place",),
)
FIGURES = Dataset(
    name="cifras",
    title=_("Cifras de referencia"),
    description=_("Lo que distintas fuentes dicen que hay, con fecha; se contradicen y se muestran lado a lado."),
    licence=CC_BY,
    attribution="Hermanar",
    rows=lambda asked: iter(read.figures(language=asked.language)),
    columns=_figure_columns,
    count=lambda: tallies.totals_by_table()["figures"],
)
STATEMENTS = Dataset(
    name="declaraciones",
    title=_("Lo que declara cada fuente"),
    description=_("Una fila por fuente y campo de cada acuerdo; las que se contradicen van una junto a otra."),
    licence=CC_BY,
    attribution="Hermanar",
    rows=lambda asked: bulk.statement_rows(language=asked.language, agreement=asked.agreement),
    columns=_statement_columns,
    count=lambda: tallies.totals_by_table()["statements"],
    takes=("agreement",),
)
ACTIVITIES = Dataset(
    name="actividades",
    title=_("Actividades"),
    description=_("Lo que las partes hicieron juntas; solo lo fechado es evidencia de vida."),
    licence=CC_BY,
    attribution="Hermanar",
    rows=lambda asked: bulk.activity_rows(language=asked.language, agreement=asked.agreement),
    columns=_activity_columns,
    count=lambda: tallies.totals_by_table()["activities"],
    takes=("agreement",),
)
COMPARISON = Dataset(
    name="comparacion",
    title=_("Comparación por ciudad"),
    description=_(
        "Por cada ciudad con acuerdos: qué contrapartes están en sus acuerdos, cuáles en las capturas, cuáles en ambos."
    ),
    licence=CC_BY_SA,
    attribution="Wikipedia (CC BY-SA 4.0), Hekman 2026, TheKompot 2023; GeoNames (CC BY 4.0)",
    rows=lambda asked: bulk.comparisons(language=asked.language, places=asked.filters.place),
    columns=_comparison_columns,
    count=None,
    takes=("place",),
)
STATISTICS = Dataset(
    name="estadisticas",
    title=_("Estadísticas de los acuerdos"),
    description=_("Los acuerdos contados por país, estado, década, tipo y demás: los mismos números que las listas."),
    licence=CC_BY,
    attribution="Hermanar",
    rows=lambda asked: read.statistic_lines(asked.filters, today=asked.today, language=asked.language),
    columns=_statistic_columns,
    count=None,
    takes=FILTER_NAMES,
)
CAPTURES = Dataset(
    name="capturas",
    title=_("Capturas"),
    description=_("Cada lista ajena en la fecha en que se tomó: de quién es, qué abarca y cuánto se reconoció."),
    licence=CC_BY,
    attribution="Hermanar",
    rows=lambda asked: iter(read.captures(language=asked.language)),
    columns=_capture_columns,
    count=lambda: len(read.captures(language="es")),
)
CHANGES = Dataset(
    name="cambios",
    title=_("Lo que apareció y lo que desapareció"),
    description=_("Los lazos que una captura trae y la anterior de la misma fuente no traía, y los que dejó de traer."),
    licence=CC_BY_SA,
    attribution="Wikipedia (CC BY-SA 4.0), Hekman 2026, TheKompot 2023",
    rows=lambda asked: read.change_rows(language=asked.language),
    columns=_change_columns,
    count=read.change_count,
)
COLLECTION = Dataset(
    name="coleccion",
    title=_("Obras de la colección"),
    description=_("Los regalos que una oficina publicó y las donaciones que una fuente documenta, con su procedencia."),
    licence=CC_BY,
    attribution="Hermanar",
    rows=_works,
    columns=_work_columns,
    count=work_count,
    takes=("place", "decade", "gift"),
)
DATASETS = (
    AGREEMENTS, STATISTICS, STATEMENTS, PLACES, TIES, FIGURES, ACTIVITIES, COLLECTION, COMPARISON, CAPTURES, CHANGES,
)  # fmt: skip
BY_NAME = {one.name: one for one in DATASETS}
