"""What every page of an office carries around its content: the office, and where one may go in it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, resolve, reverse
from django.utils.translation import gettext_lazy as _

from hermanar.foundation.access import Actor, can
from hermanar.offices.queries import acting

# One line each: the words and the name of the address. An entry is shown to whom its page's `@member` lets in, and
# only when that address exists.
ENTRIES = (
    (_("Qué vence"), "workspace:home"),
    (_("Expedientes"), "workspace:files"),
    (_("Planes"), "workspace:plans"),
    (_("Actividades"), "workspace:activities"),
    (_("Proyectos"), "workspace:projects"),
    (_("Regalos"), "workspace:gifts"),
    (_("Comités"), "workspace:committees"),
    (_("Evaluación"), "workspace:assessments"),
    (_("Informes"), "workspace:reports"),
    (_("Revisión"), "workspace:reviews"),
    (_("Registro"), "workspace:register"),
    (_("Calendario"), "workspace:calendar"),
    (_("Personas"), "workspace:people"),
    (_("Entrega"), "workspace:handover"),
)


def frame(request: HttpRequest) -> dict[str, Any]:
    """Return the context of `workspace/frame.html`; nothing for a page outside an office."""
    membership = getattr(request, "membership", None)  # set by `@member`
    if membership is None:
        return {}
    return {
        "office": membership.office,
        "membership": membership,
        "office_nav": navigation(acting(membership), request.path_info),
        "refusal_base": "workspace/frame.html",  # who stands in an office is not led out of it by a wrong address
    }


def navigation(actor: Actor, here: str) -> list[dict[str, Any]]:
    """Return the entries a person may open, with the one that is open now."""
    home = reverse("workspace:home")
    found = []
    for label, name in ENTRIES:
        try:
            address = reverse(name)
        except NoReverseMatch:
            continue
        verbs = getattr(resolve(address).func, "verbs", ())
        if not verbs or any(can(actor, verb) for verb in verbs):
            is_here = here == address if address == home else here.startswith(address)
            found.append({"label": label, "address": address, "is_here": is_here})
    return found
