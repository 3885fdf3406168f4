"""The pages by which an office takes over what is documented of its city, and enters what nobody documented."""

from __future__ import annotations

import datetime as dt
import re
import uuid
import zipfile

import pytest
from django.test import Client
from django.urls import reverse

from hermanar.agreements import actions
from hermanar.agreements.actions import StepDraft
from hermanar.agreements.models import Agreement, AgreementVersion, ProcedureStep
from hermanar.agreements.vocabulary import Registered, Role, Stage
from hermanar.foundation.access import Role as Post
from hermanar.foundation.calendar import today_in
from hermanar.offices.models import Office
from hermanar.workspace.dossier import known_on, make_dossier
from hermanar.workspace.forms.past import written
from tests import factories as make
from tests.workspace.signing_in import client_of
from tests.workspace.test_handover import checked, written_at

pytestmark = pytest.mark.django_db
PAST, ENTER, FILES = "workspace:past", "workspace:enter_past", "workspace:files"


@pytest.fixture
def documented(cast):
    """Return a documented agreement of Guanajuato of which only the year is known, and one of a whole day."""
    umea = make.place("Umeå", code="SE")
    year = make.draft(cast.guanajuato, cast.ashland, reference="gto-1", signed="1969")
    return make.agreements(year, make.draft(cast.guanajuato, umea, reference="gto-2", signed="1998-03-02"))


@pytest.fixture
def coordinator(cast):
    return client_of(cast.of(Post.COORDINATOR))


def take(client, *records):
    return client.post(reverse(PAST), {"agreements": [str(one.pk) for one in records]}, follow=True)


def test_the_list_tells_of_them_and_takes_them(cast, documented, coordinator):
    told = "Hay 2 acuerdos documentados de Guanajuato que esta oficina no lleva todavía."
    assert told in coordinator.get(reverse(FILES)).text
    page = coordinator.get(reverse(PAST)).text
    assert told in page
    assert page.count('name="agreements"') == page.count("checked") == 2
    assert "Ashland (US) · hermanamiento · 1969" in page
    answer = take(coordinator, *documented)
    assert answer.redirect_chain == [(f"{reverse(FILES)}?etapa=recorded", 302)]
    assert "2 acuerdos son ya expedientes." in answer.text
    assert "guanajuato/" in answer.text
    assert "gto-1" not in answer.text  # a file is called by its number
    assert "documentados" not in coordinator.get(reverse(FILES)).text
    assert set(Agreement.objects.filter(office=cast.office)) == set(documented)
    assert take(coordinator, *documented).status_code == 200  # sent twice: taken once
    assert Agreement.objects.exclude(file_number="").count() == 2


def test_only_what_is_marked_is_taken(documented, coordinator):
    take(coordinator, documented[0])
    assert [one.office_id is not None for one in Agreement.objects.order_by("reference")] == [True, False]
    assert "Hay 1 acuerdo documentado" in coordinator.get(reverse(FILES)).text
    assert "Marque al menos uno." in take(coordinator).text
    assert "ya no se puede tomar" in coordinator.post(reverse(PAST), {"agreements": [str(uuid.uuid4())]}).text
    assert coordinator.post(reverse(PAST), {"agreements": ["nada"]}).status_code == 200


def test_the_file_says_its_sources_and_no_way_through_the_procedure(documented, coordinator):
    take(coordinator, *documented)
    page = coordinator.get(reverse("workspace:file", args=[documented[0].pk])).text
    assert "Fuente fuente" in page
    assert "1 de enero" not in page  # of 1969 no day is known
    assert "rail__step" not in page
    assert "Nada pendiente" in page
    for step in ("renew", "suspend", "terminate", "reaffirm"):
        assert reverse("workspace:step", args=[documented[0].pk, step]) in page
    found = coordinator.get(reverse(FILES), {"q": Agreement.objects.get(pk=documented[0].pk).number}).text
    assert "Ashland" in found
    table = coordinator.get(reverse("workspace:files_table", args=["csv"])).content.decode("utf-8-sig")
    assert table.splitlines()[2].endswith(",1969")
    assert "1998-03-02" in table
    assert coordinator.get(reverse("workspace:certificate", args=[documented[0].pk, "pdf"])).status_code == 200
    assert coordinator.get(reverse("workspace:counterpart", args=[documented[0].pk])).status_code == 200


