"""Half an hour of everything at once on `hermanar run`: memory stays, nothing fails, nobody meets a lock."""

from __future__ import annotations

import itertools
import os
import random
import re
import shutil
import statistics
import threading
import time
import urllib.parse
from collections import Counter
from pathlib import Path

import pytest

from tests.conftest import free_port, hermanar_env
from tests.faults.mother import mother_of
from tests.faults.sites import Officer, running
from tests.foundation.samples import pdf

MINUTES = float(os.environ.get("HERMANAR_SOAK_MINUTES") or 30)
WARM_UP = 1 / 3  # of the time: caches fill, and each thread meets its first of everything
MOST = 1.0  # megabytes in ten minutes
# A slope is only seen over some time; a shorter run sees no more than a flood of memory, of that many megabytes.
ENOUGH_MINUTES, FLOOD = 15, 250
EVERY = 2  # seconds between two looks
# A process begins a thread (some 3 MB: its connection, what that has read) when all it has are busy. How many people
# ask at once is chance, and reaches its most late: a crowd reaches it in the warm-up.
CROWD, CROWD_SECONDS = 12, 20
PAGES = [
    "/",
    "/en/",
    "/acuerdos/",
    "/acuerdos/?pais=US",
    "/ciudades/",
    "/mapa/",
    "/observatorio/",
    "/salas/",
    "/agenda/",
]
API = ["/api/v1/agreements", "/api/v1/openapi.json", "/novedades.atom", "/salud/"]
FILES = ["/datos/catalogo.jsonld", "/datos/plantilla.xlsx"]
WORDS = ["guanajuato", "ashland", "jap", "cultura 1998", "sister", "Ñandú", "querétaro", "san", "xx", "toledo españa"]
OFFICE = ["/oficina/", "/oficina/actividades/", "/oficina/expedientes/", "/oficina/entrega/", "/oficina/personas/"]


class Load:
    """People who do things until they are told to stop; each thing they did is counted by its answer."""

    def __init__(self, port, told):
        self.officer = Officer(port, agreement=told["agreement"], **told["browser"])
        self.visitor, self.account = Officer(port), told["account"]
        self.answers, self.kept, self.failed = Counter(), [], []
        self._ends, self._lock = threading.Event(), threading.Lock()

    def known(self):
        """Return addresses of records that lists lead to."""
        found = set()
        for path in ("/acuerdos/", "/ciudades/", "/salas/"):
            page = self.visitor.ask(path).text
            found |= set(re.findall(r'href="(/(?:acuerdos|ciudades|salas)/[\w-]+/)"', page))
        return sorted(found)[:200]

    def deeds(self):
        """Return what people do, each with the seconds between two."""
        records, chance = self.known(), random.Random(22)  # noqa: S311  a mixture, no secrets
        turns = {name: itertools.cycle(of) for name, of in (("page", PAGES), ("api", API), ("file", FILES))}
        turns["office"] = itertools.cycle(OFFICE)
        return [
            (0.05, "pages", lambda: self.visitor.ask(next(turns["page"]))),
            (0.05, "records", lambda: self.visitor.ask(chance.choice(records))),
            (0.1, "API", lambda: self.visitor.ask(next(turns["api"]))),
            (
                0.1,
                "searches",
                lambda: self.visitor.ask(f"/buscar/datos.json?q={urllib.parse.quote_plus(chance.choice(WORDS))}"),
            ),
            (0.2, "office", lambda: self.officer.ask(next(turns["office"]))),
            (0.5, "writes", self.write),
            (2.0, "files", lambda: self.visitor.ask(next(turns["file"]))),
            (5.0, "sign-in", lambda: self.visitor.ask("/cuenta/entrar/", self.account)),
        ]

    def write(self):
        """Record an activity, every eighth with a document."""
        form = self.officer.form(f"Visita {len(self.kept)}")
        answer = self.officer.note(form, pdf() if len(self.kept) % 8 == 7 else None)
        if answer.status == 302:
            self.kept.append(form["key"])
        return answer

    def go_on(self, pause, what, deed):
        """Do one thing again and again."""
        while not self._ends.wait(pause):
            self.do(what, deed)

    def do(self, what, deed):
        """Do one thing and count its answer."""
        try:
            answer = deed()
        except OSError as problem:
            self.failed.append(f"{what}: {problem!r}")
            return
        with self._lock:
            self.answers[what, answer.status] += 1
        if answer.status >= 500:
            self.failed.append(f"{what}: {answer.status} {answer.text[:200]}")

    def crowd(self):
        """Ask as many at once, for pages nobody remembers, so that each process has all the threads people may need."""
        ends = time.monotonic() + min(CROWD_SECONDS, MINUTES * 60 * WARM_UP / 2)

        def ask(page):
            while time.monotonic() < ends:
                self.do("crowd", lambda: self.officer.ask(page))

        many = [threading.Thread(target=ask, args=[OFFICE[one % len(OFFICE)]], daemon=True) for one in range(CROWD)]
        for one in many:
            one.start()
        for one in many:
            one.join()

    def run(self, look, *, seconds):
        """Let everybody do, and look at intervals; return what was seen."""
        people = [threading.Thread(target=self.go_on, args=deed, daemon=True) for deed in self.deeds()]
        for one in people:
            one.start()
        seen, ends = [], time.monotonic() + seconds
        while time.monotonic() < ends:
            seen.append((time.monotonic(), look()))
            time.sleep(EVERY)
        self._ends.set()
        for one in people:
            one.join(60)
        return seen


