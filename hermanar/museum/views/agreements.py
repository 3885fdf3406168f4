"""Agreements: search with facets, and one record."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from hermanar.catalogue import read
from hermanar.catalogue.ledgers import AmountLine, GiftLine
from hermanar.catalogue.projects import IndicatorLine, ProjectLine
from hermanar.catalogue.search import AmbiguousPlaceError, BadCursorError, BadFilterError, Filters, UnknownPlaceError
from hermanar.catalogue.sheets import ActivityLine, ActLine, AgreementLine, AgreementPage, AgreementSheet, PartyLine
from hermanar.museum import linked
from hermanar.museum.forms.agreements import CURSOR, WHOLE, address, asked, chosen, english_query, facet_links, pairs
from hermanar.museum.views import unknowns
from hermanar.museum.views.addresses import Doors
from hermanar.museum.views.day import language, today
from hermanar.museum.views.door import public, refuse_filter, unknown_place
from hermanar.museum.views.drawings import distance_km, facing
from hermanar.museum.views.refusals import ambiguous_place, bad_cursor
from hermanar.museum.views.sayings import by_origin, by_source, disputed, foreign
from hermanar.museum.views.sharing import shared
from hermanar.museum.views.tables import agreement_table, files, location

PAGE = 20


@public(reads_all=True)
def agreement_list(request: HttpRequest) -> HttpResponse:
    """Show the agreements that match, with the counts of every facet."""
    try:
        filters, cursor = asked(request.GET, paging=True)
        page = read.agreements(filters, today=today(), language=language(), limit=PAGE, cursor=cursor)
    except AmbiguousPlaceError as ambiguous:
        return ambiguous_place(request, ambiguous, leading_to=reverse("museum:agreements"))
    except UnknownPlaceError as unknown:
        return unknown_place(request, unknown.text)
    except BadCursorError:
        return bad_cursor(request, first=address(filters))
    except BadFilterError as bad:
        return refuse_filter(request, bad)
    return render(request, "museum/agreement/list.html", _list_context(request, page, filters, cursor))


def _list_context(request: HttpRequest, page: AgreementPage, filters: Filters, cursor: str | None) -> dict[str, Any]:
    labels = {(facet.name, option.value): option.label for facet in page.facets for option in facet.options}
    labels |= {
        ("place", key): name for key, name in read.labels_of("place", filters.place, language=language()).items()
    }
    labels |= {("stage", code): read.word("stage", code) for code in filters.stage}
    query = address(filters)
    joint = "&" if len(query) > 1 else ""
    return {
        "page": page,
        "filters": filters,
        "table": agreement_table(page.items),
        "is_choice": not filters.is_empty,
        "facets": [facet_links(facet, filters, request.GET.get(WHOLE) == facet.name) for facet in page.facets],
        "choices": chosen(filters, labels),
        "kept": [{"name": name, "value": value} for name, value in pairs(filters) if name != "q"],
        "first_url": query if cursor else "",
        "next_url": f"{query}{joint}{CURSOR}={page.next}" if page.next else "",
        "files": files("acuerdos", english_query(filters)),
    }


@public()
def agreement_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one record: what each source says, whether it binds, whether it lives and on what that rests."""
    sheet = read.agreement(slug, today=today(), language=language())
    if sheet is None:
        raise Http404
    return render(request, "museum/agreement/page.html", {**_page_context(sheet), **_shared(request, sheet)})


def _shared(request: HttpRequest, sheet: AgreementSheet) -> dict[str, Any]:
    line = sheet.line

    def nodes(url: str, site: str) -> list[linked.Node]:
        places = [
            linked.city(
                one.name, url=f"{site}/ciudades/{one.slug}/", country=one.country,
                latitude=one.latitude, longitude=one.longitude,
            )
            for one in line.parties
            if one.slug
        ]  # fmt: skip
        return [linked.page(url, site=site, title=line.title, description=said, language=language(), about=places)]

    said = _opening(line)
    steps = [(_("Acuerdos"), reverse("museum:agreements"))]
    return shared(request, line.title, description=said, card=("acuerdo", line.slug), steps=steps, nodes=nodes)


