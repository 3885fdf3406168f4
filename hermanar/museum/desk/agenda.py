"""The calendar at the desk: the events of one's city, the form of one, and what can be done to it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import F
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem

from hermanar.catalogue.read.names import place_names
from hermanar.catalogue.read.offices import office_at
from hermanar.foundation.access import APPROVES, Actor, NotAllowedError, Role, desk_group
from hermanar.foundation.editing import AnotherSentError, EditConflictError
from hermanar.foundation.models import uuid7
from hermanar.museum.actions.events import (
    cancel_event,
    mend_event,
    propose_event,
    publish_event,
    record_event,
    reinstate_event,
    unpublish_event,
)
from hermanar.museum.desk.rooms import hosts_of
from hermanar.museum.forms.events import EventForm, StateForm
from hermanar.museum.models import Event
from hermanar.museum.queries.events import kept_by, published_events
from hermanar.museum.queries.sisters import circle_of
from hermanar.museum.rules.events import EventRefusedError
from hermanar.museum.spans import said_span
from hermanar.museum.views.day import language
from hermanar.museum.vocabulary.events import EventKind, EventState

_STEPS = {"publish": publish_event, "unpublish": unpublish_event}
_WITH_NOTE: dict[str, Callable[..., Event]] = {
    "cancel": cancel_event,
    "propose": propose_event,
    "reinstate": reinstate_event,
}


def acting(request: HttpRequest) -> Actor:
    """Return who works here, for the office of their city. Raises PermissionDenied for who only has one room."""
    for host in hosts_of(request.user):  # type: ignore[arg-type]
        office = office_at(host)
        if office:
            groups = set(request.user.groups.values_list("name", flat=True))
            role = Role.COORDINATOR if desk_group(APPROVES, host) in groups else Role.MUSEUM_EDITOR
            return Actor(str(request.user.pk), role, office.id, request.user.pk)
    raise PermissionDenied


def begin_another(form: BaseForm) -> None:
    """Give a form that came before with something else in it a key of its own, and say so."""
    typed: Any = form.data
    form.data = typed = typed.copy()
    typed["key"] = str(uuid7())
    form.add_error(
        None, _("De este formulario ya se guardó otro texto. Si también quiere guardar este, envíelo otra vez.")
    )


def tell_kept(request: HttpRequest, publish: Callable[[], Any], *, refused: tuple[type[Exception], ...]) -> None:
    """Say that something was kept; publish it too where the button asked for both. Refused, it stays kept."""
    if "publish" not in request.POST:
        messages.success(request, _("Guardada."))
        return
    try:
        publish()
    except refused as error:
        messages.warning(request, _("Guardada, sin publicar: %(reason)s") % {"reason": error})
    except EditConflictError:
        messages.warning(request, _("Guardada, sin publicar: alguien la cambió mientras tanto."))
    else:
        messages.success(request, _("Guardada y publicada."))


def events(request: HttpRequest) -> HttpResponse:
    """List the events of the office, the last to come first; what has no day yet, before them."""
    undated_first = F("starts_on").desc(nulls_first=True)
    rows = kept_by(acting(request)).order_by(undated_first, "title", "pk")[:500]
    told = [{"event": one, "when": said_span(one.span), "state": EventState(one.state).label} for one in rows]
    return render(request, "museum/desk/agenda.html", {"rows": told})


def event(request: HttpRequest, key: UUID | None = None) -> HttpResponse:
    """Tell a new event, or mend one."""
    actor = acting(request)
    kept = kept_by(actor).filter(pk=key).first() if key else None
    if key and kept is None:
        raise Http404
    form = _form(request, actor, kept)
    if request.method == "POST" and form.is_valid():
        try:
            made = _kept(form, actor, kept)
        except (EventRefusedError, NotAllowedError) as refused:
            form.add_error(None, str(refused))
        except AnotherSentError:
            begin_another(form)
        except EditConflictError:
            form.add_error(None, _("Alguien la cambió mientras usted escribía: ábrala otra vez y compare."))
        else:
            publish = partial(publish_event, made.pk, by=actor, version=made.version)
            tell_kept(request, publish, refused=(EventRefusedError, NotAllowedError))
            return redirect("museum_event", made.pk)
    return render(request, "museum/desk/event.html", {"form": form, "event": kept, "state": StateForm()})


def _kept(form: EventForm, actor: Actor, kept: Event | None) -> Event:
    if kept is None:
        return record_event(form.draft(), office=actor.office, by=actor, key=form.cleaned_data["key"])
    return mend_event(kept.pk, form.draft(), by=actor, version=form.cleaned_data["version"] or 0)


def _form(request: HttpRequest, actor: Actor, kept: Event | None) -> EventForm:
    initial: dict[str, Any] = {"key": uuid7()}
    if kept:
        cities = list(kept.cities.values_list("slug", flat=True))
        initial = {"key": kept.pk, "version": kept.version, "city": kept.city, "cities": cities,
                   "part_of": str(kept.part_of_id or "")}  # fmt: skip
    instance = Event.objects.get(pk=kept.pk) if kept else None
    more = {"places": _places(request, kept), "wholes": _wholes(actor, kept)}
    return EventForm(request.POST or None, instance=instance, initial=initial, **more)


def _places(request: HttpRequest, kept: Event | None) -> list[tuple[str, str]]:
    """Return one's own cities, their sisters, and what the event names already."""
    slugs = hosts_of(request.user)  # type: ignore[arg-type]
    for host in list(slugs):
        circle = circle_of(host, language())
        slugs += sorted(circle.others) if circle else []
    slugs += [kept.city, *kept.cities.values_list("slug", flat=True)] if kept else []
    named = place_names(dict.fromkeys(filter(None, slugs)), language=language())
    return [(slug, f"{place.name}, {place.country_name}") for slug, place in named.items()]


