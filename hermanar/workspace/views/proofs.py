"""Proof pages in the office: prepared from what was noted, seen as others will see them, published, taken away."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _

from hermanar.agreements.models import Agreement
from hermanar.agreements.queries import by_number, for_office
from hermanar.agreements.vocabulary import Stage
from hermanar.cooperation.actions.proofs import change_proof, prepare_proof, publish_proof, withdraw_proof
from hermanar.cooperation.models import ProofPage
from hermanar.cooperation.queries.proofs import count_to_prove, may_be_proved, proofs_of
from hermanar.cooperation.rules.proofs import ProofRefusedError
from hermanar.directory.models import Country
from hermanar.foundation.access import Verb, can
from hermanar.foundation.editing import EditConflictError
from hermanar.foundation.models import uuid7
from hermanar.foundation.papers.structure import LANGUAGES
from hermanar.ui.templatetags.ui import in_language, long_date
from hermanar.workspace.due import today_of
from hermanar.workspace.forms.proofs import ProofForm
from hermanar.workspace.forms.sending import typed
from hermanar.workspace.letters import FORMATS, answer_with
from hermanar.workspace.lines import counterpart_of
from hermanar.workspace.proofs import address_of, report_of, told_of
from hermanar.workspace.reports.papers import paper_of
from hermanar.workspace.reports.shape import columns, lines
from hermanar.workspace.tables import table_answer
from hermanar.workspace.versions import version_of
from hermanar.workspace.views.door import MemberRequest, member

_SAME = ("title_es", "title_en", "place", "country_id", "starts_on", "ends_on", "grant", "acknowledgement")


@member(Verb.PREPARE_PROOF)
def prepare(request: MemberRequest) -> HttpResponse:
    """Prepare a page about an event of a tie: first which tie, then what of it."""
    files = for_office(request.office.pk).exclude(stage=Stage.ABANDONED)
    ties = list(by_number(files).prefetch_related("parties__place"))
    tie = next((one for one in ties if str(one.pk) == request.GET.get("expediente")), None)
    if tie is None:
        counts = count_to_prove(ties)
        offered = [(one, counterpart_of(one), counts[one.pk]) for one in ties]
        return render(request, "workspace/proofs/choose.html", {"ties": offered})
    own = request.office.place
    form = _form(request, tie, initial={"key": uuid7(), "country": own.country_id if own else ""})

    def act() -> ProofPage:
        key = form.cleaned_data["key"] or uuid7()
        return prepare_proof(form.draft(), agreement=tie.pk, by=request.actor, today=today_of(request.office), key=key)

    return _answered(request, form, act=act, tie=tie)


@member(Verb.PREPARE_PROOF)
def change(request: MemberRequest, proof: UUID) -> HttpResponse:
    """Change a page; where somebody else did meanwhile, say so and keep what was typed."""
    kept = own_proof(request, proof)
    if kept.token and not can(request.actor, Verb.PUBLISH_PROOF):
        return redirect("workspace:proof", kept.pk)
    chosen = [str(key) for key in kept.activities.values_list("pk", flat=True)]
    initial = {**{name: getattr(kept, name) for name in _SAME}, "country": kept.country_id, "version": kept.version}
    form = _form(request, kept.agreement, initial={**initial, "activities": chosen})

    def act() -> ProofPage:
        version = form.cleaned_data["version"] or 0
        return change_proof(kept.pk, form.draft(), by=request.actor, version=version, today=today_of(request.office))

    return _answered(request, form, act=act, tie=kept.agreement, kept=kept)


def _form(request: MemberRequest, tie: Agreement, *, initial: dict[str, Any]) -> ProofForm:
    offered = [
        (str(one.pk), f"{long_date(str(one.start))}: {in_language(one, 'description')}"[:160])
        for one in may_be_proved(tie.pk)
    ]
    countries = sorted(((one.code, in_language(one, "name")) for one in Country.objects.all()), key=lambda one: one[1])
    return ProofForm(request.POST or None, initial=initial, countries=countries, offered=offered)


def _answered(
    request: MemberRequest,
    form: ProofForm,
    *,
    act: Callable[[], ProofPage],
    tie: Agreement,
    kept: ProofPage | None = None,
) -> HttpResponse:
    """Keep what was written and show the page; or say what is wrong, and what changed meanwhile."""
    now: ProofPage | None = None
    if request.method == "POST" and form.is_valid():
        try:
            made = act()
        except ProofRefusedError as refused:
            form.refuse(refused.refusals)
        except (Agreement.DoesNotExist, ProofPage.DoesNotExist) as unknown:
            raise Http404 from unknown
        except EditConflictError:
            assert kept is not None  # only what is there already can have changed
            now = own_proof(request, kept.pk)
            if _says_so(now, form):  # the button was pressed twice
                return redirect("workspace:proof", now.pk)
            form.data = {**typed(form).dict(), "activities": form.cleaned_data["activities"], "version": now.version}
        else:
            messages.success(request, _("Constancia guardada."))
            return redirect("workspace:proof", made.pk)
    context = {"form": form, "tie": tie, "counterpart": counterpart_of(tie), "kept": kept, "now": now}
    return render(request, "workspace/proofs/form.html", context)


def _says_so(now: ProofPage, form: ProofForm) -> bool:
    """Say whether a page already says what the form says."""
    draft = form.draft()
    told = {**{name: getattr(draft, name) for name in _SAME if name != "country_id"}, "country_id": draft.country}
    chosen = set(now.activities.values_list("pk", flat=True))
    return chosen == set(draft.activities) and all(getattr(now, name) == value for name, value in told.items())


def own_proof(request: MemberRequest, proof: UUID) -> ProofPage:
    """Return a page of the office; outside it, the same answer as for what does not exist."""
    found = proofs_of(request.office.pk).filter(pk=proof).first()
    if found is None:
        raise Http404
    return found


@member(Verb.READ_FILES)
def proof(request: MemberRequest, proof: UUID) -> HttpResponse:
    """Show a page as others will see it, what it lacks, and where it is on the web."""
    kept = own_proof(request, proof)
    told = told_of(kept)
    may_publish = can(request.actor, Verb.PUBLISH_PROOF)
    address = request.build_absolute_uri(address_of(kept)) if kept.token else ""
    context = {
        "told": told,
        "proof": kept,
        "lacks": [one for one in told.lacks if can(request.actor, one.verb)],
        "address": address,
        "may_publish": may_publish,
        "may_change": can(request.actor, Verb.PREPARE_PROOF) and (may_publish or not kept.token),
    }
    return render(request, "workspace/proofs/page.html", context)


@member(Verb.PUBLISH_PROOF)
def publish(request: MemberRequest, proof: UUID) -> HttpResponse:
    """Put the page on the web, or take it away; a page that changed meanwhile is shown first."""
    kept = own_proof(request, proof)
    hides = request.POST.get("hides") == "1"
    if request.method == "POST":
        verb = withdraw_proof if hides else publish_proof
        try:
            verb(kept.pk, by=request.actor, version=version_of(request))
        except ProofRefusedError as refused:
            messages.error(request, " ".join(str(one.label) for one in refused.refusals))
        except EditConflictError:
            if bool(own_proof(request, proof).token) is hides:  # otherwise the button was pressed twice
                messages.error(request, _("Otra persona la cambió mientras tanto: revísela y vuelva a intentarlo."))
        else:
            messages.success(request, _("Ya no está en la red.") if hides else _("Ya está en la red."))
    return redirect("workspace:proof", kept.pk)


@member(Verb.READ_FILES)
def proof_file(request: MemberRequest, proof: UUID, language: str, format_: str) -> HttpResponse:
    """Give a page as Word, PDF or a table of its numbers, in Spanish or in English."""
    kept = own_proof(request, proof)
    if language not in LANGUAGES:
        raise Http404
    name = f"constancia-{kept.starts_on}-{language}"
    with translation.override(language):
        report = report_of(told_of(kept))
        if format_ in FORMATS:
            return answer_with(paper_of(report), format_, name=name)
        return table_answer(columns(), lines(report), format_=format_, name=name, sheet=_("Cifras"))