def test_a_step_is_taken_from_its_page(cast, documented, coordinator):
    take(coordinator, documented[0])
    kept = Agreement.objects.get(pk=documented[0].pk)
    today = today_in(cast.office.time_zone)
    form = {"version": kept.version, "on": today.isoformat(), "until": (today + dt.timedelta(days=900)).isoformat()}
    answer = coordinator.post(reverse("workspace:step", args=[kept.pk, "renew"]), form)
    assert answer.status_code == 302
    assert ProcedureStep.objects.get().stage_after == Stage.RECORDED


def test_a_demonstration_is_told_why_not(cast, documented, coordinator):
    Office.objects.update(is_demonstration=True)
    assert "puede ver la lista, no tomar acuerdos reales" in coordinator.get(reverse(PAST)).text
    assert "Esta oficina es de demostración: no lleva acuerdos reales" in take(coordinator, *documented).text
    assert not Agreement.objects.filter(office__isnull=False).exists()


def test_who_may_not_take_is_not_told(cast, documented):
    analyst = client_of(cast.of(Post.ANALYST))
    assert reverse(PAST) not in analyst.get(reverse(FILES)).text
    assert take(analyst, *documented).status_code == 403


PUBLIC = [
    ("museum:agreements", []),
    ("museum:observatory", []),
    ("api:list_agreements", []),
    ("api:read_statistics", []),
    ("dataset", ["acuerdos", "csv"]),
    ("dataset", ["acuerdos", "json"]),
    ("dcat", []),
]


def seen(slugs):
    visitor = Client()
    pages = [visitor.get(reverse(name, args=args)) for name, args in PUBLIC]
    for name in ("museum:agreement", "api:read_agreement", "agreement_jsonld"):
        pages += [visitor.get(reverse(name, args=[slug])) for slug in slugs]
    assert {page.status_code for page in pages} == {200}
    return [page.getvalue() if page.streaming else page.content for page in pages]


def test_the_public_gets_the_same_bytes(documented, coordinator):
    slugs = [one.slug for one in documented]
    before = seen(slugs)
    take(coordinator, *documented)
    assert seen(slugs) == before


PATH_TASKS = ("Obtener el dictamen favorable", "Enviar las copias firmadas")


@pytest.mark.parametrize(
    ("registered", "state", "told"),
    [
        (Registered.UNKNOWN, "consta", "Se firmó"),
        (Registered.NO, "en parte", "Consta que no está inscrito"),
        (Registered.YES, "consta", "Consta como inscrito"),
    ],
)
def test_the_path_of_a_past_agreement_asks_nothing_that_its_file_cannot_do(cast, coordinator, registered, state, told):
    past = make.agreement(cast.guanajuato, make.place("Umeå", code="SE"), signed="1998", registered=registered)
    take(coordinator, past)
    page = coordinator.get(reverse("workspace:path", args=[past.pk])).text
    signature = re.search(r'<h3 class="path__name">6\..*?<h3', page, re.DOTALL)[0]
    assert state in re.sub(r"<[^>]+>", "", signature)
    assert told in signature
    assert re.search(r">1998<", signature)  # of the signature only the year is known
    assert not [words for words in PATH_TASKS if words in page]
    assert "Lo que sigue: fase 7 de 7" in page
    asked = re.search(r'href="([^"]*/datos/[^"]*#id_areas)"', page)[1]
    assert 'id="id_areas' in coordinator.get(asked.replace("&amp;", "&")).text


def test_the_dossier_holds_them_since_they_were_taken(cast, documented, tmp_path):
    by, today = cast.of("director"), today_in(cast.office.time_zone)
    month = [today - dt.timedelta(days=days) for days in (30, 20, 10)]
    taken = actions.take_over([one.pk for one in documented], office=cast.office.pk, by=by, today=today)
    written_at(AgreementVersion, month[1])
    key = next(one.pk for one in taken if one.reference == "gto-1")
    version = Agreement.objects.get(pk=key).version
    actions.suspend(key, by=by, version=version, step=StepDraft(on=today, reason="sí"), today=today)
    assert known_on(cast.office, month[0]).rows["agreements"] == []  # not the office's yet
    for day in (month[2], today):  # before the suspension, and after
        rows = {row["file"]: row for row in known_on(cast.office, day).rows["agreements"]}
        assert sorted(row["signed_on"] for row in rows.values()) == ["1969", "1998-03-02"]
        assert {row["visibility"] for row in rows.values()} == {"published"}
        assert {row["stage"] for row in rows.values()} == {"recorded"}
    assert not any("no tiene pasos" in limit for limit in known_on(cast.office, today).limits)
    path = tmp_path / "entrega.zip"
    with make_dossier(known_on(cast.office, today)) as made:
        path.write_bytes(made.zip.read())
    with zipfile.ZipFile(path) as archive:
        archive.extract("verify_dossier.py", tmp_path)
    done = checked(path)
    assert (done.returncode, "Todo coincide" in done.stdout) == (0, True), done.stdout + done.stderr


