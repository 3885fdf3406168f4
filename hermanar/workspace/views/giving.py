"""Writing down a gift, mending what was written, following it, showing it, taking it back."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from hermanar.agreements.models import Agreement
from hermanar.cooperation import actions
from hermanar.cooperation.actions import GiftDraft, gift_said
from hermanar.cooperation.models import Gift
from hermanar.cooperation.queries import documented_donations, told_by_gifts
from hermanar.cooperation.queries.contents import gift_values
from hermanar.cooperation.rules import GiftRefusedError, circulated_in, span_of
from hermanar.cooperation.vocabulary import GiftRefusal
from hermanar.foundation.access import Verb, can
from hermanar.foundation.calendar import today_in
from hermanar.foundation.documents import RefusedDocumentError, files_first
from hermanar.foundation.editing import EditConflictError
from hermanar.ui.templatetags.ui import in_language
from hermanar.workspace.forms.gifts import GiftForm, Kept, PublishForm, WhereaboutsForm, WithdrawForm, currency_name
from hermanar.workspace.forms.sending import typed
from hermanar.workspace.gift_lines import label_of, row_of, said, titles_of, written
from hermanar.workspace.lines import counterpart_of
from hermanar.workspace.receiving import kept_upload
from hermanar.workspace.shown import gift_besides, gift_shown
from hermanar.workspace.views.door import MemberRequest, member
from hermanar.workspace.views.gifts import offered_ties, own_gift


@member(Verb.RECORD_GIFT)
def record(request: MemberRequest) -> HttpResponse:
    """Write a gift down; the same form sent twice is one gift."""
    ties = offered_ties(request)
    if not ties:
        return render(request, "workspace/gifts/form.html", {"form": None})
    asked = request.GET.get("acuerdo", "")
    initial = {"agreement": asked or (str(ties[0].pk) if len(ties) == 1 else "")}
    form = _form(request, ties, initial=initial)
    if request.method == "POST":
        sent = gift_of_key(request, form)
        if sent:
            return redirect("workspace:gift", sent.pk)
        if form.is_valid() and (made := _recorded(request, form)):
            messages.success(request, _("Regalo asentado."))
            return redirect("workspace:gift", made.pk)
    return render(request, "workspace/gifts/form.html", {"form": form, "asks_early": _asks_early(form)})


def gift_of_key(request: MemberRequest, form: GiftForm) -> Gift | None:
    """Return the gift that this very form has already made."""
    try:
        key = UUID(str(form.data.get("key", "")))
    except ValueError:
        return None
    return Gift.objects.filter(pk=key, office=request.office.pk).first()


def _form(request: MemberRequest, ties: list[Agreement], *, mended: Gift | None = None, **kwargs: Any) -> GiftForm:
    told = told_by_gifts(request.office.pk, but=mended.pk if mended else None)
    documented = [
        (str(key), f"{counterpart_of(one.tie)}: {one.activity.description_es}"[:160])
        for key, one in documented_donations(ties).items()
        if key not in told
    ]
    offered = [(str(tie.pk), f"{tie.title_es} · {tie.number}") for tie in ties]
    kwargs |= {"office": request.office.pk, "ties": offered, "documented": documented, "mends": mended is not None}
    return GiftForm(request.POST or None, request.FILES or None, **kwargs)


def _recorded(request: MemberRequest, form: GiftForm) -> Gift | None:
    """Keep what was told; None when the form has something to say."""
    by: dict[str, Any] = {"by": request.actor, "today": today_in(request.office.time_zone)}
    key, where = form.cleaned_data["key"], form.where()
    return _tried(
        request,
        form,
        act=lambda: actions.record_gift(
            form.draft(photograph=None), office=request.office.pk, where=where, key=key, **by
        ),
    )


def _tried(request: MemberRequest, form: GiftForm, *, act: Callable[[], Gift]) -> Gift | None:
    """Do it; what refuses is said beside its field, and a good photograph stays sent. Raises EditConflictError."""
    try:
        return act()
    except RefusedDocumentError as refused:
        form.add_error("photograph", str(refused))
    except GiftRefusedError as refused:
        _say(form, refused)
    except (Agreement.DoesNotExist, Gift.DoesNotExist) as unknown:
        raise Http404 from unknown
    _remember(request, form)
    return None


def _remember(request: MemberRequest, form: GiftForm) -> None:
    """Keep the photograph of a refused form, so that nobody has to look for it twice."""
    sent = form.files.get("photograph")
    if not sent or "photograph" in form.errors:
        return
    sent.seek(0)
    try:
        form.remember(kept_upload(sent, request=request, is_picture=True))
    except RefusedDocumentError as refused:
        form.add_error("photograph", str(refused))


def _say(form: GiftForm, refused: GiftRefusedError) -> None:
    """Put each refusal beside its field; of a currency of another year, say which years and which one then."""
    others = [one for one in refused.refusals if one is not GiftRefusal.CURRENCY_OF_OTHER_YEAR]
    form.refuse(others)
    if len(others) < len(refused.refusals):
        form.add_error("currency", _currency_told(form))


def _currency_told(form: GiftForm) -> str:
    given = form.cleaned_data
    code, year = given["currency"], given["on"].on.year
    first, last = span_of(code)
    name = currency_name(code)
    told = {"name": f"{name[:1].upper()}{name[1:]}", "code": code, "year": year, "first": first, "last": last}
    said_so = _("%(name)s (%(code)s) no era moneda en %(year)s: lo fue hasta %(last)s.")
    if first and year < first:
        said_so = _("%(name)s (%(code)s) no era moneda en %(year)s: lo es desde %(first)s.")
    tie = Agreement.objects.get(pk=given["agreement"])
    countries = tie.parties.select_related("place__country").order_by("position")
    then = [
        f"{in_language(party.place.country, 'name')}: {', '.join(codes)}"
        for party in countries
        if (codes := circulated_in(party.place.country_id, year))
    ]
    return " ".join([said_so % told, _("Entonces circulaba en %(where)s.") % {"where": "; ".join(dict.fromkeys(then))}
                     if then else ""]).strip()  # fmt: skip


def _asks_early(form: GiftForm) -> bool:
    """Say whether the form asks if the gift is older than the agreement; it does so only when it has to."""
    return bool(form["is_early"].value()) or str(GiftRefusal.BEFORE_TIE.label) in form.errors.get("on", [])


# ── mending ──────────────────────────────────────────────────────────────────────────────────────────────────────────


@member(Verb.MEND_GIFT)
def mend(request: MemberRequest, gift: UUID) -> HttpResponse:
    """Mend what was written; where somebody else did meanwhile, show both and keep what was typed."""
    kept = own_gift(request, gift)
    if kept.published_at and request.method == "GET" and not can(request.actor, Verb.PUBLISH_GIFT):
        messages.error(request, str(GiftRefusal.IS_PUBLIC.label))
        return redirect("workspace:gift", kept.pk)
    ties = offered_ties(request)
    form = _form(request, ties, mended=kept, initial=_initial(kept))
    changed: list[dict[str, Any]] = []
    if request.method == "POST" and form.is_valid():
        try:
            if fresh := _mended(request, form, kept=kept):
                messages.success(request, _("Regalo corregido."))
                if kept.published_at and not fresh.published_at:
                    messages.warning(request, _("Es ahora de otro acuerdo: el público ya no lo ve hasta publicarlo."))
                return redirect("workspace:gift", kept.pk)
        except EditConflictError:
            kept = own_gift(request, gift)
            if _is_told(request, form, kept=kept):  # the button was pressed twice
                return redirect("workspace:gift", kept.pk)
            changed = _taken_over(form, kept)
    context = {"form": form, "gift": kept, "changed": changed, "asks_early": _asks_early(form)}
    return render(request, "workspace/gifts/form.html", context)


def _initial(kept: Gift) -> dict[str, Any]:
    told = gift_said(kept)
    return {**written(gift_values(kept)), "is_donation": kept.is_donation, "is_early": told.is_early,
            "version": kept.version}  # fmt: skip


def _mended(request: MemberRequest, form: GiftForm, *, kept: Gift) -> Gift | None:
    by: dict[str, Any] = {"by": request.actor, "today": today_in(request.office.time_zone)}
    version = form.cleaned_data["version"]
    if version == kept.version and _says_so(kept, form) and not form.cleaned_data["photograph"]:
        return kept  # nothing was changed
    return _tried(
        request,
        form,
        act=lambda: actions.mend_gift(kept.pk, version=version, mended=form.draft(photograph=kept.photograph_id), **by),
    )


@files_first
def _is_told(request: MemberRequest, form: GiftForm, *, kept: Gift) -> bool:
    """Say whether the gift already says all of a form; only a photograph that is not kept yet is kept."""
    _remember(request, form)
    is_told = _says_so(kept, form)
    transaction.set_rollback(is_told)
    return is_told


def _says_so(kept: Gift, form: GiftForm) -> bool:
    """Say whether the gift already says what the form says; pictures are compared by what is in them."""
    draft = form.draft(photograph=kept.photograph_id)
    sent = form.earlier()
    same = (sent.digest if sent else None) == (kept.photograph.digest if kept.photograph else None)
    alike: dict[str, Any] = {"is_early": False, "photograph": kept.photograph_id if same else draft.photograph}
    return dataclasses.replace(draft, **alike) == _plain(kept)


def _plain(kept: Gift) -> GiftDraft:
    return dataclasses.replace(gift_said(kept), is_early=False)


def _taken_over(form: GiftForm, kept: Gift) -> list[dict[str, Any]]:
    """Put the other's changes where this person had changed nothing; where both did, keep what was typed and tell."""
    read = kept.versions.filter(number__lte=form.cleaned_data["version"]).order_by("-number").first()
    now = written(gift_values(kept))
    base = written(read.values) if read else now
    titles = titles_of([gift_values(kept)])
    data, changed = typed(form), []
    for name in now.keys() & form.fields.keys():
        mine = str(data.get(name, ""))
        if now[name] in {base[name], mine}:
            continue
        is_kept = mine != base[name]
        changed.append({"label": label_of(name), "now": said(name, now[name], titles), "typed_is_kept": is_kept})
        if not is_kept:
            data[name] = now[name]
    data["version"] = str(kept.version)
    form.data = data
    return changed or [{"label": _("Dónde está, o si es público"), "now": row_of(kept).kept, "typed_is_kept": True}]


