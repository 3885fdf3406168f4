"""The register: what awaits its entry, the entry, its refusals, tables and certificates."""

from __future__ import annotations

import csv
import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from hermanar.agreements.models import Agreement
from hermanar.foundation.access import CONSOLE, Role
from hermanar.foundation.models import Document, TrailEntry
from hermanar.foundation.papers import text_of
from hermanar.foundation.tables import read_table
from hermanar.offices.actions import change_role
from hermanar.offices.models import Membership
from hermanar.offices.vocabulary import MemberRole
from tests.files import DrivenFile
from tests.foundation.samples import pdf
from tests.workspace.signing_in import client_of

pytestmark = pytest.mark.django_db
ROOT = "workspace:register"


@pytest.fixture
def steward(cast):
    return client_of(cast.at(cast.ministry, Role.REGISTRY_STEWARD))


def at(file, name="entry", **more):
    return reverse(f"workspace:{name}", kwargs={"agreement": file.key, **more})


def sending(file, **values):
    base = {"version": file.now.version, "number": "RAI-7", "on": file.today.isoformat(), "letter": "DGCP/2"}
    return {**base, **values}


def test_register_shows_every_signed_agreement_and_first_what_awaits(cast, steward):
    signed, sent = DrivenFile(cast).cleared().signed(), DrivenFile(cast).sent()
    registered, draft = DrivenFile(cast).registered(), DrivenFile(cast).asked()
    cured = DrivenFile(cast).signed(is_without_opinion=True)
    page = steward.get(reverse(ROOT)).text
    assert page.index(str(sent.key)) < min(page.index(str(one.key)) for one in (signed, registered, cured))
    assert str(draft.key) not in page
    assert "1 espera su inscripción" in page
    for state, only in (("awaiting", sent), ("registered", registered), ("lacking", cured)):
        page = steward.get(reverse(ROOT), {"estado": state}).text
        assert [one for one in (signed, sent, registered, cured) if str(one.key) in page] == [only]
    assert str(registered.key) in steward.get(reverse(ROOT), {"texto": "RAI-7"}).text
    assert "Ningún acuerdo así" in steward.get(reverse(ROOT), {"texto": "nada de nada"}).text
    assert "Ningún acuerdo así" in steward.get(reverse(ROOT), {"oficina": "leon"}).text


def test_register_is_searched_without_case_and_accents(cast, steward):
    file = DrivenFile(cast).registered()
    Agreement.objects.filter(pk=file.key).update(title_es="Acuerdo con León")
    for asked in ("LEÓN", "león", "leon", "rai-7", "GUANAJUATO leon", "ÁSHLAND"):
        assert str(file.key) in steward.get(reverse(ROOT), {"texto": asked}).text, asked
    for asked in ("rai-8", "leon nada"):
        assert str(file.key) not in steward.get(reverse(ROOT), {"texto": asked}).text, asked


def test_agreement_is_entered_with_number_and_letter_once(cast, steward):
    file = DrivenFile(cast).sent()
    data = sending(file)
    assert steward.post(at(file), data)["Location"] == at(file)
    kept = file.now
    assert (kept.stage, kept.registration_number, kept.registered_on) == ("registered", "RAI-7", file.today.isoformat())
    assert steward.post(at(file), data)["Location"] == at(file), "a second click"
    assert kept.steps.filter(step="record_registration").count() == 1
    page = steward.get(at(file)).text
    assert reverse("museum:verification", args=[file.key]) in page
    assert '<button class="go go--first"' not in page


@pytest.mark.parametrize(
    ("values", "said"),
    [({"number": " "}, "Falta el número de inscripción"), ({"letter": ""}, "Falta el número del oficio"),
     ({"on": "2999-01-01"}, "La fecha está por venir"), ({"on": "ayer"}, "Introduzca una fecha válida")],
)  # fmt: skip
def test_wrong_entry_says_why_and_keeps_what_was_typed(cast, steward, values, said):
    file = DrivenFile(cast).sent()
    answer = steward.post(at(file), sending(file, **values))
    assert answer.status_code == 200
    assert said in answer.text
    assert file.now.stage == "copies_sent"


@pytest.mark.parametrize("wrong", [{"number": " "}, {"on": "ayer"}])
def test_the_letter_is_not_lost_with_an_entry_that_is_refused(cast, steward, wrong):
    file = DrivenFile(cast).sent()
    page = steward.post(at(file), sending(file, **wrong, paper=SimpleUploadedFile("oficio.pdf", pdf()))).text
    assert "Ya recibido: oficio.pdf" in " ".join(page.split())
    papers = re.search(r'name="papers" value="([^"]*)"', page)[1]
    assert steward.post(at(file), sending(file, papers=papers)).status_code == 302
    step = file.now.steps.get(step="record_registration")
    assert [one.document.name for one in step.papers.all()] == ["oficio.pdf"]


