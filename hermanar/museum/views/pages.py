"""Pages that editors made, found by their address in the language asked for."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from wagtail.models import Page

from hermanar.museum.views.day import language
from hermanar.museum.views.door import public


@public()
def page(request: HttpRequest, path: str) -> HttpResponse:
    """Show what is published at an address."""
    home = Page.objects.filter(depth=2, locale__language_code=language(), homepage__isnull=False).first()
    found = Page.objects.filter(url_path=f"{home.url_path}{path}", live=True).first() if home else None
    if found is None:
        raise Http404
    shown = found.specific
    return TemplateResponse(request, shown.get_template(request), shown.get_context(request))


def page_context(shown: Page) -> dict[str, Any]:
    """Return what a page's template shows."""
    return {}
