"""`hermanar work`: do the long work that waits, and end."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy, ngettext

from hermanar.console import verb
from hermanar.foundation import jobs


class Command(verb.Verb):
    """Do what waits."""

    help = gettext_lazy(
        "Hace los trabajos largos que esperan (los pide una página, que los comienza sola) y termina."
        " Sirve para retomar los que quedaron a medias."
    )

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002
        """Do and count."""
        count = jobs.work(alive=True)
        self.stdout.write(ngettext("%(count)d trabajo hecho", "%(count)d trabajos hechos", count) % {"count": count})
