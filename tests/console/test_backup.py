"""Copies for safety, made and put back by real processes on both databases."""

from __future__ import annotations

import hashlib
import io
import json
import resource
import shutil
import sqlite3
import subprocess
import sys
import time
import uuid
import zipfile
from contextlib import closing
from functools import partial

import psycopg
import pytest

from hermanar.console.backup import BackupError, SealedReader, SealedWriter, environment_of, is_sealed, sealing
from hermanar.console.backup.restoring import _media_path
from hermanar.console.backup.tables import line_of
from hermanar.console.management.commands.backup import opened
from tests.conftest import ROOT, hermanar_env, measured

PASSPHRASE = "una contraseña larga"


class House:
    """An installation in a folder of its own."""

    def __init__(self, folder, url=None, *, is_measured=True):
        self.folder, self.is_measured = folder, is_measured
        self.env = hermanar_env(folder, **({"DATABASE_URL": url} if url else {}))

    def run(self, *command, module="hermanar.site", **more):
        command = [sys.executable, "-m", module, *map(str, command)]
        can_count = self.is_measured and "preexec_fn" not in more  # what has no room cannot count either
        env = measured(self.env) if can_count else self.env
        more = {"env": env, "input": "", **more}
        return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=500, **more)

    def do(self, *command, **more):
        done = self.run(*command, **more)
        assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-3000:]
        return done.stdout

    def refused(self, *command, **more):
        done = self.run(*command, **more)
        assert done.returncode != 0
        assert "Traceback" not in done.stderr, done.stderr
        return done.stderr

    def verb(self, *command):
        return self.do(*command, module="tests.console.house")

    def database(self):
        return self.folder / "hermanar.sqlite3"

    def content(self):
        return files_in(self.folder / "files"), dump_of(self.database())

    def export(self, folder):
        self.do("export", folder, env=self.env)  # measured where the files are tested
        return files_in(folder)


def files_in(folder):
    return {path.relative_to(folder).as_posix(): digest(path) for path in folder.rglob("*") if path.is_file()}


