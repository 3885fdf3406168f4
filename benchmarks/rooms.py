"""A room with sixteen blocks beside a stock Wagtail page with the same: `python -m benchmarks.rooms`, nothing cached.

Each side is served by the same server with two processes over its own SQLite, asked in turns in one run.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from uuid import uuid4

from benchmarks import load

ROOT = Path(__file__).resolve().parent.parent
ROOM, STOCK = "/salas/kanazawa/", "/kanazawa/"
WANTED, TURNS, WORDS = 2, 6, "Entre dos valles, una fuente que nadie apaga y una calle que sube."
SETTINGS = {"ours": "hermanar.site.settings", "theirs": "benchmarks.stock.settings"}


def environment(side, folder):
    return os.environ | {
        "DJANGO_SETTINGS_MODULE": SETTINGS[side], "HERMANAR_MODE": "demo", "HERMANAR_VAR": str(folder),
        "STOCK_FOLDER": str(folder), "PYTHONPATH": str(ROOT),
    }  # fmt: skip


def photograph(size, colour):
    from PIL import Image  # noqa: PLC0415 (only who prepares needs it)

    kept = io.BytesIO()
    Image.new("RGB", size, colour).save(kept, "JPEG")
    return kept.getvalue()


def blocks(*, pictures, recordings, records, listed):
    """Return the sixteen blocks as they are stored, by what each side calls its own."""
    seen = [{"picture": one, "alt": WORDS, "caption": WORDS} for one in pictures]
    text = f"<h2>Dos ciudades</h2><p>{WORDS * 4}</p><p>{WORDS * 4}</p>"
    quotation = {"words": WORDS, "who": "Ana Ruiz", "source": "Acta de 1969", "url": "https://example.org/acta"}
    figure = {"value": "34", "unit": "", "label": WORDS, "source": "Quien cuenta", "as_of": "2020", "url": ""}
    return [
        ("text", text), ("record", {"record": records["city"], "words": WORDS}), ("picture", seen[0]),
        ("quotation", quotation), ("text", text), ("gallery", {"title": WORDS, "pictures": listed(seen[1:])}),
        ("sound", {"recording": recordings[0], "caption": WORDS}), ("figure", figure),
        ("map", {"title": WORDS, "origin": records["host"], "places": listed(records["places"])}),
        ("timeline", {"title": WORDS, "events": listed(
            [{"when": str(year), "text": WORDS, "source": "Acta"} for year in (1969, 1985, 2006, 2020)]
        )}),
        ("record", {"record": records["agreement"], "words": WORDS}), ("text", text),
        ("film", {"recording": recordings[1], "caption": WORDS}), ("figure", figure),
        ("quiz", {"question": WORDS, "answers": listed(
            [{"text": WORDS, "is_right": number == 1, "why": WORDS} for number in range(3)]
        )}),
        ("table", {"title": WORDS, "left": "Aquí", "right": "Allá", "source": "Quien mide", "as_of": "2025",
                   "rows": listed([{"label": WORDS, "left": "uno", "right": "dos"}] * 4)}),
    ]  # fmt: skip


def stored(pieces):
    return [{"type": kind, "value": value, "id": str(uuid4())} for kind, value in pieces]


def items(values):
    return [{"type": "item", "value": value, "id": str(uuid4())} for value in values]


def prepare_ours():
    """Make the product's data with its documented facts, and a room in them."""
    from django.core.files.base import ContentFile  # noqa: PLC0415 (the models exist only after the set-up)

    from hermanar.foundation.access import APPROVES  # noqa: PLC0415
    from hermanar.foundation.models import User  # noqa: PLC0415
    from hermanar.museum.actions.rooms import group_of, open_room  # noqa: PLC0415
    from hermanar.museum.models import Picture, Recording  # noqa: PLC0415
    from hermanar.museum.queries.rooms import room_at  # noqa: PLC0415

    rights = {"author": "Ana Ruiz", "licence": "cc_by"}
    editor = User.objects.create_user("banco", "banco@example.org", "una clave larga")
    editor.groups.add(group_of(APPROVES, "guanajuato"))
    pictures = [
        Picture.objects.create(
            title="Calle", description=WORDS, file=ContentFile(photograph((1800, 1200), colour), name="a.jpg"), **rights
        ).pk
        for colour in ("#1d47a5", "#a5173a", "#e6aa35", "#2f6b4f")
    ]
    recordings = [
        str(Recording.objects.create(
            title="Campanas", transcript=WORDS, kind=kind, file=ContentFile(b"ID3", name="a.mp3"), language="es",
            **{**rights, "licence": "own"},
        ).pk)
        for kind in ("sound", "film")
    ]  # fmt: skip
    room = open_room("kanazawa", "guanajuato", by=editor)
    records = {
        "city": "city:kanazawa", "agreement": f"agreement:{room_at('ashland').agreement}", "host": "guanajuato",
        "places": ["kanazawa", room_at("ashland").place, room_at("umea").place],
    }  # fmt: skip
    room.lede = WORDS
    room.body = stored(blocks(pictures=pictures, recordings=recordings, records=records, listed=items))
    room.save_revision(user=editor).publish(user=editor)


