"""Django's tags of translation; a sentence written in a template is looked up once per language, not once per page.

The settings put this library in the place of Django's own: a template loads `i18n` as everywhere.
"""

from __future__ import annotations

from typing import Any

from django import template
from django.templatetags import i18n

from hermanar.ui.kept import Kept

register = template.Library()
register.tags.update(i18n.register.tags)
register.filters.update(i18n.register.filters)


@register.tag
def translate(parser: Any, token: Any) -> template.Node:
    """Translate as Django does, and keep what does not depend on the context."""
    node = i18n.do_translate(parser, token)
    expression = node.filter_expression
    is_constant = expression.var.lookups is None and not expression.filters and node.message_context is None
    if not is_constant:
        return node
    asvar, node.asvar = node.asvar, None
    return Kept(node, asvar=asvar)
