"""What `hermanar` does with a command line: which language, which command, what when there is none of that name."""

from __future__ import annotations

import contextlib
import difflib
import gc
import itertools
import os
import secrets
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import django
from django.conf import settings
from django.core.management import execute_from_command_line, get_commands, load_command_class
from django.utils import translation
from django.utils.translation import gettext as _

import hermanar
from hermanar.console import usage
from hermanar.console.messages import compile_messages
from hermanar.console.refusals import told

# In the order of an installation's life.
OURS = (
    *("run", "admin", "load", "import", "export", "refresh", "publish_due", "digest", "newsletter", "work"),
    *("backup", "restore", "verify", "unlock", "reseal", "erase", "move", "check"),
)
MAKES = {"run", "restore"}  # the commands that may begin with nothing
KEYS = ("HERMANAR_SECRET_KEY", "HERMANAR_TRAIL_KEY")
MISUSED = 2
_LANGUAGES = ("es", "en")
_HELP = {"help", "--help", "-h"}


def main(arguments: Sequence[str]) -> None:
    """Do what the command line says; the program ends with status 0 only when all went well."""
    with told():
        set_up(arguments)
        name, *rest = arguments or ["help"]
        if name in _HELP and rest and rest[0] != "--django":
            name, rest = rest[0], ["--help"]
        if name in OURS:
            load_command_class("hermanar.console", name).run_from_argv(["hermanar", name, *rest])
        elif name in _HELP:
            print(djangos() if rest else overview())
        elif name == "--version":
            print(f"hermanar {hermanar.__version__}")
        elif name in get_commands():
            settings.VAR.mkdir(parents=True, exist_ok=True)
            execute_from_command_line(["hermanar", name, *rest])
        else:
            print(unknown(name), file=sys.stderr)
            sys.exit(MISUSED)
        sys.stdout.flush()


def set_up(arguments: Sequence[str]) -> None:
    """Prepare Django and the language, leaving nothing behind where there was nothing."""
    # Help and refusals sign nothing: no folder is made for a key. What makes the house makes its keys, and keeps them.
    makes = bool(arguments) and arguments[0] in MAKES and not _HELP.intersection(arguments)
    is_bare = not (makes or Path(os.environ.get("HERMANAR_VAR", "var")).is_dir())
    lent = [name for name in KEYS if is_bare and not os.environ.get(name)]
    os.environ.update({name: secrets.token_urlsafe(64) for name in lent})
    django.setup()
    gc.freeze()
    gc.enable()
    for name in lent:
        del os.environ[name]
    language = language_of(arguments, os.environ)
    if language != settings.LANGUAGE_CODE:
        with contextlib.suppress(OSError):  # without its compiled file the language is the source's
            compile_messages(*settings.LOCALE_PATHS)
    translation.activate(language)
    usage.speak()


def language_of(arguments: Sequence[str], environment: Mapping[str, str]) -> str:
    """Return the language asked for by `--language`, else by the system's variables, else Spanish."""
    asked = [after for flag, after in itertools.pairwise(arguments) if flag == "--language"]
    asked += [argument.partition("=")[2] for argument in arguments if argument.startswith("--language=")]
    asked += [environment.get(name, "") for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")]
    return next((text[:2].lower() for text in asked if text[:2].lower() in _LANGUAGES), "es")


def overview() -> str:
    """Return our commands with a line each."""
    lines = [
        _("Hermanar %s: el registro y museo de los hermanamientos entre ciudades.") % hermanar.__version__,
        "",
        _("uso: hermanar ORDEN [opciones]"),
        "",
    ]
    for name in OURS:
        first, stop, _rest = str(load_command_class("hermanar.console", name).help).partition(". ")
        lines.append(f"  {name:<11} {first.rstrip('.')}{stop.strip() or '.'}")
    lines += [
        "",
        _("«hermanar ORDEN --help» explica una orden; --language es|en elige el idioma."),
        _("Las órdenes de Django responden también: «hermanar help --django» las enumera."),
    ]
    return "\n".join(lines)


def djangos() -> str:
    """Return the names of Django's own commands."""
    names = sorted(get_commands().keys() - set(OURS))  # ours of the same name, as `migrate`, are asked as Django's
    return "\n".join([_("Órdenes de Django:"), *(f"  {name}" for name in names)])


def unknown(name: str) -> str:
    """Say that there is no such command, and which one may be meant."""
    near = difflib.get_close_matches(name, [*OURS, *get_commands()], n=1)
    said = _("No existe la orden «%s».") % name
    if near:
        said += " " + _("¿Quiso decir «%s»?") % near[0]
    return said + " " + _("«hermanar» las enumera.")
