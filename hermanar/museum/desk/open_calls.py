"""Open calls at the desk: the calls of one's city, the form of one, its jury, its votes, its result."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from django.db.models import F
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem

from hermanar.catalogue.read.gifts import works_of_hosts
from hermanar.catalogue.read.offices import office_at
from hermanar.foundation.access import Actor, NotAllowedError, Verb, can
from hermanar.foundation.editing import AnotherSentError, EditConflictError
from hermanar.foundation.intake.sealing import open_content
from hermanar.foundation.models import uuid7
from hermanar.museum.actions.judging import ask_juror, drop_juror, jury_token
from hermanar.museum.actions.open_calls import (
    cancel_call,
    decide_call,
    link_work,
    mend_call,
    publish_call,
    record_call,
    standing_tally,
    unpublish_call,
)
from hermanar.museum.desk.agenda import AgendaItem, acting, begin_another, tell_kept
from hermanar.museum.desk.rooms import hosts_of
from hermanar.museum.forms.open_call_desk import CancelForm, JurorForm, OpenCallForm, ResultForm, VersionForm, WorkForm
from hermanar.museum.models import Juror, OpenCall
from hermanar.museum.queries.open_calls import all_entries_of, day_of, days_of, entries_of, kept_by, line_of
from hermanar.museum.queries.sisters import circle_of
from hermanar.museum.rules.open_calls import CallRefusedError
from hermanar.museum.views.day import language

_REFUSED = (CallRefusedError, NotAllowedError)
_CHANGED = gettext_lazy("Alguien la cambió mientras tanto: mire cómo está ahora.")


def open_calls(request: HttpRequest) -> HttpResponse:
    """List the calls of the office, the newest first; what has no days yet, before them."""
    rows = kept_by(acting(request)).order_by(F("opens_on").desc(nulls_first=True), "pk")[:200]
    days = days_of(rows)
    told = [(one, line_of(one, language=language(), today=days[one.pk]).phase.label) for one in rows]
    return render(request, "museum/desk/open_calls.html", {"rows": told})


def open_call(request: HttpRequest, key: UUID | None = None) -> HttpResponse:
    """Tell a new call, or mend one."""
    actor = acting(request)
    kept = _own(actor, key) if key else None
    form = _form(request, kept, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = _kept(form, actor, kept, city=_city(request))
        except _REFUSED as refused:
            form.add_error(None, str(refused))
        except AnotherSentError:
            begin_another(form)
        except EditConflictError:
            form.add_error(None, _("Alguien la cambió mientras usted escribía: ábrala otra vez y compare."))
        else:
            publish = partial(publish_call, made.pk, by=actor, version=made.version)
            tell_kept(request, publish, refused=_REFUSED)
            return redirect("museum_open_call", made.pk)
    return _page(request, actor, kept, form)


def _form(request: HttpRequest, kept: OpenCall | None, typed: Any = None) -> OpenCallForm:
    initial: dict[str, Any] = {"key": kept.pk, "version": kept.version} if kept else {"key": uuid7()}
    instance = OpenCall.objects.get(pk=kept.pk) if kept else None
    return OpenCallForm(typed, instance=instance, initial=initial, sisters=_sisters(request))


def _kept(form: OpenCallForm, actor: Actor, kept: OpenCall | None, *, city: str) -> OpenCall:
    if kept is None:
        if actor.office is None:
            raise Http404
        return record_call(form.draft(), office=actor.office, city=city, by=actor, key=form.cleaned_data["key"])
    return mend_call(kept.pk, form.draft(), by=actor, version=form.cleaned_data["version"] or 0)


def _page(
    request: HttpRequest, actor: Actor, kept: OpenCall | None, form: OpenCallForm, **typed: VersionForm
) -> HttpResponse:
    """Draw the page of a call; a form that was refused stands in it as it was typed."""
    context: dict[str, Any] = {"form": form, "call": kept}
    if kept:
        version = {"version": kept.version}
        jurors = kept.jurors.filter(left_at__isnull=True).order_by("asked_at", "pk")
        context |= {
            "phase": line_of(kept, language=language(), today=day_of(kept)).phase,
            "may_publish": can(actor, Verb.PUBLISH_OPEN_CALL),
            "jurors": [_juror(request, one) for one in jurors],
            "works": _works(kept),
            "waiting": all_entries_of(kept).filter(state="waiting").count(),
            "juror_form": JurorForm(initial=version, auto_id="juror_%s"),
            "cancel_form": CancelForm(initial=version, auto_id="cancel_%s"),
            "result_form": ResultForm(initial=version, works=_choices(kept), auto_id="result_%s"),
            "work_form": WorkForm(
                initial={**version, "work": str(kept.work or "")}, works=_collection(request), auto_id="work_%s"
            ),
        }
    return render(request, "museum/desk/open_call.html", context | typed)


def _juror(request: HttpRequest, one: Juror) -> dict[str, Any]:
    link = request.build_absolute_uri(reverse("museum:jury", args=[jury_token(one.pk)]))
    marks = list(one.marks.all())
    return {
        "juror": one, "link": link, "scores": sum(mark.score is not None for mark in marks),
        "interests": [mark.interest for mark in marks if mark.interest],
    }  # fmt: skip


def _works(kept: OpenCall) -> list[dict[str, Any]]:
    tally = kept.tally if kept.decided_on else standing_tally(kept)
    return [{"work": open_content(one), "pk": one.pk, **tally.get(str(one.pk), {})} for one in entries_of(kept)]


def _choices(kept: OpenCall) -> list[tuple[str, str]]:
    return [(str(row["pk"]), f"{row['work'].get('title')} — {row['work'].get('author')}") for row in _works(kept)]


def _collection(request: HttpRequest) -> list[tuple[str, str]]:
    mine = works_of_hosts(hosts_of(request.user), language=language())  # type: ignore[arg-type]
    return [(str(key), line.title) for key, line in mine]


def _own(actor: Actor, key: UUID) -> OpenCall:
    kept = kept_by(actor).filter(pk=key).first()
    if kept is None:
        raise Http404
    return kept


def _city(request: HttpRequest) -> str:
    """Return the city whose office the person acts for."""
    return next(host for host in hosts_of(request.user) if office_at(host))  # type: ignore[arg-type]


def _sisters(request: HttpRequest) -> list[tuple[str, str]]:
    circle = circle_of(_city(request), language())
    return [(slug, f"{city.name}, {city.country}") for slug, city in circle.others.items()] if circle else []


def _publish(kept: OpenCall, request: HttpRequest, actor: Actor, version: int) -> None:
    publish_call(kept.pk, by=actor, version=version)


def _unpublish(kept: OpenCall, request: HttpRequest, actor: Actor, version: int) -> None:
    unpublish_call(kept.pk, by=actor, version=version)


def _typed(request: HttpRequest, kept: OpenCall, name: str) -> dict[str, VersionForm]:
    """Return the form that a step was written in, at the version that its page shows now; some have none."""
    typed = request.POST.copy()
    typed["version"] = str(kept.version)
    if name == "decide":
        return {"result_form": ResultForm(typed, works=_choices(kept), auto_id="result_%s")}
    if name == "cancel":
        return {"cancel_form": CancelForm(typed, auto_id="cancel_%s")}
    return {"juror_form": JurorForm(typed, auto_id="juror_%s")} if name == "ask" else {}


def _cancel(kept: OpenCall, request: HttpRequest, actor: Actor, version: int) -> None:
    form = CancelForm(request.POST)
    form.is_valid()
    told = form.cleaned_data
    cancel_call(kept.pk, by=actor, version=version, note=told.get("note", ""), note_en=told.get("note_en", ""))


def _ask(kept: OpenCall, request: HttpRequest, actor: Actor, version: int) -> None:
    form = JurorForm(request.POST)
    form.is_valid()
    told = form.cleaned_data
    ask_juror(kept.pk, told.get("name", ""), post=told.get("post", ""), by=actor, version=version)


def _drop(kept: OpenCall, request: HttpRequest, actor: Actor, version: int) -> None:
    found = kept.jurors.filter(pk__in=[_uuid(request.POST.get("juror", ""))]).first()
    if found is None:
        raise Http404
    drop_juror(found.pk, by=actor, version=version)


def _decide(kept: OpenCall, request: HttpRequest, actor: Actor, version: int) -> None:
    form = ResultForm(request.POST, works=_choices(kept))
    form.is_valid()
    decide_call(kept.pk, form.draft(), by=actor, version=version, today=day_of(kept))


def _link(kept: OpenCall, request: HttpRequest, actor: Actor, version: int) -> None:
    link_work(kept.pk, _uuid(request.POST.get("work", "")), by=actor, version=version)


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError as error:
        raise Http404 from error


_STEPS: dict[str, Callable[[OpenCall, HttpRequest, Actor, int], None]] = {
    "publish": _publish, "unpublish": _unpublish, "cancel": _cancel, "ask": _ask, "drop": _drop, "decide": _decide,
    "link": _link,
}  # fmt: skip


def step(request: HttpRequest, key: UUID, name: str) -> HttpResponse:
    """Do one thing to a call: show it, hide it, cancel it, ask a juror, tell its result, name the gift it became."""
    form = VersionForm(request.POST)
    if request.method != "POST" or not form.is_valid() or name not in _STEPS:
        raise Http404
    actor = acting(request)
    kept = _own(actor, key)
    typed = _typed(request, kept, name)
    if not all(one.is_valid() for one in typed.values()):
        return _page(request, actor, kept, _form(request, kept), **typed)
    try:
        _STEPS[name](kept, request, actor, form.cleaned_data["version"])
    except _REFUSED as refused:
        messages.error(request, str(refused))
    except EditConflictError:
        messages.error(request, _CHANGED)
    else:
        messages.success(request, _("Hecho."))
        return redirect("museum_open_call", key)
    return _page(request, actor, kept, _form(request, kept), **typed) if typed else redirect("museum_open_call", key)


@hooks.register("register_admin_urls")
def addresses() -> list[Any]:
    """Return the addresses of these pages below the desk's."""
    return [
        path("museo/convocatorias/", open_calls, name="museum_open_calls"),
        path("museo/convocatorias/nueva/", open_call, name="museum_new_open_call"),
        path("museo/convocatorias/<uuid:key>/", open_call, name="museum_open_call"),
        path("museo/convocatorias/<uuid:key>/<slug:name>/", step, name="museum_open_call_step"),
    ]


@hooks.register("register_admin_menu_item")
def open_calls_item() -> MenuItem:
    """Return the way to the open calls."""
    where = reverse("museum_open_calls")
    return AgendaItem(gettext_lazy("Convocatorias"), where, name="convocatorias", icon_name="image", order=330)
