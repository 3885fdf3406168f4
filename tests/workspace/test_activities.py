"""The pages of what was done: entered, asked about, mended, withdrawn, taken away; and the ties that sleep."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from uuid import UUID, uuid4

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from hermanar.agreements.actions import PastDraft, StepDraft, confirm, draft, enter_past, resume, suspend, terminate
from hermanar.agreements.models import Agreement
from hermanar.agreements.vocabulary import Kind
from hermanar.cooperation.actions import EntryDraft, publish_activity, record_activity, withdraw_activity
from hermanar.cooperation.models import Activity, ActivityFile
from hermanar.cooperation.vocabulary import ActivityKind
from hermanar.foundation.calendar import months_later, parse_partial, today_in
from hermanar.foundation.models import Document
from hermanar.foundation.papers import text_of
from hermanar.observatory.queries import lives_of
from hermanar.offices.models import Membership
from hermanar.workspace.dossier.knowing import known_on
from hermanar.workspace.due import turning_lines
from tests import factories as make
from tests.cast import document
from tests.cooperation.test_office_activities import picture
from tests.workspace.signing_in import client_of

pytestmark = pytest.mark.django_db
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
NOTE = "/oficina/actividades/anotar/"


@pytest.fixture
def today():
    return today_in("America/Mexico_City")


@pytest.fixture
def tie(cast, today):
    """A past agreement with Ashland that Guanajuato's office keeps."""
    past = PastDraft(cast.file().parties, Kind.TWINNING, source="Acta de cabildo 14")
    return enter_past(past, office=cast.office.pk, by=cast.of("director"), today=today)


@pytest.fixture
def other_tie(cast, today):
    parties = [make.party(cast.leon, "declaring"), make.party(cast.ashland)]
    by = cast.at(cast.other_office, "director")
    past = PastDraft(parties, Kind.TWINNING, source="Acta 3")
    return enter_past(past, office=cast.other_office.pk, by=by, today=today)


def membership_of(actor):
    return Membership.objects.get(user=actor.user)


def photo(name="foto.jpg", data=None):
    return SimpleUploadedFile(name, picture() if data is None else data, "image/jpeg")


def values(actor, tie, today, **given):
    yesterday = today - dt.timedelta(days=1)
    said = {"key": str(uuid4()), "writer": str(membership_of(actor).pk), "agreement": str(tie.pk), "kind": "visit",
            "on": yesterday.isoformat(), "description_es": "Vino el coro de Ashland", **given}  # fmt: skip
    return {name: value for name, value in said.items() if value is not None}


def send(actor, tie, today, *, headers=None, **given):
    return client_of(actor).post(NOTE, values(actor, tie, today, **given), headers=headers or {})


def entered(cast, tie, on, **given):
    told = {"kind": ActivityKind.VISIT, "description_es": "Visita", **given}
    entry = EntryDraft(start=parse_partial(str(on)), end=parse_partial(str(on)), **told)
    return record_activity(tie.pk, by=cast.of("director"), key=uuid4(), entry=entry, today=dt.date(2099, 1, 1))


# ── entering ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_an_event_of_yesterday_with_two_photographs(cast, tie, today):
    actor = cast.of("analyst")
    people = {"country_1": "México", "people_1": "40", "country_2": "estados unidos", "people_2": "12"}
    first = {"photograph_1": photo(), "alternative_1": "El coro"}
    second = {"photograph_2": photo("b.jpg", picture("blue")), "alternative_2": "El público"}
    press = "https://nota.mx/coro\n"
    answer = send(actor, tie, today, **first, **second, **people, author="Ana", press=press)
    made = Activity.objects.get()
    assert answer["Location"] == reverse("workspace:activity", args=[made.pk])
    assert (made.started_on, made.participants) == (today - dt.timedelta(days=1), {"MX": 40, "US": 12})
    assert sorted(made.files.values_list("alternative", "author", "rights")) == [
        ("El coro", "Ana", "office_only"), ("El público", "Ana", "office_only")]  # fmt: skip
    shown = client_of(actor).get(answer["Location"]).content.decode()
    assert 'alt="El coro"' in shown
    assert "52: México: 40, Estados Unidos: 12" in shown
    page = client_of(actor).get(reverse("workspace:life", args=[tie.pk])).content.decode()
    assert "Vino el coro de Ashland" in page
    assert "activo" in page


