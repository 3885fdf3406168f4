"""Works that are sent to an open call, the words of its jury, the votes of the public; and what is forgotten after."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import IO
from uuid import UUID

from django.core import signing
from django.db import transaction
from django.utils import timezone

from hermanar.foundation import trail
from hermanar.foundation.access import CONSOLE, Actor, Role, Verb, require
from hermanar.foundation.documents import files_first, store_upload
from hermanar.foundation.editing import claim
from hermanar.foundation.intake import Sending, forget_personal, receive
from hermanar.foundation.intake.actions import PUBLIC
from hermanar.foundation.intake.kinds import ENTRY_CONSENT
from hermanar.foundation.intake.queries import received
from hermanar.foundation.models import Contribution, Document
from hermanar.foundation.trail.sealing import digest_of
from hermanar.museum.actions.open_calls import hold_call, tell_call
from hermanar.museum.actions.texts import is_too_long, tidy
from hermanar.museum.models import Ballot, Juror, JurorMark, OpenCall
from hermanar.museum.queries.open_calls import all_entries_of, entries_of, facts_of, over_since
from hermanar.museum.rules.letters import same_address
from hermanar.museum.rules.open_calls import CONTACT_DAYS, VOTE_DAYS, CallRefusedError, phase_of, refused_mark
from hermanar.museum.vocabulary.open_calls import CallRefusal as Why
from hermanar.museum.vocabulary.open_calls import Decider, Phase

_JURY, _VOTE = "hermanar.museum.jury", "hermanar.museum.vote"
_LONGEST_TOKEN = 400


class VoteLinkError(ValueError):
    """A link of a juror or of a voter that is not ours, too old, or ended."""


@files_first
def send_entry(sending: Sending, *, call: UUID, picture: IO[bytes], name: str, today: dt.date) -> Contribution:
    """Keep a work for an open call, with its picture written anew; the same form sent twice does it once.

    Raises as `receive`, RefusedDocumentError, CallRefusedError when the call takes no works today.
    """
    trail.hold(chain=str(OpenCall.objects.get(pk=call).office))
    found = OpenCall.objects.get(pk=call)  # read under the lock: it may have been ended while the picture was read
    before = received(sending.key)
    is_open = found.published_at is not None and phase_of(facts_of(found), today=today) is Phase.OPEN
    _refuse([] if before or is_open else [Why.OVER])
    own = f"obra{PurePath(name).suffix}"  # whatever its sender calls it
    content = {**sending.content, "picture": _picture(picture, own, found, before=before)}
    return receive(
        replace(sending, content=content, office=found.office, place=found.city, about=found.slug),
        consent=ENTRY_CONSENT,
    )


def _picture(picture: IO[bytes], name: str, call: OpenCall, *, before: Contribution | None) -> str:
    """Keep a picture and return its key; of one that came before with the same form, the key it has."""
    known = before.content.get("picture", "") if before else ""
    with transaction.atomic():
        made = store_upload(picture, name=name, by=PUBLIC, office=call.office, is_picture=True)
        if not known or not Document.objects.filter(pk=known, digest=made.digest).exists():
            return str(made.pk)
        transaction.set_rollback(True)
    return str(known)


# ── the jury ─────────────────────────────────────────────────────────────────────────────────────────────────────────


@transaction.atomic
def ask_juror(call: UUID, name: str, *, post: str, by: Actor, version: int) -> Juror:
    """Ask somebody to judge; their link is theirs alone. Raises as `actions.open_calls.mend_call`."""
    kept = hold_call(call, by=by, version=version)
    told = {"name": tidy(name), "post": tidy(post)}
    refusals = {
        Why.NO_NAME: not told["name"],
        Why.TOO_LONG: is_too_long(Juror, told),
        Why.NOT_BY_JURY: kept.decider != Decider.JURY,
        Why.OVER: bool(kept.cancelled_at or kept.decided_on),
    }
    _refuse([why for why, is_so in refusals.items() if is_so])
    made = Juror.objects.create(call=kept, asked_at=timezone.now(), **told)
    _claimed(kept)
    tell_call("open_call.juror_asked", kept.pk, by=by)
    return made


@transaction.atomic
def drop_juror(juror: UUID, *, by: Actor, version: int) -> None:
    """Take somebody out of the jury: their link ends and what they gave counts no more. Raises as `ask_juror`."""
    found = Juror.objects.select_related("call").get(pk=juror)
    kept = hold_call(found.call_id, by=by, version=version)
    _refuse([Why.OVER] if kept.decided_on else [])
    Juror.objects.filter(pk=juror, left_at__isnull=True).update(left_at=timezone.now())
    _claimed(kept)
    tell_call("open_call.juror_dropped", kept.pk, by=by)


@transaction.atomic
def answer_jury(juror: UUID, *, accepts: bool) -> Juror:
    """Say that one is part of the jury, under one's own name, or is not. Raises CallRefusedError when it is over."""
    found = _seated(juror)
    now = timezone.now()
    if accepts:
        Juror.objects.filter(pk=juror, accepted_at__isnull=True).update(accepted_at=now)
    else:
        Juror.objects.filter(pk=juror).update(left_at=now)
    tell_call("open_call.juror_accepted" if accepts else "open_call.juror_declined", found.call_id, by=_by(found))
    return Juror.objects.get(pk=juror)


