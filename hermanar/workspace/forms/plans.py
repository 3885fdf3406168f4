"""What is written of a work plan: its days, the words of a year in two languages, staff, resources, what is planned."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from hermanar.agreements.vocabulary import AreaOfCooperation
from hermanar.cooperation.actions import PlannedDraft
from hermanar.cooperation.rules.plans import PlanFault, PlanRefusedError, ResourceLine, StaffLine, totals_of
from hermanar.cooperation.vocabulary import ActivityKind, Demand, PlanSide, ResourceKind
from hermanar.cooperation.vocabulary import PlanRefusal as Why
from hermanar.workspace.forms.gifts import AmountField, currency_choices
from hermanar.workspace.forms.words import DayField

Values = dict[str, Any]
# The field that a refusal is about, where a form has it; the first one that is there. Of rows, the column.
FIELD_OF: dict[Why, tuple[str, ...]] = {
    Why.TIE_ABANDONED: ("agreement",),
    Why.OUT_OF_TIME: ("starts_on",),
    Why.ENDS_FIRST: ("ends_on",),
    Why.TOO_LONG: ("ends_on",),
    Why.OVERLAPS: ("starts_on",),
    Why.AGREED_IN_FUTURE: ("agreed_on",),
    Why.LEAVES_OUT_YEAR: ("ends_on",),
    Why.LEAVES_OUT_ACTIVITY: ("ends_on",),
    Why.YEAR_OUTSIDE: ("year",),
    Why.YEAR_TAKEN: ("year",),
    Why.NO_TITLE: ("title",),
    Why.ENDS_BEFORE: ("ends_on",),
    Why.OUTSIDE_PROGRAMME: ("starts_on",),
    Why.TIMES_OUT_OF_RANGE: ("times",),
    Why.PERCENT_OUT_OF_RANGE: ("percent",),
    Why.NO_REASON: ("reason",),
    Why.OTHER_TIE: ("activity",),
    Why.WITHDRAWN: ("activity",),
    Why.DONE_BEFORE_PLAN: ("activity",),
    Why.NO_PROFILE: ("profile",),
    Why.COUNT_OUT_OF_RANGE: ("count",),
    Why.NO_STAY: ("stay",),
    Why.NO_RESOURCE: ("what",),
    Why.NO_AMOUNT: ("amount",),
    Why.AMOUNT_OF_OTHER: ("amount",),
    Why.NOT_ABOVE_ZERO: ("amount",),
    Why.AMOUNT_TOO_LARGE: ("amount",),
    Why.NO_CURRENCY: ("currency",),
    Why.UNKNOWN_CURRENCY: ("currency",),
    Why.CURRENCY_OF_OTHER_YEAR: ("currency",),
    Why.BAD_TOTAL: ("totals",),
    Why.TOTAL_TWICE: ("totals",),
    Why.TOTAL_DIFFERS: ("totals",),
    Why.TOTAL_WITHOUT_LINES: ("totals",),
}
_SIDES = PlanSide.choices
_STANDING = frozenset({"side", "kind"})  # columns that stand at a choice before anybody writes
_MOST_ROWS, _MORE_ROWS = 60, 3
_ONE_A_LINE = _("Una por renglón.")


def field_of(form: forms.Form, fault: PlanFault) -> str | None:
    """Return the field of a form that a refusal is about; None where the form has none for it."""
    names = FIELD_OF.get(fault.why, ())
    if fault.row is not None and isinstance(form, _Rows):
        names = tuple(f"{name}_{form.written[fault.row]}" for name in names)
    if fault.why is Why.OUTSIDE_PROGRAMME and fault.said.get("day") != form.cleaned_data.get("starts_on"):
        names = ("ends_on",)
    return next((name for name in names if name in form.fields), None)


def _words(label: Any, *, rows: int = 4, is_english: bool = False, hint: Any = "") -> forms.CharField:
    attrs = {"rows": rows, **({"lang": "en"} if is_english else {})}
    return forms.CharField(
        label=label, required=False, max_length=6000, widget=forms.Textarea(attrs=attrs), help_text=hint
    )


def _line(label: Any, *, is_english: bool = False, hint: Any = "", most: int = 200) -> forms.CharField:
    widget = forms.TextInput(attrs={"lang": "en"} if is_english else {})
    return forms.CharField(label=label, required=False, max_length=most, widget=widget, help_text=hint)


class _Plans(forms.Form):
    """What every form here carries: the version that was seen, or the key of what it makes; fields in groups."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False, initial=0)
    key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def clean_version(self) -> int:
        """Take a version that was spoilt for one that is long past."""
        return self.cleaned_data["version"] or 0

    def groups(self) -> Iterator[tuple[str, list[Any]]]:
        """Yield fields that stand beside each other: one, or one with the same words in English."""
        names = [field.name for field in self.visible_fields()]
        for name in names:
            if name.endswith("_en"):
                continue
            pair = [self[name], *([self[f"{name}_en"]] if f"{name}_en" in names else [])]
            yield "", pair


