"""What visitors send: forms without cookies, moderation before publication, reports, and nothing told too soon."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest
from django.core import signing
from django.core.cache import cache
from django.test import Client, RequestFactory

from hermanar.foundation import intake
from hermanar.foundation.intake import Kind, State
from hermanar.foundation.models import Contribution
from hermanar.museum import tickets
from hermanar.museum.limits import admits
from hermanar.museum.rules.turns import FROM_ALL, FROM_ONE_ADDRESS, NEWCOMERS, WAITED, lane
from tests.museum.voices import ADDRESSES, FORMS, TICKET, Voices, ticket_of

KINDS = (Kind.HELLO, Kind.ANSWER, Kind.PROPOSAL)
SCRIPT = "<script>alert('vecino')</script>"
pytestmark = [pytest.mark.django_db, pytest.mark.alike]


@pytest.fixture
def voices(world):
    cache.clear()
    return Voices(world)


@pytest.fixture
def visitor(voices):
    return Client(raise_request_exception=False)


def sent(client, voices, kind, *, address=None, headers=None, extra=None, **more):
    where, given = voices.form(kind, **more)
    given.setdefault("ticket", ticket_of(client, where))
    return client.post(address or where, given, headers=headers, **(extra or {}))


def page(client, address):
    answer = client.get(address)
    assert answer.status_code == 200, address
    return b"".join(answer).decode()


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_sent_waits_is_published_reported_and_taken_away(voices, visitor, kind):
    receipt = sent(visitor, voices, kind, text="Palabras que nadie más dijo")
    assert receipt.status_code == 303
    kept = Contribution.objects.get()
    assert (kept.kind, kept.office, kept.place, kept.state) == (kind, voices.office.pk, voices.home, "waiting")
    assert "Gracias. Llegó." in page(visitor, receipt["Location"])
    assert not any("Palabras que nadie más dijo" in page(visitor, address) for address in ADDRESSES)

    kept = voices.publish(kept)
    where = {Kind.HELLO: "/saludos/", Kind.ANSWER: "/dialogo/la-basura/", Kind.PROPOSAL: f"/propuestas/{kept.pk}/"}[
        kind
    ]
    assert "Palabras que nadie más dijo" in page(visitor, where)
    assert "Palabras que nadie más dijo" in page(visitor, f"/en{where}")
    assert "Publicado" in page(visitor, receipt["Location"])

    warning = f"/avisar/{kept.pk}/"
    given = {"ticket": ticket_of(visitor, warning), "complaint": "harm", "note": SCRIPT}
    for _click in range(2):
        assert visitor.post(warning, given).status_code == 200
    kept.refresh_from_db()
    assert (kept.state, kept.report_count) == ("reported", 1)
    assert "Palabras que nadie más dijo" in page(visitor, where)

    kept = intake.hide(kept.pk, by=voices.by, version=kept.version, reason="x")
    assert "Palabras que nadie más dijo" not in visitor.get(where).content.decode()
    assert visitor.get(warning).status_code == 404
    intake.remove(kept.pk, by=voices.by, version=kept.version, reason="x")
    assert "Ya no está" in page(visitor, receipt["Location"])


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("state", [State.WAITING, State.REFUSED, State.HIDDEN, State.REMOVED])
def test_what_is_not_public_is_nowhere(voices, visitor, kind, state):
    kept = voices.in_state(kind, state, "el canario canta")
    own = {Kind.HELLO: f"/saludos/{kept.pk}/", Kind.PROPOSAL: f"/propuestas/{kept.pk}/"}.get(kind)
    for address in [*ADDRESSES, f"/avisar/{kept.pk}/", f"/recibo/{kept.key}/", *([own] if own else [])]:
        answer = visitor.get(address)
        assert "el canario canta" not in b"".join(answer).decode(), address
    if own:
        assert visitor.get(own).status_code == 404


@pytest.mark.parametrize("kind", KINDS)
def test_a_double_click_is_one(voices, visitor, kind):
    where, given = voices.form(kind)
    given["ticket"] = ticket_of(visitor, where)
    answers = [visitor.post(where, given) for _click in range(2)]
    assert [answer.status_code for answer in answers] == [303, 303]
    assert answers[0]["Location"] == answers[1]["Location"]
    assert Contribution.objects.count() == 1


@pytest.mark.parametrize("kind", KINDS)
def test_no_page_sets_a_cookie(voices, visitor, kind):
    answer = sent(visitor, voices, kind)
    visitor.get(answer["Location"])
    visitor.post(answer["Location"])
    for address in [*ADDRESSES, *FORMS.values()]:
        assert not visitor.get(address).cookies, address
    assert not visitor.cookies
    assert not Contribution.objects.get().content  # its sender took it back


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "text",
    [SCRIPT, "x" * 500_000, "\x00", "\x00\x08 hola \u202e", "\ud800".encode("utf-8", "surrogatepass"), "{{ 7*7 }}"],
)
def test_bad_texts_are_kept_as_text_or_told_beside_the_field(voices, visitor, kind, text):
    answer = sent(visitor, voices, kind, text=text)
    assert answer.status_code in ({413} if len(text) > 200_000 else {303, 422})
    if answer.status_code == 303:
        voices.publish(Contribution.objects.get())
        for address in ADDRESSES:
            shown = b"".join(visitor.get(address)).decode()
            assert SCRIPT not in shown
            assert "\x00" not in shown


@pytest.mark.parametrize(
    ("kind", "more"),
    [
        (Kind.HELLO, {"pair": "guanajuato/atlantis"}),
        (Kind.HELLO, {"pair": SCRIPT}),
        (Kind.HELLO, {"scene": "url(x)"}),
        (Kind.HELLO, {"wall": SCRIPT}),
        (Kind.HELLO, {"stamps": ["sun", SCRIPT]}),
        (Kind.HELLO, {"stamps": ["sun", "moon", "bird", "star", "hand", "book"]}),
        (Kind.HELLO, {"text": "x" * 281}),
        (Kind.ANSWER, {"voice": "god"}),
        (Kind.ANSWER, {"city": "../../x"}),
        (Kind.ANSWER, {"text": ""}),
        (Kind.PROPOSAL, {"city": "atlantis"}),
        (Kind.PROPOSAL, {"title": "x" * 101}),
        (Kind.HELLO, {"language": "klingon"}),
        (Kind.HELLO, {"consent": ""}),
    ],
)
def test_what_no_form_offers_is_refused_with_all_that_was_typed(voices, visitor, kind, more):
    answer = sent(visitor, voices, kind, **more)
    assert answer.status_code == 422
    assert not Contribution.objects.exists()
    shown = answer.content.decode()
    assert SCRIPT not in shown
    if kind is Kind.HELLO and "text" not in more:
        assert "Hola, vecinos" in shown


@pytest.mark.parametrize(
    "ticket", ["", "x", "x" * 5_000, "\x00", ["a", 1, None]], ids=["empty", "short", "long", "NUL", "signed elsewhere"]
)
def test_a_form_that_is_not_ours_is_given_back_whole(voices, visitor, ticket):
    if isinstance(ticket, list):
        ticket = signing.dumps(ticket, salt="hermanar.museum.ticket")
    answer = sent(visitor, voices, Kind.HELLO, ticket=ticket)
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert "Hola, vecinos" in shown
    assert TICKET.search(shown)
    assert not Contribution.objects.exists()


def test_a_form_is_seen_before_it_is_sent(voices, visitor):
    answer = sent(visitor, voices, Kind.HELLO, preview="1", scene="sun", wall="cobalt")
    shown = answer.content.decode()
    assert answer.status_code == 200
    assert 'data-wall="cobalt"' in shown
    assert "card__horizon" in shown
    assert "Hola, vecinos" in shown
    assert not Contribution.objects.exists()


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/saludos/postal.svg?ciudad=guanajuato&lazo=guanajuato/SISTER&dibujo=sun&sello=sun&sello=bird", 200),
        ("/saludos/postal.svg?ciudad=guanajuato&lazo=guanajuato/SISTER&dibujo=<script>&sello=<script>", 200),
        ("/saludos/postal.svg", 404),
        ("/saludos/postal.svg?ciudad=guanajuato&lazo=guanajuato/guanajuato", 404),
        ("/saludos/postal.svg?ciudad=%00", 422),
        ("/saludos/postal.svg?otro=1", 422),
        ("/saludos/?pagina=99999999999999999999", 200),
        ("/saludos/?pagina=<script>", 200),
        ("/saludos/escribir/?ciudad=atlantis", 200),
        ("/saludos/escribir/?de=<script>&para=x", 200),
        ("/dialogo/atlantis/", 404),
        ("/dialogo/atlantis/responder/", 404),
        ("/saludos/6f1c2a9e-0b7d-4c58-9a34-d21e7b5f8c03/", 404),
        ("/recibo/6f1c2a9e-0b7d-4c58-9a34-d21e7b5f8c03/", 404),
    ],
)
def test_addresses_that_a_stranger_makes_up(voices, visitor, address, status):
    answer = visitor.get(address.replace("SISTER", voices.sister))
    assert answer.status_code == status
    assert b"<script>&" not in answer.content


@pytest.mark.parametrize(
    "headers", [{"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}, {"Origin": "http://[::1"}]
)
def test_a_form_of_another_site_is_refused(voices, visitor, headers):
    answer = sent(visitor, voices, Kind.HELLO, headers=headers)
    assert answer.status_code == 403
    assert not Contribution.objects.exists()


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_other_methods_are_refused(voices, visitor, method):
    assert getattr(visitor, method)("/saludos/escribir/").status_code == 405
    assert visitor.post("/saludos/", {}).status_code == 405
    assert visitor.post("/saludos/escribir/?x=1", {}).status_code == 405


def test_bodies_that_cannot_be_read(voices, visitor):
    broken = visitor.post("/saludos/escribir/", b"\xff\xfe" * 50, content_type="multipart/form-data; boundary=x")
    many = visitor.post("/saludos/escribir/", {f"f{number}": "1" for number in range(2_000)})
    assert {broken.status_code, many.status_code} <= {400, 422}


def test_marks_come_from_how_it_was_sent(voices, visitor):
    sent(visitor, voices, Kind.HELLO, web="http://x", text="mire www.x.com")
    assert Contribution.objects.get().marks == ["trap", "quick", "link"]


def crowd(count, *, most, network="10.0"):
    """Let so many newcomers in at the same minute, as the door counts them; return how many it let in."""
    asking = RequestFactory().post
    ways = [asking("/", REMOTE_ADDR=f"{network}.{number % 200}.1") for number in range(count)]
    return sum(admits(way, tickets.fresh()) for way in ways[:most])


def test_a_thousand_hellos_a_minute_leave_room_for_a_person(voices, visitor):
    """Newcomers fill their places; whoever is asked to wait keeps their words and has a place of their own."""
    assert crowd(1_000, most=1_000) <= 2 * FROM_ALL.most  # the minute may turn while we count
    where, given = voices.form(Kind.HELLO)
    statuses = []
    for number in range(100):
        robot = {**given, "ticket": tickets.written(tickets.fresh())}
        statuses.append(visitor.post(where, robot, REMOTE_ADDR=f"10.1.{number}.1").status_code)
    assert set(statuses) <= {303, 429}
    assert Contribution.objects.count() == statuses.count(303)
    assert page(visitor, "/saludos/")

    crowd(FROM_ALL.most, most=FROM_ALL.most, network="10.3")
    told = visitor.post(where, {**given, "ticket": ticket_of(visitor, where), "text": "De una persona"})
    assert told.status_code == 429
    assert int(told["Retry-After"]) <= 30
    assert "De una persona" in told.content.decode()
    waiting = tickets.read(TICKET.search(told.content.decode())[1])
    come = tickets.written(replace(waiting, turn=time.time() - 1))  # the same form, when its turn has come
    assert visitor.post(where, {**given, "ticket": come, "text": "De una persona"}).status_code == 303
    assert Contribution.objects.filter(content__text="De una persona").exists()


def test_one_address_does_not_fill_the_house(voices, visitor):
    asking = RequestFactory().post
    let_in = sum(admits(asking("/", REMOTE_ADDR="10.1.1.1"), tickets.fresh()) for _one in range(200))
    assert let_in <= 2 * FROM_ONE_ADDRESS.most
    where, given = voices.form(Kind.PROPOSAL)
    given["ticket"] = tickets.written(tickets.fresh())
    assert visitor.post(where, given, REMOTE_ADDR="10.2.2.2").status_code == 303


def test_who_waited_is_counted_apart():
    assert lane(None, now=10) is lane(11, now=10) is NEWCOMERS
    assert lane(10, now=10) is WAITED


def test_a_card_whose_city_is_gone_leaves_a_quiet_place(voices, visitor, world):
    voices.publish(voices.send(Kind.HELLO, "para una ciudad que ya no está"))
    Contribution.objects.update(content={**Contribution.objects.get().content, "sender": "atlantis"})
    shown = page(visitor, "/saludos/")
    assert "ya no está en el registro" in shown
    assert "para una ciudad" not in shown


def test_without_an_office_nobody_is_asked_to_write(world):
    visitor = Client()
    assert "Aún no se reciben postales" in page(visitor, "/saludos/")
    assert "Aún no se reciben postales" in page(visitor, "/saludos/escribir/")
    assert "/propuestas/escribir/" not in page(visitor, "/propuestas/")


@pytest.mark.parametrize(("kind", "where"), [(Kind.HELLO, "/saludos/"), (Kind.ANSWER, "/dialogo/la-basura/"),
                                             (Kind.PROPOSAL, "/propuestas/")])  # fmt: skip
def test_a_list_asks_the_database_as_often_for_one_as_for_three(
    voices, visitor, kind, where, django_assert_num_queries, django_assert_max_num_queries
):
    voices.publish(voices.send(kind, "uno"))
    visitor.get(where)
    with django_assert_max_num_queries(80) as counted:
        visitor.get(where)
    for text in ("dos", "tres"):
        voices.publish(voices.send(kind, text))
    with django_assert_num_queries(len(counted)):
        visitor.get(where)
