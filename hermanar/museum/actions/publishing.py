"""Publishing by the clock: pages whose hour came appear, those whose time is over go."""

from __future__ import annotations

from django.core.management import call_command
from django.utils import timezone
from wagtail.models import Page, Revision


def publish_due() -> tuple[int, int]:
    """Publish and take down what is due now; return how many of each there were."""
    now = timezone.now()
    coming = Revision.page_revisions.filter(approved_go_live_at__lt=now).count()
    going = Page.objects.filter(live=True, expire_at__lt=now).count()
    call_command("publish_scheduled", verbosity=0)
    return coming, going