def form(**values):
    return {
        "key": str(uuid.uuid4()),
        "counterpart": "Ashland",
        "standing": "government",
        "kind": "twinning",
        "signed": "1987-12",
        "source": "Acta 14, Archivo Histórico, caja 12",
        **values,
    }


def test_a_past_agreement_enters_from_its_page(cast, coordinator):
    assert "¿En qué papel consta" in coordinator.get(reverse(ENTER)).text
    sent = form()
    answer = coordinator.post(reverse(ENTER), sent)
    made = Agreement.objects.get()
    assert answer.url == reverse("workspace:file", args=[made.pk])
    assert (made.office, made.stage, str(made.signed)) == (cast.office, Stage.RECORDED, "1987-12")
    assert made.parties.get(role=Role.COUNTERPART).place == cast.ashland
    page = coordinator.get(answer.url).text
    assert "Acta 14, Archivo Histórico, caja 12" in page
    assert "diciembre de 1987" in page.replace("\u00a0", " ")
    coordinator.post(reverse(ENTER), sent | {"told": str(cast.ashland.pk)})
    assert Agreement.objects.count() == 1  # the same page sent twice


def test_what_is_wrong_is_told_beside_its_field(coordinator, cast):
    assert "No es una fecha" in coordinator.post(reverse(ENTER), form(signed="12/1987")).text
    assert "está por venir" in coordinator.post(reverse(ENTER), form(signed="2999")).text
    assert coordinator.post(reverse(ENTER), form(source="")).status_code == 200
    assert not Agreement.objects.exists()


def test_one_that_is_documented_is_not_entered_unasked(cast, documented, coordinator):
    asked = coordinator.post(reverse(ENTER), form())
    assert "Con esa contraparte ya hay algo documentado" in asked.text
    assert Agreement.objects.count() == 2
    again = coordinator.post(reverse(ENTER), form(told=str(cast.ashland.pk)))
    assert again.status_code == 302
    assert Agreement.objects.count() == 3


def test_a_hidden_record_is_not_told(cast, coordinator):
    make.agreement(cast.guanajuato, cast.ashland, is_published=False)
    assert coordinator.post(reverse(ENTER), form()).status_code == 302


# ── correcting ───────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def entered(cast, coordinator):
    coordinator.post(reverse(ENTER), form(term_years="5"))
    return Agreement.objects.get()


def page_of(kept):
    return reverse("workspace:correct_past", args=[kept.pk])


def told(kept, **values):
    """Return what a browser sends of the page as it is shown now, with what a person changed in it."""
    shown = {name: "on" if value is True else value for name, value in written(kept).items() if value}
    return {**shown, "version": kept.version, "source": "Acta 15, caja 3", **values}


