"""A page behind nginx with its page cache, beside a ready-made file of its size: `python -m benchmarks.fronted`.

So too the file of everything, beside the same file lying ready.

nginx runs by the configuration that is shipped (`deploy/nginx.conf`), and serves the file by the same. The load comes
from wrk; all share the machine's cores. An edit between two requests is seen, or the run ends.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

from benchmarks.__main__ import environment, prepared
from benchmarks.repeated import TURNS, wrk
from tools.front import Front

SIZE, WANTED, AIMED, OF_FILES = 50_000, 0.5, 0.6, 0.8
DATA = "/datos/acuerdos.csv"
EDIT = "from django.db import connection; connection.cursor().execute({sql!r}, {values!r})"


def read(port, path):
    """Return a page's status and text as somebody is given it."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=30) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as refused:
        return refused.code, b""


def edit_is_seen(front, path, *, env):
    """Give the agreement another address and back, by other processes; end when the next answer is an old one."""
    slug = path.strip("/").split("/")[-1]
    for old, new, status in ((slug, f"{slug}-x", 404), (f"{slug}-x", slug, 200)):
        read(front.port, path)
        sql = "UPDATE agreements_listing SET slug = %s WHERE slug = %s"
        command = [sys.executable, "-m", "hermanar.site", "shell", "-c", EDIT.format(sql=sql, values=[new, old])]
        subprocess.run(command, env=env, check=True, capture_output=True)
        if (said := read(front.port, path)[0]) != status:
            sys.exit(f"an edit was not seen at the next request: {said}")


def measured(folder, seconds):
    """Ask in turns for the page behind nginx, for a file of its size from nginx, and for the page without nginx."""
    import django  # noqa: PLC0415 (the settings depend on the folder)

    django.setup()
    from benchmarks.questions import Questions  # noqa: PLC0415
    from benchmarks.servers import hermanar  # noqa: PLC0415

    path = Questions(folder / "flat.sqlite3").ours("page")[0]
    with tempfile.TemporaryDirectory(prefix="front-") as place:
        moments = Path(place) / "front"
        os.environ["HERMANAR_FRONT"] = str(moments)
        with (
            hermanar(folder, folder / "fronted.log", remembers=True) as behind,
            Front(Path(place), port=behind.port, var=folder, moments=moments) as front,
        ):
            time.sleep(1)  # the processes' first look at the database
            (folder / "static" / "ready.html").write_bytes(read(front.port, path)[1])
            (folder / "static" / "ready.csv").write_bytes(read(front.port, DATA)[1])
            sides = {
                "a ready-made file": (front.port, "/static/ready.html"),
                "a page kept by nginx": (front.port, path),
                "the page without nginx": (behind.port, path),
                "everything, lying ready": (front.port, "/static/ready.csv"),
                "everything, kept by nginx": (front.port, DATA),
            }
            found = {name: [] for name in sides}
            for _turn in range(TURNS):
                for name, (port, asked) in sides.items():
                    wrk(port, asked, seconds=1)  # nobody's first answers count
                    found[name].append(wrk(port, asked, seconds=max(1, seconds // TURNS))[0])
            edit_is_seen(front, path, env=os.environ | {"HERMANAR_VAR": str(folder)})
    return {name: sum(turns) / TURNS for name, turns in found.items()}


def main():
    options = argparse.ArgumentParser(prog="benchmarks.fronted", description=__doc__)
    options.add_argument("--home", type=Path, default=Path(tempfile.gettempdir()) / "hermanar-bench")
    options.add_argument("--seconds", type=int, default=20)
    chosen = options.parse_args()
    if missing := [name for name in ("wrk", "nginx") if not shutil.which(name, path=f"{os.environ['PATH']}:/usr/sbin")]:
        sys.exit(f"{' and '.join(missing)} needed (on Debian: apt-get install wrk nginx-light)")
    folder = prepared(SIZE, chosen.home)
    os.environ.update(environment(folder))
    found = measured(folder, chosen.seconds)
    for name, per_second in found.items():
        print(f"{name}: {per_second:,.0f} answers/s")
    ratio = found["a page kept by nginx"] / found["a ready-made file"]
    print(f"ratio: {ratio:.2f} (wanted: at least {WANTED}, aim {AIMED}); an edit was seen at the next request")
    ratio = found["everything, kept by nginx"] / found["everything, lying ready"]
    print(f"ratio of the file of everything: {ratio:.2f} (wanted: at least {OF_FILES})")


if __name__ == "__main__":
    main()
