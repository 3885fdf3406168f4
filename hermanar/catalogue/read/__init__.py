"""Everything the public may know, read for the doors."""

from hermanar.catalogue.read.agreements import LARGEST_PAGE, agreement_lines, agreements
from hermanar.catalogue.read.changes import CaptureChange, capture_changes
from hermanar.catalogue.read.figures import Topic, captures, figures, figures_by_topic, totals
from hermanar.catalogue.read.labels import FACET_LABELS, continent_of, country_name, labels_of, word, written_date
from hermanar.catalogue.read.places import (
    cities_most_reported,
    cities_with_agreements,
    comparison,
    find_place,
    place,
    places,
)
from hermanar.catalogue.read.rows import ROW_FIELDS, agreement_rows, row_headings
from hermanar.catalogue.read.sheet import agreement
from hermanar.catalogue.read.statistics import revisions, state, statistic_lines, statistics
from hermanar.catalogue.read.world import WorldTies, world_ties

__all__ = [
    "FACET_LABELS",
    "LARGEST_PAGE",
    "ROW_FIELDS",
    "CaptureChange",
    "Topic",
    "WorldTies",
    "agreement",
    "agreement_lines",
    "agreement_rows",
    "agreements",
    "capture_changes",
    "captures",
    "cities_most_reported",
    "cities_with_agreements",
    "comparison",
    "continent_of",
    "country_name",
    "figures",
    "figures_by_topic",
    "find_place",
    "labels_of",
    "place",
    "places",
    "revisions",
    "row_headings",
    "state",
    "statistic_lines",
    "statistics",
    "totals",
    "word",
    "world_ties",
    "written_date",
]
