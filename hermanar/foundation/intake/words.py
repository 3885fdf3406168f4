"""What the codes inside contents say, for pages that show a content field by field."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hermanar.foundation.intake.kinds import GROUPS, VISIT_LANGUAGES

CODE_LABELS: dict[str, Mapping[str, Promise | str]] = {
    "group": GROUPS,
    "guided_in": VISIT_LANGUAGES,
    "scene": {
        "path": _("El camino"),
        "sun": _("El sol de cada una"),
        "years": _("Los años juntas"),
        "rosettes": _("Los rumbos"),
    },
    "wall": {
        "ochre": _("Ocre"),
        "rose": _("Rosa"),
        "cobalt": _("Cobalto"),
        "cochineal": _("Grana"),
        "cantera": _("Cantera"),
    },
    "stamps": {
        "sun": _("Sol"),
        "moon": _("Luna"),
        "mountain": _("Cerro"),
        "wave": _("Agua"),
        "bird": _("Ave"),
        "flower": _("Flor"),
        "house": _("Casa"),
        "heart": _("Corazón"),
        "star": _("Estrella"),
        "note": _("Música"),
        "book": _("Libro"),
        "hand": _("Mano"),
    },
    "voice": {
        "resident": _("Vivo allí"),
        "office": _("Trabajo en su gobierno"),
        "organisation": _("Soy de una organización"),
        "university": _("Soy de una universidad"),
    },
}