def prepare_theirs():
    """Make the stock site and its page."""
    from django.core.files.base import ContentFile  # noqa: PLC0415
    from django.core.files.images import ImageFile  # noqa: PLC0415
    from django.core.management import call_command  # noqa: PLC0415
    from wagtail.images.models import Image  # noqa: PLC0415
    from wagtail.models import Collection, Locale, Page, Site  # noqa: PLC0415

    from benchmarks.stock.models import Record, Recording, RoomPage  # noqa: PLC0415

    call_command("migrate", run_syncdb=True, verbosity=0)
    Locale.objects.create(language_code="es")
    Collection.add_root(instance=Collection(name="Root"))
    root = Page.add_root(instance=Page(title="Root", slug="root"))
    pictures = [
        Image.objects.create(
            title="Calle", file=ImageFile(io.BytesIO(photograph((1800, 1200), colour)), name="a.jpg")
        ).pk
        for colour in ("#1d47a5", "#a5173a", "#e6aa35", "#2f6b4f")
    ]  # fmt: skip
    recordings = [
        Recording.objects.create(title="Campanas", transcript=WORDS, file=ContentFile(b"ID3", name="a.mp3")).pk
        for _one in range(2)
    ]
    made = [
        Record.objects.create(kind=kind, title="Nombre", detail="Detalle", latitude=20.5 + number, longitude=-101.5)
        for number, kind in enumerate(("city", "agreement", "city", "city", "city"))
    ]
    keys = [one.pk for one in made]
    records = {"city": keys[0], "agreement": keys[1], "host": keys[2], "places": [keys[0], *keys[3:]]}
    pieces = blocks(pictures=pictures, recordings=recordings, records=records, listed=items)
    named = [("recording" if kind in {"sound", "film"} else kind, value) for kind, value in pieces]
    page = RoomPage(title="Kanazawa", slug="kanazawa", lede=WORDS, body=json.dumps(stored(named)))
    home = root.add_child(instance=Page(title="Inicio", slug="inicio"))
    home.add_child(instance=page)
    Site.objects.update_or_create(is_default_site=True, defaults={"hostname": "127.0.0.1", "root_page": home})


def prepared(side, home):
    """Return the folder of a side, made in a process of its own when it is not there yet."""
    folder = home / side
    if not (folder / "ready").exists():
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        env = environment(side, folder)
        if side == "ours":
            subprocess.run([sys.executable, "-m", "hermanar.site", "run", "--prepare-only"], env=env, check=True)
        subprocess.run([sys.executable, "-m", "benchmarks.rooms", "--prepare", side], env=env, check=True)
        (folder / "ready").touch()
    return folder


def stock(folder, log):
    """Serve the stock site as ours is served."""
    from benchmarks.servers import free_port, served  # noqa: PLC0415 (they stand on settings)

    port = free_port()
    command = [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port),
        "--workers", "2", "--blocking-threads", "52", "--no-ws", "--log-level", "warning",
        "benchmarks.stock.wsgi:application",
    ]  # fmt: skip
    return served(command, port=port, first=STOCK, log=log, env=environment("theirs", folder))


def questions(side):
    """Count what a visit asks of the database, once the sizes of pictures are made."""
    from django.db import connection  # noqa: PLC0415
    from django.test import Client  # noqa: PLC0415
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    client, path = Client(HTTP_HOST="127.0.0.1"), ROOM if side == "ours" else STOCK
    client.get(path)
    with CaptureQueriesContext(connection) as asked:
        body = client.get(path).content
    print(json.dumps({"queries": len(asked), "bytes": len(body)}))


def asked_of(side, folder):
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.rooms", "--questions", side], env=environment(side, folder), check=True,
        capture_output=True, text=True,
    )  # fmt: skip
    return json.loads(done.stdout.strip().splitlines()[-1])


def measured(home, seconds):
    """Ask both in turns; return pages a second of each, all turns together."""
    folders = {side: prepared(side, home) for side in SETTINGS}
    os.environ.update(environment("ours", folders["ours"]))
    import django  # noqa: PLC0415 (the settings depend on the folder)

    django.setup()
    from benchmarks.servers import hermanar  # noqa: PLC0415

    found = {side: asked_of(side, folder) for side, folder in folders.items()}
    with hermanar(folders["ours"], home / "ours.log") as us, stock(folders["theirs"], home / "theirs.log") as them:
        sides = {"ours": (us, ROOM), "theirs": (them, STOCK)}
        for turn in range(TURNS + 1):
            for side, (server, path) in sides.items():
                outcome = load.load(server.port, iter(lambda path=path: path, None), seconds=seconds / TURNS)
                if turn:  # nobody's first answers count
                    found[side].setdefault("turns", []).append(outcome)
    for side in found.values():
        turns = side.pop("turns")
        side["per_second"] = sum(one.answers for one in turns) / sum(one.answers / one.per_second for one in turns)
    return found


def main():
    options = argparse.ArgumentParser(prog="benchmarks.rooms", description=__doc__)
    options.add_argument("--home", type=Path, default=Path(tempfile.gettempdir()) / "hermanar-bench-rooms")
    options.add_argument("--seconds", type=float, default=30)
    options.add_argument("--prepare", choices=SETTINGS)
    options.add_argument("--questions", choices=SETTINGS)
    chosen = options.parse_args()
    if chosen.prepare or chosen.questions:
        import django  # noqa: PLC0415 (the settings depend on the side)

        django.setup()
        if chosen.questions:
            questions(chosen.questions)
        else:
            (prepare_ours if chosen.prepare == "ours" else prepare_theirs)()
        return
    found = measured(chosen.home, chosen.seconds)
    ratio = found["ours"]["per_second"] / found["theirs"]["per_second"]
    for side, one in found.items():
        print(f"{side}: {one['per_second']:,.0f} pages/s, {one['queries']} questions, {one['bytes']:,} bytes")
    print(f"ratio: {ratio:.2f} (wanted: at least {WANTED})")


if __name__ == "__main__":
    main()
