"""What a room is called and how a sentence of its story is written: words in, words out."""

from __future__ import annotations

from html import escape

_LONG = 24


def short_name(name: str, *, written: str) -> str:
    """Return a name that fits a door and a drawing: a long official one as the source has it."""
    return written if len(name) > _LONG and written else name


def sentence_html(text: str, *, when: str, title: str, address: str, published: str, passage: str) -> str:
    """Return a sentence and, below it, when it was and who says so, as the desk keeps a text."""
    named = escape(title)
    said = f'<a href="{escape(address)}">{named}</a>' if address.startswith(("https://", "http://")) else named
    parts = [escape(when), ", ".join(part for part in (said, escape(published)) if part), escape(passage)]
    return f"<p>{escape(text)}</p><p><i>{' · '.join(part for part in parts if part)}</i></p>"
