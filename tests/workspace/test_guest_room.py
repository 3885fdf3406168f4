"""The room of a tie in the browser of its guest: what it shows, what it takes, and what it never shows."""

from __future__ import annotations

import datetime as dt
import io

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation

from hermanar.agreements.actions import end_guest
from hermanar.agreements.models import Guest
from hermanar.cooperation import actions
from hermanar.cooperation.actions import PhotographDraft, PhotographWords, Sent, TakeIn
from hermanar.cooperation.models import Activity, ActivityWord, GuestEntry
from hermanar.cooperation.vocabulary import EntryState
from hermanar.foundation.access import Role
from hermanar.foundation.calendar import public_day
from hermanar.foundation.documents import path_of, store_upload
from hermanar.foundation.models import Document, User, uuid7
from hermanar.offices.actions import change_office
from tests.cast import person
from tests.files import DrivenFile
from tests.foundation.samples import CANARY, pdf, photograph
from tests.guests import DrivenGuest, two_cities
from tests.plans import DrivenPlan
from tests.undoing import undone
from tests.workspace.addresses import ADDRESSES
from tests.workspace.signing_in import PASSWORD, client_of, send_password
from tests.workspace.test_addresses import addresses, ask

pytestmark = pytest.mark.django_db
SECRET = "SECRETO-DE-LA-OFICINA"


@pytest.fixture
def cast(standing_cast):
    return standing_cast


@pytest.fixture
def guest(cast):
    return DrivenGuest(cast)


@pytest.fixture
def browser(guest):
    return client_of(guest.by)


def at(guest, name, *more, language="es"):
    with translation.override(language):
        return reverse(f"guest:{name}", args=[guest.file.key, *more])


def telling(key=None, **values):
    today = public_day().isoformat()
    return {
        "key": str(key or uuid7()), "kind": "culture", "on": today, "description_es": "The choir sang",
        "rights": "permitted", "country_1": "United States", "people_1": "12", **values,
    }  # fmt: skip


def shot(name="coro.jpg"):
    return SimpleUploadedFile(name, photograph(), "image/jpeg")


# ── coming in ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_office_asks_and_the_link_speaks_the_guests_language(cast):
    file = DrivenFile(cast)
    office = client_of(cast.of(Role.COORDINATOR))
    asked = {"party": str(file.counterpart.pk), "email": "ann@ashland.example.org", "language": "en"}
    page = office.post(reverse("workspace:ask_guest", args=[file.key]), asked, follow=True)
    assert "Enviamos la invitación a ann@ashland.example.org" in page.text
    [letter] = mail.outbox
    assert letter.to == ["ann@ashland.example.org"]
    address = next(word for word in letter.body.split() if "/en/contraparte/invitacion/" in word)
    browser = Client()
    page = browser.get(address)
    assert 'lang="en"' in page.text
    assert page["Referrer-Policy"] == "same-origin"
    answer = browser.post(address, {"name": "Ann Mayor", "password": PASSWORD})
    assert answer["Location"] == "/en/cuenta/"
    page = browser.get("/en/cuenta/").text
    assert "/en/contraparte/" in page, "an account without an office leads into the room"
    assert "/en/oficina/" not in page
    inside = browser.get(reverse("guest:room", args=[file.key]))
    assert inside["Location"].endswith("/cuenta/"), "nobody comes in without a second factor"
    assert Client().get(address).status_code == 404, "a link serves once"
    again = browser.post(address, {"name": "Ann Mayor", "password": PASSWORD})
    assert again["Location"] == reverse("guest:room", args=[file.key]), "pressed twice, it leads on"


def test_guest_who_signs_in_is_led_to_the_room(guest):
    browser = Client()
    answer = send_password(browser, "ann@ashland.example.org")
    assert answer["Location"] == reverse("guest:rooms")
    within = client_of(guest.by)
    assert within.get(reverse("guest:rooms"))["Location"] == at(guest, "room")
    other = DrivenFile(guest.cast)
    Guest.objects.create(
        agreement_id=other.key, party=other.counterpart, email="ann@ashland.example.org", language="en",
        token_digest="x", invited_at=timezone.now(), expires_at=timezone.now(), user_id=guest.user,
        began_at=timezone.now(),
    )  # fmt: skip
    page = within.get(reverse("guest:rooms"))
    assert page.status_code == 200
    assert str(other.key) in page.text