def test_the_same_form_sent_twice_is_one_activity(cast, tie, today):
    actor, key = cast.of("analyst"), str(uuid4())
    first = send(actor, tie, today, key=key, photograph_1=photo(), alternative_1="El coro")
    again = send(actor, tie, today, key=key, photograph_1=photo(), alternative_1="El coro")
    assert first["Location"] == again["Location"]
    assert (Activity.objects.count(), ActivityFile.objects.count(), Document.objects.count()) == (1, 1, 1)
    client = client_of(actor)
    changed = values(actor, tie, today, key=key, description_es="Vino el coro, y cantó")
    assert "ya se había guardado" in client.post(NOTE, changed, follow=True).content.decode()


def test_a_page_that_keeps_its_own_outbox_is_told_the_address(cast, tie, today):
    actor = cast.of("analyst")
    answer = send(actor, tie, today, headers={"Accept": "application/json"})
    address = reverse("workspace:activity", args=[Activity.objects.get().pk])
    assert answer.json() == {"address": address, "is_repeated": False, "is_as_sent": True}
    refused = send(actor, tie, today, headers={"Accept": "application/json"}, description_es="")
    assert refused["Content-Type"].startswith("text/html")


@pytest.mark.parametrize(("words", "is_as_sent"), [("Vino el coro", True), ("Vino el coro, y cantó", False)])
def test_a_page_that_keeps_its_own_outbox_is_told_what_was_there_already(cast, tie, today, words, is_as_sent):
    actor, key = cast.of("analyst"), str(uuid4())
    send(actor, tie, today, key=key, description_es="Vino el coro")
    again = send(actor, tie, today, key=key, description_es=words, headers={"Accept": "application/json"}).json()
    assert (again["is_repeated"], again["is_as_sent"]) == (True, is_as_sent)
    assert "ya se había guardado" not in client_of(actor).get(again["address"]).content.decode()


def test_a_page_of_an_earlier_day_that_is_refused_keeps_the_day_it_meant(cast, tie, today):
    meant = (today - dt.timedelta(days=5)).isoformat()
    refused = send(cast.of("analyst"), tie, today, on=meant, description_es="")
    [chosen] = re.findall(r'<input[^>]*name="on"[^>]* checked', refused.content.decode())
    assert f'value="{meant}"' in chosen
    plain = send(cast.of("analyst"), tie, today, description_es="").content.decode()
    assert len(re.findall(r'name="on"', plain)) == 3, "yesterday is offered once"


def test_what_another_person_wrote_is_not_taken_in_one_s_name(cast, tie, today):
    analyst, director = cast.of("analyst"), cast.of("director")
    sent = values(analyst, tie, today, photograph_1=photo(), alternative_1="El coro")
    answer = client_of(director).post(NOTE, sent)
    assert answer.status_code == 409
    assert "a nombre de otra persona" in answer.content.decode()
    assert (Activity.objects.count(), Document.objects.count()) == (0, 0)


def test_another_office_s_file_or_activity_does_not_exist(cast, tie, other_tie, today):
    actor = cast.of("director")
    refused = send(actor, other_tie, today)
    assert refused.status_code == 200, "no such choice"
    assert Activity.objects.count() == 0
    made, stranger = entered(cast, tie, today), client_of(cast.at(cast.other_office, "director"))
    for name in ("activity", "mend_activity", "withdraw_activity", "show_activity", "part_activity"):
        address = reverse(f"workspace:{name}", args=[made.pk])
        assert stranger.post(address, {"version": 1, "reason": "x"}).status_code in {404, 405} or name == "activity"
        assert stranger.get(address).status_code in {404, 405}
    letter = reverse("workspace:reactivation_letter", args=[tie.pk, "es", "pdf"])
    assert stranger.get(letter).status_code == 404
    assert "Visita" not in stranger.get(reverse("workspace:activities")).content.decode()
    assert Activity.objects.get().version == 1


