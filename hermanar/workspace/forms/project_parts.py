"""What is in a project, as its forms ask for it: who takes part, what each puts in, indicators, risks, lessons."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hermanar.cooperation.vocabulary import (
    ContributionSide,
    Degree,
    LessonKind,
    Level,
    Measure,
    PartnerKind,
    PartnerRole,
    Resource,
)
from hermanar.workspace.forms.gifts import currency_choices
from hermanar.workspace.forms.projects import AmountField, RecordForm
from hermanar.workspace.forms.words import DayField

_MOST_PEOPLE = 1_000_000


class FigureField(AmountField):
    """A figure of an indicator."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(digits=15, places=4, **kwargs)


class PartnerForm(RecordForm):
    """An organisation that takes part."""

    name = forms.CharField(label=_("Nombre de la organización"), max_length=200)
    kind = forms.ChoiceField(label=_("¿Qué es?"), choices=PartnerKind.choices)
    role = forms.ChoiceField(label=_("¿Qué hace en el proyecto?"), choices=PartnerRole.choices)
    country = forms.ChoiceField(label=_("País"), required=False)
    identifier = forms.CharField(
        label=_("Identificador internacional"),
        required=False,
        max_length=80,
        help_text=_("Solo si lo tiene: lo usa el archivo IATI, por ejemplo MX-RFC-XXX010101XXX."),
    )

    def __init__(self, *args: Any, countries: Sequence[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("country", [("", _("no se sabe")), *countries])


class ContributionForm(RecordForm):
    """What a party puts in."""

    side = forms.ChoiceField(label=_("¿Quién aporta?"))
    resource = forms.ChoiceField(
        label=_("¿Qué aporta?"), choices=Resource.choices, widget=forms.RadioSelect, initial=Resource.MONEY
    )
    description = forms.CharField(
        label=_("¿Qué es, en una línea?"),
        max_length=300,
        help_text=_("Por ejemplo: partida 4411, dos médicas."),
    )
    on = DayField(label=_("¿Cuándo se aporta?"), required=False)
    amount = AmountField(
        label=_("Cantidad de dinero"), help_text=_("De bienes, su valor, si se conoce: no cuenta en el presupuesto.")
    )
    currency = forms.ChoiceField(label=_("Moneda"), required=False)
    rate = AmountField(
        digits=14,
        places=6,
        label=_("Tipo de cambio a la moneda del presupuesto"),
        help_text=_("Solo si la moneda es otra: cuántas unidades de la del presupuesto por una de esta."),
    )
    rate_on = DayField(label=_("¿De qué día es el tipo de cambio?"), required=False)
    rate_source = forms.CharField(
        label=_("¿De qué fuente?"), required=False, max_length=200, help_text=_("Por ejemplo: Banco de México, FIX.")
    )
    people = forms.IntegerField(
        label=_("¿Cuántas personas?"), required=False, min_value=0, max_value=_MOST_PEOPLE,
        help_text=_("Solo si aporta personas."),
    )  # fmt: skip
    days = forms.IntegerField(
        label=_("¿Cuántos días de trabajo cada una?"), required=False, min_value=1, max_value=3650
    )

    def __init__(self, *args: Any, partners: Sequence[Any], has_tie: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sides = [(ContributionSide.OFFICE.value, ContributionSide.OFFICE.label)]
        if has_tie:
            sides.append((ContributionSide.COUNTERPART.value, ContributionSide.COUNTERPART.label))
        self.offer("side", [*sides, *partners])
        self.offer("currency", currency_choices())


class RiskForm(RecordForm):
    """Something that may go wrong."""

    what = forms.CharField(
        label=_("¿Qué puede salir mal?"), max_length=300, help_text=_("Por ejemplo: cambia el gobierno municipal.")
    )
    likelihood = forms.ChoiceField(
        label=_("Probabilidad"), choices=Degree.choices, widget=forms.RadioSelect, initial=Degree.MEDIUM
    )
    impact = forms.ChoiceField(
        label=_("Gravedad"), choices=Degree.choices, widget=forms.RadioSelect, initial=Degree.MEDIUM
    )
    response = forms.CharField(
        label=_("¿Qué se hará para evitarlo o si ocurre?"), max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )
    is_over = forms.BooleanField(label=_("Ya pasó o ya no puede pasar"), required=False)


class LessonForm(RecordForm):
    """Something that was learnt."""

    kind = forms.ChoiceField(label=_("¿Qué tal resultó?"), choices=LessonKind.choices, widget=forms.RadioSelect)
    text = forms.CharField(
        label=_("¿Qué se aprendió?"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Para quien venga después: qué hacer igual, qué evitar, con qué condición."),
    )


class IndicatorForm(RecordForm):
    """Something a project measures."""

    title_es = forms.CharField(
        label=_("¿Qué se mide?"), max_length=200, help_text=_("Por ejemplo: personas que terminaron el curso.")
    )
    measure = forms.ChoiceField(label=_("¿Cómo se cuenta?"), choices=Measure.choices, widget=forms.RadioSelect,
                                initial=Measure.NUMBER)  # fmt: skip
    unit = forms.CharField(
        label=_("Unidad"),
        required=False,
        max_length=60,
        help_text=_("Personas, talleres… De un porcentaje, vacía."),
    )
    level = forms.ChoiceField(label=_("¿Qué clase de resultado es?"), choices=Level.choices, widget=forms.RadioSelect,
                              initial=Level.OUTPUT)  # fmt: skip
    baseline = FigureField(
        label=_("Línea de base: cuánto hay antes"), help_text=_("Puede ser 0. Sin ella no se puede poner una meta.")
    )
    baseline_on = DayField(label=_("¿De qué día es la línea de base?"), required=False)
    target = FigureField(label=_("Meta: a cuánto se quiere llegar"))
    target_on = DayField(label=_("¿Para cuándo?"), required=False)
    verification = forms.CharField(
        label=_("Medio de verificación"), required=False, max_length=300,
        help_text=_("Dónde se verá: listas, constancias, encuestas."),
    )  # fmt: skip
    title_en = forms.CharField(label=_("Qué se mide, en inglés"), required=False, max_length=200)


class ValueForm(RecordForm):
    """What was measured on a day."""

    on = DayField(label=_("¿De qué día es?"))
    value = FigureField(label=_("Valor"))
    verification = forms.CharField(
        label=_("¿En qué consta?"),
        max_length=300,
        help_text=_("El medio de verificación: lista firmada, acta."),
    )

    def clean_value(self) -> Any:
        """Ask for the value: an empty one is none."""
        value = self.cleaned_data["value"]
        if value is None:
            raise forms.ValidationError(_("Falta el valor: escríbalo."))
        return value