def test_link_of_another_and_a_link_to_nobody_are_refused(cast):
    guest = DrivenGuest(cast)
    eve = client_of(person("eve@example.org"))
    asked = Guest.objects.create(
        agreement_id=guest.file.key, party=guest.file.counterpart, email="bob@example.org", language="es",
        token_digest="2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae", invited_at=timezone.now(),
        expires_at=timezone.now() + dt.timedelta(days=1),
    )  # fmt: skip
    address = reverse("guest:invitation", args=["foo"])
    assert "no es para la cuenta" in eve.get(address).text
    assert eve.post(address).status_code == 404
    assert Client().get(reverse("guest:invitation", args=["nada"])).status_code == 404
    bob = person("bob@example.org")
    assert "/cuenta/entrar/" in Client().get(address)["Location"], "who has an account signs in"
    within = client_of(bob)
    assert within.get(address).status_code == 200
    assert within.post(address)["Location"] == at(guest, "room")
    asked.refresh_from_db()
    assert asked.user == bob


def test_many_guesses_are_stopped(settings):
    address = reverse("guest:invitation", args=["nada"])
    answers = [Client().get(address).status_code for _guess in range(121)]
    assert answers == [404] * 120 + [429]


# ── telling ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_guest_tells_in_its_language_with_a_photograph_and_a_double_click_is_one(guest, browser):
    address, key = at(guest, "tell", language="en"), uuid7()
    page = browser.get(address).text
    assert 'lang="en"' in page
    for name in ("direction", "description_en", "document_1", "agreement"):
        assert f'name="{name}"' not in page, "what only the office knows is not asked"
    for _click in range(2):
        sent = telling(key, photograph_1=shot(), alternative_1="A choir on the steps", author="Ann")
        answer = browser.post(address, sent)
        assert answer["Location"] == at(guest, "entry", key, language="en")
    [entry] = GuestEntry.objects.all()
    assert (entry.description, entry.participants, entry.state) == ("The choir sang", {"US": 12}, "sent")
    [file] = entry.files.all()
    assert CANARY.encode() not in path_of(file.document.digest).read_bytes(), "the place of a photograph is gone"
    page = browser.get(answer["Location"]).text
    assert "A choir on the steps" in page
    shown = browser.get(at(guest, "photograph", file.pk))
    assert b"".join(shown.streaming_content) == path_of(file.document.digest).read_bytes()


def test_refused_form_says_where_and_keeps_the_photograph(guest, browser):
    bad = telling(description_es="", photograph_1=shot(), alternative_1="Coro")
    page = browser.post(at(guest, "tell"), bad)
    assert page.status_code == 200
    assert 'href="#id_description_es"' in page.text
    assert "Ya recibida:" in page.text
    [kept] = Document.objects.all()
    assert kept.uploaded_by == guest.user
    answer = browser.post(at(guest, "tell"), telling(sent_photograph_1=str(kept.pk), alternative_1="Coro"))
    assert answer.status_code == 302
    assert GuestEntry.objects.get().files.get().document == kept


def test_paper_of_the_office_cannot_be_taken_out_by_naming_it(guest, browser):
    secret = store_upload(
        io.BytesIO(pdf()), name="secreto.pdf", by=guest.cast.of(Role.DIRECTOR), office=guest.cast.office.pk
    )
    page = browser.post(at(guest, "tell"), telling(sent_photograph_1=str(secret.pk), alternative_1="Coro"))
    assert page.status_code == 200
    assert "secreto" not in page.text
    assert not GuestEntry.objects.exists()


def test_wrong_photograph_is_refused_beside_its_field(guest, browser):
    sent = SimpleUploadedFile("a.jpg", b"no es una imagen", "image/jpeg")
    page = browser.post(at(guest, "tell"), telling(photograph_1=sent, alternative_1="Coro"))
    assert page.status_code == 200
    assert 'href="#id_photograph_1"' in page.text
    assert not GuestEntry.objects.exists()


