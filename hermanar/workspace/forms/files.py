"""Opening a file and changing its particulars."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from hermanar.agreements.models import Agreement
from hermanar.agreements.queries import regime_of
from hermanar.agreements.rules import LONGEST_TERM, PartyFacts, earliest_signature, regime
from hermanar.agreements.vocabulary import AreaOfCooperation, Kind, Regime, Standing
from hermanar.directory.models import Place
from hermanar.directory.queries import exact_places, find_places, places
from hermanar.foundation.models import uuid7
from hermanar.foundation.words import fold
from hermanar.ui.templatetags.ui import long_date
from hermanar.workspace.forms.words import DayField, language_choices

_MOST_CANDIDATES = 8
_FEW = 8  # a language beyond these enters with its text
_KINDS = [(one.value, one.label) for one in Kind if one is not Kind.UNKNOWN]
_STANDINGS = [
    (Standing.GOVERNMENT.value, _("un gobierno: ciudad, estado o provincia")),
    (Standing.INTERNATIONAL.value, _("un organismo internacional")),
    (Standing.PRIVATE.value, _("una empresa, universidad privada, asociación o persona")),
]
_YES_NO = [("", _("no lo dice")), ("true", _("sí")), ("false", _("no"))]


def term_fields() -> dict[str, forms.Field]:
    """Return the two questions about how long an agreement lasts."""
    return {
        "term_years": forms.IntegerField(
            label=_("Vigencia en años"), required=False, min_value=1, max_value=LONGEST_TERM
        ),
        "is_open_ended": forms.BooleanField(label=_("Vigencia indefinida"), required=False),
    }


class OneTerm(forms.Form):
    """An agreement lasts some years or without end, never both."""

    def clean(self) -> dict[str, Any]:
        """Refuse both at once."""
        given = super().clean() or self.cleaned_data
        if given.get("term_years") and given.get("is_open_ended"):
            self.add_error("term_years", _("Escriba los años o marque que es indefinida, no las dos."))
        return given


class OpenForm(OneTerm):
    """What a file begins with: with whom, about what, when."""

    only_asks_which = False  # nothing is wrong: several places bear the name

    key = forms.UUIDField(widget=forms.HiddenInput)
    told = forms.CharField(widget=forms.HiddenInput, required=False)  # the regime the page has told
    searched = forms.CharField(widget=forms.HiddenInput, required=False)
    counterpart = forms.CharField(
        label=_("¿Con qué ciudad, estado o provincia?"),
        max_length=120,
        help_text=_("Escriba su nombre; si varias lo llevan, con su estado: «Ashland, Oregon». O le preguntamos cuál."),
    )
    place = forms.ChoiceField(label=_("¿Cuál de ellas?"), required=False, widget=forms.RadioSelect)
    standing = forms.ChoiceField(
        label=_("¿Quién firma allá?"),
        choices=_STANDINGS,
        initial=Standing.GOVERNMENT.value,
        widget=forms.RadioSelect,
        help_text=_("De esto depende si va por la Cancillería."),
    )
    name_as_written = forms.CharField(
        label=_("Nombre oficial del gobierno u organismo que firma allá (no el de la persona)"),
        max_length=200,
        required=False,
    )
    kind = forms.ChoiceField(
        label=_("¿Qué se va a firmar?"), choices=_KINDS, initial=Kind.TWINNING.value, widget=forms.RadioSelect
    )
    areas = forms.MultipleChoiceField(
        label=_("Áreas de cooperación"),
        choices=AreaOfCooperation.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("Puede dejarlas para después; hacen falta para pedir el dictamen."),
    )
    languages = forms.MultipleChoiceField(
        label=_("Idiomas en que se firma"),
        widget=forms.CheckboxSelectMultiple,
        initial=["es"],
        help_text=_("El dictamen se pide con el texto en cada uno: marque también el de la contraparte, si lo firma."),
    )
    planned_signature_on = DayField(label=_("Fecha prevista de firma"), required=False)

    def __init__(self, *args: Any, own: Place | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.own = own
        self.fields.update(term_fields())
        self.fields["languages"].choices = language_choices(most=_FEW)  # type: ignore[attr-defined]
        self.initial.setdefault("key", uuid7())
        self.candidates = self._candidates() if self.is_bound else []
        if self.candidates:
            self.fields["place"].choices = [(str(key), label) for key, label in self.candidates]  # type: ignore[attr-defined]
        else:
            del self.fields["place"]

    def tell_first_day(self, today: dt.date) -> None:
        """Say beside the planned day which is the first that the law leaves open."""
        self.fields["planned_signature_on"].help_text = _(
            "De ella se cuentan los plazos; puede cambiar. Por la Cancillería no puede ser antes del %(day)s: "
            "el dictamen se pide dos semanas antes."
        ) % {"day": long_date(earliest_signature(today))}

    def _candidates(self) -> list[tuple[UUID, str]]:
        text = str(self.data.get("counterpart", "")).strip()[:120]
        language = "en" if (get_language() or "es").startswith("en") else "es"
        found = find_places(text, limit=_MOST_CANDIDATES)
        rows = [(one.place, one.where_en if language == "en" else one.where_es) for one in found]
        return [
            (place.pk, f"{place.name} · {where}")
            for place, where in rows
            if self.own is None or place.pk != self.own.pk
        ]

    def _only_one(self, name: str) -> UUID | None:
        """Return the one candidate whose own words say all that was written; a likeness is asked about."""
        if not name or len(self.candidates) != 1:
            return None
        [(key, label)] = self.candidates
        return key if set(fold(name).split()) <= set(fold(label).split()) else None

    def clean(self) -> dict[str, Any]:
        """Find the one place that is meant; where several bear the name, ask."""
        given = super().clean()
        name = str(given.get("counterpart", ""))
        chosen = given.get("place") if given.get("searched") == name else None
        exact = [place for place in exact_places(name) if self.own is None or place.pk != self.own.pk] if name else []
        given["found"] = None
        if chosen:
            given["found"] = places().get(pk=chosen)
        elif len(exact) == 1:
            given["found"] = exact[0]
        elif only := self._only_one(name):
            given["found"] = places().get(pk=only)
        elif name and not self.candidates:
            self.add_error("counterpart", _("No encontramos ese lugar. Pruebe con otra forma de su nombre."))
        elif name:
            self.add_error("place", _("Elija cuál es."))
            self.only_asks_which = len(self.errors) == 1
        return given

    def regime(self) -> Regime | None:
        """Return the procedure that would apply, as far as the form tells."""
        found = getattr(self, "cleaned_data", {}).get("found")
        standing = getattr(self, "cleaned_data", {}).get("standing")
        if found is None or not standing:
            return None
        return regime([PartyFacts("MX", None), PartyFacts(found.country_id, None, Standing(standing))])


class ShownForm(OneTerm):
    """What a page showed of an agreement, to be changed; `version` is the one it showed."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    seen_at = forms.CharField(widget=forms.HiddenInput, required=False)
    title_es = forms.CharField(label=_("Título"), max_length=300)
    title_en = forms.CharField(label=_("Título en inglés"), max_length=300, required=False)


