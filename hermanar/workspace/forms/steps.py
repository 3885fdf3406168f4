"""A form for each step; the fields are those its verb asks for, and no other."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hermanar.agreements.models import Agreement
from hermanar.agreements.rules import FileFacts
from hermanar.agreements.vocabulary import Regime
from hermanar.agreements.vocabulary.procedure import Step
from hermanar.workspace.forms.sending import shown_now
from hermanar.workspace.forms.texts import SheetForm
from hermanar.workspace.forms.words import DayField, SheetField
from hermanar.workspace.papers import letter_number

_FAVOURABLE = [("yes", _("favorable: ya se puede firmar")), ("no", _("no favorable: el texto vuelve a negociarse"))]
OBSERVATIONS = 6


def _letter(label: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=120, required=False)


def _reason(label: Any) -> forms.CharField:
    return forms.CharField(label=label, required=False, widget=forms.Textarea(attrs={"rows": 3}))


class ActForm(forms.Form):
    """What every act on a file carries: which version the person saw, and when."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    seen_at = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, kept: Agreement, facts: FileFacts, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kept, self.facts = kept, facts


class StepForm(ActForm):
    """What every step asks: the day. `papers` tells what an earlier try of the form has sent."""

    papers = forms.CharField(widget=forms.HiddenInput, required=False)
    on = DayField(label=_("¿Qué día fue?"))


class LetterForm(StepForm):
    """A step done with a letter."""

    letter = _letter(_("Número del oficio"))
    paper = SheetField(
        label=_("El oficio firmado o su acuse"), required=False, help_text=_("PDF, Word o foto. Puede agregarlo ahora.")
    )


class LaterPaperForm(SheetForm):
    """A paper that comes after its step."""

    paper = SheetField(label=_("El archivo"), help_text=_("PDF, Word o foto: el acuse, el oficio firmado."))


class InformForm(LetterForm):
    """The notice to the ministry."""


class RequestForm(LetterForm):
    """The request for the opinion."""

    planned_signature_on = DayField(label=_("Fecha prevista de firma"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("planned_signature_on", self.kept.planned_signature_on)


class ObservationsForm(LetterForm):
    """What the ministry observed, as its letter says it."""

    letter = _letter(_("Número del oficio de la Cancillería"))
    reason = _reason(_("Qué dice el oficio, en general"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number in range(1, OBSERVATIONS + 1):
            self.fields[f"quote_{number}"] = forms.CharField(
                label=_("Pasaje del texto"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2})
            )
            self.fields[f"comment_{number}"] = forms.CharField(
                label=_("Qué se observa"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 2})
            )

    def rows(self) -> list[dict[str, Any]]:
        """Return the pairs of fields, as the page shows them."""
        return [
            {"number": number, "quote": self[f"quote_{number}"], "comment": self[f"comment_{number}"]}
            for number in range(1, OBSERVATIONS + 1)
        ]

    def clean(self) -> dict[str, Any]:
        """Ask what is observed of each passage."""
        given = super().clean() or self.cleaned_data
        for number in range(1, OBSERVATIONS + 1):
            if given.get(f"quote_{number}") and not given.get(f"comment_{number}"):
                self.add_error(f"comment_{number}", _("Falta lo que se observa de este pasaje: escríbalo."))
        return given


class OpinionForm(LetterForm):
    """The opinion, as its letter says it."""

    letter = _letter(_("Número del oficio de la Cancillería"))
    is_favourable = forms.ChoiceField(label=_("¿Qué dice el dictamen?"), choices=_FAVOURABLE, widget=forms.RadioSelect)
    reason = _reason(_("Sus razones, si las da"))


class SignForm(StepForm):
    """The signature; without an opinion only when it is said so, with the reason."""

    place = forms.CharField(label=_("¿Dónde se firmó?"), max_length=200)
    signatories = forms.CharField(
        label=_("¿Quiénes firmaron?"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Una persona por renglón, con su cargo."),
    )
    paper = SheetField(label=_("El documento firmado"), required=False)
    is_without_opinion = forms.BooleanField(
        label=_("Se firmó sin dictamen favorable. Sé que así carece de validez y de respaldo de la Cancillería."),
        required=False,
    )
    reason = _reason(_("Por qué se firmó sin dictamen"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        facts = self.facts
        if facts.regime is not Regime.TREATIES_LAW or facts.has_favourable_opinion:
            del self.fields["is_without_opinion"], self.fields["reason"]


class CopiesForm(LetterForm):
    """The signed copies go to the ministry."""


class RenewForm(LetterForm):
    """A new end."""

    until = DayField(label=_("¿Hasta qué día vale ahora?"))
    reason = _reason(_("Motivo o cláusula"))


class ReasonForm(LetterForm):
    """A step that needs its reason."""

    reason = _reason(_("Motivo"))


class ReaffirmForm(LetterForm):
    """The parties say again that they hold to it."""

    reason = _reason(_("En qué acto o documento"))


class AbandonForm(StepForm):
    """A file is given up."""

    reason = _reason(_("Motivo"))


class PublishForm(ActForm):
    """Publishing asks nothing but the will."""


def first_form(kept: Agreement, step: Step, *, facts: FileFacts, today: dt.date, **more: Any) -> ActForm:
    """Return the form of a step as it is first shown: today, and the number its letter bears."""
    number = letter_number(kept, step)
    initial = {"on": today, **({"letter": number} if number else {}), **shown_now(kept)}
    return FORMS[step](initial=initial, kept=kept, facts=facts, **more)


FORMS: dict[Step, type[ActForm]] = {
    Step.INFORM_MINISTRY: InformForm,
    Step.REQUEST_OPINION: RequestForm,
    Step.RECORD_OBSERVATIONS: ObservationsForm,
    Step.RECORD_OPINION: OpinionForm,
    Step.SIGN: SignForm,
    Step.SEND_SIGNED_COPIES: CopiesForm,
    Step.RENEW: RenewForm,
    Step.SUSPEND: ReasonForm,
    Step.RESUME: ReasonForm,
    Step.TERMINATE: ReasonForm,
    Step.REAFFIRM: ReaffirmForm,
    Step.ABANDON: AbandonForm,
    Step.PUBLISH: PublishForm,
    Step.UNPUBLISH: AbandonForm,
}
