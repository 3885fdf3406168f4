"""Sounds and films at the desk."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from hermanar.museum.models import Recording


class RecordingViewSet(SnippetViewSet):
    """The list of recordings, and the form of one."""

    model = Recording
    icon = "media"
    menu_label = _("Sonidos y videos")
    menu_name = "recordings"
    menu_order = 310
    add_to_admin_menu = True
    list_display = ["title", "kind", "author"]
    form_fields = ["kind", "title", "file", "language", "transcript", "author", "licence"]
    copy_view_enabled = False


register_snippet(RecordingViewSet)
