"""Open calls as they are kept, and as the public reads them: their days, their works, their jury, their result."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import F, Q, QuerySet

from hermanar.catalogue.read.demonstration import hidden_offices
from hermanar.catalogue.read.offices import office_days
from hermanar.foundation.access import Actor, Role
from hermanar.foundation.calendar import public_day
from hermanar.foundation.intake import Kind
from hermanar.foundation.intake.queries import shown_of
from hermanar.foundation.models import Contribution, Document
from hermanar.museum.models import JurorMark, OpenCall
from hermanar.museum.queries.agenda import in_language
from hermanar.museum.queries.sisters import City, circle_of
from hermanar.museum.rules.open_calls import CallFacts, Mark, phase_of
from hermanar.museum.vocabulary.open_calls import Decider, Phase

_ENDED = (Phase.DECIDED, Phase.CANCELLED)
MOST = 300


@dataclass(frozen=True, slots=True)
class EntryLine:
    """A work that takes part, as the public sees it; its author only beside the result."""

    id: UUID
    title: str
    language: str
    technique: str
    text: str
    seen: str
    author: str
    votes: int | None  # once the result is told
    mean: float | None
    is_winner: bool


@dataclass(frozen=True, slots=True)
class CallLine:
    """An open call as its lists and its page show it."""

    slug: str
    title: str
    title_language: str
    rules: str
    rules_language: str
    phase: Phase
    decider: Decider
    giver: City | None
    receiver: City | None
    opens_on: dt.date | None
    closes_on: dt.date | None
    votes_until: dt.date | None
    decided_on: dt.date | None
    reasons: str
    reasons_language: str
    cancelled_for: str
    cancelled_language: str
    work: UUID | None

    @property
    def is_over(self) -> bool:
        """Say whether nothing of it is still to come."""
        return self.phase in _ENDED

    @property
    def says_who(self) -> bool:
        """Say whether the authors are named: with the result, so that a work is judged and not a name."""
        return self.phase is Phase.DECIDED


def kept_by(actor: Actor) -> QuerySet[OpenCall]:
    """Return the calls of the actor's office; all of them for whoever runs the machine."""
    if actor.role is Role.CONSOLE:
        return OpenCall.objects.all()
    return OpenCall.objects.filter(office=actor.office) if actor.office else OpenCall.objects.none()


def published_calls() -> QuerySet[OpenCall]:
    """Return the calls that the public may see; nothing of a demonstration office ever is."""
    shown = OpenCall.objects.filter(published_at__isnull=False).order_by(F("opens_on").desc(nulls_last=True), "pk")
    hidden = hidden_offices()
    return shown.exclude(office__in=hidden) if hidden else shown


def all_entries_of(call: OpenCall) -> QuerySet[Contribution]:
    """Return every work that came, whatever was decided on it."""
    return Contribution.objects.filter(kind=Kind.ENTRY.value, about=call.slug, office=call.office)


def entries_of(call: OpenCall) -> QuerySet[Contribution]:
    """Return the works that take part: those the public reads, in the order in which they came."""
    return shown_of(Kind.ENTRY, about=call.slug).filter(office=call.office).order_by("received_at", "pk")


def marks_of(call: OpenCall) -> list[Mark]:
    """Return what the jury said, of those who are still part of it."""
    found = JurorMark.objects.filter(juror__call=call, juror__left_at__isnull=True, juror__accepted_at__isnull=False)
    return [Mark(str(one.juror_id), str(one.entry), one.score, one.interest) for one in found]


def jury_of(call: OpenCall) -> list[tuple[str, str]]:
    """Return who judges, as the public reads it: those who accepted it."""
    seated = call.jurors.filter(accepted_at__isnull=False, left_at__isnull=True).order_by("name", "pk")
    return list(seated.values_list("name", "post"))


def facts_of(call: OpenCall) -> CallFacts:
    """Return a call as the rules look at it."""
    return CallFacts(
        title=call.title,
        rules=call.rules,
        receiver=call.receiver,
        opens_on=call.opens_on,
        closes_on=call.closes_on,
        votes_until=call.votes_until,
        decider=Decider(call.decider),
        is_published=call.published_at is not None,
        is_cancelled=call.cancelled_at is not None,
        is_decided=call.decided_on is not None,
        entries=all_entries_of(call).count(),
    )


