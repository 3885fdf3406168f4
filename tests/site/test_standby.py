"""Public pages from a server that follows: never older than what their reader wrote, and never an error more."""

from __future__ import annotations

import contextlib
import json
import time
import urllib.parse

import psycopg
import pytest

from hermanar.museum.rules.turns import SCHOOL_GUIDE
from hermanar.site.standby.reading import NEVER, Shared, is_public_reading, written_by
from tests.conftest import hermanar_env
from tests.faults.mother import mother_of
from tests.faults.servers import follower_of, own_server
from tests.faults.sites import PATIENCE, Officer, serving
from tests.museum.voices import TICKET

MARK = "hermanar_written="
COUNTING = "/cursos/guia-para-escuelas.pdf"
COUNTED = f"SELECT count(*) FROM hermanar_cache WHERE cache_key LIKE '%{SCHOOL_GUIDE.name}%'"  # noqa: S608 (a word of ours)


@pytest.mark.row(34)
@pytest.mark.parametrize(
    ("method", "path", "expected"),
    [
        ("GET", "/acuerdos/", True), ("HEAD", "/en/acuerdos/", True), ("GET", "/api/v1/agreements", True),
        ("POST", "/saludos/escribir/", False), ("GET", "/oficina/", False), ("GET", "/en/oficina/", False),
        ("GET", "/cuenta/entrar/", False), ("GET", "/contraparte/x/", False), ("GET", "/cms/", False),
        ("GET", "/listo/", False), ("GET", "/salud/", False),
    ],
)  # fmt: skip
def test_only_what_everybody_may_read_is_read_from_a_standby(method, path, expected):
    assert is_public_reading({"REQUEST_METHOD": method, "PATH_INFO": path}) is expected


@pytest.mark.row(34)
@pytest.mark.parametrize(
    ("cookies", "position"),
    [
        ("", 0), ("csrftoken=a", 0), ("hermanar_written=1f", 31), ("a=b; hermanar_written=1f;c=d", 31),
        ("__Host-hermanar_written=ff", 255), ("hermanar_written=1; hermanar_written=2", 2),
        ("nothermanar_written=1f", 0), ("hermanar_written=", NEVER), ("hermanar_written=0x1f", NEVER),
        ("hermanar_written=" + "f" * 17, NEVER), ("hermanar_written=-1", NEVER),
    ],
)  # fmt: skip
def test_a_mark_that_cannot_be_read_is_later_than_everything(cookies, position):
    assert written_by({"HTTP_COOKIE": cookies}) == position


class Heard:
    """A server whose position was just heard."""

    def now(self):
        return 100

    def read(self):
        return contextlib.nullcontext()


@pytest.mark.row(34)
@pytest.mark.parametrize(
    ("status", "who"),
    [("200 OK", "standby"), ("404 Not Found", "standby"), ("500 No", "primary"), ("503 No", "primary")],
)
def test_what_the_standby_fails_at_is_asked_of_the_primary(status, who):
    """Between the moment a server is lost and the moment that is heard there are pages, too few to wait for."""

    def standby(_environ, start):
        start(status, [])
        return [b"standby"]

    def primary(_environ, start):
        start("200 OK", [])
        return [b"primary"]

    told = []
    shared = Shared(Heard(), from_primary=primary, from_standby=standby)
    answer = shared({"REQUEST_METHOD": "GET", "PATH_INFO": "/"}, lambda said, _headers, _error=None: told.append(said))
    assert b"".join(answer).decode() == who
    assert told == [status if who == "standby" else "200 OK"]


# ── a real pair of servers ─────────────────────────────────────────────────────────────────────────────────────────


class Person(Officer):
    """Somebody in a browser, who keeps the mark she is given."""

    def ask(self, path, fields=None, file=None):
        answer = super().ask(path, fields, file)
        given = answer.headers.get("set-cookie", "")
        if MARK in given:
            self.mark = MARK + given.partition(MARK)[2].partition(";")[0]
        return answer

    def propose(self, voices):
        """Send a proposal; return where its receipt is."""
        where, fields = voices
        form = self.ask(where)
        assert form.status == 200, form.text[:2000]
        answer = self.ask(where, {**fields, "ticket": TICKET.search(form.text)[1]})
        assert answer.status == 303, answer.text[:2000]
        return urllib.parse.urlsplit(answer.headers["location"]).path


class Pair:
    """Two servers of one database, and a site before them."""

    def __init__(self, primary, standby, url, site, mother):
        self.primary, self.standby, self.site, self.mother = primary, standby, site, mother
        self.name = url.rpartition("/")[2]

    def at(self, cluster, question):
        where = f"postgres://hermanar@127.0.0.1:{cluster.port}/{self.name}"
        with psycopg.connect(where, autocommit=True) as connection:
            return connection.execute(question).fetchone()[0]

    def pause(self):
        self.at(self.standby, "SELECT pg_wal_replay_pause()::text")
        wait_until(lambda: self.at(self.standby, "SELECT pg_get_wal_replay_pause_state()") == "paused")

    def resume(self):
        self.at(self.standby, "SELECT pg_wal_replay_resume()::text")

    def catches_up(self):
        """Wait until the standby shows all that was committed, and each process has heard of it."""
        end = self.at(self.primary, "SELECT pg_current_wal_insert_lsn()::text")
        wait_until(lambda: self.at(self.standby, f"SELECT pg_last_wal_replay_lsn() >= '{end}'::pg_lsn"))
        time.sleep(0.2)