def test_what_a_past_agreement_says_is_put_right_from_its_file(entered, coordinator):
    assert entered.term_years == 5  # as it was entered
    file = coordinator.get(reverse("workspace:file", args=[entered.pk])).text
    assert page_of(entered) in file
    assert 'value="1987-12"' in coordinator.get(page_of(entered)).text
    sent = told(entered, signed="1987-12-21", term_years="", is_open_ended="on")
    answer = coordinator.post(page_of(entered), sent, follow=True)
    assert "Corregido." in answer.text
    assert "21 de diciembre de 1987" in answer.text.replace("\u00a0", " ")
    assert "Acta 15, caja 3" in answer.text
    after = Agreement.objects.get()
    assert (str(after.signed), after.term_years, after.is_open_ended) == ("1987-12-21", None, True)
    twice = coordinator.post(page_of(entered), sent)  # the button was pressed twice
    assert (twice.status_code, Agreement.objects.get().version) == (302, after.version)
    assert "Nada cambió" in coordinator.post(page_of(entered), told(after), follow=True).text
    assert Agreement.objects.get().version == after.version


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"signed": "12/1987"}, "No es una fecha"),
        ({"signed": "2999"}, "está por venir"),
        ({"source": " "}, "Este campo es necesario"),
        ({"title_es": ""}, "Este campo es necesario"),
        ({"is_open_ended": "on"}, "no las dos"),
        ({"registration_number": "RAI-7"}, "diga que está inscrito"),
        ({"registered": "yes", "registered_on": "1980"}, "anterior a la firma"),
        ({"kind": "pacto"}, "no es una de las opciones"),
    ],
)
def test_a_wrong_correction_is_told_and_changes_nothing(entered, coordinator, values, said):
    answer = coordinator.post(page_of(entered), told(entered, **values))
    assert (answer.status_code, said in answer.text) == (200, True)
    assert 'value="Acta 15, caja 3"' in answer.text or "source" in values  # what was typed stays
    assert Agreement.objects.get().version == entered.version


def test_two_people_correct_and_nothing_is_lost(cast, entered, coordinator):
    other = client_of(cast.of(Post.DIRECTOR))
    other.post(page_of(entered), told(entered, signed="1988", term_years="7"))
    conflict = coordinator.post(page_of(entered), told(entered, title_es="Carta", term_years="9"))
    assert conflict.status_code == 200
    assert "Otra persona cambió el expediente" in conflict.text
    assert re.search(r"Vigencia en años</strong>: ahora dice «7»\. Abajo sigue lo que usted escribió", conflict.text)
    assert re.search(r"¿Cuándo se firmó\?</strong>: ahora dice «1988»\. Abajo ya está así", conflict.text)
    now = Agreement.objects.get()
    again = told(now, title_es="Carta", term_years="9", signed="1988")
    for name in ("title_es", "term_years", "signed"):
        assert f'value="{again[name]}"' in conflict.text
    coordinator.post(page_of(entered), again)
    last = Agreement.objects.get()
    assert (last.title_es, last.term_years, str(last.signed)) == ("Carta", 9, "1988")


def test_somebody_who_changed_something_else_is_told_too(cast, entered, coordinator):
    analyst = cast.of(Post.ANALYST)
    actions.edit_file(entered.pk, by=analyst, version=entered.version, values={"languages": ["es", "sv"]})
    answer = coordinator.post(page_of(entered), told(entered, title_es="Carta"))
    assert "Otra persona cambió el expediente" in answer.text
    spoilt = coordinator.post(page_of(entered), told(entered, title_es="Carta", version=999_999_999_999))
    assert "Otra persona cambió el expediente" in spoilt.text
    assert Agreement.objects.get().title_es == entered.title_es
    assert coordinator.post(page_of(entered), told(Agreement.objects.get(), title_es="Carta")).status_code == 302


def test_a_button_pressed_twice_is_no_other_person(entered, coordinator):
    sent = told(entered, kind="other")  # the titles follow the kind: the second form still has the old ones
    assert coordinator.post(page_of(entered), sent).status_code == 302
    assert coordinator.post(page_of(entered), sent).status_code == 302
    assert Agreement.objects.get().version == entered.version + 1


@pytest.mark.parametrize("moment", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "", "ayer", "2026-13-01"])
def test_a_moment_that_is_none_is_long_ago(entered, coordinator, moment):
    sent = told(entered, title_es="Carta", version=999, seen_at=moment)
    assert "Otra persona cambió el expediente" in coordinator.post(page_of(entered), sent).text


def test_a_conflict_finds_no_fault_where_nobody_wrote(cast, entered, coordinator):
    Agreement.objects.update(registration_number="R-1")
    analyst = cast.of(Post.ANALYST)
    actions.edit_file(entered.pk, by=analyst, version=entered.version, values={"languages": ["es", "sv"]})
    answer = coordinator.post(
        page_of(entered), told(Agreement.objects.get(), title_es="Carta", version=entered.version)
    )
    assert ("Otra persona" in answer.text, "No se guardó todavía" in answer.text) == (True, False)


