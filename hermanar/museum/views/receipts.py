"""The receipt of what somebody sent: where it stands, and how to take it back. Who has its address is its sender."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from hermanar.foundation.intake import Kind, State, shape_of, take_back
from hermanar.foundation.intake.kinds import KIND_LABELS
from hermanar.foundation.intake.queries import received
from hermanar.foundation.intake.rules import IN_PUBLIC
from hermanar.foundation.models import Contribution
from hermanar.museum.views.receiving import receiving

# Where each kind is read once it is public: the name of its page and what of the contribution is its address.
_READ_AT = {
    Kind.HELLO: ("museum:hello", "pk"),
    Kind.ANSWER: ("museum:problem", "about"),
    Kind.PROPOSAL: ("museum:proposal", "pk"),
    Kind.ENTRY: ("museum:open_call", "about"),
}


@receiving()
def receipt(request: HttpRequest, key: UUID) -> HttpResponse:
    """Say where it stands; take it back when its sender asks."""
    kept = received(key)
    if kept is None:
        raise Http404
    if request.method == "POST":
        take_back(key)
        response: HttpResponse = HttpResponseRedirect(reverse("museum:receipt", args=[key]))
        response.status_code = 303
    else:
        response = render(request, "museum/receipt/page.html", _page(kept))
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _page(kept: Contribution) -> dict[str, object]:
    is_public = State(kept.state) in IN_PUBLIC
    return {
        "kept": kept,
        "kind": KIND_LABELS[Kind(kept.kind)],
        "is_public": is_public,
        "is_letter": not shape_of(Kind(kept.kind)).is_public,
        "is_waiting": kept.state == State.WAITING.value,
        "is_gone": kept.state == State.REMOVED.value,
        "read_at": _read_at(kept) if is_public else "",
    }


def _read_at(kept: Contribution) -> str:
    """Return where it is read, or nothing for a kind that has no page of its own."""
    found = _READ_AT.get(Kind(kept.kind))
    if found is None:
        return ""
    return reverse(found[0], args=[getattr(kept, found[1])])
