"""The language of Word templates: fields, conditions and bounded loops, and nothing that runs or climbs."""

from __future__ import annotations

from jinja2 import ChainableUndefined, TemplateSyntaxError, meta, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from hermanar.foundation.papers.structure import MISSING

NotUnderstoodError = TemplateSyntaxError
_MOST_NESTED = 2
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
    """The template language, cut down to fields, conditions and bounded loops; whatever asks it to parse."""

    def __init__(self) -> None:
        super().__init__(autoescape=True, undefined=_Blank)
        self.globals.clear()

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        _check_nodes(tree, 0)
        return tree


class ForbiddenError(TemplateSyntaxError):
    """A template asks for more than a template may."""


def _check_nodes(node: nodes.Node, loops: int) -> None:
    loops += isinstance(node, nodes.For)
    named = node.attr if isinstance(node, nodes.Getattr) else node.name if isinstance(node, nodes.Name) else ""
    if (
        not isinstance(node, _ALLOWED)
        or named.startswith("_")
        or loops > _MOST_NESTED
        or (isinstance(node, nodes.For) and node.recursive)
        or (isinstance(node, nodes.Filter) and node.name not in _FILTERS)
        or (isinstance(node, nodes.Getitem) and not isinstance(node.arg, nodes.Const))
        or (isinstance(node, nodes.Getitem) and str(getattr(node.arg, "value", "")).startswith("_"))
    ):
        raise ForbiddenError(type(node).__name__, getattr(node, "lineno", 1) or 1)
    for child in node.iter_child_nodes():
        _check_nodes(child, loops)


_ENVIRONMENT = Environment()


def names_in(expression: str) -> set[str]:
    """Return the fields an expression asks for. Raises ForbiddenError or NotUnderstoodError."""
    return meta.find_undeclared_variables(_ENVIRONMENT.parse("{{" + expression + "}}"))