# ── where it is, whether it is shown, whether it stands ──────────────────────────────────────────────────────────────


@member(Verb.MEND_GIFT)
def whereabouts(request: MemberRequest, gift: UUID) -> HttpResponse:
    """Add where a gift is now."""
    kept = own_gift(request, gift)
    form = WhereaboutsForm(request.POST or None, initial={"version": kept.version})
    today = today_in(request.office.time_zone)

    def act() -> object:
        note, version = form.cleaned_data["note"], form.cleaned_data["version"]
        by: dict[str, Any] = {"by": request.actor, "today": today}
        return actions.note_whereabouts(kept.pk, version=version, said=form.where(), note=note, **by)

    def is_done() -> bool:
        last, asked = row_of(kept).where, form.where()
        now = (last.state, last.place, last.since, last.note)
        return now == (asked.state, asked.place, asked.since, form.cleaned_data["note"].strip())

    return _answer(request, kept, form, act=act, is_done=is_done, page="whereabouts", said=_("Anotado dónde está."))


@member(Verb.WITHDRAW_GIFT)
def withdraw(request: MemberRequest, gift: UUID) -> HttpResponse:
    """Take a record back, with the reason."""
    kept = own_gift(request, gift)
    form = WithdrawForm(request.POST or None, initial={"version": kept.version})

    def act() -> object:
        given = form.cleaned_data
        return actions.withdraw_gift(kept.pk, by=request.actor, version=given["version"], reason=given["reason"])

    def is_done() -> bool:
        return own_gift(request, gift).withdrawn_at is not None

    return _answer(request, kept, form, act=act, is_done=is_done, page="withdraw", said=_("El registro se retiró."))