def _wholes(actor: Actor, kept: Event | None) -> list[tuple[str, str]]:
    wholes = (kept_by(actor) | published_events()).filter(kind__in=[EventKind.FESTIVAL, EventKind.FEAST]).distinct()
    wholes = wholes.exclude(pk=kept.pk) if kept else wholes
    return [(str(pk), title) for pk, title in wholes.order_by("title").values_list("pk", "title")[:500]]


def step(request: HttpRequest, key: UUID, name: str) -> HttpResponse:
    """Do one thing to an event: show it, hide it, call it off, call it again."""
    form = StateForm(request.POST)
    if request.method != "POST" or not form.is_valid() or name not in _STEPS | _WITH_NOTE:
        raise Http404
    told, actor = form.cleaned_data, acting(request)
    try:
        if name in _STEPS:
            _STEPS[name](key, by=actor, version=told["version"])
        else:
            notes = {"note": told["note"], "note_en": told["note_en"]}
            _WITH_NOTE[name](key, by=actor, version=told["version"], **notes)
    except Event.DoesNotExist as error:
        raise Http404 from error
    except (EventRefusedError, NotAllowedError) as refused:
        messages.error(request, str(refused))
    except EditConflictError:
        messages.error(request, _("Alguien la cambió mientras tanto: mire cómo está ahora."))
    else:
        messages.success(request, _("Hecho."))
    return redirect("museum_event", key)


@hooks.register("register_admin_urls")
def addresses() -> list[Any]:
    """Return the addresses of these pages below the desk's."""
    return [
        path("museo/agenda/", events, name="museum_events"),
        path("museo/agenda/nueva/", event, name="museum_new_event"),
        path("museo/agenda/<uuid:key>/", event, name="museum_event"),
        path("museo/agenda/<uuid:key>/<slug:name>/", step, name="museum_event_step"),
    ]


class AgendaItem(MenuItem):
    """The calendar, for who works for a city that has an office."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Leave it out for who was invited into one room."""
        return any(office_at(host) for host in hosts_of(request.user))  # type: ignore[arg-type]


@hooks.register("register_admin_menu_item")
def agenda_item() -> MenuItem:
    """Return the way to the calendar."""
    return AgendaItem(gettext_lazy("Agenda"), reverse("museum_events"), name="agenda", icon_name="date", order=60)
