"""What was corrected in a past agreement: when, by whom, on which paper, and what it said before."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from hermanar.agreements.models import Agreement, AgreementVersion
from hermanar.workspace.forms.past import CorrectForm
from hermanar.workspace.forms.sending import said_in


@dataclass(frozen=True, slots=True)
class Corrected:
    """One field of a correction, in words."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Correction:
    """A correction as the history of a file tells it."""

    at: dt.datetime
    by: Any
    paper: str
    fields: tuple[Corrected, ...]


def corrections_of(kept: Agreement) -> list[Correction]:
    """Return the corrections of a file, the first one first."""
    versions = kept.versions.select_related("by_user").order_by("number")
    return [_correction(was, now) for was, now in pairwise(versions) if "paper" in now.values]


def _correction(was: AgreementVersion, now: AgreementVersion) -> Correction:
    before, after = CorrectForm(initial=was.values), CorrectForm(initial=now.values)
    names = [name for name in after.fields if was.values.get(name) != now.values.get(name)]
    told = tuple(
        Corrected(str(after.fields[name].label), said_in(before, name), said_in(after, name)) for name in names
    )
    return Correction(now.at, now.by_user, now.values["paper"], told)
