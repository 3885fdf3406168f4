"""The pages of committees: what a newcomer sees, what is refused and where, two people at once, files read back."""

from __future__ import annotations

import datetime as dt
import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from hermanar.agreements.actions import draft
from hermanar.agreements.vocabulary import AreaOfCooperation
from hermanar.cooperation.models import Committee, CommitteeMember, Decision, Session, Task
from hermanar.cooperation.vocabulary import CommitteeRefusal as Why
from hermanar.cooperation.vocabulary import Quorum, SessionState
from hermanar.foundation.calendar import public_day
from hermanar.foundation.models import Document
from hermanar.foundation.papers import text_of
from hermanar.foundation.papers.reading import PDF, WORD
from hermanar.workspace.dossier import known_on
from hermanar.workspace.due import due_lines
from tests.committees import DrivenCommittee
from tests.foundation.samples import pdf
from tests.workspace.signing_in import client_of

pytestmark = pytest.mark.django_db


def at(name, *arguments):
    return reverse(f"workspace:{name}", args=arguments)


class Desk:
    """A person at the pages of a committee."""

    def __init__(self, cast, role="director", office=None):
        self.client = client_of(cast.at(office or cast.office, role))

    def see(self, name, /, *arguments, query=""):
        answer = self.client.get(at(name, *arguments) + query)
        assert answer.status_code == 200, answer.status_code
        return answer

    def form(self, name, /, *arguments, query="", **values):
        """Return what the page's form would send, with these values in it."""
        form = self.see(name, *arguments, query=query).context["form"]
        sent = {field.html_name: field.value() for field in form}
        sent = {key: value for key, value in sent.items() if value not in (None, "", False)}
        return {**sent, **values}

    def send(self, name, /, *arguments, form=None, **values):
        return self.client.post(at(name, *arguments), form or self.form(name, *arguments, **values))

    def does(self, name, /, *arguments, **values):
        answer = self.send(name, *arguments, **values)
        assert answer.status_code == 302, answer.context["form"].errors
        return self.client.get(answer["Location"])


@pytest.fixture
def desk(cast):
    return Desk(cast)


@pytest.fixture
def committee(cast):
    return DrivenCommittee(cast)


def today():
    return public_day()


def faults(answer):
    assert answer.status_code == 200, answer["Location"]
    return answer.context["form"].errors


# ── founding ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_newcomer_is_told_what_a_committee_is_for_and_led_from_step_to_step(desk):
    first = desk.see("committees")
    assert "Todavía no hay comités" in first.text
    values = {"name": "Comité de Ciudades Hermanas", "quorum": "majority", "second_call": "present"}
    page = desk.does("found_committee", **values)
    assert "Comité creado" in page.text
    assert "Falta 1 integrante para que pueda haber quórum" in page.text
    assert "Agregar al primer integrante" in page.text
    assert "no consta" in page.text, "a day that nobody wrote stays unknown"


def test_a_form_sent_twice_makes_one_thing(desk, committee):
    ana, held = committee.member("Ana"), None
    held = committee.held(ana)
    for name, key, values, table in (
        ("found_committee", (), {"name": "Patronato", "quorum": "unknown"}, Committee),
        ("add_committee_member", (committee.key,), {"name": "Luis", "sector": "private"}, CommitteeMember),
        ("call_session", (committee.key,), {"on": today().isoformat()}, Session),
        ("decide_in_session", (held.pk,), {"text": "Se aprueba"}, Decision),
        ("give_task", (committee.key,), {"what": "Traducir", "owner": str(ana.pk)}, Task),
    ):
        form, before = desk.form(name, *key, **values), table.objects.count()
        for _time in range(2):
            answer = desk.send(name, *key, form=form)
            assert answer.status_code == 302, answer.context["form"].errors
        assert table.objects.count() == before + 1, name