def test_mended_over_a_version_gone_by_keeps_what_was_typed(guest, browser):
    entry = guest.tells()
    address = at(guest, "mend", entry.pk)
    page = browser.get(address).text
    assert entry.description in page
    actions.give_back(entry.pk, by=guest.file.by, version=1, reason="¿Qué día?")
    page = browser.post(address, telling(entry.pk, version="1", description_es="Lo que escribí")).text
    assert "Cambió mientras usted escribía" in page
    assert "Lo que escribí" in page
    assert browser.post(address, telling(entry.pk, version="2", description_es="Lo que escribí")).status_code == 302
    entry.refresh_from_db()
    assert (entry.description, entry.state) == ("Lo que escribí", EntryState.SENT)
    assert browser.post(at(guest, "take_back", entry.pk), {"version": "1"}).status_code == 302
    assert GuestEntry.objects.get().state == EntryState.SENT
    browser.post(at(guest, "take_back", entry.pk), {"version": "3"})
    assert GuestEntry.objects.get().state == EntryState.TAKEN_BACK
    assert browser.get(at(guest, "entry", entry.pk)).status_code == 404


def test_other_guests_of_the_tie_read_but_do_not_mend(guest):
    other = DrivenGuest(guest.cast, guest.file, email="bob@ashland.example.org")
    entry, browser = guest.tells(), client_of(other.by)
    page = browser.get(at(guest, "entry", entry.pk))
    assert page.status_code == 200
    assert at(guest, "mend", entry.pk) not in page.text
    assert browser.get(at(guest, "mend", entry.pk)).status_code == 404
    assert browser.post(at(guest, "take_back", entry.pk), {"version": "1"}).status_code == 404


def test_returned_entry_shows_the_reason_and_a_received_one_stands_for_both(guest, browser):
    back, taken = guest.tells(), guest.tells("2026-03-01", "Books for the library")
    actions.give_back(back.pk, by=guest.file.by, version=1, reason="¿Qué día fue?")
    made = actions.take_in(taken.pk, by=guest.file.by, version=1, words=TakeIn("Libros"))
    page = browser.get(at(guest, "room")).text
    assert "¿Qué día fue?" in page
    assert "la oficina la recibió" in page
    assert browser.get(at(guest, "mend", taken.pk))["Location"] == at(guest, "entry", taken.pk)
    actions.withdraw_activity(made.pk, by=guest.file.by, version=1, reason=SECRET)
    page = browser.get(at(guest, "room")).text
    assert "la oficina la retiró después" in page
    assert SECRET not in page


def test_a_tie_of_two_cities_keeps_what_each_tells_apart_until_it_is_taken_in(cast):
    ann, eva = two_cities(cast)
    sent = PhotographDraft(Sent(io.BytesIO(photograph()), "coro.jpg"), PhotographWords("Choir"))
    waiting, back = eva.tells("2026-03-01", "Tango", photographs=[sent]), eva.tells("2026-02-01", "Wine")
    actions.give_back(back.pk, by=eva.file.by, version=1, reason="¿Qué día fue?")
    photo = waiting.files.get().pk
    browser, own = client_of(ann.by), client_of(eva.by)
    room = browser.get(at(ann, "room")).text
    assert not any(word in room for word in ("Tango", "Wine", "¿Qué día fue?"))
    for name, key in (("entry", waiting.pk), ("entry", back.pk), ("photograph", photo)):
        assert browser.get(at(ann, name, key)).status_code == 404
        shown = own.get(at(eva, name, key))
        assert shown.status_code == 200
        assert b"".join(shown)  # and with that its file is closed
    actions.take_in(waiting.pk, by=eva.file.by, version=1, words=TakeIn("Un tango"))
    assert "Tango" in browser.get(at(ann, "room")).text
    shown = browser.get(at(ann, "photograph", photo))
    assert shown.status_code == 200
    assert b"".join(shown)


def test_the_word_of_another_city_is_not_the_readers_own(cast):
    ann, eva = two_cities(cast)
    activity = ann.shared()
    word = {"version": str(activity.version), "answer": "contests", "note": "Fueron cuarenta."}
    client_of(eva.by).post(at(eva, "say", activity.pk), {"key": str(uuid7()), **word})
    browser = client_of(ann.by)
    for page in (at(ann, "room"), at(ann, "activity", activity.pk)):
        said = browser.get(page).text
        assert "falta la palabra de su ciudad" in said
        assert "no fue así" not in said.split("<form")[0]
        assert "Fueron cuarenta." not in said
    assert "su ciudad dice que no fue así" in client_of(eva.by).get(at(eva, "room")).text


