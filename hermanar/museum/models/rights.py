"""Who may work on a page: what is given for the house stops at the door of a room, which has its own people."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.functions import Substr
from wagtail.models import Page
from wagtail.models.pages import PagePermissionTester
from wagtail.permission_policies.pages import PagePermissionPolicy

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

    def can_delete(self, ignore_bulk: bool = False) -> bool:  # noqa: ARG002 (Wagtail gives it)
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


class RoomsPolicy(PagePermissionPolicy):
    """Which pages a person finds at the desk.

    Wagtail's own asks a question that grows with each permission; SQLite refuses it from some sixty rooms on.
    """

    def instances_user_has_any_permission_for(self, user: Any, actions: Iterable[str]) -> QuerySet[Page]:
        """Return the pages that a person may do any of these things with."""
        known = self._base_queryset_for_user(user)
        if known is not None:
            return known
        wanted = self._get_permission_codenames(set(actions))
        held = self.get_cached_permissions_for_user(user)
        paths = {one.page.path for one in held if one.permission.codename in wanted}
        return Page.objects.alias(room=_ROOM).filter(_within(paths))

    def explorable_instances(self, user: Any) -> QuerySet[Page]:
        """Return the pages that a person finds in the lists: those, and the ones they stand on."""
        known = self._base_queryset_for_user(user)
        if known is not None:
            return known
        root = self.explorable_root_instance(user)
        paths = {one.page.path for one in self.get_cached_permissions_for_user(user)}
        above = {path[: n * Page.steplen] for path in paths for n in range(1, ROOM_DEPTH)}
        found = Page.objects.alias(room=_ROOM).filter(_within(paths) | Q(path__in=above))
        return found.filter(path__startswith=root.path) if root else Page.objects.none()


_ROOM = Substr("path", 1, ROOM_DEPTH * Page.steplen)


def _within(paths: Iterable[str]) -> Q:
    """Return the pages at and below these; what is given for the house leaves out the rooms."""
    own, wide = set(), Q(pk__in=[])
    for path in paths:
        if len(path) >= ROOM_DEPTH * Page.steplen:
            own.add(path[: ROOM_DEPTH * Page.steplen])
        else:
            wide |= Q(path__startswith=path)
    rooms = Page.objects.filter(depth=ROOM_DEPTH, content_type__model="roompage").values("path")
    return Q(room__in=own) | (wide & ~Q(room__in=rooms))
