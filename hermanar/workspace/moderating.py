"""What a contribution says, as who decides on it reads it: field by field, with its marks, its reports and its past."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hermanar.directory.models import Place
from hermanar.foundation.access import Actor, Verb, can
from hermanar.foundation.intake import Complaint, Kind, Mark, State, Step, shape_of
from hermanar.foundation.intake.kinds import (
    COMPLAINT_LABELS,
    FIELD_LABELS,
    KIND_LABELS,
    LANGUAGES,
    MARK_LABELS,
    STATE_LABELS,
    STEP_LABELS,
)
from hermanar.foundation.intake.rules import NEEDS_REASON, Form, allowed
from hermanar.foundation.intake.sealing import open_content
from hermanar.foundation.intake.words import CODE_LABELS
from hermanar.foundation.models import Contribution, Document, User

_CITIES = ("sender", "receiver", "city")
_FIRST = (Step.PUBLISH, Step.RESTORE, Step.SETTLE)  # the button that stands first
_DISCARDED = _("descartado")
_UNOPENED = _("cifrado con otra llave (trail.key): aquí no se puede leer")
# Where the public reads what each kind is about.
_ABOUT = {Kind.ANSWER: "museum:problem", Kind.INQUIRY: "museum:offer", Kind.ENTRY: "museum:open_call"}
_AFTER_DECISION = (Step.RECONSIDER, Step.REPORT)  # not among the buttons of a decision


def told(found: Iterable[Contribution], *, actor: Actor) -> list[dict[str, Any]]:
    """Return contributions as a list shows them, each with what may be done to it."""
    kept = list(found)
    slugs = {one.content[name] for one in kept for name in _CITIES if one.content.get(name)}
    found_names = Place.objects.filter(slug__in=slugs).values_list("slug", "name_es", "name") if slugs else ()
    names = {slug: spanish or local for slug, spanish, local in found_names}
    return [_line(one, names, actor=actor) for one in kept]


def _line(one: Contribution, names: dict[str, str], *, actor: Actor) -> dict[str, Any]:
    kind, state = Kind(one.kind), State(one.state)
    steps = [step for step in allowed(state, is_public=shape_of(kind).is_public) if _may(step, actor)]
    decisions = [step for step in steps if step not in _AFTER_DECISION]
    return {
        "one": one,
        "kind": KIND_LABELS[kind],
        "state": _DISCARDED if state is State.REFUSED and not shape_of(kind).is_public else STATE_LABELS[state],
        "about": reverse(_ABOUT[kind], args=[one.about]) if one.about and kind in _ABOUT else "",
        "fields": _fields(one, names),
        "language": LANGUAGES.get(one.language, one.language),
        "marks": [MARK_LABELS[Mark(mark)] for mark in one.marks],
        "steps": [
            {"code": step.value, "label": _label(step, kind), "is_first": step in _FIRST, "asks": step in NEEDS_REASON}
            for step in decisions
            if step is not Step.REMOVE
        ],
        "may_remove": Step.REMOVE in decisions,
        "may_undo": Step.RECONSIDER in steps,
        "needs_reason": any(step in NEEDS_REASON for step in decisions),
    }


def _label(step: Step, kind: Kind) -> Promise:
    """Return what a button says; what is never public is not refused its publication."""
    is_letter = step is Step.REFUSE and not shape_of(kind).is_public
    return _("Descartar") if is_letter else STEP_LABELS[step]


def _may(step: Step, actor: Actor) -> bool:
    return can(actor, Verb.REMOVE_CONTRIBUTION if step is Step.REMOVE else Verb.MODERATE)


def _fields(one: Contribution, names: dict[str, str]) -> list[dict[str, Any]]:
    """Return each field with its words; a file is led to, if it still is there."""
    found = []
    content = open_content(one)
    for field in shape_of(Kind(one.kind)).fields:
        value = content.get(field.name)
        if field.name in one.content and field.name not in content:
            found.append({"label": FIELD_LABELS[field.name], "value": _UNOPENED, "is_text": False, "is_personal": True})
        if value in (None, "", []):
            continue
        words, is_text = value, field.form in {Form.TEXT, Form.LINE}
        if field.name in CODE_LABELS:
            codes = value if isinstance(value, list) else [value]
            words = ", ".join(str(CODE_LABELS[field.name].get(code, code)) for code in codes)
        elif field.name in _CITIES:
            words = names.get(value, value)
        document = _document(one, value) if field.form is Form.UUID else None
        found.append(
            {
                "label": FIELD_LABELS[field.name],
                "value": words,
                "is_text": is_text,
                "is_personal": field.is_personal,
                "is_mail": field.form is Form.EMAIL,
                "day": dt.date.fromisoformat(value) if field.form is Form.DATE else None,
                "document": document,
                "is_picture": document is not None and document.media_type.startswith("image/"),
            }
        )
    return found


def _document(one: Contribution, key: str) -> Document | None:
    return Document.objects.filter(pk=UUID(key), office=one.office).first()


def history(one: Contribution) -> list[dict[str, Any]]:
    """Return what was decided and reported, the newest first."""
    steps = list(one.steps.all())
    people = {user.pk: user for user in User.objects.filter(pk__in=[step.by for step in steps if step.by])}
    found: list[dict[str, Any]] = [
        {
            "at": step.at,
            "what": STEP_LABELS[Step(step.step)],
            "became": STATE_LABELS[State(step.after)],
            "reason": step.reason,
            "by": people.get(step.by) if step.by else None,
        }
        for step in steps
        if step.step != Step.REPORT.value
    ]
    found += [
        {"at": report.at, "complaint": COMPLAINT_LABELS[Complaint(report.complaint)], "note": report.note}
        for report in one.reports.all()
    ]
    return sorted(found, key=lambda row: row["at"], reverse=True)
