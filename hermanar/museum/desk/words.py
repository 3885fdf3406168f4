"""What the desk's own scripts say: the library's texts, and ours where it has none in Spanish."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.i18n import JavaScriptCatalog
from wagtail.admin.auth import require_admin_access
from wagtail.admin.localization import get_localized_response

_catalog = JavaScriptCatalog.as_view(packages=["wagtail.admin", "hermanar.museum"])


@require_admin_access
def words(request: HttpRequest) -> HttpResponse:
    """Answer the texts in the language that the person chose at the desk."""
    return get_localized_response(_catalog, request)