def over_since(day: dt.date) -> QuerySet[OpenCall]:
    """Return the calls that ended by a day and still hold addresses of who took part."""
    ended = Q(decided_on__lte=day) | Q(cancelled_at__date__lte=day)
    # One that nobody decided on does not keep addresses for ever either.
    given_up = Q(decided_on__isnull=True, cancelled_at__isnull=True, votes_until__lte=day - dt.timedelta(days=300))
    return OpenCall.objects.filter(ended | given_up, contacts_gone_at__isnull=True).order_by("pk")


def days_of(calls: Collection[OpenCall]) -> dict[UUID, dt.date]:
    """Return the day on which each call stands: the last day of a stretch ends where its office works.

    An office that is gone has no day of its own: its calls stand on the public's.
    """
    days = office_days({one.office for one in calls})
    return {one.pk: days.get(one.office) or public_day() for one in calls}


def day_of(call: OpenCall) -> dt.date:
    """Return the day on which a call stands."""
    return days_of([call])[call.pk]


def call_lines(*, language: str) -> list[CallLine]:
    """Return the calls that the public may see, those one can still take part in first."""
    shown = list(published_calls()[:MOST])
    days = days_of(shown)
    lines = [line_of(one, language=language, today=days[one.pk]) for one in shown]
    return sorted(lines, key=lambda line: list(Phase).index(line.phase) if not line.is_over else 99)


def line_of(call: OpenCall, *, language: str, today: dt.date) -> CallLine:
    """Return a call in the reader's language."""
    title, title_language = in_language(call.title, call.title_en, language=language)
    rules, rules_language = in_language(call.rules, call.rules_en, language=language)
    reasons, reasons_language = in_language(call.reasons, call.reasons_en, language=language)
    why, why_language = in_language(call.cancelled_for, call.cancelled_for_en, language=language)
    circle = circle_of(call.city, language)
    return CallLine(
        slug=call.slug,
        title=title,
        title_language=title_language,
        rules=rules,
        rules_language=rules_language,
        phase=phase_of(facts_of(call), today=today),
        decider=Decider(call.decider),
        giver=circle.home if circle else None,
        receiver=circle.others.get(call.receiver) if circle else None,
        opens_on=call.opens_on,
        closes_on=call.closes_on,
        votes_until=call.votes_until,
        decided_on=call.decided_on,
        reasons=reasons,
        reasons_language=reasons_language,
        cancelled_for=why,
        cancelled_language=why_language,
        work=call.work,
    )


def entry_lines(call: OpenCall, *, says_who: bool) -> list[EntryLine]:
    """Return the works that take part, as the public sees them; the chosen one first once there is one."""
    lines = [entry_line(one, call, says_who=says_who) for one in entries_of(call)[:MOST]]
    return sorted(lines, key=lambda line: not line.is_winner)


def entry_line(kept: Contribution, call: OpenCall, *, says_who: bool) -> EntryLine:
    """Return a work as the public sees it."""
    said, told = kept.content, call.tally.get(str(kept.pk), {}) if says_who else {}
    return EntryLine(
        id=kept.pk,
        title=said.get("title", ""),
        language=kept.language,
        technique=said.get("technique", ""),
        text=said.get("text", ""),
        seen=said.get("seen", ""),
        author=said.get("author", "") if says_who else "",
        votes=told.get("votes"),
        mean=told.get("mean"),
        is_winner=says_who and call.winner == kept.pk,
    )


def picture_digest(kept: Contribution) -> str:
    """Return the digest of the picture of a work, or nothing when it is gone."""
    found = Document.objects.filter(pk=kept.content.get("picture"), office=kept.office) if kept.content else None
    return (found.values_list("digest", flat=True).first() if found is not None else None) or ""


def digests_of(kept: Sequence[Contribution]) -> dict[UUID, str]:
    """Return the digests of the pictures of works, in one question."""
    pictures = {one.pk: one.content.get("picture", "") for one in kept}
    found = Document.objects.filter(pk__in=[key for key in pictures.values() if key])
    digests = {str(key): digest for key, digest in found.values_list("pk", "digest")}
    return {pk: digests[key] for pk, key in pictures.items() if key in digests}


def shown_picture_digests() -> set[str]:
    """Return the digests of the pictures of all works the public may see."""
    keys = [one["picture"] for one in shown_of(Kind.ENTRY).values_list("content", flat=True) if one.get("picture")]
    return set(Document.objects.filter(pk__in=keys).values_list("digest", flat=True))
