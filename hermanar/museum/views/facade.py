"""The front of the museum: one painted wall for each hall, and what waits behind it told by one thing of it."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hermanar.catalogue.read.gifts import work_count
from hermanar.museum.queries import courses, dialogue, pairs
from hermanar.museum.views.sayings import foreign, in_language


def facade(*, language: str, rooms: int) -> list[dict[str, Any]]:
    """Return the walls that have something behind them today; `rooms` is how many rooms the city of the page has."""
    walls = (_rooms(rooms), _pair(language), _collection(), _board(), _course(language), _hellos())
    return [wall for wall in walls if wall]


def _wall(colour: str, hall: str, *, said: str, address: str, lang: str = "") -> dict[str, Any]:
    return {"colour": colour, "hall": hall, "said": said, "lang": foreign(lang), "url": address}


def _rooms(count: int) -> dict[str, Any] | None:
    if not count:
        return None
    said = ngettext("Una sala para una ciudad hermana", "%(n)d salas, una por ciudad hermana", count) % {"n": count}
    return _wall("cochineal", _("Salas"), said=said, address=reverse("museum:hall"))


def _pair(language: str) -> dict[str, Any] | None:
    line = pairs.next_pair("", language=language)
    if line is None:
        return None
    address = reverse("museum:pair", args=[line.slug])
    return _wall("ochre", _("Comparar"), said=line.question.text, lang=line.question.language, address=address)


def _collection() -> dict[str, Any] | None:
    count = work_count()
    if not count:
        return None
    said = ngettext("Una cosa que se dieron", "%(n)d cosas que se dieron", count) % {"n": count}
    return _wall("rose", _("Colección"), said=said, address=reverse("museum:collection"))


def _board() -> dict[str, Any] | None:
    problem = dialogue.shown_problems().first()
    if problem is None:
        return None
    title, lang = in_language(problem.title, problem.title_en)
    return _wall("cobalt", _("Diálogo"), said=title, lang=lang, address=reverse("museum:problem", args=[problem.slug]))


def _course(language: str) -> dict[str, Any] | None:
    course = courses.published().first()
    if course is None:
        return None
    title = courses.said(course, "title", language=language)
    address = reverse("museum:course", args=[course.slug])
    return _wall("cantera", _("Cursos"), said=title.text, lang=title.lang, address=address)


def _hellos() -> dict[str, Any]:
    return _wall("plaster", _("Saludos"), said=_("Mandar una postal al otro lado"), address=reverse("museum:hellos"))
