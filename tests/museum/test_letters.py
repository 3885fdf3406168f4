"""The newsletter: asked for, confirmed, sent once to each, ended; nobody learns who receives it."""

from __future__ import annotations

import datetime as dt
import email
import re
from email.policy import default as modern
from smtplib import SMTPDataError, SMTPRecipientsRefused, SMTPSenderRefused, SMTPServerDisconnected

import pytest
from django.core import mail
from django.core.cache import cache
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import CommandError, call_command
from django.utils import timezone

from hermanar.foundation.access import CONSOLE
from hermanar.foundation.trail.sealing import SealError, opened
from hermanar.museum.actions.events import publish_event, unpublish_event
from hermanar.museum.actions.issues import compose_issue, send_issue
from hermanar.museum.actions.letters import ask, confirm, confirm_token, forget_unconfirmed, leave_token
from hermanar.museum.actions.offers import publish_offer, unpublish_offer
from hermanar.museum.actions.open_calls import publish_call, unpublish_call
from hermanar.museum.mails import Letters
from hermanar.museum.models import Delivery, Event, Issue, Subscription
from hermanar.museum.rules.letters import may_write, same_address
from tests.museum.calling import Calling
from tests.museum.going import event
from tests.museum.test_offers import offer
from tests.museum.voices import Voices

BASE = "https://museo.example"
LINK = re.compile(r"https?://[^/\s]+(/\S+)")
TICKET = re.compile(r'name="ticket" value="([^"]+)"')


@pytest.fixture(autouse=True)
def _fresh_limits(db):
    cache.clear()


@pytest.fixture
def post(visitor):
    """Return a function that sends the form as a browser does: with the ticket of the page."""

    def send(address, **more):
        ticket = TICKET.search(visitor.get("/boletin/").content.decode())[1]
        return visitor.post("/boletin/", {"email": address, "language": "es", "ticket": ticket, "web": "", **more})

    return send


def links():
    return [LINK.search(line)[1] for line in mail.outbox[-1].body.splitlines() if LINK.search(line)]


def subscriber(address, language="es"):
    kept = ask(address, language=language)
    confirm(kept.pk)
    return kept


def run(**options):
    call_command("newsletter", base=BASE, verbosity=0, **options)


# ── double opt-in ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_an_address_is_confirmed_by_a_touch_and_not_by_opening_the_link(visitor, post):
    answer = post("Ana@Example.org")
    assert (answer.status_code, answer["Location"]) == (303, "/boletin/enviado/")
    assert mail.outbox[-1].to == ["Ana@Example.org"]
    (link,) = links()
    assert "Un toque más" in visitor.get(link).content.decode()
    assert visitor.head(link).status_code == 200
    assert Subscription.objects.get().confirmed_at is None
    for _ in range(2):
        assert "Listo" in visitor.post(link).content.decode()
    assert Subscription.objects.get().confirmed_at


def test_the_answer_is_the_same_whatever_is_known(visitor, post):
    subscriber("known@example.org")
    ask("waiting@example.org", language="es")
    answers = [post(address) for address in ("known@example.org", "waiting@example.org", "new@example.org")]
    told = {(one.status_code, one["Location"], one.content) for one in answers}
    assert len(told) == 1
    assert [one.to for one in mail.outbox] == [["known@example.org"], ["waiting@example.org"], ["new@example.org"]]
    assert "Ya lo recibe" in mail.outbox[0].body


def test_an_address_whose_key_is_lost_is_answered_like_any_other(post, settings):
    settings.SEAL_KEYS = ["una"]
    known = subscriber("known@example.org")
    ask("waiting@example.org", language="es")
    settings.SEAL_KEYS = ["otra"]
    answers = [post(address) for address in ("Known@example.org", "waiting@example.org", "new@example.org")]
    assert len({(one.status_code, one["Location"], one.content) for one in answers}) == 1
    assert [one.to for one in mail.outbox] == [["Known@example.org"], ["waiting@example.org"], ["new@example.org"]]
    assert (Subscription.objects.count(), Subscription.objects.filter(confirmed_at__isnull=False).get()) == (3, known)
    assert all(opened(one.sealed_address, about=one.pk.bytes) for one in Subscription.objects.all())


