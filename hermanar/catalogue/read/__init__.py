"""Everything the public may know, read for the doors."""

from hermanar.catalogue.read.agreements import LARGEST_PAGE, agreement_lines, agreements
from hermanar.catalogue.read.changes import CaptureChange, ChangeRow, capture_changes, change_count, change_rows
from hermanar.catalogue.read.city import MOST_READ, comparison, place
from hermanar.catalogue.read.figures import Topic, captures, figures, figures_by_topic
from hermanar.catalogue.read.finding import Meant, meant, places, places_called
from hermanar.catalogue.read.kept import revisions
from hermanar.catalogue.read.labels import (
    FACET_LABELS,
    continent_of,
    country_name,
    labels_of,
    said_in_words,
    word,
    written_date,
)
from hermanar.catalogue.read.ledger import amount_said, drawn, ledger_sheet, sides_said
from hermanar.catalogue.read.named import named_records, suggested
from hermanar.catalogue.read.places import (
    MOST_FOUND,
    cities_most_reported,
    cities_with_agreements,
    find_place,
    place_count,
    place_page,
)
from hermanar.catalogue.read.rooms import MOST_LINES, ends_of, hosts, lines_at, room, seen, sources
from hermanar.catalogue.read.rows import ROW_FIELDS, agreement_csv_rows, agreement_rows, in_words, row_headings
from hermanar.catalogue.read.sheet import agreement
from hermanar.catalogue.read.statistics import state, statistic_lines, statistics
from hermanar.catalogue.read.tallies import count, totals
from hermanar.catalogue.read.terms import term_said
from hermanar.catalogue.read.verification import chain_heads, checkpoint, verification
from hermanar.catalogue.read.world import MOST_DRAWN, WorldTies, world_ties

__all__ = [
    "FACET_LABELS",
    "LARGEST_PAGE",
    "MOST_DRAWN",
    "MOST_FOUND",
    "MOST_LINES",
    "MOST_READ",
    "ROW_FIELDS",
    "CaptureChange",
    "ChangeRow",
    "Meant",
    "Topic",
    "WorldTies",
    "agreement",
    "agreement_csv_rows",
    "agreement_lines",
    "agreement_rows",
    "agreements",
    "amount_said",
    "capture_changes",
    "captures",
    "chain_heads",
    "change_count",
    "change_rows",
    "checkpoint",
    "cities_most_reported",
    "cities_with_agreements",
    "comparison",
    "continent_of",
    "count",
    "country_name",
    "drawn",
    "ends_of",
    "figures",
    "figures_by_topic",
    "find_place",
    "hosts",
    "in_words",
    "labels_of",
    "ledger_sheet",
    "lines_at",
    "meant",
    "named_records",
    "place",
    "place_count",
    "place_page",
    "places",
    "places_called",
    "revisions",
    "room",
    "row_headings",
    "said_in_words",
    "seen",
    "sides_said",
    "sources",
    "state",
    "statistic_lines",
    "statistics",
    "suggested",
    "term_said",
    "totals",
    "verification",
    "word",
    "world_ties",
    "written_date",
]