def test_refusals_stand_beside_their_fields_and_what_was_typed_stays(desk, committee):
    bad = {"name": "comité de ciudades hermanas", "founded_on": "2020-01-01", "quorum": "share", "quorum_figure": "x"}
    answer = desk.send("found_committee", **bad)
    assert faults(answer) == {"quorum_figure": [str(Why.BAD_FIGURE.label)]}
    assert 'value="2020-01-01"' in answer.text
    answer = desk.send("found_committee", **{**bad, "quorum_figure": "2/3"})
    assert faults(answer) == {"source": [str(Why.NO_SOURCE.label)]}
    second = {"name": "Otro", "second_call": "number", "second_figure": "la mitad"}
    assert faults(desk.send("found_committee", **second)) == {"second_figure": [str(Why.BAD_SECOND_FIGURE.label)]}
    answer = desk.send("found_committee", name="comité de ciudades hermanas")
    assert faults(answer) == {"name": [str(Why.OFFICE_TAKEN.label)]}
    ended = desk.send("end_committee", committee.key, ended_on="2999-01-01", reason="x")
    assert faults(ended) == {"ended_on": [str(Why.FUTURE_DATE.label)]}
    late = desk.send("add_committee_member", committee.key, name="Ana", sector="academia", until="2000-01-01")
    assert faults(late) == {"until": [str(Why.TERM_ENDS_FIRST.label)]}


def test_a_file_shows_its_committees_by_area_and_the_areas_without(cast, desk, committee):
    file = draft(cast.file(), office=cast.office.pk, by=cast.of("director"), today=today())
    page = desk.see("life", file.pk)
    assert "sin comité" in page.text
    query = f"?expediente={file.pk}&area=culture"
    assert query.replace("&", "&amp;") in page.text
    form = desk.form("found_committee", query=query)
    assert (form["agreement"], form["area"], form["name"]) == (str(file.pk), "culture", "Comité de cultura")
    desk.does("found_committee", form={**form, "peer_name": "Arts Committee"})
    page = desk.see("life", file.pk)
    assert "sin comité" not in page.text
    assert "par: Arts Committee" in page.text
    assert Committee.objects.get(agreement=file).area == AreaOfCooperation.CULTURE
    assert "sin comité" not in Desk(cast, "reader").see("life", file.pk).text
    other = Desk(cast, office=cast.other_office)
    answer = other.send("found_committee", name="Ajeno", agreement=str(file.pk), area="culture")
    assert "agreement" in faults(answer)


# ── members ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_when_a_member_leaves_the_substitute_is_offered_and_the_tasks_are_listed(desk, committee):
    ana = committee.member("Ana", post="Presidencia")
    luis = committee.member("Luis", stands_for=ana.pk)
    task = committee.task(ana, "Traducir el plan")
    page = desk.does("end_committee_member", ana.pk, ended_on=today().isoformat(), reason="Se mudó")
    assert "Luis, su suplente, puede asumir." in page.text
    assert "Queda 1 tarea sin responsable." in page.text
    assert "Ana dejó el comité y Luis es su suplente." in page.text
    assert at("take_over_post", luis.pk) in page.text
    assert "«Traducir el plan» quedó sin responsable" in page.text
    page = desk.does("take_over_post", luis.pk)
    assert "puede asumir" not in page.text
    heir = committee.now.members.get(name="Luis", ended_on__isnull=True)
    assert heir.post == "Presidencia"
    page = desk.does("task", task.pk, owner=str(heir.pk))
    assert "sin responsable" not in page.text
    assert Task.objects.get().owner == heir
    assert "Detrás de Luis (Presidencia) no hay nadie" in page.text, "D3.4 as advice"


def test_leaving_sent_twice_is_done_once_and_a_stale_form_tells_what_changed(cast, desk, committee):
    ana, luis = committee.members("Ana", "Luis")
    form = desk.form("end_committee_member", ana.pk, reason="Se mudó")
    stale = desk.form("committee_member", luis.pk, body="Universidad")
    for _time in range(2):
        assert desk.send("end_committee_member", ana.pk, form=form).status_code == 302
    other = Desk(cast, "analyst")
    answer = desk.send("committee_member", luis.pk, form=stale)
    assert "Otra persona lo cambió mientras usted escribía" in answer.text
    assert 'value="Universidad"' in answer.text
    assert "ahora dice «nada»" in answer.text
    again = {field.html_name: field.value() for field in answer.context["form"] if field.value()}
    assert other.send("committee_member", luis.pk, form=again).status_code == 302
    luis.refresh_from_db()
    assert luis.body == "Universidad"


