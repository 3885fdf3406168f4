"""What every page of an office carries around its content: the office, and where one may go in it."""

from __future__ import annotations

import functools
from typing import Any

from django.http import HttpRequest
from django.urls import resolve, reverse
from django.utils.translation import gettext_lazy as _

from hermanar.agreements.queries.guests import rooms_of
from hermanar.foundation.access import Actor, Verb, can
from hermanar.offices.queries import acting, current_memberships

# What an office has, by what one does there: a section opens at its first page. One line for each page: the words and
# the name of its address; it is shown to whom the page's `@member` lets in.
SECTIONS = (
    (_("Qué vence"), ((_("Qué vence"), "workspace:home"),)),
    (_("Expedientes"), ((_("Expedientes"), "workspace:files"), (_("Nuevos lazos"), "workspace:beginnings"))),
    (
        _("Vida de los lazos"),
        (
            (_("Planes"), "workspace:plans"),
            (_("Proyectos"), "workspace:projects"),
            (_("Actividades"), "workspace:activities"),
            (_("Convocatorias"), "workspace:calls"),
            (_("Regalos"), "workspace:gifts"),
            (_("Comités"), "workspace:committees"),
            (_("Evaluación"), "workspace:assessments"),
            (_("Por reactivar"), "workspace:reactivation"),
        ),
    ),
    (_("Moderación"), ((_("Moderación"), "workspace:moderation"),)),
    (_("Informes"), ((_("Informes"), "workspace:reports"),)),
    (_("Revisión"), ((_("Revisión"), "workspace:reviews"),)),
    (_("Registro"), ((_("Registro"), "workspace:register"),)),
    (_("Calendario"), ((_("Calendario"), "workspace:calendar"),)),
    (_("Oficina"), ((_("Personas"), "workspace:people"), (_("Entrega"), "workspace:handover"))),
)


def frame(request: HttpRequest) -> dict[str, Any]:
    """Return the context of `workspace/frame.html`; nothing for a page outside an office."""
    membership = getattr(request, "membership", None)  # set by `@member`
    if membership is None:
        return _own_place(request)
    return {
        "office": membership.office,
        "membership": membership,
        "office_nav": navigation(acting(membership), request.path_info),
        "refusal_base": "workspace/frame.html",  # who stands in an office is not led out of it by a wrong address
    }


def _own_place(request: HttpRequest) -> dict[str, Any]:
    """Return where the pages of an account lead who works in no office: into the room of a tie."""
    user = getattr(request, "user", None)
    if not request.path_info.removeprefix("/en").startswith("/cuenta/") or user is None or not user.is_authenticated:
        return {}
    works = current_memberships(user.pk).exists()
    return {"leads_to_room": not works and bool(rooms_of(user.pk))}


def navigation(actor: Actor, here: str) -> list[dict[str, Any]]:
    """Return the sections a person may open, with the one that is open now and, where it has several, its pages."""
    home = reverse("workspace:home")
    found = []
    for label, pages in SECTIONS:
        entries = [
            {
                "label": words,
                "address": address,
                "is_here": here == address if address == home else here.startswith(address),
            }
            for words, address in ((words, reverse(name)) for words, name in pages)
            if _may_open(actor, address)
        ]
        if entries:
            is_here = any(entry["is_here"] for entry in entries)
            several = entries if is_here and len(entries) > 1 else []
            found.append({"label": label, "address": entries[0]["address"], "is_here": is_here, "entries": several})
    return found


def _may_open(actor: Actor, address: str) -> bool:
    verbs = _verbs_of(address)
    return not verbs or any(can(actor, verb) for verb in verbs)


@functools.cache
def _verbs_of(address: str) -> tuple[Verb, ...]:
    """Return what the page at an address of ours asks for: looked up once, for every page names all of them."""
    verbs: tuple[Verb, ...] = getattr(resolve(address).func, "verbs", ())
    return verbs
