"""The forms of an open call at the desk: what is asked for, who judges, what was decided."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from hermanar.museum.actions.open_calls import OpenCallDraft, ResultDraft
from hermanar.museum.models import OpenCall
from hermanar.museum.vocabulary.open_calls import Decider
from hermanar.ui.inputs import DayInput

_DAY = DayInput()


class OpenCallForm(forms.ModelForm):
    """A call as an editor tells it; the verb decides what may be kept."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    receiver = forms.ChoiceField(label=_("Ciudad hermana que recibe la obra"), required=False)

    class Meta:
        model = OpenCall
        fields = [
            "title", "title_en", "receiver", "decider", "rules", "rules_en", "opens_on", "closes_on", "votes_until",
        ]  # fmt: skip
        labels = {
            "title": _("Título"), "title_en": _("Título en inglés"), "decider": _("Quién decide"),
            "rules": _("Bases"), "rules_en": _("Bases en inglés"), "opens_on": _("Se reciben obras desde el día"),
            "closes_on": _("Último día para recibirlas"), "votes_until": _("Último día para votar"),
        }  # fmt: skip
        help_texts = {
            "rules": _("Qué se pide, quién puede participar, medidas, qué recibe quien gane, cómo se entrega la obra."),
            "votes_until": _("Se vota desde el día siguiente al cierre. Después se da el resultado."),
        }
        widgets = {
            "opens_on": _DAY, "closes_on": _DAY, "votes_until": _DAY,
            "rules": forms.Textarea(attrs={"rows": 10}), "rules_en": forms.Textarea(attrs={"rows": 10}),
        }  # fmt: skip

    def __init__(self, *args: Any, sisters: list[tuple[str, str]], **more: Any) -> None:
        """Offer the sister cities."""
        super().__init__(*args, **more)
        self.fields["receiver"].choices = [("", "—"), *sisters]  # type: ignore[attr-defined]

    def _post_clean(self) -> None:
        """Leave the rules to the verb: a second opinion of the model would say the same in other words."""

    def draft(self) -> OpenCallDraft:
        """Return what was told."""
        told = {name: self.cleaned_data[name] for name in OpenCallDraft.__dataclass_fields__}
        return OpenCallDraft(**told | {"decider": Decider(told["decider"])})


class VersionForm(forms.Form):
    """One step on a call that is kept."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class CancelForm(VersionForm):
    """Why there will be no result."""

    note = forms.CharField(label=_("Por qué no habrá resultado"), max_length=500, required=False)
    note_en = forms.CharField(label=_("Por qué, en inglés"), max_length=500, required=False)


class JurorForm(VersionForm):
    """Who is asked to judge."""

    name = forms.CharField(label=_("Nombre"), max_length=120, required=False)
    post = forms.CharField(
        label=_("Qué hace"), max_length=160, required=False,
        help_text=_("Como lo leerá el público: «directora del museo de la ciudad»."),
    )  # fmt: skip


class ResultForm(VersionForm):
    """Which work was chosen, or none, and why."""

    winner = forms.ChoiceField(label=_("La obra elegida"), required=False)
    reasons = forms.CharField(
        label=_("Las razones"), max_length=4_000, required=False, widget=forms.Textarea(attrs={"rows": 6})
    )
    reasons_en = forms.CharField(
        label=_("Las razones, en inglés"), max_length=4_000, required=False, widget=forms.Textarea(attrs={"rows": 6})
    )

    def __init__(self, *args: Any, works: list[tuple[str, str]], **more: Any) -> None:
        """Offer the works that take part, with what the votes say of each."""
        super().__init__(*args, **more)
        self.fields["winner"].choices = [("", _("ninguna: queda desierta")), *works]  # type: ignore[attr-defined]

    def draft(self) -> ResultDraft:
        """Return what was decided."""
        told = self.cleaned_data
        winner = UUID(told["winner"]) if told["winner"] else None
        return ResultDraft(winner, told["reasons"], told["reasons_en"])


class WorkForm(VersionForm):
    """Which gift of the register the chosen work became."""

    work = forms.ChoiceField(label=_("La obra, en la colección"), required=False)

    def __init__(self, *args: Any, works: list[tuple[str, str]], **more: Any) -> None:
        """Offer the works of the collection that belong to the city."""
        super().__init__(*args, **more)
        self.fields["work"].choices = [("", "—"), *works]  # type: ignore[attr-defined]
