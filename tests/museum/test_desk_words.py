"""The desk speaks Spanish: what its libraries lack in it stands in `hermanar/museum/locale`, and nothing else does."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from django.apps import apps
from django.urls import reverse
from django.utils.translation import gettext, ngettext, override

from hermanar.foundation.access import Role
from tests.architecture.house import PACKAGE
from tests.workspace.signing_in import client_of

LIBRARIES = ("wagtail", "taggit")
OURS = PACKAGE / "museum" / "locale"
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")
TAG = re.compile(r"<[^>]+>")
# Its scripts ask an address of their own, which takes no other texts.
APART = {"wagtail_localize"}


def messages(path, language):
    """Return the messages of a file that have an identity, by it."""
    if not path.exists():
        return {}
    with path.open("rb") as file:
        return {(one.context, one.id): one for one in read_po(file, locale=language) if one.id}


def is_said(one):
    return not one.fuzzy and all([one.string] if isinstance(one.string, str) else one.string)


def lacking(domain):
    """Return what the installed libraries say in English and none of them says in Spanish."""
    said, told = set(), {}
    for app in apps.get_app_configs():
        if not app.name.startswith(LIBRARIES) or (domain == "djangojs" and app.name in APART):
            continue
        folder = Path(app.path) / "locale"
        told |= messages(folder / "en" / "LC_MESSAGES" / f"{domain}.po", "en")
        spanish = messages(folder / "es" / "LC_MESSAGES" / f"{domain}.po", "es")
        said |= {key for key, one in spanish.items() if is_said(one)}
    return told.keys() - said


@pytest.mark.parametrize("domain", ["django", "djangojs"])
def test_every_text_of_the_desk_has_its_spanish(domain):
    ours = messages(OURS / "es" / "LC_MESSAGES" / f"{domain}.po", "es")
    assert len(ours) > 10
    assert ours.keys() == lacking(domain)
    for (_context, source), one in ours.items():
        forms = [(source, one.string)] if isinstance(source, str) else zip(source, one.string, strict=True)
        for english, spanish in forms:
            assert spanish.strip(), source
            assert set(PLACEHOLDER.findall(english)) == set(PLACEHOLDER.findall(spanish)), source
            assert TAG.findall(english) == TAG.findall(spanish), source


def test_the_desk_says_them():
    with override("es"):
        assert gettext("Keyboard shortcuts") == "Atajos de teclado"
        others = "%(num_user)s other users are currently viewing"
        assert ngettext("One other user is currently viewing", others, 1).startswith("Otra persona")
        assert ngettext("One other user is currently viewing", others, 3).startswith("Otras %(num_user)s personas")
        assert gettext("Save") == "Guardar"  # the library's own
    with override("en"):
        assert gettext("Keyboard shortcuts") == "Keyboard shortcuts"


@pytest.mark.django_db
def test_its_scripts_say_them_too(cast):
    said = client_of(cast.of(Role.DIRECTOR)).get(reverse("wagtailadmin_javascript_catalog")).text
    assert "Guardado autom" in said
    assert "Comentarios" in said or "comentario" in said  # the library's own
