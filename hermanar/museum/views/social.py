"""The pictures that stand for pages where somebody sends them: drawn anew from what the public may know today."""

from __future__ import annotations

import calendar
import functools
from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hermanar.catalogue import read
from hermanar.catalogue.read.gifts import code_in, work_by_code, work_by_key, work_line
from hermanar.museum import works
from hermanar.museum.queries import agenda, courses
from hermanar.museum.queries.dialogue import answer_counts, shown_problems
from hermanar.museum.queries.exhibits import shown_at
from hermanar.museum.queries.pages import opened
from hermanar.museum.queries.pairs import pair_sheet
from hermanar.museum.queries.rooms import room_at
from hermanar.museum.spans import said_span
from hermanar.museum.views.cities import city_rays
from hermanar.museum.views.day import language, today
from hermanar.museum.views.door import public
from hermanar.museum.views.drawings import STROKES, ray_to
from hermanar.museum.views.room_drawings import name_of
from hermanar.museum.views.rooms import wall_of
from hermanar.museum.views.sayings import in_language
from hermanar.ui import card as drawn
from hermanar.ui.card import Card, card

_KEPT = 64
_PAGE = (
    '#set page(width: 1200pt, height: 630pt, margin: 0pt)\n#image(bytes(sys.inputs.svg), format: "svg", width: 1200pt)'
)


@public()
def picture(request: HttpRequest, kind: str, slug: str) -> HttpResponse:
    """Give the card of a page that the public may see, and of no other."""
    told = KINDS[kind](slug) if kind in KINDS else None
    if told is None:
        raise Http404
    response = HttpResponse(_painted(card(told)), content_type="image/png")
    response["Cache-Control"] = "no-cache"  # what is withdrawn from the public must not stay drawn
    return response


@functools.lru_cache(maxsize=_KEPT)
def _painted(svg: str) -> bytes:
    """Return a drawing as pixels, which is what those who show cards take; equal drawings are painted once."""
    import typst  # noqa: PLC0415  20 MB that only a process that paints pays for

    made: bytes = typst.compile(
        _PAGE.encode(),
        format="png",
        ppi=72,
        sys_inputs={"svg": svg},
        font_paths=typst.Fonts(include_system_fonts=False),
    )
    return made


def _room(slug: str) -> Card | None:
    room = room_at(slug)
    found = opened(f"salas/{slug}/", language=language())
    if found is None or not hasattr(found.page, "place"):
        return None
    if room is None or (found.page.host, found.page.place) != (room.host, room.place):
        return _of_city(found.page.title, found.page.place)
    sheet = read.room(room.agreement, today=today(), language=language())
    if sheet is None:
        return None
    line, home, there = sheet.agreement.line, sheet.home.party, sheet.there.party
    ray = ray_to(home, there, stroke=STROKES[line.vitality], key=line.slug)
    since = (line.signed_on or "")[:4]
    if since:
        said = _("Ciudad hermana de %(city)s desde %(year)s") % {"city": home.name, "year": since}
    else:
        said = _("Ciudad hermana de %(city)s; no se sabe desde cuándo") % {"city": home.name}
    return Card(_("Sala"), name_of(there), said, drawn.rays([ray] if ray else []), wall_of(line, there))


def _of_city(title: str, slug: str) -> Card | None:
    sheet = read.place(slug, today=today(), language=language())
    return Card(_("Sala"), title, sheet.line.distinction, drawn.rays(city_rays(sheet))) if sheet else None


def _city(slug: str) -> Card | None:
    sheet = read.place(slug, today=today(), language=language())
    if sheet is None:
        return None
    return Card(_("Ciudad"), sheet.line.name, sheet.line.distinction, drawn.rays(city_rays(sheet)))


def _agreement(slug: str) -> Card | None:
    sheet = read.agreement(slug, today=today(), language=language())
    if sheet is None:
        return None
    line = sheet.line
    left, right = line.parties[0], line.parties[-1]
    ray = ray_to(left, right, stroke=STROKES[line.vitality], key=line.slug)
    said = read.written_date(line.signed_on) if line.signed_on else _("sin fecha")
    return Card(
        read.word("kind", line.kind).capitalize(),
        f"{left.name} – {right.name}",
        said,
        drawn.rays([ray] if ray else []),
        "rose" if line.regime == "between_mexican" else "cobalt",
    )


def _work(slug: str) -> Card | None:
    exhibit = shown_at(slug)
    found = work_by_key(exhibit.gift) if exhibit else work_by_code(code_in(slug))
    if found is None:
        return None
    line = work_line(found, language=language())
    picture = works.drawn(line, uid="d", alone=True)
    framed = drawn.framed(picture, width=960, height=720)
    return Card(works.sort_said(line), line.title, works.when_said(line), framed, "plaster")


def _pair(slug: str) -> Card | None:
    sheet = pair_sheet(slug, language())
    if sheet is None:
        return None
    cities = " · ".join(side.place.title for side in sheet.sides if side.place)
    return Card(_("La misma pregunta a dos ciudades"), sheet.question.text, cities, drawn.question())


def _course(slug: str) -> Card | None:
    sheet = courses.course(slug, language=language())
    if sheet is None:
        return None
    told = {"lessons": len(sheet.lessons), "minutes": sheet.minutes}
    said = ngettext(
        "%(lessons)d lección, %(minutes)d minutos", "%(lessons)d lecciones, %(minutes)d minutos", len(sheet.lessons)
    )
    return Card(
        _("Curso"), sheet.title.text, said % told, drawn.lessons([one.minutes for one in sheet.lessons]), "rose"
    )


def _event(slug: str) -> Card | None:
    sheet = agenda.event_sheet(slug, today=today(), language=language())
    if sheet is None:
        return None
    line, first = sheet.line, sheet.line.span.starts_on
    where = ", ".join(part for part in (line.place, line.city.name if line.city else "") if part)
    said = ". ".join(part for part in (said_span(line.span), where) if part)
    if first is None:
        return Card(_("Agenda"), line.title, said, drawn.year(), "cochineal")
    offset, count = calendar.monthrange(first.year, first.month)
    last = line.span.last_on or first
    until = last.day if (last.year, last.month) == (first.year, first.month) else count
    return Card(_("Agenda"), line.title, said, drawn.days(count, offset, first.day, until), "cochineal")


def _problem(slug: str) -> Card | None:
    problem = shown_problems().filter(slug=slug).first()
    if problem is None:
        return None
    title, _language = in_language(problem.title, problem.title_en)
    count = answer_counts().get(slug, 0)
    said = ngettext("%d respuesta", "%d respuestas", count) % count if count else _("Nadie ha respondido todavía")
    return Card(_("Una ciudad pregunta"), title, said, drawn.question(), "cobalt")


KINDS: dict[str, Callable[[str], Card | None]] = {
    "sala": _room,
    "ciudad": _city,
    "acuerdo": _agreement,
    "obra": _work,
    "comparacion": _pair,
    "curso": _course,
    "evento": _event,
    "pregunta": _problem,
}