WRONG = [
    ({"on": "2999-01-01"}, "Un plan no prueba"),
    ({"on": "other"}, "Falta cuándo fue"),
    ({"on": "other", "from_on": "2020-01-02", "until_on": "2020-01-01"}, "anterior al primero"),
    ({"on": "other", "known": "mayo"}, "No es un mes ni un año"),
    ({"on": "other", "known": "2020-01", "from_on": "2020-02-02"}, "borre el que no valga"),
    ({"on": "other", "known": "2020", "from_on": "2020-02-02"}, "borre el que no valga"),
    ({"on": "other", "known": "2020-01", "until_on": "2020-01-02"}, "borre el que no valga"),
    ({"people_1": "-3", "country_1": "México"}, "de 0 a 1 000 000"),
    ({"people_1": "3", "country_1": "Atlántida"}, "Ese país no existe"),
    ({"people_1": "3"}, "de qué país"),
    ({"people_1": "3", "country_1": "México", "people_2": "4", "country_2": "mexico"}, "ya está arriba"),
    ({"press": "www.nota.mx"}, "https://"),
    ({"description_es": ""}, "Qué se hizo"),
    ({"kind": "nada"}, "¿Qué fue?"),
    ({"photograph_1": photo()}, "Falta decir qué se ve"),
    ({"alternative_1": "El coro"}, "Falta la fotografía"),
    ({"photograph_1": photo(data=b"no es"), "alternative_1": "El coro"}, "es otra cosa"),
]


@pytest.mark.parametrize(("given", "said"), WRONG)
def test_what_is_wrong_is_said_and_nothing_is_kept(cast, tie, today, given, said):
    for one in given.values():
        if hasattr(one, "seek"):
            one.seek(0)
    shown = send(cast.of("analyst"), tie, today, **given).content.decode()
    assert "No se guardó todavía" in shown
    assert said in shown
    assert Activity.objects.count() == 0


def test_the_photographs_of_a_refused_form_are_not_asked_for_again(cast, tie, today):
    actor = cast.of("analyst")
    first = values(actor, tie, today, description_es="", photograph_1=photo(), alternative_1="El coro")
    shown = client_of(actor).post(NOTE, first).content.decode()
    assert "Ya recibida: foto.jpg" in shown.replace("\n", " ")
    kept = Document.objects.get()
    again = {**first, "description_es": "Vino el coro", "sent_photograph_1": str(kept.pk)}
    del again["photograph_1"]
    client_of(actor).post(NOTE, again)
    assert Activity.objects.get().files.get().document == kept
    foreign = document(cast.other_office, "ajena.jpg")
    stolen = values(actor, tie, today, sent_photograph_1=str(foreign.pk), alternative_1="Ajena")
    assert "Falta la fotografía" in client_of(actor).post(NOTE, stolen).content.decode()


def test_what_was_told_already_is_asked_about(cast, tie, today):
    actor = cast.of("analyst")
    first = entered(cast, tie, today - dt.timedelta(days=1))
    sent = values(actor, tie, today, photograph_1=photo(), alternative_1="El coro")
    shown = client_of(actor).post(NOTE, sent).content.decode()
    assert "¿Es la misma?" in shown
    assert str(first.pk) in shown
    assert Activity.objects.count() == 1
    del sent["photograph_1"]
    sent["sent_photograph_1"] = str(Document.objects.get().pk)
    client_of(actor).post(NOTE, {**sent, "same": str(first.pk)})
    second = Activity.objects.get(pk=UUID(sent["key"]))
    assert second.same_as == first
    page = client_of(actor).get(reverse("workspace:activity", args=[second.pk])).content.decode()
    assert "separarlas" in page
    client_of(actor).post(reverse("workspace:part_activity", args=[second.pk]), {"version": 1})
    assert Activity.objects.get(pk=second.pk).same_as is None
    other = values(actor, tie, today, same="other")
    client_of(actor).post(NOTE, other)
    assert Activity.objects.count() == 3