def test_an_account_tied_to_a_member_does_its_own_tasks(cast, desk, committee):
    account = cast.of("committee_member")
    ana = committee.member("Ana")
    desk.does("committee_member", ana.pk, user=str(account.user))
    luis = committee.member("Luis")
    own, other = committee.task(ana, "Propia"), committee.task(luis, "Ajena")
    member = Desk(cast, "committee_member")
    page = member.see("committee", committee.key)
    assert at("finish_task", own.pk) in page.text
    assert at("finish_task", other.pk) not in page.text
    for hidden in ("edit_committee", "call_session", "add_committee_member"):
        assert at(hidden, committee.key) not in page.text
    member.does("finish_task", own.pk, note="Lista")
    own.refresh_from_db()
    assert (own.done_on, own.note) == (today(), "Lista")
    answer = member.client.post(at("finish_task", other.pk), {"version": 1, "done_on": today().isoformat()})
    assert answer["Location"].startswith(at("committee", committee.key))
    other.refresh_from_db()
    assert other.done_on is None


def test_a_reader_reads_and_sees_no_button(cast, committee):
    ana = committee.member("Ana")
    session, reader = committee.held(ana), Desk(cast, "reader")
    task = committee.task(ana)
    for page in (reader.see("committees"), reader.see("committee", committee.key), reader.see("session", session.pk)):
        assert "Ana" in page.text or "Comité" in page.text
        for words in ("Agregar", "Convocar", "Cambiar", "Corregir", "Crear", "Ya se cumplió"):
            assert words not in page.text, words
    assert reader.client.get(at("finish_task", task.pk))["Location"].endswith("#tareas")


# ── sessions ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_session_with_a_quorum_decides_and_its_minutes_are_read_back(cast, desk, committee):
    ana, luis, _iris = committee.member("Pérez, Ana", post="Presidencia"), *committee.members("Luis", "Iris")
    eva = committee.member("Eva", stands_for=luis.pk)
    values = {"on": today().isoformat(), "at": "17:30", "place": "Teatro Juárez", "agenda": "Lista\nPlan de trabajo"}
    page = desk.does("call_session", committee.key, **values)
    session = Session.objects.get()
    assert "Asentar la asistencia" in page.text
    page = desk.does("attendance", session.pk, present=[str(ana.pk), str(eva.pk)])
    assert (
        "Asistieron 2 de 3 lugares. La regla pide más de la mitad en primera convocatoria: 2. Hubo quórum." in page.text
    )
    page = desk.does("proceedings", session.pk, said_1="Se pasó lista.", said_2="Se leyó el plan.\nGustó.")
    item = session.items.get(position=2)
    page = desk.does(
        "decide_in_session", session.pk, text="Se aprueba el plan de trabajo", item=str(item.pk), votes_for="2"
    )
    year = today().year
    assert f"1/{year}" in page.text
    decision = Decision.objects.get()
    due = (today() + dt.timedelta(days=9)).isoformat()
    form = desk.form("give_task", committee.key, query=f"?acuerdo={decision.pk}", what="Enviarlo a Ashland")
    desk.does("give_task", committee.key, form={**form, "owner": str(ana.pk), "due_on": due})
    told = ("Acta de la sesión del", "Comité de Ciudades Hermanas", "Teatro Juárez", "17:30", "Pérez, Ana",
            "suplente de Luis", "No asistieron: Iris.", "Hubo quórum.", "Plan de trabajo", "Se leyó el plan.", "Gustó.",
            f"1/{year}", "Se aprueba el plan de trabajo", "2 a favor", "Enviarlo a Ashland")  # fmt: skip
    for format_, kind in (("docx", WORD), ("pdf", PDF)):
        data = desk.client.get(at("minutes", session.pk, format_)).content
        text = " ".join(text_of(data, kind))
        squeezed = "".join(text.split())
        for words in told:
            assert "".join(words.split()) in squeezed, (format_, words)
        assert "falta:" not in text, "everything was written"
    english = desk.client.get("/en" + at("minutes", session.pk, "docx")).content
    assert "Hubo quórum." in " ".join(text_of(english, WORD)), "the paper is the office's, in Spanish"