def test_an_address_is_kept_once_and_written_to_seldom(post):
    for _ in range(5):
        assert post(" ana@EXAMPLE.org ").status_code == 303
        assert post("ANA@example.org").status_code == 303
    assert Subscription.objects.count() == 1
    assert len(mail.outbox) == 3


def test_addresses_are_not_readable_in_the_tables(world):
    kept = ask("secreta@example.org", language="es")
    row = Subscription.objects.values().get()
    assert b"secreta" not in b"".join(bytes(one) for one in row.values() if isinstance(one, bytes | memoryview))
    assert not any("secreta" in str(one) for one in row.values() if isinstance(one, str))
    assert opened(kept.sealed_address, about=kept.pk.bytes) == "secreta@example.org"
    other = ask("otra@example.org", language="es")
    with pytest.raises(SealError):  # a row put in the place of another
        opened(kept.sealed_address, about=other.pk.bytes)


@pytest.mark.parametrize(
    ("given", "status"),
    [
        ({"email": ""}, 422),
        ({"email": "ana"}, 422),
        ({"email": "a" * 300 + "@example.org"}, 422),
        ({"email": "ana@example.org\r\nBcc: x@example.org"}, 422),
        ({"email": "ana@example.org\x00"}, 422),
        ({"email": "<script>@example.org"}, 422),
        ({"email": f"ana@{'é' * 63}.org"}, 422),  # a browser and its form take it, but no letter can bear it
        ({"email": "ana@\u00ad.org"}, 422),
        ({"email": "ana@example.org", "language": "xx"}, 422),
        ({"email": "ana@example.org", "ticket": "viejo"}, 422),
        ({"email": "ana@example.org", "web": "http://spam.example"}, 303),  # told nothing, kept nothing
    ],
)
def test_bad_forms_keep_nothing(post, given, status):
    assert post(**{"address": given.pop("email"), **given}).status_code == status
    assert not Subscription.objects.exists()
    assert not mail.outbox


def test_forms_of_other_sites_are_refused(visitor):
    answer = visitor.post("/boletin/", {"email": "a@example.org"}, headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403
    assert not Subscription.objects.exists()


def test_who_asks_too_often_waits_and_loses_nothing(visitor, post, monkeypatch):
    from hermanar.museum import limits  # noqa: PLC0415  its own name is replaced

    monkeypatch.setattr(limits, "is_full", lambda count, rate: True)
    answer = post("ana@example.org")
    assert answer.status_code == 429
    assert answer["Retry-After"]
    assert "ana@example.org" in answer.content.decode()


def test_no_page_of_the_newsletter_sets_a_cookie(visitor, post):
    kept = ask("ana@example.org", language="es")
    post("ana@example.org")
    for path in ("/boletin/", "/boletin/enviado/", f"/boletin/confirmar/{confirm_token(kept.pk)}/"):
        assert visitor.get(path).status_code == 200
    assert not visitor.cookies


@pytest.mark.parametrize("token", ["x", "a:b:c", "%00", "x" * 5_000, "../../x", "<script>"])
@pytest.mark.parametrize("page", ["confirmar", "baja"])
def test_links_that_are_not_ours_do_nothing(visitor, page, token):
    ask("ana@example.org", language="es")
    for method in (visitor.get, visitor.post):
        assert method(f"/boletin/{page}/{token}/").status_code == 404
    assert visitor.put(f"/boletin/{page}/x/").status_code == 405
    assert Subscription.objects.filter(confirmed_at__isnull=True).count() == 1


def test_a_link_does_only_what_it_says(visitor):
    kept = ask("ana@example.org", language="es")
    assert visitor.post(f"/boletin/baja/{confirm_token(kept.pk)}/").status_code == 404
    assert visitor.post(f"/boletin/confirmar/{leave_token(kept.pk)}/").status_code == 404
    assert Subscription.objects.get().confirmed_at is None


@pytest.mark.row(29)
def test_who_does_not_confirm_is_forgotten_after_seven_days(visitor, world):
    now = timezone.now()
    for days in (6, 8):
        old = ask(f"d{days}@example.org", language="es")
        Subscription.objects.filter(pk=old.pk).update(asked_at=now - dt.timedelta(days=days))
    stays = subscriber("ana@example.org")
    Subscription.objects.filter(pk=stays.pk).update(asked_at=now - dt.timedelta(days=900))
    assert forget_unconfirmed() == 1
    assert Subscription.objects.count() == 2
    assert visitor.post(f"/boletin/confirmar/{confirm_token(old.pk)}/").status_code == 404


@pytest.mark.row(29)
def test_the_days_letters_forget_who_did_not_confirm(world):
    old = ask("vieja@example.org", language="es")
    Subscription.objects.filter(pk=old.pk).update(asked_at=timezone.now() - dt.timedelta(days=8))
    call_command("digest", show=True)
    assert Subscription.objects.exists()
    call_command("digest")
    assert not Subscription.objects.exists()


def test_leaving_is_one_touch_here_or_in_a_mail_program(visitor, world):
    kept = subscriber("ana@example.org")
    path = f"/boletin/baja/{leave_token(kept.pk)}/"
    page = visitor.get(path)
    assert "¿Dejar el boletín?" in page.content.decode()
    assert page["Referrer-Policy"] == "no-referrer"
    assert Subscription.objects.exists()
    answer = visitor.post(path, "List-Unsubscribe=One-Click", content_type="application/x-www-form-urlencoded",
                          headers={"Sec-Fetch-Site": "cross-site"})  # fmt: skip
    assert answer.status_code == 200
    assert not Subscription.objects.exists()
    assert visitor.post(path).status_code == 200  # twice is as once


def test_a_mail_server_that_is_down_is_told_and_nothing_is_lost(visitor, post, settings):
    settings.EMAIL_BACKEND = "tests.museum.test_letters.Down"
    answer = post("ana@example.org")
    assert answer.status_code == 503
    assert "El correo no pudo salir." in answer.content.decode()


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [("a@b.org", " A@B.ORG", True), ("ñ@b.org", "n\u0303@b.org", True), ("a@b.org", "a@c.org", False)],
)
def test_the_same_address_is_known_again(one, other, is_same):
    assert (same_address(one) == same_address(other)) is is_same


