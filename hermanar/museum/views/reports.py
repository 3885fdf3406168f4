"""Asking that something public be looked at."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from hermanar.foundation.intake import Complaint, report
from hermanar.foundation.intake.queries import shown
from hermanar.foundation.models import Contribution
from hermanar.museum import tickets
from hermanar.museum.forms.reports import ReportForm
from hermanar.museum.views.receiving import given, receiving


@receiving()
def report_page(request: HttpRequest, contribution: UUID) -> HttpResponse:
    """Take a report; what it is about stays where it is until a person has looked."""
    if not shown().filter(pk=contribution).exists():
        raise Http404
    ticket, is_held = given(request)
    form = ReportForm(request.POST if request.method == "POST" else None)
    context = {"form": form, "is_old": request.method == "POST" and not is_held}
    status = 200
    if request.method == "POST":
        status = 422
        if is_held and form.is_valid():
            return _taken(request, contribution, form, ticket)
    context["ticket_text"] = tickets.written(ticket)
    return render(request, "museum/report/page.html", context, status=status)


def _taken(request: HttpRequest, contribution: UUID, form: ReportForm, ticket: tickets.Ticket) -> HttpResponse:
    given_words = form.cleaned_data
    try:
        report(contribution, Complaint(given_words["complaint"]), note=given_words["note"], key=ticket.key)
    except Contribution.DoesNotExist as gone:
        raise Http404 from gone
    return render(request, "museum/report/thanks.html")
