"""The council's vote on an agreement: session, minutes, and how each member voted (LGTAIP art. 66-IX)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from hermanar.agreements.actions.filing import atomic, documents_of, fetch, hold, move, refuse
from hermanar.agreements.models import Agreement, CastVote, CouncilVote
from hermanar.agreements.queries.contents import vote_content
from hermanar.agreements.queries.proof import VOTE_MENDED
from hermanar.agreements.vocabulary.procedure import Choice, Refusal
from hermanar.foundation import trail
from hermanar.foundation.access import Actor, Verb


@dataclass(frozen=True, slots=True)
class CastDraft:
    """How one member voted."""

    member: str
    choice: Choice
    post: str = ""


@dataclass(frozen=True, slots=True)
class VoteDraft:
    """A vote as the minutes tell it."""

    session: str
    on: dt.date
    is_approved: bool
    cast: Sequence[CastDraft] = ()
    minutes: UUID | None = None


@atomic
def record_council_vote(agreement: UUID, *, by: Actor, version: int, vote: VoteDraft, today: dt.date) -> CouncilVote:
    """Keep a vote of the council on an agreement. Raises as every verb of a file."""
    kept = hold(fetch(agreement, by=by, verb=Verb.RECORD_COUNCIL_VOTE), version=version)
    made = CouncilVote(agreement=kept)
    _write(made, vote, by=by, today=today)
    move(kept)
    told = vote_content(made)
    trail.record("agreement.council_voted", by=by, subject=str(kept.pk), content=told, chain=str(kept.office_id))
    return made


@atomic
def mend_council_vote(vote: UUID, *, by: Actor, version: int, mended: VoteDraft, today: dt.date) -> CouncilVote:
    """Put a vote as the minutes tell it in place of one that was written wrong; the trail keeps a digest of both.

    Without minutes in the draft, those that were kept stay. Raises as every verb of a file.
    """
    known = CouncilVote.objects.filter(pk=vote).first()
    if known is None:
        raise Agreement.DoesNotExist(str(vote))
    kept = hold(fetch(known.agreement_id, by=by, verb=Verb.RECORD_COUNCIL_VOTE), version=version)
    fresh = CouncilVote.objects.get(pk=vote)
    before = vote_said(fresh)
    fresh.cast.all().delete()
    _write(fresh, replace(mended, minutes=mended.minutes or before.minutes), by=by, today=today)
    move(kept)
    trail.record(VOTE_MENDED, by=by, subject=str(vote), content=vote_content(fresh), chain=str(kept.office_id))
    return fresh


def vote_said(vote: CouncilVote) -> VoteDraft:
    """Return a vote that was kept as it was said."""
    cast = tuple(CastDraft(one.member, Choice(one.choice), one.post) for one in vote.cast.all())
    return VoteDraft(vote.session, vote.on, vote.is_approved, cast, vote.minutes_id)


def _write(made: CouncilVote, vote: VoteDraft, *, by: Actor, today: dt.date) -> None:
    if vote.on > today:
        refuse(Refusal.FUTURE_DATE)
    made.session, made.on, made.is_approved = vote.session.strip(), vote.on, vote.is_approved
    made.minutes = documents_of(by.office).get(pk=vote.minutes) if vote.minutes else None
    made.save()
    CastVote.objects.bulk_create(
        [
            CastVote(vote=made, position=position, member=one.member.strip(), post=one.post.strip(), choice=one.choice)
            for position, one in enumerate(vote.cast)
        ]
    )
