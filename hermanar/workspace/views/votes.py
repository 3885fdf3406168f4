"""The council's votes on an agreement: kept as the minutes tell them, and mended when they were written wrong."""

from __future__ import annotations

import dataclasses
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from hermanar.agreements import actions
from hermanar.agreements.actions import CastDraft, EditConflictError, VoteDraft, vote_said
from hermanar.agreements.models import Agreement, CouncilVote
from hermanar.agreements.rules import StepRefusedError
from hermanar.agreements.vocabulary.procedure import Choice
from hermanar.foundation.access import Verb
from hermanar.foundation.calendar import today_in
from hermanar.foundation.documents import RefusedDocumentError
from hermanar.foundation.models import Document
from hermanar.workspace.forms.sending import rebound, seen_at, show_refusals, shown_now
from hermanar.workspace.forms.texts import MEMBERS, VoteForm
from hermanar.workspace.receiving import kept_upload
from hermanar.workspace.views.door import MemberRequest, member
from hermanar.workspace.views.own import meanwhile, own_file


@member(Verb.RECORD_COUNCIL_VOTE)
def vote(request: MemberRequest, agreement: UUID) -> HttpResponse:
    """Keep a vote of the council on an agreement."""
    return _answer(request, own_file(request, agreement))


@member(Verb.RECORD_COUNCIL_VOTE)
def mend(request: MemberRequest, vote: UUID) -> HttpResponse:
    """Mend a vote that was written wrong."""
    known = CouncilVote.objects.filter(pk=vote, agreement__office=request.office.pk).first()
    if known is None:
        raise Http404
    return _answer(request, own_file(request, known.agreement_id), mended=known)


def _answer(request: MemberRequest, kept: Agreement, *, mended: CouncilVote | None = None) -> HttpResponse:
    told: list[str] = []
    initial = {**shown_now(kept), **(_written(mended) if mended else {})}
    form = VoteForm(request.POST or None, request.FILES or None, kept=kept, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            if _is_kept(form, mended) or _keep(request, form, mended=mended):
                return redirect("workspace:file", kept.pk)
        except EditConflictError:
            if _is_kept(form, mended):  # the button was pressed twice
                return redirect("workspace:file", kept.pk)
            kept = own_file(request, kept.pk)
            told = meanwhile(kept, since=seen_at(form)) or [_("Vea abajo las votaciones como están ahora.")]
            form = VoteForm(rebound(form, kept), kept=kept)
    votes = kept.council_votes.prefetch_related("cast").select_related("minutes")
    context = {"form": form, "file": kept, "meanwhile": told, "mended": mended, "votes": votes}
    return render(request, "workspace/files/vote.html", context)


def _keep(request: MemberRequest, form: VoteForm, *, mended: CouncilVote | None) -> bool:
    """Keep what was written; False when the form has something to say. Raises EditConflictError."""
    given = form.cleaned_data
    by: dict[str, Any] = {"by": request.actor, "version": given["version"]}
    by["today"] = today_in(request.office.time_zone)
    try:
        if given["minutes"]:
            form.remember(kept_upload(given["minutes"], request=request))
        draft = _draft(form)
        if mended:
            actions.mend_council_vote(mended.pk, mended=draft, **by)
        else:
            actions.record_council_vote(form.kept.pk, vote=draft, **by)
    except RefusedDocumentError as refused:
        form.add_error("minutes", str(refused))
    except StepRefusedError as refused:
        show_refusals(form, refused.refusals)
    else:
        messages.success(request, _("Votación guardada."))
        return True
    return False


def _draft(form: VoteForm) -> VoteDraft:
    given, sent = form.cleaned_data, form.earlier()
    rows = [(given[f"member_{n}"], given[f"choice_{n}"], given[f"post_{n}"]) for n in range(1, MEMBERS + 1)]
    cast = tuple(CastDraft(member.strip(), Choice(choice), post.strip()) for member, choice, post in rows if member)
    approved = given["is_approved"] == "yes"
    return VoteDraft(given["session"].strip(), given["on"], approved, cast, sent.pk if sent else None)


def _is_kept(form: VoteForm, mended: CouncilVote | None) -> bool:
    """Say whether a vote that says all the same, minutes and members with it, is kept already."""
    said = dataclasses.replace(_draft(form), minutes=None)
    votes = [mended] if mended else CouncilVote.objects.filter(agreement=form.kept.pk, session=said.session, on=said.on)
    digest = _digest_of(form)
    for one in votes:
        one.refresh_from_db()
        same_minutes = (not digest and bool(mended)) or digest == (one.minutes.digest if one.minutes else "")
        if same_minutes and dataclasses.replace(vote_said(one), minutes=None) == said:
            return True
    return False


def _digest_of(form: VoteForm) -> str:
    """Return the digest of the minutes that came with a form, now or in an earlier try."""
    sent = form.files.get("minutes")
    if sent:
        digest = sha256(b"".join(sent.chunks())).hexdigest()
        sent.seek(0)
        return digest
    earlier: Document | None = form.earlier()
    return earlier.digest if earlier else ""


def _written(vote: CouncilVote) -> dict[str, Any]:
    """Return a vote as its form writes it."""
    values = {"session": vote.session, "on": vote.on, "is_approved": "yes" if vote.is_approved else "no"}
    for number, one in enumerate(vote.cast.all(), start=1):
        values |= {f"member_{number}": one.member, f"post_{number}": one.post, f"choice_{number}": one.choice}
    return values
