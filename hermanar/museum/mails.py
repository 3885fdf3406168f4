"""The letters of the newsletter: the question whether an address is one's own, and the issues."""

from __future__ import annotations

from functools import cache
from urllib.parse import urlsplit

from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from hermanar.foundation.models import Contribution
from hermanar.foundation.trail.sealing import opened
from hermanar.museum.actions.judging import vote_token
from hermanar.museum.actions.letters import confirm_token, leave_token
from hermanar.museum.models import Issue, Subscription
from hermanar.museum.queries.news import NewsLine, news
from hermanar.museum.rules.open_calls import VOTE_DAYS


def question(subscription: Subscription, *, site: str) -> EmailMessage:
    """Return the letter that asks whether an address is its owner's wish; or says that it is subscribed already."""
    with translation.override(subscription.language):
        is_known = subscription.confirmed_at is not None
        context = {
            "confirm_url": f"{site}{_root()}/boletin/confirmar/{confirm_token(subscription.pk)}/",
            "leave_url": leave_url(subscription, site=site),
            "is_known": is_known,
        }
        subject = _("Ya recibe el boletín") if is_known else _("Confirme que quiere el boletín")
        body = render_to_string("museum/mail/question.txt", context)
    to = opened(subscription.sealed_address, about=subscription.pk.bytes)
    return EmailMessage(subject, body, to=[to], headers={"Auto-Submitted": "auto-generated"})


def vote_question(entry: Contribution, voter: str, address: str, *, site: str) -> EmailMessage:
    """Return the letter that asks somebody whether the vote was theirs, in the language of the page."""
    context = {
        "title": entry.content.get("title", ""),
        "confirm_url": f"{site}{_root()}/convocatorias/voto/{vote_token(entry, voter)}/",
        "days": VOTE_DAYS,
    }
    body = render_to_string("museum/mail/vote.txt", context)
    return EmailMessage(_("Confirme su voto"), body, to=[address], headers={"Auto-Submitted": "auto-generated"})


class Letters:
    """The letters of one issue; what it tells is read once in each language, as it is public now."""

    def __init__(self) -> None:
        self._news = cache(_news_of)

    def __call__(self, issue: Issue, subscription: Subscription, address: str) -> EmailMessage | None:
        """Return the letter for somebody; None when nothing of the issue is public any more."""
        with translation.override(subscription.language):
            lines = self._news(issue, subscription.language)
            return _letter(issue, subscription, address, lines) if lines else None


def _news_of(issue: Issue, language: str) -> tuple[NewsLine, ...]:
    return tuple(news(since=issue.since, until=issue.until, language=language))


def _letter(issue: Issue, subscription: Subscription, address: str, lines: tuple[NewsLine, ...]) -> EmailMessage:
    leave = leave_url(subscription, site=issue.base)
    host = urlsplit(issue.base).hostname or "localhost"
    context = {"issue": issue, "lines": lines, "site": issue.base, "root": _root(), "leave_url": leave}
    return EmailMessage(
        _("Ciudades hermanas: lo nuevo, número %(number)d") % {"number": issue.number},
        render_to_string("museum/mail/issue.txt", context),
        to=[address],
        headers={
            "Message-ID": f"<{issue.number}.{subscription.pk.hex}@{host}>",  # the same however often it were sent
            "List-Id": f"Hermanar <boletin.{host}>",
            "List-Unsubscribe": f"<{leave}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",  # RFC 8058
            "Auto-Submitted": "auto-generated",
        },
    )


def leave_url(subscription: Subscription, *, site: str) -> str:
    """Return the link that ends a subscription, in its language."""
    root = "/en" if subscription.language == "en" else ""
    return f"{site}{root}/boletin/baja/{leave_token(subscription.pk)}/"


def _root() -> str:
    return "/en" if translation.get_language() == "en" else ""
