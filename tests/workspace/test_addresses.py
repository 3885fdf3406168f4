"""Every address and method of the program, for every role, a stranger's office and the public."""

from __future__ import annotations

import functools
import os
import re
from collections import Counter
from uuid import UUID

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import URLResolver, get_resolver, include, path, resolve, reverse
from django.utils import translation

from hermanar.agreements.actions import end_guest
from hermanar.agreements.models import Guest
from hermanar.agreements.queries.guests import acting_guest
from hermanar.foundation.access import GRANTED, Role, Verb
from hermanar.workspace.views.door import member
from tests.guests import DrivenGuest
from tests.undoing import undone
from tests.workspace.addresses import ADDRESSES, office
from tests.workspace.signing_in import client_of

# What only this table visits is not tested by that: it does not count as covered, and the many questions go faster.
pytestmark = [pytest.mark.no_cover, pytest.mark.alike, pytest.mark.row(16)]
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
# In English the same views stand behind the same doors: by night they are asked there too.
LANGUAGES = ("es", "en") if os.environ.get("HERMANAR_NIGHT") else ("es",)
DESK = "cms/"
ASKED: Counter[str] = Counter()  # by method, in this process
KINDS = {kind: sorted(name for name, who in ADDRESSES.items() if who.kind == kind) for kind in
         ("public", "public_form", "entrance", "signed_in", "office", "guest")}  # fmt: skip


def named(patterns, spaces=()):
    """Yield the name and the view of every address; one without a name is called by its pattern."""
    for each in patterns:
        if str(each.pattern) == DESK:  # Wagtail's addresses, and the desk's own among them, have one door for all
            continue
        if isinstance(each, URLResolver):
            yield from named(each.url_patterns, (*spaces, each.namespace) if each.namespace else spaces)
        else:
            yield ":".join([*spaces, each.name]) if each.name else str(each.pattern), each.callback


def undeclared(patterns, declared):
    """List the addresses that nobody declared."""
    return sorted({name for name, _view in named(patterns)} - set(declared))


def addresses(name, arguments):
    """Write an address in both languages."""
    if "/" in name:  # it has no name to be written by
        return [f"/{re.sub('<[^>]*>', lambda _: str(next(iter(arguments.values()))), name)}"]
    found, args = [], ("pagina-de-nadie/",) if name == "wagtail_serve" else ()  # a page is named by its whole way
    for language in LANGUAGES:
        with translation.override(language):
            found.append(reverse(name, args=args, kwargs=arguments or None))
    return sorted(set(found))


def ask(client, method, address):
    """Ask, and undo whatever the question did."""
    ASKED[method] += 1
    with undone():
        answer = client.generic(method, address)
        if answer.streaming:
            b"".join(answer.streaming_content)
    return answer


def is_sent_to_sign_in(answer):
    return answer.status_code == 302 and "/cuenta/entrar/" in answer["Location"]


def test_every_address_is_declared(figure):
    assert undeclared(get_resolver().url_patterns, ADDRESSES) == []
    counts = ", ".join(f"{len(names)} {kind}" for kind, names in KINDS.items())
    figure(f"{len(ADDRESSES)} addresses declared ({counts})")


def test_no_declared_address_is_gone():
    assert set(ADDRESSES) - {name for name, _view in named(get_resolver().url_patterns)} == set()


def test_planted_address_is_found():
    planted = [path("", include(([path("nuevo/", lambda request: None, name="new")], "workspace")))]
    assert undeclared(planted, ADDRESSES) == ["workspace:new"]


def test_pages_of_offices_declare_the_verbs_of_their_door():
    views = dict(named(get_resolver().url_patterns))
    behind_a_door = {name: set(view.verbs) for name, view in views.items() if hasattr(view, "verbs")}
    assert behind_a_door == {name: set(ADDRESSES[name].verbs) for name in KINDS["office"]}


@pytest.mark.django_db
def test_every_operation_of_the_description_is_declared_and_public():
    described = Client().get("/api/v1/openapi.json").json()["paths"]
    for address, operations in described.items():
        found = resolve(re.sub(r"{\w+}", "x", address))
        assert ADDRESSES[found.view_name].kind == "public", address
        assert set(operations) == {"get"}, f"{address} has a method that is not for reading"


@pytest.fixture
def cast(standing_cast):
    return standing_cast


@pytest.fixture
def browsers(everyone):
    """Return who asks: the public, and everyone of the cast, signed in."""
    return {None: Client(), **everyone}


@pytest.mark.django_db
def test_public_addresses_answer_everyone_alike_and_leave_nothing_in_the_browser(browsers):
    for name in KINDS["public"]:
        for address in addresses(name, ADDRESSES[name].arguments):
            for method in METHODS:
                asking = (None, *_one_of_each_role(browsers))[: None if method == "GET" else 2]
                answers = [ask(browsers[key], method, address) for key in asking]
                statuses = {answer.status_code for answer in answers}
                assert len(statuses) == 1, f"{method} {address}: {statuses}"
                assert statuses.isdisjoint({401, 403, 500}), f"{method} {address}: {statuses}"
                assert not is_sent_to_sign_in(answers[0]), f"{method} {address}"
                assert method in {"GET", "HEAD", "OPTIONS"} or statuses <= {404, 405}, f"{method} {address}: {statuses}"
                assert not any(answer.cookies for answer in answers), address
                assert not any("cookie" in answer.get("Vary", "").lower() for answer in answers), address


