"""What is written of a committee, its members, its sessions and its tasks."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from hermanar.agreements.vocabulary import AreaOfCooperation
from hermanar.cooperation.models import AgendaItem
from hermanar.cooperation.vocabulary import Quorum, Sector
from hermanar.ui.inputs import HourInput
from hermanar.workspace.forms.words import DayField, SheetField

Choices = list[tuple[str, Any]]
_FIRST = [one for one in Quorum if one not in {Quorum.PRESENT, Quorum.NONE}]
_YES_NO = [("yes", _("sí hubo")), ("no", _("no hubo"))]
_MOST_MEMBERS = 200
_FIGURE = _("De una parte: «2/3» o «60 %». De un número: «5».")


class _Committees(forms.Form):
    """What every form here carries: the version that was seen, or the key of what it makes."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False, initial=0)
    key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def clean_version(self) -> int:
        """Take a version that was spoilt for one that is long past."""
        return self.cleaned_data["version"] or 0

    def choose(self, name: str, choices: Choices) -> None:
        """Fill the choices of a field."""
        self.fields[name].choices = choices  # type: ignore[attr-defined]


class _Key(forms.TypedChoiceField):
    """A choice among records, by their keys."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(coerce=UUID, empty_value=None, **kwargs)


class CommitteeForm(_Committees):
    """A committee as its papers tell of it."""

    name = forms.CharField(label=_("Nombre del comité"), max_length=200)
    founded_on = DayField(label=_("¿Cuándo se creó?"), required=False, help_text=_("Si no consta, déjelo vacío."))
    instrument = forms.CharField(
        label=_("¿Con qué instrumento?"),
        required=False,
        max_length=200,
        help_text=_("Por ejemplo: acuerdo de cabildo 12/2018, reglamento, minuta."),
    )
    source = forms.CharField(label=_("¿En qué papel consta y dónde se guarda?"), required=False, max_length=300)
    size = forms.IntegerField(
        label=_("¿Cuántos integrantes dice la regla?"), required=False, min_value=1, max_value=_MOST_MEMBERS
    )
    quorum = forms.ChoiceField(
        label=_("¿Cuántos hacen quórum?"),
        choices=[(one.value, one.label) for one in _FIRST],
        help_text=_("Como lo dice su reglamento. Si no se sabe, el programa le preguntará en cada sesión."),
    )
    quorum_figure = forms.CharField(label=_("¿Qué parte o número?"), required=False, max_length=12, help_text=_FIGURE)
    second_call = forms.ChoiceField(label=_("¿Y en segunda convocatoria?"), choices=Quorum.choices)
    second_figure = forms.CharField(
        label=_("¿Qué parte o número en la segunda?"), required=False, max_length=12, help_text=_FIGURE
    )
    is_exclusive = forms.BooleanField(label=_("La regla prohíbe estar además en otro comité"), required=False)
    peer_name = forms.CharField(label=_("Comité par en la otra ciudad"), required=False, max_length=200)
    peer_contact = forms.CharField(label=_("Contacto del comité par"), required=False, max_length=200)


class FoundForm(CommitteeForm):
    """A committee that is founded: of the office, or of an area of one of its ties."""

    agreement = _Key(
        label=_("¿De qué acuerdo?"), required=False, help_text=_("Vacío: es de la oficina, no de un hermanamiento.")
    )
    area = forms.ChoiceField(label=_("¿De qué área?"), required=False)
    field_order = ("version", "key", "name", "agreement", "area")

    def __init__(self, *args: Any, ties: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose("agreement", [("", _("ninguno: es de la oficina")), *ties])
        self.choose("area", [("", _("ninguna")), *AreaOfCooperation.choices])


class MemberForm(_Committees):
    """A person in a committee; only what is needed to know who is there and for whom."""

    name = forms.CharField(label=_("Nombre"), max_length=120)
    sector = forms.ChoiceField(label=_("¿A quién representa?"), choices=Sector.choices)
    body = forms.CharField(label=_("Organización"), required=False, max_length=160)
    post = forms.CharField(
        label=_("Cargo en el comité"), required=False, max_length=120, help_text=_("Por ejemplo: Presidencia, Vocal.")
    )
    began_on = DayField(label=_("¿Desde cuándo?"))
    until = DayField(label=_("¿Hasta cuándo es su periodo?"), required=False)
    stands_for = _Key(label=_("¿Es suplente de alguien?"), required=False)
    user = _Key(
        label=_("Su cuenta en la oficina"),
        required=False,
        help_text=_("Si tiene una con el papel de integrante de comité, podrá dar por cumplidas sus tareas."),
    )

    def __init__(self, *args: Any, holders: Choices, accounts: Choices, is_new: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose("stands_for", [("", _("no, es titular")), *holders])
        self.choose("user", [("", _("ninguna")), *accounts])
        if not accounts:
            del self.fields["user"]
        if not is_new:
            del self.fields["stands_for"]


class EndForm(_Committees):
    """The day something ended, and why."""

    ended_on = DayField(label=_("¿Desde qué día?"))
    reason = forms.CharField(label=_("Motivo"), max_length=300)


class TakeOverForm(_Committees):
    """From when a substitute holds the place."""

    on = DayField(label=_("¿Desde qué día es titular?"))


class CallForm(_Committees):
    """A session as it is called."""

    on = DayField(label=_("¿Qué día?"))
    at = forms.TimeField(label=_("¿A qué hora?"), required=False, widget=HourInput())
    place = forms.CharField(label=_("¿Dónde?"), required=False, max_length=200)
    called_on = DayField(label=_("¿Cuándo se envió la convocatoria?"), required=False)
    agenda = forms.CharField(
        label=_("Orden del día"),
        max_length=6000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Un asunto por renglón, en su orden."),
    )

    def items(self) -> list[str]:
        """Return the matters of the agenda, each as long as it can be kept."""
        return [line.strip()[:300] for line in self.cleaned_data["agenda"].splitlines() if line.strip()]


class CancelForm(_Committees):
    """Why a session is cancelled."""

    reason = forms.CharField(label=_("Motivo"), max_length=300)


class AttendanceForm(_Committees):
    """Who came; where the rule of quorum is not known, whether there was one."""

    present = forms.TypedMultipleChoiceField(
        label=_("¿Quiénes asistieron?"), required=False, coerce=UUID, widget=forms.CheckboxSelectMultiple
    )
    is_second_call = forms.BooleanField(label=_("Se sesionó en segunda convocatoria"), required=False)
    had_quorum = forms.ChoiceField(
        label=_("¿Hubo quórum, según su reglamento?"), choices=_YES_NO, required=False, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, people: Choices, asks_quorum: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose("present", people)
        if not asks_quorum:
            del self.fields["had_quorum"]

    def said(self) -> bool | None:
        """Return what was said of the quorum, where it was asked."""
        return {"yes": True, "no": False}.get(self.cleaned_data.get("had_quorum", ""))


class ProceedingsForm(_Committees):
    """What was said of each matter of the agenda."""

    def __init__(self, *args: Any, items: list[AgendaItem], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.items = items
        for item in items:
            self.fields[f"said_{item.position}"] = forms.CharField(
                label=f"{item.position}. {item.title}",
                required=False,
                max_length=8000,
                widget=forms.Textarea(attrs={"rows": 4}),
            )

    def said(self) -> dict[UUID, str]:
        """Return what was written, by matter."""
        return {item.pk: self.cleaned_data[f"said_{item.position}"] for item in self.items}


class DecisionForm(_Committees):
    """A decision, and how the votes fell where they were counted."""

    item = _Key(label=_("¿Sobre qué asunto?"), required=False)
    text = forms.CharField(label=_("¿Qué se acordó?"), max_length=4000, widget=forms.Textarea(attrs={"rows": 4}))
    votes_for = forms.IntegerField(label=_("Votos a favor"), required=False, min_value=0, max_value=_MOST_MEMBERS)
    votes_against = forms.IntegerField(label=_("Votos en contra"), required=False, min_value=0, max_value=_MOST_MEMBERS)
    abstentions = forms.IntegerField(label=_("Abstenciones"), required=False, min_value=0, max_value=_MOST_MEMBERS)

    def __init__(self, *args: Any, items: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose("item", [("", _("ninguno del orden del día")), *items])


class MinutesForm(_Committees):
    """The minutes as they were signed."""

    document = SheetField(label=_("El acta firmada"), help_text=_("En PDF, o una imagen clara de ella."))
    reason = forms.CharField(
        label=_("¿Por qué se cambia?"),
        required=False,
        max_length=300,
        help_text=_("La anterior no se borra: queda con la sesión."),
    )

    def __init__(self, *given: Any, is_replaced: bool = False, **more: Any) -> None:
        super().__init__(*given, **more)
        if not is_replaced:
            del self.fields["reason"]


class TaskForm(_Committees):
    """What has to be done, by whom, until when."""

    what = forms.CharField(label=_("¿Qué hay que hacer?"), max_length=300)
    owner = _Key(label=_("¿Quién se encarga?"))
    due_on = DayField(label=_("¿Para cuándo?"), required=False)
    decision = _Key(label=_("¿De qué acuerdo nace?"), required=False)
    note = forms.CharField(label=_("Nota"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, owners: Choices, decisions: Choices, is_new: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose("owner", [("", _("Elija")), *owners])
        self.choose("decision", [("", _("de ninguno")), *decisions])
        if not is_new or not decisions:
            del self.fields["decision"]


class DoneForm(_Committees):
    """When a task was done; empty: it is not, after all."""

    done_on = DayField(label=_("¿Cuándo se cumplió?"), required=False, help_text=_("Vacío: no se ha cumplido."))
    note = forms.CharField(label=_("Nota"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2}))
