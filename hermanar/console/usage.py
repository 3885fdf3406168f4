"""The words argparse shows, in the language of whoever asks; it speaks English by itself."""

from __future__ import annotations

import argparse
from argparse import Action
from typing import Any

from django.core.management.base import CommandParser, DjangoHelpFormatter
from django.utils.translation import gettext_lazy as _

_WORDS = {
    "usage: ": _("uso: "),
    "positional arguments": _("argumentos"),
    "options": _("opciones"),
    "show this help message and exit": _("muestra esta ayuda y termina"),
    "%(prog)s: error: %(message)s\n": _("%(prog)s: %(message)s\n"),
    "argument %(argument_name)s: %(message)s": _("%(argument_name)s: %(message)s"),
    "the following arguments are required: %s": _("falta decir %s"),
    "unrecognized arguments: %s": _("no se entiende: %s"),
    "invalid choice: %(value)r (choose from %(choices)s)": _("%(value)r no es una opción (hay %(choices)s)"),
    "invalid %(type)s value: %(value)r": _("%(value)r no es un valor de %(type)s"),
    "ambiguous option: %(option)s could match %(matches)s": _("%(option)s puede ser %(matches)s: escriba más letras"),
    "expected one argument": _("le falta su valor"),
    "expected at least one argument": _("le falta al menos un valor"),
    "expected at most one argument": _("lleva a lo más un valor"),
    "ignored explicit argument %r": _("no lleva valor, y se le dio %r"),
    "not allowed with argument %s": _("no va junto con %s"),
}
# Django gives these to every command; they stay, for whoever knows them, and the help tells only what is ours.
_DJANGOS = {
    "version", "verbosity", "settings", "pythonpath", "traceback", "no_color", "force_color", "skip_checks",
}  # fmt: skip


def _word(text: str) -> str:
    return str(_WORDS.get(text, text))


def speak() -> None:
    """Let argparse take its words from here, as it takes them from the module `gettext` otherwise."""
    setattr(argparse, "_", _word)  # noqa: B010  its type stub does not know the name


class HelpFormatter(DjangoHelpFormatter):
    """Help whose lazily translated texts are read when they are shown."""

    def _get_help_string(self, action: Action) -> str | None:
        return str(action.help) if action.help is not None else None


def own_options(parser: CommandParser) -> None:
    """Show the options of our command, among them the language, and leave Django's unsaid."""
    for action in parser._actions:  # noqa: SLF001  argparse names no other way to what was added before
        if action.dest in _DJANGOS:
            action.help = argparse.SUPPRESS
    if all(action.dest != "language" for action in parser._actions):  # noqa: SLF001
        add_language(parser)


def add_language(parser: Any) -> None:
    """Offer the language of what is said."""
    text = _("idioma de lo que se dice; si falta, el de LANG")
    parser.add_argument("--language", choices=["es", "en"], help=text)