@dataclass(frozen=True, slots=True)
class Word:
    """What a juror says of a work; nothing takes back what they said before."""

    score: int | None = None
    interest: str = ""

    @property
    def is_said(self) -> bool:
        """Say whether it is anything at all."""
        return self.score is not None or bool(self.interest)


@transaction.atomic
def mark_works(juror: UUID, words: Mapping[UUID, Word], *, today: dt.date) -> None:
    """Keep a juror's words on the works, in place of those they gave before. Raises CallRefusedError."""
    found = _seated(juror)
    phase = phase_of(facts_of(found.call), today=today)
    _refuse([] if phase is Phase.VOTING else [Why.NOT_VOTING])
    standing = set(entries_of(found.call).filter(pk__in=words).values_list("pk", flat=True))
    tidied = {key: Word(word.score, tidy(word.interest)[:200]) for key, word in words.items()}
    has_accepted = found.accepted_at is not None
    refusals = [
        why
        for word in tidied.values()
        if word.is_said
        for why in refused_mark(phase=phase, has_accepted=has_accepted, score=word.score, interest=word.interest)
    ]
    _refuse([*refusals, *([Why.NOT_AN_ENTRY] if set(words) - standing else [])])
    JurorMark.objects.filter(juror=found, entry__in=[key for key, word in tidied.items() if not word.is_said]).delete()
    for key, word in tidied.items():
        if not word.is_said:
            continue
        told = {"score": word.score, "interest": word.interest, "at": timezone.now()}
        JurorMark.objects.update_or_create(juror=found, entry=key, defaults=told)
    tell_call("open_call.marked", found.call_id, by=_by(found))


def _seated(juror: UUID) -> Juror:
    """Return a juror whose link holds, the chain of the call held. Raises VoteLinkError, CallRefusedError."""
    found = Juror.objects.select_related("call").filter(pk=juror, left_at__isnull=True).first()
    if found is None:
        raise VoteLinkError(str(juror))
    require(_by(found), Verb.JUDGE_WORKS)
    trail.hold(chain=str(found.call.office))
    found = Juror.objects.select_related("call").get(pk=juror)
    _refuse([Why.OVER] if found.call.decided_on or found.call.cancelled_at else [])
    return found


def _by(juror: Juror) -> Actor:
    return Actor(f"juror:{juror.pk}", Role.PUBLIC)


def jury_token(juror: UUID) -> str:
    """Return what a juror's link ends with; it holds until they leave or the result is told."""
    return signing.dumps(juror.hex, salt=_JURY)


