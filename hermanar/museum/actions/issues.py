"""The issues of the newsletter: composed when there is something new, sent once to each, whatever happens meanwhile.

A letter is claimed before it leaves. What was claimed and is not known to have left is never sent again: a letter that
is missing harms less than one that comes twice. What the server plainly refused is tried again; a fault of the server
itself, or its "not now", uses up nobody's tries.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from smtplib import SMTPException, SMTPRecipientsRefused, SMTPResponseException, SMTPSenderRefused

from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import IntegrityError, transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from hermanar.foundation.calendar import public_day, public_day_of
from hermanar.foundation.trail.sealing import SealError, opened
from hermanar.museum.models import Delivery, Issue, Subscription
from hermanar.museum.queries.news import news
from hermanar.museum.rules.letters import MOST_TRIES, is_of_server, uses_a_try

_STEP = 200
_BEGINNING = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
Letter = Callable[[Issue, Subscription, str], EmailMessage | None]  # None: nothing is left to tell in that language


@dataclass(slots=True)
class Sent:
    """What a run of the command did."""

    sent: int = 0
    refused: int = 0
    unopened: int = 0  # addresses that this installation's key does not open
    left: int = 0
    doubtful: int = 0  # claimed, and nobody knows whether they left
    broken: str = ""  # why the server could not be reached


def next_issue() -> tuple[dt.datetime, dt.datetime, int]:
    """Return between which moments the next letter would tell what is new, and to how many it would go."""
    if begun := Issue.objects.filter(finished_at__isnull=True).order_by("number").first():
        return begun.since, begun.until, waiting(begun).count()
    last = Issue.objects.order_by("-number").first()
    count = Subscription.objects.filter(confirmed_at__isnull=False).count()
    return (last.until if last else _BEGINNING), timezone.now(), count


def compose_issue(*, base: str) -> Issue | None:
    """Return the issue that is being sent, or a new one of what is new since the last; None when nothing is."""
    if begun := Issue.objects.filter(finished_at__isnull=True).order_by("number").first():
        return begun
    last = Issue.objects.order_by("-number").first()
    since, until = (last.until if last else _BEGINNING), timezone.now()
    if not news(since=since, until=until, language="es"):
        return None
    try:
        with transaction.atomic():
            number = last.number + 1 if last else 1
            return Issue.objects.create(number=number, since=since, until=until, base=base.rstrip("/"))
    except IntegrityError:  # another process was first
        return Issue.objects.filter(finished_at__isnull=True).order_by("number").first()


def send_issue(issue: Issue, *, letter: Letter, most: int) -> Sent:
    """Send at most so many letters of an issue; may be stopped and repeated at any moment."""
    done = Sent()
    if not news(since=issue.since, until=issue.until, language="es"):  # all of it was taken back meanwhile
        _finish(issue)
        return done
    connection = get_connection()
    try:
        connection.open()
        for one in _waiting(issue):
            if done.sent + done.refused >= most:
                break
            if address := _address(issue, one, done):
                _send(issue, one, letter(issue, one, address), connection=connection, done=done)
    except (OSError, SMTPException) as problem:
        done.broken = str(problem)
    finally:
        connection.close()
    done.left = waiting(issue).count()
    done.doubtful = issue.deliveries.filter(sent_at__isnull=True, refused_at__isnull=True).count()
    if not done.left and not done.broken:
        _finish(issue)
    return done


def _finish(issue: Issue) -> None:
    Issue.objects.filter(pk=issue.pk, finished_at__isnull=True).update(finished_at=timezone.now())


def waiting(issue: Issue) -> QuerySet[Subscription]:
    """Return who is still to receive an issue: whoever had confirmed when it was composed, and has not got it."""
    gone = issue.deliveries.filter(Q(refused_at__isnull=True) | Q(tries__gte=MOST_TRIES))
    ready = Subscription.objects.filter(confirmed_at__lte=issue.until)
    return ready.exclude(pk__in=gone.values("subscription")).order_by("pk")


def _waiting(issue: Issue) -> Iterator[Subscription]:
    """Walk through them in short steps, each read anew: who leaves meanwhile gets nothing more."""
    rows = waiting(issue)
    batch = list(rows[:_STEP])
    while batch:
        for one in batch:
            if Subscription.objects.filter(pk=one.pk).exists():
                yield one
        batch = list(rows.filter(pk__gt=batch[-1].pk)[:_STEP])


def _address(issue: Issue, one: Subscription, done: Sent) -> str:
    try:
        return opened(one.sealed_address, about=one.pk.bytes)
    except SealError:
        done.unopened += 1
        now = timezone.now()
        lost = {"claimed_at": now, "refused_at": now, "tries": MOST_TRIES}
        Delivery.objects.update_or_create(issue=issue, subscription=one, defaults=lost)
        return ""


def _send(
    issue: Issue, one: Subscription, mail: EmailMessage | None, *, connection: BaseEmailBackend, done: Sent
) -> None:
    if mail is None or not _claim(issue, one):
        return
    mail.connection = connection
    mine = Delivery.objects.filter(issue=issue, subscription=one)
    try:
        mail.send()
    except (SMTPRecipientsRefused, SMTPResponseException) as refusal:  # it took nothing: this one may be tried again
        codes = _codes(refusal)
        is_down = isinstance(refusal, SMTPSenderRefused) or any(map(is_of_server, codes))
        counts = not is_down and uses_a_try(codes, composed_on=public_day_of(issue.until), today=public_day())
        mine.update(refused_at=timezone.now(), tries=F("tries") - (0 if counts else 1))
        if is_down:
            raise
        done.refused += 1
        return
    mine.update(sent_at=timezone.now())
    Issue.objects.filter(pk=issue.pk).update(sent=F("sent") + 1)
    done.sent += 1


def _codes(refusal: SMTPRecipientsRefused | SMTPResponseException) -> list[int]:
    """Return what a server answered, in numbers."""
    if isinstance(refusal, SMTPRecipientsRefused):
        return [code for code, _words in refusal.recipients.values()]
    return [refusal.smtp_code]


def _claim(issue: Issue, one: Subscription) -> bool:
    """Take a letter for this process alone, for good; say whether it is ours."""
    now = timezone.now()
    try:
        with transaction.atomic():
            Delivery.objects.create(issue=issue, subscription=one, claimed_at=now)
    except IntegrityError:  # it was refused before, another process has it, or the address is gone
        again = Delivery.objects.filter(issue=issue, subscription=one, refused_at__isnull=False, tries__lt=MOST_TRIES)
        return bool(again.update(refused_at=None, claimed_at=now, tries=F("tries") + 1))
    return True