@pytest.mark.django_db
def test_public_forms_answer_everyone_alike_and_leave_nothing_in_the_browser(browsers):
    for name in KINDS["public_form"]:
        for address in addresses(name, ADDRESSES[name].arguments):
            for method in METHODS:
                asking = (None, *_one_of_each_role(browsers))[: None if method in {"GET", "POST"} else 2]
                answers = [ask(browsers[key], method, address) for key in asking]
                statuses = {answer.status_code for answer in answers}
                assert len(statuses) == 1, f"{method} {address}: {statuses}"
                assert statuses.isdisjoint({401, 500}), f"{method} {address}: {statuses}"
                assert not is_sent_to_sign_in(answers[0]), f"{method} {address}"
                assert not any(answer.cookies for answer in answers), address


@pytest.mark.django_db
def test_entrances_are_open_to_everyone(browsers):
    for name in KINDS["entrance"]:
        for address in addresses(name, ADDRESSES[name].arguments):
            for method, key in ((m, k) for m in METHODS for k in (None, *_one_of_each_role(browsers))):
                status = ask(browsers[key], method, address).status_code
                assert status < 500, f"{method} {address} {key}: {status}"
                assert status not in {401, 403}, f"{method} {address} {key}: {status}"


@pytest.mark.django_db
def test_pages_of_an_account_are_for_whoever_is_signed_in(browsers):
    for name in KINDS["signed_in"]:
        for address in addresses(name, ADDRESSES[name].arguments):
            for method, key in ((m, k) for m in METHODS for k in (None, *_one_of_each_role(browsers))):
                answer = ask(browsers[key], method, address)
                is_refused = is_sent_to_sign_in(answer) or answer.status_code == 403
                assert is_refused == (key is None), f"{method} {address} {key}: {answer.status_code}"
                assert answer.status_code < 500, f"{method} {address} {key}"


@pytest.mark.django_db
@pytest.mark.parametrize("name", KINDS["office"])
def test_pages_of_an_office_open_where_the_table_says(name, cast, browsers):
    """Ask as one of each outcome of each office: one door, whose verbs were compared; by night ask as everybody."""
    seen = set()
    for number, address in enumerate(_addresses_of(name, cast)):
        # A door that let a method by would do so in either language; what pages and forms do is asked in both.
        asking = _one_of_each_outcome(name, browsers)
        few = dict(sorted(asking.items(), key=lambda one: _outcome(name, *one[0]))[:: len(asking) - 1 or 1])
        for method in METHODS if number == 0 else ("GET", "POST"):
            people = asking if method in {"GET", "POST"} else few  # the other methods: one who may, one who may not
            seen |= _open_as_told(name, address, method, asking=people, public=browsers[None])
    assert seen == {_outcome(name, *key, method) for key in _all_signed_in(browsers) for method in ("GET", "POST")}


@pytest.mark.nightly
@pytest.mark.django_db
@pytest.mark.parametrize("name", KINDS["office"])
def test_pages_of_an_office_open_to_every_method_where_the_table_says(name, cast, browsers):
    for address in _addresses_of(name, cast):
        for method in METHODS:
            _open_as_told(name, address, method, asking=_all_signed_in(browsers), public=browsers[None])


def _addresses_of(name, cast):
    who = ADDRESSES[name]
    return addresses(name, who.of(cast) if who.of else who.arguments)


def _outcome(name, slug, role, method="GET"):
    """Say what the table promises somebody: 403 without the verb, 404 for another office's, 0 where it opens."""
    who = ADDRESSES[name]
    if who.verbs and not GRANTED[role] & set(who.verbs):
        return 403
    if who.of and slug not in who.owners:
        return 404
    return 403 if method == "POST" and who.sending and not GRANTED[role] & set(who.sending) else 0


def _all_signed_in(browsers):
    return {key: one for key, one in browsers.items() if key}


def _one_of_each_outcome(name, browsers):
    """Return the last person who gets each pair of answers, reading and sending, that the table promises."""
    people = {(key[0], _outcome(name, *key), _outcome(name, *key, "POST")): key for key in browsers if key}
    return {key: browsers[key] for key in people.values()}


def _open_as_told(name, address, method, *, asking, public):
    """Ask for an address and hold each answer to the table; return the outcomes seen."""
    assert is_sent_to_sign_in(ask(public, method, address)), f"{method} {address}: the public"
    seen = set()
    for (slug, role), client in asking.items():
        answer, promised = ask(client, method, address), _outcome(name, slug, role, method)
        status = answer.status_code
        told = f"{method} {address}: {role.value} of {slug}: {status}"
        assert not hasattr(answer, "is_for_everyone"), f"{told}: the server would remember it (decision 33)"
        if promised:
            assert status == promised, told
        else:
            assert status not in {401, 403} | ({404} if ADDRESSES[name].of else set()), told
            assert status < 500, told
        seen.add(promised)
    return seen


