"""Begin an assessment, answer a section of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from typing import Any
from uuid import UUID

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from hermanar.agreements.models import Agreement
from hermanar.cooperation.models import Activity
from hermanar.foundation.models import Document, uuid7
from hermanar.planning.actions import AnswerDraft, EvidenceDraft
from hermanar.planning.actions.answering import said_in
from hermanar.planning.models import Answer, Outline, Question
from hermanar.planning.queries import AnsweredQuestion
from hermanar.planning.rules import POINTS, Flaw
from hermanar.planning.vocabulary import Degree, EvidenceKind, Refusal, Subject
from hermanar.ui.templatetags.ui import in_language, long_date
from hermanar.workspace.assessing import evidence_told, said
from hermanar.workspace.forms.sending import typed
from hermanar.workspace.forms.words import DayField, SheetField

_DEGREES = [
    ("", _("sin responder")),
    *((one.value, f"{POINTS[one]} · {one.label}" if one in POINTS else one.label) for one in Degree),
]
# The field that a refusal is about.
_FIELD_OF = {
    Refusal.NO_REASON: "why",
    Refusal.NOTHING_BEFORE: "same",
    Refusal.FOREIGN_DOCUMENT: "document",
    Refusal.FOREIGN_ACTIVITY: "activity",
    Refusal.BAD_LINK: "link",
    Refusal.WORDS_WITHOUT_SOURCE: "source",
}


class BeginForm(forms.Form):
    """What is assessed, with which outline, on which day."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    outline = forms.ChoiceField(label=_("¿Qué se evalúa?"), widget=forms.RadioSelect)
    agreement = forms.TypedChoiceField(
        label=_("¿Qué lazo?"), required=False, coerce=UUID, empty_value=None,
        help_text=_("Solo para evaluar un lazo; la capacidad es de la ciudad entera."),
    )  # fmt: skip
    on = DayField(label=_("¿De qué día es?"), help_text=_("El día del que hablan las respuestas: hoy, o uno anterior."))

    def __init__(self, *args: Any, outlines: Sequence[Outline], files: Sequence[Agreement], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("key", uuid7())
        choices = [(one.key, in_language(one, "title")) for one in outlines]
        self.fields["outline"].choices = choices  # type: ignore[attr-defined]
        ties = [(str(one.pk), f"{one.title_es} · {one.number}") for one in files]
        self.fields["agreement"].choices = [("", _("elija uno")), *ties]  # type: ignore[attr-defined]
        self._ties = {one.key for one in outlines if one.subject == Subject.TIE}

    def clean(self) -> dict[str, Any]:
        """Ask which tie, where one is assessed."""
        given = super().clean() or self.cleaned_data
        if given.get("outline") in self._ties and not given.get("agreement") and "agreement" not in self.errors:
            self.add_error("agreement", str(Refusal.NO_SUBJECT.label))
        return given


class _KeptField(forms.MultipleChoiceField):
    """What stays of the evidence; what another person took away meanwhile is told by the version, not refused here."""

    def valid_value(self, value: str) -> bool:  # noqa: ARG002  Django's name
        return True


def _of(question: Question, name: str) -> str:
    return f"{name}_{question.pk.hex}"


def evidence_key(one: EvidenceDraft) -> str:
    """Return the name of a piece of evidence in a form: of what it says, so that it is the same after it was saved."""
    said = "\x00".join(map(str, (one.kind, one.document, one.activity, one.address, one.words, one.source)))
    return sha256(said.encode()).hexdigest()[:16]


def answer_key(degree: str, why: str) -> str:
    """Return the name of an answer in a form, by which it is known whether a person changed it."""
    return sha256(f"{degree}\x00{' '.join(why.split())}".encode()).hexdigest()[:16]


class SectionForm(forms.Form):
    """The questions of a section, each with its answer, its reason and what is added to its evidence."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    asked = forms.CharField(widget=forms.HiddenInput, required=False)  # the questions that the page showed

    def __init__(
        self,
        *args: Any,
        lines: Sequence[AnsweredQuestion],
        before: Mapping[UUID, Answer],
        documents: Sequence[Document],
        activities: Sequence[Activity],
        version: int,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.lines, self.before = lines, before
        self.initial.update(version=version, asked=" ".join(line.question.pk.hex for line in lines))
        self._documents = [("", _("ninguno")), *((str(one.pk), one.name) for one in documents)]
        self._activities = [("", _("ninguna")), *((str(one.pk), _told(one)) for one in activities)]
        for line in lines:
            self._add(line)

    def _add(self, line: AnsweredQuestion) -> None:
        question, answer = line.question, line.answer
        own: dict[str, forms.Field] = {
            "degree": forms.ChoiceField(
                label=_("Respuesta"), choices=_DEGREES, required=False, widget=forms.RadioSelect,
                initial=answer.degree if answer else "",
            ),
            "why": forms.CharField(
                label=_("Por qué, en una frase"), max_length=500, required=False,
                initial=answer.why if answer else "", widget=forms.Textarea(attrs={"rows": 2}),
            ),
            "file": SheetField(label=_("Subir un documento"), required=False),
            "document": forms.TypedChoiceField(
                label=_("Un documento que ya está en la oficina"), choices=self._documents, required=False, coerce=UUID,
                empty_value=None,
            ),
            "activity": forms.TypedChoiceField(
                label=_("Una actividad asentada"), choices=self._activities, required=False, coerce=UUID,
                empty_value=None,
            ),
            "link": forms.CharField(label=_("Un enlace"), max_length=500, required=False,
                                    widget=forms.TextInput(attrs={"inputmode": "url"})),
            "words": forms.CharField(label=_("Lo que alguien dice o un papel dice"), max_length=2000, required=False,
                                     widget=forms.Textarea(attrs={"rows": 2})),
            "source": forms.CharField(label=_("Quién lo dice, o dónde consta"), max_length=300, required=False),
        }  # fmt: skip
        kept = said_in(answer).evidence if answer else ()
        shown = [answer_key(answer.degree, answer.why) if answer else answer_key("", ""), *map(evidence_key, kept)]
        own["base"] = forms.CharField(widget=forms.HiddenInput, required=False, initial=" ".join(shown))
        if answer and kept:
            words = [evidence_told(one) for one in answer.evidence.all()]
            told = list(zip(map(evidence_key, kept), words, strict=True))
            own["keep"] = _KeptField(
                label=_("Evidencia que ya tiene; quite la marca de lo que sobra"), choices=told, required=False,
                initial=[key for key, _evidence in told], widget=forms.CheckboxSelectMultiple,
            )  # fmt: skip
        if question.pk in self.before:
            own["same"] = forms.BooleanField(
                label=_("Sigue igual: repetir esa respuesta, su porqué y su evidencia"), required=False
            )
        for name, field in own.items():
            self.fields[_of(question, name)] = field

    def questions(self) -> Iterator[dict[str, Any]]:
        """Yield each question with its fields, as the page shows them."""
        for line in self.lines:
            own = {name: self[_of(line.question, name)] for name in _NAMES if _of(line.question, name) in self.fields}
            adds = [own[name] for name in _ADDED]
            yield {
                "line": line,
                "before": self.before.get(line.question.pk),
                "adds": adds,
                "is_adding": any(field.errors or (self.is_bound and field.data) for field in adds),
                **own,
            }

    def clean(self) -> dict[str, Any]:
        """Say so when the page asked something that is no longer asked, and when an answer is both old and new."""
        given = super().clean() or self.cleaned_data
        known = {line.question.pk.hex for line in self.lines}
        if set(str(given.get("asked", "")).split()) - known:
            self.add_error(None, str(Refusal.UNKNOWN_QUESTION.label))
        for line in self.lines:
            written = [given.get(_of(line.question, name)) for name in ("degree", "why", *_ADDED)]
            if given.get(_of(line.question, "same")) and any(written):
                both = _(
                    "Marque «sigue igual» o responda de nuevo, no las dos cosas; si sigue igual, deje lo demás vacío."
                )
                self.add_error(_of(line.question, "same"), both)
        return given

    def uploads(self) -> Iterator[tuple[Question, UploadedFile]]:
        """Yield the files that were sent, each with its question."""
        for line in self.lines:
            if sent := self.cleaned_data.get(_of(line.question, "file")):
                yield line.question, sent

    def merge_into(self, data: QueryDict) -> list[dict[str, Any]]:
        """Put what stands now where a person had changed nothing; return where it is not what this person typed."""
        changed = []
        for line in self.lines:
            name = line.question.pk.hex
            base, *shown = data.get(f"base_{name}", "").split() or [""]
            typed = (data.get(f"degree_{name}", ""), data.get(f"why_{name}", "").strip())
            now = (line.answer.degree, line.answer.why) if line.answer else ("", "")
            is_kept = answer_key(*typed) != base
            if now != typed:
                why = f": {now[1]}" if now[1] else ""
                label = in_language(line.question, "text")
                changed.append({"label": label, "now": f"{said(line.answer)}{why}", "typed_is_kept": is_kept})
            if not is_kept:
                data[f"degree_{name}"], data[f"why_{name}"] = now
            there = self.initial_keys(line)
            ticked = data.getlist(f"keep_{name}")
            data.setlist(f"keep_{name}", [key for key in there if key not in shown or key in ticked])
            data[f"base_{name}"] = " ".join([answer_key(*now), *there])
        data["version"], data["asked"] = str(self.initial["version"]), str(self.initial["asked"])
        return changed

    def initial_keys(self, line: AnsweredQuestion) -> list[str]:
        """Return the names of the evidence that a question has now."""
        return [evidence_key(one) for one in said_in(line.answer).evidence] if line.answer else []

    def remember(self, question: Question, document: Document) -> None:
        """Choose a document that was sent, so that it need not be sent again when the form is shown once more."""
        name = _of(question, "document")
        if not self.cleaned_data.get(name):
            data = typed(self)
            data[name] = str(document.pk)
            self.data = data
            field: Any = self.fields[name]
            field.choices = [*field.choices, (str(document.pk), document.name)]

    def drafts(self, uploaded: Mapping[UUID, UUID]) -> dict[UUID, AnswerDraft]:
        """Return the answers as they were written; `uploaded` are the documents that came with them, by question."""
        return {line.question.pk: self._draft(line, uploaded.get(line.question.pk)) for line in self.lines}

    def _draft(self, line: AnsweredQuestion, uploaded: UUID | None) -> AnswerDraft:
        given: dict[str, Any] = {name: self.cleaned_data.get(_of(line.question, name)) for name in _NAMES}
        if given["same"]:
            return AnswerDraft(is_as_before=True)
        standing = said_in(line.answer).evidence if line.answer else ()
        evidence = [one for one in standing if evidence_key(one) in (given["keep"] or ())]
        documents = filter(None, dict.fromkeys((uploaded, given["document"])))
        evidence += [EvidenceDraft(EvidenceKind.DOCUMENT, document=document) for document in documents]
        if given["activity"]:
            words = Activity.objects.filter(pk=given["activity"]).values_list("description_es", flat=True).first()
            evidence.append(EvidenceDraft(EvidenceKind.ACTIVITY, activity=given["activity"], words=words or ""))
        if given["link"]:
            evidence.append(EvidenceDraft(EvidenceKind.LINK, address=given["link"]))
        if given["words"] or given["source"]:
            evidence.append(EvidenceDraft(EvidenceKind.WORDS, words=given["words"], source=given["source"]))
        return AnswerDraft(given["degree"] or None, given["why"], tuple(dict.fromkeys(evidence)))

    def show(self, flaws: Sequence[Flaw]) -> None:
        """Put each refusal beside the field it is about, or at the top."""
        by_key = {line.question.key: line.question for line in self.lines}
        for flaw in flaws:
            question = by_key.get(flaw.question)
            name = _of(question, _FIELD_OF.get(flaw.refusal, "degree")) if question else None
            self.add_error(name if name in self.fields else None, str(flaw.refusal.label))


_ADDED = ("file", "document", "activity", "link", "words", "source")
_NAMES = ("degree", "why", "keep", "same", *_ADDED)  # `base` is hidden: what the page showed


def _told(one: Activity) -> str:
    when = long_date(one.ended_on) if one.ended_on else ""
    return f"{when} · {one.description_es}"[:120] if when else one.description_es[:120]
