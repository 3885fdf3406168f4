"""Fill an office's Word template with the facts of a record."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from hermanar.foundation.papers.structure import clean, written
from hermanar.foundation.papers.templates import TemplateReport, check_template

MOST_ROWS = 200
MOST_LETTERS = 20_000

Value = str | int | Sequence[str] | Sequence[Mapping[str, str]] | None


class UnusableTemplateError(ValueError):
    """A template cannot be filled; its report says why."""

    def __init__(self, report: TemplateReport) -> None:
        self.report = report
        super().__init__(_("La plantilla tiene etiquetas que no se pueden usar. Corríjalas y súbala de nuevo."))

    def __str__(self) -> str:
        return "\n".join([str(self.args[0]), *(str(broken) for broken in self.report.broken)])


def fill_word(template: bytes, fields: Mapping[str, Value]) -> bytes:
    """Return the template with its fields filled; a field that the record does not have stands as a visible blank.

    Raises RefusedDocumentError when it is not a plain Word document, UnusableTemplateError when a tag is broken.
    """
    import docxtpl  # noqa: PLC0415  0.2 s and 30 MB that only those who fill templates pay for
    from jinja2 import TemplateError  # noqa: PLC0415

    from hermanar.foundation.papers.template_language import Environment  # noqa: PLC0415

    texts = {name for name, value in fields.items() if isinstance(value, str | int)}
    report = check_template(template, list(fields), lists=set(fields) - texts)
    if report.broken:
        raise UnusableTemplateError(report)
    document = docxtpl.DocxTemplate(io.BytesIO(template))
    context = {name: said for name, value in fields.items() if (said := _plain(value)) != ""}
    try:
        document.render(context, Environment())
    except (TemplateError, TypeError) as error:  # tags that are sound one by one but not together, or with these facts
        raise UnusableTemplateError(report) from error
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _plain(value: Any) -> Any:
    """Return a value as texts and lists of texts: nothing that a template could call or climb."""
    if isinstance(value, Mapping):
        return {str(key): clean(str(item))[:MOST_LETTERS] for key, item in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_plain(item) for item in value[:MOST_ROWS]]
    return written(value, "es")[:MOST_LETTERS]