def memory(site):
    """Return the megabytes that all processes of a site hold: of what they share, each its part.

    What is mapped from files (the database, the index) is the system's to take back, and is not counted.
    """
    total = 0
    for pid in (site.process.pid, *site.workers()):
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
        parts = dict(line.split(":") for line in lines if line.startswith("Pss"))
        total += sum(int(parts[name].split()[0]) for name in ("Pss_Anon", "Pss_Shmem") if name in parts)
    return total / 1024


def slope(seen):
    """Return the megabytes in ten minutes: the median of the slopes between any two looks, so that no one moves it."""
    every = seen[:: max(1, len(seen) // 300)]
    found = [(b[1] - a[1]) / (b[0] - a[0]) for a, b in itertools.combinations(every, 2)]
    return statistics.median(found) * 600


@pytest.mark.nightly
@pytest.mark.row(22)
def test_half_an_hour_of_everything_at_once(untouched_folder, tmp_path, figure):
    folder = tmp_path / "var"
    shutil.copytree(untouched_folder, folder)
    port = free_port()
    env = hermanar_env(folder, HERMANAR_PORT=str(port), HERMANAR_WORKERS="2")
    with (
        mother_of("tests.faults.house", env=env, folder=tmp_path / "children") as mother,
        running(["hermanar.site", "run"], env=env, folder=tmp_path, port=port) as site,
    ):
        load = Load(port, mother.do("demonstration"))
        began = time.monotonic()
        load.crowd()
        seen = load.run(lambda: memory(site), seconds=MINUTES * 60 - (time.monotonic() - began))
        log = site.told()
        assert load.failed == []
        assert "database is locked" not in log
        statuses = {status for _what, status in load.answers}
        assert statuses <= {200, 302, 429}, load.answers
        assert {what for what, status in load.answers if status != 429} == {"crowd", *(one[1] for one in load.deeds())}
        assert set(load.kept) <= set(mother.do("activities")[0])
        assert mother.do("sound") == []
    steady = [one for one in seen if one[0] - began >= MINUTES * 60 * WARM_UP]
    rises, minutes = slope(steady), (steady[-1][0] - steady[0][0]) / 60
    total = sum(load.answers.values())
    told = f"{MINUTES:g} minutes, {total:,} answers ({len(load.kept)} writes), 0 of them 5xx, 0 locked"
    told += f"; {steady[-1][1]:.0f} MB, {rises:+.2f} MB in 10 min over the last {minutes:.0f}"
    figure(told)
    is_level = rises < MOST if minutes >= ENOUGH_MINUTES else rises * minutes / 10 < FLOOD
    assert is_level, told