def test_a_room_is_read_with_as_many_questions_however_much_is_told(guest, browser):
    def questions():
        with CaptureQueriesContext(connection) as asked:
            browser.get(at(guest, "room"))
            client_of(guest.file.by).get(reverse("workspace:guests", args=[guest.file.key]))
        return len(asked)

    def told(month):
        guest.tells(f"2026-{month:02}-20", participants={"US": 3})
        activity = guest.shared(f"2026-{month:02}-01")
        said = {"key": str(uuid7()), "version": str(activity.version), "answer": "confirms", "note": ""}
        browser.post(at(guest, "say", activity.pk), said)
        hidden = actions.stop_sharing(activity.pk, by=guest.file.by, version=activity.version)
        actions.share_activity(activity.pk, by=guest.file.by, version=hidden.version)

    told(1)
    questions()
    one = questions()
    told(2)
    told(3)
    assert questions() == one


# ── saying ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_guest_confirms_and_contests_what_the_office_shares(guest, browser):
    activity, key = guest.shared(), uuid7()
    assert "Falta su palabra" in browser.get(at(guest, "room")).text
    address = at(guest, "say", activity.pk)
    said = {"key": str(key), "version": str(activity.version), "answer": "contests", "note": ""}
    page = browser.post(address, said)
    assert "Falta qué no fue así" in page.text
    assert not ActivityWord.objects.exists()
    for _click in range(2):
        assert browser.post(address, {**said, "note": "Fueron cuarenta."}).status_code == 302
    assert ActivityWord.objects.count() == 1
    otherwise = browser.post(address, {**said, "answer": "confirms"}, follow=True)
    assert "Su palabra ya se había guardado" in otherwise.text, "who went back and changed it is not thanked for it"
    assert ActivityWord.objects.get().answer == "contests"
    assert "su ciudad dice que no fue así" in browser.get(at(guest, "room")).text
    browser.post(address, {**said, "key": str(uuid7()), "answer": "confirms"})
    page = browser.get(at(guest, "room")).text
    assert "ambas partes lo dicen" in page
    assert "Falta su palabra" not in page
    office = client_of(guest.cast.of(Role.READER)).get(reverse("workspace:activity", args=[activity.pk])).text
    assert "Fueron cuarenta." in office
    assert "Ann Mayor" in office


def test_word_on_a_version_gone_by_asks_to_read_again(guest, browser):
    activity = guest.shared()
    hidden = actions.stop_sharing(activity.pk, by=guest.file.by, version=activity.version)
    actions.share_activity(activity.pk, by=guest.file.by, version=hidden.version)
    said = {"key": str(uuid7()), "version": str(activity.version), "answer": "confirms", "note": "Escrito"}
    page = browser.post(at(guest, "say", activity.pk), said).text
    assert "La oficina lo cambió mientras usted escribía" in page
    assert "Escrito" in page
    assert not ActivityWord.objects.exists()
    hide = {"version": str(Activity.objects.get(pk=activity.pk).version), "hide": "1"}
    client_of(guest.cast.of(Role.ANALYST)).post(reverse("workspace:share_activity", args=[activity.pk]), hide)
    assert browser.post(at(guest, "say", activity.pk), said).status_code == 404


# ── the shared plan ──────────────────────────────────────────────────────────────────────────────────────────────────


def test_guest_reads_the_plan_once_both_have_agreed(guest, browser):
    plan = DrivenPlan(guest.cast, guest.file.now)
    plan.plans(plan.whole(), title="Orquesta", title_en="Orchestra")
    address = at(guest, "plan", plan.key, language="en")
    assert browser.get(address).status_code == 404, "a draft is the office's own"
    assert address not in browser.get(at(guest, "room", language="en")).text
    plan.change(agreed_on=dt.date(2026, 1, 15))
    assert address in browser.get(at(guest, "room", language="en")).text
    page = browser.get(address).text
    assert "Orchestra" in page
    assert "Orquesta" not in page
    paper = browser.get(at(guest, "plan_file", plan.key, "en", "docx"))
    assert b"".join([paper.content])[:2] == b"PK"
    assert browser.get(at(guest, "plan_file", plan.key, "fr", "docx")).status_code == 404
    elsewhere = DrivenPlan(guest.cast, DrivenFile(guest.cast).now, agreed_on=dt.date(2026, 1, 15))
    assert browser.get(at(guest, "plan", elsewhere.key)).status_code == 404