def test_who_may_not_enter_it_leaves_no_file(cast):
    file = DrivenFile(cast).sent()
    reviewer = client_of(cast.at(cast.ministry, Role.LEGAL_REVIEWER))
    before = Document.objects.count()
    reviewer.post(at(file), sending(file, on="ayer", paper=SimpleUploadedFile("oficio.pdf", pdf())))
    assert Document.objects.count() == before


def test_stale_entry_shows_what_changed_and_keeps_what_was_typed(cast, steward):
    file = DrivenFile(cast).sent()
    data = sending(file, seen_at="2001-01-01T00:00:00+00:00")
    file.text("es", ["Otra copia."], is_signed=True)
    answer = steward.post(at(file), data)
    assert "El expediente cambió mientras escribía" in answer.text
    assert 'value="RAI-7"' in answer.text
    assert file.now.stage == "copies_sent"


def test_whoever_reviewed_and_the_office_that_signed_are_refused_with_the_rule(cast, steward):
    file = DrivenFile(cast).sent()
    reviewer = Membership.objects.get(office=cast.ministry, role="legal_reviewer", ended_at=None)
    change_role(reviewer.pk, role=MemberRole.REGISTRY_STEWARD, by=CONSOLE)
    client = client_of(reviewer.user)
    page = client.get(at(file)).text
    assert "Quien revisó el texto no lo inscribe" in page
    assert "go--first" not in page
    assert "Quien revisó el texto no lo inscribe" in client.post(at(file), sending(file)).text
    assert file.now.stage == "copies_sent"
    type(file.now).objects.filter(pk=file.key).update(office=cast.ministry)
    assert "Quien firma no inscribe" in steward.get(at(file)).text


def test_agreement_without_opinion_cannot_be_entered(cast, steward):
    file = DrivenFile(cast).signed(is_without_opinion=True)
    page = steward.get(at(file)).text
    assert "El expediente no está en el paso que esto pide" in page
    assert "go--first" not in page


def test_tables_hold_what_the_list_shows(cast, steward):
    DrivenFile(cast).sent()
    DrivenFile(cast, title_es="=1+1").registered()
    answer = steward.get(reverse("workspace:register_table", args=["csv"]))
    rows = list(csv.DictReader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))
    assert [row["número de inscripción"] for row in rows] == ["", "RAI-7"]
    assert rows[1]["título"] == "'=1+1"
    answer = steward.get(reverse("workspace:register_table", args=["xlsx"]), {"estado": "registered"})
    table = read_table(b"".join(answer.streaming_content), name="registro.xlsx")
    assert len(table.rows) == 1
    assert steward.get(reverse("workspace:register_table", args=["exe"])).status_code == 404


def test_certificate_points_to_the_public_page_and_to_its_entry(cast, steward):
    file = DrivenFile(cast).registered()
    last = TrailEntry.objects.filter(subject=str(file.key)).order_by("-number").first()
    for name, client in (("register_certificate", steward), ("certificate", client_of(cast.of(Role.READER)))):
        answer = client.get(at(file, name, format_="pdf"))
        assert answer["Content-Type"] == "application/pdf"
        text = "".join("".join(text_of(answer.content, "application/pdf")).split())
        assert "RAI-7" in text
        assert last.digest in text
        assert f"/verificar/{file.key}/" in text
    english = client.get(at(file, "certificate", format_="pdf"), {"idioma": "en"})
    assert f"/en/verificar/{file.key}/" in "".join("".join(text_of(english.content, "application/pdf")).split())
    assert client.get(at(file, "certificate", format_="pdf"), {"idioma": "xx"}).status_code == 404
    assert client.get(at(file, "certificate", format_="exe")).status_code == 404


def test_certificate_of_what_is_not_signed_does_not_exist(cast):
    file = DrivenFile(cast).asked()
    assert client_of(cast.of(Role.READER)).get(at(file, "certificate", format_="pdf")).status_code == 404


def test_register_asks_as_much_for_three_as_for_one(cast, steward, django_assert_max_num_queries):
    DrivenFile(cast).sent()
    with django_assert_max_num_queries(25) as one:
        steward.get(reverse(ROOT))
    DrivenFile(cast).sent()
    DrivenFile(cast).registered()
    with django_assert_max_num_queries(len(one.captured_queries)):
        steward.get(reverse(ROOT))
