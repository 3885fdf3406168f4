"""Rooms: opened from a template, each with groups of those who edit and those who approve; nobody else reaches it."""

from __future__ import annotations

from collections.abc import Collection as Names
from collections.abc import Iterable
from typing import Any
from uuid import UUID, uuid4

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Locale,
    Page,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)
from wagtail_localize.operations import TranslationCreator

from hermanar.catalogue import read
from hermanar.catalogue.search import AmbiguousPlaceError, BadFilterError, Filters, UnknownPlaceError
from hermanar.foundation.access import APPROVES, EDITS, INVITED, NotAllowedError, desk_group
from hermanar.foundation.models import User
from hermanar.museum.actions.ground import lay_out
from hermanar.museum.models import HomePage, RoomPage
from hermanar.museum.queries.pages import LANGUAGES
from hermanar.museum.views.day import language, today

_ON_PAGES = {
    EDITS: ("add_page", "change_page"),
    INVITED: ("add_page", "change_page"),
    APPROVES: ("add_page", "change_page", "publish_page", "lock_page", "unlock_page"),
}
_EVERYWHERE = (
    ("wagtailadmin", "access_admin"),
    ("wagtail_localize", "submit_translation"),
    ("museum", "add_recording"),
    ("museum", "view_recording"),
)
_ON_COURSES = tuple(f"{what}_{model}" for model in ("course", "lesson") for what in ("add", "change", "view"))
# Wagtail asks for those of its own model. Who adds a picture mends that one; a guest has no hand in the others.
_ON_PICTURES = {
    EDITS: ("add_image", "change_image", "choose_image"),
    INVITED: ("add_image", "choose_image"),
    APPROVES: ("add_image", "change_image", "choose_image"),
}
_MOST_AGREEMENTS = 3


class RoomExistsError(Exception):
    """A city has one room in a museum."""

    def __init__(self, room: RoomPage) -> None:
        super().__init__(room.slug)
        self.room = room


@transaction.atomic
def keep_museum(host: str) -> None:
    """Lay the ground, and let who approves the rooms of the museum's own city keep the pages that all rooms share."""
    hall = lay_out(host=host)
    if not host:
        return
    group = group_of(APPROVES, host)
    for home in HomePage.objects.filter(translation_key=hall.get_parent().translation_key):
        _permit(group, home, _ON_PAGES[APPROVES])
    recordings = {"content_type__app_label": "museum", "codename__in": ("change_recording", "delete_recording")}
    group.permissions.add(*Permission.objects.filter(**recordings))  # no city is written on them: the house keeps all


def has_part(user: User, part: str, host: str) -> bool:
    """Say whether a person has a part in the rooms of a city."""
    return user.is_active and user.groups.filter(name=desk_group(part, host)).exists()


@transaction.atomic
def open_room(place: str, host: str, *, by: User) -> RoomPage:
    """Open the room of a sister city with what the records already tell, as a draft in both languages.

    Raises NotAllowedError, RoomExistsError, and LookupError for a city that the catalogue does not know.
    """
    if not has_part(by, APPROVES, host) and not has_part(by, EDITS, host):
        raise NotAllowedError(_("Solo quien trabaja en las salas de esta ciudad puede abrir una."))
    cities = read.named_records({"city": [place]}, today=today(), language=LANGUAGES[0])
    if ("city", place) not in cities:
        raise LookupError(place)
    hall = lay_out()
    Page.objects.select_for_update().get(pk=hall.pk)  # one room after another: below a page each has its number
    hall.refresh_from_db()
    if kept := RoomPage.objects.filter(host=host, place=place, locale=hall.locale).first():
        raise RoomExistsError(kept)
    slug = place if not RoomPage.objects.filter(slug=place).exists() else f"{place}-{host}"
    room = RoomPage(
        title=cities["city", place].title, slug=slug[:255], place=place, host=host, locale=hall.locale, live=False,
        owner=by, body=_first_pieces(place, host),
    )  # fmt: skip
    hall.add_child(instance=room)
    room.save_revision(user=by)
    translated = _beside(room, by=by)
    grant(host, [room, *translated], place=place)
    return room


def _beside(room: RoomPage, *, by: User) -> list[Page]:
    """Make the page of the other language, which waits for its translation."""
    others = list(Locale.objects.filter(language_code__in=LANGUAGES).exclude(pk=room.locale_id))
    TranslationCreator(by, others).create_translations(room, include_related_objects=False)
    return list(RoomPage.objects.filter(translation_key=room.translation_key).exclude(pk=room.pk))