def test_an_office_without_files_is_led_to_them(cast):
    assert "Todavía no hay expedientes" in client_of(cast.of("analyst")).get(NOTE).content.decode()
    assert NOTE not in client_of(cast.of("analyst")).get(reverse("workspace:home")).content.decode()


def test_the_first_page_leads_to_the_form_at_once(cast, tie):
    assert f'href="{NOTE}"' in client_of(cast.of("analyst")).get(reverse("workspace:home")).content.decode()
    assert NOTE not in client_of(cast.of("reader")).get(reverse("workspace:home")).content.decode()


# ── mending, withdrawing, showing ────────────────────────────────────────────────────────────────────────────────────


def mended(cast, made, role="analyst", **given):
    actor = cast.of(role)
    said = {"key": str(made.pk), "writer": str(membership_of(actor).pk), "kind": "visit", "on": "other",
            "from_on": "2024-05-01", "description_es": "Visita", "version": "1", **given}  # fmt: skip
    return client_of(actor).post(reverse("workspace:mend_activity", args=[made.pk]), said)


def test_a_mended_activity_tells_what_it_said_before(cast, tie):
    made = entered(cast, tie, "2024-05-02", place="Guanajuato")
    form = client_of(cast.of("analyst")).get(reverse("workspace:mend_activity", args=[made.pk])).content.decode()
    assert 'value="2024-05-02"' in form
    assert mended(cast, made, place="Ashland").status_code == 302
    page = client_of(cast.of("reader")).get(reverse("workspace:activity", args=[made.pk])).content.decode()
    assert "antes: Guanajuato" in page
    assert "antes: 2\xa0de mayo de 2024" in page


@pytest.mark.row(4)
def test_a_stale_form_keeps_what_was_typed(cast, tie):
    made = entered(cast, tie, "2024-05-02", place="Guanajuato", press=["https://nota.mx/a", "https://nota.mx/b"])
    press = "https://nota.mx/a\r\nhttps://nota.mx/b"
    mended(
        cast, made, "director", place="Ashland", from_on="2024-05-09", until_on="2024-05-10", description_en="A visit",
        country_1="México", people_1="9", press="https://nota.mx/c",
    )  # fmt: skip
    mine = {"from_on": "2024-05-02", "until_on": "2024-05-02", "press": press}
    answer = mended(cast, made, place="Medford", description_es="Vino el coro", **mine)
    shown = answer.text
    assert "Otra persona cambió esta actividad" in shown
    assert "ahora dice «Ashland». Abajo sigue lo que usted escribió." in shown
    assert "ahora dice «9\xa0de mayo de 2024». Abajo ya está así." in shown
    assert 'value="Medford"' in shown
    assert 'name="version" value="2"' in shown
    assert Activity.objects.get().place == "Ashland"
    again = {name: value for name, value in answer.context["form"].data.items() if name != "csrfmiddlewaretoken"}
    assert mended(cast, made, **again).status_code == 302
    kept = Activity.objects.get()
    assert (kept.place, kept.description_es) == ("Medford", "Vino el coro"), "what this person typed"
    assert (str(kept.start), str(kept.end)) == ("2024-05-09", "2024-05-10"), "and what the other did"
    assert (kept.description_en, kept.participants, kept.press) == ("A visit", {"MX": 9}, ["https://nota.mx/c"])


