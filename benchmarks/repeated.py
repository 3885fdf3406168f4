"""One public page asked for over and over, beside Datasette's page of a row: `python -m benchmarks.repeated`.

The load comes from wrk (Debian's package): a client in Python is slower than what it would measure.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.houses import environment, prepared

SIZE, WANTED, TURNS, CONNECTIONS = 50_000, 20, 4, 16


def wrk(port, path, *, seconds):
    """Ask for one address as often as it is answered; return the answers a second and the octets of each."""
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "--timeout", "20s", f"http://127.0.0.1:{port}{path}"]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    if "Non-2xx" in told or "Socket errors" in told:
        raise RuntimeError(told)
    answers, volume, unit = re.search(r"(\d+) requests in .*?, ([\d.]+)(KB|MB|GB) read", told).groups()
    octets = float(volume) * {"KB": 1e3, "MB": 1e6, "GB": 1e9}[unit]
    return float(re.search(r"Requests/sec:\s+([\d.]+)", told)[1]), octets / int(answers)


def measured(folder, seconds):
    """Ask both in turns for the first agreement; return what each answered a second, and Hermanar without memory."""
    import django  # noqa: PLC0415 (the settings depend on the folder)

    django.setup()
    from benchmarks.questions import Questions  # noqa: PLC0415
    from benchmarks.servers import datasette, hermanar  # noqa: PLC0415

    asked = Questions(folder / "flat.sqlite3")
    ours, theirs = asked.ours("page")[0], asked.theirs("page")[0]
    with (
        hermanar(folder, folder / "remembers.log", remembers=True) as us,
        hermanar(folder, folder / "hermanar.log") as anew,
        datasette(folder / "flat.sqlite3", folder / "datasette.log") as them,
    ):
        sides = {"remembered": (us, ours), "made anew": (anew, ours), "Datasette": (them, theirs)}
        for server, path in sides.values():
            wrk(server.port, path, seconds=2)  # nobody's first answers count
        found = {name: [] for name in sides}
        for _turn in range(TURNS):
            for name, (server, path) in sides.items():
                found[name].append(wrk(server.port, path, seconds=max(1, seconds // TURNS)))
    return {name: [sum(one) / TURNS for one in zip(*turns, strict=True)] for name, turns in found.items()}


def main():
    options = argparse.ArgumentParser(prog="benchmarks.repeated", description=__doc__)
    options.add_argument("--home", type=Path, default=Path(tempfile.gettempdir()) / "hermanar-bench")
    options.add_argument("--seconds", type=int, default=20)
    chosen = options.parse_args()
    if not shutil.which("wrk"):
        sys.exit("wrk is needed (on Debian: apt-get install wrk)")
    folder = prepared(SIZE, chosen.home)
    os.environ.update(environment(folder))
    found = measured(folder, chosen.seconds)
    for name, (per_second, octets) in found.items():
        print(f"{name}: {per_second:,.0f} answers/s of {octets:,.0f} octets")
    ratio = found["remembered"][0] / found["Datasette"][0]
    print(f"ratio: {ratio:.1f} (wanted: at least {WANTED})")


if __name__ == "__main__":
    main()
