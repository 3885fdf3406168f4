"""Activities as lines of a list, as a table that is taken away, and as they were told before."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import F, QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hermanar.agreements.models import Agreement
from hermanar.agreements.vocabulary import Stage
from hermanar.catalogue.read.locators import locator
from hermanar.cooperation.models import Activity
from hermanar.cooperation.queries import of_office
from hermanar.cooperation.vocabulary import ActivityKind, Direction, Precision
from hermanar.foundation.access import Actor, Verb, can_in
from hermanar.foundation.tables import Column
from hermanar.foundation.words import fold
from hermanar.observatory.queries import lives
from hermanar.offices.models import Office
from hermanar.ui.templatetags.ui import long_date
from hermanar.workspace.countries import country_names
from hermanar.workspace.due import reason_of
from hermanar.workspace.forms.activities import tie_of

STATES = ("standing", "public", "withdrawn")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the list is narrowed to."""

    tie: str = ""
    kind: str = ""
    year: str = ""
    state: str = ""
    text: str = ""

    def __bool__(self) -> bool:
        return bool(self.tie or self.kind or self.year or self.state or self.text)


def filters_of(asked: Mapping[str, str]) -> Wanted:
    """Return the filters of an address; what is none of ours narrows nothing."""
    tie, year = asked.get("expediente", ""), asked.get("ano", "")
    kind, state = asked.get("clase", ""), asked.get("estado", "")
    try:
        UUID(tie)
    except ValueError:
        tie = ""
    return Wanted(
        tie=tie,
        kind=kind if kind in ActivityKind.values else "",
        year=year if year.isascii() and year.isdigit() and len(year) == 4 and int(year) else "",  # noqa: PLR2004
        state=state if state in STATES else "",
        text=asked.get("q", "").replace("\x00", "").strip()[:120],
    )


def found_activities(office: Office, wanted: Wanted) -> QuerySet[Activity]:
    """Return what was done under the agreements of an office and is wanted, the newest first, undated ones last."""
    found = of_office(office.pk)
    if wanted.tie:
        found = found.filter(agreement=UUID(wanted.tie))
    if wanted.kind:
        found = found.filter(kind=wanted.kind)
    if wanted.year:
        found = found.filter(started_on__lte=f"{wanted.year}-12-31", ended_on__gte=f"{wanted.year}-01-01")
    if wanted.state:
        found = found.filter(withdrawn_at__isnull=wanted.state != "withdrawn")
    if wanted.state == "standing":  # «cuentan»: what is the same as another counts once
        found = found.filter(same_as__isnull=True)
    if wanted.state == "public":
        found = found.filter(published_at__isnull=False)
    return _in_order(_saying(found, wanted.text))


def _saying(found: QuerySet[Activity], text: str) -> QuerySet[Activity]:
    """Narrow by words without case and accents: one database would tell them apart and the other not."""
    words = fold(text).split()
    if not words:
        return found
    told = found.order_by().values_list("pk", "description_es", "description_en", "place")
    return found.filter(pk__in=[key for key, *said in told if all(word in fold(" ".join(said)) for word in words)])


def _in_order(found: QuerySet[Activity]) -> QuerySet[Activity]:
    related = found.select_related("agreement__office", "source", "office", "recorded_by")
    return related.prefetch_related("agreement__parties__place__country").order_by(
        F("ended_on").desc(nulls_last=True), "pk"
    )


_MOST_ON_A_FILE = 5


def done_in(kept: Agreement, *, actor: Actor, today: dt.date) -> dict[str, Any]:
    """Gather what the page of a file shows of its tie's life."""
    found = of_office(kept.office_id).filter(agreement=kept, withdrawn_at__isnull=True, same_as__isnull=True)
    rows = _in_order(found)
    [life] = lives([kept], today=today)
    may = can_in(actor, Verb.NOTE_ACTIVITY, office=kept.office_id) and kept.stage != Stage.ABANDONED
    return {
        "life": life,
        "life_reason": reason_of(life),
        "done": list(lines_of(rows[:_MOST_ON_A_FILE])),
        "done_count": found.count(),
        "may_note": may,
    }


