"""The sizes of a page's pictures are made when it is published: whoever opens it first does not wait for them."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver
from wagtail.models import Page
from wagtail.signals import page_published

from hermanar.museum.queries.pieces import shown_pictures
from hermanar.museum.rules.pieces import needed_by
from hermanar.museum.views.pieces import raw_pieces


@receiver(page_published, dispatch_uid="museum.sizes")
def make_sizes(instance: Page, **_more: Any) -> None:
    """Make what is missing of the sizes of the pictures that a page shows."""
    if hasattr(instance, "body"):
        shown_pictures(needed_by(raw_pieces(instance)).pictures)
