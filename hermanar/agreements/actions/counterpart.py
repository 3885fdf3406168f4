"""The sister city says, by a personal link and without an account, what it knows of the tie."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from django.utils import timezone

from hermanar.agreements.actions.filing import atomic, fetch
from hermanar.agreements.actions.listing import relist
from hermanar.agreements.models import Agreement, CounterpartLink, CounterpartWord, Party
from hermanar.agreements.queries import AGREEMENT_INDEX, published
from hermanar.agreements.queries.contents import word_content
from hermanar.agreements.vocabulary import Field
from hermanar.agreements.vocabulary.procedure import Answer
from hermanar.foundation import trail
from hermanar.foundation.access import Actor, Role, Verb
from hermanar.foundation.calendar import public_day, today_in
from hermanar.foundation.models import Source, SourceKind
from hermanar.foundation.statements import StatementDraft, state

LINK_LASTS = dt.timedelta(days=60)
_TOKEN_BYTES = 32
# What a sister city may correct, and the field of the record its word is kept as a statement of.
CORRECTABLE_BY_COUNTERPART = {
    "signed_on": Field.SIGNED_ON,
    "kind": Field.KIND,
    "term_years": Field.TERM_YEARS,
    "note": Field.NOTE,
}


class LinkExpiredError(ValueError):
    """A counterpart's link that is unknown, withdrawn or too old."""


@dataclass(frozen=True, slots=True)
class LinkSent:
    """A link and its secret, which is told once and never kept."""

    link: CounterpartLink
    token: str


@dataclass(frozen=True, slots=True)
class WordDraft:
    """What the sister city says."""

    answer: Answer
    said: Mapping[str, str] = field(default_factory=dict)
    comment: str = ""
    spoken_by: str = ""
    key: UUID | None = None  # given by the page: the same word sent twice is kept once


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


@atomic
def ask_counterpart(party: UUID, *, by: Actor, language: str, contact: str = "") -> LinkSent:
    """Make a personal link for the contact of a party; the one the same contact had is worth nothing from then on.

    Raises NotAllowedError; outside the office DoesNotExist.
    """
    asked = Party.objects.filter(pk=party).first()
    if asked is None:
        raise Agreement.DoesNotExist(str(party))
    kept = fetch(asked.agreement_id, by=by, verb=Verb.ASK_COUNTERPART)
    trail.hold(chain=str(kept.office_id))
    token, now = secrets.token_urlsafe(_TOKEN_BYTES), timezone.now()
    had = CounterpartLink.objects.filter(party=asked, contact=contact.strip(), withdrawn_at__isnull=True)
    had.update(withdrawn_at=now)
    link = CounterpartLink.objects.create(
        agreement=kept,
        party=asked,
        language=language,
        contact=contact.strip(),
        token_digest=_digest(token),
        made_at=now,
        made_by_id=by.user,
        expires_at=now + LINK_LASTS,
    )
    trail.record("agreement.counterpart_asked", by=by, subject=str(link.pk), chain=str(kept.office_id))
    return LinkSent(link, token)


@atomic
def withdraw_link(link: UUID, *, by: Actor) -> None:
    """Make a counterpart's link worthless."""
    made = CounterpartLink.objects.filter(pk=link).first()
    if made is None:
        raise Agreement.DoesNotExist(str(link))
    kept = fetch(made.agreement_id, by=by, verb=Verb.ASK_COUNTERPART)
    trail.hold(chain=str(kept.office_id))
    CounterpartLink.objects.filter(pk=link, withdrawn_at__isnull=True).update(withdrawn_at=timezone.now())
    trail.record("agreement.link_withdrawn", by=by, subject=str(link), chain=str(kept.office_id))


def open_link(token: str, *, now: dt.datetime | None = None) -> CounterpartLink:
    """Return the link of a secret. Raises LinkExpiredError, without telling which of its reasons."""
    link = CounterpartLink.objects.select_related("agreement__office", "party__place").filter(
        token_digest=_digest(token), withdrawn_at__isnull=True, expires_at__gt=now or timezone.now()
    )
    found = link.first()
    if found is None:
        raise LinkExpiredError
    return found


@atomic
def record_counterpart_word(token: str, *, word: WordDraft) -> CounterpartWord:
    """Keep what the sister city says, as its own statements beside the office's; a later word joins the earlier.

    Raises LinkExpiredError, and KeyError for a field it may not correct.
    """
    if unknown := set(word.said) - set(CORRECTABLE_BY_COUNTERPART):
        raise KeyError(", ".join(sorted(unknown)))
    chain = str(open_link(token).agreement.office_id)
    trail.hold(AGREEMENT_INDEX, chain=chain)
    link = open_link(token)  # it may have been withdrawn while this waited for the chain
    if word.key and (kept := CounterpartWord.objects.filter(pk=word.key, link=link).first()):
        return kept
    made = CounterpartWord.objects.create(
        **({"id": word.key} if word.key else {}),
        link=link,
        answer=word.answer,
        said=dict(word.said),
        comment=word.comment.strip(),
        spoken_by=word.spoken_by.strip(),
        at=timezone.now(),
    )
    source = _source_of(link)
    office = link.agreement.office
    on = (today_in(office.time_zone) if office else public_day()).isoformat()
    said = [
        StatementDraft(Field.COUNTERPART_RECOGNITION, word.answer.value, source.key, as_of=on),
        *(
            StatementDraft(CORRECTABLE_BY_COUNTERPART[name], value, source.key, as_of=on)
            for name, value in word.said.items()
        ),
    ]
    state(link.agreement_id, said)
    if published().filter(pk=link.agreement_id).exists():
        relist([link.agreement_id])  # a list names every source that speaks of the tie
    by = Actor(f"link:{link.pk}", Role.COUNTERPART)
    trail.record("agreement.counterpart_spoke", by=by, subject=str(made.pk), content=word_content(made), chain=chain)
    return made


def _source_of(link: CounterpartLink) -> Source:
    place = link.party.place
    named = {"kind": SourceKind.OFFICE_FILE, "title_es": f"{place.name}, por enlace personal"[:300]}
    return Source.objects.get_or_create(key=f"contraparte-{place.slug}"[:80], defaults=named)[0]
