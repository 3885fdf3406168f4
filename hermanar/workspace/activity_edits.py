"""Two people mend one activity: the other's changes are taken over, what this one typed is kept, and both are told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from hermanar.cooperation.models import Activity, ActivityFile
from hermanar.cooperation.queries import ENTERED_COLUMNS, activity_content
from hermanar.foundation.calendar import Precision
from hermanar.workspace.activities import changes_of
from hermanar.workspace.countries import country_names
from hermanar.workspace.forms.activities import OTHER_DAY, PEOPLES, ActivityForm
from hermanar.workspace.forms.sending import typed

_WHEN = ("on", "from_on", "until_on", "known")
_PEOPLE = tuple(f"{name}_{number}" for number in range(1, PEOPLES + 1) for name in ("country", "people"))
# What a version keeps -> the fields of the form that say it together.
_FIELDS_OF = {
    **{name: (name,) for name in ("kind", "direction", "description_es", "description_en", "place", "press")},
    **dict.fromkeys(("started_on", "ended_on", "precision"), _WHEN),
    "participants": _PEOPLE,
}
_WORDS = ("alternative", "author", "rights")


@dataclass(frozen=True, slots=True)
class Merged:
    """What a stale form says over the version that stands now."""

    now: Activity
    data: QueryDict
    lines: tuple[dict[str, Any], ...]  # what was changed meanwhile
    is_told: bool  # the activity already says all of it: the button was pressed twice


def written(one: Activity) -> dict[str, Any]:
    """Return an activity as its form writes it."""
    values: dict[str, Any] = {
        name: getattr(one, name) for name in ("kind", "direction", "description_es", "description_en", "place")
    }
    values |= {"press": "\n".join(one.press), "on": OTHER_DAY}
    if one.precision == Precision.DAY:
        values |= {"from_on": one.started_on, "until_on": one.ended_on}
    else:
        values["known"] = str(one.start)
    names = country_names(one.participants)
    for number, (code, count) in enumerate(one.participants.items(), start=1):
        values |= {f"country_{number}": names.get(code, code), f"people_{number}": count}
    return values


def taken_over(form: ActivityForm, now: Activity) -> Merged:
    """Put the other's changes where this person had changed nothing; where both did, keep what was typed."""
    read = now.versions.filter(number__lte=form.cleaned_data["version"] or 0).order_by("-number").first()
    told = activity_content(now)
    base: Mapping[str, Any] = read.values if read else told
    data, own = typed(form), set()
    before, after = _as_typed(base), _as_typed(told)
    for name, fields in _FIELDS_OF.items():
        mine = [_plain(data.get(field, before[field])) for field in fields]
        if mine == [before[field] for field in fields]:
            for field in fields:
                data[field] = after[field]
        elif mine != [after[field] for field in fields]:
            own.add(name)
    photographs = now.files.filter(removed_at__isnull=True, is_photograph=True)
    own |= {"files" for one in photographs if _take_words(data, one, base)}
    data["version"] = str(now.version)
    lines = tuple({**line, "typed_is_kept": line["name"] in own} for line in changes_of(base, told))
    return Merged(now, data, lines, is_told=not own and not _adds(form, now))


def _as_typed(values: Mapping[str, Any]) -> dict[str, str]:
    """Return what a version keeps as the fields of a form bring it; a field that it leaves empty is an empty text."""
    said = {name: values[name] for name in ENTERED_COLUMNS}
    for name in ("started_on", "ended_on"):
        said[name] = dt.date.fromisoformat(said[name]) if said[name] else None
    shown = written(Activity(**said))
    return {field: _plain(shown.get(field)) for fields in _FIELDS_OF.values() for field in fields}


def _plain(value: Any) -> str:
    """Return a value as text; browsers end lines in their own way."""
    return "" if value is None else str(value).replace("\r\n", "\n").strip()


def _take_words(data: QueryDict, one: ActivityFile, base: Mapping[str, Any]) -> bool:
    """Take over what the other says of a photograph; say whether this person says something else of it."""
    was = next((kept for kept in base["files"] if kept["document"] == str(one.document_id)), None)
    is_own = False
    for word in _WORDS:
        field, now = f"told_{word}_{one.pk}", getattr(one, word)
        mine = data.get(field)
        if was is None or mine is None or _plain(mine) == was[word]:
            data[field] = now
        elif _plain(mine) != now:
            is_own = True
    return is_own


def _adds(form: ActivityForm, now: Activity) -> bool:
    """Say whether a form brings a file that does not hang there yet, or takes one out that does."""
    standing = list(now.files.filter(removed_at__isnull=True).select_related("document"))
    hung = {one.document.digest for one in standing}
    sent = [document.digest for slot in form.slots() if (document := form.earlier(slot))]
    return any(digest not in hung for digest in sent) or any(form.data.get(f"remove_{one.pk}") for one in standing)
