"""The ground the museum's pages stand on: two languages, a home page and a hall in each. Made once, safe to repeat."""

from __future__ import annotations

from django.contrib.auth.models import Group
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.models import Locale, Page, Site, WorkflowPage

from hermanar.museum.models import HallPage, HomePage
from hermanar.museum.queries.pages import LANGUAGES

HALL = "salas"


@transaction.atomic
def lay_out(*, host: str = "") -> HallPage:
    """Make what is missing of the ground and return the hall in the first language."""
    locales = {code: Locale.objects.get_or_create(language_code=code)[0] for code in LANGUAGES}
    root = Page.objects.filter(depth=1).first() or Page.add_root(
        instance=Page(title="Root", slug="root", locale=locales[LANGUAGES[0]])
    )
    homes = _homes(root, locales, host=host)
    first = homes[LANGUAGES[0]]
    site, _made = Site.objects.get_or_create(
        is_default_site=True, defaults={"hostname": "localhost", "root_page": first, "site_name": "Hermanar"}
    )
    if site.root_page_id != first.pk:
        site.root_page = first
        site.save(update_fields=["root_page"])
    _clear_what_wagtail_brings(root)
    halls = _halls(homes, locales)
    return halls[LANGUAGES[0]]


def _homes(root: Page, locales: dict[str, Locale], *, host: str) -> dict[str, HomePage]:
    homes: dict[str, HomePage] = {}
    for code, locale in locales.items():
        found = HomePage.objects.filter(slug=code, depth=2).first()
        if found is None:
            with override(code):
                found = HomePage(title=_("El museo de las ciudades hermanas"), slug=code, locale=locale, host=host)
            if homes:
                found.translation_key = homes[LANGUAGES[0]].translation_key
            Page.objects.get(pk=root.pk).add_child(instance=found)
        homes[code] = found
    return homes


def _halls(homes: dict[str, HomePage], locales: dict[str, Locale]) -> dict[str, HallPage]:
    halls: dict[str, HallPage] = {}
    for code, home in homes.items():
        found = HallPage.objects.filter(slug=HALL, locale=locales[code]).first()
        if found is None:
            with override(code):
                found = HallPage(title=_("Salas"), slug=HALL, locale=locales[code])
            if halls:
                found.translation_key = halls[LANGUAGES[0]].translation_key
            HomePage.objects.get(pk=home.pk).add_child(instance=found)
        halls[code] = found
    return halls


def _clear_what_wagtail_brings(root: Page) -> None:
    """Take away the page, the groups and the workflow that a fresh Wagtail has: nobody here is in them."""
    WorkflowPage.objects.filter(page=root).delete()
    Group.objects.filter(name__in=("Moderators", "Editors"), user__isnull=True).delete()
    for welcome in Page.objects.filter(depth=2, slug="home", title__startswith="Welcome to your new Wagtail"):
        welcome.delete()