def add_agreements(mother, folder, count):
    """Import so many agreements of Guanajuato and Ashland, the first of them again."""
    mother.do("write_file", str(folder / "lista.csv"), count)
    mother.do("call", "import", str(folder / "lista.csv"), "--yes", "--verbosity", "0")


def wait_until(holds):
    deadline = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.05)


@pytest.fixture(scope="module")
def pair(bare, postgres_url, tmp_path_factory):
    folder = tmp_path_factory.mktemp("pair")
    with own_server(bare, postgres_url) as (primary, url), follower_of(primary) as standby:
        read = url.replace(f":{primary.port}/", f":{standby.port}/")
        env = hermanar_env(folder / "var", DATABASE_URL=url, HERMANAR_STANDBY_URL=read)
        with mother_of("tests.faults.house", env=env, folder=folder / "children") as mother:
            mother.voices = mother.do("voices")
            add_agreements(mother, folder, 1)  # who writes does so to a city with a sister
            with serving(mother, env=env, folder=folder) as site:
                yield Pair(primary, standby, url, site, mother)


@pytest.fixture
def paused(pair):
    pair.catches_up()
    pair.pause()
    yield pair
    pair.resume()


@pytest.mark.nightly
@pytest.mark.row(34)
def test_who_wrote_reads_her_own_write_while_the_standby_stands_still(paused, figure):
    """Others meanwhile read the standby as it stands: else nothing would be shown of anyone's own."""
    times = 20
    for _time in range(times):
        her, other = Person(paused.site.port), Person(paused.site.port)
        receipt = her.propose(paused.mother.voices)
        for _read in range(3):
            assert her.ask(receipt).status == 200
            assert other.ask(receipt).status == 404
    paused.resume()
    paused.catches_up()
    assert other.ask(receipt).status == 200
    figure(f"{times} of {times} writers read their write at once, 0 of {times} others, who read the standby")


@pytest.mark.nightly
@pytest.mark.row(34)
def test_her_mark_leads_to_the_standby_again_once_it_has_come_as_far(paused):
    her = Person(paused.site.port)
    her.propose(paused.mother.voices)
    assert her.mark
    paused.resume()
    paused.catches_up()
    paused.pause()
    other = Person(paused.site.port)
    receipt = other.propose(paused.mother.voices)
    assert her.ask(receipt).status == 404  # from the standby, which does not have it
    assert other.ask(receipt).status == 200


@pytest.mark.nightly
@pytest.mark.row(34)
def test_lists_and_search_follow_the_standby_by_an_index_of_its_own(pair, tmp_path):
    """The index of the primary is not asked for what the standby does not have yet, nor thrown away for it."""
    pair.catches_up()
    visitor = Person(pair.site.port)
    found = "/api/v1/agreements?q=ashland"
    for count in (3, 6):
        pair.pause()
        before = json.loads(visitor.ask(found).text)["count"]
        add_agreements(pair.mother, tmp_path, count)
        assert json.loads(visitor.ask(found).text)["count"] == before
        assert visitor.ask("/salud/").status == 200  # by the index of the primary
        pair.resume()
        pair.catches_up()
        assert json.loads(visitor.ask(found).text)["count"] > before


@pytest.mark.nightly
@pytest.mark.row(34)
def test_a_page_that_counts_its_visits_is_answered_by_the_primary(pair):
    """What a standby cannot do is done where it can, and nobody sees the difference; counted is each visit once."""
    pair.catches_up()
    assert pair.at(pair.primary, COUNTED) == 0
    assert Person(pair.site.port).ask(COUNTING).status == 200
    assert pair.at(pair.primary, COUNTED) > 0
    assert "Traceback" not in pair.site.told()


@pytest.mark.nightly
@pytest.mark.row(34)
def test_check_tells_how_far_the_standby_is(pair):
    pair.catches_up()
    assert pair.mother.do("behind") == 0
    pair.pause()
    Person(pair.site.port).propose(pair.mother.voices)
    assert pair.mother.do("behind") > 0
    pair.resume()
    pair.standby.kill()
    try:
        assert pair.mother.do("behind") is None
        assert "La réplica no responde" in pair.mother.do("refused_by_check")
    finally:
        pair.standby.start()


@pytest.mark.nightly
@pytest.mark.row(34)
def test_a_standby_that_is_lost_costs_nobody_an_error(pair):
    pair.catches_up()
    pair.standby.kill()
    answers = []
    deadline = time.monotonic() + 8
    while time.monotonic() < deadline:
        answers.append(Person(pair.site.port).ask("/acuerdos/?q=ashland").status)
    assert set(answers) == {200}, answers
    pair.standby.start()
    pair.catches_up()
    time.sleep(6)
    pair.pause()
    her, other = Person(pair.site.port), Person(pair.site.port)
    receipt = her.propose(pair.mother.voices)
    assert (her.ask(receipt).status, other.ask(receipt).status) == (200, 404)  # it is read again
    pair.resume()
