"""The archives of this tree, made once, and the wheel in an environment of its own."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tools import apart, dist

MOMENT = 1_790_000_000


@dataclass(frozen=True)
class Made:
    """What one person makes of the project in a folder of her own."""

    tree: Path
    archive: Path
    wheel: Path


def made_at(folder, *, umask, touched):
    """Copy the project to a folder as somebody would have it there, and make its archives."""
    tree, into = folder / "project", folder / "made"
    before = os.umask(umask)
    try:
        for name in [*dist.tracked(ROOT), *dist.bundled(ROOT)]:
            (tree / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, tree / name)
            os.utime(tree / name, (touched, touched))
        into.mkdir()
        archive, wheel = dist.pack(tree, into=into, moment=MOMENT)
    finally:
        os.umask(before)
    return Made(tree, archive, wheel)


@pytest.fixture(scope="session")
def made(tmp_path_factory):
    """Return the archives of this tree."""
    return made_at(tmp_path_factory.mktemp("dist") / "here", umask=0o022, touched=1_700_000_000)


@pytest.fixture(scope="session")
def installed(made, tmp_path_factory):
    """Return an empty environment outside the project with the wheel in it."""
    return apart.install(made.wheel, lock=ROOT / dist.LOCK, at=tmp_path_factory.mktemp("apart"))
