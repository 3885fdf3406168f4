"""What a form of a file does with what was typed, when the verb refuses it or somebody else was first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from hermanar.agreements.models import Agreement
from hermanar.agreements.vocabulary.procedure import Refusal

# The field that a refusal is about, where a form has it.
FIELD_OF = {
    Refusal.NO_LETTER: "letter",
    Refusal.NO_REASON: "reason",
    Refusal.NO_SIGNATORIES: "signatories",
    Refusal.NO_SOURCE: "source",
    Refusal.FUTURE_DATE: "on",
    Refusal.BEFORE_PREVIOUS_STEP: "on",
    Refusal.BEFORE_SIGNATURE: "on",
    Refusal.NO_PLANNED_SIGNATURE: "planned_signature_on",
    Refusal.PLANNED_IN_THE_PAST: "planned_signature_on",
    Refusal.TOO_LATE_FOR_OPINION: "planned_signature_on",
    Refusal.ENDS_BEFORE_START: "until",
    Refusal.PLANNED_TOO_SOON: "planned_signature_on",
    Refusal.LANGUAGES_SETTLED: "languages",
    Refusal.TEXT_CHANGED: "is_without_opinion",
    Refusal.NO_OPINION: "is_without_opinion",
    Refusal.NOT_WITHOUT_OPINION: "is_without_opinion",
}


def show_refusals(form: forms.Form, refusals: Iterable[Refusal]) -> None:
    """Put each refusal beside its field, or at the top where the form has none for it."""
    for refusal in refusals:
        name = FIELD_OF.get(refusal)
        form.add_error(name if name in form.fields else None, str(refusal.label))


def shown_now(kept: Agreement) -> dict[str, Any]:
    """Return what the hidden fields of a form remember: which version the person saw, and when."""
    return {"version": kept.version, "seen_at": timezone.now().isoformat()}


def typed(form: forms.Form) -> QueryDict:
    """Return what was typed into a form, to be changed."""
    return cast("QueryDict", form.data).copy()


def rebound(form: forms.Form, kept: Agreement, **values: Any) -> Any:
    """Return what was typed over the version that stands now."""
    data = typed(form)
    for name, value in {**shown_now(kept), **values}.items():
        if isinstance(value, list):
            data.setlist(name, value)
        else:
            data[name] = value
    return data


def seen_at(form: forms.Form) -> dt.datetime:
    """Return when the page was shown; a moment long ago when the field was spoilt."""
    try:
        found = parse_datetime(str(form.data.get("seen_at", "")))
        if found and found.tzinfo:
            return found.astimezone(dt.UTC)
    except (ValueError, OverflowError):  # no date, or one that is none in the world's time
        found = None
    return found.replace(tzinfo=dt.UTC) if found else dt.datetime.min.replace(tzinfo=dt.UTC)


def said_in(form: forms.Form, name: str) -> str:
    """Return in words what a field of a form holds."""
    value = form[name].value()
    choices = dict(getattr(form.fields[name], "choices", ()))
    if isinstance(value, list):
        return ", ".join(str(choices.get(one, one)) for one in value)
    if isinstance(value, bool):
        return _("sí") if value else _("no")
    return str(choices.get(value, value) if value not in (None, "") else _("nada"))
