"""The counterpart's word, in the office: links for contacts, and both versions side by side."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from hermanar.agreements import actions
from hermanar.agreements.models import Agreement, CounterpartLink, CounterpartWord
from hermanar.foundation.access import Verb, can_in
from hermanar.ui.templatetags.ui import long_date
from hermanar.workspace.forms.counterpart import LinkForm, is_open
from hermanar.workspace.sides import beside
from hermanar.workspace.views.door import MemberRequest, member
from hermanar.workspace.views.own import own_file


@member(Verb.READ_FILES)
def counterpart(request: MemberRequest, agreement: UUID) -> HttpResponse:
    """Show what the sister city says beside what the office holds."""
    return _page(request, own_file(request, agreement))


@member(Verb.ASK_COUNTERPART)
def make_link(request: MemberRequest, agreement: UUID) -> HttpResponse:
    """Make a link for a contact and show it, this once."""
    kept = own_file(request, agreement)
    form = LinkForm(request.POST or None, kept=kept)
    if request.method == "POST" and form.is_valid():
        return _page(request, kept, made=_make(request, kept, form))
    return _page(request, kept, form=form)


def _page(
    request: MemberRequest, kept: Agreement, *, form: LinkForm | None = None, made: dict[str, Any] | None = None
) -> HttpResponse:
    may_ask = can_in(request.actor, Verb.ASK_COUNTERPART, office=kept.office_id)
    now = timezone.now()
    words = CounterpartWord.objects.filter(link__agreement=kept).select_related("link__party__place").order_by("-at")
    links = kept.counterpart_links.select_related("party__place", "made_by").order_by("-made_at")
    context = {
        "file": kept,
        "form": (form or LinkForm(kept=kept)) if may_ask else None,
        "made": made,
        "words": [(word, beside(kept, word)) for word in words],
        "links": [(link, is_open(link, now=now)) for link in links],
        "may_ask": may_ask,
    }
    return render(request, "workspace/counterpart/page.html", context)


def _make(request: MemberRequest, kept: Agreement, form: LinkForm) -> dict[str, Any]:
    given = form.cleaned_data
    party = form.parties[given["party"]]
    sent = actions.ask_counterpart(party.pk, by=request.actor, language=given["language"], contact=given["contact"])
    with translation.override(given["language"]):
        address = request.build_absolute_uri(reverse("confirmation", args=[sent.token]))
        subject = _("¿Es así el acuerdo entre nuestras ciudades?")
        body = _(
            "Le escribimos de %(office)s. En esta página, sin abrir ninguna cuenta, puede confirmar o corregir lo que "
            "consta del acuerdo con su ciudad:\n\n%(address)s\n\nEl enlace es personal y vale hasta el %(day)s."
        ) % {"office": request.office.name, "address": address, "day": long_date(sent.link.expires_at)}
    letter = f"mailto:?subject={quote(subject)}&body={quote(body)}"
    return {"address": address, "mail": letter, "link": sent.link}


@member(Verb.ASK_COUNTERPART)
def withdraw(request: MemberRequest, agreement: UUID, link: UUID) -> HttpResponse:
    """Make a link worthless."""
    kept = own_file(request, agreement)
    if not CounterpartLink.objects.filter(pk=link, agreement=kept).exists():
        raise Http404
    if request.method == "POST":
        actions.withdraw_link(link, by=request.actor)
        messages.success(request, _("El enlace ya no vale."))
    return redirect("workspace:counterpart", agreement)
