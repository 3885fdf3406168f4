"""Pairs at the desk: any editor makes a new one; whoever approves for one of its cities shows it, and takes it away."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem

from hermanar.foundation.access import Actor, NotAllowedError, Verb, can
from hermanar.foundation.editing import EditConflictError
from hermanar.museum.actions.pairs import draft, mend, publish, withdraw
from hermanar.museum.desk.rooms import hosts_of, role_for
from hermanar.museum.forms.pairs import PairForms
from hermanar.museum.models import HomePage, Pair
from hermanar.museum.queries.pairs import as_drafted
from hermanar.museum.rules.pairs import PairRefusedError

_MOST = 500


def acting_at_the_desk(request: HttpRequest, kept: Pair | None = None) -> Actor:
    """Return who acts on a pair: who approves for one of its cities, or for the house's own; others only edit.

    Raises PermissionDenied for who only has one room.
    """
    if not hosts_of(request.user):  # type: ignore[arg-type]
        raise PermissionDenied
    cities = (
        [*kept.sides.values_list("place", flat=True), *HomePage.objects.values_list("host", flat=True)] if kept else []
    )
    return Actor(str(request.user.pk), role_for(request.user, cities), user=request.user.pk)  # type: ignore[arg-type]


def pair_list(request: HttpRequest) -> HttpResponse:
    """Show every pair, those nobody sees yet first."""
    acting_at_the_desk(request)
    rows = Pair.objects.order_by(F("published_at").asc(nulls_first=True), "position", "slug")[:_MOST]
    return render(request, "museum/desk/pairs.html", {"pairs": rows})


def new_pair(request: HttpRequest) -> HttpResponse:
    """Write a new pair."""
    by = acting_at_the_desk(request)
    forms = PairForms(request.POST if request.method == "POST" else None)
    if request.method == "POST" and forms.is_valid():
        try:
            kept = draft(forms.said(), by=by)
        except PairRefusedError as refused:
            forms.tell(refused)
        else:
            messages.success(request, _("La pregunta está guardada como borrador."))
            return redirect("museum_pair_edit", kept.pk)
    return render(request, "museum/desk/pair.html", {"forms": forms})


def edit_pair(request: HttpRequest, pair: UUID) -> HttpResponse:
    """Mend a pair, or show it and take it away; what somebody else changed meanwhile is told, nothing typed is lost."""
    kept = get_object_or_404(Pair, pk=pair)
    by = acting_at_the_desk(request, kept)
    if request.method != "POST":
        return _page(request, PairForms(said=as_drafted(kept), version=kept.version), kept, by)
    forms = PairForms(request.POST)
    if not forms.is_valid():
        return _page(request, forms, kept, by)
    read = forms.question.cleaned_data["version"] or 0
    try:
        with transaction.atomic():
            _show(request, mend(kept.pk, said=forms.said(), by=by, version=read), by=by)
    except NotAllowedError as refused:
        raise PermissionDenied from refused
    except PairRefusedError as refused:
        forms.tell(refused)
    except EditConflictError:
        messages.warning(
            request,
            _("Alguien más la cambió mientras usted escribía. Lo suyo sigue aquí; si lo guarda, queda lo suyo."),
        )
        kept.refresh_from_db()
        typed = request.POST.copy()
        typed["version"] = str(kept.version)
        forms = PairForms(typed)
        forms.is_valid()
        return _page(request, forms, kept, by, theirs=forms.unlike(as_drafted(kept)))
    else:
        return redirect("museum_pair_edit", kept.pk)
    return _page(request, forms, kept, by)


def _show(request: HttpRequest, kept: Pair, *, by: Actor) -> None:
    """Publish or withdraw when that button was pressed; say what happened."""
    if "publish" in request.POST:
        publish(kept.pk, by=by, version=kept.version)
        messages.success(request, _("Ya está a la vista de todos."))
    elif "withdraw" in request.POST:
        withdraw(kept.pk, by=by, version=kept.version)
        messages.success(request, _("Ya no está a la vista."))
    else:
        messages.success(request, _("Los cambios están guardados."))


def _page(
    request: HttpRequest, forms: PairForms, kept: Pair, by: Actor, *, theirs: list[tuple[str, str]] | None = None
) -> HttpResponse:
    may_publish = can(by, Verb.APPROVE_ROOMS)
    context = {"forms": forms, "kept": kept, "may_publish": may_publish, "theirs": theirs or []}
    return render(request, "museum/desk/pair.html", context)


@hooks.register("register_admin_urls")
def addresses() -> list[Any]:
    """Return the addresses of these pages below the desk's."""
    return [
        path("museo/comparaciones/", pair_list, name="museum_pairs"),
        path("museo/comparaciones/nueva/", new_pair, name="museum_pair_new"),
        path("museo/comparaciones/<uuid:pair>/", edit_pair, name="museum_pair_edit"),
    ]


class PairsItem(MenuItem):
    """For who works in the rooms of a city."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Leave it out for who was invited into one room."""
        return bool(hosts_of(request.user))  # type: ignore[arg-type]


@hooks.register("register_admin_menu_item")
def pairs_item() -> MenuItem:
    """Return the way to the pairs."""
    return PairsItem(
        gettext_lazy("Comparaciones"), reverse("museum_pairs"), name="comparaciones", icon_name="columns", order=320
    )
