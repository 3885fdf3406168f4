"""A course at the museum's door: read, answered, passed; nothing kept, nothing told that is not to be told."""

from __future__ import annotations

import re
from urllib.parse import urlencode

import pytest
from django.core.cache import cache
from django.test import Client, override_settings
from django.utils.html import escape

from hermanar.museum.models import Course, Lesson, Question
from hermanar.museum.rules.turns import Lane, Rate
from hermanar.museum.tokens import progress_token, read_progress
from tests.museum.lessons import draft, entered, lesson, question

pytestmark = pytest.mark.django_db
HOSTILE = "<script>alert(1)</script>\"'{{ 7*7 }}"


@pytest.fixture
def visitor():
    cache.clear()
    return Client(raise_request_exception=False)


@pytest.fixture
def course():
    return entered()


def read(client, address, status=200, **query):
    response = client.get(f"{address}?{urlencode(query)}" if query else address)
    assert response.status_code == status, response.content[:400]
    assert "Set-Cookie" not in response.headers
    assert not response.cookies
    return response.content.decode()


def avance(html):
    """Return the progress that the links of a page carry."""
    found = re.search(r"avance=([^\"&#]+)", html.split("<main")[1])
    return found[1] if found else ""


def passed_all(slug="curso", numbers=(1, 2)):
    return progress_token(slug, numbers)


# ── reading ──────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("prefix", ["", "/en"])
@pytest.mark.parametrize(
    "page", ["/cursos/", "/cursos/curso/", "/cursos/curso/leccion-1/", "/cursos/curso/prueba-final/"]
)
def test_pages_have_one_title_and_both_languages(visitor, course, prefix, page):
    html = read(visitor, prefix + page)
    assert len(re.findall("<h1", html)) == 1
    assert html.count('rel="alternate" hreflang=') == 2
    assert "{{" not in html
    assert 'style="' not in html
    ids = re.findall(r'\sid="([^"]+)"', html)
    assert len(ids) == len(set(ids))


def test_a_lesson_costs_few_questions_to_the_database(visitor, course, django_assert_max_num_queries):
    with django_assert_max_num_queries(8):
        read(visitor, "/cursos/curso/leccion-1/")


def test_a_text_without_english_is_shown_in_spanish_and_marked(visitor):
    entered(draft(title_en="", lessons=[lesson(1, title_en="", body_en=""), lesson(2)]))
    html = read(visitor, "/en/cursos/curso/leccion-1/")
    assert '<h1 lang="es">Título 1</h1>' in html
    assert 'class="lesson__text" lang="es"' in html
    assert '<h1 class="name-s" lang="es">El curso</h1>' in read(visitor, "/en/cursos/curso/")
    assert "Question 1?" in html


def test_the_next_step_is_always_there(visitor, course):
    assert 'href="/cursos/curso/leccion-1/">Empezar la lección 1' in read(visitor, "/cursos/curso/")
    html = read(visitor, "/cursos/curso/", avance=passed_all(numbers=[1]))
    assert "Aprobó 1 de 2 lecciones." in html
    assert "Seguir con la lección 2" in html
    assert "Presentar la prueba final" in read(visitor, "/cursos/curso/", avance=passed_all())
    assert "Ya aprobó esta lección." in read(visitor, "/cursos/curso/leccion-1/", avance=passed_all(numbers=[1]))


def test_nothing_is_told_before_the_answers(visitor, course):
    html = read(visitor, "/cursos/curso/leccion-1/")
    assert "Porque" not in html
    assert "la correcta" not in html
    assert html.count('type="radio"') == 4


# ── answering ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_answers_left_open_are_asked_for_and_the_others_stay(visitor, course):
    html = read(visitor, "/cursos/curso/leccion-1/", revisar="1", r1="b")
    assert "Falta 1 respuesta." in html
    assert re.search(r'name="r1" value="b" required checked', html)
    assert "Porque" not in html
    assert avance(html) == ""


def test_a_failed_lesson_says_why_and_counts_for_nothing(visitor, course):
    html = read(visitor, "/cursos/curso/leccion-1/", revisar="1", r1="b", r2="a")
    assert "Para aprobar hacen falta 2." in html
    assert "Porque 2." in html
    assert avance(html) == ""


