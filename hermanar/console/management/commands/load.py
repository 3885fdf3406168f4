"""`hermanar load`: the documented facts that come with the product; may be repeated at any time."""

from __future__ import annotations

import time
from typing import Any

from django.core.management.base import CommandParser
from django.db import connection
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hermanar.console.progress import stepped
from hermanar.console.shipped import STEPS
from hermanar.console.verb import Verb


class Command(Verb):
    """Load what is shipped, in the order the rooms stand."""

    help = gettext_lazy(
        "Carga los datos documentados que trae el producto. Puede repetirse: no pierde nada ni pisa lo editado."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the names of the steps to run, all of them by default."""
        names = [name for name, _step in STEPS]
        parser.add_argument("--only", action="append", choices=names, help=_("Solo este paso; puede repetirse."))

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002
        """Run each step and tell what it did and how long it took."""
        asked = [one for one in STEPS if not options["only"] or one[0] in options["only"]]
        for name, step in stepped(asked, name=lambda one: one[0]):
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
