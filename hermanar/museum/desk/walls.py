"""What of Wagtail's desk is closed, and which pages a person may choose: drafts of other cities are not told."""

from __future__ import annotations

from typing import Any

from django.db.models import F, Q
from django.urls import ResolverMatch
from wagtail import hooks
from wagtail.images.permissions import permission_policy as pictures
from wagtail.models import Page
from wagtail.permissions import page_permission_policy

from hermanar.foundation.models import User
from hermanar.museum.models import HallPage

_HALL_DEPTH = 3  # root, home page, hall; the rooms stand below
# Nobody here needs them, and they show or change what is not of one's own city without asking whose it is.
_CLOSED = frozenset(
    {
        "wagtail_localize:submit_snippet_translation", "wagtail_localize:snippets_api_listing",
        "wagtail_localize:translations_report",
        "wagtail_localize:translations_report_results", "wagtail_localize:machine_translate",
        "wagtailadmin_api:pages:action", "wagtailadmin_choose_page_chosen_multiple",
    }
)  # fmt: skip
_CLOSED_SPACES = ("wagtailadmin_api:images:", "wagtailadmin_api:documents:", "wagtaildocs:", "wagtaildocs_chooser:")
_ONE_PICTURE = "wagtailadmin_api:images:detail"  # asked for by the form of a page, to show what was chosen
_ONE_SNIPPET = "wagtail_localize:snippets_api_detail"  # so too, of a recording, whose list is everybody's at the desk


def is_closed(match: ResolverMatch | None, user: User) -> bool:
    """Say whether an address of the desk is for nobody, or leads to a page that this person may not choose."""
    if match is None:
        return False
    if match.view_name == _ONE_PICTURE:
        own = pictures.instances_user_has_any_permission_for(user, ["choose"])
        return not own.filter(pk=match.kwargs["pk"]).exists()
    if match.view_name == _ONE_SNIPPET:
        return match.kwargs["model_name"] != "recording"
    if match.view_name in _CLOSED or match.view_name.startswith(_CLOSED_SPACES):
        return True
    if match.view_name == "wagtailadmin_choose_page_child":
        return not choosable(Page.objects.filter(pk=match.kwargs["parent_page_id"]), user).exists()
    return False


def choosable(pages: Any, user: User) -> Any:
    """Return those of the pages that a person may see in a list: what the public sees, the ground, and one's own.

    The desk names a page by what its draft is called, so that one of another city with a new name is left out.
    """
    halls = list(HallPage.objects.values_list("path", flat=True))
    seen = Q(depth__lt=_HALL_DEPTH) | Q(path__in=halls) | Q(live=True, draft_title=F("title"))
    for held in page_permission_policy.get_cached_permissions_for_user(user):
        own = Q(path__startswith=held.page.path)
        if held.page.depth <= _HALL_DEPTH:  # what is given for the house stops at the door of a room
            for hall in halls:
                own &= ~Q(path__startswith=hall, depth__gt=_HALL_DEPTH)
        seen |= own
    # Looked up first: what Wagtail searches in may be narrowed by its key alone.
    return pages.filter(pk__in=list(Page.objects.filter(seen).values_list("pk", flat=True)))


@hooks.register("construct_page_chooser_queryset")
def own_or_public(pages: Any, request: Any) -> Any:
    """Leave out of what may be linked what the person may not see."""
    return choosable(pages, request.user)