def test_a_stale_form_is_not_judged_before_it_is_compared(cast, tie):
    made = entered(cast, tie, "2024-05-02")
    mended(cast, made, "director", place="Ashland")
    shown = mended(cast, made, press="www.nota.mx").text
    assert "Otra persona cambió esta actividad" in shown
    assert "ahora dice «Ashland»" in shown


def test_the_same_correction_sent_twice_is_one(cast, tie):
    made = entered(cast, tie, "2024-05-02")
    sent = {"from_on": "2024-05-02", "until_on": "2024-05-02", "place": "Ashland", "alternative_1": "El coro"}
    for _press in range(2):
        answer = mended(cast, made, **sent, photograph_1=photo())
        assert answer["Location"] == reverse("workspace:activity", args=[made.pk])
    assert (Activity.objects.get().version, ActivityFile.objects.count(), Document.objects.count()) == (2, 1, 1)


def words_of(one, **given):
    said = {"alternative": one.alternative, "author": one.author, "rights": one.rights, **given}
    return {f"told_{name}_{one.pk}": value for name, value in said.items()}


def test_the_words_of_a_photograph_are_changed_only_by_a_page_that_showed_it(cast, tie):
    made = entered(cast, tie, "2024-05-02")
    sent = {"alternative_1": "El coro", "author": "Ana", "rights": "own"}
    mended(cast, made, "director", photograph_1=photo(), **sent)
    one = ActivityFile.objects.get()
    answer = mended(cast, made, place="Medford")  # opened before the photograph came
    assert "fotografías y documentos" in answer.text.lower()
    again = {name: value for name, value in answer.context["form"].data.items() if name != "csrfmiddlewaretoken"}
    assert mended(cast, made, **again).status_code == 302
    assert mended(cast, made, version="3", place="Ashland").status_code == 302, "a page without it says nothing of it"
    one.refresh_from_db()
    assert (one.alternative, one.author, one.rights, one.removed_at) == ("El coro", "Ana", "own", None)
    mended(cast, made, "director", version="4", **words_of(one, author="Luis"))
    both = mended(cast, made, version="4", **words_of(one, alternative="El coro canta"))
    again = {name: value for name, value in both.context["form"].data.items() if name != "csrfmiddlewaretoken"}
    assert mended(cast, made, **again).status_code == 302
    one.refresh_from_db()
    assert (one.alternative, one.author) == ("El coro canta", "Luis")


@pytest.mark.parametrize(
    ("was", "given", "now"),
    [
        ("2024-05", {"known": "2024-05", "from_on": "2024-05-14"}, ("2024-05-14", "2024-05-14")),
        ("2024-05", {"known": "2024-05", "from_on": "2024-04-30", "until_on": "2024-05-02"},
         ("2024-04-30", "2024-05-02")),
        ("2024-05", {"known": "2024-06", "from_on": ""}, ("2024-06", "2024-06")),
        ("2024-05-14", {"known": "2024-05", "from_on": "2024-05-14", "until_on": "2024-05-14"}, ("2024-05", "2024-05")),
    ],
)  # fmt: skip
def test_of_a_day_and_a_month_the_one_typed_now_holds(cast, tie, was, given, now):
    made = entered(cast, tie, was)
    assert mended(cast, made, **given).status_code == 302
    made.refresh_from_db()
    assert (str(made.start), str(made.end)) == now


def test_a_day_and_a_month_both_typed_now_are_asked_about(cast, tie):
    made = entered(cast, tie, "2024-05")
    shown = mended(cast, made, known="2024-06", from_on="2024-05-14").text
    assert "borre el que no valga" in shown
    assert str(Activity.objects.get().start) == "2024-05"


