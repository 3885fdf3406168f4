"""A city's own file of agreements enters the registry: looked at first, all or nothing, duplicates proposed."""

from __future__ import annotations

import contextlib
import datetime as dt
import gc
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from hermanar.agreements.actions.drafts import AgreementDraft
from hermanar.agreements.actions.importing import reading as at
from hermanar.agreements.actions.importing.drafting import Drafter, SourceFile, add_counterpart
from hermanar.agreements.actions.importing.planning import (
    ImportPlan,
    PlannedRow,
    ProbableDuplicate,
    Step,
    ends_of,
    plan_import,
    silent,
)
from hermanar.agreements.actions.recording import Recorded, record_past_agreements
from hermanar.agreements.queries import AGREEMENT_INDEX
from hermanar.directory.actions.adding import PLACES
from hermanar.foundation import trail
from hermanar.foundation.access import Actor, Verb, require
from hermanar.foundation.tables import RefusedTableError, Table

__all__ = [
    "ImportPlan",
    "ImportResult",
    "PlannedRow",
    "ProbableDuplicate",
    "SourceFile",
    "import_agreements",
    "plan_import",
]


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What an import did."""

    plan: ImportPlan
    recorded: Recorded


@transaction.atomic
def import_agreements(
    table: Table,
    *,
    by: Actor,
    source: SourceFile,
    today: dt.date,
    published_at: dt.datetime | None,
    step: Step = silent,
) -> ImportResult:
    """Enter the new agreements of a file, all or nothing; probable duplicates are left out and told.

    What a row cites becomes the source of what it says, the file where it cites nothing; the same file entered again
    changes nothing. Raises NotAllowedError, ValueError for a moment of publication to come, and RefusedTableError with
    every fault.
    """
    require(by, Verb.RECORD_AGREEMENT)
    trail.hold(AGREEMENT_INDEX, PLACES)
    with _collector_paused():
        return _entered(table, by=by, source=source, today=today, published_at=published_at, step=step)


@contextlib.contextmanager
def _collector_paused() -> Iterator[None]:
    """Leave millions of small rows, none in a cycle, alone: looking through them took a quarter of an import."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _entered(
    table: Table, *, by: Actor, source: SourceFile, today: dt.date, published_at: dt.datetime | None, step: Step
) -> ImportResult:
    plan = plan_import(table, source=source, today=today, step=step)
    if plan.faults:
        raise RefusedTableError(plan.faults)
    if plan.rows:
        source.keep()
        source.keep_cited(row.values[at.SOURCE] for row in plan.rows)
    added = _add_places(plan, by=by, source=source)
    recorded = record_past_agreements(
        _drafts(plan, added, source, step), by=by, published_at=published_at, code="agreement.imported"
    )
    return ImportResult(plan, recorded)


def _add_places(plan: ImportPlan, *, by: Actor, source: SourceFile) -> dict[tuple[str, str, str], UUID]:
    """Add the counterparts that the directory lacks, each where the first row that names it says."""
    if not plan.added:
        return {}
    require(by, Verb.ADD_PLACE)
    positions = {
        ends_of(row.values)[1]: (row.values[at.LATITUDE], row.values[at.LONGITUDE]) for row in reversed(plan.rows)
    }
    # A row that was left out as a duplicate adds no place.
    return {
        words: add_counterpart(one, source=source, by=by, position=positions[words])
        for one in plan.added
        if (words := (one.city, one.region, one.country)) in positions
    }


def _drafts(
    plan: ImportPlan, added: dict[tuple[str, str, str], UUID], source: SourceFile, step: Step
) -> Iterator[AgreementDraft]:
    drafter = Drafter(source, plan.table.sheet)
    for done, row in enumerate(plan.rows):
        if not done % 1000:
            step("write", done)
        other = row.other.place or added[ends_of(row.values)[1]]
        yield drafter.draft(row.number, row.values, one=row.one, other=row.other, counterpart=other)
