"""A lost database, a lost mail server, a clock set back: a clear page, letters once, numbers in order, by itself."""

from __future__ import annotations

import socketserver
import threading
import time
from collections import Counter
from contextlib import contextmanager

import pytest

from tests.conftest import free_port, hermanar_env
from tests.faults.mother import kills, moments, mother_of
from tests.faults.servers import own_server
from tests.faults.sites import PATIENCE, Officer, serving

pytestmark = [pytest.mark.nightly, pytest.mark.row(32)]
READERS, KILLS = 40, 10


class LostFile:
    """The file of SQLite is taken away, as with a disk that is not mounted, and put back."""

    brand = "SQLite"

    def __init__(self, folder):
        self.file, self.elsewhere = folder / "hermanar.sqlite3", folder.parent / "elsewhere.sqlite3"

    def lose(self):
        self.file.rename(self.elsewhere)

    def find(self):
        self.elsewhere.rename(self.file)


class LostServer:
    """PostgreSQL is killed, and started again."""

    brand = "PostgreSQL"

    def __init__(self, cluster):
        self.cluster = cluster

    def lose(self):
        self.cluster.kill()

    def find(self):
        self.cluster.start()


@pytest.fixture(params=[LostFile, LostServer])
def lost(request, bare, tmp_path):
    """Return what loses the database of a house, and the house's environment."""
    folder = tmp_path / "var"
    if request.param is LostFile:
        bare.file_at(folder / "hermanar.sqlite3")
        yield LostFile(folder), hermanar_env(folder)
        return
    with own_server(bare, request.getfixturevalue("postgres_url")) as (cluster, url):
        yield LostServer(cluster), hermanar_env(folder, DATABASE_URL=url)


def test_a_lost_database_is_told_and_found_again_by_the_same_processes(lost, tmp_path, figure):
    lost, env = lost
    with mother_of("tests.faults.house", env=env, folder=tmp_path / "children") as mother:
        agreement = mother.do("build")
        with serving(mother, env=env, folder=tmp_path) as site:
            officer = Officer(site.port, agreement=agreement, **mother.do("sign_in"))
            before, during = officer.form("Antes"), officer.form("Durante")
            assert officer.note(before).status == 302
            workers = set(site.workers())
            lost.lose()
            for _time in range(6):  # by either process
                told = officer.note(during)
                assert (told.status, "Lo que envió no quedó confirmado" in told.text) == (503, True), told.text[:2000]
                told = officer.note(during, language="/en")
                assert (told.status, "What you sent was not confirmed" in told.text) == (503, True)
                page = officer.ask("/acuerdos/?pagina=2")
                assert (page.status, "Un momento, por favor" in page.text) == (503, True)
                assert "retry-after" in page.headers
            lost.find()
            assert mother.do("activities")[0] == [before["key"]]
            deadline = time.monotonic() + PATIENCE
            while officer.ask("/acuerdos/?pagina=2").status == 503 and time.monotonic() < deadline:
                time.sleep(0.2)
            assert officer.note(during).status == 302
            assert set(site.workers()) == workers  # nobody had to begin again
            assert set(mother.do("activities")[0]) == {before["key"], during["key"]}
            assert mother.do("sound") == []
    figure(f"{lost.brand} lost: 18 pages told so, 0 acknowledged, found again by the same processes")


class _Talk(socketserver.StreamRequestHandler):
    """One visitor of a mail server, spoken to as RFC 5321 asks for."""

    def handle(self):
        self._say("220 correo")
        receivers = []
        while line := self.rfile.readline().decode(errors="replace").strip():
            verb = line[:4].upper()
            if verb == "RCPT":
                receivers.append(line.partition("<")[2].partition(">")[0])
            elif verb == "DATA":
                self._say("354 y bien")
                while (read := self.rfile.readline()) and read.rstrip(b"\r\n") != b".":
                    pass
                if not read:
                    return  # cut off in the middle: it is nobody's letter
                self.server.received.update(receivers)
                receivers = []
            self._say("221 fin" if verb == "QUIT" else "250 bien")

    def _say(self, words):
        self.wfile.write(f"{words}\r\n".encode())


class Post(socketserver.ThreadingTCPServer):
    """A mail server that counts the letters of each receiver."""

    allow_reuse_address = daemon_threads = True

    def __init__(self, port, received):
        self.received = received
        super().__init__(("127.0.0.1", port), _Talk)


@contextmanager
def post(port, received):
    """Serve mail for a while; before and after, nobody listens."""
    with Post(port, received) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield
        finally:
            server.shutdown()


@pytest.fixture
def house(bare, tmp_path):
    """Return a process that does what letters are sent for, and the port where mail is looked for."""
    bare.file_at(tmp_path / "var" / "hermanar.sqlite3")
    port = free_port()
    env = hermanar_env(tmp_path / "var", HERMANAR_MAIL=f"smtp://127.0.0.1:{port}")
    with mother_of("tests.faults.letters", env=env, folder=tmp_path / "children") as mother:
        mother.do("build", READERS)
        yield mother, port


def test_letters_wait_for_a_lost_mail_server_and_leave_once(house, figure):
    mother, port = house
    received = Counter()
    for command in ("newsletter", "digest"):
        for _time in range(2):
            assert "No se pudo mandar el correo" in mother.do("letters", command)
    assert mother.do("invite", "nueva@example.org") == [200, True, 0]
    with post(port, received):
        for _time in range(3):
            for command in ("newsletter", "digest"):
                assert mother.do("letters", command) == ""
        assert mother.do("invite", "nueva@example.org") == [200, False, 1]
    assert set(received.values()) == {1}
    readers = sum(address.startswith("lectora") for address in received)
    assert readers == READERS
    assert received["nueva@example.org"] == 1
    assert received["director@guanajuato.example.org"] == 1
    figure(f"mail server lost: {sum(received.values())} letters kept, each sent once")


def test_letters_whose_sender_is_killed_never_leave_twice(house, figure):
    mother, port = house
    received = Counter()
    with post(port, received):
        for after in moments(kills(KILLS), within=1.0, seed=32):
            mother.cut("letters", "newsletter", after=after)
            mother.cut("letters", "digest", after=after)
        for command in ("newsletter", "digest"):
            mother.do("letters", command)
    assert set(received.values()) == {1}
    readers = sum(address.startswith("lectora") for address in received)
    assert READERS - mother.do("in_doubt") <= readers <= READERS
    told = f"{sum(received.values())} letters, 0 twice, {READERS - readers} in doubt"
    figure(f"{2 * kills(KILLS)} kills of who sends: {told}")


def test_a_clock_set_back_leaves_the_trail_in_order(house, figure):
    """Set it back by a day, and forward again, in the processes that work; who was signed in stays so."""
    mother, _port = house
    session = mother.do("cookie")
    references = [mother.do("at_another_time", days, "work", 5) for days in (0, -1, -1, 0)]
    mother.do("at_another_time", -1, "keep")
    references.append(mother.do("work", 5))
    numbers, goes_back, flaws = mother.do("sequence")
    assert numbers == list(range(1, len(numbers) + 1))
    assert goes_back  # the moments tell what the clock said; the order is the numbers'
    assert flaws == []
    assert references == sorted(references)
    assert mother.do("at_another_time", -1, "pages", session) == mother.do("pages", session) == [200] * 4
    figure(f"clock set back a day: {len(numbers)} entries in order, trail whole, session kept")
