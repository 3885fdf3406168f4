"""How a page is told elsewhere: its card, what it says of itself to programs, where it stands."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from hermanar.museum import linked
from hermanar.museum.views.day import language
from hermanar.museum.views.frame import canonical_url

_LONGEST = 200
Nodes = Callable[[str, str], Iterable[linked.Node]]  # (address of the page, of the site) → what it is
Steps = Sequence[tuple[str, str]]  # name and path


def shared(
    request: HttpRequest, title: str, *, description: str, card: tuple[str, str] | None, steps: Steps, nodes: Nodes,
    picture: str = "",
) -> dict[str, Any]:  # fmt: skip
    """Return what the base page needs to tell a page elsewhere; `picture` is a photograph that stands for its card."""
    site, url = f"{request.scheme}://{request.get_host()}", canonical_url(request)
    said = Truncator(" ".join(description.split())).chars(_LONGEST)
    image = picture or (reverse("museum:card", args=card) if card else "")
    way = [(_("Museo"), site + reverse("museum:home")), *((name, site + path) for name, path in steps), (title, url)]
    told = [
        *linked.museum(site, language=language(), search=reverse("museum:search")),
        *nodes(url, site),
        linked.crumbs(way),
    ]
    return {
        "share": {"title": title, "description": said, "image": site + image if image else "", "is_card": not picture},
        "linked": linked.written(told),
    }


def about(title: str, description: str, *places: linked.Node) -> Nodes:
    """Return the nodes of a page that is about some places."""

    def nodes(url: str, site: str) -> Iterable[linked.Node]:
        yield linked.page(url, site=site, title=title, description=description, language=language(), about=list(places))

    return nodes
