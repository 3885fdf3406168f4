"""Where a room leads on: the questions asked of both cities, and a card to the other one."""

from __future__ import annotations

from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hermanar.catalogue.read.offices import office_at
from hermanar.catalogue.sheets import PartyLine
from hermanar.museum.queries.pairs import public_pairs


def onward(home: PartyLine, there: PartyLine, *, name: str) -> list[dict[str, str]]:
    """Return what can be done next in a room: only what is there to be done today."""
    found = []
    if count := public_pairs().filter(sides__place=there.slug).count():
        said = ngettext("Una pregunta a las dos ciudades", "%(n)d preguntas a las dos ciudades", count) % {"n": count}
        found.append({"title": said, "url": f"{reverse('museum:pairs')}?{urlencode({'ciudad': there.slug})}"})
    if office_at(home.slug):
        pair = urlencode({"ciudad": home.slug, "de": home.slug, "para": there.slug})
        title = _("Mandar una postal a %(city)s") % {"city": name}
        found.append({"title": title, "url": f"{reverse('museum:new_hello')}?{pair}"})
    return found
