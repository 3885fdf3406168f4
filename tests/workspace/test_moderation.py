"""The office decides on what the public sends: its own alone, one decision each, undone, kept with its reason."""

from __future__ import annotations

import datetime as dt
import html
import re
from urllib.parse import parse_qsl, urlsplit
from uuid import uuid4

import pytest
from django.urls import reverse

from hermanar.foundation import intake
from hermanar.foundation.calendar import public_day
from hermanar.foundation.intake import Complaint, Kind, Sending
from hermanar.foundation.intake.kinds import LETTER_CONSENT
from hermanar.foundation.intake.queries import shown
from hermanar.foundation.models import Contribution
from hermanar.workspace.dossier import known_on

pytestmark = pytest.mark.django_db
QUEUE = "/oficina/moderacion/"


@pytest.fixture
def cast(standing_cast, db):
    return standing_cast


@pytest.fixture
def editor(cast, everyone):
    return everyone[cast.office.slug, "museum_editor"]


@pytest.fixture
def director(cast, everyone):
    return everyone[cast.office.slug, "director"]


def hello(cast, text="Hola, vecinos", **more):
    content = {"sender": cast.ashland.slug, "receiver": cast.guanajuato.slug, "scene": "path", "wall": "rose"}
    values = {"office": cast.office.pk, "place": cast.guanajuato.slug, "key": uuid4(), **more}
    return intake.receive(Sending(Kind.HELLO, {**content, "text": text}, "es", **values))


def decide(client, kept, step, *, version=None, reason="", place=None):
    kept = Contribution.objects.get(pk=kept.pk)
    where = reverse("workspace:contribution", args=[kept.pk])
    return client.post(where, {"step": step, "version": version or kept.version, "reason": reason, **(place or {})})


def page(client, address=QUEUE):
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_an_item_is_read_published_and_taken_back(cast, editor):
    kept = hello(cast)
    shown_here = page(editor)
    assert "Hola, vecinos" in shown_here
    assert "Ashland" in shown_here
    done = decide(editor, kept, "publish")
    assert done.status_code == 302
    assert shown().filter(pk=kept.pk).exists()
    after = page(editor, done["Location"])
    assert "Deshacer" in after
    assert decide(editor, kept, "reconsider").status_code == 302
    assert not shown().exists()
    assert "Hola, vecinos" in page(editor)


def test_enter_while_a_reason_is_written_decides_nothing(cast, editor):
    """In a field of one line, Enter sends the first button of the form: it published what was to be refused."""
    kept = hello(cast)
    for address in (QUEUE, reverse("workspace:contribution", args=[kept.pk])):
        [form] = re.findall(r'<form class="decide".*?</form>', page(editor, address), re.DOTALL)
        assert '<textarea id="motivo-' in form
        assert set(re.findall(r'<input type="(\w+)"', form)) == {"hidden"}
        assert form.count("<input") == form.count('<input type="hidden"')


def test_a_refusal_asks_for_its_reason_and_keeps_it(cast, editor):
    kept = hello(cast)
    refused = decide(editor, kept, "refuse")
    assert refused.status_code == 422
    assert "Escriba el motivo" in refused.content.decode()
    assert decide(editor, kept, "refuse", reason="No es <b>un</b> saludo").status_code == 302
    own = page(editor, reverse("workspace:contribution", args=[kept.pk]))
    assert "No es &lt;b&gt;un&lt;/b&gt; saludo" in own
    assert "museum_editor@guanajuato.example.org" in own
    assert "Hola, vecinos" in page(editor, "/oficina/moderacion/decididas/?estado=refused")


def test_a_double_click_decides_once_and_the_second_person_is_told(cast, editor, director):
    kept = hello(cast)
    assert [decide(editor, kept, "publish", version=1).status_code for _click in range(2)] == [302, 302]
    late = decide(director, kept, "refuse", version=1, reason="Lo mío")
    assert late.status_code == 422
    assert "Otra persona decidió" in late.content.decode()
    assert kept.steps.count() == 1


