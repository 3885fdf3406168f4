"""The reviewer's door: the queue, one request beside its rules, two versions compared."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from hermanar.foundation.access import Verb
from hermanar.foundation.papers import Change, TooLongError, compare_texts
from hermanar.offices.queries import today_in
from hermanar.offices.vocabulary import Level
from hermanar.ui.templatetags.ui import long_date
from hermanar.workspace.forms.words import language_name
from hermanar.workspace.reviewing import (
    changed_of,
    checks_of,
    closed_steps,
    is_beside,
    queue,
    request_of,
    reviewed_file,
    said_of,
    texts_of,
)
from hermanar.workspace.views.door import MemberRequest, member


@member(Verb.REVIEW_FILES)
def reviews(request: MemberRequest) -> HttpResponse:
    """Show what was sent for an opinion, by the planned day of the signature."""
    found = queue(request.office, today=today_in(request.office))
    context = {
        "waiting": [one for one in found if one.is_waiting],
        "others": [one for one in found if not one.is_waiting],
        "late": sum(one.is_late for one in found),
        "is_beside": request.office.level == Level.STATE,
    }
    return render(request, "workspace/reviews/list.html", context)


@member(Verb.REVIEW_FILES)
def review(request: MemberRequest, agreement: UUID) -> HttpResponse:
    """Show the newest text beside what it must meet, and what was observed of it."""
    kept = reviewed_file(agreement, office=request.office)
    today = today_in(request.office)
    texts = texts_of(kept)
    asked = request.GET.get("idioma", "")
    shown = next((one for one in texts if one.text.language == asked), texts[0] if texts else None)
    closed = closed_steps(kept, today=today)
    said = said_of(kept, texts)
    noted: dict[int, list[int]] = {}
    for number, one in enumerate(said, 1):
        is_here = one.passage and one.passage.number and shown and one.language == shown.text.language
        if is_here and one.observation.state != "settled":
            noted.setdefault(one.passage.number, []).append(number)  # type: ignore[union-attr, arg-type]
    context = {
        "file": kept,
        "request_": request_of(kept, today=today),
        "parties": list(kept.parties.all()),
        "texts": texts,
        "shown": shown,
        "paragraphs": [(number, text, noted.get(number, ())) for number, text in shown.paragraphs] if shown else [],
        "checks": [(check, _because(check.point, check.because)) for check in checks_of(kept, texts)],
        "said": said,
        "is_beside": is_beside(kept, office=request.office),
        "closed": closed["record_observations"],
        "is_closed": bool(closed["record_observations"]),
        "changed": changed_of(kept),
        "steps": kept.steps.select_related("by_office").prefetch_related("papers__document").order_by("-number"),
    }
    return render(request, "workspace/reviews/page.html", context)


def _because(point: str, values: tuple[str, ...]) -> str:
    """Say what of the record a point rests on."""
    if not values:
        return ""
    if point == "lead_time":
        asked, planned = (long_date(value) for value in values)
        return _("Se pidió el %(asked)s para firmar el %(planned)s.") % {"asked": asked, "planned": planned}
    if point == "powers":
        return _("Áreas del expediente: %(areas)s.") % {"areas": ", ".join(values)}
    languages = ", ".join(language_name(code) for code in values)
    if point == "languages":
        return _("Falta el texto en: %(languages)s.") % {"languages": languages}
    return _("Sin mención en: %(languages)s.") % {"languages": languages}


@member(Verb.REVIEW_FILES)
def compare(request: MemberRequest, agreement: UUID, text: UUID) -> HttpResponse:
    """Show the newest version of a text against another one, word by word."""
    kept = reviewed_file(agreement, office=request.office)
    found = next((one for one in texts_of(kept) if one.text.pk == text), None)
    if found is None:
        raise Http404
    numbers = {str(one.number): one for one in found.versions}
    new = numbers.get(request.GET.get("a", ""), found.newest)
    before = [one for one in found.versions if new and one.number < new.number]
    old = numbers.get(request.GET.get("de", ""), before[-1] if before else None)
    rows, is_too_long = [], False
    if old and new:
        try:
            rows = compare_texts(old.paragraphs, new.paragraphs)
        except TooLongError:
            is_too_long = True
    context = {
        "file": kept,
        "text": found,
        "old": old,
        "new": new,
        "rows": rows,
        "is_too_long": is_too_long,
        "changed": sum(row.change is not Change.EQUAL for row in rows),
    }
    return render(request, "workspace/reviews/compare.html", context)