def test_a_passed_lesson_leads_on_and_is_remembered_in_the_address(visitor, course):
    html = read(visitor, "/cursos/curso/leccion-1/", revisar="1", r1="b", r2="b")
    token = avance(html)
    assert read_progress(token, course="curso") == {1}
    assert "Lección 2: Título 2" in html
    html = read(visitor, "/cursos/curso/leccion-2/", avance=token, revisar="1", r1="b", r2="b")
    assert read_progress(avance(html), course="curso") == {1, 2}
    assert "Presentar la prueba final" in html
    assert "2 casos" in read(visitor, "/cursos/curso/prueba-final/", avance=avance(html))


def test_language_switch_keeps_answers_and_progress(visitor, course):
    html = read(visitor, "/cursos/curso/leccion-1/", avance=passed_all(numbers=[2]), revisar="1", r1="b", r2="a")
    english = re.search(r'<a href="http://testserver([^"]+)" hreflang="en"', html)[1].replace("&amp;", "&")
    again = read(visitor, english)
    assert "Because 2." in again
    assert read_progress(avance(again), course="curso") == {2}


@pytest.mark.parametrize(
    "forged",
    [
        "curso~1~2", "curso~1~2.firma", progress_token("otro", [1, 2]), f"{progress_token('curso', [1])}x", "x" * 5000,
        HOSTILE, "~.", ".", "curso~.",
    ],
)  # fmt: skip
def test_progress_that_is_not_ours_is_none(visitor, course, forged):
    html = read(visitor, "/cursos/curso/prueba-final/", avance=forged)
    assert "Se abre cuando las lecciones están aprobadas." in html
    assert HOSTILE not in html


def test_progress_signed_elsewhere_is_none(visitor, course):
    with override_settings(SECRET_KEY="otra instalación"):
        token = passed_all()
    assert "Faltan:" in read(visitor, "/cursos/curso/prueba-final/", avance=token)


def test_a_failed_final_test_names_what_to_read_and_no_answer(visitor, course):
    html = read(visitor, "/cursos/curso/prueba-final/", avance=passed_all(), revisar="1", r1="b", r2="a")
    assert "Lo que conviene repasar:" in html
    assert ">2. Título 2</a>" in html
    assert ">1. Título 1</a>" not in html
    assert "Porque" not in html
    assert "la correcta" not in html
    assert "aprobado" not in html


def test_a_passed_final_test_offers_the_certificate(visitor, course):
    html = read(visitor, "/cursos/curso/prueba-final/", avance=passed_all(), revisar="1", r1="b", r2="b")
    assert "aprobó el curso" in html
    assert 'name="aprobado" value="curso~1~100~' in html
    assert 'action="/cursos/curso/constancia/"' in html


def test_a_robot_at_the_final_test_is_slowed_down_and_nothing_grows(visitor, course, monkeypatch):
    monkeypatch.setattr("hermanar.museum.views.courses.COURSE_FINAL", Lane("few", Rate(3, 300)))
    before = {model: model.objects.count() for model in (Course, Lesson, Question)}
    query = {"avance": passed_all(), "revisar": "1", "r1": "a", "r2": "a"}
    codes = [visitor.get("/cursos/curso/prueba-final/", query).status_code for _time in range(5)]
    assert codes == [200, 200, 200, 429, 429]
    assert visitor.get("/cursos/curso/prueba-final/", {"avance": passed_all()}).status_code == 200
    assert {model: model.objects.count() for model in before} == before


@pytest.mark.parametrize("sent", [{"r1": HOSTILE, "r2": "zz"}, {"r1": "B", "r2": "d"}, {"r1": "ä" * 1000, "r2": "b"}])
def test_an_option_that_is_none_was_not_chosen(visitor, course, sent):
    html = read(visitor, "/cursos/curso/leccion-1/", revisar="1", **sent)
    assert "respuesta" in html
    assert "Porque" not in html
    assert "<script>alert" not in html


