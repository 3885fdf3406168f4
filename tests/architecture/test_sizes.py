"""The budgets: what grows past them is split."""

from __future__ import annotations

import ast
import re

import pytest

from tests.architecture.house import DOMAIN_ROOMS, PACKAGE, functions, modules, templates

MODULE_LINES = 400
FUNCTION_LINES = 50
TEMPLATE_LINES = 120
POSITIONAL = 2
NAMES_WITHOUT_MEANING = {"utils", "util", "helpers", "helper", "common", "misc", "lib", "core"}
TYPED_LAYERS = {"rules", "actions", "queries"}
# A block of data is not a script: the browser never runs it.
SCRIPT = re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*type=[\"']application/(?:ld\+)?json[\"'])", re.IGNORECASE)
STYLE = re.compile(r"<style\b|\sstyle\s*=", re.IGNORECASE)
HANDLER = re.compile(r"<[^>]*\son[a-z]+\s*=\s*[\"']", re.IGNORECASE)


def name(path):
    return path.relative_to(PACKAGE.parent).as_posix() if path.is_relative_to(PACKAGE.parent) else path.name


def long_modules(paths):
    return [name(path) for path in paths if len(path.read_text(encoding="utf-8").splitlines()) > MODULE_LINES]


def long_functions(paths):
    found = []
    for path in paths:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            is_function = isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
            if is_function and node.end_lineno - node.lineno + 1 > FUNCTION_LINES:
                found.append(f"{name(path)}:{node.lineno} {node.name}")
    return found


def positional(path):
    """List public functions and methods that take more than two arguments by position."""
    found = []
    for function, node, owner in functions(path):
        if function.startswith("_") or (owner or "").startswith("_"):
            continue
        static = any(getattr(decorator, "id", "") == "staticmethod" for decorator in node.decorator_list)
        count = len(node.args.posonlyargs) + len(node.args.args) - (1 if owner and not static else 0)
        if count > POSITIONAL:
            found.append(f"{name(path)}:{node.lineno} {function} takes {count} by position")
    return found


def without_docstring(path):
    return [
        f"{name(path)}:{node.lineno} {function}"
        for function, node, owner in functions(path)
        if owner is None and not function.startswith("_") and not ast.get_docstring(node)
    ]


def faults(path):
    """List what a template must not hold: too many lines, scripts, styles and handlers of its own."""
    text = path.read_text(encoding="utf-8")
    patterns = {"script": SCRIPT, "style": STYLE, "handler": HANDLER}
    found = [label for label, pattern in patterns.items() if pattern.search(text)]
    if len(text.splitlines()) > TEMPLATE_LINES:
        found.append("too long")
    return [f"{name(path)}: {label}" for label in found]


def layer_of(path):
    """Return `rules` for rules.py and for everything in rules/."""
    inside = path.relative_to(PACKAGE).parts
    return inside[1].removesuffix(".py") if len(inside) > 1 else ""


def test_modules_keep_their_budget():
    assert long_modules(modules()) == []


def test_functions_keep_their_budget():
    assert long_functions(modules()) == []


def test_public_functions_take_two_arguments_by_position():
    assert [line for path in modules(*DOMAIN_ROOMS, "catalogue") for line in positional(path)] == []


def test_public_functions_say_what_they_do():
    typed = [path for path in modules(*DOMAIN_ROOMS) if layer_of(path) in TYPED_LAYERS] + modules("catalogue")
    assert [line for path in typed for line in without_docstring(path)] == []


def test_no_file_has_a_name_without_meaning():
    inside = {path: {path.stem, *path.relative_to(PACKAGE).parts} for path in modules()}
    assert [name(path) for path, names in inside.items() if NAMES_WITHOUT_MEANING & names] == []


def test_templates_keep_their_budget():
    assert [line for path in templates() for line in faults(path)] == []


@pytest.mark.parametrize(
    ("check", "code"),
    [
        (lambda path: long_modules([path]), "A = 1\n" * 401),
        (lambda path: long_functions([path]), "def long():\n" + "    a = 1\n" * 50),
        (positional, "def f(a, b, c): ..."),
        (positional, "class A:\n    def f(self, a, b, c): ..."),
        (without_docstring, "def f(): ..."),
        (faults, "<p>\n" * 121),
        (faults, "<script>alert(1)</script>"),
        (faults, "<style>p {}</style>"),
        (faults, '<p style="color: red">'),
        (faults, '<p onclick="go()">'),
    ],
)
def test_planted_excess_is_found(tmp_path, check, code):
    path = tmp_path / "planted.py"
    path.write_text(code, encoding="utf-8")
    assert check(path) != []


@pytest.mark.parametrize(
    ("check", "code"),
    [
        (lambda path: long_modules([path]), "A = 1\n" * 400),
        (lambda path: long_functions([path]), "def long():\n" + "    a = 1\n" * 49),
        (positional, "def f(a, b, *, c): ..."),
        (positional, "class A:\n    def f(self, a, b, *, c): ..."),
        (positional, "def _f(a, b, c): ..."),
        (without_docstring, 'def f():\n    """Do."""'),
        (faults, "<p>\n" * 120),
        (faults, '<script src="a.js" defer></script>'),
        (faults, '<script id="x" type="application/ld+json">{}</script>'),
    ],
)
def test_what_keeps_the_budget_passes(tmp_path, check, code):
    path = tmp_path / "planted.py"
    path.write_text(code, encoding="utf-8")
    assert check(path) == []
