"""A page with one form: shown, tried, shown again with what was typed when it is refused or somebody was first."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from hermanar.agreements.rules import StepRefusedError
from hermanar.cooperation.rules import CommitteeRefusedError, PlanRefusedError, ProjectRefusedError
from hermanar.cooperation.rules.calls import CallRefusedError
from hermanar.cooperation.rules.ties import TieRefusedError
from hermanar.cooperation.vocabulary import CommitteeRefusal as Why
from hermanar.cooperation.vocabulary.ties import TieRefusal
from hermanar.foundation.documents import RefusedDocumentError
from hermanar.foundation.editing import EditConflictError
from hermanar.workspace.forms.plans import field_of
from hermanar.workspace.forms.sending import typed
from hermanar.workspace.plan_words import fault_told
from hermanar.workspace.views.door import MemberRequest

# What a verb refuses with its reasons: each is said beside its field.
_REFUSED = (
    CallRefusedError, CommitteeRefusedError, PlanRefusedError, ProjectRefusedError, StepRefusedError, TieRefusedError,
)  # fmt: skip
# The field that a refusal is about, where a form has it; the first one that is there.
FIELD_OF: dict[Why, tuple[str, ...]] = {
    Why.FUTURE_DATE: ("founded_on", "ended_on", "on", "done_on"),
    Why.NO_REASON: ("reason",),
    Why.NO_NAME: ("name",),
    Why.NO_WORDS: ("what", "text"),
    Why.NO_SOURCE: ("source",),
    Why.AREA_WITHOUT_TIE: ("area",),
    Why.AREA_TAKEN: ("area",),
    Why.OFFICE_TAKEN: ("name",),
    Why.TIE_ABANDONED: ("agreement",),
    Why.MORE_THAN_SEATS: ("size",),
    Why.BAD_FIGURE: ("quorum_figure",),
    Why.BAD_SECOND_FIGURE: ("second_figure",),
    Why.BEFORE_FOUNDING: ("began_on", "on", "founded_on"),
    Why.TERM_ENDS_FIRST: ("until", "ended_on", "on"),
    Why.ALREADY_MEMBER: ("name",),
    Why.IN_ANOTHER: ("name",),
    Why.SUBSTITUTE_OF_OTHER: ("stands_for",),
    Why.SUBSTITUTE_TAKEN: ("stands_for",),
    Why.STILL_THERE: ("on",),
    Why.ATTENDED_LATER: ("ended_on", "on"),
    Why.NO_AGENDA: ("agenda",),
    Why.CALLED_AFTER: ("called_on",),
    Why.NOT_A_MEMBER_THEN: ("present", "began_on"),
    Why.NOBODY_CAME: ("present",),
    Why.NO_SECOND_CALL: ("is_second_call",),
    Why.SECOND_CALL_UNKNOWN: ("is_second_call",),
    Why.SAY_QUORUM: ("had_quorum",),
    Why.VOTES_DO_NOT_ADD_UP: ("votes_for",),
    Why.OWNER_GONE: ("owner",),
    Why.DUE_BEFORE: ("due_on",),
    Why.DONE_BEFORE: ("done_on",),
}
FIELD_OF_TIE: dict[TieRefusal, tuple[str, ...]] = {
    TieRefusal.FUTURE_DATE: ("on", "left_on", "since_on"),
    TieRefusal.NO_REASON: ("reason",),
    TieRefusal.NO_NAME: ("title", "city", "name"),
    TieRefusal.NO_REQUESTER: ("requester",),
    TieRefusal.NO_WORDS: ("asks",),
    TieRefusal.DUE_BEFORE: ("answer_by",),
    TieRefusal.ANSWERED_BEFORE: ("on",),
    TieRefusal.NO_PLACE: ("file",),
    TieRefusal.OWN_PLACE: ("city", "file"),
    TieRefusal.OTHER_PLACE: ("file",),
    TieRefusal.NO_FILE_OF_OWN: ("file",),
    TieRefusal.SAME_CANDIDATE: ("city",),
    TieRefusal.LEFT_OUT: ("candidate",),
    TieRefusal.NOTHING_MARKED: ("candidate",),
    TieRefusal.NO_DECIDER: ("decider",),
    TieRefusal.NO_PART: ("part",),
    TieRefusal.SAME_STAKEHOLDER: ("name",),
    TieRefusal.ENDS_FIRST: ("left_on",),
}
Values = dict[str, Any]
Sent = dict[str, list[str]]  # what a form sends, by its fields


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a page with one form says around it, and how its form is made."""

    title: str
    submit: str
    back: str  # where one goes on, done or not
    where: tuple[tuple[str, str], ...]  # the way here: words and address
    make: Callable[..., forms.Form]
    now: Callable[[], Values]  # what is kept, as the form shows it, with the version
    said: str  # when it is done
    lede: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    shown: tuple[dict[str, Any], ...] = ()  # what the public will read when this is done
    template: str = "workspace/committees/form.html"
    fields_of: Mapping[Any, tuple[str, ...]] = field(default_factory=lambda: FIELD_OF)  # what each refusal is about
    knows_done: bool = False  # `do` sees by itself whether what is asked was done already