def test_a_stranger_cannot_fill_a_mailbox():
    day = dt.date(2026, 1, 1)
    assert [may_write(letters=count, on=day, today=day) for count in (0, 2, 3, 99)] == [True, True, False, False]
    assert may_write(letters=99, on=day, today=day + dt.timedelta(days=1))


# ── issues ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_an_issue_tells_what_is_new_once_in_each_language(world):
    event(title="Concierto", title_en="Concert")
    hidden = event(title="CanarioZutano", is_published=False)
    subscriber("ana@example.org")
    subscriber("bob@example.org", language="en")
    ask("waiting@example.org", language="es")
    mail.outbox.clear()
    run()
    told = {one.to[0]: one for one in mail.outbox}
    assert set(told) == {"ana@example.org", "bob@example.org"}
    assert "Concierto" in told["ana@example.org"].body
    assert "https://museo.example/agenda/concierto/" in told["ana@example.org"].body
    assert "Concert" in told["bob@example.org"].body
    assert "https://museo.example/en/agenda/concierto/" in told["bob@example.org"].body
    assert not any("CanarioZutano" in one.body for one in mail.outbox)
    mail.outbox.clear()
    run()  # nothing is new
    assert not mail.outbox
    assert Issue.objects.count() == 1
    event(title="Otra cosa")
    run()
    assert len(mail.outbox) == 2
    assert "Otra cosa" in mail.outbox[0].body
    assert "Concierto" not in mail.outbox[0].body
    assert hidden.title not in mail.outbox[0].body


