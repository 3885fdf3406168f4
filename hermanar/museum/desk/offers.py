"""The business corner and the ways to support, at the desk."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem

from hermanar.catalogue.read.names import place_names
from hermanar.foundation.access import NotAllowedError
from hermanar.foundation.editing import AnotherSentError, EditConflictError
from hermanar.foundation.models import uuid7
from hermanar.museum.actions.offers import (
    drop_way,
    mend_offer,
    publish_offer,
    record_offer,
    set_way,
    unpublish_offer,
)
from hermanar.museum.desk.agenda import AgendaItem, acting, begin_another, tell_kept
from hermanar.museum.desk.rooms import hosts_of
from hermanar.museum.forms.events import StateForm
from hermanar.museum.forms.offers import OfferForm, WayForm
from hermanar.museum.models import Offer, SupportWay
from hermanar.museum.queries.offers import offers_kept_by, ways_kept_by
from hermanar.museum.rules.offers import OfferRefusedError
from hermanar.museum.views.day import language

_REFUSED = (OfferRefusedError, NotAllowedError)
_CHANGED = gettext_lazy("Alguien lo cambió mientras usted escribía: ábralo otra vez y compare.")


def offers(request: HttpRequest) -> HttpResponse:
    """List the offers and the ways to support of the office."""
    actor = acting(request)
    context = {
        "offers": offers_kept_by(actor).order_by("title", "pk")[:500],
        "ways": ways_kept_by(actor).order_by("kind", "title", "pk")[:100],
    }
    return render(request, "museum/desk/offers.html", context)


def offer(request: HttpRequest, key: UUID | None = None) -> HttpResponse:
    """Tell a new offer, or mend one."""
    actor = acting(request)
    kept = offers_kept_by(actor).filter(pk=key).first() if key else None
    if key and kept is None:
        raise Http404
    initial = {"key": kept.pk, "version": kept.version, "city": kept.city} if kept else {"key": uuid7()}
    form = OfferForm(request.POST or None, instance=kept, initial=initial, places=_places(request, kept))
    if request.method == "POST" and form.is_valid():
        try:
            if kept is None:
                made = record_offer(form.draft(), office=actor.office, by=actor, key=form.cleaned_data["key"])
            else:
                made = mend_offer(kept.pk, form.draft(), by=actor, version=form.cleaned_data["version"] or 0)
        except _REFUSED as refused:
            form.add_error(None, str(refused))
        except AnotherSentError:
            begin_another(form)
        except EditConflictError:
            form.add_error(None, str(_CHANGED))
        else:
            publish = partial(publish_offer, made.pk, by=actor, version=made.version)
            tell_kept(request, publish, refused=_REFUSED)
            return redirect("museum_offer", made.pk)
    return render(request, "museum/desk/offer.html", {"form": form, "offer": kept})


def _places(request: HttpRequest, kept: Offer | None) -> list[tuple[str, str]]:
    slugs = [*hosts_of(request.user), *([kept.city] if kept and kept.city else [])]  # type: ignore[arg-type]
    return [(slug, place.name) for slug, place in place_names(slugs, language=language()).items()]


def offer_step(request: HttpRequest, key: UUID, name: str) -> HttpResponse:
    """Show an offer to the public, or hide it."""
    steps = {"publish": publish_offer, "unpublish": unpublish_offer}
    form = StateForm(request.POST)
    if request.method != "POST" or not form.is_valid() or name not in steps:
        raise Http404
    try:
        steps[name](key, by=acting(request), version=form.cleaned_data["version"])
    except Offer.DoesNotExist as error:
        raise Http404 from error
    except _REFUSED as refused:
        messages.error(request, str(refused))
    except EditConflictError:
        messages.error(request, str(_CHANGED))
    else:
        messages.success(request, _("Hecho."))
    return redirect("museum_offer", key)


def way(request: HttpRequest, key: UUID | None = None) -> HttpResponse:
    """Set a link to support the museum, mend it or take it away."""
    actor = acting(request)
    kept = ways_kept_by(actor).filter(pk=key).first() if key else None
    if key and kept is None:
        raise Http404
    initial = {"key": kept.pk, "version": kept.version} if kept else {"key": uuid7()}
    form = WayForm(request.POST or None, instance=kept, initial=initial)
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"] if kept else None
        try:
            if kept and "drop" in request.POST:
                drop_way(kept.pk, by=actor, version=version or 0)
            else:
                set_way(form.draft(), office=actor.office, by=actor, key=form.cleaned_data["key"], version=version)
        except _REFUSED as refused:
            form.add_error(None, str(refused))
        except AnotherSentError:
            begin_another(form)
        except (EditConflictError, SupportWay.DoesNotExist):
            form.add_error(None, str(_CHANGED))
        else:
            messages.success(request, _("Hecho."))
            return redirect("museum_offers")
    return render(request, "museum/desk/way.html", {"form": form, "way": kept})


@hooks.register("register_admin_urls")
def addresses() -> list[Any]:
    """Return the addresses of these pages below the desk's."""
    return [
        path("museo/negocios/", offers, name="museum_offers"),
        path("museo/negocios/nueva/", offer, name="museum_new_offer"),
        path("museo/negocios/<uuid:key>/", offer, name="museum_offer"),
        path("museo/negocios/<uuid:key>/<slug:name>/", offer_step, name="museum_offer_step"),
        path("museo/apoyar/nuevo/", way, name="museum_new_way"),
        path("museo/apoyar/<uuid:key>/", way, name="museum_way"),
    ]


@hooks.register("register_admin_menu_item")
def offers_item() -> MenuItem:
    """Return the way to the business corner."""
    return AgendaItem(
        gettext_lazy("Negocios y apoyo"), reverse("museum_offers"), name="negocios", icon_name="tag", order=70
    )
