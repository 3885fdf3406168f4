"""What the museum says of a gift: written at the desk by who works in that city's rooms, and by nobody else."""

import dataclasses

import pytest
from django.test import Client

from hermanar.cooperation.actions import unpublish_gift
from hermanar.foundation.access import Actor, NotAllowedError, Role
from hermanar.foundation.editing import EditConflictError
from hermanar.foundation.models import TrailEntry
from hermanar.museum.actions.exhibits import keep_exhibit, publish_exhibit, unpublish_exhibit
from hermanar.museum.actions.ground import lay_out
from hermanar.museum.models import Exhibit
from hermanar.museum.rules.exhibits import ExhibitDraft, ExhibitRefusal, ExhibitRefusedError
from tests.museum.test_collection import cast, kept, shown, tie
from tests.workspace.signing_in import client_of

__all__ = ["cast", "tie"]  # fixtures
pytestmark = pytest.mark.django_db
DRAFT = ExhibitDraft("oleo", story="Una historia.")


def refused(act):
    with pytest.raises(ExhibitRefusedError) as caught:
        act()
    return caught.value.refusals


def test_rules_of_an_exhibit(cast, tie):
    gift, other = shown(cast, tie), shown(cast, tie, title_es="Placa")
    by = cast.of(Role.MUSEUM_EDITOR)

    def kept_as(**values):
        return refused(lambda: keep_exhibit(gift.pk, by=by, draft=dataclasses.replace(DRAFT, **values)))

    assert kept_as(slug="Óleo") == (ExhibitRefusal.BAD_SLUG,)
    assert kept_as(slug="a" * 81) == (ExhibitRefusal.BAD_SLUG,)
    assert kept_as(slug="oleo-0123456789") == (ExhibitRefusal.SLUG_LIKE_CODE,)
    assert kept_as(rights="mine") == (ExhibitRefusal.UNKNOWN_RIGHTS,)
    keep_exhibit(other.pk, by=by, draft=DRAFT)
    assert kept_as() == (ExhibitRefusal.SLUG_TAKEN,)
    made = keep_exhibit(gift.pk, by=by, draft=ExhibitDraft("plaza"))
    assert refused(lambda: publish_exhibit(gift.pk, by=by, version=1)) == (ExhibitRefusal.NOTHING_SAID,)
    with pytest.raises(EditConflictError):
        keep_exhibit(gift.pk, by=by, draft=DRAFT)
    made = keep_exhibit(gift.pk, by=by, draft=ExhibitDraft("plaza", story="x"), version=made.version)
    made = publish_exhibit(gift.pk, by=by, version=made.version)
    with pytest.raises(EditConflictError):
        publish_exhibit(gift.pk, by=by, version=1)
    made = unpublish_exhibit(gift.pk, by=by, version=made.version)
    moved = ExhibitDraft("otra", story="x")
    assert refused(lambda: keep_exhibit(gift.pk, by=by, draft=moved, version=made.version)) == (
        ExhibitRefusal.SLUG_FROZEN,
    )
    assert refused(lambda: keep_exhibit(made.pk, by=by, draft=DRAFT)) == (ExhibitRefusal.NO_RECORD,)
    codes = TrailEntry.objects.filter(chain=str(cast.office.pk), subject=str(made.pk)).values_list("code", flat=True)
    assert sorted(codes) == ["exhibit.kept", "exhibit.kept", "exhibit.published", "exhibit.unpublished"]


@pytest.mark.parametrize("role", [Role.ANALYST, Role.READER, Role.COUNTERPART, Role.PUBLIC])
def test_only_editors_of_that_office_speak_of_its_gifts(cast, tie, role):
    gift = shown(cast, tie)
    with pytest.raises(NotAllowedError):
        keep_exhibit(gift.pk, by=Actor("x", role, cast.office.pk), draft=DRAFT)
    with pytest.raises(NotAllowedError):
        keep_exhibit(gift.pk, by=Actor("x", Role.MUSEUM_EDITOR, cast.leon.pk), draft=DRAFT)


def test_editor_writes_and_shows_it_at_the_desk(cast, tie):
    lay_out()
    gift, hidden = shown(cast, tie), kept(cast, tie, title_es="Sin publicar")
    editor = client_of(cast.of(Role.MUSEUM_EDITOR))
    listed = editor.get("/cms/museo/obras/")
    assert listed.status_code == 200
    assert "Óleo de la plaza" in listed.text
    assert "Sin publicar" not in listed.text
    at = f"/cms/museo/obras/{gift.pk}/"
    assert 'value="oleo-de-la-plaza"' in editor.get(at).text
    empty = editor.post(at, {"slug": "oleo-de-la-plaza", "rights": "cne", "is_shown": "on"})
    assert "Para mostrarla escriba su historia" in empty.text
    assert not Exhibit.objects.exists(), "what may not be shown is not written either"
    told = {"slug": "oleo-de-la-plaza", "story": "<script>x</script>", "rights": "cc_by", "is_shown": "on"}
    assert editor.post(at, told)["Location"] == "/cms/museo/obras/"
    page = Client().get("/coleccion/oleo-de-la-plaza/")
    assert page.status_code == 200
    assert "<script>x" not in page.text
    stale = editor.post(at, {**told, "version": 1, "story": "otra"})
    assert "Alguien la cambió" in stale.text
    assert editor.get(f"/cms/museo/obras/{hidden.pk}/").status_code == 404
    unpublish_gift(gift.pk, by=cast.of(Role.DIRECTOR), version=gift.version)
    assert editor.get(at).status_code == 404
    assert Client().get("/cms/museo/obras/").status_code == 302