@pytest.mark.row(26)
@pytest.mark.django_db
def test_no_page_of_an_office_opens_without_a_second_factor(cast, figure):
    Authenticator.objects.filter(user=cast.of(Role.DIRECTOR).user).delete()
    client = client_of(cast.of(Role.DIRECTOR), shown=False)
    reached: Counter[tuple[int, str]] = Counter()
    for name in KINDS["office"]:
        who = ADDRESSES[name]
        with undone():  # what an address names is made for it alone: there may be only one of a name
            for address in addresses(name, who.of(cast) if who.of else who.arguments):
                for method in METHODS:
                    answer = ask(client, method, address)
                    sent = (answer.status_code, answer["Location"])
                    assert sent == (302, reverse("mfa_index")), f"{method} {address}"
                    reached[sent] += 1
    for address in desk_addresses():
        answer = ask(client, "GET", address)
        sent = (answer.status_code, answer["Location"])
        assert sent == (302, reverse("mfa_index")), f"{address} of the desk"
        reached[sent] += 1
    figure(f"{reached.total():,} requests to office and desk, all led to making a factor", row=26)


def test_pages_of_guests_declare_their_door():
    views = dict(named(get_resolver().url_patterns))
    assert sorted(name for name, view in views.items() if hasattr(view, "is_for_guests")) == KINDS["guest"]


@pytest.mark.django_db
@pytest.mark.parametrize("name", KINDS["guest"])
def test_pages_of_a_tie_open_for_its_guests_and_are_nothing_to_anyone_else(name, cast, browsers):
    arguments = ADDRESSES[name].of(cast)
    stranger = DrivenGuest(cast, email="eve@ashland.example.org")  # of another tie of the same office
    guest = Guest.objects.get(agreement=arguments["agreement"])
    for address in addresses(name, arguments):
        for method in METHODS:
            assert is_sent_to_sign_in(ask(browsers[None], method, address)), f"{method} {address}: the public"
            for key, client in [*browsers.items(), ("guest of another tie", client_of(stranger.by))]:
                if key and method in {"GET", "POST"}:
                    assert ask(client, method, address).status_code == 404, f"{method} {address} {key}"
            status = ask(client_of(acting_guest(guest)), method, address).status_code
            assert status not in {401, 403, 404, 500}, f"{method} {address}: the guest: {status}"
    without = client_of(acting_guest(guest), shown=False)
    assert ask(without, "GET", address).status_code == 302, "a second factor is shown in each session"
    end_guest(guest.pk, by=cast.of(Role.DIRECTOR))
    assert ask(client_of(acting_guest(guest)), "GET", address).status_code == 404


def desk_addresses():
    """Write every address of the desk; what asks for a record is asked for one that is not there."""
    desk = next(each for each in get_resolver().url_patterns if str(each.pattern) == DESK)
    return sorted({f"/{DESK}{_filled(written)}" for written in _written(desk.url_patterns)})


def _written(patterns, before=""):
    for each in patterns:
        written = before + str(each.pattern)
        if isinstance(each, URLResolver):
            yield from _written(each.url_patterns, written)
        else:
            yield written


def _filled(written):
    """Put something of its kind in each open place of a route, or of a plain regular expression."""
    route = re.sub(
        r"<(?:(\w+):)?\w+>", lambda found: {"int": "1", "uuid": str(UUID(int=1))}.get(found[1], "x"), written
    )
    return re.sub(r"\([^)]*\)|[\^$\\]", lambda found: "1" if found[0].startswith("(") else "", route)


@pytest.mark.django_db
def test_the_desk_has_one_door(cast, browsers):
    asked = desk_addresses()
    assert len(asked) > 200
    refused = next(key for key in browsers if key and key[1] is Role.READER)
    for address in asked:
        for method in ("GET", "POST"):
            assert is_sent_to_sign_in(ask(browsers[None], method, address)), f"{method} {address}: the public"
            status = ask(browsers[refused], method, address).status_code
            assert status == 403, f"{method} {address}: {refused}: {status}"


@pytest.mark.django_db
def test_the_desk_opens_to_who_edits_rooms(browsers, figure):
    opened = {key for key, client in browsers.items() if key and ask(client, "GET", f"/{DESK}").status_code == 200}
    of_places = {key for key in browsers if key and key[0] != "sre"}  # a ministry is of no city, and has no room
    assert opened == {key for key in of_places if Verb.EDIT_ROOMS in GRANTED[key[1]]}
    figure(f"{ASKED.total():,} requests asked, {len(desk_addresses())} addresses of the desk among their targets")


def test_planted_door_with_other_verbs_is_seen():
    view = member(next(iter(GRANTED[Role.READER])))(functools.partial(lambda request: None))
    assert set(view.verbs) != set(office().verbs)


def _one_of_each_role(browsers):
    """Return one person for each role: these pages do not ask in which office."""
    return list({role: (slug, role) for slug, role in filter(None, browsers)}.values())
