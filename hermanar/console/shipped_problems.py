"""The problems with which the board opens: three needs that a source documents."""

from __future__ import annotations

from django.utils.translation import ngettext

from hermanar.console.rows import rows_of
from hermanar.foundation.access import CONSOLE
from hermanar.museum.actions.dialogue import ProblemDraft, load_problems
from hermanar.museum.models import Asker


def load_board() -> str:
    """Put the shipped problems on the board; what a person edited stays as it is."""
    drafts = [
        ProblemDraft(
            slug=row["slug"],
            city=row["city"],
            title=row["title_es"],
            title_en=row["title_en"],
            text=row["text_es"],
            text_en=row["text_en"],
            asker=Asker.SOURCE.value,
            source=row["source_es"],
            passage=row["passage"],
            as_of=row["as_of"],
        )
        for row in rows_of("problems", "museum")
    ]
    done = load_problems(drafts, by=CONSOLE)
    count = done.entered + done.mended
    return ngettext("%(count)d pregunta nueva", "%(count)d preguntas nuevas", count) % {"count": count}
