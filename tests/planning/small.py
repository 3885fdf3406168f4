"""An outline of one question, for tests that only need an assessment to be there."""

from __future__ import annotations

import datetime as dt

from hermanar.foundation.access import CONSOLE
from hermanar.planning.actions import load_outlines
from hermanar.planning.actions.assessing import AssessmentDraft, begin
from hermanar.planning.models import Assessment
from tests import factories as make

TODAY = dt.date(2026, 5, 4)


def outline():
    """Enter the outline; it may be there already."""
    make.source("guia")
    told = {"title_es": "Única", "title_en": "Only", "source": "guia", "passage": "p. 1"}
    intro = {"intro_es": "Una sola.", "intro_en": "Just one."}
    gist = {"gist_es": "Una sola.", "gist_en": "Just one."}
    asked = {"text_es": "¿Hay un área?", "text_en": "Is there a unit?", "only_for": "", "beside": "cooperation_office"}
    load_outlines(
        [{"key": "small", "subject": "city", **told, **intro}],
        [{"outline": "small", "slug": "unica", **told, **gist}],
        questions=[
            {"outline": "small", "section": "unica", "key": "area", "source": "guia", "passage": "p. 1", **asked}
        ],
        by=CONSOLE,
    )


def begun(cast):
    """Begin an assessment of Guanajuato's city, or return the one that is open."""
    outline()
    if known := Assessment.objects.filter(office=cast.office.pk, stage="draft").first():
        return known
    return begin(AssessmentDraft("small", TODAY), office=cast.office.pk, by=cast.of("director"), today=TODAY)
