"""What the wheel stands on, as CycloneDX tells it: the locked Python packages and what is bundled for the browser.

The Python part is made by cyclonedx-bom from the lock file; the packages of the browser's lock file are added to it,
and the whole is checked against the standard's own schema. No moment and no serial number: the same bytes from the same
locks.
"""

from __future__ import annotations

import base64
import json
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import quote

from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

SPECIFICATION = "1.6"
ALGORITHMS = {"sha512": "SHA-512", "sha384": "SHA-384", "sha256": "SHA-256"}


def bill_of(root: Path, *, version: str) -> str:
    """Return the bill of materials of a version as text. Ends where the standard's schema refuses it."""
    bill = python_part(root)
    browser = browser_part(root)
    bill["metadata"]["component"]["version"] = version
    bill["components"] = sorted([*bill["components"], *browser], key=lambda one: one["purl"])
    for one in bill["components"]:
        one["bom-ref"] = one["purl"]
        one.pop("description", None)  # the line of the lock file, which the digests beside it say already
    names = [one["bom-ref"] for one in bill["components"]]
    top = bill["metadata"]["component"]["bom-ref"]
    bill["dependencies"] = [{"ref": top, "dependsOn": names}, *({"ref": name} for name in names)]
    text = json.dumps(bill, indent=1, sort_keys=True, ensure_ascii=False) + "\n"
    if fault := JsonStrictValidator(SchemaVersion.from_version(SPECIFICATION)).validate_str(text):
        sys.exit(f"the bill of materials is not what CycloneDX {SPECIFICATION} asks: {fault}")
    return text


def python_part(root: Path) -> dict[str, Any]:
    """Return what cyclonedx-bom makes of the lock file."""
    command = [
        sys.executable,
        "-m",
        "cyclonedx_py",
        "requirements",
        "requirements.txt",
        "--pyproject",
        "pyproject.toml",
    ]
    options = ["--output-reproducible", "--of", "JSON", "--sv", SPECIFICATION]
    made = subprocess.run([*command, *options], cwd=root, capture_output=True, text=True, check=False)
    if made.returncode:
        sys.exit(f"cyclonedx-bom could not read the lock file:\n{made.stderr}")
    bill: dict[str, Any] = json.loads(made.stdout)
    return bill


def browser_part(root: Path) -> list[dict[str, Any]]:
    """Return a component for each package that is bundled: what only builds the bundle is left out."""
    lock = json.loads((root / "frontend" / "package-lock.json").read_text(encoding="utf-8"))
    found = []
    for place, told in lock["packages"].items():
        if not place or told.get("dev"):
            continue
        name = place.rpartition("node_modules/")[2]
        kind, _, digest = told["integrity"].partition("-")
        found.append({
            "type": "library",
            "name": name,
            "version": told["version"],
            "purl": f"pkg:npm/{quote(name)}@{told['version']}",
            "licenses": [{"expression": told["license"]}],
            "hashes": [{"alg": ALGORITHMS[kind], "content": base64.b64decode(digest).hex()}],
        })  # fmt: skip
    return found
