"""A project as its forms ask for it: in short parts, so that nobody meets all its fields at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from hermanar.agreements.vocabulary import AreaOfCooperation
from hermanar.cooperation.rules import plain_amount
from hermanar.cooperation.vocabulary import (
    SCHEMES_OF,
    Modality,
    Principle,
    ProjectDirection,
    Scheme,
    SubModality,
)
from hermanar.cooperation.vocabulary import ProjectRefusal as Why
from hermanar.workspace.forms.gifts import currency_choices
from hermanar.workspace.forms.words import DayField

# The fields that a refusal is about; the first one a form has.
FIELDS_OF: dict[Why, tuple[str, ...]] = {
    Why.NO_TITLE: ("title_es",),
    Why.NO_SUMMARY: ("summary_es",),
    Why.NO_CONCEPTION: ("conceived_on",),
    Why.TIE_ABANDONED: ("agreement",),
    Why.NO_TIE: ("side", "agreement"),
    Why.ACTIVITY_OF_OTHER: ("agreement", "activities"),
    Why.ACTIVITY_OUTSIDE: ("is_outside_known",),
    Why.BAD_IDENTIFIER: ("identifier",),
    Why.SCHEME_OF_OTHER: ("scheme",),
    Why.ENDS_BEFORE_BEGIN: ("ends_on",),
    Why.NO_DATES: ("starts_on",),
    Why.NOT_ABOVE_ZERO: ("amount", "budget"),
    Why.AMOUNT_TOO_LARGE: ("amount", "budget"),
    Why.NO_CURRENCY: ("currency",),
    Why.NO_AMOUNT: ("amount", "budget"),
    Why.MONEY_WITHOUT_AMOUNT: ("amount",),
    Why.UNKNOWN_CURRENCY: ("currency",),
    Why.CURRENCY_OF_OTHER_YEAR: ("currency",),
    Why.CURRENCY_IN_USE: ("currency",),
    Why.MORE_THAN_BUDGET: ("amount", "budget"),
    Why.BUDGET_NOT_REACHED: ("is_gap_known",),
    Why.BUDGET_UNCERTAIN: ("is_gap_known",),
    Why.RATE_INCOMPLETE: ("rate",),
    Why.RATE_UNSOUGHT: ("rate",),
    Why.NO_DESCRIPTION: ("description", "name"),
    Why.NO_PEOPLE: ("people",),
    Why.AMOUNT_OF_PEOPLE: ("amount",),
    Why.PEOPLE_OF_THINGS: ("people",),
    Why.NO_PARTNER_CHOSEN: ("side",),
    Why.PARTNER_TWICE: ("name",),
    Why.UNKNOWN_COUNTRY: ("country",),
    Why.NO_MEASURE_TITLE: ("title_es",),
    Why.NO_UNIT: ("unit",),
    Why.TARGET_WITHOUT_BASELINE: ("baseline",),
    Why.BASELINE_WITHOUT_DATE: ("baseline_on",),
    Why.TARGET_WITHOUT_DATE: ("target_on",),
    Why.DATE_WITHOUT_FIGURE: ("baseline",),
    Why.TARGET_BEFORE_BASELINE: ("target_on",),
    Why.TARGET_IS_BASELINE: ("target",),
    Why.PERCENTAGE_OUT_OF_RANGE: ("value", "target"),
    Why.FIGURE_TOO_LARGE: ("value", "target"),
    Why.BASELINE_IN_FUTURE: ("baseline_on",),
    Why.VALUE_IN_FUTURE: ("on",),
    Why.VALUE_BEFORE_BASELINE: ("on", "baseline_on"),
    Why.VALUE_TWICE: ("on",),
    Why.NO_VERIFICATION: ("verification",),
    Why.NO_RISK: ("what",),
    Why.NO_RESPONSE: ("response",),
    Why.NO_LESSON: ("text",),
    Why.STAGE_IN_FUTURE: ("on", "conceived_on"),
    Why.STAGE_BEFORE_LAST: ("on",),
    Why.STAGE_AFTER_NEXT: ("on",),
    Why.NO_REASON: ("reason",),
    Why.CANCELLED_IN_FUTURE: ("cancelled_on",),
    Why.CANCELLED_BEFORE: ("cancelled_on",),
}
_UNKNOWN = _("no se sabe todavía")
_WHOLE = _("sin precisar cuál")


class RecordForm(forms.Form):
    """What every form of a project carries: the version that was seen, and the key of what it makes."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False, initial=0)
    key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def clean_version(self) -> int:
        """Take a version that was spoilt for one that is long past."""
        return self.cleaned_data["version"] or 0

    def offer(self, name: str, choices: Sequence[Any]) -> None:
        """Fill the choices of a field."""
        self.fields[name].choices = choices  # type: ignore[attr-defined]


