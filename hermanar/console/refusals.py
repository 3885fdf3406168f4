"""Failures that are nobody's fault in the code, each told in one sentence with what to do."""

from __future__ import annotations

import contextlib
import errno
import os
import sys
import traceback
from collections.abc import Iterator

from django.apps import apps
from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import CommandError
from django.core.management.color import color_style
from django.db import DatabaseError
from django.utils.translation import gettext as _

FAILED, INTERRUPTED, PIPE_CLOSED = 1, 130, 141  # the last two as a shell counts a signal
_FULL = {errno.ENOSPC, errno.EDQUOT}
_FORBIDDEN = {errno.EACCES, errno.EPERM, errno.EROFS}


@contextlib.contextmanager
def told(*, wants_traceback: bool = False) -> Iterator[None]:
    """End the program with a sentence and a status for what may happen to any command."""
    try:
        yield
    except BrokenPipeError:
        # Whoever read has gone; the interpreter must not try again at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(PIPE_CLOSED)
    except KeyboardInterrupt:
        if apps.ready:  # before that there are no translations, and nothing to tell
            _say(_("Interrumpido."))
        sys.exit(INTERRUPTED)
    except (CommandError, DatabaseError, ImproperlyConfigured, OSError) as problem:
        sentence = said(problem)
        if wants_traceback or sentence is None:
            traceback.print_exc()
        _say(sentence or str(problem))
        sys.exit(getattr(problem, "returncode", FAILED))


def said(problem: Exception) -> str | None:
    """Return what to tell of a failure; None when it is a fault of the program, whose traceback is wanted."""
    if isinstance(problem, (CommandError, ImproperlyConfigured)):
        return str(problem)
    if isinstance(problem, DatabaseError):
        return _of_database(str(problem).strip().partition("\n")[0])
    return _of_system(problem) if isinstance(problem, OSError) else None


def _of_database(text: str) -> str | None:
    """Tell what the two databases say in their own words."""
    known = [
        ("readonly", _("La base de datos no se deja escribir: revise los permisos de su archivo y de su carpeta.")),
        ("is full", _("No queda espacio en el disco de la base de datos: haga lugar y repita; nada quedó a medias.")),
        (
            "No space left",
            _("No queda espacio en el disco de la base de datos: haga lugar y repita; nada quedó a medias."),
        ),
        ("database is locked", _("Otro programa está escribiendo en la base de datos: espere a que termine y repita.")),
        ("unable to open", _("No se puede abrir el archivo de la base de datos: revise la carpeta y sus permisos.")),
        ("not a database", _("El archivo de la base de datos no es una base de datos: ponga una copia en su lugar.")),
        ("malformed", _("El archivo de la base de datos está dañado: ponga una copia en su lugar.")),
        ("disk I/O error", _("El disco de la base de datos falló al leer o escribir: revíselo y repita.")),
        ("no such table", _("La base de datos no está preparada: prepárela con «hermanar run --prepare-only».")),
        (
            "connection",
            _("No se llega a la base de datos; revise DATABASE_URL y que el servidor esté en marcha: %s") % text,
        ),
    ]
    return next((sentence for sign, sentence in known if sign in text), None)


def _of_system(problem: OSError) -> str:
    if problem.errno in _FULL:
        return _("No queda espacio en el disco: haga lugar y repita; nada quedó a medias.")
    if problem.errno in _FORBIDDEN:
        return _("No hay permiso para escribir en %s.") % problem.filename
    return f"{problem.filename}: {problem.strerror}" if problem.filename else str(problem)


def _say(sentence: str) -> None:
    with contextlib.suppress(BrokenPipeError):
        sys.stderr.write(f"{color_style().ERROR(sentence)}\n")
        sys.stderr.flush()