def test_withdrawing_asks_for_a_reason_once(cast, tie):
    made = entered(cast, tie, "2024-05-02")
    client, address = client_of(cast.of("coordinator")), reverse("workspace:withdraw_activity", args=[made.pk])
    assert "Falta la razón" in client.post(address, {"version": 1, "reason": " "}).content.decode()
    assert "Otra persona la cambió" in client.post(address, {"version": 7, "reason": "x"}).content.decode()
    for _press in range(2):
        assert client.post(address, {"version": 1, "reason": "Fue en otra ciudad"}, follow=True).status_code == 200
    page = client.get(reverse("workspace:activity", args=[made.pk])).content.decode()
    assert "Fue en otra ciudad" in page
    assert "Corregir" not in page
    assert client_of(cast.of("analyst")).get(reverse("workspace:mend_activity", args=[made.pk])).status_code == 302


def test_an_activity_is_shown_and_hidden_again(cast, tie):
    made = entered(cast, tie, "2024-05-02", description_en="A visit", place="Guanajuato, sala")
    client, address = client_of(cast.of("director")), reverse("workspace:show_activity", args=[made.pk])
    page = client.get(reverse("workspace:activity", args=[made.pk])).text
    assert f'href="{address}"' in page
    shown = client.get(address).text
    assert "Esto leerá cualquiera" in shown
    assert shown.count("A visit") == 1
    assert "asentado el 2099-01-01" in shown
    assert "recorded on 2099-01-01" in shown
    assert "Guanajuato, sala" not in shown, "the public does not read where it was"
    assert Activity.objects.get().published_at is None
    assert "publique primero el expediente" in client.post(address, {"version": 1}, follow=True).content.decode()
    Agreement.objects.filter(pk=tie.pk).update(published_at=made.recorded_at)
    client.post(address, {"version": 1})
    assert Activity.objects.get().published_at
    assert client.get(address).status_code == 302
    assert "Otra persona la cambió" in client.post(address, {"version": "1", "hide": "1"}, follow=True).content.decode()
    client.post(address, {"version": 2, "hide": "1"})
    assert Activity.objects.get().published_at is None
    assert client.post(address, {"version": "x"}, follow=True).status_code == 200


def test_a_public_activity_says_who_mends_it(cast, tie):
    made = entered(cast, tie, "2024-05-02")
    Agreement.objects.filter(pk=tie.pk).update(published_at=made.recorded_at)
    publish_activity(made.pk, by=cast.of("director"), version=1)
    analyst, address = client_of(cast.of("analyst")), reverse("workspace:mend_activity", args=[made.pk])
    page = analyst.get(reverse("workspace:activity", args=[made.pk])).text
    assert "la corrige quien puede publicarla" in page
    assert address not in page
    assert analyst.get(address).status_code == 302
    shown = mended(cast, made, version="2", description_es="Lo que escribí").text
    assert "la corrige quien puede publicarla" in shown
    assert "Lo que escribí" in shown
    assert mended(cast, made, "director", version="2", description_es="Aprobado").status_code == 302
    assert Activity.objects.get().description_es == "Aprobado"


# ── lists to read and to take away ───────────────────────────────────────────────────────────────────────────────────


def rows_of(client, query=""):
    text = client.get(reverse("workspace:activities_table", args=["csv"]) + query).content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def test_the_list_narrows_and_is_taken_away_as_it_is_shown(cast, tie):
    entered(cast, tie, "2024-05-02", description_es="=Visita", participants={"MX": 3})
    entered(cast, tie, "2022", kind=ActivityKind.DONATION, description_es="Llegó un CAMIÓN")
    make.activity(tie, "2021-06", description="La cuenta una fuente")
    client = client_of(cast.of("reader"))
    found = rows_of(client)
    assert [row["inicio"] for row in found] == ["2024-05-02", "2022", "2021-06"]
    assert (found[0]["descripción"], found[0]["personas"], found[2]["estado"]) == ("'=Visita", "3", "de una fuente")
    for query, count in (("?clase=donation", 1), ("?ano=2024", 1), ("?q=camión", 1),
                         ("?q=CAMION llegó", 1), ("?q=llego visita", 0), ("?estado=public", 0),
                         (f"?expediente={tie.pk}", 3), (f"?expediente={uuid4()}", 0),
                         ("?expediente=x&ano=0000&clase=y", 3), ("?estado=withdrawn", 0),
                         ("?estado=standing", 3)):  # fmt: skip
        assert len(rows_of(client, query)) == count, query
        shown = client.get(reverse("workspace:activities") + query).content.decode()
        assert ("Ninguna actividad así" in shown) is (count == 0)
    book = client.get(reverse("workspace:activities_table", args=["xlsx"])).content
    sheet = openpyxl.load_workbook(io.BytesIO(book)).active
    assert sheet.max_row == 4
    assert client.get(reverse("workspace:activities_table", args=["ods"])).status_code == 404


