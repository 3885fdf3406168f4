"""The hall as it is listed at the desk: only the rooms that the person works in."""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q
from wagtail import hooks
from wagtail.models import Page
from wagtail.permissions import page_permission_policy

from hermanar.museum.models import HallPage
from hermanar.museum.models.rights import ROOM_DEPTH


@hooks.register("construct_explorer_page_queryset")
def own_rooms(parent_page: Page, pages: Any, request: Any) -> Any:
    """Leave out the rooms of other cities; what is given for the whole house does not reach them."""
    if parent_page.specific_class is not HallPage or request.user.is_superuser:
        return pages
    held = page_permission_policy.get_cached_permissions_for_user(request.user)
    own = {one.page.path for one in held if one.page.depth >= ROOM_DEPTH}
    return pages.filter(reduce(or_, (Q(path=path[: ROOM_DEPTH * Page.steplen]) for path in own), Q(pk__in=[])))
