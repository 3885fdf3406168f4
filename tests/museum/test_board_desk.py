"""The board at the desk: posed, mended by two, shown; good practices gathered only from what the public reads."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from django.urls import reverse

from hermanar.foundation import intake
from hermanar.foundation.access import Actor, NotAllowedError, Role
from hermanar.foundation.editing import EditConflictError
from hermanar.foundation.intake import Kind, State
from hermanar.foundation.models import TrailEntry
from hermanar.museum.actions.dialogue import (
    PracticeDraft,
    ProblemDraft,
    gather,
    keep_problem,
    load_problems,
    show_practice,
    show_problem,
)
from hermanar.museum.models import Practice, Problem
from tests.cast import gather as gather_cast
from tests.museum.voices import PROBLEM, Voices
from tests.workspace.signing_in import client_of

pytestmark = pytest.mark.django_db
EDITOR = Actor("user:1", Role.MUSEUM_EDITOR)
SAID = {"city": "", "title": "¿Qué hacer con el agua?", "text": "Falta.", "asker": "office"}


@pytest.fixture
def voices(world):
    return Voices(world)


@pytest.fixture
def cast(db):
    return gather_cast()


def test_what_is_shipped_is_loaded_again_without_treading_on_a_person(voices):
    again = load_problems([PROBLEM], by=EDITOR)
    assert (again.entered, again.mended, again.unchanged) == (0, 0, 1)
    changed = replace(PROBLEM, text="Otra cosa.")
    assert load_problems([changed], by=EDITOR).mended == 1
    kept = Problem.objects.get()
    keep_problem(changed, by=EDITOR, problem=kept.pk, version=kept.version)
    assert load_problems([PROBLEM], by=EDITOR).kept == (PROBLEM.slug,)
    assert Problem.objects.get().text == "Otra cosa."


def test_a_problem_is_hidden_with_all_that_was_answered(voices, client):
    voices.publish(voices.send(Kind.ANSWER, "Se separa en casa"))
    kept = Problem.objects.get()
    show_problem(kept.pk, by=EDITOR, version=kept.version, is_shown=False)
    assert client.get("/dialogo/la-basura/").status_code == 404
    assert client.get("/dialogo/la-basura/responder/").status_code == 404
    assert "basura" not in client.get("/dialogo/").content.decode()
    with pytest.raises(EditConflictError):
        show_problem(kept.pk, by=EDITOR, version=kept.version, is_shown=True)


def test_a_practice_is_gathered_from_what_the_public_reads(voices, client):
    public = voices.in_state(Kind.ANSWER, State.PUBLISHED, "Se separa en casa")
    hidden = voices.in_state(Kind.ANSWER, State.HIDDEN, "Se quema")
    problem = Problem.objects.get()
    draft = PracticeDraft(
        problem.pk, "Separar en casa", "Funciona si pasa el camión.", answers=(str(public.pk), str(hidden.pk))
    )
    made = gather(draft, by=EDITOR)
    assert made.answers == [str(public.pk)]
    assert "Separar en casa" not in client.get("/dialogo/la-basura/").content.decode()
    show_practice(made.pk, by=EDITOR, version=made.version, is_shown=True)
    assert "Reunido por el museo de 1 respuesta" in client.get("/dialogo/la-basura/").content.decode()
    assert TrailEntry.objects.filter(code__startswith="practice.").count() == 2
    with pytest.raises(EditConflictError):
        gather(draft, by=EDITOR, practice=made.pk, version=1)


def test_a_practice_counts_the_answers_that_still_stand(voices, client):
    first, second = (voices.in_state(Kind.ANSWER, State.PUBLISHED, text) for text in ("Se separa", "Se composta"))
    problem = Problem.objects.get()
    made = gather(PracticeDraft(problem.pk, "Separar", "Así.", answers=(str(first.pk), str(second.pk))), by=EDITOR)
    show_practice(made.pk, by=EDITOR, version=made.version, is_shown=True)
    assert "Reunido por el museo de 2 respuestas" in client.get("/dialogo/la-basura/").content.decode()
    intake.take_back(first.key)
    assert "Reunido por el museo de 1 respuesta<" in client.get("/dialogo/la-basura/").content.decode()
    intake.hide(second.pk, by=voices.by, version=second.version, reason="x")
    page = client.get("/dialogo/la-basura/").content.decode()
    assert "Separar" in page
    assert "Reunido" not in page


@pytest.mark.parametrize("role", [Role.READER, Role.ANALYST, Role.PUBLIC])
def test_who_does_not_keep_the_board_is_refused(voices, role):
    by, kept = Actor("x", role), Problem.objects.get()
    for verb in (
        lambda: load_problems([PROBLEM], by=by),
        lambda: keep_problem(PROBLEM, by=by),
        lambda: show_problem(kept.pk, by=by, version=1, is_shown=False),
        lambda: gather(PracticeDraft(kept.pk, "x", "x"), by=by),
        lambda: show_practice(kept.pk, by=by, version=1, is_shown=True),
    ):
        with pytest.raises(NotAllowedError):
            verb()


def test_a_double_click_poses_one_question_and_gathers_one_practice(cast):
    editor = client_of(cast.of(Role.MUSEUM_EDITOR))
    posed = {**SAID, "city": cast.guanajuato.slug}
    learnt = {"title": "Juntar la lluvia", "text": "Del techo."}
    for made, said in ((Problem, posed), (Practice, learnt)):
        names = [] if made is Problem else [Problem.objects.get().pk]
        address = reverse("museum_new_problem" if made is Problem else "museum_new_practice", args=names)
        key = re.search(r'name="key" value="([^"]+)"', editor.get(address).content.decode())[1]
        assert [editor.post(address, said | {"key": key}).status_code for _click in range(2)] == [302, 302]
        assert made.objects.count() == 1
        other = editor.post(address, said | {"key": key, "text": "Otra cosa"})
        assert (other.status_code, "Otra cosa" in other.content.decode()) == (200, True)
        assert made.objects.count() == 1


def test_an_editor_poses_mends_shows_and_learns(cast):
    editor = client_of(cast.of(Role.MUSEUM_EDITOR))
    home = cast.guanajuato.slug
    assert editor.get(reverse("museum_board")).status_code == 200
    assert editor.post(reverse("museum_new_problem"), {**SAID, "city": "otra"}).status_code == 200
    assert editor.post(reverse("museum_new_problem"), {**SAID, "city": home, "asker": "source"}).status_code == 200
    assert not Problem.objects.exists()
    assert editor.post(reverse("museum_new_problem"), {**SAID, "city": home}).status_code == 302
    kept = Problem.objects.get()
    assert (kept.slug, kept.published_at) == ("que-hacer-con-el-agua", None)
    page = reverse("museum_problem", args=[kept.pk])
    shown = editor.post(page, {**SAID, "city": home, "version": kept.version, "publish": "1"})
    assert shown.status_code == 302
    kept.refresh_from_db()
    assert kept.published_at
    stale = editor.post(page, {**SAID, "city": home, "version": 1, "text": "Lo mío"})
    assert stale.status_code == 200
    assert "Lo mío" in stale.content.decode()
    assert Problem.objects.get().text == "Falta."

    learnt = {"title": "Cosechar lluvia", "text": "<script>x</script>"}
    assert editor.post(reverse("museum_new_practice", args=[kept.pk]), learnt).status_code == 302
    made = Practice.objects.get()
    page = reverse("museum_practice", args=[made.pk])
    assert editor.post(page, {**learnt, "version": made.version, "publish": "1"}).status_code == 302
    public = editor.get(f"/dialogo/{kept.slug}/").content.decode()
    assert "Cosechar lluvia" in public
    assert "<script>x" not in public
    assert editor.post(page, {**learnt, "version": 1}).status_code == 200


def test_another_city_s_board_is_not_there(cast):
    kept = keep_problem(ProblemDraft("x", cast.guanajuato.slug, "¿Qué?", "Eso."), by=EDITOR)
    other = client_of(cast.at(cast.other_office, Role.MUSEUM_EDITOR))
    for name in ("museum_problem", "museum_new_practice"):
        assert other.get(reverse(name, args=[kept.pk])).status_code == 404
    assert "¿Qué?" not in other.get(reverse("museum_board")).content.decode()
    assert client_of(cast.of(Role.READER)).get(reverse("museum_board")).status_code == 403
