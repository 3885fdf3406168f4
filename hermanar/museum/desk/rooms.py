"""Rooms at the desk: a new one in one question, who edits it, and the records a page may name."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button

from hermanar.catalogue import read
from hermanar.foundation.access import APPROVES, EDITS, INVITED, Role, desk_group
from hermanar.foundation.models import User
from hermanar.museum.actions.rooms import RoomExistsError, dismiss_editor, has_part, name_editor, open_room
from hermanar.museum.blocks.records import RecordField, label_of
from hermanar.museum.models import RoomPage
from hermanar.museum.models.pages import TAKEN_AWAY
from hermanar.museum.rules.pieces import RECORD_KINDS
from hermanar.museum.views.day import language, today


def hosts_of(user: User) -> list[str]:
    """Return the cities in whose rooms a person works by role, not by invitation."""
    named = user.groups.filter(name__startswith="museo:").values_list("name", flat=True)
    parts = [name.split(":") for name in named]
    return sorted({part[1] for part in parts if len(part) == 3 and part[2] in {EDITS, APPROVES}})  # noqa: PLR2004


def role_for(user: User, cities: Iterable[str]) -> Role:
    """Return as whom a person acts for some cities: today's roles gave the groups, and approving is a coordinator's."""
    approving = {desk_group(APPROVES, city) for city in cities if city}
    return Role.COORDINATOR if user.groups.filter(name__in=approving).exists() else Role.MUSEUM_EDITOR


class NewRoomForm(forms.Form):
    """The one question of a new room; whoever works for several cities says for which."""

    place = RecordField(kind="city", label=gettext_lazy("¿De qué ciudad hermana es la sala?"))
    host = forms.ChoiceField(label=gettext_lazy("¿Qué ciudad la abre?"))

    def __init__(self, *args: Any, hosts: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = read.named_records({"city": hosts}, today=today(), language=language())
        choices = [(host, named["city", host].title if ("city", host) in named else host) for host in hosts]
        self.fields["host"].choices = choices  # type: ignore[attr-defined]
        if len(hosts) == 1:
            self.fields["host"].widget = forms.HiddenInput()
            self.fields["host"].initial = hosts[0]


def new_room(request: HttpRequest) -> HttpResponse:
    """Ask for the city and make its room; one that there is already is opened instead."""
    hosts = hosts_of(request.user)  # type: ignore[arg-type]
    if not hosts:
        raise PermissionDenied
    form = NewRoomForm(request.POST or None, hosts=hosts)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            room = open_room(given["place"], given["host"], by=request.user)  # type: ignore[arg-type]
        except RoomExistsError as there:
            messages.warning(request, _("Esa ciudad ya tiene su sala; es esta."))
            room = there.room
        else:
            messages.success(
                request, _("La sala está hecha como borrador. Cuente en ella lo que los registros no dicen.")
            )
        return redirect("wagtailadmin_pages:edit", room.pk)
    return render(request, "museum/desk/new_room.html", {"form": form})


class EditorForm(forms.Form):
    """Whom to name, by the address of the account."""

    email = forms.EmailField(label=gettext_lazy("Correo de la cuenta"))

    def clean_email(self) -> User:
        """Return the person with that account."""
        person = User.objects.filter(email__iexact=self.cleaned_data["email"], is_active=True).first()
        if person is None:
            raise forms.ValidationError(_("Nadie con ese correo tiene cuenta aquí. Invítele primero desde la oficina."))
        return person


def editors(request: HttpRequest, page: int) -> HttpResponse:
    """Show who was invited to edit a room, name another person, or end it."""
    room = get_object_or_404(RoomPage, pk=page)
    if not has_part(request.user, APPROVES, room.host):  # type: ignore[arg-type]
        raise Http404
    invited = User.objects.filter(groups__name=desk_group(INVITED, room.host, room.place)).order_by("email")
    form = EditorForm(request.POST if "email" in request.POST else None)
    if request.method == "POST":
        if leaving := next((one for one in invited if str(one.pk) == request.POST.get("dismiss")), None):
            dismiss_editor(room, leaving, by=request.user)  # type: ignore[arg-type]
            return redirect("museum_room_editors", page)
        if form.is_valid():
            name_editor(room, form.cleaned_data["email"], by=request.user)  # type: ignore[arg-type]
            return redirect("museum_room_editors", page)
    return render(request, "museum/desk/editors.html", {"room": room, "invited": invited, "form": form})


def records(request: HttpRequest) -> JsonResponse:
    """Suggest public records by name, as a field writes them."""
    kind, text = request.GET.get("clase", ""), request.GET.get("q", "")
    is_any = kind == "any"
    kinds = RECORD_KINDS if is_any else (kind,) if kind in RECORD_KINDS else ()
    found = [one for each in kinds for one in read.suggested(each, text, today=today(), language=language())]
    return JsonResponse({"labels": [label_of(one, any_kind=is_any) for one in found[:20]]})


@hooks.register("register_admin_urls")
def addresses() -> list[Any]:
    """Return the addresses of these pages below the desk's."""
    return [
        path("museo/nueva-sala/", new_room, name="museum_new_room"),
        path("museo/sala/<int:page>/editores/", editors, name="museum_room_editors"),
        path("museo/registros/", records, name="museum_records"),
    ]


class NewRoomItem(MenuItem):
    """First in the menu, for who may open a room."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Leave it out for who was invited into one room."""
        return bool(hosts_of(request.user))  # type: ignore[arg-type]


@hooks.register("register_admin_menu_item")
def new_room_item() -> MenuItem:
    """Return the way to a new room."""
    return NewRoomItem(
        gettext_lazy("Nueva sala"), reverse("museum_new_room"), name="nueva-sala", icon_name="plus", order=50
    )


@hooks.register("register_log_actions")
def log_actions(actions: Any) -> None:
    """Tell the desk's log how to say that a room is gone."""
    actions.register_action(TAKEN_AWAY, gettext_lazy("Quitar una sala"), gettext_lazy("La sala se quitó"))


@hooks.register("register_page_header_buttons")
def editors_button(page: Any, user: User, *, view_name: str, next_url: str | None = None) -> Any:
    """Lead from a room to who edits it."""
    room = page.specific if page.specific_class is RoomPage else None
    if room and has_part(user, APPROVES, room.host):
        yield Button(
            _("Quién edita esta sala"), reverse("museum_room_editors", args=[page.pk]), icon_name="group", priority=90
        )