def _first_pieces(place: str, host: str) -> list[dict[str, Any]]:
    """Return what a room begins with: only what the records say."""
    pieces: list[tuple[str, Any]] = [("record", {"record": f"city:{place}", "words": ""})]
    with override(LANGUAGES[0]):
        pieces.append(("map", {"title": _("De una ciudad a la otra"), "origin": host, "places": [place]}))
    pieces += [("record", {"record": f"agreement:{slug}", "words": ""}) for slug in _agreements(place, host)]
    return [{"type": kind, "value": value, "id": str(uuid4())} for kind, value in pieces]


def _agreements(place: str, host: str) -> list[str]:
    filters = Filters(host=(host,), place=(place,))
    try:
        page = read.agreements(
            filters, today=today(), language=language(), limit=_MOST_AGREEMENTS, with_facets=False
        )  # fmt: skip
    except (BadFilterError, UnknownPlaceError, AmbiguousPlaceError):
        return []
    return [line.slug for line in page.items]


def grant(host: str, pages: Iterable[Page], *, place: str) -> None:
    """Let a city's editors and those invited into a room work on these pages, and have them approved by the city."""
    groups = {
        EDITS: group_of(EDITS, host),
        APPROVES: group_of(APPROVES, host),
        INVITED: group_of(INVITED, host, place),
    }
    workflow = _workflow(host, groups[APPROVES])
    for page in pages:
        for part, group in groups.items():
            _permit(group, page, _ON_PAGES[part])
        WorkflowPage.objects.get_or_create(page=page, defaults={"workflow": workflow})


def _permit(group: Group, page: Page, codenames: Iterable[str]) -> None:
    for permission in Permission.objects.filter(content_type__app_label="wagtailcore", codename__in=codenames):
        GroupPagePermission.objects.get_or_create(group=group, page=page, permission=permission)


def group_of(part: str, host: str, place: str = "") -> Group:
    """Return the group of a part in a city's rooms, made with what it may do everywhere at the desk."""
    group, is_new = Group.objects.get_or_create(name=desk_group(part, host, place))
    if is_new:
        for app, codename in _EVERYWHERE:
            group.permissions.add(Permission.objects.get(content_type__app_label=app, codename=codename))
        if part in {EDITS, APPROVES}:  # whoever is only asked into a room has no part in what the whole house teaches
            taught = Permission.objects.filter(content_type__app_label="museum", codename__in=_ON_COURSES)
            group.permissions.add(*taught)
        collection = _collection(host)
        for codename in _ON_PICTURES[part]:
            permission = Permission.objects.get(content_type__app_label="wagtailimages", codename=codename)
            GroupCollectionPermission.objects.get_or_create(group=group, collection=collection, permission=permission)
    return group


def _collection(host: str) -> Collection:
    """Return where the pictures of a city's rooms are kept; other cities' editors do not see them."""
    root = Collection.get_first_root_node() or Collection.add_root(instance=Collection(name="Root"))
    found: Collection | None = root.get_children().filter(name=host).first()
    return found or root.add_child(instance=Collection(name=host))


def _workflow(host: str, group: Group) -> Workflow:
    with override(LANGUAGES[0]):  # it is found again by its name
        name = _("Revisión de las salas: %(city)s") % {"city": host}
    workflow, is_new = Workflow.objects.get_or_create(name=name)
    if is_new:
        task = GroupApprovalTask.objects.create(name=name)
        task.groups.set([group])
        WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    return workflow


@transaction.atomic
def name_editor(room: RoomPage, editor: User, *, by: User) -> None:
    """Let a person work in one room, such as the sister city's own editor. Raises NotAllowedError."""
    _require_approval(room, by)
    editor.groups.add(group_of(INVITED, room.host, room.place))


@transaction.atomic
def dismiss_editor(room: RoomPage, editor: User, *, by: User) -> None:
    """End that, at once. Raises NotAllowedError."""
    _require_approval(room, by)
    editor.groups.remove(group_of(INVITED, room.host, room.place))


def _require_approval(room: RoomPage, by: User) -> None:
    if not has_part(by, APPROVES, room.host):
        raise NotAllowedError(_("Solo quien aprueba las salas de esta ciudad dice quién las edita."))


def enrol(user: UUID, *, groups: Names[str], rooms: Names[str]) -> bool:
    """Make a person's groups at the desk those that the roles of today give, and say whether any is left.

    `rooms` are the groups of rooms a person may have been invited into.
    """
    person = User.objects.get(pk=user)
    held = set(person.groups.filter(name__startswith="museo:").values_list("name", flat=True))
    invited = {name for name in held if name.endswith(f":{INVITED}") and name in rooms}
    wanted = set(groups) | invited
    if held == wanted:
        return bool(wanted)
    with transaction.atomic():
        person.groups.remove(*Group.objects.filter(name__in=held - wanted))
        for name in wanted - held:
            _museum, host, part = name.split(":")
            person.groups.add(group_of(part, host))
    return bool(wanted)