class PlanForm(_Plans):
    """A plan: its days and what it is for."""

    starts_on = DayField(label=_("¿Qué día empieza?"))
    ends_on = DayField(
        label=_("¿Qué día termina?"), help_text=_("La primera etapa de un hermanamiento dura unos tres años.")
    )
    purpose = _words(_("Objetivo general"), hint=_("Qué quieren lograr juntas las dos ciudades."))
    purpose_en = _words(_("Objetivo general, en inglés"), is_english=True, hint=_("Para la contraparte."))
    agreed_on = DayField(
        label=_("¿Cuándo lo acordó la contraparte?"),
        required=False,
        help_text=_("Mientras esté vacío, el plan es un borrador para las dos."),
    )


class NewPlanForm(PlanForm):
    """A plan that is made for a tie."""

    agreement = forms.TypedChoiceField(label=_("¿De qué acuerdo?"), coerce=UUID)
    field_order = ("version", "key", "agreement")

    def __init__(self, *args: Any, ties: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agreement"].choices = [("", _("elija uno")), *ties]  # type: ignore[attr-defined]


class NewProgrammeForm(_Plans):
    """The year of a programme."""

    year = forms.TypedChoiceField(label=_("¿De qué año?"), coerce=int)

    def __init__(self, *args: Any, years: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["year"].choices = [(year, str(year)) for year in years]  # type: ignore[attr-defined]


class ProgrammeForm(_Plans):
    """What a programme says in words, in Spanish and beside it in English."""

    objectives = _words(_("Objetivos del año"), hint=_ONE_A_LINE)
    objectives_en = _words(_("Objetivos del año, en inglés"), is_english=True)
    duties_own = _words(_("Responsabilidades de nuestra ciudad"), hint=_ONE_A_LINE)
    duties_own_en = _words(_("Responsabilidades de nuestra ciudad, en inglés"), is_english=True)
    duties_counterpart = _words(_("Responsabilidades de la contraparte"), hint=_ONE_A_LINE)
    duties_counterpart_en = _words(_("Responsabilidades de la contraparte, en inglés"), is_english=True)
    evaluation = _words(
        _("Formas de evaluación"), hint=_("Cómo se sabrá si salió bien: una encuesta, un conteo, una reunión final.")
    )
    evaluation_en = _words(_("Formas de evaluación, en inglés"), is_english=True)
    other = _words(_("Cualquier otra información"), hint=_("Lo que las partes consideren necesario; si no, nada."))
    other_en = _words(_("Cualquier otra información, en inglés"), is_english=True)


class PlannedForm(_Plans):
    """Something that is planned for the year."""

    title = _line(_("¿Qué se hará?"), most=300, hint=_("En una frase: «Taller de música con la escuela de Ashland»."))
    title_en = _line(_("¿Qué se hará?, en inglés"), most=300, is_english=True)
    objective = _line(_("¿A qué objetivo sirve?"), most=300)
    objective_en = _line(_("¿A qué objetivo sirve?, en inglés"), most=300, is_english=True)
    starts_on = DayField(label=_("Primer día"))
    ends_on = DayField(label=_("Último día"))
    times = forms.IntegerField(
        label=_("¿Cuántas veces se hará?"),
        initial=1,
        help_text=_("De esto se cuenta el avance: tres de cuatro talleres."),
    )
    kind = forms.ChoiceField(label=_("¿Qué será?"), choices=ActivityKind.choices)
    area = forms.ChoiceField(label=_("¿De qué área?"))
    demand = forms.ChoiceField(
        label=_("¿Cuánto exige?"),
        choices=Demand.choices,
        help_text=_("El método aconseja empezar por lo que exige poco."),
    )
    responsible_own = _line(
        _("¿Quién responde de nuestra parte?"), hint=_("Un cargo o un área; no hace falta el nombre.")
    )
    responsible_counterpart = _line(_("¿Quién responde de la contraparte?"))

    def __init__(self, *args: Any, areas: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = dict(AreaOfCooperation.choices)
        own = [(area, words[area]) for area in areas if area in words]
        others = [(area, label) for area, label in words.items() if area not in areas]
        choices = [(_("Las del acuerdo"), own), (_("Otras"), others)] if own else others
        self.fields["area"].choices = choices  # type: ignore[attr-defined]

    def drafted(self) -> PlannedDraft:
        """Return what was written as a draft."""
        given = self.cleaned_data
        names = (
            "title", "title_en", "objective", "objective_en", "starts_on", "ends_on", "times", "responsible_own",
            "responsible_counterpart",
        )  # fmt: skip
        return PlannedDraft(
            kind=ActivityKind(given["kind"]),
            area=AreaOfCooperation(given["area"]),
            demand=Demand(given["demand"]),
            **{name: given[name] for name in names},
        )


class ProgressForm(_Plans):
    """How far something has come, beyond what is noted as done."""

    percent = forms.IntegerField(
        label=_("Avance, de 0 a 100"), required=False,
        help_text=_("Lo anotado ya se cuenta solo. Escríbalo si va más adelante que eso; vacío, no se dice nada."),
    )  # fmt: skip
    note = _words(_("Nota"), hint=_("Qué falta, qué lo detiene."))


class CancelForm(_Plans):
    """Why something will not be done."""

    reason = forms.CharField(label=_("¿Por qué no se hará?"), max_length=300)


class _DoneField(forms.TypedChoiceField):
    """One of what was done; what was linked a moment ago is not offered any more, and asked for twice all the same."""

    def valid_value(self, value: Any) -> bool:
        """Take every key: the verb knows what fits."""
        return bool(value)


class LinkForm(_Plans):
    """Something done that fulfils what was planned."""

    activity = _DoneField(label=_("¿Qué se hizo?"), coerce=UUID, widget=forms.RadioSelect)

    def __init__(self, *args: Any, done: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["activity"].choices = done  # type: ignore[attr-defined]


# ── rows ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


class _Rows(_Plans):
    """A form of rows: those that are kept and some empty ones; an empty row is none."""

    columns: tuple[str, ...] = ()
    head = _("Renglón %(number)d")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.written: list[int] = []  # the rows that say something, once it is clean
        self.count = min(_MOST_ROWS, max(self._kept() + _MORE_ROWS, self._sent()))
        for row in range(self.count):
            for name in self.columns:
                self.fields[f"{name}_{row}"] = self.cell(name)

    def cell(self, name: str) -> forms.Field:
        """Return a new field of a column."""
        raise NotImplementedError

    def _kept(self) -> int:
        first = self.columns[0]
        return sum(1 for name in self.initial if re.fullmatch(rf"{first}_\d+", name))

    def _sent(self) -> int:
        rows = (re.fullmatch(r"[a-z_]+_(\d{1,2})", name) for name in self.data)
        return max((int(found[1]) + 1 for found in rows if found), default=0)

    def groups(self) -> Iterator[tuple[str, list[Any]]]:
        """Yield each row under its number, then what is not in a row."""
        rows = {f"{name}_{row}" for row in range(self.count) for name in self.columns}
        for row in range(self.count):
            legend = str(self.head) % {"number": row + 1}
            yield legend, [self[f"{name}_{row}"] for name in self.columns]
        yield from (("", [field]) for field in self.visible_fields() if field.name not in rows)

    @property
    def changed_data(self) -> list[str]:
        """Return what differs from what is kept; a row that is empty on both sides does not."""
        return [name for name in super().changed_data if not self._is_empty(name)]

    def _is_empty(self, name: str) -> bool:
        column, _mark, row = name.rpartition("_")
        if column not in self.columns:
            return False
        return not any(self._says(values, row) for values in (self.data, self.initial))

    def _says(self, values: Any, row: object) -> bool:
        """Say whether a row says anything; what a choice stands at by itself says nothing."""
        return any(values.get(f"{name}_{row}") not in (None, "") for name in self.columns if name not in _STANDING)

    def filled(self) -> list[Values]:
        """Return the rows that say something."""
        rows = [{name: self.cleaned_data.get(f"{name}_{row}") for name in self.columns} for row in range(self.count)]
        self.written = [row for row in range(self.count) if self._says(self.cleaned_data, row)]
        return [rows[row] for row in self.written]


class StaffForm(_Rows):
    """Who is assigned to a programme."""

    columns = ("side", "profile", "profile_en", "count", "stay", "stay_en")
    head = _("Personal %(number)d")

    def cell(self, name: str) -> forms.Field:
        """Return a new field of a column."""
        if name == "side":
            return forms.ChoiceField(label=_("¿De qué parte?"), choices=_SIDES, initial=PlanSide.OWN, required=False)
        if name == "count":
            return forms.IntegerField(label=_("¿Cuántas personas?"), required=False)
        labels = {
            "profile": _("Perfil"), "profile_en": _("Perfil, en inglés"),
            "stay": _("Estadía"), "stay_en": _("Estadía, en inglés"),
        }  # fmt: skip
        hints = {"profile": _("Intérprete, maestra de música…"), "stay": _("Cinco días en mayo, todo el año…")}
        return _line(labels[name], is_english=name.endswith("_en"), hint=hints.get(name, ""))

    def lines(self) -> list[StaffLine]:
        """Return the rows that say something."""
        return [
            StaffLine(
                PlanSide(given["side"] or PlanSide.OWN), given["profile"] or "", given["count"] or 0,
                given["stay"] or "", given["profile_en"] or "", given["stay_en"] or "",
            )
            for given in self.filled()
        ]  # fmt: skip


class ResourcesForm(_Rows):
    """The resources of a programme, and what the money comes to."""

    columns = ("kind", "side", "what", "what_en", "amount", "currency")
    head = _("Recurso %(number)d")
    totals = _words(
        _("Totales del dinero"), rows=2,
        hint=_("Uno por moneda y por renglón, como «120000 MXN». Si los escribe, se comprueba que sumen."),
    )  # fmt: skip

    def cell(self, name: str) -> forms.Field:
        """Return a new field of a column."""
        if name == "kind":
            return forms.ChoiceField(
                label=_("¿De qué clase?"), choices=ResourceKind.choices, initial=ResourceKind.HUMAN, required=False
            )
        if name == "side":
            return forms.ChoiceField(label=_("¿Quién lo pone?"), choices=_SIDES, initial=PlanSide.OWN, required=False)
        if name == "amount":
            return AmountField(
                label=_("Monto"), required=False, max_digits=16, decimal_places=2,
                widget=forms.TextInput(attrs={"inputmode": "decimal"}), help_text=_("Solo de lo financiero."),
            )  # fmt: skip
        if name == "currency":
            choices = [("", _("ninguna")), *currency_choices()[1:]]
            return forms.ChoiceField(label=_("Moneda"), choices=choices, required=False)
        labels = {"what": _("¿Qué es?"), "what_en": _("¿Qué es?, en inglés")}
        return _line(labels[name], is_english=name == "what_en")

    @property
    def changed_data(self) -> list[str]:
        """Return what differs from what is kept; totals that come to the same do not."""
        return [name for name in super().changed_data if name != "totals" or not self._are_same_totals()]

    def _are_same_totals(self) -> bool:
        try:
            return totals_of(self.data.get("totals", "")) == totals_of(self.initial.get("totals", ""))
        except PlanRefusedError:
            return False

    def lines(self) -> list[ResourceLine]:
        """Return the rows that say something."""
        return [
            ResourceLine(
                ResourceKind(given["kind"] or ResourceKind.HUMAN), PlanSide(given["side"] or PlanSide.OWN),
                given["what"] or "", given["what_en"] or "", given["amount"], given["currency"] or "",
            )
            for given in self.filled()
        ]  # fmt: skip
