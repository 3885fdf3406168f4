"""A page closed upon a kiosk: no link leads out, no form leaves, and what the page needs to be shown is counted.

This is the last thing done to every page of a kiosk, so that nothing an editor writes and no template can open a way
to the web: a link that leads elsewhere becomes the words it was.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape, unescape
from html.parser import HTMLParser

_DROPPED = frozenset({"iframe", "object", "embed", "base", "area", "portal"})
_EMPTY = frozenset({"base", "embed", "area"})  # nothing stands in them
_FETCHED = {"img": "src", "script": "src", "audio": "src", "use": "href", "image": "href", "link": "href"}
_LINKS = frozenset({"stylesheet", "icon", "manifest", "preload", "apple-touch-icon"})
_BEST_WIDTH = 960  # of a picture on a screen of 1080
_WIDTH = re.compile(r"(\S+)\s+(\d+)w")
Attributes = list[tuple[str, str | None]]


class _Closing(HTMLParser):
    def __init__(self, lead: Callable[[str], str]) -> None:
        super().__init__(convert_charrefs=False)
        self.lead = lead
        self.out: list[str] = []
        self.assets: list[str] = []
        self.links: list[str] = []  # tags that the ends of links become
        self.forms: list[bool] = []  # whether each open one stays
        self.dropped = ""
        self.depth = 0  # of drawings

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        if self.dropped:
            return
        if tag == "svg":
            self.depth += 1
        if tag == "a":
            self._open_link(attrs)
        elif tag == "form":
            self._open_form(attrs)
        elif tag in _DROPPED:
            self.dropped = "" if tag in _EMPTY else tag
        else:
            self._write(tag, attrs, self.get_starttag_text() or "")

    def handle_startendtag(self, tag: str, attrs: Attributes) -> None:
        if not self.dropped and tag not in _DROPPED and tag != "a":
            self._write(tag, attrs, self.get_starttag_text() or "")

    def handle_endtag(self, tag: str) -> None:
        if self.dropped:
            self.dropped = "" if tag == self.dropped else self.dropped
            return
        if tag == "svg":
            self.depth = max(0, self.depth - 1)
        if tag == "a":
            self.out.append(f"</{self.links.pop()}>" if self.links else "")
        elif tag == "form":
            self.out.append("</form>" if self.forms and self.forms.pop() else "")
        elif tag not in _DROPPED:
            self.out.append(f"</{tag}>")

    def _open_form(self, attrs: Attributes) -> None:
        """Keep a form that is answered within its page, as one that a browser sends nowhere; no other."""
        kept = [(name, value) for name, value in attrs if name in {"class", "data-ask", "hidden"}]
        self.forms.append(is_asking := "data-ask" in dict(attrs))
        if is_asking:
            self.out.append(_tag("form", [("method", "dialog"), *kept]))

    def _open_link(self, attrs: Attributes) -> None:
        given = dict(attrs)
        if "data-again" in given:  # it begins a question of this page anew
            self.links.append("button")
            self.out.append('<button type="button" class="go" data-again>')
            return
        to = self.lead(given.get("href") or given.get("xlink:href") or "")
        plain = "g" if self.depth else "span"
        self.links.append("a" if to else plain)
        kept = [(name, value) for name, value in attrs if name in {"class", "lang", "data-number", "aria-current"}]
        written = "".join(f' {name}="{escape(value or "")}"' for name, value in kept)
        self.out.append(f'<a href="{escape(to)}"{written}>' if to else f"<{plain}{written}>")

    def _write(self, tag: str, attrs: Attributes, text: str) -> None:
        given = dict(attrs)
        if tag == "link" and not _LINKS.intersection((given.get("rel") or "").split()):
            self.out.append(text)  # an alternate or canonical address is told, not fetched
            return
        if tag == "img" and given.get("srcset"):
            given["src"] = best_of(given["srcset"] or "") or given.get("src")
            text = _tag(tag, [(name, given[name]) for name, _value in attrs if name not in {"srcset", "sizes"}])
        if (name := _FETCHED.get(tag)) and (address := given.get(name)):
            asset = unescape(address).partition("#")[0]
            if asset.startswith("/") and asset not in self.assets:
                self.assets.append(asset)
        self.out.append(text)

    def handle_data(self, data: str) -> None:
        self._keep(data)

    def handle_entityref(self, name: str) -> None:
        self._keep(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self._keep(f"&#{name};")

    def handle_comment(self, data: str) -> None:
        """Leave comments out."""

    def handle_decl(self, decl: str) -> None:
        self._keep(f"<!{decl}>")

    def _keep(self, text: str) -> None:
        if not self.dropped:
            self.out.append(text)


def _tag(tag: str, attrs: Attributes) -> str:
    written = "".join(f" {name}" if value is None else f' {name}="{escape(value)}"' for name, value in attrs)
    return f"<{tag}{written}>"


def best_of(srcset: str) -> str:
    """Return the address of the size that a kiosk shows: the smallest that is wide enough, else the widest."""
    sizes = sorted((int(width), address) for address, width in _WIDTH.findall(srcset))
    return next((address for width, address in sizes if width >= _BEST_WIDTH), sizes[-1][1] if sizes else "")


def enclosed(html: str, *, lead: Callable[[str], str]) -> tuple[str, tuple[str, ...]]:
    """Return a page whose links go only where `lead` says, and the addresses that it needs to be shown.

    `lead` gives for the target of a link where it may lead in the kiosk, or nothing.
    """
    closing = _Closing(lead)
    closing.feed(html)
    closing.close()
    return "".join(closing.out), tuple(closing.assets)
