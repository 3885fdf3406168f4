"""The first page of an office: what is due, by urgency, each with the step that does it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from icalendar import Alarm, Calendar, Event

from hermanar.agreements.queries import for_office
from hermanar.agreements.vocabulary.procedure import Urgency
from hermanar.cooperation.queries import planned_of
from hermanar.foundation.access import GRANTED, Role, Verb, can
from hermanar.foundation.intake.queries import to_decide
from hermanar.offices.actions import make_feed, membership_of_feed
from hermanar.workspace.due import Due, DueLine, address_of, due_lines, everything_due, grouped, own_lines, today_of
from hermanar.workspace.plan_charts import planned_event
from hermanar.workspace.views.door import MemberRequest, member

_FEED = "feed_token"  # told once, on the page that follows
_FIRST, _PER_PAGE = 25, 100


@dataclass(frozen=True, slots=True)
class Group:
    """What is due with one urgency: how much, and the lines that are shown."""

    urgency: Urgency
    count: int
    lines: list[DueLine]

    @property
    def more(self) -> int:
        """Return how many are not shown."""
        return self.count - len(self.lines)


@member()
def home(request: MemberRequest) -> HttpResponse:
    """Show what is due; who reads no files is led to what there is for that role."""
    reads = can(request.actor, Verb.READ_FILES)
    token = request.session.pop(_FEED, "")
    may_note = can(request.actor, Verb.NOTE_ACTIVITY)
    has_files = reads and for_office(request.office.pk).exists()
    context = {
        "reads": reads,
        "today": today_of(request.office),
        **_shown(request),
        "sits": can(request.actor, Verb.DO_OWN_TASKS),
        "has_files": has_files,
        "note_address": address_of("workspace:note_activity") if may_note and has_files else "",
        "open_address": address_of("workspace:open") if can(request.actor, Verb.DRAFT) else "",
        "to_moderate": to_decide(request.actor).count() if can(request.actor, Verb.MODERATE) else 0,
        "feed": request.build_absolute_uri(reverse("workspace:feed", kwargs={"token": token})) if token else "",
    }
    return render(request, "workspace/home/page.html", context)


def _shown(request: MemberRequest) -> dict[str, Any]:
    """Return the first lines of each urgency, or a page of the one that was asked for."""
    found = dict(grouped(_due(request)))
    asked = request.GET.get("urgencia", "")
    if asked not in found:
        parts = [Group(urgency, len(those), [one.line() for one in those[:_FIRST]]) for urgency, those in found.items()]
        return {"groups": parts, "page": None}
    page = Paginator(found[Urgency(asked)], _PER_PAGE).get_page(request.GET.get("pagina"))
    one = Group(Urgency(asked), page.paginator.count, [due.line() for due in page.object_list])
    return {"groups": [one], "page": page, "query": f"urgencia={asked}"}


def _due(request: MemberRequest) -> list[Due]:
    if can(request.actor, Verb.READ_FILES):
        return everything_due(request.office)
    return own_lines(request.office, user=request.actor.user) if can(request.actor, Verb.DO_OWN_TASKS) else []


@member(Verb.READ_FILES)
@require_POST
def subscribe(request: MemberRequest) -> HttpResponse:
    """Make the person's own feed; a former one stops working."""
    request.session[_FEED] = make_feed(request.membership.pk, by=request.actor)
    return redirect(reverse("workspace:home") + "#calendario")


@require_safe
def feed(_request: MemberRequest, token: str) -> HttpResponse:
    """Answer what is due as a calendar, to whoever holds the secret address."""
    membership = membership_of_feed(token)
    if membership is None or Verb.READ_FILES not in GRANTED[Role(membership.role)]:
        raise Http404
    calendar = Calendar()
    calendar.add("prodid", "-//Hermanar//Oficina//ES")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", _("Qué vence · %(office)s") % {"office": membership.office.name})
    with timezone.override(membership.office.time_zone):
        lines = due_lines(membership.office)
    for line in lines:
        if line.on:
            calendar.add_component(_event(line))
    for one in planned_of(membership.office_id).filter(cancelled_on__isnull=True):
        calendar.add_component(planned_event(one, number=one.programme.plan.agreement.number))
    answer = HttpResponse(calendar.to_ical(), content_type="text/calendar; charset=utf-8")
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def _event(line: DueLine) -> Event:
    event = Event()
    event.add("uid", f"{line.key}@hermanar")
    event.add("dtstamp", timezone.now())
    event.add("dtstart", line.on)
    event.add("summary", f"{line.title} · {line.number}")
    event.add("description", "\n".join(part for part in (line.agreement, line.why) if part))
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", line.title)
    alarm.add("trigger", -dt.timedelta(days=3))
    event.add_component(alarm)
    return event
