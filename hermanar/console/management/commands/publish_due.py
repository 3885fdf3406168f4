"""`hermanar publish_due`: the museum's pages whose hour came."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hermanar.console.verb import Verb
from hermanar.museum.actions.publishing import publish_due


class Command(Verb):
    help = gettext_lazy("Publica las páginas del museo cuya hora llegó y retira las que vencieron; cada cinco minutos.")

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Publish and take down what is due, and say how much."""
        coming, going = publish_due()
        self.stdout.write(_("%(coming)d publicadas, %(going)d retiradas.") % {"coming": coming, "going": going})
