"""A gift as a line of the office's list, on the page and in the tables; and what was changed in one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from hermanar.agreements.models import Agreement
from hermanar.cooperation.models import Gift, Whereabouts
from hermanar.cooperation.queries import gifts_of, standing_gifts
from hermanar.cooperation.queries.contents import TOLD
from hermanar.cooperation.vocabulary import GiftKind, GiftSide, Keeping, Purpose
from hermanar.foundation.tables import Column
from hermanar.foundation.words import fold
from hermanar.offices.models import Office
from hermanar.ui.templatetags.ui import long_date
from hermanar.workspace.forms.gifts import GiftForm
from hermanar.workspace.lines import counterpart_of


@dataclass(frozen=True, slots=True)
class WantedGifts:
    """What the list is narrowed to."""

    text: str = ""
    side: str = ""
    kind: str = ""
    sort: str = ""  # regalo, donacion
    tie: str = ""
    is_withdrawn: bool = False

    def __bool__(self) -> bool:
        return bool(self.text or self.side or self.kind or self.sort or self.tie or self.is_withdrawn)


@dataclass(frozen=True, slots=True)
class GiftRow:
    """A gift in the list."""

    gift: Gift
    counterpart: str
    where: Whereabouts

    @property
    def sort(self) -> str:
        """Return whether it is a donation, in words."""
        return _("donación") if self.gift.is_donation else _("regalo")

    @property
    def side(self) -> str:
        """Return which way it went, in one word."""
        return _("llegó") if self.gift.side == GiftSide.RECEIVED else _("salió")

    @property
    def kept(self) -> str:
        """Return where it is, in words."""
        return self.where.place or str(Keeping(self.where.state).label)

    @property
    def value(self) -> str:
        """Return the value with its currency, or nothing."""
        gift = self.gift
        return "" if gift.value is None else f"{gift.value:,.2f}\N{NO-BREAK SPACE}{gift.currency}"


def found_gifts(office: Office, wanted: WantedGifts) -> list[GiftRow]:
    """Return the gifts of an office that are wanted, the newest first."""
    found = gifts_of(office.pk).filter(withdrawn_at__isnull=False) if wanted.is_withdrawn else standing_gifts(office.pk)
    exact = {"side": wanted.side, "kind": wanted.kind, "agreement": wanted.tie}
    found = found.filter(**{name: value for name, value in exact.items() if value})
    if wanted.sort:
        found = found.filter(is_donation=wanted.sort == "donacion")
    places = Prefetch("whereabouts", Whereabouts.objects.order_by("-number"))
    rows = [row_of(one) for one in found.prefetch_related(places, "agreement__parties__place")]
    words = fold(wanted.text).split()
    return [row for row in rows if all(word in _said_of(row) for word in words)]


def _said_of(row: GiftRow) -> str:
    """Return what a search looks at, without case and accents: one database would tell them apart and not the other."""
    gift = row.gift
    told = (gift.title_es, gift.title_en, gift.giver, gift.receiver, gift.story_es, gift.agreement.title_es)
    return fold(" ".join([*told, row.counterpart, row.kept]))


def row_of(gift: Gift) -> GiftRow:
    """Return a gift as a line."""
    where = max(gift.whereabouts.all(), key=lambda one: one.number)
    return GiftRow(gift, counterpart_of(gift.agreement), where)


def columns() -> tuple[Column, ...]:
    """Return the columns of the list as a table, in the reader's language."""
    return (
        Column(_("qué es"), lambda row: row.gift.title_es),
        Column(_("regalo o donación"), lambda row: row.sort),
        Column(_("llegó o salió"), lambda row: row.side),
        Column(_("clase"), lambda row: str(GiftKind(row.gift.kind).label)),
        Column(_("propósito"), lambda row: str(Purpose(row.gift.purpose).label) if row.gift.purpose else ""),
        Column(_("acuerdo"), lambda row: row.gift.agreement.number),
        Column(_("contraparte"), lambda row: row.counterpart),
        Column(_("cuándo"), lambda row: str(row.gift.given)),
        Column(_("quién lo dio"), lambda row: row.gift.giver),
        Column(_("quién lo recibió"), lambda row: row.gift.receiver),
        Column(_("valor"), lambda row: "" if row.gift.value is None else f"{row.gift.value:.2f}"),
        Column(_("moneda"), lambda row: row.gift.currency),
        Column(_("dónde está"), lambda row: row.kept),
        Column(_("desde cuándo"), lambda row: str(row.where.since)),
        Column(_("cómo se sabe"), lambda row: row.gift.source),
        Column(_("historia"), lambda row: row.gift.story_es),
        Column(_("público"), lambda row: _("sí") if row.gift.published_at else _("no")),
        Column(_("motivo del retiro"), lambda row: row.gift.withdrawal_reason),
    )


# ── what was changed ─────────────────────────────────────────────────────────────────────────────────────────────────


def written(values: Mapping[str, Any]) -> dict[str, str]:
    """Return what a version keeps as a form writes it; the photograph itself is not among it."""
    found = {name: "" if values[name] is None else values[name] for name in (*TOLD, "agreement", "on", "value")}
    found["documented_as"] = values["documented_as"] or ""
    return {name: ("on" if value else "") if isinstance(value, bool) else str(value) for name, value in found.items()}


def changes(before: Mapping[str, Any], after: Mapping[str, Any], *, titles: Mapping[str, str]) -> list[dict[str, str]]:
    """Return what a version says otherwise than the one before it, field by field."""
    old, new = written(before), written(after)
    found = [
        {"label": label_of(name), "before": said(name, old[name], titles), "now": said(name, new[name], titles)}
        for name in old
        if old[name] != new[name]
    ]
    if before["photograph"] != after["photograph"]:
        told = {None: _("ninguna")}
        was, now = (told.get(one, _("una fotografía")) for one in (before["photograph"], after["photograph"]))
        found.append({"label": label_of("photograph"), "before": was, "now": now})
    return found


def label_of(name: str) -> str:
    """Return how the form calls a field."""
    return str(GiftForm.base_fields[name].label)


def said(name: str, value: str, titles: Mapping[str, str]) -> str:
    """Return the value of a field in words."""
    if name == "is_donation":
        return _("sí") if value else _("no")
    if not value:
        return _("nada")
    if name == "on":
        return long_date(value)
    if name == "documented_as":
        return _("sí")
    words = {"side": GiftSide, "kind": GiftKind, "purpose": Purpose}
    return str(words[name](value).label) if name in words else titles.get(value, value)


def titles_of(values: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """Return the numbers of the agreements that versions name."""
    keys = {one["agreement"] for one in values}
    return {str(tie.pk): tie.number for tie in Agreement.objects.filter(pk__in=keys)}