def _page_context(sheet: AgreementSheet) -> dict[str, Any]:
    line = sheet.line
    left, right = line.parties[0], line.parties[-1]
    return {
        "sheet": sheet,
        "line": line,
        "left": _side(left),
        "right": _side(right),
        "drawing": facing(left, right, line),
        "opening": _opening(line),
        "room_url": Doors().room(line),
        "term": read.term_said(sheet),
        "unknowns": unknowns.of_agreement(sheet),
        "distance": distance_km(left, right),
        "disputed": disputed(sheet.statements),
        "said": by_source(sheet.statements),
        "reports": by_origin(sheet.reports),
        "newest": next((activity for activity in sheet.activities if activity.is_newest_evidence), None),
        "said_active": [said for said in sheet.statements if said.field == "active"],
        "activities": [event_of(one, on=one.started_on, field="activity") for one in sheet.activities],
        "acts": [event_of(one, on=one.on, field="act") for one in sheet.acts],
        "ledger": ledger_context(sheet),
        "projects": [project_context(one) for one in sheet.projects],
        "steps": [
            {"label": left.name, "url": reverse("museum:city", args=[left.slug])},
            {"label": line.title},
        ],
        "files": [
            {"format": "JSON", "url": f"/api/v1/agreements/{line.slug}"},
            {"format": "JSON-LD", "url": f"/acuerdos/{line.slug}.jsonld"},
        ],
        "statement_files": files("declaraciones", f"agreement={line.slug}", formats=("csv", "xlsx")),
        "activity_files": files("actividades", f"agreement={line.slug}", formats=("csv", "xlsx")),
    }


def ledger_context(sheet: AgreementSheet) -> dict[str, Any] | None:
    """Return who gave what to whom, as it is drawn; nothing where nothing is told."""
    if not sheet.ledger.lines:
        return None
    own = next((party for party in sheet.line.parties if party.role == "declaring"), sheet.line.parties[0])
    other = next((party for party in reversed(sheet.line.parties) if party is not own), own)
    names = [party.name if own.name != other.name else f"{party.name}, {party.country_name}" for party in (own, other)]
    left, right = (_("%(place)s dio") % {"place": name} for name in names)
    return {
        "balance": sheet.ledger.balance,
        "groups": read.drawn(sheet.ledger),
        "sides": read.sides_said(sheet.ledger, left=left, right=right),
        "gifts": [_gift(one, own=own, other=other) for one in sheet.ledger.gifts],
    }


def _gift(gift: GiftLine, *, own: PartyLine, other: PartyLine) -> dict[str, Any]:
    giver = own if gift.side == "given" else other
    word = read.word("gift", gift.kind)
    value = read.amount_said(AmountLine(gift.currency, gift.value, 1)) if gift.value else ""
    return {
        "gift": gift,
        "kind": f"{word[:1].upper()}{word[1:]}",
        "giver": giver.name,
        "value": value,
        "title_lang": foreign(gift.title_language),
        "story_lang": foreign(gift.story_language),
    }


def project_context(project: ProjectLine) -> dict[str, Any]:
    """Return a project as the page tells it."""
    return {
        "project": project,
        "title_lang": foreign(project.title_language),
        "summary_lang": foreign(project.summary_language),
        "goals": ", ".join(project.goals),
        "indicators": [_measured(one) for one in project.indicators],
    }


def _measured(one: IndicatorLine) -> dict[str, Any]:
    unit = "%" if one.measure == "percentage" else one.unit
    figures = {name: getattr(one, name) for name in ("baseline", "target", "newest")}
    said = {name: f"{Decimal(value):,f}\N{NO-BREAK SPACE}{unit}" if value else "" for name, value in figures.items()}
    return {"line": one, "title_lang": foreign(one.title_language), **said}


def _opening(line: AgreementLine) -> str:
    """Return the first sentence of a record: what it is, since when, and whether it lives where that is known."""
    kind = read.word("kind", line.kind)
    told = [f"{kind[:1].upper()}{kind[1:]}"]
    if line.signed_on:
        told.append(_("firmado: %(day)s") % {"day": read.written_date(line.signed_on)})
    if line.vitality != "unknown":
        told.append(read.word("vitality", line.vitality))
    return "; ".join(told) + "."


def _side(party: PartyLine) -> dict[str, str]:
    return {"name": party.name, "region": location(party), "url": reverse("museum:city", args=[party.slug])}


def event_of(one: ActivityLine | ActLine, *, on: str | None, field: str) -> dict[str, Any]:
    """Return something done as a line of the timeline."""
    lead = read.word(field, one.kind)
    return {
        "when": on,
        "lead": f"{lead[:1].upper()}{lead[1:]}.",
        "text": one.description,
        "lang": foreign(one.description_language),
        "source": one.source.title,
        "url": one.source.address,
        "as_of": one.source.published,
    }