def test_plan_that_changed_after_it_was_agreed_waits_for_agreement(guest, browser):
    plan = DrivenPlan(guest.cast, guest.file.now)
    programme = plan.whole()
    plan.change(agreed_on=dt.date(2026, 1, 15))
    plan.plans(programme, title="Lo que nadie acordó")
    room = browser.get(at(guest, "room")).text
    assert "Cambió después de acordarse" in room
    assert at(guest, "plan", plan.key) not in room
    assert browser.get(at(guest, "plan", plan.key)).status_code == 404


# ── taking in ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_office_is_shown_what_is_like_it_and_merges_by_choice(guest, browser):
    own = guest.shared("2026-05-03")
    entry = guest.tells("2026-05-01")
    office = client_of(guest.cast.of(Role.ANALYST))
    life = office.get(reverse("workspace:life", args=[guest.file.key])).text
    assert "Contó una actividad que espera que la reciba." in life
    page = office.get(reverse("workspace:guest_entry", args=[entry.pk])).text
    assert "la misma clase, en días cercanos" in page
    address = reverse("workspace:take_in", args=[entry.pk])
    words = {"version": "1", "description_es": "Vinieron estudiantes", "direction": "inbound"}
    page = office.post(address, words)
    assert "Ya hay algo muy parecido" in page.text
    assert Activity.objects.count() == 1
    merged = office.post(address, {**words, "same": str(own.pk)})
    assert merged.status_code == 302
    assert office.post(address, {**words, "same": str(own.pk)}).status_code == 302, "pressed twice"
    made = Activity.objects.get(same_as=own)
    page = office.get(merged["Location"]).text
    assert "Ashland, contraparte" in page
    assert made.told_by_guest == entry
    rows = browser.get(at(guest, "room")).text
    assert rows.count('data-label="Cuándo"') == 1, "what both tell is one thing in the room too"
    assert "ambas partes lo dicen" in rows


def test_a_reason_with_a_sign_that_no_database_keeps_is_kept_without_it(guest):
    entry, activity = guest.tells(), guest.shared("2026-01-01")
    office = client_of(guest.file.by)
    office.post(reverse("workspace:give_back", args=[entry.pk]), {"version": "1", "reason": "¿Qué\x00 día?"})
    said = {"version": str(activity.version), "reason": "No\x00 fue"}
    office.post(reverse("workspace:withdraw_activity", args=[activity.pk]), said)
    assert GuestEntry.objects.get().reason == "¿Qué día?"
    assert Activity.objects.get().withdrawal_reason == "No fue"


def test_office_takes_in_and_gives_back_only_what_it_has_read(guest):
    entry = guest.tells()
    actions.mend_entry(entry.pk, by=guest.by, version=1, told=guest.told_again(), today=public_day())
    office = client_of(guest.cast.of(Role.ANALYST))
    words = {"version": "1", "description_es": "Mío", "direction": "unknown"}
    page = office.post(reverse("workspace:take_in", args=[entry.pk]), words).text
    assert "La contraparte la cambió mientras usted escribía" in page
    assert "Mío" in page
    back = reverse("workspace:give_back", args=[entry.pk])
    assert "La contraparte la cambió" in office.post(back, {"version": "1", "reason": "x"}).text
    assert "Falta la razón" in office.post(back, {"version": "2", "reason": " "}).text
    for _click in range(2):
        assert office.post(back, {"version": "2", "reason": "¿Qué día?"}).status_code == 302
    assert GuestEntry.objects.get().reason == "¿Qué día?"


