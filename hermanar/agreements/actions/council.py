"""The council's vote on an agreement: session, minutes, and how each member voted (LGTAIP art. 66-IX)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from hermanar.agreements.actions.filing import atomic, documents_of, fetch, hold, move, refuse
from hermanar.agreements.models import CastVote, CouncilVote
from hermanar.agreements.queries.proof import vote_content
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
    if vote.on > today:
        refuse(Refusal.FUTURE_DATE)
    minutes = documents_of(by.office).get(pk=vote.minutes) if vote.minutes else None
    made = CouncilVote.objects.create(
        agreement=kept, session=vote.session.strip(), on=vote.on, is_approved=vote.is_approved, minutes=minutes
    )
    CastVote.objects.bulk_create(
        [
            CastVote(vote=made, position=position, member=one.member.strip(), post=one.post.strip(), choice=one.choice)
            for position, one in enumerate(vote.cast)
        ]
    )
    move(kept)
    told = vote_content(made)
    trail.record("agreement.council_voted", by=by, subject=str(kept.pk), content=told, chain=str(kept.office_id))
    return made