def test_a_meeting_without_a_quorum_says_so_with_what_may_be_done(desk, committee):
    ana, *_ = committee.members("Ana", "Luis", "Iris")
    meeting = committee.held(ana)
    page = desk.see("session", meeting.pk)
    for words in (
        "Sin quórum: no toma acuerdos",
        "Asistió 1 de 3 lugares.",
        "No hubo quórum.",
        "Convocar a otra sesión",
    ):
        assert words in page.text, words
    assert at("decide_in_session", meeting.pk) not in page.text
    answer = desk.send("decide_in_session", meeting.pk, text="Se aprueba")
    assert faults(answer) == {"__all__": [str(Why.NO_QUORUM.label)]}
    text = " ".join(text_of(desk.client.get(at("minutes", meeting.pk, "docx")).content, WORD))
    assert "Sin quórum, la reunión no tomó acuerdos." in text
    assert "[falta: lo que se trató]" in text
    assert "Nota de la reunión" in text


def test_an_unknown_rule_is_asked_and_never_decided(desk, committee):
    committee.change(quorum=Quorum.UNKNOWN)
    ana = committee.member("Ana")
    session = committee.called()
    assert "el programa preguntará en cada sesión" in desk.see("committee", committee.key).text
    answer = desk.send("attendance", session.pk, present=[str(ana.pk)])
    assert faults(answer) == {"had_quorum": [str(Why.SAY_QUORUM.label)]}
    assert f'value="{ana.pk}"' in answer.text
    page = desk.does("attendance", session.pk, present=[str(ana.pk)], had_quorum="yes")
    assert "la oficina asentó que hubo quórum" in page.text
    session.refresh_from_db()
    assert session.state == SessionState.HELD


def test_a_session_to_come_has_no_minutes_and_no_attendance(desk, committee):
    ana = committee.member("Ana")
    session = committee.called(3)
    page = desk.see("session", session.pk)
    assert at("attendance", session.pk) not in page.text
    assert desk.client.get(at("minutes", session.pk, "docx")).status_code == 404
    answer = desk.send("attendance", session.pk, present=[str(ana.pk)])
    assert faults(answer) == {"__all__": [str(Why.NOT_YET.label)]}
    sent = SimpleUploadedFile("acta.pdf", pdf())
    answer = desk.send("sign_minutes", session.pk, document=sent)
    assert faults(answer) == {"__all__": [str(Why.NOT_HELD.label)]}
    past = committee.held(ana, days=-1)
    assert desk.client.get(at("minutes", past.pk, "txt")).status_code == 404


def test_attendance_of_a_stranger_is_not_taken(cast, desk, committee):
    ana = committee.member("Ana")
    stranger = DrivenCommittee(cast, name="Otro").member("Raúl")
    answer = desk.send("attendance", committee.called().pk, present=[str(ana.pk), str(stranger.pk)])
    assert "present" in faults(answer)
    assert Session.objects.get().state == SessionState.CALLED


def test_signed_minutes_are_kept_given_back_and_close_the_session(cast, desk, committee):
    ana = committee.member("Ana")
    session = committee.held(ana)
    form = desk.form("sign_minutes", session.pk)
    for _time in range(2):
        answer = desk.client.post(
            at("sign_minutes", session.pk), {**form, "document": SimpleUploadedFile("acta.pdf", pdf())}
        )
        assert answer.status_code == 302
    session.refresh_from_db()
    assert session.version == 3
    page = desk.see("session", session.pk)
    assert "acta.pdf" in page.text
    assert at("attendance", session.pk) not in page.text
    for reader in (Desk(cast, "reader"), Desk(cast, "committee_member")):
        given = reader.client.get(at("signed_minutes", session.pk))
        assert b"".join(given.streaming_content) == pdf()
    answer = desk.send("decide_in_session", session.pk, text="Tarde")
    assert faults(answer) == {"__all__": [str(Why.MINUTES_SIGNED.label)]}
    bad = desk.client.post(
        at("sign_minutes", session.pk),
        {**desk.form("sign_minutes", session.pk), "document": SimpleUploadedFile("acta.pdf", b"MZ no es un PDF")},
    )
    assert "document" in faults(bad)
    assert desk.client.get(at("signed_minutes", committee.held(ana).pk)).status_code == 404


