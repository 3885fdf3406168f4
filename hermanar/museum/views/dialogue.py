"""The board: what a city asks, how others do it, what is learnt from that."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from hermanar.foundation.intake.kinds import LANGUAGES
from hermanar.foundation.models import Contribution
from hermanar.museum import linked
from hermanar.museum.forms.dialogue import VOICE_CHOICES, AnswerForm
from hermanar.museum.models import Practice, Problem
from hermanar.museum.queries.dialogue import (
    answer_counts,
    answering_cities,
    answers_to,
    shown_practices,
    shown_problems,
)
from hermanar.museum.queries.sisters import Circle, circle_of
from hermanar.museum.views.day import language
from hermanar.museum.views.door import public
from hermanar.museum.views.drawings import hue
from hermanar.museum.views.receiving import Desk, answer, given, receiving
from hermanar.museum.views.sayings import foreign, in_language
from hermanar.museum.views.sharing import shared
from hermanar.ui.geometry import bearing_and_distance
from hermanar.ui.rosette import Ray, Stroke

_PER_PAGE = 30


@public()
def board(request: HttpRequest) -> HttpResponse:
    """Show every question on the board, with how many have answered it."""
    counts = answer_counts()
    problems = list(shown_problems())
    asked = {slug: circle_of(slug, language()) for slug in {one.city for one in problems}}
    rows = [{**_told(one, asked[one.city]), "count": counts.get(one.slug, 0)} for one in problems]
    asking = asked[problems[0].city] if problems else None
    context: dict[str, Any] = {"rows": rows, "asking": asking.home if asking else None}
    if asking:
        context["rays"] = _heard(
            asking, answering_cities([one.slug for one in problems if one.city == asking.home.slug])
        )
    return render(request, "museum/dialogue/list.html", context)


@public("pagina")
def problem_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a question: who asks it, what was learnt, what was answered."""
    problem = _problem(slug)
    circle = circle_of(problem.city, language())
    page = Paginator(answers_to(problem), _PER_PAGE).get_page(request.GET.get("pagina", ""))
    practices = list(shown_practices(problem))
    gathered = answers_to(problem).filter(pk__in=[key for one in practices for key in one.answers])
    standing = {str(key) for key in gathered.values_list("pk", flat=True)}
    context = {
        **_told(problem, circle),
        "page": page,
        "answers": [_answer(one, circle) for one in page.object_list],
        "rays": _heard(circle, answering_cities([slug])) if circle else [],
        "practices": [_practice(one, standing) for one in practices],
    }
    return render(request, "museum/dialogue/page.html", {**context, **_shared(request, problem, context)})


def _shared(request: HttpRequest, problem: Problem, told: dict[str, Any]) -> dict[str, Any]:
    title, text, count = told["title"], told["text"], told["page"].paginator.count
    spoken = told["title_lang"] or language()
    steps = [(_("Diálogo"), reverse("museum:board"))]

    def nodes(url: str, _site: str) -> list[linked.Node]:
        return [linked.problem(title, url=url, text=text, count=count, language=spoken)]

    return shared(request, title, description=text, card=("pregunta", problem.slug), steps=steps, nodes=nodes)


def _heard(circle: Circle, answered: set[str]) -> list[Ray]:
    """Return a ray for each sister city: full and named for those that have answered, a hairline for the silent."""
    rays = []
    for city in circle.others.values():
        bearing, distance = bearing_and_distance(*circle.home.at, *city.at)
        has = city.slug in answered
        stroke: Stroke = "full" if has else "hairline"
        rays.append(Ray(bearing, distance, stroke, hue(city.country), city.slug, city.name if has else ""))
    return rays


@receiving("ciudad")
def new_answer(request: HttpRequest, slug: str) -> HttpResponse:
    """Tell how it is done elsewhere."""
    problem = _problem(slug)
    circle = circle_of(problem.city, language())
    ticket, is_held = given(request)
    told = _told(problem, circle)

    def show(form: Any, why: dict[str, Any]) -> HttpResponse:
        return render(request, "museum/dialogue/new.html", {**told, **why, "form": form, "circle": circle})

    def whom(_form: Any) -> dict[str, Any]:
        return {"place": problem.city, "about": problem.slug, **(circle.whom if circle else {})}

    if request.method != "POST":
        initial = {"city": request.GET.get("ciudad", ""), "voice": "resident"}
        return show(AnswerForm(ticket=ticket, problem=slug, circle=circle, initial=initial), {})
    form = AnswerForm(request.POST, ticket=ticket, problem=slug, circle=circle)
    return answer(request, form, Desk(show, whom), is_held=is_held)


def _problem(slug: str) -> Problem:
    problem = shown_problems().filter(slug=slug).first()
    if problem is None:
        raise Http404
    return problem


def _told(problem: Problem, circle: Circle | None) -> dict[str, Any]:
    title, title_lang = in_language(problem.title, problem.title_en)
    text, text_lang = in_language(problem.text, problem.text_en)
    return {
        "problem": problem,
        "title": title,
        "title_lang": foreign(title_lang),
        "text": text,
        "text_lang": foreign(text_lang),
        "city": circle.home if circle else None,
        "is_of_source": problem.asker == "source",
        "spanish": foreign("es"),
    }


def _answer(one: Contribution, circle: Circle | None) -> dict[str, Any]:
    cities = {circle.home.slug: circle.home, **circle.others} if circle else {}
    city = cities.get(one.content.get("city", ""))
    return {
        "answer": one,
        "text": one.content["text"],
        "text_lang": foreign(one.language),
        "language": LANGUAGES.get(one.language, "") if one.language != language() else "",
        "city": city,
        "voice": dict(VOICE_CHOICES)[one.content["voice"]],
        "source": one.content.get("source", ""),
    }


def _practice(one: Practice, standing: set[str]) -> dict[str, Any]:
    """Return what was learnt, and from how many answers that still stand."""
    title, title_lang = in_language(one.title, one.title_en)
    text, text_lang = in_language(one.text, one.text_en)
    return {
        "practice": one,
        "title": title,
        "title_lang": foreign(title_lang),
        "text": text,
        "text_lang": foreign(text_lang),
        "count": len(standing.intersection(one.answers)),
    }
