"""What an opinion covers: the texts and the particulars that were there when it was asked for (D2.3, D2.4).

The ministry gives its opinion on "the final document negotiated" and sees it a second time after each reformulation
[003:4205-4236]: what changed later it has not seen. The parties are not compared: no verb changes them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from hermanar.agreements.vocabulary.procedure import Covered

_FIELDS = {
    Covered.KIND: ("kind",),
    Covered.AREAS: ("areas",),
    Covered.TERM: ("term_years", "is_open_ended", "is_renewable"),
}


@dataclass(frozen=True, slots=True)
class Particulars:
    """What the record of a file held from a moment on."""

    at: dt.datetime
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Opinion:
    """How the last round of the opinion ended, and what changed since it was asked for."""

    is_favourable: bool = False
    changed: tuple[Covered, ...] = ()

    @property
    def stands(self) -> bool:
        """Say whether it is favourable to what is to be signed, or was signed."""
        return self.is_favourable and not self.changed


def changed_since(
    asked_at: dt.datetime,
    *,
    signed_at: dt.datetime | None,
    drafts: Iterable[dt.datetime],
    particulars: Sequence[Particulars],
) -> tuple[Covered, ...]:
    """Return what is no longer as it was when the opinion was asked for; `drafts`: when each unsigned text came.

    The signature closes the account: a courtesy translation, or a mistake corrected in the record, changes nothing of
    what was signed. The languages alone still count after it, for a signed copy in a further one is a text that the
    ministry has not seen.
    """
    seen = [at for at in drafts if asked_at < at and (signed_at is None or at <= signed_at)]
    before = _as_of(asked_at, particulars)
    now = _as_of(max(asked_at, signed_at), particulars) if signed_at else _last(particulars)
    fields = [what for what, names in _FIELDS.items() if any(_differ(before, now, name) for name in names)]
    languages = [Covered.LANGUAGES] if _differ(before, _last(particulars), "languages") else []
    return (*([Covered.TEXT] if seen else []), *fields, *languages)


def _as_of(moment: dt.datetime, particulars: Sequence[Particulars]) -> Mapping[str, Any]:
    return _last([one for one in particulars if one.at <= moment])


def _last(particulars: Sequence[Particulars]) -> Mapping[str, Any]:
    return particulars[-1].values if particulars else {}


def _differ(before: Mapping[str, Any], now: Mapping[str, Any], name: str) -> bool:
    """Say whether a value changed; where either was not kept, nothing is claimed."""
    return name in before and name in now and _comparable(before[name]) != _comparable(now[name])


def _comparable(value: Any) -> Any:
    return sorted(map(str, value)) if isinstance(value, list) else value