def digest(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def dump_of(path):
    with sqlite3.connect(path) as database:
        text = "\n".join(database.iterdump())
    database.close()
    return text


def hang(house):
    """Put a picture and a sound of the museum where editors' uploads are kept."""
    for name in ("originales/a.png", "grabaciones/b.mp3"):
        path = house.folder / "media" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(name.encode() * 100)


def tables_of(path):
    with zipfile.ZipFile(path) as archive:
        told = json.loads(archive.read("manifest.json"))
    return {part["name"]: part for part in told["parts"] if part["name"].startswith(("tables/", "files/", "media/"))}


@pytest.fixture(scope="module")
def kept(bare, tmp_path_factory):
    """Return a small house with an office, a file and a paper, and its copies, plain and sealed."""
    folder = tmp_path_factory.mktemp("kept")
    house = House(folder / "var")
    bare.file_at(house.database())
    house.verb("found")
    house.do("backup", folder / "plain.zip")
    (folder / "passphrase").write_text(f"{PASSPHRASE}\nno es esta línea\n", encoding="utf-8")
    house.do("backup", folder / "sealed", "--passphrase-file", folder / "passphrase")
    return folder


@pytest.fixture
def house(kept, tmp_path):
    """Return an own copy of the small house."""
    shutil.copytree(kept / "var", tmp_path / "var")
    return House(tmp_path / "var")


@pytest.fixture(scope="module")
def empty(bare, tmp_path_factory):
    """Return a house with its tables and nothing in them."""
    made = House(tmp_path_factory.mktemp("empty") / "var")
    bare.file_at(made.database())
    return made


@pytest.fixture
def elsewhere(bare, postgres_url, tmp_path):
    """Return a house with its tables and nothing in them on PostgreSQL."""
    with bare.database_at(postgres_url) as url:
        yield House(tmp_path / "elsewhere", url, is_measured=False)


@pytest.fixture
def nowhere(postgres_url, tmp_path):
    """Return a house without tables on PostgreSQL."""
    name = f"copy_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(postgres_url, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    yield House(tmp_path / "elsewhere", f"{postgres_url.rpartition('/')[0]}/{name}", is_measured=False)
    with psycopg.connect(postgres_url, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def altered(path, into, **changes):
    """Write an archive anew with some parts changed; `manifest` changes what the manifest says of itself."""
    with zipfile.ZipFile(path) as before, zipfile.ZipFile(into, "w") as after:
        told = json.loads(before.read("manifest.json"))
        for name in before.namelist():
            if name != "manifest.json":
                after.writestr(name, changes.get(name, before.read(name)))
        for name in set(changes) - set(before.namelist()) - {"manifest"}:
            after.writestr(name, changes[name])
        if "manifest" in changes:
            changes["manifest"](told)
        after.writestr("manifest.json", json.dumps(told))
    return into


# ── there and back ─────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_wiped_house_comes_back_byte_for_byte(bare, kept, elsewhere, tmp_path):
    shutil.copytree(kept / "var", tmp_path / "var")
    house = House(tmp_path / "var")

    def begin():  # to make tables takes longer than all the rest: by night they are made again
        bare.file_at(house.database())

    comes_back(house, elsewhere, tmp_path, office="guanajuato", begin=begin)


@pytest.mark.row(20)
@pytest.mark.nightly
def test_a_wiped_house_with_the_worlds_ties_comes_back_byte_for_byte(untouched_folder, nowhere, tmp_path, figure):
    shutil.copytree(untouched_folder, tmp_path / "var")
    house = House(tmp_path / "var", is_measured=False)
    house.verb("furnish", "guanajuato-demo")
    began = time.monotonic()
    comes_back(house, nowhere, tmp_path, office="guanajuato-demo", tried=("--test",))
    parts = tables_of(tmp_path / "copy.zip").values()
    rows = sum(part.get("rows") or 0 for part in parts)
    figure(f"{len(parts)} parts, {rows} rows equal on both after {time.monotonic() - began:.0f} s")
    nowhere.do("load", "--only", "places")


def comes_back(house, elsewhere, folder, *, office, begin=lambda: None, tried=()):
    """Copy a house, wipe it, put it back, and put it into PostgreSQL too: everywhere it is what it was.

    By night copies are tried out too (`--test`), which makes all tables anew each time.
    """
    before = house.export(folder / "before")
    files = files_in(house.folder / "files")
    hang(house)
    media = files_in(house.folder / "media")
    house.do("backup", folder / "copy.zip", *tried)
    shutil.rmtree(house.folder)
    begin()
    house.do("restore", folder / "copy.zip")
    assert house.export(folder / "after") == before
    assert files_in(house.folder / "files") == files != {}
    assert files_in(house.folder / "media") == media
    assert len(media) == 2
    pictures = house.folder / "media"
    assert {one.stat().st_mode & 0o777 for one in (pictures / name for name in media)} == {0o644}
    assert {one.stat().st_mode & 0o777 for one in (pictures, pictures / "originales")} == {0o755}
    assert (house.folder / "trail.key").stat().st_mode & 0o777 == 0o600
    assert "1 puntos de control" in house.do("verify")
    house.do("backup", folder / "again.zip")
    assert tables_of(folder / "again.zip") == tables_of(folder / "copy.zip")

    elsewhere.do("restore", folder / "copy.zip")
    assert elsewhere.export(folder / "postgres") == before
    assert files_in(elsewhere.folder / "files") == files
    assert files_in(elsewhere.folder / "media") == media
    elsewhere.do("verify")
    follows = {"HERMANAR_STANDBY_URL": elsewhere.env["DATABASE_URL"]}  # of PostgreSQL only: a trial is on SQLite
    elsewhere.do("backup", folder / "postgres.zip", *tried, env=elsewhere.env | follows)
    assert tables_of(folder / "postgres.zip") == tables_of(folder / "copy.zip")
    # numbers go on where they were, files and rows alike
    assert elsewhere.verb("file", office) == house.verb("file", office)


@pytest.mark.parametrize("beside", [{"HERMANAR_STANDBY_URL": "postgres://ana@db/casa"}, {"HERMANAR_FRONT": "front"}])
def test_a_process_for_another_database_knows_nothing_of_what_stands_beside_this_one(monkeypatch, tmp_path, beside):
    for name, value in {**hermanar_env(tmp_path), **beside}.items():
        monkeypatch.setenv(name, value)
    code = "from hermanar.site import settings; print(settings.STANDBY, settings.FRONT)"
    env = environment_of(f"sqlite:///{tmp_path}/probe.sqlite3")
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False, env=env)
    assert done.stdout.split() == ["None", "None"], done.stderr


def test_sessions_stay_behind_and_the_wall_stands(bare, kept, tmp_path):
    house = House(tmp_path / "var")
    bare.file_at(house.database())
    house.do("restore", kept / "plain.zip")
    assert House(kept / "var").verb("count").split() == ["1", "1"]
    assert house.verb("count").split() == ["1", "0"]
    assert "the trail only grows" in house.run("tamper", module="tests.console.house").stderr
    house.do("verify")
    assert (house.folder / "trail.key").read_bytes() == (kept / "var" / "trail.key").read_bytes()


def test_derived_indexes_learn_that_it_is_another_history(bare, kept, tmp_path):
    house = House(tmp_path / "var")
    bare.file_at(house.database())
    house.do("restore", kept / "plain.zip")
    epochs = "SELECT epoch FROM foundation_revision WHERE name = 'agreements'"
    found = {
        sqlite3.connect(one / "hermanar.sqlite3").execute(epochs).fetchone() for one in (kept / "var", house.folder)
    }
    assert len(found) == 2


def test_a_sealed_copy_shows_nothing_and_comes_back(bare, kept, tmp_path):
    sealed = (kept / "sealed").read_bytes()
    assert b"PK" not in sealed[:200]
    assert b"guanajuato" not in sealed
    assert (kept / "sealed").stat().st_mode & 0o77 == 0
    house = House(tmp_path / "var")
    bare.file_at(house.database())
    house.do("restore", kept / "sealed", "--passphrase-file", kept / "passphrase")
    house.do("verify")


def test_replacing_asks_for_the_word(house, kept, tmp_path):
    house.verb("file", "guanajuato")
    before = house.content()
    assert "no está vacía" in house.refused("restore", kept / "plain.zip")
    assert "No se reemplazó nada" in house.refused("restore", kept / "plain.zip", "--replace", input="sí\n")
    assert house.content() == before
    house.do("verify", "--keep")
    house.do("restore", kept / "plain.zip", "--replace", input="REEMPLAZAR\n")
    assert house.verb("count").split() == ["1", "0"]
    # what the copy did not hold is not forgotten: the checkpoint made after it still knows
    assert "falta el final" in house.refused("verify")


# ── refusals ───────────────────────────────────────────────────────────────────────────────────────────────────────


def forge(told, *, name, content):
    part = next(part for part in told["parts"] if part["name"] == name)
    part |= {"size": len(content), "sha256": hashlib.sha256(content).hexdigest(), "rows": content.count(b"\n")}


def test_a_copy_that_fails_half_way_changes_nothing(house, kept, tmp_path):
    hang(house)
    house.do("backup", tmp_path / "good.zip")
    ours = house.folder / "media/originales/a.png"
    ours.write_bytes(b"newer than the copy")
    (house.folder / "media/grabaciones/b.mp3").unlink()
    before = house.content(), files_in(house.folder / "media")
    name = "tables/offices.Membership.jsonl"
    with zipfile.ZipFile(tmp_path / "good.zip") as archive:
        lines = archive.read(name).replace(b'"office_id":"0', b'"office_id":"f')
    bad = altered(
        tmp_path / "good.zip",
        tmp_path / "bad.zip",
        **{name: lines, "manifest": partial(forge, name=name, content=lines)},
    )
    told = house.refused("restore", bad, "--replace", input="REEMPLAZAR\n")
    assert "Nada cambió" in told
    assert (house.content(), files_in(house.folder / "media")) == before
    house.do("verify")


@pytest.mark.parametrize("name", ["media/../secret.key", "media/.hidden", "media//etc/passwd", "media/a\\b"])
def test_a_picture_never_leaves_its_folder(name):
    with pytest.raises(BackupError):
        _media_path(name)
    assert _media_path("media/originales/a.png").name == "a.png"


def test_another_schema_is_refused_by_name(empty, kept, tmp_path):
    def older(told):
        told["product_version"] = "0.0.9"
        told["schema"]["agreements"].pop()

    told = empty.refused("restore", altered(kept / "plain.zip", tmp_path / "old.zip", manifest=older))
    assert "0.0.9" in told
    assert "Solo aquí: agreements." in told

    def newer(told):
        told["schema"]["agreements"].append("0099_later")

    told = empty.refused("restore", altered(kept / "plain.zip", tmp_path / "new.zip", manifest=newer))
    assert "Solo en el respaldo: agreements.0099_later" in told


def later(database):
    """Write down one more migration than this version brings: what an upgrade leaves that is regretted."""
    with closing(sqlite3.connect(database)) as made, made:
        made.execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES ('agreements', '0099_later', '2026-11-20')"
        )


