"""Records chosen by name: what is kept is the public identifier, and only what the public may see can be chosen."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import blocks

from hermanar.catalogue import read
from hermanar.catalogue.named import NamedRecord
from hermanar.museum.rules.pieces import RECORD_KINDS, record_of
from hermanar.museum.views.day import language, today

_LONGEST = 300
_CHOSEN = " · "  # between what is read and what is kept


class RecordInput(forms.TextInput):
    """A line that suggests records while one types; without script the whole name is written."""

    def __init__(self, kind: str) -> None:
        super().__init__(attrs={"data-record-kind": kind, "autocomplete": "off"})
        self.kind = kind

    def format_value(self, value: Any) -> str | None:
        """Write an identifier with the name it stands for."""
        if not value or _CHOSEN in str(value):
            return value or None
        kind, identifier = record_of(value, "" if self.kind == "any" else self.kind)
        found = read.named_records({kind: [identifier]}, today=today(), language=language()) if kind else {}
        named = found.get((kind, identifier))
        return label_of(named, any_kind=self.kind == "any") if named else str(value)


class RecordField(forms.CharField):
    """The identifier of a public record, given by its name or chosen among those suggested."""

    def __init__(self, *, kind: str, **kwargs: Any) -> None:
        super().__init__(max_length=_LONGEST, widget=RecordInput(kind), **kwargs)
        self.kind = kind

    def clean(self, value: Any) -> str:
        """Return what is kept, or say which records the name may mean."""
        text = super().clean(value)
        return resolved(text, self.kind) if text else ""


def label_of(record: NamedRecord, *, any_kind: bool = False) -> str:
    """Return how a record is written in a field: its name, then what is kept of it."""
    name = f"{record.title} ({record.detail})" if record.detail else record.title
    kept = f"{record.kind}:{record.identifier}" if any_kind else record.identifier
    return f"{name.replace(_CHOSEN, ' - ')[:200]}{_CHOSEN}{kept}"


def resolved(text: str, kind: str) -> str:
    """Return the identifier that a name stands for. Raises ValidationError when it is none, or several."""
    is_any = kind == "any"
    written = text.rpartition(_CHOSEN)[2].strip()
    named_kind, identifier = record_of(written, "" if is_any else kind)
    if named_kind and read.named_records({named_kind: [identifier]}, today=today(), language=language()):
        return written
    found = [one for each in (RECORD_KINDS if is_any else (kind,)) for one in _suggested(each, text)]
    exact = [one for one in found if one.title.casefold() == text.strip().casefold()]
    chosen = exact if len(exact) == 1 else found
    if len(chosen) == 1:
        one = chosen[0]
        return f"{one.kind}:{one.identifier}" if is_any else one.identifier
    if not chosen:
        raise ValidationError(_("Ningún registro público se llama «%s».") % text[:80])
    labels = "; ".join(label_of(one, any_kind=is_any) for one in chosen[:5])
    raise ValidationError(_("Varios registros se llaman así. Escriba uno de estos, completo: %s") % labels)


def _suggested(kind: str, text: str) -> tuple[NamedRecord, ...]:
    return read.suggested(kind, text, today=today(), language=language())


class RecordChoice(blocks.FieldBlock):
    """One record; of any kind, or of one."""

    def __init__(self, kind: str = "any", *, required: bool = True, help_text: Any = "", **kwargs: Any) -> None:
        self.kind, self.field_options = kind, {"required": required, "help_text": help_text}
        super().__init__(**kwargs)

    @cached_property
    def field(self) -> RecordField:
        """Return the form's field."""
        return RecordField(kind=self.kind, **self.field_options)

    class Meta:
        icon = "link"


class RecordBlock(blocks.StructBlock):
    """A record of the house, as it is on the day of the visit."""

    record = RecordChoice(
        label=gettext_lazy("registro"),
        help_text=gettext_lazy("Escriba el nombre de una ciudad, un acuerdo, un proyecto o un obsequio publicados."),
    )
    words = blocks.CharBlock(label=gettext_lazy("por qué está aquí"), max_length=200, required=False)

    class Meta:
        icon = "doc-full-inverse"
        label = gettext_lazy("registro")


class MapBlock(blocks.StructBlock):
    """Cities on the bare map, with the way from one to the others."""

    title = blocks.CharBlock(label=gettext_lazy("título"), max_length=120)
    origin = RecordChoice("city", label=gettext_lazy("desde"), required=False)
    places = blocks.ListBlock(RecordChoice("city"), label=gettext_lazy("ciudades"), min_num=1, max_num=40)

    class Meta:
        icon = "site"
        label = gettext_lazy("mapa")
