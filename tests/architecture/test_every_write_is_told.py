"""Whoever writes tells the trail: every verb reaches `trail.record`, and nobody writes past the verbs.

Read from the code: a call is followed to the function it names, through what its file imports.
"""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from django.conf import settings

import hermanar

pytestmark = pytest.mark.row(19)
PACKAGE = Path(hermanar.__file__).parent
ROW_WRITERS = {"create", "save", "delete", "bulk_create", "bulk_update", "update_or_create", "get_or_create", "update"}
TOLD = ("hermanar.foundation.trail", "record")
# What writes and tells nothing by itself, by the reason.
SILENT = {
    "part of a verb, which tells": {
        "agreements.actions.drafting.write_parties", "agreements.actions.filing.add_act",
        "agreements.actions.filing.attach", "agreements.actions.filing.move", "agreements.actions.filing.office_source",
        "agreements.actions.importing.drafting.keep", "agreements.actions.importing.drafting.keep_cited",
        "agreements.actions.rowbook.write", "agreements.actions.versions.complete_versions",
        "agreements.actions.versions.keep_version",
        "cooperation.actions.guests.counterpart_source", "directory.actions.adding.create_places",
        "directory.actions.adding.write_names", "museum.actions.slugs.made_at",
        "offices.actions.founding.next_file_number", "offices.actions.members.make_account",
    },
    "derived from what was told": {
        "agreements.actions.editing.note_evidence", "agreements.actions.listing.mark_changed",
        "agreements.actions.listing.relist",
    },
    "takes a demonstration away, which is no register": {
        "agreements.actions.guests.forget_demonstration_guests", "offices.actions.demonstration.remove_demonstration",
    },
    "a letter or a vote of somebody who is to stay unknown": {
        "museum.actions.issues.compose_issue", "museum.actions.judging.cast_vote", "museum.actions.letters.ask",
        "museum.actions.letters.confirm", "museum.actions.letters.forget_unconfirmed", "museum.actions.letters.leave",
    },
    "an address forgotten by its schedule, or on request, of which `person.erased` tells": {
        "museum.actions.judging.forget_votes", "museum.actions.letters.forget_address",
        "museum.actions.portraits.forget_portraits", "offices.actions.erasing.empty_account",
        "offices.actions.erasing.forget_invitations",
    },
    "the ground of the museum's pages, whose own log is Wagtail's": {
        "museum.actions.ground.lay_out", "museum.actions.rooms.grant", "museum.actions.rooms.group_of",
    },
}  # fmt: skip
# What looks like a write of rows outside the verbs, and is one of a file, a drawing or a folder.
NO_ROWS = {
    "catalogue.template.template_xlsx", "museum.labels.code_of", "museum.models.media.forget_its_file",
    "museum.pictures._make", "museum.pictures.small_file",
}  # fmt: skip


class Functions(ast.NodeVisitor):
    """Every function of a file: what it calls, and whether it writes rows."""

    def __init__(self, module, is_package):
        self.module, self.names, self.found = module, {}, {}
        self.package = module if is_package else module.rpartition(".")[0]

    def visit_ImportFrom(self, node):
        for name in node.names:
            self.names[name.asname or name.name] = (node.module or "", name.name)

    def visit_FunctionDef(self, node):
        calls, writes = set(), False
        for one in ast.walk(node):
            if isinstance(one, ast.Name | ast.Attribute):
                calls.add(self.named(one))
            if isinstance(one, ast.Call) and isinstance(one.func, ast.Attribute):
                writes |= writes_rows(one.func)
            if isinstance(one, ast.Call) and isinstance(one.func, ast.Name):
                writes |= one.func.id in {"insert_rows", "update_rows"}
        self.found[node.name] = (calls - {None}, writes)
        for one in ast.walk(node):
            if isinstance(one, ast.ImportFrom):
                self.visit_ImportFrom(one)

    def named(self, node):
        """Return module and name of what is named, as far as the imports of the file tell."""
        if isinstance(node, ast.Name):
            return self.names.get(node.id, (self.module, node.id))
        if isinstance(node.value, ast.Name) and node.value.id in self.names:
            module, name = self.names[node.value.id]
            return f"{module}.{name}", node.attr
        return None


def writes_rows(called):
    """Tell whether a call is one of the ORM that writes: of a manager, a query or a row."""
    on = ast.unparse(called.value)
    if called.attr == "update":
        return "objects" in on or "filter(" in on
    return called.attr in ROW_WRITERS and on not in {"self", "super()"}


@pytest.fixture(scope="module")
def functions():
    """Return, by module and name, what each function calls and whether it writes."""
    known = {}
    for path in PACKAGE.rglob("*.py"):
        if "migrations" in path.parts:
            continue
        parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
        is_package = parts[-1] == "__init__"
        module = ".".join(parts[:-1] if is_package else parts)
        read = Functions(module, is_package)
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in tree.body:  # imports first, so that every call finds its name
            if isinstance(node, ast.ImportFrom):
                read.visit(node)
        read.visit(tree)
        known |= {(module, name): found for name, found in read.found.items()}
        # What a package gives on is what its parts are called.
        known |= {(module, name): ({there}, False) for name, there in read.names.items() if is_package}
    return known


def tells(functions, start):
    """Follow the calls of a function; tell whether one records in the trail."""
    waiting, seen = [start], set()
    while waiting:
        one = waiting.pop()
        if one == TOLD:
            return True
        if one not in seen and one in functions:
            seen.add(one)
            waiting += functions[one][0]
    return False


def test_every_verb_that_writes_tells_the_trail(functions, figure):
    verbs = [key for key, (_calls, writes) in functions.items() if ".actions" in key[0] and writes and key[1][0] != "_"]
    silent = {f"{module}.{name}" for module, name in verbs if not tells(functions, (module, name))}
    assert {name.removeprefix("hermanar.") for name in silent} == set().union(*SILENT.values())
    figure(f"{len(verbs) - len(silent)} functions that write reach the trail, {len(silent)} stand in a list by reason")


def test_nobody_writes_past_the_verbs(functions):
    doors = ("hermanar.museum", "hermanar.workspace", "hermanar.open_data", "hermanar.catalogue", "hermanar.site")
    written = {
        f"{module}.{name}"
        for (module, name), (_calls, writes) in functions.items()
        if module.startswith(doors) and ".actions" not in module and writes
    }
    assert {name.removeprefix("hermanar.") for name in written} == NO_ROWS


def test_no_other_admin_is_there():
    assert "django.contrib.admin" not in settings.INSTALLED_APPS