def test_the_way_back_from_a_later_version_is_an_empty_database(house, kept):
    later(house.database())
    before = house.content()
    told = house.refused("restore", kept / "plain.zip", "--replace", input="REEMPLAZAR\n")
    assert "Solo aquí: agreements.0099_later" in told
    assert "base vacía" in told
    assert "hermanar.sqlite3" in told
    assert house.content() == before
    house.database().rename(house.folder.parent / "aside.sqlite3")
    house.do("restore", kept / "plain.zip")
    assert house.verb("count").split() == ["1", "0"]
    house.do("verify")


def test_tables_that_were_made_in_part_are_made_whole(bare, kept, tmp_path):
    cut = House(tmp_path / "var", is_measured=False)
    bare.file_at(cut.database())
    with closing(sqlite3.connect(cut.database())) as made:
        made.execute("DROP TABLE hermanar_cache")
    cut.do("migrate", "sessions", "zero", "--verbosity", "0")  # as a kill before the last step leaves them
    cut.do("restore", kept / "plain.zip")
    assert cut.verb("count").split() == ["1", "0"]
    cut.do("verify")


def test_a_row_that_no_longer_fits_is_named(empty, kept, tmp_path):
    name = "tables/offices.Office.jsonl"
    content = b'{"slug":"x"}\n'
    bad = altered(
        kept / "plain.zip",
        tmp_path / "bad.zip",
        **{name: content, "manifest": partial(forge, name=name, content=content)},
    )
    assert name in empty.refused("restore", bad)