def read_juror(token: str) -> Juror:
    """Return whose link it is. Raises VoteLinkError."""
    try:
        key = UUID(hex=signing.loads(token[:_LONGEST_TOKEN], salt=_JURY))
    except (signing.BadSignature, ValueError, TypeError, AttributeError) as error:
        raise VoteLinkError from error
    found = Juror.objects.select_related("call").filter(pk=key, left_at__isnull=True).first()
    if found is None:
        raise VoteLinkError(token)
    return found


# ── the public's vote ────────────────────────────────────────────────────────────────────────────────────────────────


def voter_of(call: UUID, address: str) -> str:
    """Return by what one person's votes in one call are known; the address itself is kept nowhere."""
    local, _at, domain = same_address(address).rpartition("@")
    return digest_of(f"{call}:{local.partition('+')[0]}@{domain}")


def vote_token(entry: Contribution, voter: str) -> str:
    """Return what a voter's link ends with: nothing is counted before it is opened and confirmed."""
    return signing.dumps([entry.pk.hex, voter], salt=_VOTE)


def read_vote(token: str) -> tuple[Contribution, str]:
    """Return the work and the voter of a link. Raises VoteLinkError; also when the work no longer takes part."""
    try:
        entry, voter = signing.loads(token[:_LONGEST_TOKEN], salt=_VOTE, max_age=dt.timedelta(days=VOTE_DAYS))
        key = UUID(hex=entry)
    except (signing.BadSignature, ValueError, TypeError, AttributeError) as error:
        raise VoteLinkError from error
    kept = Contribution.objects.filter(pk=key).first()
    call = OpenCall.objects.filter(slug=kept.about).first() if kept else None
    if kept is None or call is None or not entries_of(call).filter(pk=key).exists():
        raise VoteLinkError(token)
    return kept, str(voter)


@transaction.atomic
def cast_vote(token: str, *, today: dt.date) -> OpenCall:
    """Count a vote; another of the same person takes its place. Raises VoteLinkError, CallRefusedError."""
    entry, voter = read_vote(token)
    require(PUBLIC, Verb.JUDGE_WORKS)
    call = OpenCall.objects.select_for_update().get(slug=entry.about)
    is_open = call.decider == Decider.PUBLIC and phase_of(facts_of(call), today=today) is Phase.VOTING
    _refuse([] if is_open and call.published_at else [Why.NOT_VOTING])
    Ballot.objects.update_or_create(call=call, voter=voter, defaults={"entry": entry.pk, "at": timezone.now()})
    return call


# ── afterwards ───────────────────────────────────────────────────────────────────────────────────────────────────────


def forget_contacts(*, today: dt.date, by: Actor = CONSOLE) -> int:
    """Erase the addresses of who took part, and who voted, sixty days after a call ended; return of how many calls."""
    require(by, Verb.REMOVE_CONTRIBUTION)
    due = list(over_since(today - dt.timedelta(days=CONTACT_DAYS)))
    for call in due:
        with transaction.atomic():
            trail.hold(chain=str(call.office))
            for key in all_entries_of(call).values_list("pk", flat=True):
                forget_personal(key, by=by)
            Ballot.objects.filter(call=call).delete()
            fresh = OpenCall.objects.get(pk=call.pk)
            claim(OpenCall.objects.filter(pk=call.pk), version=fresh.version, contacts_gone_at=timezone.now())
            tell_call("open_call.contacts_forgotten", call.pk, by=by)
    return len(due)


@transaction.atomic
def forget_votes(address: str) -> int:
    """Take back the votes of an address in every call; return how many."""
    calls = OpenCall.objects.values_list("pk", flat=True)
    gone = Ballot.objects.filter(voter__in=[voter_of(call, address) for call in calls])
    return gone.delete()[1].get(Ballot._meta.label, 0)


def _claimed(kept: OpenCall) -> None:
    claim(OpenCall.objects.filter(pk=kept.pk), version=kept.version, changed_at=timezone.now())


def _refuse(refusals: Sequence[Why]) -> None:
    if refusals:
        raise CallRefusedError(refusals)
