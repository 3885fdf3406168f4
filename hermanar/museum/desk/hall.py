"""What stands in the hall, at the desk: the kiosks, the audio guide, and the labels to print."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem

from hermanar.catalogue.gifts import WorkLine
from hermanar.catalogue.read.gifts import works_of_hosts
from hermanar.catalogue.read.names import place_names
from hermanar.foundation.access import APPROVES, Actor, Role
from hermanar.foundation.editing import EditConflictError
from hermanar.museum.actions.audio import hide_stop, mend_stop, show_stop, write_stop
from hermanar.museum.actions.kiosks import keep_kiosk, set_kiosk, take_down_kiosk
from hermanar.museum.actions.rooms import has_part
from hermanar.museum.desk.rooms import hosts_of
from hermanar.museum.forms.kiosks import Choices, KioskForm, StopForm
from hermanar.museum.kiosk_pages import KioskPages
from hermanar.museum.labels import MOST, room_labels, sheet_of, work_labels
from hermanar.museum.models import AudioStop, Kiosk, RoomPage
from hermanar.museum.offline import Copy, copy_of
from hermanar.museum.queries.audio import drafted_stops
from hermanar.museum.queries.kiosks import hall_at, halls
from hermanar.museum.queries.rooms import rooms
from hermanar.museum.rules.audio import StopRefusedError
from hermanar.museum.rules.kiosks import MOST_BYTES, KioskRefusedError
from hermanar.museum.views.day import language

_CHANGED = gettext_lazy("Alguien lo cambió mientras usted escribía: ábralo otra vez y compare.")


def _hosts(request: HttpRequest) -> list[str]:
    found = hosts_of(request.user)  # type: ignore[arg-type]
    if not found:
        raise PermissionDenied
    return found


def _acting(request: HttpRequest, host: str) -> Actor:
    """Return the person as who approves or edits the rooms of a city."""
    if host not in _hosts(request):
        raise Http404
    approves = has_part(request.user, APPROVES, host)  # type: ignore[arg-type]
    user = request.user.pk
    return Actor(f"user:{user}", Role.COORDINATOR if approves else Role.MUSEUM_EDITOR, user=user)


def _approved(request: HttpRequest) -> list[str]:
    return [host for host in _hosts(request) if has_part(request.user, APPROVES, host)]  # type: ignore[arg-type]


def _named(hosts: list[str]) -> Choices:
    names = place_names(hosts, language=language())
    return [(host, names[host].name if host in names else host) for host in hosts]


def _rooms(hosts: list[str]) -> Choices:
    """Return the open rooms of these cities, those that ship in their order and then the others."""
    order = {room.slug: number for number, room in enumerate(rooms())}
    open_now = RoomPage.objects.filter(live=True, host__in=hosts).order_by("-path").values_list("slug", "title")
    return sorted(dict(open_now).items(), key=lambda one: (order.get(one[0], len(order)), one[1]))


def _works(hosts: list[str]) -> dict[str, WorkLine]:
    return {line.code: line for _key, line in works_of_hosts(hosts, language=language())}


def hall(request: HttpRequest) -> HttpResponse:
    """Show what there is: kiosks, stops, and what a label can be printed for."""
    hosts = _hosts(request)
    context = {
        "kiosks": Kiosk.objects.filter(host__in=hosts),
        "made": [one for one in halls() if one.host in hosts and not one.version],
        "may_set": bool(_approved(request)),
        "stops": drafted_stops(hosts),
        "rooms": _rooms(hosts),
        "works": _works(hosts).values(),
        "most": MOST,
    }
    return render(request, "museum/desk/hall.html", context)


# ── kiosks ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def kiosk(request: HttpRequest, key: UUID | None = None) -> HttpResponse:
    """Set a kiosk, write it anew or take it down."""
    hosts = _approved(request)
    if not hosts:
        raise PermissionDenied
    kept = Kiosk.objects.filter(pk=key, host__in=hosts).first() if key else None
    if key and kept is None:
        raise Http404
    names = ("host", "slug", "title", "title_en", "rooms", "idle_seconds", "version")
    initial = {name: getattr(kept, name) for name in names} if kept else {}
    own = [kept.host] if kept else hosts
    form = KioskForm(request.POST or None, initial=initial, hosts=_named(own), rooms=_rooms(own))
    if request.method == "POST" and (_taken_down(request, kept) or (form.is_valid() and _kept(request, form, kept))):
        return redirect("museum_hall")
    copy = _copy(request, kept.slug) if kept and kept.published_at else None
    return render(request, "museum/desk/kiosk.html", {"form": form, "kiosk": kept, "copy": copy, "most": MOST_BYTES})


def _taken_down(request: HttpRequest, kept: Kiosk | None) -> bool:
    if kept is None or "take_down" not in request.POST:
        return False
    try:
        take_down_kiosk(kept.pk, by=_acting(request, kept.host), version=kept.version)
    except EditConflictError:
        messages.error(request, str(_CHANGED))
        return False
    messages.success(request, _("El quiosco está cerrado."))
    return True


def _kept(request: HttpRequest, form: KioskForm, kept: Kiosk | None) -> bool:
    draft = form.draft()
    by = _acting(request, draft.host)
    try:
        if kept is None:
            set_kiosk(draft, by=by)
        else:
            keep_kiosk(kept.pk, draft=draft, by=by, version=form.cleaned_data["version"] or 0)
    except KioskRefusedError as refused:
        form.refuse(refused)
    except EditConflictError:
        form.add_error(None, str(_CHANGED))
    else:
        messages.success(request, _("Guardado: las pantallas lo toman en cuanto tengan internet."))
        return True
    return False


def _copy(request: HttpRequest, slug: str) -> Copy | None:
    """Return what a screen would keep of a kiosk today, and what would be too heavy."""
    found = hall_at(slug)
    site = f"{request.scheme}://{request.get_host()}"
    return copy_of(KioskPages(found, site=site), request) if found else None


# ── stops of the audio guide ─────────────────────────────────────────────────────────────────────────────────────────


def stop(request: HttpRequest, key: UUID | None = None) -> HttpResponse:
    """Write a stop, mend it, let it be heard or take it away."""
    hosts = _hosts(request)
    kept = AudioStop.objects.filter(pk=key, host__in=hosts).first() if key else None
    if key and kept is None:
        raise Http404
    may_show = bool(_approved(request)) if kept is None else kept.host in _approved(request)
    form = StopForm(request.POST or None, initial=_told(kept), subjects=_subjects(hosts, kept), may_show=may_show)
    if request.method == "POST" and form.is_valid():
        try:
            _write(request, form, kept)
        except StopRefusedError as refused:
            form.refuse(refused)
        except EditConflictError:
            form.add_error(None, str(_CHANGED))
        else:
            messages.success(request, _("Guardada."))
            return redirect("museum_hall")
    return render(request, "museum/desk/stop.html", {"form": form, "stop": kept})


def _told(kept: AudioStop | None) -> dict[str, Any]:
    if kept is None:
        return {}
    names = ("title", "title_en", "text", "text_en", "recording", "recording_en", "version")
    subject = f"room:{kept.room}" if kept.room else f"work:{kept.work}"
    return {**{name: getattr(kept, name) for name in names}, "subject": subject, "is_shown": bool(kept.published_at)}


def _subjects(hosts: list[str], kept: AudioStop | None) -> Choices:
    """Return what a stop can stand before; one that is written stays where it stands."""
    found = [(f"room:{slug}", title) for slug, title in _rooms(hosts)]
    found += [(f"work:{code}", line.title) for code, line in _works(hosts).items()]
    if kept is None:
        return found
    own = f"room:{kept.room}" if kept.room else f"work:{kept.work}"
    return [one for one in found if one[0] == own] or [(own, kept.title)]


@transaction.atomic
def _write(request: HttpRequest, form: StopForm, kept: AudioStop | None) -> None:
    host = kept.host if kept else _host_of(request, form.cleaned_data["subject"])
    by, draft = _acting(request, host), form.draft(host)
    if kept is None:
        made = write_stop(draft, by=by, sounds=form.sounds)
    else:
        version = form.cleaned_data["version"] or 0
        made = mend_stop(kept.pk, draft=draft, by=by, version=version, sounds=form.sounds)
    wanted = form.cleaned_data.get("is_shown")
    if wanted and not made.published_at:
        show_stop(made.pk, by=by, version=made.version)
    elif wanted is False and made.published_at:
        hide_stop(made.pk, by=by, version=made.version)


def _host_of(request: HttpRequest, subject: str) -> str:
    """Return the city whose room or work a stop stands before."""
    kind, _colon, which = subject.partition(":")
    hosts = _hosts(request)
    if kind == "room":
        return str(RoomPage.objects.filter(live=True, slug=which, host__in=hosts).values_list("host", flat=True)[0])
    return next(host for host in hosts if which in _works([host]))


# ── labels ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def labels(request: HttpRequest) -> HttpResponse:
    """Give the labels of what was chosen as a PDF to print."""
    hosts = _hosts(request)
    site = f"{request.scheme}://{request.get_host()}"
    rooms_open, works_shown = dict(_rooms(hosts)), _works(hosts)
    slugs = [slug for slug in rooms_open if slug in request.GET.getlist("sala")]
    lines = [line for code, line in works_shown.items() if code in request.GET.getlist("obra")]
    chosen = [*room_labels(slugs, site=site), *work_labels(lines, site=site)]
    if not chosen:
        messages.error(request, _("Elija al menos una puerta o una obra."))
        return redirect("museum_hall")
    made = sheet_of(chosen, is_large=request.GET.get("tamano") == "grande")
    response = HttpResponse(made, content_type="application/pdf")
    response["Content-Disposition"] = 'inline; filename="etiquetas.pdf"'
    response["Cache-Control"] = "no-store"
    return response


@hooks.register("register_admin_urls")
def addresses() -> list[Any]:
    """Return the addresses of these pages below the desk's."""
    return [
        path("museo/en-la-sala/", hall, name="museum_hall"),
        path("museo/en-la-sala/etiquetas.pdf", labels, name="museum_labels"),
        path("museo/en-la-sala/quiosco/", kiosk, name="museum_new_kiosk"),
        path("museo/en-la-sala/quiosco/<uuid:key>/", kiosk, name="museum_kiosk"),
        path("museo/en-la-sala/parada/", stop, name="museum_new_stop"),
        path("museo/en-la-sala/parada/<uuid:key>/", stop, name="museum_stop"),
    ]


class HallItem(MenuItem):
    """For who works in the rooms of a city."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Leave it out for who was invited into one room."""
        return bool(hosts_of(request.user))  # type: ignore[arg-type]


@hooks.register("register_admin_menu_item")
def hall_item() -> MenuItem:
    """Return the way to the hall."""
    return HallItem(
        gettext_lazy("En la sala"), reverse("museum_hall"), name="en-la-sala", icon_name="desktop", order=330
    )
