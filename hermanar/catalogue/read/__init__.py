"""Everything the public may know, read for the doors."""

from hermanar.catalogue.read.agreements import LARGEST_PAGE, agreement_lines, agreements
from hermanar.catalogue.read.labels import FACET_LABELS, continent_of, country_name, labels_of, word, written_date
from hermanar.catalogue.read.rows import ROW_FIELDS, agreement_rows, row_headings
from hermanar.catalogue.read.sheet import agreement
from hermanar.catalogue.read.statistics import state, statistics

__all__ = [
    "FACET_LABELS",
    "LARGEST_PAGE",
    "ROW_FIELDS",
    "agreement",
    "agreement_lines",
    "agreement_rows",
    "agreements",
    "continent_of",
    "country_name",
    "labels_of",
    "row_headings",
    "state",
    "statistics",
    "word",
    "written_date",
]
