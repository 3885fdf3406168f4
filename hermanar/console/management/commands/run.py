"""`hermanar run`: prepare what is not ready yet, then serve until told to stop."""

from __future__ import annotations

import ipaddress
import json
import os
import shutil
import socket
import sys
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.management.base import CommandError
from django.db import connections
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hermanar.console.demonstration import settle_demonstration
from hermanar.console.orphans import SERVER
from hermanar.console.preparation import prepare, refuse_unwritable
from hermanar.console.verb import Verb

if TYPE_CHECKING:
    from argparse import ArgumentParser

PORTS = range(1, 65536)
# glibc gives threads up to eight heaps for each core, and each keeps what it freed: dozens of threads that wait for one
# interpreter gain nothing by that, and hold a tenth more memory (18 threads: 275 MB, with two heaps 257). And what was
# large and is freed makes it lay the next large thing among the small: the heap then grows for hours, though no more of
# it is in use (decision 47). Who runs the product may say otherwise.
MEMORY = {"MALLOC_ARENA_MAX": "2", "MALLOC_MMAP_THRESHOLD_": "131072"}


class Command(Verb):
    """Prepare and serve."""

    help = gettext_lazy(
        "Prepara lo que falte y sirve el producto hasta que se le diga que termine. Lo que prepara: base de datos,"
        " mensajes, archivos estáticos, hechos documentados, índice; lo que ya está listo no se repite."
    )

    def needs_database(self, **options: Any) -> bool:  # noqa: ARG002  (it has these only from its base)
        """It makes one."""
        return False

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Offer the one option."""
        parser.add_argument("--prepare-only", action="store_true", help=_("preparar todo y terminar sin servir"))

    def handle(self, *args: Any, prepare_only: bool, **options: Any) -> None:  # noqa: ARG002 (Django's signature)
        address, port = where()
        if not prepare_only:
            refuse_if_taken(address, port)
            settle_metrics()
        refuse_unwritable()
        prepare(self.say)
        settle_demonstration(self.say)
        if settings.EMAIL_BACKEND.endswith("filebased.EmailBackend"):
            self.say(f"El correo no sale: queda en {settings.VAR / 'mail'} (HERMANAR_MAIL nombra un servidor)")
        if prepare_only:
            return
        connections.close_all()
        shown = f"[{address}]" if ":" in address else address
        self.say(f"Hermanar: http://{shown}:{port}/  " + _("(Ctrl+C para terminar)"))
        command = server(address=address, port=port)
        os.environ[SERVER] = str(os.getpid())
        os.environ.update({name: os.environ.get(name) or value for name, value in MEMORY.items()})
        # The server takes this process over, so that a signal reaches it and its exit status is ours.
        os.execv(command[0], command)

    def say(self, text: str) -> None:
        """Tell the operator at once, also through a pipe."""
        self.stdout.write(text)
        self.stdout.flush()


def number(name: str, default: int, *, allowed: range) -> int:
    """Return a whole number from the environment, or say which variable is wrong."""
    text = os.environ.get(name) or str(default)
    if not (text.isascii() and text.isdigit() and int(text) in allowed):
        told = {"name": name, "text": text, "least": allowed.start, "most": allowed.stop - 1}
        raise CommandError(_("%(name)s=%(text)s: debe ser un número entero de %(least)d a %(most)d") % told)
    return int(text)


def where() -> tuple[str, int]:
    """Return the address and port to serve at; a demonstration is never seen from other machines."""
    address = os.environ.get("HERMANAR_ADDRESS") or "127.0.0.1"
    try:
        is_loopback = ipaddress.ip_address(address).is_loopback
    except ValueError as problem:
        raise CommandError(_("HERMANAR_ADDRESS=%s: debe ser una dirección IP") % address) from problem
    if settings.MODE == "demo" and not is_loopback:
        raise CommandError(
            _(
                "HERMANAR_ADDRESS=%s: la demostración solo atiende en esta máquina (127.0.0.1); para servir a otras,"
                " use HERMANAR_MODE=production"
            )
            % address
        )
    return address, number("HERMANAR_PORT", 8000, allowed=PORTS)


def refuse_if_taken(address: str, port: int) -> None:
    """Say plainly that the port is taken, before anything is prepared."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address, port))
        except OSError as problem:
            raise CommandError(
                _(
                    "No se puede atender en %(address)s:%(port)d (%(why)s). Termine el otro programa o elija otro"
                    " puerto: HERMANAR_PORT=%(next)d"
                )
                % {"address": address, "port": port, "why": problem.strerror, "next": port % 65535 + 1}
            ) from problem


def settle_metrics() -> None:
    """Say what is wrong with the address of figures, and begin them anew: the processes of before are gone."""
    if not settings.METRICS:
        return
    address, _colon, port = settings.METRICS.rpartition(":")
    try:
        ipaddress.ip_address(address.strip("[]"))
        if int(port) not in PORTS:
            raise ValueError(port)  # noqa: TRY301 (said below)
    except ValueError as problem:
        told = _("HERMANAR_METRICS=%s: debe ser una dirección IP y un puerto, como 127.0.0.1:9100")
        raise CommandError(told % settings.METRICS) from problem
    refuse_if_taken(address.strip("[]"), int(port))
    shutil.rmtree(settings.METRICS_DIR, ignore_errors=True)


def server(*, address: str, port: int) -> list[str]:
    """Return the command line of the server."""
    workers = number("HERMANAR_WORKERS", 2, allowed=range(1, 65))
    # SQLite writes one at a time: a few threads per process keep reads going while one waits for the lock.
    threads = number("HERMANAR_THREADS", 4, allowed=range(1, 129))
    options: dict[str, object] = {
        "--address": address,
        "--port": port,
        "--workers": workers,
        "--threads": threads + settings.STREAMS,
    }
    options["--logging"] = json.dumps(settings.SERVER_LOGGING)
    pairs = [str(part) for pair in options.items() for part in pair]
    return [sys.executable, "-m", "hermanar.console.serving", *pairs]
