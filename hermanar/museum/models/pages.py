"""Pages that editors make. One about a city keeps its public identifier; the city itself is the catalogue's."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page
from wagtail.models.pages import PagePermissionTester
from wagtail_localize.fields import SynchronizedField

from hermanar.museum.blocks import STOPS, STORY
from hermanar.museum.models.fields import BlocksField
from hermanar.museum.models.rights import GroundRights, RoomRights


class MuseumPage(Page):
    """What every page of the museum has: a title, a few words, and blocks."""

    lede = models.CharField(_("en pocas palabras"), max_length=300, blank=True)
    body = BlocksField(STORY, verbose_name=_("la página, pieza por pieza"), blank=True)
    is_demonstration = models.BooleanField(_("es una muestra"), default=False)

    content_panels = [*Page.content_panels, FieldPanel("lede"), FieldPanel("body")]
    promote_panels = [FieldPanel("slug")]
    private_page_options: list[str] = []  # a page is published or it is not
    override_translatable_fields = [SynchronizedField("slug", overridable=False)]  # one address in both languages

    class Meta:
        abstract = True

    @property
    def preview_sizes(self) -> list[dict[str, Any]]:
        """Return the screens an editor looks at a page in."""
        return [
            {"name": "telephone", "icon": "mobile-alt", "device_width": 360, "label": _("Ver en un teléfono")},
            {"name": "desktop", "icon": "desktop", "device_width": 1280, "label": _("Ver en una computadora")},
            {"name": "kiosk", "icon": "expand-right", "device_width": 1080, "label": _("Ver en el quiosco de la sala")},
        ]

    @property
    def default_preview_size(self) -> str:
        """Return the screen that most visitors have."""
        return "telephone"

    def permissions_for_user(self, user: Any) -> PagePermissionTester:
        """Return what a person may do with this page."""
        return RoomRights(user, self)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Return what a preview shows, made as a visit is."""
        from hermanar.museum.views.pages import preview_context  # noqa: PLC0415 (views stand on models)

        return {**super().get_context(request, *args, **kwargs), **preview_context(self)}


class GroundPage(MuseumPage):
    """A page that others stand on."""

    class Meta:
        abstract = True

    def permissions_for_user(self, user: Any) -> PagePermissionTester:
        """Return what a person may do with this page."""
        return GroundRights(user, self)


class HomePage(GroundPage):
    """The museum of one city; its pages stand under it."""

    host = models.CharField(_("ciudad del museo"), max_length=120, blank=True)

    template = "museum/pages/text.html"
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = [
        "museum.HallPage", "museum.StoryPage", "museum.ExhibitionPage", "museum.RoutePage", "museum.TextPage",
    ]  # fmt: skip

    class Meta:
        verbose_name = _("portada")
        verbose_name_plural = _("portadas")


class HallPage(GroundPage):
    """The hall of all rooms, at /salas/."""

    template = "museum/pages/hall.html"
    parent_page_types = ["museum.HomePage"]
    subpage_types = ["museum.RoomPage"]

    class Meta:
        verbose_name = _("vestíbulo")
        verbose_name_plural = _("vestíbulos")


class RoomPage(MuseumPage):
    """The room of one sister city; `host` is the city that opened it, `place` the one it tells of."""

    place = models.CharField(_("ciudad hermana"), max_length=120)
    host = models.CharField(_("ciudad que abre la sala"), max_length=120)

    is_creatable = False  # only «Nueva sala» makes one, with its groups and in both languages
    template = "museum/pages/room.html"
    parent_page_types = ["museum.HallPage"]
    subpage_types = ["museum.StoryPage", "museum.ExhibitionPage"]

    class Meta:
        verbose_name = _("sala")
        verbose_name_plural = _("salas")


class StoryPage(MuseumPage):
    """One story: a person, a day, an object."""

    told_on = models.DateField(_("fecha de lo que se cuenta"), null=True, blank=True)

    template = "museum/pages/story.html"
    content_panels = [
        *Page.content_panels, FieldPanel("lede"), FieldPanel("told_on"), FieldPanel("body"),
    ]  # fmt: skip
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("historia")
        verbose_name_plural = _("historias")


class ExhibitionPage(MuseumPage):
    """Something to see for a time, in a room or in the whole museum."""

    opens_on = models.DateField(_("abre"), null=True, blank=True)
    closes_on = models.DateField(_("cierra"), null=True, blank=True)

    template = "museum/pages/exhibition.html"
    content_panels = [
        *Page.content_panels, FieldPanel("lede"), FieldPanel("opens_on"), FieldPanel("closes_on"), FieldPanel("body"),
    ]  # fmt: skip
    subpage_types = ["museum.StoryPage"]

    class Meta:
        verbose_name = _("exposición")
        verbose_name_plural = _("exposiciones")


class RoutePage(MuseumPage):
    """A way through several rooms, stop by stop."""

    stops = BlocksField(STOPS, verbose_name=_("paradas"), blank=True)

    template = "museum/pages/route.html"
    content_panels = [*Page.content_panels, FieldPanel("lede"), FieldPanel("stops"), FieldPanel("body")]
    parent_page_types = ["museum.HomePage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("recorrido")
        verbose_name_plural = _("recorridos")


class TextPage(MuseumPage):
    """Any other page: what the museum is, how to visit, thanks."""

    template = "museum/pages/text.html"
    parent_page_types = ["museum.HomePage", "museum.TextPage"]
    subpage_types = ["museum.TextPage"]

    class Meta:
        verbose_name = _("página")
        verbose_name_plural = _("páginas")
