"""The forms of the hall at the desk: a kiosk, and a stop of the audio guide; the verbs decide what may be kept."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hermanar.museum.models import Recording
from hermanar.museum.models.media import RecordingKind
from hermanar.museum.rules.audio import StopDraft, StopRefusal, StopRefusedError
from hermanar.museum.rules.kiosks import (
    IDLE_SECONDS,
    LONGEST_IDLE,
    LONGEST_SLUG,
    MOST_ROOMS,
    SHORTEST_IDLE,
    KioskDraft,
    KioskRefusal,
    KioskRefusedError,
)

Choices = list[tuple[str, str]]
_KIOSK_FIELD = {
    KioskRefusal.BAD_SLUG: ("slug", _("Use letras sin acento, números y guiones: «sala-norte».")),
    KioskRefusal.SLUG_TAKEN: ("slug", _("Esa dirección es de otro quiosco o de otra ciudad.")),
    KioskRefusal.NO_TITLE: ("title", _("Escriba cómo se llama la sala.")),
    KioskRefusal.NO_ROOMS: ("rooms", _("Elija al menos una sala.")),
    KioskRefusal.TOO_MANY_ROOMS: ("rooms", _("Elija diez como mucho: más no caben en la pantalla ni en su copia.")),
    KioskRefusal.UNKNOWN_ROOM: ("rooms", _("Una de esas salas ya no está abierta.")),
    KioskRefusal.BAD_IDLE: ("idle_seconds", _("Entre medio minuto y un cuarto de hora.")),
}
_STOP_FIELD = {
    StopRefusal.NO_SUBJECT: ("subject", _("Elija ante qué se oye.")),
    StopRefusal.TWO_SUBJECTS: ("subject", _("Elija una sola cosa.")),
    StopRefusal.HAS_ONE: ("subject", _("Ya tiene su parada.")),
    StopRefusal.NO_TITLE: ("title", _("Escriba su título.")),
    StopRefusal.NO_TEXT: ("text", _("Escriba las palabras: quien no oye las lee.")),
    StopRefusal.NO_NUMBER_LEFT: (None, _("Ya no queda ningún número de tres cifras.")),
    StopRefusal.NOT_A_SOUND: ("recording", _("Elija un sonido, no un video.")),
}


class KioskForm(forms.Form):
    """A kiosk as it is set at the desk."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    host = forms.ChoiceField(label=_("De qué ciudad"))
    title = forms.CharField(label=_("Cómo se llama la sala"), max_length=80)
    title_en = forms.CharField(label=_("En inglés"), max_length=80, required=False)
    slug = forms.CharField(
        label=_("Su dirección"), max_length=LONGEST_SLUG,
        help_text=_("Corta: «sala-norte». Con la de la ciudad toma el lugar del quiosco que el museo hace solo."),
    )  # fmt: skip
    rooms = forms.MultipleChoiceField(
        label=_("Qué puertas tiene"), widget=forms.CheckboxSelectMultiple, required=False,
        help_text=_("Diez como mucho, en este orden."),
    )  # fmt: skip
    idle_seconds = forms.IntegerField(
        label=_("Segundos sin que nadie toque, hasta volver al principio"), initial=IDLE_SECONDS,
        min_value=SHORTEST_IDLE, max_value=LONGEST_IDLE,
    )  # fmt: skip

    def __init__(self, *args: Any, hosts: Choices, rooms: Choices, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["host"].choices = hosts  # type: ignore[attr-defined]
        self.fields["rooms"].choices = rooms  # type: ignore[attr-defined]

    def draft(self) -> KioskDraft:
        """Return what was told, the rooms in the order of the list."""
        given = self.cleaned_data
        rooms = tuple(value for value, _label in self.fields["rooms"].choices if value in given["rooms"])  # type: ignore[attr-defined]
        return KioskDraft(
            given["host"], given["slug"], given["title"], given["title_en"], rooms[: MOST_ROOMS + 1],
            given["idle_seconds"],
        )  # fmt: skip

    def refuse(self, refused: KioskRefusedError) -> None:
        """Put each refusal beside its field."""
        for refusal in refused.refusals:
            name, words = _KIOSK_FIELD[refusal]
            self.add_error(name, str(words))


class StopForm(forms.Form):
    """A stop as it is written at the desk."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    subject = forms.ChoiceField(
        label=_("Ante qué se oye"),
        help_text=_("Su número lo pone el museo y no cambia nunca: se imprime en la etiqueta."),
    )
    title = forms.CharField(label=_("Título"), max_length=120)
    title_en = forms.CharField(label=_("Título en inglés"), max_length=120, required=False)
    text = forms.CharField(
        label=_("Lo que se oye, con palabras"), max_length=6000, widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("Siempre se lee, haya o no grabación. Una línea en blanco separa los párrafos."),
    )  # fmt: skip
    text_en = forms.CharField(
        label=_("En inglés"), max_length=6000, required=False, widget=forms.Textarea(attrs={"rows": 8})
    )
    recording = forms.ModelChoiceField(label=_("Grabación"), queryset=Recording.objects.none(), required=False)
    recording_en = forms.ModelChoiceField(
        label=_("Grabación en inglés"), queryset=Recording.objects.none(), required=False
    )
    is_shown = forms.BooleanField(label=_("Que el público la oiga"), required=False)

    def __init__(self, *args: Any, subjects: Choices, may_show: bool, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["subject"].choices = [("", "—"), *subjects]  # type: ignore[attr-defined]
        for name in ("recording", "recording_en"):
            self.fields[name].queryset = Recording.objects.filter(kind=RecordingKind.SOUND)  # type: ignore[attr-defined]
        if not may_show:
            del self.fields["is_shown"]

    def draft(self, host: str) -> StopDraft:
        """Return what was told."""
        given = self.cleaned_data
        kind, _colon, which = given["subject"].partition(":")
        return StopDraft(
            host, which if kind == "room" else "", which if kind == "work" else "",
            given["title"], given["title_en"], given["text"], given["text_en"],
        )  # fmt: skip

    @property
    def sounds(self) -> tuple[Recording | None, Recording | None]:
        """Return the recordings in both languages."""
        return self.cleaned_data["recording"], self.cleaned_data["recording_en"]

    def refuse(self, refused: StopRefusedError) -> None:
        """Put each refusal beside its field."""
        for refusal in refused.refusals:
            name, words = _STOP_FIELD[refusal]
            self.add_error(name, str(words))
