"""What cooperation allows and what it adds up to: pure functions on plain values, the day as an argument."""

from hermanar.cooperation.rules.activities import (
    MOST_DOCUMENTS,
    MOST_PEOPLE,
    MOST_PHOTOGRAPHS,
    ActivityRefusedError,
    EntryFacts,
    NotYetDoneError,
    check_has_begun,
    common_precision,
    evidence_until,
    faults_of,
    is_newest_evidence,
    overlaps,
)
from hermanar.cooperation.rules.committees import (
    CommitteeRefusedError,
)
from hermanar.cooperation.rules.currencies import (
    circulated_in,
    currency_refusal,
    known_currencies,
    plain_amount,
    span_of,
)
from hermanar.cooperation.rules.gifts import (
    NOTHING_MORE,
    GiftFacts,
    GiftRefusedError,
    PlaceFacts,
    Shown,
    refused_gift,
    refused_place,
    refused_to_publish,
)
from hermanar.cooperation.rules.guests import (
    GuestRefusedError,
    check_open,
    check_return,
    check_word,
    likeness,
    likest_first,
)
from hermanar.cooperation.rules.ledger import (
    Amount,
    Cell,
    Entry,
    Ledger,
    balance,
    entry_of_activity,
    entry_of_gift,
    ledger_of,
    seen_from_other_side,
)
from hermanar.cooperation.rules.plans import (
    PlanRefusedError,
)
from hermanar.cooperation.rules.projects import (
    ProjectRefusedError,
)

__all__ = [
    "MOST_DOCUMENTS",
    "MOST_PEOPLE",
    "MOST_PHOTOGRAPHS",
    "NOTHING_MORE",
    "ActivityRefusedError",
    "Amount",
    "Cell",
    "CommitteeRefusedError",
    "Entry",
    "EntryFacts",
    "GiftFacts",
    "GiftRefusedError",
    "GuestRefusedError",
    "Ledger",
    "NotYetDoneError",
    "PlaceFacts",
    "PlanRefusedError",
    "ProjectRefusedError",
    "Shown",
    "balance",
    "check_has_begun",
    "check_open",
    "check_return",
    "check_word",
    "circulated_in",
    "common_precision",
    "currency_refusal",
    "entry_of_activity",
    "entry_of_gift",
    "evidence_until",
    "faults_of",
    "is_newest_evidence",
    "known_currencies",
    "ledger_of",
    "likeness",
    "likest_first",
    "overlaps",
    "plain_amount",
    "refused_gift",
    "refused_place",
    "refused_to_publish",
    "seen_from_other_side",
    "span_of",
]
