"""What the architecture tests share: the floors as the import contract states them, and a reader of the code."""

from __future__ import annotations

import ast
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "hermanar"
DOMAIN_ROOMS = ("directory", "offices", "agreements", "cooperation", "planning", "observatory")
DOORS = ("museum", "workspace", "open_data", "console")


def contracts(root=ROOT):
    """Return the import contracts of pyproject.toml."""
    text = (root / "pyproject.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)["tool"]["importlinter"]["contracts"]


def floors(root=ROOT):
    """Return each room's height, 0 for the ground; rooms side by side share one."""
    layers = contracts(root)[0]["layers"]
    height = {}
    for number, layer in enumerate(reversed(layers)):
        for room in layer.replace("(", "").replace(")", "").split("|"):
            height[room.strip().removeprefix("hermanar.")] = number
    return height


def modules(*folders, package=PACKAGE):
    """Return the Python files of rooms (of all rooms when none is named), without migrations."""
    roots = [package / folder for folder in folders] or [package]
    found = {path for root in roots for path in ([root] if root.suffix == ".py" else root.rglob("*.py"))}
    return sorted(path for path in found if path.is_file() and "migrations" not in path.parts)


def templates(package=PACKAGE):
    """Return every page template."""
    return sorted(path for path in package.rglob("*.html") if "templates" in path.parts)


def functions(path):
    """Yield (name, node, owner) of every function that is not inside another; owner is the class or None."""
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            yield node.name, node, None
        elif isinstance(node, ast.ClassDef):
            for inner in node.body:
                if isinstance(inner, (ast.FunctionDef, ast.AsyncFunctionDef)):
                    yield inner.name, inner, node.name
