"""A work of the collection as its pages and manifests show it: the record, what the museum says of it, its picture."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hermanar.catalogue import read
from hermanar.catalogue.gifts import WorkLine
from hermanar.foundation.calendar import public_day
from hermanar.museum.pictures import UnreadablePictureError, dimensions
from hermanar.museum.rules.exhibits import STATEMENTS, UNEVALUATED
from hermanar.museum.rules.iiif import Cut, wholes
from hermanar.museum.views.drawings import hue
from hermanar.museum.views.sayings import foreign
from hermanar.ui.geometry import bearing_and_distance
from hermanar.ui.voyage import Voyage, voyage

Files = Mapping[str, tuple[str, Path]]
_YEAR_SIGNS = 4
RIGHTS = {
    "cne": gettext_lazy("Derechos de autor sin evaluar"),
    "und": gettext_lazy("Derechos de autor por determinar"),
    "inc": gettext_lazy("Protegida por derechos de autor"),
    "inc_edu": gettext_lazy("Protegida por derechos de autor; se permite el uso educativo"),
    "inc_nc": gettext_lazy("Protegida por derechos de autor; se permite el uso no comercial"),
    "noc_oklr": gettext_lazy("Sin derechos de autor; con otras restricciones legales"),
    "nkc": gettext_lazy("Sin derechos de autor conocidos"),
}


@dataclass(frozen=True, slots=True)
class Photograph:
    """A photograph the public may see, and the sizes it is given in."""

    width: int
    height: int
    service: str  # the path of its image service
    wholes: list[Cut] = field(default_factory=list)

    @property
    def src(self) -> str:
        """Return the address of the whole picture, as large as it is given."""
        return self._url(self.wholes[0])

    @property
    def srcset(self) -> str:
        """Return every size for the browser to choose from."""
        return ", ".join(f"{self._url(cut)} {cut.width}w" for cut in self.wholes)

    @property
    def thumbnail(self) -> tuple[str, Cut]:
        """Return the smallest size that is no smaller than a stamp."""
        cut = next((one for one in reversed(self.wholes) if max(one.width, one.height) >= 256), self.wholes[0])  # noqa: PLR2004
        return self._url(cut), cut

    def _url(self, cut: Cut) -> str:
        return f"{self.service}/full/{cut.width},{cut.height}/0/default.jpg"


def photograph_of(line: WorkLine, files: Files) -> Photograph | None:
    """Return the photograph of a work, if it is among those the public may see and it can be read."""
    found = files.get(line.code) if line.has_photograph else None
    if found is None:
        return None
    try:
        width, height = dimensions(*found)
    except UnreadablePictureError:
        return None
    service = reverse("museum_root:iiif_image", args=[line.code])
    return Photograph(width, height, service, wholes(width, height))


def way_of(line: WorkLine) -> tuple[float, float] | None:
    """Return in which direction and how far a work went, if both cities have a position."""
    one, other = line.ends
    places = (one.latitude, one.longitude, other.latitude, other.longitude)
    if None in places or one.slug == other.slug:
        return None
    return bearing_and_distance(*places)  # type: ignore[arg-type]


def drawn(line: WorkLine, *, uid: str, alone: bool = False, is_small: bool = False) -> str:
    """Draw a work from its data."""
    way = way_of(line)
    far = next((end.country for end in line.ends if end.country != "MX"), "MX")
    years = [int(day[:_YEAR_SIGNS]) if day else None for day in (line.on, line.until)]
    told = Voyage(
        kind=line.kind,
        bearing=way[0] if way and line.giver else None,
        distance_km=way[1] if way else None,
        hue=hue(far),
        first_year=years[0],
        last_year=years[1],
        this_year=public_day().year,
    )
    label = _("Dibujo de «%(title)s» hecho con sus datos") % {"title": line.title}
    return voyage(told, uid=uid, label=label, alone=alone, is_small=is_small)


def sort_said(line: WorkLine) -> str:
    """Return what a work is, in one or two words."""
    if line.is_donation:
        return _("Donación") if line.kind == "other" else _("Donación: %s") % read.word("gift", line.kind)
    said = read.word("gift", line.kind)
    return f"{said[:1].upper()}{said[1:]}"


def when_said(line: WorkLine) -> str:
    """Return when it was given, as far as it is known."""
    if not line.on:
        return _("sin fecha")
    first = read.written_date(line.on)
    return f"{first}–{read.written_date(line.until)}" if line.until else first


def way_said(line: WorkLine) -> str:
    """Return from where to where it went."""
    if line.giver and line.receiver:
        return _("De %(giver)s para %(receiver)s") % {"giver": line.giver, "receiver": line.receiver}
    one, other = line.ends
    return _("Entre %(one)s y %(other)s; no consta el sentido") % {"one": one.name, "other": other.name}


def rights_said(code: str) -> dict[str, object]:
    """Return a rights statement: its name and the address that identifies it."""
    uri, name = STATEMENTS[code]
    return {"uri": uri, "name": str(RIGHTS.get(code, name)), "is_open_question": code in {UNEVALUATED, "und"}}


def lang_of(line: WorkLine) -> str:
    """Return the language of a title that is not the reader's."""
    return foreign(line.title_language)