@pytest.mark.parametrize(
    ("query", "status"),
    [("r1=%00", 422), ("avance=%00", 422), ("r99=a", 422), ("color=azul", 422), ("r1=%ff", 400), ("utm_source=x", 200)],
)
def test_what_cannot_be_understood_is_refused(visitor, course, query, status):
    assert visitor.get(f"/cursos/curso/leccion-1/?{query}").status_code == status


def test_a_test_cannot_be_sent(visitor, course):
    assert visitor.post("/cursos/curso/leccion-1/", {"r1": "b"}).status_code == 405


def test_a_page_with_answers_is_not_to_be_found_by_others(visitor, course):
    assert visitor.get("/cursos/curso/?avance=x")["X-Robots-Tag"] == "noindex"
    assert "X-Robots-Tag" not in visitor.get("/cursos/curso/").headers


# ── what is not to be seen, and what is not to be run ────────────────────────────────────────────────────────────────

HIDDEN = [
    "/cursos/oculto/", "/cursos/oculto/leccion-1/", "/cursos/oculto/prueba-final/", "/cursos/curso/nada/",
    "/cursos/nada/", "/cursos/nada/leccion-1/",
]  # fmt: skip


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_an_unpublished_course_is_nowhere(visitor, course, prefix):
    entered(draft(slug="oculto", title="Canario amarillo", title_en="Yellow canary", summary="Canario"))
    Course.objects.filter(slug="oculto").update(published_at=None)
    for address in HIDDEN:
        html = read(visitor, prefix + address, status=404)
        assert "anario" not in html
    for address in ("/cursos/", "/cursos/curso/", "/sitemap-cursos.xml"):
        response = visitor.get(address if address.startswith("/sitemap") else prefix + address)
        body = b"".join(response.streaming_content) if response.streaming else response.content
        assert response.status_code == 200
        assert b"anario" not in body
        assert b"canary" not in body
        assert b"oculto" not in body


def test_a_course_of_tomorrow_is_not_there_yet(visitor, course):
    Course.objects.update(published_at="2999-01-01T00:00Z")
    read(visitor, "/cursos/curso/", status=404)
    assert "Todavía no hay cursos publicados" in read(visitor, "/cursos/")


def test_the_sitemap_leads_to_courses_and_lessons(visitor, course):
    text = b"".join(visitor.get("/sitemap-cursos.xml").streaming_content).decode()
    for address in ("/cursos/curso/", "/en/cursos/curso/", "/cursos/curso/leccion-2/"):
        assert f"<loc>http://testserver{address}</loc>" in text
    assert "/sitemap-cursos.xml" in visitor.get("/sitemap.xml").content.decode()


def test_scripts_in_every_field_are_words(visitor):
    values = dict.fromkeys(("title", "title_en", "body", "body_en", "sources"), HOSTILE)
    asked = dict.fromkeys(("text", "text_en", "option_a", "option_a_en", "explanation", "explanation_en"), HOSTILE)
    questions = [question(1, **asked), question(2, **asked, is_final=True)]
    entered(draft(lessons=[lesson(1, **values, questions=questions)], title=HOSTILE, summary=HOSTILE, title_en=HOSTILE))
    for prefix in ("", "/en"):
        for page in ("", "curso/", "curso/leccion-1/?revisar=1&r1=a", "curso/prueba-final/"):
            html = read(visitor, f"{prefix}/cursos/{page}")
            assert "<script>alert" not in html
            assert "49" not in html.replace(escape(HOSTILE), "")
        assert escape(HOSTILE) in html
    token = progress_token("curso", [1])
    html = read(visitor, f"/cursos/curso/prueba-final/?avance={token}&revisar=1&r1=b")
    assert "<script>alert" not in html
    assert escape(HOSTILE) in html


def test_a_very_long_lesson_stays_whole(visitor):
    entered(draft(lessons=[lesson(1, body="Palabra larga. " * 20_000, sources="\n".join(["a | b"] * 500)), lesson(2)]))
    assert read(visitor, "/cursos/curso/leccion-1/").count("Palabra larga.") == 20_000
