"""Why a file is not taken: what is wrong, and what the person can do."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _

from hermanar.foundation.tables.faults import Message, printable

_SHOWN = 80


class RefusedDocumentError(ValueError):
    """A file is not kept; nothing of it stays."""

    def __init__(self, code: str, wrong: Message, right: Message, *, name: str = "") -> None:
        self.code = code
        self.wrong = wrong
        self.right = right
        self.name = name
        super().__init__(code)

    def __str__(self) -> str:
        shown = self.name if len(self.name) <= _SHOWN else f"{self.name[:_SHOWN]}…"
        subject = f"«{printable(shown)}»" if shown else _("el archivo")
        return f"{subject}: {self.wrong}. {self.right}."


def refused(
    code: str, *, wrong: object, right: object, values: Mapping[str, object] | None = None
) -> RefusedDocumentError:
    """Return the refusal of a file; the name of the file is added by whoever knows it."""
    return RefusedDocumentError(code, Message(wrong, values or {}), Message(right))
