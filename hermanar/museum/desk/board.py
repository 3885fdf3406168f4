"""The board at the desk: what a city asks, and what editors learn from the answers."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import F, Prefetch
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem

from hermanar.catalogue import read
from hermanar.foundation.access import Actor
from hermanar.foundation.editing import AnotherSentError, EditConflictError
from hermanar.museum.actions.dialogue import gather, keep_problem, show_practice, show_problem
from hermanar.museum.desk.agenda import begin_another
from hermanar.museum.desk.rooms import hosts_of, role_for
from hermanar.museum.forms.board import PracticeForm, ProblemForm
from hermanar.museum.models import Practice, Problem
from hermanar.museum.queries.dialogue import answer_counts, answers_to
from hermanar.museum.views.day import language, today

_MOST = 200


def _hosts(request: HttpRequest) -> list[str]:
    hosts = hosts_of(request.user)  # type: ignore[arg-type]
    if not hosts:
        raise PermissionDenied
    return hosts


def _by(request: HttpRequest, city: str) -> Actor:
    return Actor(str(request.user.pk), role_for(request.user, [city]), user=request.user.pk)  # type: ignore[arg-type]


def _own(request: HttpRequest, problem: UUID) -> Problem:
    """Return a problem of a city that the person works for; another city's is not there."""
    kept = Problem.objects.filter(pk=problem, city__in=_hosts(request)).first()
    if kept is None:
        raise Http404
    return kept


def _cities(request: HttpRequest) -> list[tuple[str, str]]:
    hosts = _hosts(request)
    named = read.named_records({"city": hosts}, today=today(), language=language())
    return [(host, named["city", host].title if ("city", host) in named else host) for host in hosts]


def board(request: HttpRequest) -> HttpResponse:
    """List the problems of the person's cities, with what was learnt from each."""
    practices = Practice.objects.order_by(F("published_at").desc(nulls_first=True), "title", "pk")
    found = Problem.objects.filter(city__in=_hosts(request)).prefetch_related(Prefetch("practices", practices))[:_MOST]
    counts = answer_counts()
    rows = [{"problem": one, "count": counts.get(one.slug, 0), "practices": one.practices.all()} for one in found]
    return render(request, "museum/desk/board.html", {"rows": rows})


def new_problem(request: HttpRequest) -> HttpResponse:
    """Pose a problem."""
    form = ProblemForm(request.POST if request.method == "POST" else None, cities=_cities(request))
    if request.method == "POST" and form.is_valid():
        try:
            kept = keep_problem(form.draft(), by=_by(request, form.cleaned_data["city"]), key=form.cleaned_data["key"])
        except AnotherSentError:
            begin_another(form)
        else:
            messages.success(request, _("La pregunta está guardada; todavía no está en el tablero."))
            return redirect("museum_problem", kept.pk)
    return render(request, "museum/desk/board_form.html", {"form": form, "title": _("Nueva pregunta")})


def edit_problem(request: HttpRequest, problem: UUID) -> HttpResponse:
    """Mend a problem, put it on the board or take it off."""
    kept = _own(request, problem)
    cities = _cities(request)
    if request.method != "POST":
        return _page(request, ProblemForm(cities=cities, kept=kept), kept)
    form = ProblemForm(request.POST, cities=cities, kept=kept)
    if form.is_valid():
        try:
            done = keep_problem(
                form.draft(), by=_by(request, kept.city), problem=kept.pk, version=form.cleaned_data["version"] or 0
            )
            if "publish" in request.POST or "withdraw" in request.POST:
                show_problem(
                    done.pk, by=_by(request, kept.city), version=done.version, is_shown="publish" in request.POST
                )
        except EditConflictError:
            form = ProblemForm(_as_if_read(request, kept), cities=cities, kept=kept)
        else:
            messages.success(request, _("Guardado."))
            return redirect("museum_problem", kept.pk)
    return _page(request, form, kept)


def new_practice(request: HttpRequest, problem: UUID) -> HttpResponse:
    """Gather a good practice from the answers to a problem."""
    kept = _own(request, problem)
    form = PracticeForm(
        request.POST if request.method == "POST" else None, problem=kept, answers=list(answers_to(kept))
    )
    if request.method == "POST" and form.is_valid():
        try:
            made = gather(form.draft(), by=_by(request, kept.city), key=form.cleaned_data["key"])
        except AnotherSentError:
            begin_another(form)
        else:
            messages.success(request, _("La buena práctica está guardada; todavía no es pública."))
            return redirect("museum_practice", made.pk)
    return render(request, "museum/desk/board_form.html", {"form": form, "title": kept.title})


def edit_practice(request: HttpRequest, practice: UUID) -> HttpResponse:
    """Mend a good practice, show it or hide it."""
    kept = Practice.objects.select_related("problem").filter(pk=practice).first()
    if kept is None:
        raise Http404
    problem = _own(request, kept.problem_id)
    answers = list(answers_to(problem))
    if request.method != "POST":
        return _page(request, PracticeForm(problem=problem, answers=answers, kept=kept), kept)
    form = PracticeForm(request.POST, problem=problem, answers=answers, kept=kept)
    if form.is_valid():
        try:
            done = gather(
                form.draft(), by=_by(request, problem.city), practice=kept.pk, version=form.cleaned_data["version"] or 0
            )
            if "publish" in request.POST or "withdraw" in request.POST:
                show_practice(
                    done.pk, by=_by(request, problem.city), version=done.version, is_shown="publish" in request.POST
                )
        except EditConflictError:
            form = PracticeForm(_as_if_read(request, kept), problem=problem, answers=answers, kept=kept)
        else:
            messages.success(request, _("Guardado."))
            return redirect("museum_practice", kept.pk)
    return _page(request, form, kept)


def _as_if_read(request: HttpRequest, kept: Problem | Practice) -> Any:
    """Return what was typed over the version that stands now, and say that somebody was first."""
    kept.refresh_from_db()
    messages.warning(
        request, _("Alguien más lo cambió mientras usted escribía. Lo suyo sigue aquí; si lo guarda, queda lo suyo.")
    )
    typed = request.POST.copy()
    typed["version"] = str(kept.version)
    return typed


def _page(request: HttpRequest, form: forms.Form, kept: Problem | Practice) -> HttpResponse:
    context = {"form": form, "kept": kept, "title": kept.title, "is_problem": isinstance(kept, Problem)}
    return render(request, "museum/desk/board_form.html", context)


@hooks.register("register_admin_urls")
def addresses() -> list[Any]:
    """Return the addresses of these pages below the desk's."""
    return [
        path("museo/tablero/", board, name="museum_board"),
        path("museo/tablero/nueva/", new_problem, name="museum_new_problem"),
        path("museo/tablero/<uuid:problem>/", edit_problem, name="museum_problem"),
        path("museo/tablero/<uuid:problem>/practica/", new_practice, name="museum_new_practice"),
        path("museo/practicas/<uuid:practice>/", edit_practice, name="museum_practice"),
    ]


class BoardItem(MenuItem):
    """For whoever works for a city."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Leave it out for who was invited into one room."""
        return bool(hosts_of(request.user))  # type: ignore[arg-type]


@hooks.register("register_admin_menu_item")
def board_item() -> MenuItem:
    """Return the way to the board."""
    return BoardItem(gettext_lazy("Tablero"), reverse("museum_board"), name="tablero", icon_name="comment", order=320)