def test_what_the_manifest_does_not_know_is_refused(empty, kept, tmp_path):
    bad = altered(kept / "plain.zip", tmp_path / "bad.zip", **{"files/../../x": b"x"})
    assert "files/../../x" in empty.refused("restore", bad)


@pytest.mark.parametrize("name", ["tables/offices.Office.jsonl", "files/", "keys/trail.key", "checkpoints.jsonl"])
def test_damage_is_told_by_its_part(empty, kept, tmp_path, name):
    data = bytearray((kept / "plain.zip").read_bytes())
    with zipfile.ZipFile(kept / "plain.zip") as archive:
        part = next(part for part in archive.infolist() if part.filename.startswith(name))
    data[part.header_offset + 30 + len(part.filename) + part.compress_size // 2 + 10] ^= 0xFF
    (tmp_path / "bad.zip").write_bytes(data)
    assert part.filename in empty.refused("restore", tmp_path / "bad.zip")


@pytest.mark.parametrize("form", ["plain.zip", "sealed"])
@pytest.mark.parametrize("share", [0.01, 0.5, 0.999])
def test_a_copy_that_was_cut_is_refused(empty, kept, tmp_path, form, share):
    data = (kept / form).read_bytes()
    (tmp_path / "cut").write_bytes(data[: int(len(data) * share)])
    told = empty.refused("restore", tmp_path / "cut", "--passphrase-file", kept / "passphrase")
    assert "cortado" in told or "contraseña" in told


def test_another_passphrase_is_refused(empty, kept, tmp_path):
    (tmp_path / "other").write_text("otra contraseña", encoding="utf-8")
    assert "contraseña no es" in empty.refused("restore", kept / "sealed", "--passphrase-file", tmp_path / "other")


def test_a_short_passphrase_is_refused(kept, tmp_path):
    (tmp_path / "short").write_text("corta", encoding="utf-8")
    told = House(kept / "var").refused("backup", tmp_path / "x", "--passphrase-file", tmp_path / "short")
    assert "12" in told
    assert not (tmp_path / "x").exists()


def limited(size):
    return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


def test_a_disk_without_room_leaves_nothing(kept, bare, tmp_path):
    house = House(kept / "var")
    house.refused("backup", tmp_path / "copy.zip", preexec_fn=limited(20_000))
    assert list(tmp_path.iterdir()) == []
    assert [path.name for path in house.folder.iterdir() if path.name.startswith(".")] == []
    fresh = House(tmp_path / "var")
    bare.file_at(fresh.database())
    before = fresh.content()
    fresh.refused("restore", kept / "plain.zip", preexec_fn=limited(fresh.database().stat().st_size + 8_192))
    assert fresh.content() == before
    fresh.do("restore", kept / "plain.zip")


def keys_of(house):
    """Return what lies beside the database and what is hidden there."""
    names = [path for path in house.folder.iterdir() if path.name.endswith((".key", ".keys", ".jsonl", ".former"))]
    return {path.name: path.read_bytes() for path in names}


@pytest.fixture
def keyed(bare, tmp_path):
    """Return a house without rows, with keys of its own."""
    house = House(tmp_path / "keyed")
    bare.file_at(house.database())
    house.do("verify", "--keep")
    (house.folder / "seal.keys").write_text("another\ntrail\n", encoding="utf-8")
    return house


def test_keys_stand_until_the_database_has_taken_the_copy(keyed, kept):
    """The disk is full when the last pages are written: everything was read back by then, and nothing committed."""
    before = keys_of(keyed)
    assert before.keys() == {"trail.key", "secret.key", "seal.keys", "checkpoints.jsonl"}
    told = keyed.refused("restore", kept / "plain.zip", preexec_fn=limited(keyed.database().stat().st_size))
    assert "Nada cambió" in told
    assert keys_of(keyed) == before
    (keyed.folder / ".trail.key.0123456789ab.former").write_bytes(b"of a restore that was killed")
    keyed.do("restore", kept / "plain.zip")
    assert keys_of(keyed)["trail.key"] == (kept / "var/trail.key").read_bytes()
    assert keys_of(keyed).keys() == before.keys() - {"seal.keys"}


LOST_AT_COMMIT = """
    CREATE TABLE note ();
    CREATE FUNCTION leave() RETURNS trigger LANGUAGE plpgsql AS
        'BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NULL; END';
    CREATE CONSTRAINT TRIGGER leaving AFTER INSERT ON note
        DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION leave();
    CREATE FUNCTION noted() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN INSERT INTO note DEFAULT VALUES; END';
    CREATE EVENT TRIGGER noting ON ddl_command_end WHEN TAG IN ('CREATE TRIGGER') EXECUTE FUNCTION noted();
"""


def test_a_database_lost_while_it_commits_leaves_the_keys(elsewhere, kept):
    elsewhere.folder.mkdir()  # a house makes its keys where its folder is
    elsewhere.do("verify", "--keep")
    before = keys_of(elsewhere)
    assert "trail.key" in before
    with psycopg.connect(elsewhere.env["DATABASE_URL"], autocommit=True) as server:
        server.execute(LOST_AT_COMMIT)
    assert "no se sabe si cambió" in elsewhere.refused("restore", kept / "plain.zip")
    assert keys_of(elsewhere) == before
    with psycopg.connect(elsewhere.env["DATABASE_URL"], autocommit=True) as server:
        server.execute("DROP EVENT TRIGGER noting")
    elsewhere.do("restore", kept / "plain.zip")
    elsewhere.do("verify")


def test_a_file_that_is_there_is_not_written_over(kept):
    assert "ya existe" in House(kept / "var").refused("backup", kept / "plain.zip")


def test_a_document_that_is_gone_is_told_and_the_rest_is_kept(bare, house, tmp_path):
    next(path for path in (house.folder / "files").rglob("*") if path.is_file()).unlink()
    assert "1 documentos" in house.refused("backup", tmp_path / "copy.zip")
    shutil.rmtree(house.folder)
    bare.file_at(house.database())
    house.do("restore", tmp_path / "copy.zip")
    assert house.verb("count").split() == ["1", "0"]


def test_what_the_disk_does_not_give_is_named_and_the_rest_is_kept(bare, house, tmp_path):
    hang(house)
    document = next(path for path in (house.folder / "files").rglob("*") if path.is_file())
    unread = [document, house.folder / "media/originales/a.png"]
    for path in unread:
        path.unlink()
        path.symlink_to("/proc/self/mem")  # it opens, and reading it is an I/O error, for root too
    endless = house.folder / "media/originales/c.png"
    endless.symlink_to(endless.name)  # it does not even open
    told = house.refused("backup", tmp_path / "copy.zip")
    assert "3 documentos o imágenes" in told
    assert all(name in told for name in (document.name, "media/originales/a.png", "media/originales/c.png"))
    shutil.rmtree(house.folder)
    bare.file_at(house.database())
    house.do("restore", tmp_path / "copy.zip")
    assert house.verb("count").split() == ["1", "0"]
    assert list(files_in(house.folder / "media")) == ["grabaciones/b.mp3"]
    assert files_in(house.folder / "files") == {}


def test_a_key_that_cannot_be_read_is_no_fault_of_the_target(house, tmp_path):
    key = house.folder / "checkpoints.jsonl"
    key.unlink()
    key.symlink_to("/proc/self/mem")
    assert f"No se puede leer {key}" in house.refused("backup", tmp_path / "copy.zip")
    assert list(tmp_path.iterdir()) == [house.folder]


def test_another_trail_key_in_the_environment_is_refused(empty, kept):
    env = empty.env | {"HERMANAR_TRAIL_KEY": "otra"}
    assert "HERMANAR_TRAIL_KEY" in empty.refused("restore", kept / "plain.zip", env=env)


@pytest.mark.parametrize(("command", "names"), [("backup", ["--encrypt", "--test"]), ("restore", ["--replace"])])
def test_help_tells_the_options(empty, command, names):
    told = empty.do(command, "--help")
    assert all(name in told for name in [*names, "--passphrase-file", "ARCHIVO"])


# ── the seal ───────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def cheap(monkeypatch):
    """Make guessing cheap, so that many seals take no time."""
    monkeypatch.setattr(sealing, "_SCRYPT", {"n": 2, "r": 1, "p": 1})


def sealed_from(data):
    target = io.BytesIO()
    writer = SealedWriter(target, PASSPHRASE)
    for start in range(0, len(data), 7_001):
        writer.write(data[start : start + 7_001])
    writer.finish()
    return target.getvalue()


def read(sealed):
    return io.BufferedReader(SealedReader(io.BytesIO(sealed), PASSPHRASE)).read()


@pytest.mark.parametrize("size", [0, 1, sealing.CHUNK - 1, sealing.CHUNK, sealing.CHUNK + 1, 3 * sealing.CHUNK])
def test_a_seal_gives_back_what_it_took(cheap, size):
    data = bytes(number % 251 for number in range(size))
    sealed = sealed_from(data)
    assert is_sealed(io.BytesIO(sealed))
    assert read(sealed) == data
    reader = SealedReader(io.BytesIO(sealed), PASSPHRASE)
    reader.seek(size // 2)
    assert io.BufferedReader(reader).read() == data[size // 2 :]


@pytest.mark.parametrize("back", [1, 40, 80, 113, 130])
def test_an_archive_opens_wherever_its_chunks_end(cheap, tmp_path, back):
    """End the first chunk inside what an archive says of its parts at its end: in each of its records once."""
    heads = 2 * 30 + len("filling") + len("manifest.json")
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("filling", bytes(sealing.CHUNK - heads - 10 - back))
        archive.writestr("manifest.json", bytes(10))
    assert made.getvalue().index(b"PK\x01\x02") == sealing.CHUNK - back
    path = tmp_path / "sealed"
    path.write_bytes(sealed_from(made.getvalue()))
    with pytest.raises(BackupError, match="El manifiesto del respaldo está dañado"), opened(path, lambda: PASSPHRASE):
        pass  # it was read to its manifest, and that is none


def test_chunks_can_be_neither_moved_nor_left_out_nor_changed(cheap):
    step = sealing.CHUNK + 16
    sealed = sealed_from(bytes(3 * sealing.CHUNK + 9))
    start = len(sealed) - 3 * step - 25
    first, second = sealed[start : start + step], sealed[start + step : start + 2 * step]
    moved = sealed[:start] + second + first + sealed[start + 2 * step :]
    left_out = sealed[:start] + second + sealed[start + 2 * step :]
    cut_at_a_chunk = sealed[: start + 2 * step]
    changed = sealed[: start + 5] + bytes([sealed[start + 5] ^ 1]) + sealed[start + 6 :]
    longer = sealed + bytes(40)
    for bad in (moved, left_out, cut_at_a_chunk, changed, longer):
        with pytest.raises(BackupError):
            read(bad)


def test_two_seals_of_the_same_are_not_the_same(cheap):
    assert sealed_from(b"x")[-17:] != sealed_from(b"x")[-17:]


@pytest.mark.parametrize("header", [b"", b"{}", b"[]", b"null", b'{"kdf":"scrypt","n":1099511627776}', b"\xff"])
def test_a_header_that_asks_for_anything_else_is_refused(header):
    with pytest.raises(BackupError):
        SealedReader(io.BytesIO(sealing.MAGIC + header + b"\n" + bytes(100)), PASSPHRASE)


def test_a_header_cannot_ask_for_all_the_memory(cheap):
    sealed = sealed_from(b"x").replace(b'"n": 2,', b'"n": 2147483648,')
    with pytest.raises(BackupError, match="encabezado"):
        read(sealed)


def test_a_value_that_json_cannot_say_is_not_written():
    assert line_of({"b": 0.1, "a": None}) == b'{"a":null,"b":0.1}\n'
    with pytest.raises(ValueError):
        line_of({"a": float("nan")})
    with pytest.raises(TypeError):
        line_of({"a": object()})
