"""Pairs at the desk: any editor writes one, whoever approves shows it, two at once lose nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest

from hermanar.museum.models import Pair
from hermanar.museum.queries.pairs import as_drafted
from tests.cast import gather
from tests.museum.everyday import WHOLE
from tests.workspace.signing_in import client_of

LIST, NEW = "/cms/museo/comparaciones/", "/cms/museo/comparaciones/nueva/"


@pytest.fixture
def cast(db):
    return gather()


def whole(cast):
    """Return the whole pair, of two cities that there are."""
    left, right = WHOLE.sides
    sides = (replace(left, place=cast.guanajuato.slug), replace(right, place=cast.leon.slug))
    return replace(WHOLE, sides=sides)


def written(cast, **changes):
    """Return what a browser sends of the whole pair."""
    draft, data = whole(cast), {}
    for name in ("question", "question_en", "slug", "theme", "mode", "unit", "unit_en", "drawing", "note", "note_en"):
        data[name] = getattr(draft, name)
    data |= {"lowest": "0", "highest": "10", "step": "1", "choice": ""}
    for prefix, side in zip(("first", "second"), draft.sides, strict=True):
        for name in ("place", "answer", "answer_en", "source", "source_en", "address", "passage", "as_of"):
            data[f"{prefix}-{name}"] = getattr(side, name)
        data |= {f"{prefix}-figure": str(side.figure), f"{prefix}-whole": ""}
    return data | changes


def test_editor_writes_a_pair_and_whoever_approves_shows_it(cast):
    editor, coordinator = client_of(cast.of("museum_editor")), client_of(cast.of("coordinator"))
    assert "Nueva pregunta" in editor.get(LIST).content.decode()
    refused = editor.post(NEW, written(cast, **{"second-source": ""}))
    assert "una respuesta sin fuente no se guarda" in refused.content.decode()
    assert not Pair.objects.exists()
    made = editor.post(NEW, written(cast))
    kept = Pair.objects.get()
    assert made.headers["Location"] == f"{LIST}{kept.pk}/"
    assert as_drafted(kept) == whole(cast)
    assert 'name="publish"' not in editor.get(f"{LIST}{kept.pk}/").content.decode()
    denied = editor.post(f"{LIST}{kept.pk}/", written(cast, version=kept.version, publish="1"))
    assert denied.headers["Location"] == "/cms/"  # as the desk answers whatever a role may not
    assert Pair.objects.get().published_at is None
    assert 'name="publish"' in coordinator.get(f"{LIST}{kept.pk}/").content.decode()
    coordinator.post(f"{LIST}{kept.pk}/", written(cast, version=kept.version, publish="1", note="Casi dos."))
    assert "Casi dos." in editor.get(f"/comparar/{kept.slug}/").content.decode()
    kept.refresh_from_db()
    coordinator.post(f"{LIST}{kept.pk}/", written(cast, version=kept.version, withdraw="1", note="Casi dos."))
    assert editor.get(f"/comparar/{kept.slug}/").status_code == 404


def test_second_of_two_editors_sees_what_stands_and_keeps_what_was_typed(cast):
    editor = client_of(cast.of("museum_editor"))
    editor.post(NEW, written(cast))
    kept = Pair.objects.get()
    editor.post(f"{LIST}{kept.pk}/", written(cast, version=1, note="La primera"))
    late = editor.post(f"{LIST}{kept.pk}/", written(cast, version=1, note="La segunda")).content.decode()
    assert "La primera" in late
    assert "La segunda" in late
    assert Pair.objects.get().note == "La primera"
    editor.post(f"{LIST}{kept.pk}/", written(cast, version=2, note="La segunda"))
    assert Pair.objects.get().note == "La segunda"


@pytest.mark.parametrize("role", ["reader", "analyst"])
def test_who_does_not_edit_rooms_has_no_desk(cast, role):
    client = client_of(cast.of(role))
    assert client.get(LIST).status_code == 403
    assert client.post(NEW, written(cast)).status_code == 403
    assert not Pair.objects.exists()


def test_stranger_is_led_to_sign_in(cast, client):
    assert client.get(LIST).status_code == 302
