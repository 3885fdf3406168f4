"""What the public will read of a gift, an activity or a call, word for word, before anybody lets it."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from hermanar.catalogue.read.ledger import gift_as_read
from hermanar.catalogue.read.sheet import activity_as_read
from hermanar.cooperation.models import Activity, Gift


def gift_shown(gift: Gift) -> list[dict[str, Any]]:
    """Return the texts of a gift on the public page, in each language of the page."""
    pages = []
    for language, title in pages_shown():
        line = gift_as_read(gift.pk, language=language)
        texts = [(line.title, line.title_language), (line.story, line.story_language), (line.source, "es")]
        labels = (_("Qué es"), _("Su historia"), _("Consta en"))
        pages.append(page_shown(title, labels, texts=texts))
    return pages


def gift_besides(gift: Gift) -> dict[str, str]:
    """Return what the public would see of a gift besides, where whoever publishes it says so, in its very words."""
    where = gift.whereabouts.order_by("-number").first()
    place = str(where) if where else ""
    names = " → ".join(name for name in (gift.giver, gift.receiver) if name)
    names = ": ".join(part for part in (names, f"«{gift.words}»" if gift.words else "") if part)
    photograph = f"{gift.photograph_alternative} ({gift.photograph_rights})" if gift.photograph_id else ""
    return {"photograph": photograph, "place": place, "names": names}


def activity_shown(activity: Activity) -> list[dict[str, Any]]:
    """Return the texts of an activity on the public page, in each language of the page."""
    pages = []
    for language, title in pages_shown():
        line = activity_as_read(activity.pk, language=language)
        source = ", ".join(part for part in (line.source.title, line.passage) if part)
        texts = [(line.description, line.description_language), (source, language)]
        pages.append(page_shown(title, (_("Qué se hizo"), _("Quién lo dice")), texts=texts))
    return pages


def pages_shown() -> tuple[tuple[str, str], ...]:
    """Return the languages of the public pages, each with how it is announced."""
    return ("es", _("En la página en español")), ("en", _("En la página en inglés"))


def page_shown(title: str, labels: tuple[str, ...], *, texts: list[tuple[str, str]]) -> dict[str, Any]:
    """Return the texts that a public page will say, those that say something."""
    lines = [
        {"label": label, "text": text, "language": language}
        for label, (text, language) in zip(labels, texts, strict=True)
        if text
    ]
    return {"title": title, "lines": lines}