class AmountField(forms.DecimalField):
    """An amount of money, as people write it: 12,500.50 and 12 500.50 are the same; «12,5» is asked about."""

    widget = forms.TextInput(attrs={"inputmode": "decimal"})

    def __init__(self, *, digits: int = 14, places: int = 2, **kwargs: Any) -> None:
        super().__init__(max_digits=digits, decimal_places=places, required=False, **kwargs)

    def to_python(self, value: Any) -> Any:
        """Read it without the separators of thousands."""
        figure = plain_amount("" if value is None else str(value))
        if figure is None:
            raise forms.ValidationError(_("Los decimales van con punto y los millares con coma: 12,500.50"))
        return super().to_python(figure)


def _key(value: object) -> UUID:
    """Return the key of a record, typed or kept."""
    return UUID(str(value))


def tie_field() -> Any:
    """Return the choice of an agreement of the office, or of none."""
    return forms.TypedChoiceField(
        label=_("¿De qué acuerdo?"),
        coerce=_key,
        empty_value=None,
        required=False,
        help_text=_("Vacío: el proyecto no es de ningún acuerdo de la oficina."),
    )


def _kinds() -> list[Any]:
    found: list[Any] = [("", _UNKNOWN)]
    for modality in Modality:
        parts = [(one.value, one.label) for one in SubModality if one.modality is modality]
        found.append((modality.label, [(modality.value, _WHOLE if parts else modality.label), *parts]))
    return found


def _ways() -> list[Any]:
    found: list[Any] = [("", _UNKNOWN)]
    for direction in ProjectDirection:
        schemes = [(one.value, one.label) for one in SCHEMES_OF[direction]]
        found.append((direction.label, [(direction.value, _WHOLE), *schemes]))
    return found


def way_of(chosen: str) -> tuple[ProjectDirection | None, Scheme | None]:
    """Return the direction and the scheme that one choice says."""
    if chosen in Scheme.values:
        scheme = Scheme(chosen)
        return next(one for one in ProjectDirection if scheme in SCHEMES_OF[one]), scheme
    return (ProjectDirection(chosen) if chosen else None), None


def kind_of(chosen: str) -> tuple[Modality | None, SubModality | None]:
    """Return the modality and the sub-modality that one choice says."""
    if chosen in SubModality.values:
        return SubModality(chosen).modality, SubModality(chosen)
    return (Modality(chosen) if chosen else None), None


