"""A request to twin: what came or went, and what was answered."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from hermanar.cooperation.actions.files_of_ties import WhichFile
from hermanar.cooperation.actions.requests import AnswerDraft, RequestDraft
from hermanar.cooperation.vocabulary.requests import Answer, Incentive, RequestSide
from hermanar.workspace.forms.committees import Choices
from hermanar.workspace.forms.places import FindsPlace
from hermanar.workspace.forms.words import DayField

NEW_FILE = "new"


class Versioned(forms.Form):
    """What every form here carries: the version that was seen, or the key of what it makes."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False, initial=0)
    key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def clean_version(self) -> int:
        """Take a version that was spoilt for one that is long past."""
        return self.cleaned_data["version"] or 0

    def choose(self, name: str, choices: Choices) -> None:
        """Fill the choices of a field."""
        self.fields[name].choices = choices  # type: ignore[attr-defined]


def which_file(chosen: str) -> WhichFile:
    """Return the file that a choice means."""
    if chosen == NEW_FILE:
        return WhichFile(opens=True)
    return WhichFile(UUID(chosen)) if chosen else WhichFile()


class RequestForm(Versioned, FindsPlace):
    """A request as it came, or as the office sent it."""

    side = forms.ChoiceField(label=_("¿Quién lo pide?"), choices=RequestSide.choices, widget=forms.RadioSelect)
    requester = forms.CharField(
        label=_("¿Quién la firma o la hace?"),
        max_length=200,
        help_text=_("La persona o el gobierno que escribe: «Dana Reed», «Alcaldía de Ashland»."),
    )
    requester_post = forms.CharField(label=_("Su cargo"), max_length=200, required=False)
    contact = forms.CharField(
        label=_("¿Cómo se le responde?"), max_length=200, required=False, help_text=_("Correo, teléfono o dirección.")
    )
    on = DayField(label=_("¿Cuándo llegó o se envió?"))
    asks = forms.CharField(
        label=_("¿Qué piden o qué se propone?"), max_length=3000, widget=forms.Textarea(attrs={"rows": 4})
    )
    incentives = forms.MultipleChoiceField(
        label=_("¿Qué mueve a hermanarse?"),
        choices=Incentive.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("Los cuatro incentivos de Luna y Ballesteros (2005)."),
    )
    link = forms.CharField(
        label=_("¿Qué une ya a las dos ciudades?"),
        max_length=3000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Personas migrantes, universidades, historia, un oficio común. Es el criterio para aceptar."),
    )
    answer_by = DayField(
        label=_("¿Para cuándo quiere la oficina tenerla respondida?"),
        required=False,
        help_text=_("Ese día aparece en «Qué vence». Lo fija la oficina."),
    )
    source = forms.CharField(label=_("¿En qué papel consta y dónde se guarda?"), max_length=300, required=False)
    field_order = (
        "version", "key", "searched", "side", "city", "place", "requester", "requester_post", "contact", "on", "asks",
        "incentives", "link", "answer_by", "source",
    )  # fmt: skip


def request_draft(given: dict[str, Any]) -> RequestDraft:
    """Return a request as it was typed."""
    as_typed = ("city", "requester", "requester_post", "contact", "on", "asks", "link", "answer_by", "source")
    return RequestDraft(
        side=RequestSide(given["side"]),
        place=given["found"],
        incentives=[Incentive(one) for one in given["incentives"]],
        **{name: given[name] for name in as_typed},
    )


class FileField(forms.ChoiceField):
    """Which file something leads to."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("¿A qué expediente lleva?"))
        super().__init__(required=False, **kwargs)

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Say whether another file is meant than the one kept; a new one that was opened is the one asked for."""
        return super().has_changed(initial, data) and not (data == NEW_FILE and initial)


class AnswerForm(Versioned):
    """What was answered; of an accepted request, which file it leads to."""

    answer = forms.ChoiceField(label=_("¿Qué se respondió?"), choices=Answer.choices, widget=forms.RadioSelect)
    on = DayField(label=_("¿Cuándo?"))
    reason = forms.CharField(
        label=_("¿Por qué?"),
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Queda en la oficina: qué pesó y quién lo decidió. No sale en la carta."),
    )
    file = FileField(help_text=_("Si se aceptó: abra uno nuevo con esa ciudad, o elija el que ya hay."))
    reply_es = forms.CharField(
        label=_("Lo que se les dice en la carta en español"),
        max_length=3000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Un párrafo. Si lo deja vacío, la carta trae el hueco señalado."),
    )
    reply_en = forms.CharField(
        label=_("Lo mismo para la carta en inglés"),
        max_length=3000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, files: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose("file", [("", _("todavía a ninguno")), (NEW_FILE, _("abrir uno nuevo con esa ciudad")), *files])


class FileForm(Versioned):
    """Which file an accepted request or a choice led to, said later."""

    file = FileField()

    def __init__(self, *args: Any, files: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choose("file", [("", _("todavía a ninguno")), (NEW_FILE, _("abrir uno nuevo con esa ciudad")), *files])


class PlacedFileForm(FileForm, FindsPlace):
    """The same of a city of which nobody said yet which place it is."""

    field_order = ("version", "key", "searched", "city", "place", "file")


def answer_draft(given: dict[str, Any]) -> AnswerDraft:
    """Return an answer as it was typed; only an accepted request leads to a file."""
    answer = Answer(given["answer"])
    file = which_file(given["file"]) if answer is Answer.ACCEPTED else WhichFile()
    names = ("on", "reason", "reply_es", "reply_en")
    return AnswerDraft(answer, file=file, **{name: given[name] for name in names})
