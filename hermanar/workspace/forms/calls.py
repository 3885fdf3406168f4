"""A call as its forms ask for it: the call itself, what came of it, why it is taken back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hermanar.cooperation.actions.calls import CallDraft
from hermanar.cooperation.rules.calls import ResultFacts
from hermanar.cooperation.vocabulary.calls import CallKind
from hermanar.cooperation.vocabulary.calls import CallRefusal as Why
from hermanar.workspace.forms.projects import RecordForm, tie_field
from hermanar.workspace.forms.words import DayField

# The fields that a refusal is about; the first one a form has.
FIELDS_OF: dict[Why, tuple[str, ...]] = {
    Why.NO_TITLE: ("title_es",),
    Why.CLOSES_BEFORE_OPENS: ("closes_on",),
    Why.OPENS_WITHOUT_CLOSING: ("closes_on",),
    Why.ENDS_FIRST: ("ends_on",),
    Why.STAY_BEFORE_CLOSING: ("starts_on",),
    Why.NO_PLACES: ("places",),
    Why.TOO_MANY: ("places", "applied"),
    Why.TIE_ABANDONED: ("agreement",),
    Why.BELOW_ZERO: ("applied",),
    Why.NOTHING_TOLD: ("placed",),
    Why.NOT_CLOSED: ("closes_on",),
    Why.RESULT_BEFORE_CLOSING: ("on", "closes_on"),
    Why.RESULT_IN_FUTURE: ("on",),
    Why.MORE_THAN_PLACES: ("placed", "places"),
    Why.MORE_THAN_APPLIED: ("placed",),
    Why.NO_REASON: ("reason",),
}
# What a form shows of a call, by the names of its columns.
TOLD = (
    "kind", "title_es", "title_en", "description_es", "description_en", "host", "places", "requirements", "covers",
    "how_to_apply", "opens_on", "closes_on", "starts_on", "ends_on",
)  # fmt: skip


def _text(label: Any, *, rows: int = 3, hint: Any = "") -> forms.CharField:
    area = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, required=False, max_length=4000, widget=area, help_text=hint)


class CallForm(RecordForm):
    """A call: only what it is and its title are needed to begin."""

    kind = forms.ChoiceField(label=_("¿A qué se convoca?"), choices=CallKind.choices, widget=forms.RadioSelect)
    title_es = forms.CharField(
        label=_("Título"),
        max_length=200,
        help_text=_("En una línea: «Un semestre en Ashland para estudiantes de música»."),
    )
    agreement = tie_field()
    description_es = _text(_("¿De qué se trata?"), rows=4, hint=_("Para quién es, qué hará ahí y qué se espera."))
    host = forms.CharField(
        label=_("¿Qué institución recibe?"),
        max_length=200,
        required=False,
        help_text=_("Una universidad, un hospital, un gobierno, una empresa."),
    )
    places = forms.IntegerField(label=_("¿Cuántos lugares hay?"), required=False)
    requirements = _text(_("¿Qué se pide?"), hint=_("Estudios, edad, idioma, papeles. Un requisito por renglón."))
    covers = _text(_("¿Qué cubre, y qué paga cada persona?"), hint=_("Colegiatura, pasaje, hospedaje, seguro."))
    how_to_apply = _text(
        _("¿Cómo se participa?"),
        hint=_(
            "A dónde se escribe, qué se envía y a qué página se va. Use el correo de la oficina, no el de una persona."
        ),
    )
    opens_on = DayField(label=_("Se recibe desde el"), required=False)
    closes_on = DayField(label=_("Se recibe hasta el"), required=False, help_text=_("Ese día todavía se recibe."))
    starts_on = DayField(label=_("La estancia empieza el"), required=False)
    ends_on = DayField(label=_("La estancia termina el"), required=False)
    title_en = forms.CharField(label=_("Título en inglés"), max_length=200, required=False)
    description_en = _text(_("¿De qué se trata?, en inglés"), rows=4)

    def __init__(self, *args: Any, ties: Sequence[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agreement"].label = _("¿De qué acuerdo?")
        self.fields["agreement"].help_text = _("Vacío: la convocatoria no es de ningún acuerdo de la oficina.")
        self.offer("agreement", [("", _("de ningún acuerdo")), *ties])


def call_draft(given: dict[str, Any]) -> CallDraft:
    """Return a call as it was typed."""
    told = {name: given[name] for name in TOLD if name != "kind"}
    return CallDraft(kind=CallKind(given["kind"]), agreement=given["agreement"], **told)


class ResultForm(RecordForm):
    """What came of a call: numbers, never who."""

    on = DayField(label=_("¿Cuándo se dio el resultado?"))
    applied = forms.IntegerField(
        label=_("¿Cuántas personas participaron?"), required=False, help_text=_("Si no se sabe, déjelo vacío.")
    )
    placed = forms.IntegerField(label=_("¿Cuántas fueron elegidas?"), required=False)
    text = _text(
        _("El resultado, en palabras"),
        hint=_("Sin nombres ni datos de nadie: se publica con la convocatoria. Quedó desierta, se amplió, qué sigue."),
    )


def result_told(given: dict[str, Any]) -> ResultFacts:
    """Return a result as it was typed."""
    return ResultFacts(given["on"], applied=given["applied"], placed=given["placed"], text=given["text"])


class WithdrawCallForm(RecordForm):
    """Why a call is taken back."""

    reason = forms.CharField(
        label=_("¿Por qué se retira?"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Por ejemplo: se canceló, o está asentada dos veces."),
    )