def test_letters_carry_what_mail_programs_ask_for(visitor, world):
    event(title="Fin\r\nBcc: x@example.org")
    kept = subscriber("ana@example.org")
    mail.outbox.clear()
    run()
    read = email.message_from_bytes(mail.outbox[0].message().as_bytes(), policy=modern)
    assert read["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert read["Bcc"] is None
    assert read["Message-ID"] == f"<1.{kept.pk.hex}@museo.example>"
    path = re.fullmatch(r"<https://museo\.example(/.+)>", read["List-Unsubscribe"].strip())[1]
    assert path in read.get_content()
    assert visitor.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert not Subscription.objects.exists()


def test_what_was_taken_back_before_a_letter_left_is_not_told(world):
    first, second = event(title="Queda"), event(title="CanarioZutano")
    subscriber("ana@example.org")
    issue = compose_issue(base=BASE)
    unpublish_event(second.pk, by=CONSOLE, version=second.version)
    mail.outbox.clear()
    run()
    assert "Queda" in mail.outbox[0].body
    assert "CanarioZutano" not in mail.outbox[0].body
    event(title="CanarioMengano")  # new after it was composed: for the next
    issue = compose_issue(base=BASE)
    for one in (first,):
        unpublish_event(one.pk, by=CONSOLE, version=one.version)
    assert issue.number == 2


HIDDEN = {
    "event": lambda: (event(title="CanarioZutano"), unpublish_event, publish_event),
    "offer": lambda: (offer(title="CanarioZutano"), unpublish_offer, publish_offer),
}


@pytest.mark.parametrize("made", HIDDEN.values(), ids=HIDDEN)
def test_what_no_letter_told_is_news_when_it_is_shown_again(world, made):
    check_news_again(*made(), by=CONSOLE)


def test_a_call_that_no_letter_told_is_news_when_it_is_shown_again(world):
    calling = Calling(Voices(world))
    check_news_again(calling.shown(title="CanarioZutano"), unpublish_call, publish_call, by=calling.by)


def check_news_again(kept, hide, show, *, by):
    subscriber("ana@example.org")
    kept = hide(kept.pk, by=by, version=kept.version)
    event(title="Otra cosa")
    mail.outbox.clear()
    run()
    assert ["CanarioZutano" in one.body for one in mail.outbox] == [False]
    kept = show(kept.pk, by=by, version=kept.version)
    run()
    assert ["CanarioZutano" in one.body for one in mail.outbox] == [False, True]
    kept = hide(kept.pk, by=by, version=kept.version)  # after its letter left it is no news again
    show(kept.pk, by=by, version=kept.version)
    event(title="Y otra")
    run()
    assert ["CanarioZutano" in one.body for one in mail.outbox] == [False, True, False]


def test_an_issue_of_which_nothing_is_left_ends_without_a_letter(world):
    made = event()
    subscriber("ana@example.org")
    compose_issue(base=BASE)
    unpublish_event(made.pk, by=CONSOLE, version=made.version)
    mail.outbox.clear()
    run()
    assert not mail.outbox
    assert Issue.objects.get().finished_at


class Killed(BaseException):
    """The process ends here, as by SIGKILL: nothing of ours runs after it."""


@pytest.mark.parametrize("when", ["before", "after"])
def test_killed_in_the_middle_it_sends_nothing_twice(world, when):
    event()
    for number in range(5):
        subscriber(f"s{number}@example.org")
    mail.outbox.clear()
    issue, letters, left = compose_issue(base=BASE), Letters(), []

    def dying(issue, subscription, address):
        made = letters(issue, subscription, address)
        send = made.send

        def sending():
            if len(left) == 2 and when == "before":
                raise Killed
            send()
            left.append(address)
            if len(left) == 3:
                raise Killed

        made.send = sending
        return made

    with pytest.raises(Killed):
        send_issue(issue, letter=dying, most=100)
    for _ in range(3):
        run()
    told = [one.to[0] for one in mail.outbox]
    assert len(told) == len(set(told))
    # the letter that was on its way is in doubt: it left or not, and is not repeated
    assert len(told) == (5 if when == "after" else 4)
    assert Delivery.objects.filter(sent_at__isnull=True).count() == 1
    assert Issue.objects.get().finished_at


def test_an_issue_goes_out_in_batches(world, capsys):
    event()
    for number in range(5):
        subscriber(f"s{number}@example.org")
    mail.outbox.clear()
    run(most=2)
    assert len(mail.outbox) == 2
    event(title="Más nuevo")
    run(most=2)
    run(most=2)
    assert len({one.to[0] for one in mail.outbox}) == 5
    assert not any("Más nuevo" in one.body for one in mail.outbox)
    run()
    assert "Más nuevo" in mail.outbox[-1].body


class Down(EmailBackend):
    """A server that cannot be reached."""

    def open(self):
        raise ConnectionRefusedError("nobody listens")

    def send_messages(self, _messages):
        self.open()


class Picky(EmailBackend):
    """A server that takes nothing for one address, and hangs up in the middle for another."""

    def send_messages(self, messages):
        if messages[0].to == ["picky@example.org"]:
            raise SMTPDataError(552, b"the mailbox is full")
        if messages[0].to == ["hangs@example.org"]:
            raise SMTPServerDisconnected("gone")
        return super().send_messages(messages)


def test_a_server_that_cannot_be_reached_claims_nothing(world, settings):
    event()
    subscriber("ana@example.org")
    mail.outbox.clear()
    settings.EMAIL_BACKEND = "tests.museum.test_letters.Down"
    with pytest.raises(CommandError, match="nobody listens"):
        run()
    assert not Delivery.objects.exists()
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    run()
    assert len(mail.outbox) == 1


def test_what_the_server_refuses_is_tried_again_and_what_is_in_doubt_is_not(world, settings):
    event()
    for name in ("ana", "picky", "hangs"):
        subscriber(f"{name}@example.org")
    mail.outbox.clear()
    settings.EMAIL_BACKEND = "tests.museum.test_letters.Picky"
    for _ in range(4):
        with pytest.raises(CommandError):
            run()
        if Issue.objects.get().finished_at:
            break
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    run()
    assert [one.to[0] for one in mail.outbox] == ["ana@example.org"]
    tries = {opened(one.subscription.sealed_address, about=one.subscription.pk.bytes).partition("@")[0]: one
             for one in Delivery.objects.select_related("subscription")}  # fmt: skip
    assert (tries["picky"].tries, tries["hangs"].tries) == (3, 1)
    assert tries["hangs"].sent_at is None


class Faulty(EmailBackend):
    """A server that is out of order: it takes from nobody, or for nobody, for now."""

    fault: Exception

    def send_messages(self, _messages):
        raise self.fault


@pytest.mark.parametrize(
    "fault",
    [
        SMTPSenderRefused(550, b"not from there", "museo@example.org"),
        SMTPDataError(451, b"local error"),
        SMTPDataError(421, b"closing"),
        SMTPRecipientsRefused({"ana@example.org": (450, b"not now")}),
    ],
)
def test_a_fault_of_the_server_uses_up_nobodys_tries(world, settings, monkeypatch, fault):
    event()
    for name in ("ana", "bea"):
        subscriber(f"{name}@example.org")
    mail.outbox.clear()
    monkeypatch.setattr(Faulty, "fault", fault, raising=False)
    settings.EMAIL_BACKEND = "tests.museum.test_letters.Faulty"
    for _ in range(4):
        with pytest.raises(CommandError):
            run()
    assert Issue.objects.get().finished_at is None
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    run()
    assert {one.to[0] for one in mail.outbox} == {"ana@example.org", "bea@example.org"}


def test_not_now_is_given_up_after_some_days(world, settings, monkeypatch):
    event()
    subscriber("ana@example.org")
    compose_issue(base=BASE)
    monkeypatch.setattr(Faulty, "fault", SMTPDataError(452, b"full"), raising=False)
    settings.EMAIL_BACKEND = "tests.museum.test_letters.Faulty"
    long_ago = timezone.now() - dt.timedelta(days=9)
    Subscription.objects.update(confirmed_at=long_ago)
    Event.objects.update(published_at=long_ago, first_published_at=long_ago)
    Issue.objects.update(until=timezone.now() - dt.timedelta(days=6))
    assert [send_issue(Issue.objects.get(), letter=Letters(), most=5).left for _try in range(3)] == [1, 1, 0]


def test_another_key_opens_nothing_and_says_so(world, settings):
    event()
    subscriber("ana@example.org")
    mail.outbox.clear()
    settings.TRAIL_KEY = "otra"
    with pytest.raises(CommandError, match=r"trail\.key"):
        run()
    assert not mail.outbox


@pytest.mark.parametrize("options", [{"base": None}, {"base": "museo.example"}, {"base": "ftp://x"}, {"most": 0}])
def test_a_misused_command_says_how(world, options):
    with pytest.raises(CommandError):
        call_command("newsletter", **{"base": BASE, "most": 5, **options})


def test_the_command_shows_without_sending(world, capsys):
    event(title="Concierto")
    subscriber("ana@example.org")
    mail.outbox.clear()
    call_command("newsletter", show=True)
    told = capsys.readouterr().out
    assert "Concierto" in told
    assert "Iría a 1 persona." in told
    assert not mail.outbox
    assert not Issue.objects.exists()
