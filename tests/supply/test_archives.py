"""The archives: the same bytes from the same files, and all in them."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import tarfile
import zipfile
from pathlib import Path

import pytest

import hermanar
from tests.conftest import ROOT
from tests.supply.conftest import MOMENT, made_at
from tools import bootstrap, dist, sbom

pytestmark = [pytest.mark.row(36), pytest.mark.nightly]


def test_archives_made_twice_are_the_same_bytes(made, tmp_path, figure):
    other = made_at(tmp_path / "elsewhere, much deeper", umask=0o077, touched=1_300_000_000)
    assert other.archive.read_bytes() == made.archive.read_bytes()
    assert other.wheel.read_bytes() == made.wheel.read_bytes()
    figure(f"wheel {made.wheel.stat().st_size:,} and source archive {made.archive.stat().st_size:,} bytes, twice equal")


def test_wheel_is_the_one_the_tree_makes_too(made, tmp_path):
    tree = dist.tree_at(tmp_path / "tree", root=made.tree)
    direct = dist.hatch("wheel", tree=tree, into=tmp_path, moment=MOMENT)
    assert direct.read_bytes() == made.wheel.read_bytes()


def test_bundle_built_twice_is_the_same_bytes(tmp_path):
    bootstrap.node_packages(ROOT / "frontend", bootstrap.node())
    built = []
    for name in ("one", "two/deeper"):
        tree = tmp_path / name
        for source in (
            "frontend/src",
            "frontend/build.mjs",
            "frontend/package.json",
            "hermanar/ui",
            "hermanar/data/maps",
        ):
            copy = shutil.copytree if (ROOT / source).is_dir() else shutil.copyfile
            (tree / source).parent.mkdir(parents=True, exist_ok=True)
            copy(ROOT / source, tree / source)
        shutil.rmtree(tree / dist.BUNDLE)
        (tree / "frontend" / "node_modules").symlink_to(ROOT / "frontend" / "node_modules")
        command = ["npm", "run", "--silent", "build"]
        env = bootstrap.node()
        subprocess.run(command, cwd=tree / "frontend", env=env, check=True, capture_output=True)
        built.append({one: (tree / one).read_bytes() for one in dist.bundled(tree)})
    assert built[0] == built[1]
    assert built[0] == {one: (ROOT / one).read_bytes() for one in dist.bundled(ROOT)}


def test_the_bundle_is_made_anew_when_anything_changed_that_it_is_made_of():
    script = (ROOT / "frontend" / "build.mjs").read_text(encoding="utf-8")
    read = {(ROOT / "frontend" / path).resolve() for path in re.findall(r'join\(here, "(\.\./[^"]+)"', script)}
    assert len(read) > 2
    sources = read - {bootstrap.BUNDLE.parent}  # where it is written
    assert [path for path in sources if not any(path.is_relative_to(one) for one in bootstrap.BUNDLED)] == []


def test_wheel_holds_all_of_the_package(made):
    """Each file of the package and of the bundle, byte by byte; messages compiled, and nothing that nobody knows of."""
    with zipfile.ZipFile(made.wheel) as wheel:
        there = {name: wheel.read(name) for name in wheel.namelist() if name.startswith("hermanar/")}
        about = {Path(name).name for name in wheel.namelist() if not name.startswith("hermanar/")}
    wanted = [name for name in dist.tracked(ROOT) if name.startswith("hermanar/")] + dist.bundled(ROOT)
    compiled = {name.removesuffix("po") + "mo" for name in wanted if name.endswith(".po")}
    wanted = {name for name in wanted if not name.endswith(".po")}
    assert sorted(wanted - there.keys()) == []
    assert sorted(there.keys() - wanted) == sorted(compiled)
    assert [name for name in wanted if there[name] != (ROOT / name).read_bytes()] == []
    assert about == {"METADATA", "WHEEL", "RECORD", "entry_points.txt", "LICENSE", "NOTICE"}


def test_source_archive_holds_all_that_is_tracked(made):
    with tarfile.open(made.archive) as packed:
        there = {name.partition("/")[2] for name in packed.getnames()}
        owners = {(one.uid, one.gid, one.uname, one.gname, one.mtime) for one in packed.getmembers()}
    wanted = {*dist.tracked(ROOT), *dist.bundled(ROOT)}
    assert sorted(wanted - there) == []
    assert {name for name in there - wanted if not name.endswith(".mo")} == {"PKG-INFO"}
    assert owners == {(0, 0, "", "", MOMENT)}


def test_archives_bear_the_version(made):
    assert made.wheel.name == f"hermanar-{hermanar.__version__}-py3-none-any.whl"
    assert made.archive.name == f"hermanar-{hermanar.__version__}.tar.gz"


def test_bill_of_materials_names_every_locked_package(figure):
    text = sbom.bill_of(ROOT, version="1")
    assert text == sbom.bill_of(ROOT, version="1")
    bill = json.loads(text)
    names = {one["purl"].partition("@")[0].removeprefix("pkg:") for one in bill["components"]}
    lock = (ROOT / dist.LOCK).read_text(encoding="utf-8").splitlines()
    locked = {f"pypi/{line.partition('==')[0]}" for line in lock if "==" in line}
    assert {name for name in names if name.startswith("pypi/")} == locked
    assert {"npm/d3-geo", "npm/openseadragon"} < names
    assert "npm/esbuild" not in names
    assert "timestamp" not in bill["metadata"]
    assert "serialNumber" not in bill
    figure(f"bill of materials: {len(names)} components")
