"""The calls of an office: the list, one recorded, its page, and the table."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from hermanar.cooperation.actions import calls as verbs
from hermanar.cooperation.models import Call
from hermanar.cooperation.queries.calls import calls_of
from hermanar.cooperation.vocabulary.calls import CallKind, CallState
from hermanar.foundation.access import Verb, can
from hermanar.foundation.calendar import today_in
from hermanar.foundation.models import uuid7
from hermanar.workspace import calls as told
from hermanar.workspace.calls import WantedCalls, found_calls
from hermanar.workspace.forms.calls import FIELDS_OF, CallForm, call_draft
from hermanar.workspace.sheets import Sheet, Values, answered
from hermanar.workspace.tables import table_answer
from hermanar.workspace.views.door import MemberRequest, member
from hermanar.workspace.views.own import way_back
from hermanar.workspace.views.projects import tie_choices

_PER_PAGE = 25


def own_call(request: MemberRequest, call: UUID) -> Call:
    """Return a call of the office; outside it, the same answer as for what does not exist."""
    kept = calls_of(request.office.pk).filter(pk=call).first()
    if kept is None:
        raise Http404
    return kept


def address_of(kept: Call) -> str:
    """Return the page of a call."""
    return reverse("workspace:call", args=[kept.pk])


def way_to(kept: Call | None = None) -> tuple[tuple[str, str], ...]:
    """Return the way to a page of a call: words and addresses."""
    first = (str(_("Convocatorias")), reverse("workspace:calls"))
    return (first, (kept.title_es, address_of(kept))) if kept else (first,)


@member(Verb.READ_FILES)
def calls(request: MemberRequest) -> HttpResponse:
    """List the calls of the office, by text, kind, state and agreement."""
    wanted = _wanted(request)
    found = found_calls(request.office, wanted, today=today_in(request.office.time_zone))
    query = request.GET.copy()
    query.pop("pagina", None)
    context = {
        "page": Paginator(found, _PER_PAGE).get_page(request.GET.get("pagina")),
        "wanted": wanted,
        "kinds": list(CallKind),
        "states": list(CallState),
        "ties": tie_choices(request),
        "may_keep": can(request.actor, Verb.KEEP_CALLS),
        "query": query.urlencode(),
    }
    return render(request, "workspace/calls/list.html", context)


def _wanted(request: HttpRequest) -> WantedCalls:
    kind, state, tie = (request.GET.get(name, "") for name in ("clase", "estado", "acuerdo"))
    try:
        tie = str(UUID(tie)) if tie else ""
    except ValueError:
        tie = ""
    return WantedCalls(
        text=request.GET.get("q", "").strip()[:120],
        kind=kind if kind in CallKind.values else "",
        state=state if state in CallState.values else "",
        tie=tie,
    )


@member(Verb.READ_FILES)
def take_away(request: MemberRequest, format_: str) -> HttpResponse:
    """Give the list with its filters as a table."""
    today = today_in(request.office.time_zone)
    found = found_calls(request.office, _wanted(request), today=today)
    name = f"convocatorias-{today}"
    return table_answer(told.columns(), found, format_=format_, name=name, sheet=_("Convocatorias"))


@member(Verb.KEEP_CALLS)
def record(request: MemberRequest) -> HttpResponse:
    """Record a call; its page then lists what is missing. A tie's page leads here."""
    ties = tie_choices(request)
    first = {"key": uuid7(), "agreement": request.GET.get("acuerdo", "")}
    to: list[str] = []

    def make(*given: Any, **more: Any) -> CallForm:
        return CallForm(*given, ties=ties, **more)

    def do(given: Values) -> None:
        key = given["key"] or uuid7()
        made = verbs.record_call(call_draft(given), office=request.office.pk, by=request.actor, key=key)
        to.append(address_of(made))

    sheet = Sheet(
        title=_("Asentar una convocatoria"),
        lede=_(
            "Basta con decir a qué se convoca y el título. Lo demás puede quedar vacío: la página le dirá qué falta."
        ),
        submit=_("Asentar la convocatoria"),
        said=_("Convocatoria asentada. Todavía no es pública."),
        back=way_back(request, reverse("workspace:calls")),
        where=way_to(),
        make=make,
        now=lambda: first,
        fields_of=FIELDS_OF,
    )
    return answered(request, sheet, do=do, to=lambda: to[0])


@member(Verb.READ_FILES)
def call(request: MemberRequest, call: UUID) -> HttpResponse:
    """Show a call: what is missing first, then what it says, and what came of it."""
    kept = own_call(request, call)
    today = today_in(request.office.time_zone)
    row = told.row_of(kept, today=today)
    stands = row.state is not CallState.WITHDRAWN
    may_change = stands and (kept.published_at is None or can(request.actor, Verb.PUBLISH_CALL))
    may_keep = may_change and can(request.actor, Verb.KEEP_CALLS)
    context = {
        "call": kept,
        "row": row,
        "lacks": told.lacks(kept, today=today) if stands else [],
        "is_closed": row.state in {CallState.CLOSED, CallState.RESOLVED},
        "may_keep": may_keep,
        "may_withdraw": may_change and can(request.actor, Verb.WITHDRAW_CALL),
        "may_publish": stands and can(request.actor, Verb.PUBLISH_CALL),
    }
    return render(request, "workspace/calls/page.html", context)
