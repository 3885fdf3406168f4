"""The CSV of everything beside plain Django's and CKAN's DataStore dump: `python -m benchmarks.dumps`.

Each side serves the same rows in 27 columns (CKAN's own number of the row is one more) with two processes; the whole
file is taken from each in turns of one run. CKAN is a peer where `--ckan` names an environment that has it.
"""

from __future__ import annotations

import argparse
import contextlib
import csv
import http.client
import itertools
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks import load
from benchmarks.__main__ import environment, prepared

OURS = "/datos/acuerdos.csv"
NAMES = {"ours": "Hermanar", "objects": "plain Django", "values": "plain Django, `values_list`", "ckan": "CKAN"}
WANTED = {"objects": 4, "ckan": 1.3}


def plain(folder, log):
    """Serve the plain site as ours is served."""
    from benchmarks.servers import ROOT, free_port, served  # noqa: PLC0415 (they stand on settings)

    port = free_port()
    command = [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port),
        "--workers", "2", "--blocking-threads", "52", "--no-ws", "--log-level", "warning",
        "benchmarks.plain.wsgi:application",
    ]  # fmt: skip
    env = os.environ | {
        "DJANGO_SETTINGS_MODULE": "benchmarks.plain.settings", "PLAIN_FILE": str(folder / "flat.sqlite3"),
        "PYTHONPATH": str(ROOT),
    }  # fmt: skip
    return served(command, port=port, first="/", log=log, env=env)


def saved(server, path, file):
    """Keep a whole answer in a file."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=1200)
    with contextlib.closing(connection), file.open("wb") as sink:
        connection.request("GET", path, headers={"Host": "127.0.0.1", "Accept-Encoding": "identity"})
        response = connection.getresponse()
        if response.status != 200:
            raise RuntimeError(f"{response.status} {path}")
        shutil.copyfileobj(response, sink, 1 << 20)
    return file


def rows_of(file):
    """Read a CSV without its headings."""
    with file.open(encoding="utf-8-sig", newline="") as source:
        yield from itertools.islice(csv.reader(source), 1, None)


def check(side, file, *, ours, size):
    """See that a side gives as many rows as we do and the same ones: CKAN in every cell, the plain site by address."""
    for number, (one, other) in enumerate(zip(rows_of(ours), rows_of(file), strict=True), start=1):
        same = other[1:] == one if side == "ckan" else other[0] == one[0] and len(other) == len(one)
        if not same:
            raise RuntimeError(f"{side}: row {number} is another: {other} beside {one}")
    if number != size:
        raise RuntimeError(f"{side}: {number} rows of {size}")


def measured(size, folder, *, venv, peers, turns):
    """Take the file from each side in turns; return what each turn gave."""
    import django  # noqa: PLC0415 (the settings depend on the folder)

    django.setup()
    from benchmarks.ckan import ckan  # noqa: PLC0415 (they stand on settings)
    from benchmarks.servers import hermanar  # noqa: PLC0415

    with contextlib.ExitStack() as running:
        work = Path(running.enter_context(tempfile.TemporaryDirectory(prefix="hermanar-dumps-")))
        us = running.enter_context(hermanar(folder, work / "hermanar.log"))
        sides = {"ours": (us, OURS)}
        ours = saved(us, OURS, work / "ours.csv")
        if {"objects", "values"} & peers:
            site = running.enter_context(plain(folder, work / "plain.log"))
            sides |= {side: (site, f"/{side}.csv") for side in ("objects", "values") if side in peers}
        if "ckan" in peers:
            sides["ckan"] = running.enter_context(ckan(venv, ours, folder=work / "ckan"))
        for side, (server, path) in sides.items():  # nobody's first answer counts
            if side != "ours":
                check(side, saved(server, path, work / "theirs.csv"), ours=ours, size=size)
        found = {side: [] for side in sides}
        for _turn in range(turns):
            for side, (server, path) in sides.items():
                rows, seconds, first = load.download(server.port, path)
                found[side].append({"rows": rows, "seconds": seconds, "first_byte_s": first})
    return found


def table(size, found):
    """Write what each side gave; the ratio is of each one's best turn."""
    best = {side: min(turns, key=lambda one: one["seconds"]) for side, turns in found.items()}
    lines = [f"{size:,} rows | rows/s | first byte | Hermanar's ratio, best turns (median of turns) | wanted"]
    for side, one in best.items():
        ratio = one["seconds"] / best["ours"]["seconds"]
        turns = zip(found[side], found["ours"], strict=True)
        middle = statistics.median(theirs["seconds"] / ours["seconds"] for theirs, ours in turns)
        wanted = f"≥ {WANTED[side]} ×" + (" **missed**" if ratio < WANTED[side] else "") if side in WANTED else ""
        told = f"{ratio:.2f} × ({middle:.2f} ×)" if side != "ours" else ""
        speed = f"{one['rows'] / one['seconds']:,.0f}"
        lines.append(f"{NAMES[side]} | {speed} | {one['first_byte_s']:.3f} s | {told} | {wanted}")
    return "\n".join(lines)


def main():
    options = argparse.ArgumentParser(prog="benchmarks.dumps", description=__doc__)
    options.add_argument("--sizes", default="1000000")
    options.add_argument("--home", type=Path, default=Path(tempfile.gettempdir()) / "hermanar-bench")
    options.add_argument("--ckan", type=Path, help="an environment that has CKAN (benchmarks/README.md)")
    options.add_argument("--peers", help="the peers by comma: objects, values, ckan (all that can be run)")
    options.add_argument("--turns", type=int, default=4)
    options.add_argument("--measure", type=int)
    chosen = options.parse_args()
    possible = ["objects", "values", *(["ckan"] if chosen.ckan else [])]
    peers = chosen.peers.split(",") if chosen.peers else possible
    if not set(peers) <= set(possible):
        options.error(f"--peers: {', '.join(possible)}")
    venv = chosen.ckan.resolve() if chosen.ckan else None
    if chosen.measure:
        folder = chosen.home / str(chosen.measure)
        print(json.dumps(measured(chosen.measure, folder, venv=venv, peers=set(peers), turns=chosen.turns)))
        return
    for size in map(int, chosen.sizes.split(",")):
        folder = prepared(size, chosen.home)
        command = [sys.executable, "-m", "benchmarks.dumps", "--measure", str(size), "--home", str(chosen.home)]
        command += ["--peers", ",".join(peers), "--turns", str(chosen.turns), *(["--ckan", str(venv)] if venv else [])]
        done = subprocess.run(command, env=environment(folder), check=True, stdout=subprocess.PIPE, text=True)
        print(table(size, json.loads(done.stdout.splitlines()[-1])))


if __name__ == "__main__":
    main()
