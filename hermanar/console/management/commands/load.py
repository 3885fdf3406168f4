"""`hermanar load`: the documented facts that come with the product; may be repeated at any time."""

from __future__ import annotations

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import connection
from django.utils.translation import gettext as _

from hermanar.console.shipped import STEPS


class Command(BaseCommand):
    """Load what is shipped, in the order the rooms stand."""

    help = "Carga los datos documentados que trae el producto. Puede repetirse: no pierde nada ni pisa lo editado."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the names of the steps to run, all of them by default."""
        names = [name for name, _step in STEPS]
        parser.add_argument("--only", action="append", choices=names, help="Un paso por su nombre.")

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002
        """Run each step and tell what it did and how long it took."""
        for name, step in STEPS:
            if options["only"] and name not in options["only"]:
                continue
            began = time.monotonic()
            outcome = step()
            seconds = time.monotonic() - began
            if seconds > 1:
                _analyse()
            self.stdout.write(f"{name:<20} {seconds:6.1f} s  {outcome}")
        _analyse()
        self.stdout.write(self.style.SUCCESS(_("Datos cargados.")))


def _analyse() -> None:
    """Let the database learn what its tables hold now; both plan by it."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
