"""Calls as the public may read them: those that a real office shows."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.core.paginator import Paginator

from hermanar.catalogue.calls import CallLine, CallPage, CallSheet
from hermanar.catalogue.read.ledger import told
from hermanar.cooperation.models import Call
from hermanar.cooperation.queries.calls import call_state, published_calls
from hermanar.foundation.calendar import today_in

_PER_PAGE = 30


def calls(*, language: str, page: str) -> CallPage:
    """Return a page of the calls, the last to close first: those that are open come before the past ones."""
    found = Paginator(published_calls(), _PER_PAGE).get_page(page)
    lines = tuple(_line(one, language) for one in found.object_list)
    return CallPage(lines, number=found.number, pages=found.paginator.num_pages, total=found.paginator.count)


def call_sheet(key: UUID, *, language: str) -> CallSheet | None:
    """Return a call that an office shows."""
    call = published_calls().filter(pk=key).first()
    return _sheet(call, language) if call else None


def call_as_read(call: Call, *, language: str) -> CallSheet:
    """Return a call as the public would read it, published or not: who publishes it sees that first."""
    return _sheet(call, language)


def _sheet(call: Call, language: str) -> CallSheet:
    description, description_language = told(call.description_es, call.description_en, language=language)
    tie = call.agreement if call.agreement and call.agreement.published_at else None
    title, title_language = told(tie.title_es, tie.title_en, language=language) if tie else ("", language)
    return CallSheet(
        line=_line(call, language),
        description=description,
        description_language=description_language,
        requirements=call.requirements,
        covers=call.covers,
        how_to_apply=call.how_to_apply,
        agreement_slug=tie.slug if tie else "",
        agreement_title=title,
        agreement_title_language=title_language,
        applied=call.applied,
        placed=call.placed,
        result=call.result_text,
        result_on=_day(call.result_on),
    )


def _line(call: Call, language: str) -> CallLine:
    title, title_language = told(call.title_es, call.title_en, language=language)
    return CallLine(
        id=str(call.pk),
        kind=call.kind,
        state=call_state(call, today=today_in(call.office.time_zone)).value,
        title=title,
        title_language=title_language,
        office=call.office.name,
        host=call.host,
        places=call.places,
        opens_on=_day(call.opens_on),
        closes_on=_day(call.closes_on),
        starts_on=_day(call.starts_on),
        ends_on=_day(call.ends_on),
    )


def _day(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None