def test_other_signed_minutes_ask_for_a_reason_and_what_is_refused_leaves_no_document(desk, committee):
    session = committee.held(committee.member("Ana"))
    sent = {"document": SimpleUploadedFile("acta.pdf", pdf())}
    assert "reason" not in desk.form("sign_minutes", session.pk)
    assert (
        desk.client.post(at("sign_minutes", session.pk), desk.form("sign_minutes", session.pk) | sent).status_code
        == 302
    )
    before = Document.objects.count()
    other = {"document": SimpleUploadedFile("acta-2.pdf", pdf(pages=2))}
    answer = desk.client.post(at("sign_minutes", session.pk), desk.form("sign_minutes", session.pk) | other)
    assert "reason" in faults(answer)
    assert Document.objects.count() == before
    other = {"document": SimpleUploadedFile("acta-2.pdf", pdf(pages=2)), "reason": "Faltaba la hoja 2"}
    answer = desk.client.post(at("sign_minutes", session.pk), desk.form("sign_minutes", session.pk) | other)
    assert answer.status_code == 302
    assert "Faltaba la hoja 2" in desk.see("session", session.pk).text


@pytest.mark.parametrize("read", ["{", "[]", "[" * 20_000, '{"name": 3}', "\x00"])
def test_a_spoilt_account_of_what_was_read_breaks_nothing(desk, committee, read):
    form = desk.form("edit_committee", committee.key)
    committee.change(peer_name="Arts Committee")
    answer = desk.client.post(at("edit_committee", committee.key), {**form, "name": "Patronato", "read": read})
    assert answer.status_code == 200
    assert answer.context["is_stale"]


def test_the_list_asks_as_often_for_three_committees_as_for_one(cast, desk, committee, django_assert_max_num_queries):
    committee.task(committee.member("Ana"))
    with django_assert_max_num_queries(25) as one:
        desk.see("committees")
    for name in ("Patronato", "Consejo"):
        DrivenCommittee(cast, name=name).member(f"Iris de {name}")
    with django_assert_max_num_queries(len(one.captured_queries)):
        desk.see("committees")


def test_two_people_take_attendance_and_the_second_sees_what_the_first_wrote(cast, desk, committee):
    ana, luis = committee.members("Ana", "Luis")
    session = committee.called()
    mine = desk.form("attendance", session.pk, present=[str(ana.pk)])
    Desk(cast, "analyst").does("attendance", session.pk, present=[str(ana.pk), str(luis.pk)])
    answer = desk.send("attendance", session.pk, form=mine)
    assert "ahora dice «Ana, Luis»" in answer.text
    same = {**mine, "present": [str(ana.pk), str(luis.pk)]}
    assert desk.send("attendance", session.pk, form=same).status_code == 302, "it is as asked: nothing is lost"


def test_a_call_is_changed_or_cancelled(desk, committee):
    committee.member("Ana")
    session = committee.called(5)
    form = desk.form("edit_call", session.pk)
    assert form["agenda"] == "Lista de asistencia\nPlan de trabajo"
    page = desk.does("edit_call", session.pk, form={**form, "agenda": "Uno\nDos\n", "place": "Cabildo"})
    assert "Dos" in page.text
    page = desk.does("cancel_session", session.pk, reason="Fiestas patrias")
    assert "Fiestas patrias" in page.text
    assert at("edit_call", session.pk) not in page.text
    late = desk.send("edit_call", session.pk, form={**form, "agenda": "Tres", "version": "3"})
    assert faults(late) == {"__all__": [str(Why.SESSION_CLOSED.label)]}


# ── due and tables ───────────────────────────────────────────────────────────────────────────────────────────────────


