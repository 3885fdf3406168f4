"""A disk without room: a clear page, nothing acknowledged that is not kept, and all goes on once there is room."""

from __future__ import annotations

import resource
import subprocess
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.conftest import hermanar_env
from tests.faults.mother import mother_of
from tests.faults.sites import Officer, serving
from tests.foundation.samples import pdf

pytestmark = [pytest.mark.nightly, pytest.mark.row(32)]
SYS_ADMIN = 21  # the capability that mounting asks for
MEGABYTE = 1 << 20
SIZE = 160 * MEGABYTE
SPANISH = ("No queda lugar en el disco", "Lo que envió no se guardó")
ENGLISH = ("There is no room left on the disk", "What you sent was not kept")


def may_mount():
    """Tell whether a small disk can be had here; elsewhere processes are forbidden to write instead."""
    granted = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("CapEff"))
    return bool(int(granted.split()[1], 16) >> SYS_ADMIN & 1)


class OwnDisk:
    """A small disk of its own under the house; it is filled to the last block."""

    def __init__(self, folder):
        self.folder = folder
        folder.mkdir()
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", str(folder)], check=True)

    def fill(self, _site):
        with pytest.raises(OSError, match="No space left"), (self.folder / "ballast").open("wb", buffering=0) as file:
            while True:
                file.write(bytes(4096))

    def free(self, _site):
        (self.folder / "ballast").unlink()

    def end(self):
        subprocess.run(["umount", "--lazy", str(self.folder)], check=True)


class Bound:
    """The system's bound for the files of a process: beyond it, as on a full disk, nothing is written."""

    def __init__(self, folder):
        folder.mkdir()

    def fill(self, site):
        self._set(site, 0)

    def free(self, site):
        self._set(site, resource.RLIM_INFINITY)

    def _set(self, site, most):
        for pid in site.workers():
            resource.prlimit(pid, resource.RLIMIT_FSIZE, (most, resource.RLIM_INFINITY))

    def end(self):
        pass


@contextmanager
def house_on(disk, bare, folder):
    """Serve a small house that stands on a disk; yield the site, an officer and the process that looks after it."""
    bare.file_at(folder / "var" / "hermanar.sqlite3")
    env = hermanar_env(folder / "var")
    try:
        with mother_of("tests.faults.house", env=env, folder=folder / "children") as mother:
            agreement = mother.do("build")
            with serving(mother, env=env, folder=folder) as site:
                yield site, Officer(site.port, agreement=agreement, **mother.do("sign_in")), mother
    finally:
        disk.end()


@pytest.mark.parametrize("kind", [Bound, *([OwnDisk] if may_mount() else [])])
def test_a_full_disk_acknowledges_nothing_and_heals_by_itself(kind, bare, tmp_path, figure):
    disk = kind(tmp_path / "var")
    with house_on(disk, bare, tmp_path) as (site, officer, mother):
        plain, with_file, english = officer.form("Sin lugar"), officer.form("Con acta"), officer.form("No room")
        kept = officer.form("Antes")
        assert officer.note(kept).status == 302
        disk.fill(site)
        told = [
            (officer.note(plain), SPANISH),
            (officer.note(with_file, pdf()), SPANISH),
            (officer.note(english, language="/en"), ENGLISH),
            (officer.note(plain), SPANISH),
        ]
        for answer, words in told:
            assert answer.status == 507, answer.text[:2000]
            assert answer.headers["retry-after"] == "300"
            assert all(word in answer.text for word in words)
            assert "Traceback" not in answer.text
        assert officer.ask("/acuerdos/").status == 200  # who only reads notices nothing
        assert officer.ask("/oficina/actividades/").status == 200
        assert signing_in(officer).status in {429, 507}  # tries that cannot be counted are refused
        disk.free(site)
        assert mother.do("activities") == [[kept["key"]], 0]
        answers = [officer.note(plain), officer.note(with_file, pdf()), officer.note(english, language="/en")]
        assert [one.status for one in answers] == [302] * 3
        keys, documents = mother.do("activities")
        assert set(keys) == {one["key"] for one in (kept, plain, with_file, english)}
        assert documents == 1
        assert mother.do("sound") == []
        assert mother.do("halves") == []
    figure(f"{kind.__name__}: {len(told)} forms refused on a full disk, 0 acknowledged, all kept once there was room")


def signing_in(officer):
    """Sign in as somebody else: a session wants to be written."""
    stranger = Officer(officer.port)
    fields = {"login": "director@guanajuato.example.org", "password": "una clave larga"}
    return stranger.ask("/cuenta/entrar/", fields)


def test_a_database_without_room_for_a_copy_leaves_no_half_one(bare, tmp_path):
    """A copy is written by a process of its own, which may write nothing larger than half of it."""
    folder = tmp_path / "var"
    bare.file_at(folder / "hermanar.sqlite3")
    with mother_of("tests.faults.house", env=hermanar_env(folder), folder=tmp_path / "children") as mother:
        mother.do("build")
        pid, _answer = mother.begin("copy_within", str(tmp_path / "copy.zip"), 200_000)
        assert mother.end(pid) == 1
        assert "No se puede escribir" in mother.log() or "No se pudo copiar" in mother.log()
        assert not (tmp_path / "copy.zip").exists()
        assert [one for one in tmp_path.iterdir() if one.name.endswith(".part")] == []
        mother.do("call", "backup", str(tmp_path / "copy.zip"))