@dataclass(frozen=True, slots=True)
class ActivityLine:
    """An activity as a list shows it."""

    activity: Activity
    tie: str
    people: tuple[tuple[str, int], ...]  # country, number

    @property
    def days(self) -> str:
        """Return the days in words, as far as they are known."""
        first, last = str(self.activity.start), str(self.activity.end)
        if not first:
            return _("sin fecha")
        return long_date(first) if first == last else f"{long_date(first)} – {long_date(last)}"

    @property
    def description(self) -> str:
        """Return what was done, in the reader's language where it is told in it."""
        is_english = (get_language() or "").startswith("en") and self.activity.description_en
        return self.activity.description_en if is_english else self.activity.description_es

    @property
    def told_by(self) -> str:
        """Return who says so."""
        one = self.activity
        language = "en" if (get_language() or "").startswith("en") else "es"
        title = (language == "en" and one.source.title_en) or one.source.title_es
        return ", ".join(part for part in (title, locator(one.passage, language)) if part)

    @property
    def state(self) -> str:
        """Return how it stands, in a word."""
        one = self.activity
        if one.withdrawn_at:
            return _("retirada")
        if one.office_id is None:
            return _("de una fuente")
        if one.same_as_id:
            return _("la misma que otra")
        return _("pública") if one.published_at else _("solo en la oficina")

    @property
    def people_said(self) -> str:
        """Return who took part, in words."""
        return ", ".join(f"{country}: {count}" for country, count in self.people)


def lines_of(found: Iterable[Activity]) -> Iterator[ActivityLine]:
    """Yield activities as lines."""
    kept = list(found)
    codes = {code for one in kept for code in one.participants}
    names = country_names(codes)
    for one in kept:
        own = one.agreement.office.place_id if one.agreement.office else None
        people = tuple((names.get(code, code), count) for code, count in one.participants.items())
        yield ActivityLine(one, tie_of(one.agreement, own=own), people)


def columns() -> tuple[Column, ...]:
    """Return the columns of the list as a table, in the reader's language."""
    return (
        Column(_("expediente"), lambda line: line.activity.agreement.number),
        Column(_("con"), lambda line: line.tie),
        Column(_("inicio"), lambda line: str(line.activity.start)),
        Column(_("fin"), lambda line: str(line.activity.end)),
        Column(_("clase"), lambda line: str(line.activity.get_kind_display())),
        Column(_("dirección"), lambda line: str(line.activity.get_direction_display())),
        Column(_("lugar"), lambda line: line.activity.place),
        Column(_("descripción"), lambda line: line.activity.description_es),
        Column(_("descripción en inglés"), lambda line: line.activity.description_en),
        Column(_("personas"), lambda line: line.activity.people_count if line.people else None),
        Column(_("personas por país"), lambda line: line.people_said),
        Column(_("prensa"), lambda line: " ".join(line.activity.press)),
        Column(_("fuente"), lambda line: line.told_by),
        Column(_("estado"), lambda line: line.state),
    )


def history_of(kept: Activity) -> list[dict[str, Any]]:
    """Return each version of an activity with what changed in it, the newest first."""
    found: list[dict[str, Any]] = []
    before: dict[str, Any] = {}
    for one in kept.versions.select_related("by_user"):
        found.append({"version": one, "changed": changes_of(before, one.values) if found else []})
        before = one.values
    return found[::-1]


def changes_of(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[dict[str, str]]:
    """Return what one version says otherwise than another, in words."""
    return [
        {"name": name, "label": label, "before": _said(name, before.get(name)), "now": _said(name, after.get(name))}
        for name, label in _labels().items()
        if before.get(name) != after.get(name)
    ]


def _labels() -> dict[str, str]:
    return {
        "kind": _("qué fue"),
        "started_on": _("primer día"),
        "ended_on": _("último día"),
        "precision": _("cuánto se sabe de la fecha"),
        "description_es": _("qué se hizo"),
        "description_en": _("qué se hizo, en inglés"),
        "place": _("dónde"),
        "direction": _("dirección"),
        "participants": _("personas"),
        "press": _("notas de prensa"),
        "files": _("fotografías y documentos"),
        "same_as": _("la misma que otra"),
        "is_published": _("la ve el público"),
        "is_shared": _("la ve la contraparte"),
        "withdrawn": _("razón del retiro"),
    }


_WORDS = {
    "kind": dict(ActivityKind.choices),
    "direction": dict(Direction.choices),
    "precision": dict(Precision.choices),
}


def _said(name: str, value: Any) -> str:
    if value in (None, "", [], {}):
        return "—"
    if name == "same_as" or isinstance(value, bool):
        return _("sí") if value else _("no")
    return _said_of_value(name, value)


def _said_of_value(name: str, value: Any) -> str:
    if name in _WORDS:
        return str(_WORDS[name].get(value, value))
    if name in {"started_on", "ended_on"}:
        return long_date(value)
    if name == "files":
        return ", ".join(one["alternative"] or one["name"] for one in value)
    if isinstance(value, dict):
        return ", ".join(f"{code}: {count}" for code, count in value.items())
    return ", ".join(value) if isinstance(value, list) else str(value)
