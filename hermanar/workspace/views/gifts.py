"""Gifts and donations of an office: the list, one of them with its history, the ledger of reciprocity."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from hermanar.agreements.models import Agreement
from hermanar.agreements.queries import by_number, for_office
from hermanar.catalogue.read.gifts import gift_address
from hermanar.cooperation.models import Gift
from hermanar.cooperation.queries import gifts_of, ledgers_of_office
from hermanar.cooperation.vocabulary import GiftKind, GiftRefusal, GiftSide
from hermanar.foundation.access import Verb, can
from hermanar.foundation.calendar import today_in
from hermanar.workspace import reciprocity
from hermanar.workspace.gift_lines import WantedGifts, changes, columns, found_gifts, row_of, titles_of
from hermanar.workspace.tables import table_answer
from hermanar.workspace.views.door import MemberRequest, member

_PER_PAGE = 25
_SORTS = ("regalo", "donacion")


@member(Verb.READ_FILES)
def gifts(request: MemberRequest) -> HttpResponse:
    """List the gifts of the office, by what was given, which way and with whom."""
    wanted = _wanted(request)
    page = Paginator(found_gifts(request.office, wanted), _PER_PAGE).get_page(request.GET.get("pagina"))
    query = request.GET.copy()
    query.pop("pagina", None)
    ties = by_number(for_office(request.office.pk))
    context = {
        "page": page,
        "wanted": wanted,
        "sides": list(GiftSide),
        "kinds": list(GiftKind),
        "ties": [(str(tie.pk), tie.title_es) for tie in ties],
        "may_record": can(request.actor, Verb.RECORD_GIFT) and ties.exists(),
        "query": query.urlencode(),
    }
    return render(request, "workspace/gifts/list.html", context)


def _wanted(request: HttpRequest) -> WantedGifts:
    asked = {name: request.GET.get(name, "") for name in ("lado", "clase", "tipo", "acuerdo")}
    return WantedGifts(
        text=request.GET.get("q", "").strip()[:120],
        side=asked["lado"] if asked["lado"] in GiftSide.values else "",
        kind=asked["clase"] if asked["clase"] in GiftKind.values else "",
        sort=asked["tipo"] if asked["tipo"] in _SORTS else "",
        tie=asked["acuerdo"] if _is_key(asked["acuerdo"]) else "",
        is_withdrawn=request.GET.get("retirados") == "1",
    )


def _is_key(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


@member(Verb.READ_FILES)
def take_away(request: MemberRequest, format_: str) -> HttpResponse:
    """Give the list as a table, with the filters it shows."""
    rows = found_gifts(request.office, _wanted(request))
    today = today_in(request.office.time_zone)
    return table_answer(columns(), rows, format_=format_, name=f"regalos-{today}", sheet=_("Regalos"))


@member(Verb.READ_FILES)
def gift(request: MemberRequest, gift: UUID) -> HttpResponse:
    """Show a gift: what it is, where it was kept, what was said of it before."""
    kept = own_gift(request, gift)
    stands = kept.withdrawn_at is None
    may_publish = stands and can(request.actor, Verb.PUBLISH_GIFT)
    may_mend = stands and can(request.actor, Verb.MEND_GIFT)
    context = {
        "gift": kept,
        "row": row_of(kept),
        "places": kept.whereabouts.select_related("by_user").order_by("-number"),
        "history": _history(kept),
        "may_mend": may_mend and (may_publish or not kept.published_at),
        "may_move": may_mend,
        "why_not": GiftRefusal.IS_PUBLIC.label if may_mend and kept.published_at and not may_publish else "",
        "may_withdraw": stands and can(request.actor, Verb.WITHDRAW_GIFT),
        "may_publish": may_publish,
        "exhibit": gift_address(kept) if kept.published_at else "",
        "besides": _besides(kept),
    }
    return render(request, "workspace/gifts/page.html", context)


def _besides(kept: Gift) -> str:
    """Return what the public sees of a gift besides what it is, in words."""
    said = (
        (kept.shows_photograph, _("la fotografía")),
        (kept.shows_place, _("dónde se guarda")),
        (kept.shows_names and bool(kept.giver or kept.receiver), _("los nombres")),
        (kept.shows_names and bool(kept.words), _("lo que se dijo al darlo")),
    )
    return ", ".join(words for is_shown, words in said if is_shown)


def own_gift(request: MemberRequest, gift: UUID) -> Gift:
    """Return a gift of the office; outside it, the same answer as for what does not exist."""
    found = gifts_of(request.office.pk).filter(pk=gift).select_related("agreement__office", "documented_as").first()
    if found is None:
        raise Http404
    return found


def _history(kept: Gift) -> list[dict[str, Any]]:
    """Return each time it was written, the newest first, with what was changed."""
    versions = list(kept.versions.select_related("by_user"))
    titles = titles_of(one.values for one in versions)
    found: list[dict[str, Any]] = [{"version": one, "changes": []} for one in versions]
    for before, after in zip(versions, found[1:], strict=False):
        after["changes"] = changes(before.values, after["version"].values, titles=titles)
    return found[::-1]


# ── the ledger ───────────────────────────────────────────────────────────────────────────────────────────────────────


@member(Verb.READ_FILES)
def ledger(request: MemberRequest) -> HttpResponse:
    """Show what the office gave, received and did together with all its sister cities, and with each."""
    year = _year(request)
    whole, ties = ledgers_of_office(request.office, span=_span(year))
    lines = reciprocity.tie_lines(ties)
    context = {
        "ledger": reciprocity.drawn(whole, left=_("Dimos"), right=_("Nos dieron")),
        "lines": lines,
        "told": [line for line in lines if line.tie.ledger.cells],
        "year": year,
    }
    return render(request, "workspace/gifts/ledger.html", context)


@member(Verb.READ_FILES)
def ledger_table(request: MemberRequest, format_: str) -> HttpResponse:
    """Give the ledger of every tie as a table, of the year that is asked for."""
    year = _year(request)
    _whole, ties = ledgers_of_office(request.office, span=_span(year))
    rows = reciprocity.cell_rows(reciprocity.tie_lines(ties))
    name = f"reciprocidad-{year or today_in(request.office.time_zone)}"
    return table_answer(reciprocity.columns(), rows, format_=format_, name=name, sheet=_("Reciprocidad"))


def _year(request: HttpRequest) -> str:
    """Return the year the ledger is narrowed to; what is no year narrows nothing."""
    asked = request.GET.get("ano", "")
    return asked if re.fullmatch(r"[12]\d{3}", asked, re.ASCII) else ""


def _span(year: str) -> tuple[dt.date, dt.date] | None:
    return (dt.date(int(year), 1, 1), dt.date(int(year), 12, 31)) if year else None


def offered_ties(request: MemberRequest) -> list[Agreement]:
    """Return the agreements of the office, any of which a gift may belong to."""
    return list(by_number(for_office(request.office.pk)).prefetch_related("parties__place"))