class EditForm(ShownForm):
    """The particulars of a file."""

    kind = forms.ChoiceField(label=_("¿Qué se va a firmar?"), choices=Kind.choices)
    areas = forms.MultipleChoiceField(
        label=_("Áreas de cooperación"),
        choices=AreaOfCooperation.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    languages = forms.MultipleChoiceField(
        label=_("Idiomas en que se firma"), widget=forms.CheckboxSelectMultiple, required=False
    )
    planned_signature_on = DayField(label=_("Fecha prevista de firma"), required=False)
    is_renewable = forms.TypedChoiceField(
        label=_("¿Se puede prorrogar?"),
        choices=_YES_NO,
        coerce=lambda value: value == "true",
        empty_value=None,
        required=False,
    )
    first_programme_days = forms.IntegerField(
        label=_("Días para acordar el primer programa anual"),
        required=False,
        min_value=1,
        max_value=3650,
        help_text=_("Los que diga el texto, contados desde la firma. Cuando el programa esté acordado, bórrelos."),
    )
    is_filed = forms.BooleanField(
        label=_("Llevarlo también ante la Cancillería"),
        required=False,
        help_text=_("Solo entre ciudades mexicanas, donde no es obligatorio."),
    )

    def __init__(self, *args: Any, kept: Agreement, names: frozenset[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.update(term_fields())
        self.fields["languages"].choices = language_choices(*kept.languages.split(), most=_FEW)  # type: ignore[attr-defined]
        offered = names if regime_of(kept.pk) is Regime.BETWEEN_MEXICAN else names - {"is_filed"}
        for name in set(self.fields) - offered - {"version", "seen_at"}:
            del self.fields[name]
