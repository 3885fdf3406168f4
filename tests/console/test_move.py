"""From one database to the other by one command: all of it, compared, or nothing."""

from __future__ import annotations

import hashlib
import json
import time
import zipfile

import psycopg
import pytest
from django.core.management import CommandError

from hermanar.console.backup import Archive, BackupError
from hermanar.console.backup.restoring import _check_room
from hermanar.console.management.commands.move import address_of, refuse_this_one, without_password
from hermanar.foundation.documents import path_of
from tests.console.test_backup import House, files_in, hang, limited, tables_of


def test_an_address_is_told_without_its_password():
    shown = without_password("postgres://ana:secreta@db.example.org:5432/casa")
    assert shown == "postgres://ana@db.example.org:5432/casa"
    assert without_password("sqlite:////srv/casa.sqlite3") == "sqlite:////srv/casa.sqlite3"


def test_what_is_no_database_is_refused(tmp_path):
    assert address_of(str(tmp_path / "casa.sqlite3")) == f"sqlite:///{tmp_path}/casa.sqlite3"
    with pytest.raises(CommandError, match="no es una dirección"):
        address_of("mysql://ana:secreta@db/casa")


def test_the_database_of_now_is_refused(tmp_path):
    here = {"ENGINE": "hermanar.site.sqlite", "NAME": str(tmp_path / "casa.sqlite3")}
    with pytest.raises(CommandError, match="base de ahora"):
        refuse_this_one(f"sqlite:///{tmp_path}/casa.sqlite3", here=here)
    refuse_this_one(f"sqlite:///{tmp_path}/otra.sqlite3", here=here)
    refuse_this_one("postgres://ana@db/casa", here=here)


def test_a_house_moves_without_its_files(bare, tmp_path):
    """One that is lost is no reason to stay, and none is copied: neither has room for what a picture takes."""
    house = House(tmp_path / "var", is_measured=False)
    bare.file_at(house.database())
    house.verb("found")
    hang(house)
    with (house.folder / "media/originales/large.png").open("wb") as picture:
        picture.truncate(60_000_000)
    next(path for path in (house.folder / "files").rglob("*") if path.is_file()).unlink()
    bare.file_at(tmp_path / "there.sqlite3")
    media = files_in(house.folder / "media")
    said = house.do("move", "--to", tmp_path / "there.sqlite3", preexec_fn=limited(50_000_000))
    assert "respaldo" not in said.lower()
    assert files_in(house.folder / "media") == media
    there = House(house.folder, f"sqlite:///{tmp_path}/there.sqlite3", is_measured=False)
    assert there.verb("count").split() == ["1", "0"]
    there.do("verify")


def test_a_document_that_is_there_needs_no_room(settings, tmp_path):
    settings.VAR = tmp_path
    digest = hashlib.sha256(b"").hexdigest()
    part = {"name": f"files/{digest}", "size": 10**18, "sha256": digest}
    told = {"format": "hermanar-backup", "format_version": 1, "schema": {}, "parts": [part], "damaged_files": []}
    with zipfile.ZipFile(tmp_path / "copy.zip", "w") as archive:
        archive.writestr("manifest.json", json.dumps(told))
    copy = Archive(tmp_path / "copy.zip")
    with pytest.raises(BackupError, match="No cabe"):
        _check_room(copy)
    path_of(digest).parent.mkdir(parents=True)
    path_of(digest).touch()
    _check_room(copy)


@pytest.mark.row(20)
@pytest.mark.nightly
def test_a_house_moves_to_postgresql_and_back(bare, postgres_url, tmp_path, figure):
    house = House(tmp_path / "var", is_measured=False)
    bare.file_at(house.database())
    house.verb("found")
    house.do("backup", tmp_path / "before.zip")
    before = tables_of(tmp_path / "before.zip")
    with bare.database_at(postgres_url) as url:
        began = time.monotonic()
        said = house.do("move", "--to", url)
        there = time.monotonic() - began
        assert "DATABASE_URL=postgres://" in said
        moved = House(tmp_path / "var", url, is_measured=False)
        moved.do("verify")
        moved.do("backup", tmp_path / "there.zip")
        assert tables_of(tmp_path / "there.zip") == before
        assert "no está vacía" in house.refused("move", "--to", url)
        began = time.monotonic()
        follows = {"HERMANAR_STANDBY_URL": url}  # which SQLite has none of
        moved.do("move", "--to", tmp_path / "back.sqlite3", env=moved.env | follows)
        back = time.monotonic() - began
        # nothing was taken from where it was
        with psycopg.connect(url) as server:
            assert server.execute("SELECT count(*) FROM offices_office").fetchone()[0] > 0
    again = House(tmp_path / "var", f"sqlite:///{tmp_path}/back.sqlite3", is_measured=False)
    again.do("verify")
    again.do("backup", tmp_path / "back.zip")
    assert tables_of(tmp_path / "back.zip") == before
    assert not list((tmp_path / "var").glob(".move-*"))
    rows = sum(part.get("rows") or 0 for part in before.values())
    figure(f"{len(before)} parts, {rows} rows: to PostgreSQL in {there:.0f} s, back in {back:.0f} s")


@pytest.mark.row(20)
@pytest.mark.nightly
def test_what_the_other_database_refuses_leaves_nothing_there(bare, tmp_path):
    house = House(tmp_path / "var", is_measured=False)
    bare.file_at(house.database())
    house.verb("found")
    broken = tmp_path / "there" / "casa.sqlite3"  # its folder is missing
    before = house.content()
    assert "No se llevó nada" in house.refused("move", "--to", broken)
    assert house.content() == before
    assert not broken.exists()
    assert not list((tmp_path / "var").glob(".move-*"))
