"""A course on a telephone: a lesson read, its questions failed and passed, the final test, the certificate verified."""

from __future__ import annotations

import io
import re
import urllib.parse
from pathlib import Path

import pypdf

from hermanar.console.shipped_courses import course_drafts
from tests.browser.conftest import PHONE

NAME = "Inés Peña"
COURSE = course_drafts()[0]


def rights(lesson, *, final=False):
    return [one["right"] for one in lesson.questions if one["is_final"] is final]


def answer(who, letters):
    for number, letter in enumerate(letters, 1):
        who.page.locator(f"[name=r{number}][value={letter}]").check()


def wrong(letters):
    return ["a" if letter != "a" else "b" for letter in letters]


def test_a_pupil_goes_from_the_list_to_a_certificate(people, look):  # noqa: PLR0915  one story
    pupil = people(size=PHONE, java_script_enabled=True)
    pupil.open("/cursos/")
    look(pupil, "courses")
    pupil.follow(COURSE.values["title"])
    look(pupil, "course")
    pupil.follow("Empezar la lección 1")
    look(pupil, "lesson")

    first = rights(COURSE.lessons[0])
    answer(pupil, wrong(first))
    pupil.press("Revisar mis respuestas")
    assert "Para aprobar hacen falta 3" in pupil.said()
    look(pupil, "lesson-failed")
    for lesson in COURSE.lessons:
        answer(pupil, rights(lesson))
        pupil.press("Revisar")
        assert "Lección aprobada." in pupil.said()
        if lesson is COURSE.lessons[0]:
            look(pupil, "lesson-passed")
        pupil.page.set_viewport_size(PHONE)
        is_last = lesson is COURSE.lessons[-1]
        pupil.follow("Presentar la prueba final" if is_last else f"Lección {lesson.values['number'] + 1}:")

    finals = [letter for lesson in COURSE.lessons for letter in rights(lesson, final=True)]
    answer(pupil, wrong(finals))
    pupil.press("Entregar la prueba")
    assert "Lo que conviene repasar" in pupil.said()
    assert "la correcta" not in pupil.said()
    look(pupil, "final-failed")
    answer(pupil, finals)
    pupil.press("Entregar otra vez")
    assert "aprobó el curso" in pupil.said()
    look(pupil, "final-passed")

    pupil.page.get_by_label("Nombre que llevará la constancia").fill(NAME)
    with pupil.page.expect_download() as told:
        pupil.page.get_by_role("button", name="Descargar mi constancia").click()
    text = "".join(
        page.extract_text() for page in pypdf.PdfReader(io.BytesIO(Path(told.value.path()).read_bytes())).pages
    )
    assert NAME in text
    joined = re.sub(r"\s", "", text)
    address = re.search(r"/cursos/constancia/[^/]+/", joined)[0]

    school = people(java_script_enabled=False)
    school.open(urllib.parse.unquote(address))
    look_at = school.said()
    assert "Este museo firmó esta constancia" in look_at
    assert NAME not in look_at
    for name, says in (("Otra Persona", "No es de esa persona"), (NAME, "Es auténtica")):
        school.page.get_by_label("Nombre que lleva la constancia").fill(name)
        school.press("Comprobar")
        assert says in school.said()
    other = people()
    other.open(address)
    look(other, "verification")
    assert pupil.page.context.cookies() == []
    other.open("/cursos/guia-para-escuelas/")
    look(other, "school-guide")