def test_an_empty_list_says_what_belongs_there(cast, tie):
    assert (
        "Todavía no hay actividades"
        in client_of(cast.of("analyst")).get(reverse("workspace:activities")).content.decode()
    )


# ── before a tie falls silent ────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("months", "days", "title"),
    [
        (17, 20, None),
        (18, 2, "pasará a dormido"),
        (23, 20, "pasará a dormido"),
        (25, 0, None),
        (54, 2, "quedará en silencio"),
        (59, 20, "quedará en silencio"),
        (61, 0, None),
    ],
)
def test_a_tie_is_warned_of_half_a_year_before_it_changes(cast, tie, today, months, days, title):
    on = months_later(today, -months) - dt.timedelta(days=days)
    entered(cast, tie, on)
    found = turning_lines(cast.office, today=today)
    shown = client_of(cast.of("reader")).get(reverse("workspace:home")).content.decode()
    if title is None:
        assert found == []
        assert "El lazo" not in shown
        return
    [line] = found
    assert title in line.title
    assert "Se cuenta desde el" in line.why
    assert "«Visita»" in line.why
    assert line.on == months_later(on, 24 if "dormido" in title else 60) + dt.timedelta(days=1)
    assert line.title in shown
    assert f"?expediente={tie.pk}" in shown


def test_other_offices_and_unsigned_files_are_not_warned_of(cast, tie, today):
    entered(cast, tie, months_later(today, -20))
    assert turning_lines(cast.other_office, today=today) == []
    unsigned = draft(cast.file(), office=cast.office.pk, by=cast.of("director"), today=today)
    entered(cast, unsigned, months_later(today, -20))
    assert [line.number for line in turning_lines(cast.office, today=today)] == [tie.number]


def test_a_suspended_tie_rests_without_warning_until_it_is_resumed(cast, tie, today):
    entered(cast, tie, months_later(today, -20))
    by, why = cast.of("director"), StepDraft(on=today, reason="Obras")
    suspend(tie.pk, by=by, version=tie.version, step=why, today=today)
    assert turning_lines(cast.office, today=today) == []
    assert "el acuerdo está suspendido" not in client_of(by).get(reverse("workspace:reactivation")).text
    Activity.objects.filter(agreement=tie).update(
        started_on=months_later(today, -30), ended_on=months_later(today, -30)
    )
    assert "el acuerdo está suspendido" in client_of(by).get(reverse("workspace:reactivation")).text
    tie.refresh_from_db()
    resume(tie.pk, by=by, version=tie.version, step=why, today=today)
    assert "el acuerdo está suspendido" not in client_of(by).get(reverse("workspace:reactivation")).text
    Activity.objects.filter(agreement=tie).update(
        started_on=months_later(today, -20), ended_on=months_later(today, -20)
    )
    assert [line.number for line in turning_lines(cast.office, today=today)] == [tie.number]


