"""What was done under an agreement, entered on a telephone after the event: the least first, the rest folded away."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from hermanar.agreements.models import Agreement
from hermanar.cooperation.actions import EntryDraft, PhotographDraft, PhotographWords, Sent
from hermanar.cooperation.models import Activity, ActivityFile, GuestEntry, GuestFile
from hermanar.cooperation.vocabulary import ActivityKind, Direction, Fault, Rights
from hermanar.directory.models import Country
from hermanar.foundation.calendar import PartialDate, Precision
from hermanar.foundation.models import Document
from hermanar.foundation.words import fold
from hermanar.ui.templatetags.ui import in_language, long_date
from hermanar.workspace.countries import with_country
from hermanar.workspace.forms.sending import typed
from hermanar.workspace.forms.words import DayField, SheetField, partial_day

PHOTOGRAPHS, DOCUMENTS, PEOPLES = 4, 2, 4
OTHER_DAY, ANOTHER = "other", "other"
_FEW_TIES = 8  # beyond them a list that opens is quicker than one to leaf through
_PICTURES = "image/jpeg,image/png,image/webp"
# The field that a fault is about.
FIELD_OF = {
    Fault.NO_DATE: "on",
    Fault.TO_COME: "on",
    Fault.GOES_ON: "until_on",
    Fault.ENDS_BEFORE_BEGIN: "until_on",
    Fault.NO_DESCRIPTION: "description_es",
    Fault.NO_AGREEMENT: "agreement",
    Fault.PEOPLE_OUT_OF_RANGE: "people_1",
    Fault.NO_COUNTRY: "country_1",
    Fault.NOT_A_WEB_ADDRESS: "press",
}


class _WhenField(forms.ChoiceField):
    """Today, yesterday or another day; a page that is sent later says which day it meant."""

    def valid_value(self, value: Any) -> bool:
        """Take every day: what is to come is for the rule to refuse."""
        return super().valid_value(value) or _day_of(str(value)) is not None


class _SameField(forms.ChoiceField):
    """Which of those that are told already it is; the verb weighs whether it is like that one."""

    def valid_value(self, value: Any) -> bool:
        """Take every key."""
        return super().valid_value(value) or _is_key(value)


class ActivityForm(forms.Form):
    """What happened, when, with whom, and the photographs of it."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    planned = forms.UUIDField(widget=forms.HiddenInput, required=False)  # what it fulfils of a plan
    writer = forms.UUIDField(widget=forms.HiddenInput, required=False)  # in whose name the page was opened
    agreement = forms.ChoiceField(label=_("¿Con qué ciudad?"))
    kind = forms.ChoiceField(label=_("¿Qué fue?"), choices=ActivityKind.choices, widget=forms.RadioSelect)
    on = _WhenField(label=_("¿Cuándo?"), widget=forms.RadioSelect)
    from_on = DayField(label=_("Primer día"), required=False)
    until_on = DayField(label=_("Último día, si fueron varios"), required=False)
    known = forms.CharField(
        label=_("O lo que se sepa"), required=False, max_length=7, help_text=_("Un mes o un año: 2024-05, 2024.")
    )
    description_es = forms.CharField(
        label=_("Qué se hizo"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=4000,
        help_text=_("En una o dos frases."),
    )
    author = forms.CharField(label=_("¿Quién tomó las fotografías?"), required=False, max_length=200)
    rights = forms.ChoiceField(
        label=_("¿Para qué pueden usarse?"), choices=Rights.choices, initial=Rights.OFFICE_ONLY, required=False
    )
    place = forms.CharField(label=_("¿Dónde?"), required=False, max_length=200)
    direction = forms.ChoiceField(
        label=_("Dirección"), choices=Direction.choices, initial=Direction.UNKNOWN, required=False
    )
    description_en = forms.CharField(
        label=_("Qué se hizo, en inglés"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "lang": "en"}),
        max_length=4000,
    )
    press = forms.CharField(
        label=_("Notas de prensa"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=4000,
        help_text=_("Una dirección de la web por renglón."),
    )
    same = _SameField(label=_("¿Es la misma?"), required=False, widget=forms.RadioSelect)

    def __init__(
        self,
        *args: Any,
        ties: Sequence[tuple[str, str]],
        today: dt.date,
        mended: Activity | GuestEntry | None = None,
        alike: Iterable[Activity] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.mended, self.office = mended, kwargs.get("initial", {}).get("office")
        self._set_choices(ties, today, mended)
        self._add_slots()
        self.countries = list(Country.objects.all())
        self.kept_files: list[Any] = (
            list(mended.files.filter(removed_at__isnull=True).select_related("document")) if mended else []
        )
        for one in self.kept_files:
            self._add_kept(one)
        self.ask_which(alike)

    def _set_choices(
        self, ties: Sequence[tuple[str, str]], today: dt.date, mended: Activity | GuestEntry | None
    ) -> None:
        yesterday = today - dt.timedelta(days=1)
        agreement: Any = self.fields["agreement"]
        if len(ties) <= _FEW_TIES:
            agreement.widget = forms.RadioSelect()
            agreement.choices = ties
        else:
            agreement.choices = [("", _("elija una")), *ties]
        if mended:
            del self.fields["agreement"]
        days: Any = self.fields["on"]
        days.choices = [
            (today.isoformat(), _("hoy, %(day)s") % {"day": long_date(today)}),
            (yesterday.isoformat(), _("ayer, %(day)s") % {"day": long_date(yesterday)}),
            *self._day_sent({today.isoformat(), yesterday.isoformat()}),
            (OTHER_DAY, _("otro día, o varios")),
        ]

    def _day_sent(self, offered: set[str]) -> list[tuple[str, str]]:
        """Return the day of a page that was opened earlier: it was «hoy» there, and stands as it was meant."""
        sent = str(self.data.get("on", ""))
        day = None if sent in offered else _day_of(sent)
        return [(sent, long_date(str(day.on)))] if day else []

    def _add_slots(self) -> None:
        for number in range(1, PHOTOGRAPHS + 1):
            told = {"number": number}
            widget = forms.ClearableFileInput(attrs={"accept": _PICTURES})
            self.fields[f"photograph_{number}"] = SheetField(
                label=_("Fotografía %(number)d") % told, required=False, widget=widget
            )
            self.fields[f"alternative_{number}"] = forms.CharField(
                label=_("Qué se ve en la fotografía %(number)d") % told, required=False, max_length=300
            )
            self.fields[f"sent_photograph_{number}"] = forms.CharField(widget=forms.HiddenInput, required=False)
        for number in range(1, DOCUMENTS + 1):
            self.fields[f"document_{number}"] = SheetField(
                label=_("Documento %(number)d") % {"number": number}, required=False
            )
            self.fields[f"sent_document_{number}"] = forms.CharField(widget=forms.HiddenInput, required=False)
        for number in range(1, PEOPLES + 1):
            country = forms.TextInput(attrs={"list": "paises", "autocomplete": "off"})
            self.fields[f"country_{number}"] = forms.CharField(
                label=_("País"), required=False, max_length=100, widget=country
            )
            self.fields[f"people_{number}"] = forms.IntegerField(label=_("Personas"), required=False)

    def _add_kept(self, one: ActivityFile | GuestFile) -> None:
        """Offer to take a file out, and to say something else of a photograph."""
        self.fields[f"remove_{one.pk}"] = forms.BooleanField(label=_("Quitarlo de la actividad"), required=False)
        if one.is_photograph:
            self.fields[f"told_alternative_{one.pk}"] = forms.CharField(
                label=_("Qué se ve"), initial=one.alternative, max_length=300, required=False
            )
            self.fields[f"told_author_{one.pk}"] = forms.CharField(
                label=_("¿Quién la tomó?"), initial=one.author, max_length=200, required=False
            )
            self.fields[f"told_rights_{one.pk}"] = forms.ChoiceField(
                label=_("¿Para qué puede usarse?"), choices=Rights.choices, initial=one.rights, required=False
            )

    def ask_which(self, alike: Iterable[Activity]) -> None:
        """Offer what is very like this to choose from."""
        self.alike = list(alike)
        same: Any = self.fields["same"]
        same.choices = [
            *((str(one.pk), said_of(one)) for one in self.alike),
            (ANOTHER, _("No: es otra, guárdela aparte")),
        ]

    # ── rows as the page shows them ──────────────────────────────────────────────────────────────────────────────────

    def country_names(self) -> list[str]:
        """Return the names of the countries in the reader's language; the form takes both."""
        return sorted(in_language(one, "name") for one in self.countries)

    def photographs(self) -> list[dict[str, Any]]:
        """Return the fields of each photograph, with the one that an earlier try has sent."""
        return [
            {"number": n, "file": self[f"photograph_{n}"], "alternative": self[f"alternative_{n}"],
             "sent": self.earlier(f"photograph_{n}")}
            for n in range(1, PHOTOGRAPHS + 1)
        ]  # fmt: skip

    def documents(self) -> list[dict[str, Any]]:
        """Return the fields of each document."""
        return [{"file": self[f"document_{n}"], "sent": self.earlier(f"document_{n}")} for n in range(1, DOCUMENTS + 1)]

    def peoples(self) -> list[dict[str, Any]]:
        """Return the fields of each country's people."""
        return [
            {"number": n, "country": self[f"country_{n}"], "people": self[f"people_{n}"]} for n in range(1, PEOPLES + 1)
        ]

    def kept(self) -> list[dict[str, Any]]:
        """Return the files that are kept already, each with its fields."""
        names = ("told_alternative", "told_author", "told_rights", "remove")
        return [
            {"file": one, "fields": [self[f"{name}_{one.pk}"] for name in names if f"{name}_{one.pk}" in self.fields]}
            for one in self.kept_files
        ]

    def earlier(self, slot: str) -> Document | None:
        """Return the file that an earlier try of this form has sent in a slot."""
        try:
            key = UUID(str(self.data.get(f"sent_{slot}", "")))
        except ValueError:
            return None
        return Document.objects.filter(pk=key, office=self.office).first() if self.office else None

    def remember(self, slot: str, document: Document) -> None:
        """Keep in the form which file a slot has sent."""
        data = typed(self)
        data[f"sent_{slot}"] = str(document.pk)
        self.data = data

    def slots(self) -> list[str]:
        """Return the names of the fields that take files."""
        return [
            *(f"photograph_{n}" for n in range(1, PHOTOGRAPHS + 1)),
            *(f"document_{n}" for n in range(1, DOCUMENTS + 1)),
        ]

    # ── what was written ─────────────────────────────────────────────────────────────────────────────────────────────

    def clean_known(self) -> PartialDate:
        """Read a month or a year."""
        try:
            return partial_day(str(self.cleaned_data["known"]))
        except ValueError as error:
            raise forms.ValidationError(_("No es un mes ni un año: escriba 2024-05 o 2024.")) from error

    def clean(self) -> dict[str, Any]:
        """Bring days and people together; say of each row what it lacks."""
        given = super().clean() or self.cleaned_data
        given["participants"] = self._participants(given)
        given["days"] = self._days(given)
        for number in range(1, PHOTOGRAPHS + 1):
            has_file = given.get(f"photograph_{number}") or self.earlier(f"photograph_{number}")
            if has_file and not given.get(f"alternative_{number}", "").strip():
                self.add_error(f"alternative_{number}", Fault.NO_ALTERNATIVE.label)
            if (
                given.get(f"alternative_{number}", "").strip()
                and not has_file
                and f"photograph_{number}" not in self.errors
            ):
                self.add_error(
                    f"photograph_{number}", _("Falta la fotografía: elíjala, o borre lo que escribió de ella.")
                )
        return given

    def _days(self, given: dict[str, Any]) -> tuple[PartialDate, PartialDate]:
        chosen = _day_of(str(given.get("on", "")))
        if chosen:
            return chosen, chosen
        known = given.get("known")
        first, last = given.get("from_on"), given.get("until_on")
        if isinstance(known, PartialDate) and known.on and (not (first or last) or self._is_month_meant()):
            return known, known
        if first is None and "on" not in self.errors and not {"from_on", "until_on", "known"} & set(self.errors):
            self.add_error("from_on", Fault.NO_DATE.label)
        return _whole(first), _whole(last or first)

    def _is_month_meant(self) -> bool:
        """Say which of a day and a month holds where both are written: the one that was not there; both are asked."""
        touched = {"from_on", "until_on", "known"} & set(self.changed_data)
        if touched == {"known"}:
            return True
        if "known" in touched:
            self.add_error("known", _("Escribió un día y también un mes o un año: borre el que no valga."))
        return False

    def _participants(self, given: dict[str, Any]) -> dict[str, int]:
        by_name = {fold(name): one.code for one in self.countries for name in (one.name_es, one.name_en, one.code)}
        found: dict[str, int] = {}
        for number in range(1, PEOPLES + 1):
            name, people = given.get(f"country_{number}", "").strip(), given.get(f"people_{number}")
            code = by_name.get(fold(name), "")
            if name and not code:
                self.add_error(f"country_{number}", Fault.NO_COUNTRY.label)
            elif people is not None and not name:
                self.add_error(f"country_{number}", _("Falta de qué país son."))
            elif code in found:
                self.add_error(f"country_{number}", _("Ese país ya está arriba: sume allí las personas."))
            elif people is not None:
                found[code] = people
        return found

    def entry(self) -> EntryDraft:
        """Return the activity that was written."""
        given = self.cleaned_data
        start, end = given["days"]
        words = PhotographWords("", given["author"], Rights(given["rights"] or Rights.OFFICE_ONLY))
        photographs = [
            PhotographDraft(file, PhotographWords(given[f"alternative_{n}"], words.author, words.rights))
            for n in range(1, PHOTOGRAPHS + 1)
            if (file := self._file(f"photograph_{n}"))
        ]
        documents = [file for n in range(1, DOCUMENTS + 1) if (file := self._file(f"document_{n}"))]
        return EntryDraft(
            kind=ActivityKind(given["kind"]),
            start=start,
            end=end,
            description_es=given["description_es"],
            description_en=given.get("description_en", ""),
            direction=Direction(given.get("direction") or Direction.UNKNOWN),
            place=given["place"],
            participants=given["participants"],
            press=[line.strip() for line in given["press"].splitlines() if line.strip()],
            photographs=photographs,
            documents=documents,
            words={one.pk: self._told(one) for one in self.kept_files if self._shows(one)},
            removed=[one.pk for one in self.kept_files if given[f"remove_{one.pk}"]],
        )

    def _shows(self, one: ActivityFile | GuestFile) -> bool:
        """Say whether the page that was sent showed a photograph; of one that came since, nobody said anything here."""
        return one.is_photograph and f"told_alternative_{one.pk}" in self.data

    def _told(self, one: ActivityFile | GuestFile) -> PhotographWords:
        given = self.cleaned_data
        rights = Rights(given[f"told_rights_{one.pk}"] or one.rights)
        return PhotographWords(given[f"told_alternative_{one.pk}"], given[f"told_author_{one.pk}"], rights)

    def _file(self, slot: str) -> Sent | UUID | None:
        sent = self.cleaned_data.get(slot)
        if sent:
            sent.file.seek(0)
            return Sent(sent.file, sent.name or "fotografia")
        earlier = self.earlier(slot)
        return earlier.pk if earlier else None


def _is_key(text: object) -> bool:
    try:
        UUID(str(text))
    except ValueError:
        return False
    return True


def _whole(day: dt.date | None) -> PartialDate:
    return PartialDate(day, Precision.DAY if day else Precision.UNKNOWN)


def _day_of(text: str) -> PartialDate | None:
    try:
        found = partial_day(text)
    except ValueError:
        return None
    return found if found.precision is Precision.DAY else None


def said_of(one: Activity) -> str:
    """Return an activity in a line: its days, what it was, and who says so."""
    first, last = str(one.start), str(one.end)
    days = long_date(first) if first == last else f"{long_date(first)} – {long_date(last)}"
    is_english = (get_language() or "").startswith("en") and one.description_en
    return f"{days}: {one.description_en if is_english else one.description_es} ({one.source.title_es})"


def tie_of(kept: Agreement, *, own: UUID | None) -> str:
    """Return the other side of a tie, as the list of ties names it."""
    others = [party for party in kept.parties.all() if party.place_id != own]
    return ", ".join(with_country(one.place) for one in others) or kept.title_es