def answered(
    request: MemberRequest, sheet: Sheet, *, do: Callable[[Values], object], to: Callable[[], str] | None = None
) -> HttpResponse:
    """Show the form, or do what it asks and lead on; what another office keeps is not there."""
    is_sent = request.method == "POST"
    given = (request.POST, request.FILES) if is_sent else (None, None)
    form = sheet.make(*given, initial=sheet.now())
    changed: list[dict[str, Any]] = []
    read, is_stale = _read(request), False
    if is_sent and form.is_valid():
        try:
            do(form.cleaned_data)
        except ObjectDoesNotExist as unknown:
            raise Http404 from unknown
        except RefusedDocumentError as refused:
            form.add_error("document", str(refused))
        except _REFUSED as refused:
            # The button may have been pressed twice; a project says by itself what was done already.
            if not isinstance(refused, ProjectRefusedError) and _is_as_asked(sheet, form):
                return redirect(sheet.back)
            _show(form, refused, sheet=sheet)
        except EditConflictError:
            if _is_as_asked(sheet, form):
                return redirect(sheet.back)
            is_stale = True
            form, changed = _again(sheet, form, read)
            read = {}
        else:
            messages.success(request, sheet.said)
            return redirect(to() if to else sheet.back)
    context = {"sheet": sheet, "form": form, "is_stale": is_stale, "changed": changed}
    context["read"] = json.dumps(read or _sent_as_kept(sheet.make(initial=sheet.now())))
    return render(request, sheet.template, context)


def _show(form: forms.Form, refused: Any, *, sheet: Sheet) -> None:
    """Put each refusal beside its field, or at the top where the form has none for it."""
    if isinstance(refused, PlanRefusedError):
        for fault in refused.faults:
            form.add_error(field_of(form, fault), fault_told(fault))
        return
    for refusal in refused.refusals:
        names = (FIELD_OF_TIE if isinstance(refusal, TieRefusal) else sheet.fields_of).get(refusal, ())
        name = next((one for one in names if one in form.fields), None)
        form.add_error(name, str(refusal.label))


def _differing(sheet: Sheet, form: forms.Form) -> list[str]:
    """Return the fields in which what was typed is not what is kept now."""
    fresh = sheet.make(form.data, form.files, initial=sheet.now())
    hidden = {field.name for field in fresh.hidden_fields()}
    return [name for name in fresh.changed_data if name not in hidden]


def _is_as_asked(sheet: Sheet, form: forms.Form) -> bool:
    """Say whether what was asked for is kept already; a form that makes something new is known by its key instead."""
    return not sheet.knows_done and not form.data.get("key") and not _differing(sheet, form)


def _again(sheet: Sheet, form: forms.Form, read: Sent) -> tuple[forms.Form, list[dict[str, Any]]]:
    """Put what was typed over the version that stands now, and tell what that one says.

    What this person had not touched, or what their page did not ask, says what it says now.
    """
    now = sheet.now()
    shown = sheet.make(initial=now)
    changed = [{"label": shown.fields[name].label, "now": _said(shown, name)} for name in _differing(sheet, form)]
    data = typed(form)
    for name, kept in _sent_as_kept(shown).items():
        mine = [one.replace("\r\n", "\n").strip() for one in data.getlist(name) if one.strip()]
        is_missing = shown.fields[name].widget.value_omitted_from_data(data, form.files, shown.add_prefix(name))
        if mine == read.get(name) if name in read else is_missing:
            data.setlist(name, kept)
    data["version"] = str(now.get("version", 0))
    return sheet.make(data, form.files, initial=now), changed


def _read(request: MemberRequest) -> Sent:
    """Return what the page said when it was opened, as it says itself; a spoilt one says nothing."""
    try:
        told = json.loads(request.POST.get("read", "{}"))
    except (ValueError, RecursionError):
        return {}
    return told if isinstance(told, dict) else {}


def _sent_as_kept(form: forms.Form) -> Sent:
    """Return what a browser sends of a form that nobody touched."""
    found: Sent = {}
    for bound in form.visible_fields():
        value, widget = bound.value(), bound.field.widget
        told = widget.format_value(value)
        if isinstance(widget, forms.CheckboxInput):
            told = "on" if widget.check_test(value) else None
        values = told if isinstance(told, list | tuple) else [told]
        found[bound.name] = [str(one).replace("\r\n", "\n").strip() for one in values if one not in (None, "")]
    return found


def _said(form: forms.Form, name: str) -> str:
    value, choices = form[name].value(), _flat(getattr(form.fields[name], "choices", ()))
    if isinstance(value, bool):
        return _("sí") if value else _("no")
    values = value if isinstance(value, list | tuple) else [value]
    words = [str(choices.get(str(one), one)) for one in values if one not in (None, "")]
    return ", ".join(words) or _("nada")


def _flat(choices: Iterable[tuple[Any, Any]]) -> dict[str, Any]:
    """Return the words of choices by their value, those in groups too."""
    found: dict[str, Any] = {}
    for value, words in choices:
        found |= _flat(words) if isinstance(words, list | tuple) else {str(value): words}
    return found