def test_what_is_due_in_a_committee_stands_with_the_files_and_leads_to_where_it_is_done(cast, desk, committee):
    ana = committee.member("Ana Pérez", post="Presidencia", until=today() + dt.timedelta(days=20))
    task = committee.task(ana, "Traducir el plan", due_on=today() + dt.timedelta(days=3))
    session, past = committee.called(2), committee.called(-2)
    lines = {line.address: line for line in due_lines(cast.office)}
    assert {at("finish_task", task.pk), at("session", session.pk), at("session", past.pk)} < set(lines)
    page = desk.see("home").text
    for words in ("Tarea de un comité: Traducir el plan", "Sesión de un comité", "Asentar la asistencia de una sesión",
                  "Termina el periodo de un integrante: Presidencia"):  # fmt: skip
        assert words in page, words
    assert "Ana Pérez" not in page, "names of members do not travel in letters and calendars"
    for line in lines.values():
        assert desk.client.get(line.address).status_code == 200
        assert Desk(cast, "reader").client.get(line.address).status_code in {200, 302}


@pytest.mark.parametrize(
    ("table", "words"), [("integrantes", "=Ana"), ("acuerdos", "Se aprueba"), ("tareas", "Traducir")]
)
def test_tables_hold_what_the_pages_show_and_nothing_of_another_office(cast, desk, committee, table, words):
    ana = committee.member("=Ana", body="Universidad")
    committee.decides(committee.held(ana))
    committee.task(ana, "Traducir")
    csv = desk.client.get(at("committees_table", table, "csv"))
    assert words in csv.content.decode("utf-8-sig")
    assert csv["Content-Disposition"].startswith("attachment")
    one = desk.client.get(at("committees_table", table, "xlsx") + f"?comite={committee.key}")
    sheet = openpyxl.load_workbook(io.BytesIO(one.content)).active
    rows = [[str(cell) for cell in row] for row in sheet.iter_rows(min_row=2, values_only=True)]
    assert any(words in cell for cell in rows[-1])
    other = Desk(cast, office=cast.other_office).client
    assert words not in other.get(at("committees_table", table, "csv")).content.decode("utf-8-sig")
    for asked in (str(committee.key), "no-es"):
        assert other.get(at("committees_table", table, "csv") + f"?comite={asked}").status_code == 404
    assert desk.client.get(at("committees_table", "otra", "csv")).status_code == 404
    assert desk.client.get(at("committees_table", table, "pdf")).status_code == 404


def test_the_next_team_gets_the_committees_with_the_office(cast, committee):
    committee.change(peer_name="Sister City Committee", peer_contact="ashland@example.org")
    ana = committee.member("Ana", post="Presidencia")
    committee.member("Eva", stands_for=ana.pk)
    committee.leaves(committee.member("Luis"))
    committee.task(ana, "Traducir el plan")
    committee.done(committee.task(ana, "Hecha"))
    committee.signed(committee.held(ana))
    known = known_on(cast.office, today())
    name = committee.now.name
    named = {(row["name"], row["role"]) for row in known.rows["members"] if name in row["role"]}
    assert named == {("Ana", f"{name}: Presidencia"), ("Eva", f"{name}: suplente de Ana")}
    tasks = [(row["file"], row["what"], row["detail"]) for row in known.rows["open_matters"]]
    assert tasks == [(name, "Tarea de un comité: Traducir el plan", "Ana")]
    assert [(row["party"], row["contact"]) for row in known.rows["contacts"]] == [
        ("Sister City Committee", "ashland@example.org")
    ]
    assert [(document.name, file) for document, file in known.papers] == [("acta.pdf", name)]
    earlier = known_on(cast.office, today() - dt.timedelta(days=1))
    assert name not in str(earlier.rows), "nobody had written it down yet"
    assert earlier.papers == []
    other = known_on(cast.other_office, today())
    assert name not in str(other.rows)
    committee.end()
    closed = known_on(cast.office, today())
    assert closed.rows["open_matters"] == []
    assert len(closed.papers) == 1, "what was signed goes along"


def test_the_list_shows_what_each_committee_lacks_and_those_that_ended(cast, desk, committee):
    other = DrivenCommittee(cast, name="Patronato")
    other.member("Ana")
    other.end(reason="Cambió el reglamento")
    page = desk.see("committees")
    assert "sin integrantes para quórum" in page.text
    assert "Cambió el reglamento" in page.text
    closed = desk.see("committee", other.key)
    assert "Terminó el" in closed.text
    for hidden in ("edit_committee", "call_session", "add_committee_member", "end_committee"):
        assert at(hidden, other.key) not in closed.text