class FirstForm(RecordForm):
    """What is needed to begin: the rest is asked part by part on the project's page."""

    title_es = forms.CharField(
        label=_("¿Cómo se llama el proyecto?"), max_length=200, help_text=_("En una línea, como lo diría a un vecino.")
    )
    agreement = tie_field()
    summary_es = forms.CharField(
        label=_("¿Para qué es?"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("El objetivo: qué cambia y para quién."),
    )
    conceived_on = DayField(
        label=_("¿Cuándo se concibió?"), help_text=_("El día en que se propuso. Aquí empieza su ciclo.")
    )

    def __init__(self, *args: Any, ties: Sequence[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("agreement", [("", _("ninguno")), *ties])


class AboutForm(RecordForm):
    """What it is and for whom."""

    title_es = forms.CharField(label=_("Nombre del proyecto"), max_length=200)
    summary_es = forms.CharField(
        label=_("¿Para qué es?"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("El objetivo: qué cambia y para quién."),
    )
    beneficiaries = forms.CharField(
        label=_("¿A quién beneficia?"), required=False, max_length=300, help_text=_("Grupos de personas, sin nombres.")
    )
    agreement = tie_field()
    area = forms.ChoiceField(label=_("Área"), required=False, choices=[("", "—"), *AreaOfCooperation.choices])
    responsible = forms.CharField(
        label=_("Área o cargo responsable aquí"),
        required=False,
        max_length=200,
        help_text=_("Sin nombres propios."),
    )
    counterpart_responsible = forms.CharField(
        label=_("Área o cargo responsable en la contraparte"), required=False, max_length=200
    )
    title_en = forms.CharField(label=_("Nombre en inglés"), required=False, max_length=200)
    summary_en = forms.CharField(
        label=_("Para qué es, en inglés"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 4})
    )

    def __init__(self, *args: Any, ties: Sequence[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("agreement", [("", _("ninguno")), *ties])


class KindForm(RecordForm):
    """Which cooperation it is."""

    scheme = forms.ChoiceField(
        label=_("Vertiente y esquema"),
        required=False,
        help_text=_("Entre ciudades hermanas que comparten costos y beneficios suele ser oferta horizontal."),
    )
    modality = forms.ChoiceField(label=_("Modalidad y submodalidad"), required=False)
    principles = forms.MultipleChoiceField(
        label=_("Principios que observa"),
        required=False,
        choices=Principle.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Marque los que el proyecto cumple de verdad; no hacen falta todos."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("scheme", _ways())
        self.offer("modality", _kinds())


class PlanForm(RecordForm):
    """When, and with how much."""

    starts_on = DayField(label=_("¿Cuándo empieza?"), required=False)
    ends_on = DayField(label=_("¿Cuándo termina?"), required=False)
    budget = AmountField(
        label=_("Presupuesto en dinero, de todas las partes"),
        help_text=_("Solo dinero: las personas y los bienes se anotan aparte, en lo que aporta cada parte."),
    )
    currency = forms.ChoiceField(label=_("Moneda"), required=False)
    register_number = forms.CharField(
        label=_("Número en el RENCID"),
        required=False,
        max_length=60,
        help_text=_("El del Registro Nacional de Cooperación Internacional, si ya lo tiene."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("currency", currency_choices())


class StageForm(RecordForm):
    """The next stage of the cycle, or the date of one that began."""

    stage = forms.CharField(widget=forms.HiddenInput, required=False)
    on = DayField(label=_("¿Qué día empezó?"))
    note = forms.CharField(
        label=_("Nota"), required=False, max_length=300, help_text=_("Por ejemplo: minuta, Comisión Mixta, convenio.")
    )
    is_gap_known = forms.BooleanField(
        label=_("Sé que las aportaciones en dinero no suman el presupuesto: falta por comprometer"), required=False
    )

    def __init__(self, *args: Any, asks_gap: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not asks_gap:
            del self.fields["is_gap_known"]


class CancelForm(RecordForm):
    """Why a project ends before its cycle does."""

    cancelled_on = DayField(label=_("¿Qué día?"))
    reason = forms.CharField(label=_("Motivo"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))


class ButtonForm(RecordForm):
    """A button that only needs to know what the person saw, and what it is to do."""

    wanted = forms.CharField(widget=forms.HiddenInput, required=False)


class ActivitiesForm(RecordForm):
    """What was done in a project."""

    activities = forms.TypedMultipleChoiceField(
        label=_("Actividades del proyecto"), coerce=_key, required=False, widget=forms.CheckboxSelectMultiple
    )
    is_outside_known = forms.BooleanField(
        label=_("Sé que hay alguna fuera de las fechas del proyecto, y es de él"), required=False
    )

    def __init__(self, *args: Any, offered: Sequence[Any], asks_outside: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("activities", offered)
        if not asks_outside:
            del self.fields["is_outside_known"]
