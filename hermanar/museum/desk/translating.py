"""Translations at the desk: opened, one always stands beside what its original says now."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from wagtail import hooks
from wagtail.models import Page
from wagtail_localize.models import Translation


@hooks.register("before_edit_page", order=-10)
def bring_original_up_to_date(request: Any, page: Page) -> None:
    """Read the original again if it was published since; what did not change stays translated."""
    translation = Translation.objects.filter(
        source__object_id=page.translation_key, target_locale=page.locale_id, enabled=True
    )
    found = translation.select_related("source").first()
    if found is None:
        return
    original = Page.objects.filter(translation_key=page.translation_key, locale=found.source.locale_id).first()
    if original and original.last_published_at and original.last_published_at > found.source.last_updated_at:
        with transaction.atomic():
            found.source.update_from_db()
