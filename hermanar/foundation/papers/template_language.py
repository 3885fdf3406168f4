"""The language of Word templates: fields, conditions and bounded loops, and nothing that runs or climbs."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from jinja2 import ChainableUndefined, TemplateRuntimeError, TemplateSyntaxError, Undefined, meta, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from hermanar.foundation.papers.structure import MISSING

NotUnderstoodError = TemplateSyntaxError
_MOST_NESTED = 2
MOST_ROUNDS = 5_000  # of all lists of a paper together
MOST_WRITTEN = 8_000_000  # letters, the marks of Word among them: some hundreds of pages
_MOST_REPEATED = 2_000  # parts of a template that stand within lists
_EACH = "_each"  # put around whatever a list goes through; no template may name it
_FILTERS = frozenset({"upper", "lower", "title", "capitalize", "trim", "join", "default", "length", "first", "last"})
# Everything else of the template language (calls, assignments, macros, imports, arithmetic) is refused.
_ALLOWED = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Const, nodes.Getattr, nodes.Getitem, nodes.For,
    nodes.If, nodes.Filter, nodes.Test, nodes.Compare, nodes.Operand, nodes.And, nodes.Or, nodes.Not, nodes.CondExpr,
)  # fmt: skip


class _Blank(ChainableUndefined):
    """What a template asks for and the record does not say; it is shown, never left out."""

    def __str__(self) -> str:
        return f"[{MISSING['es']}: {self._undefined_name}]"


class Environment(ImmutableSandboxedEnvironment):
    """The template language, cut down to fields, conditions and bounded loops; whatever asks it to parse.

    It serves to fill one file: what it writes and repeats is counted, all parts of the file together.
    """

    def __init__(self) -> None:
        super().__init__(autoescape=True, undefined=_Blank)
        self.globals.clear()
        self.rounds = self.letters = 0
        self.filters = {name: self._counted(self.filters[name]) for name in _FILTERS}
        self.filters |= {"join": self._join, _EACH: self._each}
        self.concat = self._whole  # type: ignore[method-assign]  # what Jinja writes a paper's parts together with

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        _check_nodes(tree)
        for loop in tree.find_all(nodes.For):
            loop.iter = nodes.Filter(loop.iter, _EACH, [], [], None, None, lineno=loop.lineno)
        return tree

    def _write(self, letters: int) -> None:
        self.letters += letters
        if self.letters > MOST_WRITTEN:
            raise BeyondBoundsError("letters")

    def _whole(self, pieces: Iterable[str]) -> str:
        found = []
        for piece in pieces:
            self._write(len(piece))
            found.append(piece)
        return "".join(found)

    def _counted(self, known: Callable[..., Any]) -> Callable[..., Any]:
        """Count what a filter works on, which may be written nowhere."""

        @functools.wraps(known)  # how Jinja is to call it stands on it
        def counting(*arguments: Any, **named: Any) -> Any:
            self._write(sum(len(one) for one in arguments if isinstance(one, str)))
            return known(*arguments, **named)

        return counting

    def _join(self, value: Any, between: str = "", attribute: str = "") -> Any:
        """Join a list; a text is no list of letters."""
        if not isinstance(value, list):
            return value
        rows = (one.get(attribute, "") if isinstance(one, Mapping) else one for one in value)
        texts = [str(one) for one in rows]
        self._write(sum(map(len, texts)) + len(texts) * len(between))
        return str(between).join(texts)

    def _each(self, value: Any) -> Any:
        """Let a loop go through a list, and through nothing else."""
        if isinstance(value, Undefined):
            return ()
        if not isinstance(value, list):
            raise BeyondBoundsError("list")
        self.rounds += len(value)
        if self.rounds > MOST_ROUNDS:
            raise BeyondBoundsError("rounds")
        return value


class ForbiddenError(TemplateSyntaxError):
    """A template asks for more than a template may."""


class BeyondBoundsError(TemplateRuntimeError):
    """A template, filled with these facts, would grow beyond any paper."""


def _check_nodes(tree: nodes.Template) -> None:
    repeated = 0
    waiting: list[tuple[nodes.Node, frozenset[str]]] = [(tree, frozenset())]  # with the names that loops give
    while waiting:
        node, given = waiting.pop()
        repeated += bool(given)
        if isinstance(node, nodes.For):
            _check_loop(node, given)
            given |= {node.target.name, "loop"}  # type: ignore[attr-defined]  # it was checked to be a name
        if repeated > _MOST_REPEATED:
            raise ForbiddenError(type(node).__name__, getattr(node, "lineno", 1) or 1)
        _check_node(node, is_repeated=bool(given))
        waiting += [(child, given) for child in node.iter_child_nodes()]


def _check_loop(node: nodes.For, given: frozenset[str]) -> None:
    """A loop gives one name and goes through a field of the record, not through what another loop gives."""
    is_plain = all(isinstance(one, nodes.Name) and one.name not in given for one in (node.target, node.iter))
    if not is_plain or node.recursive or len(given - {"loop"}) >= _MOST_NESTED:
        raise ForbiddenError("For", node.lineno)


def _check_node(node: nodes.Node, *, is_repeated: bool) -> None:
    named = node.attr if isinstance(node, nodes.Getattr) else node.name if isinstance(node, nodes.Name) else ""
    if (
        not isinstance(node, _ALLOWED)
        or named.startswith("_")
        or (isinstance(node, nodes.Filter) and node.name not in _FILTERS)
        or (isinstance(node, nodes.Getitem) and not isinstance(node.arg, nodes.Const))
        or (isinstance(node, nodes.Getitem) and str(getattr(node.arg, "value", "")).startswith("_"))
        # Looking for words reads a whole text each time.
        or (isinstance(node, nodes.Operand) and node.op in {"in", "notin"} and is_repeated)
    ):
        raise ForbiddenError(type(node).__name__, getattr(node, "lineno", 1) or 1)


_ENVIRONMENT = Environment()


def names_in(expression: str) -> set[str]:
    """Return the fields an expression asks for. Raises ForbiddenError or NotUnderstoodError."""
    return meta.find_undeclared_variables(_ENVIRONMENT.parse("{{" + expression + "}}"))