@member(Verb.PUBLISH_GIFT)
def publish(request: MemberRequest, gift: UUID) -> HttpResponse:
    """Show a gift on the public page of its agreement and in the collection, or hide it again."""
    kept = own_gift(request, gift)
    hides = request.POST.get("hides") == "1" if request.method == "POST" else kept.published_at is not None
    told = {} if hides else gift_besides(kept)
    form = PublishForm(request.POST or None, initial={"version": kept.version}, told=told)

    def act() -> object:
        version = form.cleaned_data["version"]
        if hides:
            return actions.unpublish_gift(kept.pk, by=request.actor, version=version)
        return actions.publish_gift(kept.pk, by=request.actor, version=version, shown=form.shown())

    def is_done() -> bool:
        return (own_gift(request, gift).published_at is None) == hides

    done = _("Ya no es público.") if hides else _("Ya es público.")
    return _answer(
        request, kept, form, act=act, is_done=is_done, page="publish", said=done, hides=hides, shown=gift_shown(kept)
    )


def _answer(
    request: MemberRequest,
    kept: Gift,
    form: Kept,
    *,
    act: Callable[[], object],
    is_done: Callable[[], bool],
    page: str,
    said: str,
    **more: Any,
) -> HttpResponse:
    """Do what a small form asks, once; where somebody was first, show the form again over what stands now."""
    changed: list[dict[str, Any]] = []
    if request.method == "POST" and form.is_valid():
        try:
            act()
        except GiftRefusedError as refused:
            if is_done():
                return redirect("workspace:gift", kept.pk)
            form.refuse(refused.refusals)
        except EditConflictError:
            kept = own_gift(request, kept.pk)
            if is_done():  # the button was pressed twice
                return redirect("workspace:gift", kept.pk)
            data = typed(form)
            data["version"] = str(kept.version)
            form.data = data
            changed = [{"label": kept.title_es, "now": row_of(kept).kept, "typed_is_kept": True}]
        else:
            messages.success(request, said)
            return redirect("workspace:gift", kept.pk)
    context = {"form": form, "gift": kept, "row": row_of(kept), "changed": changed, **more}
    return render(request, f"workspace/gifts/{page}.html", context)