def test_office_sees_everything_told_as_a_page_and_a_table(guest):
    guest.tells()
    actions.say_of(
        guest.shared("2026-01-01").pk, guest=guest.guest.pk, by=guest.by, key=uuid7(), version=2,
        word=actions.WordOfGuest("contests", "=1+1"),
    )  # fmt: skip
    office = client_of(guest.cast.of(Role.READER))
    page = office.get(reverse("workspace:guests", args=[guest.file.key])).text
    assert "Students from Ashland sang" in page
    assert "no fue así" in page
    assert "Invitar a una persona" not in page, "a reader asks nobody in"
    table = office.get(reverse("workspace:guests_table", args=[guest.file.key, "csv"])).content.decode("utf-8-sig")
    assert "Students from Ashland sang" in table
    assert ",=1+1" not in table, "a spreadsheet computes nothing a guest wrote"
    assert office.get(reverse("workspace:guests_table", args=[guest.file.key, "xlsx"])).content[:2] == b"PK"


def test_ending_access_closes_the_open_session_at_once(guest, browser):
    assert browser.get(at(guest, "room")).status_code == 200
    office = client_of(guest.cast.of(Role.DIRECTOR))
    for _click in range(2):
        office.post(reverse("workspace:end_guest", args=[guest.file.key, guest.guest.pk]))
    assert browser.get(at(guest, "room")).status_code == 404
    assert browser.post(at(guest, "tell"), telling()).status_code == 404
    assert not GuestEntry.objects.exists()
    elsewhere = DrivenGuest(guest.cast, email="c@example.org")
    wrong = reverse("workspace:end_guest", args=[guest.file.key, elsewhere.guest.pk])
    assert office.post(wrong).status_code == 404


# ── nothing else of the office ───────────────────────────────────────────────────────────────────────────────────────


def plant(cast, guest):
    """Write the secret wherever an office writes: its particulars, its people, the file, an activity, another tie."""
    director, office = cast.of(Role.DIRECTOR), cast.office
    change_office(office.pk, by=director, version=office.version, values={"address": SECRET, "head_name": SECRET})
    for file in (guest.file, DrivenFile(cast)):
        draft = {"on": "2026-05-01", "description": f"{SECRET} de una actividad"}
        other = DrivenGuest.__new__(DrivenGuest)
        other.cast, other.file = cast, file
        other.shared(**draft, share=False)
    person(f"{SECRET.lower()}@example.org")


def walk(name, cast, guest, browser, secrets):
    """Ask an address as the guest, with what there is of its kind; count the pages that open."""
    who, opened = ADDRESSES[name], 0
    arguments = who.of(cast) if who.of else who.arguments
    if who.kind == "guest":
        arguments = {**arguments, "agreement": guest.file.key}
    for address in addresses(name, arguments):
        for method in ("GET", "POST"):
            answer = ask(browser, method, address)
            text = b"" if answer.streaming else answer.content
            assert not [one for one in secrets if one.encode() in text], f"{method} {address}"
            if who.kind == "office":
                assert answer.status_code == 404, f"{method} {address}: {answer.status_code}"
            opened += answer.status_code == 200
    return opened


def test_guest_finds_nothing_of_the_office_at_any_address_of_the_house(cast, guest):
    plant(cast, guest)
    paper = PhotographDraft(Sent(io.BytesIO(photograph()), "secreta.jpg"), PhotographWords(SECRET, SECRET))
    shared = guest.shared("2026-02-02", "Lo que sí se comparte", photographs=[paper])
    director, people = cast.of(Role.DIRECTOR), {person.user for person in cast.people.values()}
    emails = sorted(User.objects.filter(pk__in=people).values_list("email", flat=True))
    browser, office, opened = client_of(guest.by), client_of(director), 0
    seen = office.get(reverse("workspace:activities")).text + office.get(reverse("workspace:people")).text
    assert SECRET in seen, "the office itself does see what is planted"
    assert User.objects.get(pk=director.user).email in seen
    for name in sorted(ADDRESSES):
        if name != "account_logout":
            with undone():
                opened += walk(name, cast, guest, browser, [SECRET, *emails])
    assert opened, "some of it does open: the museum, the account, the room"
    page = browser.get(at(guest, "activity", shared.pk)).text
    assert SECRET not in page
    file = shared.files.get()
    for key in (file.pk, file.document_id):
        assert browser.get(at(guest, "photograph", key)).status_code == 404, "what is shared is told without its files"
    room = browser.get(at(guest, "room")).text
    assert "Lo que sí se comparte" in room
    assert str(shared.pk) in room
    end_guest(guest.guest.pk, by=director)