def test_what_is_reported_stands_first_with_what_was_said(cast, editor):
    hello(cast, "espera desde antes")
    kept = hello(cast, "el de los avisos")
    decide(editor, kept, "publish")
    intake.report(kept.pk, Complaint.HARM, note="<i>mire</i>", key=uuid4())
    first = page(editor)
    assert first.index("el de los avisos") < first.index("espera desde antes")
    assert "1 aviso" in first
    assert "&lt;i&gt;mire" in page(editor, reverse("workspace:contribution", args=[kept.pk]))
    hidden = decide(editor, kept, "hide", reason="ofende")
    assert not shown().exists()
    assert "Deshacer" in page(editor, hidden["Location"])
    assert decide(editor, kept, "restore").status_code == 302
    assert shown().count() == 1


def test_only_who_answers_for_it_erases(cast, editor, director):
    kept = hello(cast)
    assert decide(editor, kept, "remove", reason="x").status_code == 403
    assert decide(director, kept, "remove").status_code == 422
    assert decide(director, kept, "remove", reason="lo pidió").status_code == 302
    assert Contribution.objects.get(pk=kept.pk).content == {}
    own = page(director, reverse("workspace:contribution", args=[kept.pk]))
    assert "borrado" in own
    assert "Hola, vecinos" not in own


def test_another_office_finds_nothing(cast, everyone):
    kept = hello(cast)
    other = everyone[cast.other_office.slug, "director"]
    assert "Hola, vecinos" not in page(other)
    assert other.get(reverse("workspace:contribution", args=[kept.pk])).status_code == 404
    assert decide(other, kept, "publish").status_code == 404
    steward = everyone[cast.ministry.slug, "registry_steward"]
    assert "Hola, vecinos" not in page(steward)
    hello(cast, "a nadie", office=None)
    assert "a nadie" in page(steward)
    assert "a nadie" not in page(other)


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"step": "publish"},
        {"step": "fly", "version": "1"},
        {"step": "report", "version": "1"},
        {"step": "publish", "version": "9" * 40},
        {"step": "hide", "version": "1", "reason": "x"},
        {"step": "publish", "version": "\u0663"},
        {"step": "\x00", "version": "1"},
    ],
)
def test_what_no_form_sends_changes_nothing(cast, editor, given):
    kept = hello(cast)
    answer = editor.post(reverse("workspace:contribution", args=[kept.pk]), given)
    assert answer.status_code == 422
    kept.refresh_from_db()
    assert kept.state == "waiting"


@pytest.mark.parametrize(
    "query", ["?pagina=x", "?pagina=999999999999", "?clase=<script>", "?hecho=x", "?hecho=%00", "?clase=hello"]
)
def test_the_queue_takes_any_address(cast, editor, query):
    hello(cast, "<script>alert(1)</script>" + "ñ" * 200)
    answer = page(editor, QUEUE + query)
    assert "<script>alert" not in answer
    assert page(editor, "/oficina/moderacion/decididas/" + query)


HIDDEN = re.compile(r'<input type="hidden" name="(clase|pagina)" value="([^"]*)">')


@pytest.mark.parametrize(
    ("query", "carried"),
    [
        ("", {}),
        ("?clase=hello&pagina=2", {"clase": "hello", "pagina": "2"}),
        ("?clase=nothing&pagina=x", {}),
        ("?clase=%22%3E&pagina=9999999999&otra=1", {}),
    ],
)
def test_a_decision_leads_back_to_where_the_queue_was_read(cast, editor, query, carried):
    kept, *_others = [hello(cast, f"Saludo {number}") for number in range(11)]
    shown_here = page(editor, QUEUE + query)
    assert dict(HIDDEN.findall(shown_here)) == carried
    given = dict(parse_qsl(query[1:]))  # what a page could send, and what nobody's page sends
    done = decide(editor, kept, "publish", place=given)
    assert dict(parse_qsl(urlsplit(done["Location"]).query)) == {**carried, "hecho": str(kept.pk)}
    assert dict(HIDDEN.findall(page(editor, done["Location"]).split("Deshacer")[0])) == carried, "to undo it as well"
    undone = decide(editor, kept, "reconsider", place=given)
    assert dict(parse_qsl(urlsplit(undone["Location"]).query)) == carried


