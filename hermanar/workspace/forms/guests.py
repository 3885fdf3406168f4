"""Forms between an office and the counterpart: who is asked in, what is told, what is said, how it is taken in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from hermanar.agreements.models import Guest
from hermanar.cooperation.actions import TakeIn
from hermanar.cooperation.models import Activity, GuestEntry
from hermanar.cooperation.vocabulary import Answered, Direction, Precision, Rights
from hermanar.foundation.models import Document
from hermanar.workspace.countries import country_names
from hermanar.workspace.forms.activities import ANOTHER, DOCUMENTS, OTHER_DAY, ActivityForm, said_of
from hermanar.workspace.forms.counterpart import LINK_LANGUAGES, OtherSideForm
from hermanar.workspace.forms.people import LONGEST_EMAIL

_LONGEST_NOTE = 1_000


class GuestForm(OtherSideForm):
    """Whom to ask in, for which city, in which language."""

    email = forms.EmailField(
        label=_("Correo de la persona"),
        max_length=LONGEST_EMAIL,
        help_text=_("Ahí llega el enlace. Cada persona entra con su propia cuenta."),
    )
    language = forms.ChoiceField(label=_("Idioma de la sala"), choices=LINK_LANGUAGES)


class TellForm(ActivityForm):
    """What the counterpart did, as the office's own form asks it, without what only the office knows."""

    def __init__(
        self, *args: Any, guest: Guest, today: dt.date, mended: GuestEntry | None = None, **kwargs: Any
    ) -> None:
        self.guest = guest
        super().__init__(*args, ties=(), today=today, mended=mended, **kwargs)
        numbers = range(1, DOCUMENTS + 1)
        only_the_office = ["agreement", "direction", "description_en", "same", "writer"]
        only_the_office += [f"document_{n}" for n in numbers] + [f"sent_document_{n}" for n in numbers]
        for name in only_the_office:
            self.fields.pop(name, None)
        self.fields["description_es"].widget.attrs["lang"] = guest.language
        rights = [(value, label) for value, label in Rights.choices if value != Rights.OWN]
        for name in ("rights", *(name for name in self.fields if name.startswith("told_rights_"))):
            self.fields[name].choices = rights  # type: ignore[attr-defined]

    def slots(self) -> list[str]:
        """Return the names of the fields that take photographs."""
        return [slot for slot in super().slots() if slot in self.fields]

    def earlier(self, slot: str) -> Document | None:
        """Return the photograph that this very person has sent in a slot before."""
        try:
            key = UUID(str(self.data.get(f"sent_{slot}", "")))
        except ValueError:
            return None
        office, user = self.guest.agreement.office_id, self.guest.user_id
        return Document.objects.filter(pk=key, office=office, uploaded_by=user).first()


def told_before(entry: GuestEntry) -> dict[str, Any]:
    """Return what was told as its form writes it."""
    values: dict[str, Any] = {name: getattr(entry, name) for name in ("kind", "place", "version")}
    values |= {"key": entry.pk, "description_es": entry.description, "press": "\n".join(entry.press), "on": OTHER_DAY}
    if entry.precision == Precision.DAY:
        values |= {"from_on": entry.started_on, "until_on": entry.ended_on}
    else:
        values["known"] = str(entry.start)
    names = country_names(entry.participants)
    for number, (code, count) in enumerate(entry.participants.items(), start=1):
        values |= {f"country_{number}": names.get(code, code), f"people_{number}": count}
    return values


class SayForm(forms.Form):
    """What the counterpart says of an activity that the office tells."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    version = forms.IntegerField(widget=forms.HiddenInput)
    answer = forms.ChoiceField(
        label=_("¿Fue así?"),
        choices=[
            (Answered.CONFIRMS.value, _("Sí, así fue")),
            (Answered.CONTESTS.value, _("No, hubo algo distinto")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Elija una respuesta.")},
    )
    note = forms.CharField(
        label=_("Qué quiere agregar"),
        required=False,
        max_length=_LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Si no fue así, diga qué fue distinto. Lo lee la oficina."),
    )


class TakeInForm(forms.Form):
    """How the office takes in what the counterpart told."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    same = forms.ChoiceField(label=_("¿Es la misma que alguna de estas?"), required=False, widget=forms.RadioSelect)
    description_es = forms.CharField(
        label=_("Qué se hizo, en español"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3, "lang": "es"}),
        help_text=_("Como quedará en su lista. Lo que contó la contraparte se guarda aparte, con sus palabras."),
    )
    description_en = forms.CharField(
        label=_("Qué se hizo, en inglés"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3, "lang": "en"}),
    )
    direction = forms.ChoiceField(
        label=_("Dirección"),
        choices=Direction.choices,
        initial=Direction.UNKNOWN,
        help_text=_("Vista desde su ciudad."),
    )

    def __init__(self, *args: Any, alike: Sequence[tuple[Activity, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.alike = list(alike)
        if not self.alike:
            del self.fields["same"]
            return
        choices = [(str(one.pk), f"{said_of(one)} · {how}") for one, how in self.alike]
        self.fields["same"].choices = [*choices, (ANOTHER, _("No: es otra, guárdela aparte"))]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Ask which it is, where something is very like it."""
        given = super().clean() or self.cleaned_data
        if "same" in self.fields and not given.get("same") and "same" not in self.errors:
            self.add_error("same", _("Ya hay algo muy parecido. Diga si es lo mismo, para no contarlo dos veces."))
        return given

    def words(self) -> TakeIn:
        """Return what was written."""
        given = self.cleaned_data
        same = given.get("same", "")
        return TakeIn(
            description_es=given["description_es"],
            description_en=given["description_en"],
            direction=Direction(given["direction"]),
            same_as=UUID(same) if same and same != ANOTHER else None,
            is_other=same == ANOTHER,
        )


def as_told(entry: GuestEntry) -> dict[str, Any]:
    """Return how a form of the office begins from what the counterpart told, in the language of its words."""
    return {
        "version": entry.version,
        "description_es": entry.description if entry.language == "es" else "",
        "description_en": entry.description if entry.language == "en" else "",
        "direction": Direction.UNKNOWN,
    }
