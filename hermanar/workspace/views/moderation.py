"""What the public sent to the office: a queue with one decision each, what was decided, and one of them whole."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from hermanar.foundation import intake
from hermanar.foundation.access import Verb
from hermanar.foundation.editing import EditConflictError
from hermanar.foundation.intake import ContentError, IntakeRefusedError, Kind, Step
from hermanar.foundation.intake.kinds import KIND_LABELS, STATE_LABELS
from hermanar.foundation.intake.queries import decided, decided_by, to_decide
from hermanar.foundation.intake.rules import State
from hermanar.foundation.models import Contribution
from hermanar.foundation.words import whole_number
from hermanar.workspace.moderating import history, told
from hermanar.workspace.views.door import MemberRequest, member

_PER_PAGE, _PAST_PER_PAGE = 10, 30
_VERBS: dict[str, Callable[..., Contribution]] = {
    Step.PUBLISH: intake.publish,
    Step.REFUSE: intake.refuse,
    Step.HIDE: intake.hide,
    Step.RESTORE: intake.restore,
    Step.SETTLE: intake.settle,
    Step.RECONSIDER: intake.reconsider,
    Step.REMOVE: intake.remove,
}

_DIGITS = 9  # of a version or a page; no longer number is either


@member(Verb.MODERATE)
def queue(request: MemberRequest) -> HttpResponse:
    """Show what waits, what somebody reports first; each is decided where it stands."""
    found = _of_kind(to_decide(request.actor), request.GET)
    page = Paginator(found, _PER_PAGE).get_page(request.GET.get("pagina"))
    context = {
        "page": page,
        "rows": told(page.object_list, actor=request.actor),
        "done": _done(request),
        "place": _place(request.GET),
        "query": urlencode(_place(request.GET)),
        "kind": request.GET.get("clase", ""),
        "kinds": [(kind.value, label) for kind, label in KIND_LABELS.items()],
    }
    return render(request, "workspace/moderation/queue.html", context)


def _place(asked: QueryDict) -> dict[str, str]:
    """Return where in the queue somebody was reading: the class and the page, where they are known."""
    kind, page = asked.get("clase", ""), asked.get("pagina", "")
    place = {"clase": kind} if kind in set(Kind) else {}
    return place if whole_number(page, digits=_DIGITS) is None else place | {"pagina": page}


def _of_kind(found: Any, asked: QueryDict) -> Any:
    kind = asked.get("clase", "")
    return found.filter(kind=kind) if kind in set(Kind) else found


def _done(request: MemberRequest) -> dict[str, Any] | None:
    """Return the decision that was just made, so that it can be undone."""
    try:
        kept = decided_by(request.actor).filter(pk=UUID(request.GET.get("hecho", ""))).first()
    except ValueError:
        return None
    return told([kept], actor=request.actor)[0] if kept and kept.state != State.WAITING.value else None


@member(Verb.MODERATE)
def past(request: MemberRequest) -> HttpResponse:
    """List what was decided, newest first, while it is kept."""
    found = _of_kind(decided(request.actor), request.GET)
    state = request.GET.get("estado", "")
    found = found.filter(state=state) if state in set(State) else found
    page = Paginator(found, _PAST_PER_PAGE).get_page(request.GET.get("pagina"))
    states = [(one.value, STATE_LABELS[one]) for one in State if one not in {State.WAITING, State.REPORTED}]
    context = {"page": page, "rows": told(page.object_list, actor=request.actor), "state": state, "states": states}
    return render(request, "workspace/moderation/past.html", context)


@member(Verb.MODERATE)
def one(request: MemberRequest, contribution: UUID) -> HttpResponse:
    """Show one whole, with its past; decide on it."""
    kept = decided_by(request.actor).filter(pk=contribution).first()
    if kept is None:
        raise Http404
    problem = ""
    if request.method == "POST":
        problem = _decide(request, kept)
        if not problem:
            return redirect(_next(request, kept))
        kept.refresh_from_db()
    row = told([kept], actor=request.actor)[0]
    context = {
        "row": row,
        "place": _place(request.POST if request.method == "POST" else request.GET),
        "history": history(kept),
        "problem": problem,
        "reason": request.POST.get("reason", "")[:500],
        "asked": request.POST.get("step", ""),
    }
    return render(request, "workspace/moderation/one.html", context, status=422 if problem else 200)


def _decide(request: MemberRequest, kept: Contribution) -> str:
    """Do what was asked; return what stands against it, or nothing."""
    verb = _VERBS.get(request.POST.get("step", ""))
    version = whole_number(request.POST.get("version", ""), digits=_DIGITS)
    if verb is None or version is None:
        return _("Elija qué hacer.")
    try:
        verb(kept.pk, by=request.actor, version=version, reason=request.POST.get("reason", ""))
    except Contribution.DoesNotExist as gone:
        raise Http404 from gone
    except EditConflictError:
        return _("Otra persona decidió mientras usted leía. Esto es lo que hay ahora; su motivo sigue aquí.")
    except IntakeRefusedError:
        return _("Así como está, eso ya no se puede hacer.")
    except ContentError:
        return _("Escriba el motivo: queda en la historia, y quien venga después lo entenderá.")
    return ""


def _next(request: MemberRequest, kept: Contribution) -> str:
    """Lead back to where the queue was read, which says what was done and offers to undo it."""
    place = _place(request.POST)
    kept.refresh_from_db()
    if kept.state in {State.WAITING.value, State.REMOVED.value}:
        said = (
            _("Decisión deshecha: espera otra vez.")
            if kept.state == State.WAITING.value
            else _("Borrado para siempre.")
        )
        messages.success(request, said)
    else:
        place["hecho"] = str(kept.pk)
    query = f"?{urlencode(place)}" if place else ""
    return f"{reverse('workspace:moderation')}{query}#cola"