def test_two_people_correct_what_was_entered_under_the_first_release(cast, entered, coordinator):
    first = AgreementVersion.objects.get()
    first.values = {name: first.values[name] for name in first.values if not name.startswith(("signed", "regist"))}
    first.save()
    client_of(cast.of(Post.DIRECTOR)).post(page_of(entered), told(entered, signed="1988"))
    conflict = coordinator.post(page_of(entered), told(entered, title_es="Carta"))
    assert "ahora dice «1988»" in conflict.text
    assert 'value="1988"' in conflict.text


def test_the_history_says_who_corrected_what_and_on_which_paper(entered, coordinator):
    values = {"signed": "", "term_years": "", "is_open_ended": "on", "registered": "no"}
    coordinator.post(page_of(entered), told(entered, **values))
    history = coordinator.get(reverse("workspace:file", args=[entered.pk])).text.split('id="historia"')[1]
    for words in (
        "Corrección de lo que consta",
        "¿Cuándo se firmó?: decía «1987-12», dice «nada».",
        "Vigencia en años: decía «5», dice «nada».",
        "Vigencia indefinida: decía «no», dice «sí».",
        "dice «no inscrito».",
        "Según: Acta 15, caja 3",
        "coordinator@guanajuato.example.org",
    ):
        assert words in history, words
    assert "Título" not in history


def test_what_a_record_had_before_is_not_in_the_way(entered, coordinator):
    Agreement.objects.update(registration_number="R-1", title_es="  Carta  ")  # as no page would have let it
    kept = Agreement.objects.get()
    assert coordinator.post(page_of(kept), told(kept, term_years="7")).status_code == 302
    after = Agreement.objects.get()
    assert (after.term_years, after.title_es, after.has_official_title) == (7, "  Carta  ", False)


def test_what_is_public_is_corrected_by_who_may_publish(cast, documented, coordinator):
    take(coordinator, documented[0])
    kept = Agreement.objects.get(pk=documented[0].pk)
    assert page_of(kept) not in coordinator.get(reverse("workspace:file", args=[kept.pk])).text
    assert "lo corrige quien puede publicarlo" in coordinator.get(page_of(kept), follow=True).text
    assert "lo corrige quien puede publicarlo" in coordinator.post(page_of(kept), told(kept, signed="1970")).text
    visitor = Client()
    before = visitor.get(reverse("museum:agreement", args=[kept.slug])).text
    director = client_of(cast.of(Post.DIRECTOR))
    assert director.post(page_of(kept), told(kept, signed="1970")).status_code == 302
    after = visitor.get(reverse("museum:agreement", args=[kept.slug])).text
    assert ("Expedientes de Oficina de Guanajuato" in before, "Acta 15, caja 3" in before) == (False, False)
    assert "Expedientes de Oficina de Guanajuato" in after
    assert "Acta 15, caja 3" in after


def test_other_files_have_no_such_page(cast, coordinator):
    parties = cast.file()
    opened = actions.draft(parties, office=cast.office.pk, by=cast.of("analyst"), today=dt.date(2026, 5, 4))
    assert coordinator.get(page_of(opened)).status_code == 404
    assert coordinator.post(page_of(opened), told(opened)).status_code == 404
    assert page_of(opened) not in coordinator.get(reverse("workspace:edit", args=[opened.pk])).text


def test_a_file_names_countries_in_the_reader_s_language(entered, coordinator):
    address = reverse("workspace:file", args=[entered.pk])
    assert "Estados Unidos ·" in coordinator.get(address).text
    assert "United States ·" in coordinator.get(f"/en{address}").text


def test_the_page_of_particulars_leads_there(entered, coordinator):
    assert page_of(entered) in coordinator.get(reverse("workspace:edit", args=[entered.pk])).text


def test_a_dossier_says_what_was_known_on_its_day(cast, entered, coordinator):
    today = today_in(cast.office.time_zone)
    written_at(AgreementVersion, today - dt.timedelta(days=20))
    coordinator.post(page_of(entered), told(entered, signed="1988-02-01", registered="yes", registration_number="R-7"))
    rows = [known_on(cast.office, day).rows["agreements"][0] for day in (today - dt.timedelta(days=10), today)]
    assert [row["signed_on"] for row in rows] == ["1987-12", "1988-02-01"]
    assert [row["registration_number"] for row in rows] == ["", "R-7"]
