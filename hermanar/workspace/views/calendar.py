"""The working days an office counts by: every closure with its source, and the office's own."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from hermanar.foundation.access import Verb, can
from hermanar.foundation.calendar.keeping import (
    FIRST_YEAR,
    LAST_YEAR,
    CalendarFaultError,
    ClosureDraft,
    UnknownCalendarError,
    chain_of,
    known_closures,
    withdraw_closure,
)
from hermanar.foundation.editing import EditConflictError
from hermanar.foundation.models import Closure, WorkingCalendar
from hermanar.offices.actions import close_days
from hermanar.workspace.due import today_of
from hermanar.workspace.forms.calendar import ClosureForm, WithdrawalForm
from hermanar.workspace.views.door import MemberRequest, member


@member(Verb.READ_FILES, Verb.KEEP_CALENDAR)
def calendar(request: MemberRequest) -> HttpResponse:
    """Show the closures of a year; let who keeps the office's calendar add one."""
    year = _year(request)
    calendars = _calendars(request)
    form = None
    if calendars and can(request.actor, Verb.KEEP_CALENDAR):
        form = ClosureForm(request.POST or None, initial={"version": calendars[0].version})
        if request.method == "POST" and form.is_valid() and _closed(request, form):
            return redirect(f"{reverse('workspace:calendar')}?año={form.cleaned_data['first_on'].year}")
    closures = known_closures().filter(calendar__in=calendars, first_on__year__lte=year, last_on__year__gte=year)
    context = {
        "year": year,
        "before": year - 1 if year > FIRST_YEAR else None,
        "after": year + 1 if year < LAST_YEAR else None,
        "calendars": calendars,
        "closures": closures.select_related("calendar", "source").order_by("first_on", "calendar__key"),
        "form": form,
        "own": request.office.pk,
    }
    return render(request, "workspace/calendar/page.html", context)


def _calendars(request: MemberRequest) -> list[WorkingCalendar]:
    """Return the calendars the office counts by; none before the law's days are loaded."""
    try:
        return chain_of(request.office.calendar)
    except UnknownCalendarError:
        return []


def _year(request: MemberRequest) -> int:
    asked = request.GET.get("año", "")
    if not asked:
        return today_of(request.office).year
    if not (asked.isdecimal() and len(asked) == 4 and FIRST_YEAR <= int(asked) <= LAST_YEAR):  # noqa: PLR2004  digits of a year
        raise Http404
    return int(asked)


def _closed(request: MemberRequest, form: ClosureForm) -> bool:
    asked = form.cleaned_data
    draft = ClosureDraft(asked["first_on"], asked["last_on"] or asked["first_on"], asked["name"], "")
    try:
        close_days(request.office.pk, draft, by=request.actor, version=asked["version"])
    except CalendarFaultError as fault:
        form.add_error(None, str(fault))
    except EditConflictError:
        form.add_error(None, _("Otra persona cambió el calendario mientras tanto: revise la lista y envíe de nuevo."))
        now = WorkingCalendar.objects.get(office=request.office.pk).version
        form.data = {**request.POST.dict(), "version": now}
    else:
        return True
    return False


@member(Verb.KEEP_CALENDAR)
def withdraw(request: MemberRequest, closure: str) -> HttpResponse:
    """Take back a closure of the office's own calendar, with the reason."""
    kept = Closure.objects.filter(pk=closure, calendar__office=request.office.pk).select_related("calendar").first()
    if kept is None:
        raise Http404
    form = WithdrawalForm(request.POST or None, initial={"version": kept.calendar.version})
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data
        try:
            withdraw_closure(kept.pk, by=request.actor, version=asked["version"], reason=asked["reason"])
        except CalendarFaultError as fault:
            form.add_error("reason", str(fault))
        except EditConflictError:
            form.add_error(None, _("Otra persona cambió el calendario mientras tanto: vuelva a la lista."))
        else:
            return redirect("workspace:calendar")
    return render(request, "workspace/calendar/withdraw.html", {"form": form, "closure": kept})
