"""The calls of an office as its list, its table and their pages show them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from hermanar.catalogue.read.calls import call_as_read
from hermanar.cooperation.models import Call
from hermanar.cooperation.queries.calls import call_state, calls_of, lacks_of_call, standing_calls
from hermanar.cooperation.vocabulary.calls import CallState, MissingOfCall
from hermanar.foundation.tables import Column
from hermanar.foundation.words import fold
from hermanar.offices.models import Office
from hermanar.workspace.projects import Lack
from hermanar.workspace.shown import page_shown, pages_shown

# The field in which what is missing is written.
_FIELD = {
    MissingOfCall.DESCRIPTION: "id_description_es",
    MissingOfCall.WINDOW: "id_opens_on",
    MissingOfCall.STAY: "id_starts_on",
    MissingOfCall.ENGLISH: "id_title_en",
}
LOOKS = {
    CallState.OPEN: ("good", "full"),
    CallState.UPCOMING: ("info", "open"),
    CallState.CLOSED: ("warn", "half"),
    CallState.RESOLVED: ("quiet", "ring"),
    CallState.UNDATED: ("quiet", "dotted"),
    CallState.WITHDRAWN: ("bad", "cross"),
}


@dataclass(frozen=True, slots=True)
class WantedCalls:
    """What the list is narrowed to."""

    text: str = ""
    kind: str = ""
    state: str = ""
    tie: str = ""

    def __bool__(self) -> bool:
        return bool(self.text or self.kind or self.state or self.tie)


@dataclass(frozen=True, slots=True)
class CallRow:
    """A call in the list, as it stands today."""

    call: Call
    state: CallState

    @property
    def tone(self) -> str:
        """Return the colour of its state."""
        return LOOKS[self.state][0]

    @property
    def shape(self) -> str:
        """Return the shape of its state."""
        return LOOKS[self.state][1]


def row_of(call: Call, *, today: dt.date) -> CallRow:
    """Return a call as it stands on a day."""
    return CallRow(call, call_state(call, today=today))


def found_calls(office: Office, wanted: WantedCalls, *, today: dt.date) -> list[CallRow]:
    """Return the calls of an office that are wanted; those withdrawn only when they are asked for."""
    found = calls_of(office.pk) if wanted.state == CallState.WITHDRAWN else standing_calls(office.pk)
    exact = {"kind": wanted.kind, "agreement": wanted.tie}
    found = found.filter(**{name: value for name, value in exact.items() if value})
    words = fold(wanted.text).split()
    rows = [row_of(one, today=today) for one in found]
    return [
        row
        for row in rows
        if (not wanted.state or row.state == wanted.state) and all(word in _said_of(row.call) for word in words)
    ]


def _said_of(call: Call) -> str:
    """Return what a search looks at, without case and accents: one database would tell them apart and not the other."""
    tie = call.agreement.title_es if call.agreement else ""
    return fold(f"{call.title_es} {call.title_en} {call.description_es} {call.host} {tie}")


def lacks(call: Call, *, today: dt.date) -> list[Lack]:
    """Return what a call does not say yet, each with the way to the field."""
    return [Lack(str(one.label), _address(call, one)) for one in lacks_of_call(call, today=today)]


def _address(call: Call, one: MissingOfCall) -> str:
    if one is MissingOfCall.RESULT:
        return reverse("workspace:resolve_call", args=[call.pk])
    return f"{reverse('workspace:mend_call', args=[call.pk])}#{_FIELD.get(one, f'id_{one.value}')}"


def columns() -> tuple[Column, ...]:
    """Return the columns of the list as a table, in the reader's language."""
    return (
        Column(_("convocatoria"), lambda row: row.call.title_es),
        Column(_("clase"), lambda row: row.call.get_kind_display()),
        Column(_("estado"), lambda row: str(row.state.label)),
        Column(_("acuerdo"), lambda row: row.call.agreement.number if row.call.agreement else ""),
        Column(_("quién recibe"), lambda row: row.call.host),
        Column(_("lugares"), lambda row: _number(row.call.places)),
        Column(_("abre"), lambda row: row.call.opens_on or ""),
        Column(_("cierra"), lambda row: row.call.closes_on or ""),
        Column(_("empieza la estancia"), lambda row: row.call.starts_on or ""),
        Column(_("termina la estancia"), lambda row: row.call.ends_on or ""),
        Column(_("qué se pide"), lambda row: row.call.requirements),
        Column(_("qué cubre"), lambda row: row.call.covers),
        Column(_("cómo se participa"), lambda row: row.call.how_to_apply),
        Column(_("participaron"), lambda row: _number(row.call.applied)),
        Column(_("fueron elegidas"), lambda row: _number(row.call.placed)),
        Column(_("día del resultado"), lambda row: row.call.result_on or ""),
        Column(_("resultado"), lambda row: row.call.result_text),
        Column(_("público"), lambda row: _("sí") if row.call.published_at else _("no")),
        Column(_("motivo del retiro"), lambda row: row.call.withdrawal_reason),
    )


def _number(value: int | None) -> int | str:
    return "" if value is None else value


def call_shown(call: Call) -> list[dict[str, Any]]:
    """Return the texts of a call on its public page, in each language of the page."""
    labels = (
        _("Qué es"), _("De qué se trata"), _("Quién recibe"), _("Qué se pide"), _("Qué cubre"),
        _("Cómo se participa"), _("Resultado"),
    )  # fmt: skip
    pages = []
    for language, title in pages_shown():
        sheet = call_as_read(call, language=language)
        in_spanish = (sheet.line.host, sheet.requirements, sheet.covers, sheet.how_to_apply, sheet.result)
        texts = [
            (sheet.line.title, sheet.line.title_language),
            (sheet.description, sheet.description_language),
            *((text, "es") for text in in_spanish),
        ]
        pages.append(page_shown(title, labels, texts=texts))
    return pages
