"""A city by its name: found in the directory where it is there, else kept as it is written."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from hermanar.directory.models import Place
from hermanar.directory.queries import exact_places, find_places
from hermanar.workspace.forms.sending import typed

_MOST = 8
NOT_FOUND = "none"  # not in the directory, or nobody knows yet which one it is


class FindsPlace(forms.Form):
    """Asks for a city and, where several bear the name or one is only like it, which one is meant."""

    searched = forms.CharField(widget=forms.HiddenInput, required=False)
    city = forms.CharField(
        label=_("¿Qué ciudad, estado o provincia?"),
        max_length=120,
        help_text=_("Escriba su nombre; si varias lo llevan, con su estado: «Ashland, Oregon». O le preguntamos cuál."),
    )
    place = forms.ChoiceField(label=_("¿Cuál de ellas?"), required=False, widget=forms.RadioSelect)

    def __init__(self, *args: Any, own: Place | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.own = own
        self.initial.setdefault("searched", self.initial.get("city", ""))
        name = str(self.data.get("city", "") if self.is_bound else self.initial.get("city", "")).strip()[:120]
        self.found = _candidates(name, own=own) if name else []
        kept = self.initial.get("place", "")
        if kept not in {"", NOT_FOUND, *dict(self.found)}:
            self.found += _named(kept)
        if self.found:
            choices = [*self.found, (NOT_FOUND, _("ninguna de estas: que quede como está escrita"))]
            self.fields["place"].choices = choices  # type: ignore[attr-defined]
        else:
            del self.fields["place"]

    def clean(self) -> dict[str, Any]:
        """Settle which place is meant; where that is not plain, ask."""
        given = super().clean() or self.cleaned_data
        name = str(given.get("city", ""))
        was_asked = given.get("searched") == name
        chosen = given.get("place") if was_asked else ""
        exact = [one for one in exact_places(name) if self.own is None or one.pk != self.own.pk] if name else []
        given["found"] = None
        if chosen and chosen != NOT_FOUND:
            given["found"] = UUID(chosen)
        elif not chosen and len(exact) == 1 and not was_asked:
            given["found"] = exact[0].pk
        elif not chosen and self.found:
            self.add_error("place", _("Elija cuál es, o diga que ninguna."))
        data = typed(self)
        data["searched"] = name
        self.data = data
        return given


def _candidates(name: str, *, own: Place | None) -> list[tuple[str, str]]:
    language = "en" if (get_language() or "es").startswith("en") else "es"
    found = find_places(name, limit=_MOST)
    rows = [(one.place, one.where_en if language == "en" else one.where_es) for one in found]
    return [(str(place.pk), f"{place.name} · {where}") for place, where in rows if own is None or place.pk != own.pk]


def _named(key: str) -> list[tuple[str, str]]:
    return [(str(one.pk), one.name) for one in Place.objects.filter(pk=key)]


def shown_place(place: UUID | None) -> str:
    """Return a place that is kept as the form shows it; none was found, or none is meant."""
    return str(place) if place else NOT_FOUND