def test_a_decision_that_lacks_its_reason_keeps_where_the_queue_was_read(cast, editor):
    refused = decide(editor, hello(cast), "refuse", place={"clase": "hello", "pagina": "2"})
    assert refused.status_code == 422
    assert dict(HIDDEN.findall(refused.content.decode())) == {"clase": "hello", "pagina": "2"}


def test_who_opens_one_from_the_queue_is_led_back_there_too(cast, editor):
    for number in range(12):
        hello(cast, f"Hola {number}")
    queue = editor.get(QUEUE + "?clase=hello&pagina=2").content.decode()
    opened = html.unescape(re.search(r'<h2><a href="([^"]+)"', queue)[1])
    assert opened.endswith("?clase=hello&pagina=2")
    shown = editor.get(opened).content.decode()
    assert dict(HIDDEN.findall(shown)) == {"clase": "hello", "pagina": "2"}
    strange = opened.split("?")[0] + "?clase=%22%3E"
    assert HIDDEN.findall(editor.get(strange).content.decode()) == []


def test_what_waits_shows_on_the_first_page(cast, editor, everyone):
    assert "espera que alguien" not in page(editor, "/oficina/")
    hello(cast)
    assert "1 envío del público espera que alguien lo lea" in page(editor, "/oficina/")
    reader = everyone[cast.office.slug, "reader"]
    assert "espera que alguien" not in page(reader, "/oficina/")
    assert reader.get(QUEUE).status_code == 403


def test_the_queue_asks_the_database_as_often_for_one_as_for_three(cast, editor, django_assert_max_num_queries):
    hello(cast, "uno")
    page(editor)
    with django_assert_max_num_queries(60) as counted:
        page(editor)
    for text in ("dos", "tres"):
        hello(cast, text)
    with django_assert_max_num_queries(len(counted)):
        page(editor)


def test_a_letter_is_attended_to_with_its_words_and_taken_back(cast, editor):
    content = {
        "wished_on": "2027-03-04", "size": 25, "guided_in": "en", "group": "school", "institution": "Prepa 3",
        "contact": "maestra@example.org",
    }  # fmt: skip
    where = {"office": cast.office.pk, "place": cast.guanajuato.slug}
    visit = intake.receive(Sending(Kind.VISIT, content, "es", key=uuid4(), **where), consent=LETTER_CONSENT)
    inquiry = {"organisation": "Taller", "text": "¿Precio?", "contact": "taller@example.org"}
    asked = Sending(Kind.INQUIRY, inquiry, "es", key=uuid4(), about="una-planta", **where)
    asked = intake.receive(asked, consent=LETTER_CONSENT)
    queue = page(editor)
    assert queue.count("Dar por atendido") == 2
    assert "Publicar" not in queue.partition('id="cola"')[2]
    said = ("mailto:maestra@example.org", "4 de marzo de 2027", "escuela", "/negocios/una-planta/")
    assert [words for words in said if words not in queue.replace("\xa0", " ")] == []
    done = decide(editor, visit, "settle")
    assert "Deshacer" in page(editor, done["Location"])
    assert decide(editor, asked, "publish").status_code == 422
    assert Contribution.objects.get(pk=visit.pk).state == "settled"
    assert decide(editor, visit, "reconsider").status_code == 302
    assert page(editor).count("Dar por atendido") == 2


def test_the_dossier_tells_what_waits_and_what_was_decided_never_what_it_says(cast, editor):
    waiting, refused = hello(cast, "lo que espera"), hello(cast, "lo que no se publicó")
    hello(cast, "de otra oficina", office=cast.other_office.pk)
    decide(editor, refused, "refuse", reason="Se repite")
    known = known_on(cast.office, public_day())
    assert [(row["state_label"], row["reason"]) for row in known.rows["contributions"]] == [
        ("no publicado", "Se repite")
    ]
    assert [row["detail"] for row in known.rows["open_matters"] if "Del público" in row["what"]] == ["por leer"]
    assert waiting.content["text"] not in str(known.rows)
    before = known_on(cast.office, public_day() - dt.timedelta(days=2))
    assert before.rows["contributions"] == []
