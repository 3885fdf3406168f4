"""The wheel and the source archive: the same bytes from the same commit, wherever and whenever they are made.

What git tracks is copied to a folder of its own, with the browser bundle and the compiled messages beside it; hatchling
makes the archives with fixed permissions, owner, order and the moment of the commit. The wheel is made from the source
archive, so that whoever has the one can make the other. Beside them: the locked dependencies, what they are (SBOM), and
the digests of all.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

from hermanar.console.messages import compile_messages
from tools import sbom

ROOT = Path(__file__).resolve().parent.parent
BUNDLE = "hermanar/ui/static/ui/build"
LOCK = "requirements.txt"
SUMS = "SHA256SUMS"
NOT_SOURCES = {".git", ".venv", ".tools", "var", "dist", "build", "node_modules", "__pycache__"}


def tracked(root: Path) -> list[str]:
    """Return the names of what git tracks; in a source archive, which has no git, of what is there."""
    if not (root / ".git").exists():
        found = (path.relative_to(root) for path in sorted(root.rglob("*")) if path.is_file() and path.suffix != ".mo")
        return [name.as_posix() for name in found if not NOT_SOURCES.intersection(name.parts)]
    command = ["git", "ls-files", "-z"]
    listed = subprocess.run(command, cwd=root, check=True, capture_output=True, text=True).stdout
    return sorted(name for name in listed.split("\0") if name and (root / name).is_file())


def bundled(root: Path) -> list[str]:
    """Return the names of the built browser bundle, without the mark of what it was made from. Ends where none is."""
    found = sorted(path for path in (root / BUNDLE).rglob("*") if path.is_file() and not path.name.startswith("."))
    if not found:
        sys.exit(f"{BUNDLE} is empty: build the browser bundle first (make dist does)")
    return [path.relative_to(root).as_posix() for path in found]


def tree_at(folder: Path, *, root: Path) -> Path:
    """Copy what goes into the archives to an empty folder, compile its messages, return it."""
    for name in [*tracked(root), *bundled(root)]:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(root / name, folder / name)
    for stale in folder.rglob("*.mo"):
        stale.unlink()
    compile_messages(*(folder / "hermanar").rglob("locale"))
    return folder


def hatch(kind: str, *, tree: Path, into: Path, moment: int) -> Path:
    """Make one archive (`sdist` or `wheel`) of a tree and return it."""
    made = into / kind
    command = [sys.executable, "-m", "hatchling", "build", "--target", kind, "--directory", str(made)]
    env = {**os.environ, "SOURCE_DATE_EPOCH": str(moment)}
    done = subprocess.run(command, cwd=tree, env=env, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"hatchling could not make the {kind}:\n{done.stdout}{done.stderr}")
    (archive,) = made.iterdir()
    target = into / archive.name
    archive.replace(target)
    made.rmdir()
    return target


def wheel_of(archive: Path, *, into: Path, moment: int) -> Path:
    """Make the wheel out of a source archive alone and return it."""
    with tempfile.TemporaryDirectory(prefix="hermanar-sdist-") as place:
        with tarfile.open(archive) as packed:
            packed.extractall(place, filter="data")
        (tree,) = Path(place).iterdir()
        return hatch("wheel", tree=tree, into=into, moment=moment)


def pack(root: Path, *, into: Path, moment: int) -> tuple[Path, Path]:
    """Make source archive and wheel of a project in a folder that exists; return both."""
    with tempfile.TemporaryDirectory(prefix="hermanar-dist-") as place:
        tree = tree_at(Path(place), root=root)
        archive = hatch("sdist", tree=tree, into=into, moment=moment)
    return archive, wheel_of(archive, into=into, moment=moment)


def moment_of(root: Path) -> int:
    """Return SOURCE_DATE_EPOCH where it is set, else when the last commit was made. Ends where there is neither."""
    if given := os.environ.get("SOURCE_DATE_EPOCH"):
        return int(given)
    command = ["git", "log", "-1", "--format=%ct"]
    asked = subprocess.run(command, cwd=root, check=False, capture_output=True, text=True)
    if asked.returncode:
        sys.exit("neither SOURCE_DATE_EPOCH nor a commit tells the moment of the archives")
    return int(asked.stdout)


def refuse_what_is_not_committed(root: Path) -> None:
    """End unless the tree is what the last commit says: the archives must be made again from it by anyone."""
    if not (root / ".git").exists():
        return
    command = ["git", "status", "--porcelain"]
    told = subprocess.run(command, cwd=root, check=True, capture_output=True, text=True).stdout
    if told:
        sys.exit(f"commit or put away first:\n{told}")


def main() -> None:
    """Make everything a release hands over, in `dist/`."""
    refuse_what_is_not_committed(ROOT)
    into = ROOT / "dist"
    shutil.rmtree(into, ignore_errors=True)
    into.mkdir()
    archive, wheel = pack(ROOT, into=into, moment=moment_of(ROOT))
    shutil.copyfile(ROOT / LOCK, into / LOCK)
    version = wheel.name.split("-")[1]
    bill = into / f"hermanar-{version}.cdx.json"
    bill.write_text(sbom.bill_of(ROOT, version=version), encoding="utf-8")
    made = [archive, wheel, bill, into / LOCK]
    sums = [f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n" for path in sorted(made)]
    (into / SUMS).write_text("".join(sums), encoding="utf-8")
    print("".join(sums), end="")


if __name__ == "__main__":
    main()