def test_an_ended_tie_is_neither_warned_of_nor_taken_up_again(cast, tie, today):
    entered(cast, tie, months_later(today, -20))
    assert [one.agreement.pk for one in lives_of(cast.office.pk, today=today)] == [tie.pk]
    why = StepDraft(on=today, reason="Así lo acordaron")
    asked = terminate(tie.pk, by=cast.of("director"), version=tie.version, step=why, today=today)
    assert lives_of(cast.office.pk, today=today), "one person alone has only proposed it"
    version = Agreement.objects.get(pk=tie.pk).version
    confirm(asked.pk, by=cast.of("coordinator"), version=version, today=today)
    assert lives_of(cast.office.pk, today=today) == []
    assert turning_lines(cast.office, today=today) == []


# ── taking ties up again ─────────────────────────────────────────────────────────────────────────────────────────────


def test_sleeping_ties_are_listed_with_their_last_evidence(cast, tie, other_tie, today):
    client = client_of(cast.of("reader"))
    assert "ninguna con fecha" in client.get(reverse("workspace:reactivation")).content.decode()
    entered(cast, tie, months_later(today, -30), description_es="Última visita")
    shown = client.get(reverse("workspace:reactivation")).content.decode()
    assert "Última visita" in shown
    assert "dormido" in shown
    assert "León" not in shown
    table = client.get(reverse("workspace:reactivation_table", args=["csv"])).content.decode("utf-8-sig")
    [row] = csv.DictReader(io.StringIO(table))
    assert (row["vitalidad"], row["qué fue"]) == ("dormido", "Última visita")
    assert "Se cuenta desde el" in row["por qué"]
    book = client.get(reverse("workspace:reactivation_table", args=["xlsx"])).content
    assert openpyxl.load_workbook(io.BytesIO(book)).active.max_row == 2
    entered(cast, tie, months_later(today, -1))
    assert "Todos los lazos están activos" in client.get(reverse("workspace:reactivation")).content.decode()


def test_an_office_without_ties_is_told_so(cast):
    assert (
        "Todavía no hay lazos firmados"
        in client_of(cast.of("reader")).get(reverse("workspace:reactivation")).content.decode()
    )


LETTERS = [
    ("es", "docx", ["Última visita", "obra de arte local", "concurso público", "Estados Unidos"]),
    ("en", "docx", ["Last visit", "local work of art", "public competition", "United States", "May 2023"]),
    ("en", "pdf", ["Last visit", "local work of art"]),
    ("es", "pdf", ["Última visita"]),
]


@pytest.mark.parametrize(("language", "format_", "words"), LETTERS)
def test_the_letter_tells_the_last_and_asks_for_a_work(cast, tie, language, format_, words):
    entered(cast, tie, "2023-05", description_es="Última visita", description_en="Last visit")
    answer = client_of(cast.of("reader")).get(
        reverse("workspace:reactivation_letter", args=[tie.pk, language, format_])
    )
    kind = WORD if format_ == "docx" else "application/pdf"
    assert answer["Content-Type"] == kind
    text = " ".join(" ".join(text_of(answer.content, kind)).split())
    for word in ("Ashland", *words):
        assert word in text
    assert f"carta-ashland-{language}.{format_}" in answer["Content-Disposition"]


def test_a_letter_says_that_nothing_is_known_rather_than_invent(cast, tie):
    address = reverse("workspace:reactivation_letter", args=[tie.pk, "en", "docx"])
    text = " ".join(text_of(client_of(cast.of("reader")).get(address).content, WORD))
    assert "Our records tell of no dated activity" in text
    for language, format_ in (("fr", "docx"), ("en", "odt")):
        wrong = reverse("workspace:reactivation_letter", args=[tie.pk, language, format_])
        assert client_of(cast.of("reader")).get(wrong).status_code == 404


def test_the_dossier_counts_what_nobody_has_withdrawn(cast, tie, today):
    made = entered(cast, tie, months_later(today, -1))

    def vitality_in_dossier():
        [row] = known_on(cast.office, today).rows["agreements"]
        return row["vitality"]

    assert vitality_in_dossier() == "active"
    withdraw_activity(made.pk, by=cast.of("director"), version=1, reason="Fue otra ciudad")
    assert vitality_in_dossier() == "unknown"
