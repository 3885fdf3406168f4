"""Who may work on a page: what is given for the house stops at the door of a room, which has its own people."""

from __future__ import annotations

from typing import Any

from wagtail.models import Page
from wagtail.models.pages import PagePermissionTester

ROOM_DEPTH = 4  # root, home page, hall, room


class RoomRights(PagePermissionTester):
    """What a person may do with a page: in a room, and below it, only what was given for that room counts."""

    def __init__(self, user: Any, page: Page) -> None:
        super().__init__(user, page)
        if not user.is_active or user.is_superuser or page.depth < ROOM_DEPTH:
            return
        held = self.permission_policy.get_cached_permissions_for_user(user)
        reaching = [one for one in held if page.path.startswith(one.page.path)]
        own = [one for one in reaching if one.page.depth >= ROOM_DEPTH]
        if len(own) < len(reaching) and _is_in_a_room(page):
            self.permissions = {one.permission.codename.rsplit("_", maxsplit=1)[0] for one in own}


class GroundRights(PagePermissionTester):
    """What a person may do with the home page and the hall: all rooms stand on them, so nobody takes them away."""

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        """Say no."""
        return False

    def can_move(self) -> bool:
        """Say no."""
        return False

    def can_unpublish(self) -> bool:
        """Say no."""
        return False


def _is_in_a_room(page: Page) -> bool:
    """Say whether a page is a room or stands below one."""
    above: Page = Page.objects.only("content_type").get(path=page.path[: ROOM_DEPTH * Page.steplen])
    return bool(above.content_type.model == "roompage")
