"""The desk's forms of the board: a problem, and a good practice gathered from its answers."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hermanar.foundation.models import Contribution, uuid7
from hermanar.museum.actions.dialogue import PracticeDraft, ProblemDraft, content_of
from hermanar.museum.models import Asker, Practice, Problem

_LONG = forms.Textarea(attrs={"rows": 6})


class ProblemForm(forms.Form):
    """What a city asks, in both languages, and who says that it is a problem."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    key = forms.UUIDField(widget=forms.HiddenInput, required=False, initial=uuid7)  # a double click is one
    city = forms.ChoiceField(label=gettext_lazy("¿Qué ciudad pregunta?"))
    title = forms.CharField(label=gettext_lazy("La pregunta"), max_length=160)
    title_en = forms.CharField(label=gettext_lazy("La pregunta en inglés"), max_length=160, required=False)
    text = forms.CharField(label=gettext_lazy("Qué ocurre"), max_length=2_000, widget=_LONG)
    text_en = forms.CharField(
        label=gettext_lazy("Qué ocurre, en inglés"), max_length=2_000, required=False, widget=_LONG
    )
    asker = forms.ChoiceField(label=gettext_lazy("¿Quién la plantea?"), choices=Asker.choices)
    source = forms.CharField(label=gettext_lazy("Fuente"), max_length=300, required=False)
    passage = forms.CharField(label=gettext_lazy("En qué parte de la fuente"), max_length=200, required=False)
    as_of = forms.CharField(
        label=gettext_lazy("Año o fecha de la fuente"),
        max_length=10,
        required=False,
        validators=[RegexValidator(r"^\d{4}(-\d{2}){0,2}$", gettext_lazy("Escriba un año, o año-mes-día."))],
    )

    def __init__(self, *args: Any, cities: list[tuple[str, str]], kept: Problem | None = None, **more: Any) -> None:
        """Fill in what stands; the address of a problem is made once."""
        self.kept = kept
        if kept is not None:
            more["initial"] = {**content_of(kept), "version": kept.version}
        super().__init__(*args, **more)
        self.fields["city"].choices = cities  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Ask for the source where it is a source that speaks; keep two problems from one address."""
        given: dict[str, Any] = super().clean() or {}
        if given.get("asker") == Asker.SOURCE and not given.get("source"):
            self.add_error("source", _("Diga qué fuente lo plantea."))
        given["slug"] = self.kept.slug if self.kept else slugify(given.get("title", ""))[:90].strip("-")
        if not self.kept and given.get("title"):
            if not given["slug"]:
                self.add_error("title", _("La pregunta necesita al menos una palabra con letras latinas."))
            elif Problem.objects.filter(slug=given["slug"]).exclude(pk=given.get("key") or uuid7()).exists():
                self.add_error("title", _("Ya hay una pregunta con ese título."))
        return given

    def draft(self) -> ProblemDraft:
        """Return the problem as it was told."""
        return ProblemDraft(**{name: self.cleaned_data[name] for name in ProblemDraft.__dataclass_fields__})


class PracticeForm(forms.Form):
    """What was learnt, and the answers it was learnt from."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    key = forms.UUIDField(widget=forms.HiddenInput, required=False, initial=uuid7)
    title = forms.CharField(label=gettext_lazy("En una frase"), max_length=160)
    title_en = forms.CharField(label=gettext_lazy("En inglés"), max_length=160, required=False)
    text = forms.CharField(label=gettext_lazy("Qué se aprende"), max_length=3_000, widget=_LONG)
    text_en = forms.CharField(
        label=gettext_lazy("Qué se aprende, en inglés"), max_length=3_000, required=False, widget=_LONG
    )
    answers = forms.MultipleChoiceField(
        label=gettext_lazy("De qué respuestas"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(
        self, data: Any = None, *, problem: Problem, answers: list[Contribution], kept: Practice | None = None
    ) -> None:
        """Offer the answers that the public reads."""
        self.problem = problem
        initial = {}
        if kept is not None:
            names = ("title", "title_en", "text", "text_en", "answers", "version")
            initial = {name: getattr(kept, name) for name in names}
        super().__init__(data, initial=initial)
        self.fields["answers"].choices = [(str(one.pk), str(one.content["text"])[:160]) for one in answers]  # type: ignore[attr-defined]

    def draft(self) -> PracticeDraft:
        """Return the practice as it was told."""
        said = {name: self.cleaned_data[name] for name in ("title", "title_en", "text", "text_en")}
        return PracticeDraft(problem=self.problem.pk, answers=tuple(self.cleaned_data["answers"]), **said)
