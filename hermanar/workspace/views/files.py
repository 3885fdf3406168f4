"""The files of an office: the list, one opened, its page, its particulars."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from hermanar.agreements import actions
from hermanar.agreements.actions import EditConflictError, FileDraft, PartyDraft
from hermanar.agreements.actions.versions import editable, values_of
from hermanar.agreements.models import Agreement
from hermanar.agreements.queries import documented_of, file_facts
from hermanar.agreements.rules import CorrectionError, StepRefusedError
from hermanar.agreements.vocabulary import AreaOfCooperation, Kind, Regime, Role, Stage, Standing
from hermanar.foundation.access import Verb, can
from hermanar.foundation.calendar import today_in
from hermanar.workspace.acts import NOTE_DOWN
from hermanar.workspace.forms.files import EditForm, OpenForm
from hermanar.workspace.forms.sending import rebound, said_in, seen_at, show_refusals, shown_now, typed
from hermanar.workspace.guide import guide_of, regime_told
from hermanar.workspace.known import known_between
from hermanar.workspace.lines import Wanted, columns, found_files, lines_of
from hermanar.workspace.page import page_of
from hermanar.workspace.papers import PAPER_OF, kinds_for, letter_number
from hermanar.workspace.tables import table_answer
from hermanar.workspace.views.door import MemberRequest, member
from hermanar.workspace.views.own import meanwhile, own_file, way_back

_PER_PAGE = 25


@member(Verb.READ_FILES)
def files(request: MemberRequest) -> HttpResponse:
    """List the files of the office, by stage, regime and text."""
    wanted, today = _wanted(request), today_in(request.office.time_zone)
    found = found_files(request.office, wanted)
    page = Paginator(found, _PER_PAGE).get_page(request.GET.get("pagina"))
    query = request.GET.copy()
    query.pop("pagina", None)
    may_take = can(request.actor, Verb.TAKE_OVER) and request.office.place_id is not None
    context = {
        "lines": lines_of(page.object_list, office=request.office, actor=request.actor, today=today),
        "page": page,
        "wanted": wanted,
        "stages": list(Stage),
        "regimes": [one for one in Regime if one is not Regime.FOREIGN_ONLY],
        "may_open": can(request.actor, Verb.DRAFT),
        "may_take": may_take,
        "waiting": documented_of(request.office).count() if may_take else 0,
        "query": query.urlencode(),
    }
    return render(request, "workspace/files/list.html", context)


def _wanted(request: HttpRequest) -> Wanted:
    stage, regime = request.GET.get("etapa", ""), request.GET.get("regimen", "")
    return Wanted(
        text=request.GET.get("q", "").replace("\x00", "").strip()[:120],
        stage=stage if stage in Stage.values else "",
        regime=regime if regime in Regime.values else "",
    )


@member(Verb.READ_FILES)
def take_away(request: MemberRequest, format_: str) -> HttpResponse:
    """Give the list as a table, with the filters it shows."""
    found = found_files(request.office, _wanted(request))
    today = today_in(request.office.time_zone)
    rows = lines_of(found, office=request.office, actor=request.actor, today=today)
    return table_answer(columns(), rows, format_=format_, name=f"expedientes-{today}", sheet=_("Expedientes"))


@member(Verb.DRAFT)
def open_file(request: MemberRequest) -> HttpResponse:
    """Open a file with the fewest fields; say at once which procedure applies."""
    own = request.office.place
    if own is None:  # the ministry has no files of its own
        return render(request, "workspace/files/open.html", {"form": None})
    today = today_in(request.office.time_zone)
    form = OpenForm(request.POST or None, own=own)
    form.tell_first_day(today)
    regime = None
    if request.method == "POST":
        is_whole = form.is_valid()
        regime = form.regime()
        has_been_told = regime is not Regime.PRIVATE_COUNTERPART or form.data.get("told") == regime.value
        if is_whole and has_been_told:
            try:
                made = actions.draft(
                    _draft(form, own.pk),
                    office=request.office.pk,
                    by=request.actor,
                    today=today,
                )
            except StepRefusedError as refused:
                show_refusals(form, refused.refusals)
            except Agreement.DoesNotExist as unknown:
                raise Http404 from unknown
            else:
                return redirect("workspace:file", made.pk)
        data = typed(form)
        data["searched"], data["told"] = data.get("counterpart", ""), regime.value if regime else ""
        form.data = data
    told = regime_told(regime) if regime else None
    return render(request, "workspace/files/open.html", {"form": form, "told": told, "regime": regime})


def _draft(form: OpenForm, own: UUID) -> FileDraft:
    given = form.cleaned_data
    words = dict(AreaOfCooperation.choices)
    parties = [
        PartyDraft(own, Role.DECLARING),
        PartyDraft(given["found"].pk, Role.COUNTERPART, given["name_as_written"].strip(), Standing(given["standing"])),
    ]
    return FileDraft(
        parties=parties,
        kind=Kind(given["kind"]),
        areas=[(area, str(words[area])) for area in given["areas"]],
        languages=given["languages"],
        planned_signature_on=given["planned_signature_on"],
        term_years=given["term_years"],
        is_open_ended=given["is_open_ended"],
        key=given["key"],
    )


@member(Verb.READ_FILES)
def file(request: MemberRequest, agreement: UUID) -> HttpResponse:
    """Show a file: the guide first, then everything that is in it."""
    kept = own_file(request, agreement)
    today = today_in(request.office.time_zone)
    facts = file_facts(kept, today=today)
    guide = guide_of(kept, facts=facts, actor=request.actor, today=today)
    step = guide.now.step if guide.now else None
    context = {
        "file": kept,
        "facts": facts,
        "guide": guide,
        "paper_of_now": PAPER_OF.get(step, "") if step else "",
        "letter_of_now": letter_number(kept, step) if step else "",
        "note_down_now": NOTE_DOWN.get(step, "") if step else "",
        "regime": regime_told(facts.regime),
        "today": today,
        "papers": kinds_for(kept, facts=facts),
        "known": _known_besides(kept),
        **page_of(kept, actor=request.actor),
    }
    return render(request, "workspace/files/page.html", context)


def _known_besides(kept: Agreement) -> list[Agreement]:
    """Return what else is known with the same city, while a file is but a draft: it may be a renewal."""
    if kept.stage != Stage.DRAFT or kept.office is None or kept.office.place_id is None:
        return []
    others = kept.parties.exclude(place=kept.office.place_id).values_list("place", flat=True)
    found = [one for other in others for one in known_between(kept.office, kept.office.place_id, other=other)]
    return [one for one in found if one.pk != kept.pk and one.stage != Stage.ABANDONED]


@member(Verb.EDIT_FILE)
def edit(request: MemberRequest, agreement: UUID) -> HttpResponse:
    """Change the particulars; where somebody else did meanwhile, show both and keep what was typed."""
    kept = own_file(request, agreement)
    names = editable(kept)
    form = EditForm(request.POST or None, kept=kept, names=names, initial=_initial(kept))
    names = names & form.fields.keys()  # what does not concern this file is not asked
    changed: list[dict[str, Any]] = []
    told: list[str] = []
    if request.method == "POST" and form.is_valid():
        now = _typed_of(values_of(kept))
        values = {name: form.cleaned_data[name] for name in names if _typed(form.cleaned_data[name]) != now[name]}
        if "areas" in values:
            words = {**dict(AreaOfCooperation.choices), **dict(kept.areas.values_list("area", "as_written"))}
            values["areas"] = [(area, str(words[area])) for area in values["areas"]]
        version = form.cleaned_data["version"]
        try:
            if version != kept.version or values:
                actions.edit_file(kept.pk, by=request.actor, version=version, values=values)
            messages.success(request, _("Datos guardados."))
            return redirect(way_back(request, reverse("workspace:file", args=[kept.pk])))
        except EditConflictError:
            kept = own_file(request, agreement)
            told = meanwhile(kept, since=seen_at(form))
            names &= editable(kept)
            form, changed = _conflict(form, kept, names)
        except StepRefusedError as refused:
            show_refusals(form, refused.refusals)
        except CorrectionError as refused:
            form.add_error(None, str(refused))
    may_correct = actions.may_correct(kept, by=request.actor)
    context = {"form": form, "file": kept, "changed": changed, "meanwhile": told, "may_correct": may_correct}
    return render(request, "workspace/files/edit.html", context)


def _initial(kept: Agreement) -> dict[str, Any]:
    values = values_of(kept)
    renewable = {True: "true", False: "false", None: ""}[kept.is_renewable]
    areas = [area for area, _words in values["areas"]]
    return {**values, "areas": areas, "is_renewable": renewable, **shown_now(kept)}


def _typed_of(values: dict[str, Any]) -> dict[str, Any]:
    return {
        name: _typed([area for area, _words in value] if name == "areas" else value) for name, value in values.items()
    }


def _typed(value: Any) -> Any:
    """Return a value as two of them can be compared, whichever way it was written."""
    if isinstance(value, list | tuple):
        return sorted(map(str, value))
    return value.isoformat() if hasattr(value, "isoformat") else value


def _conflict(form: EditForm, kept: Agreement, names: frozenset[str]) -> tuple[EditForm, list[dict[str, Any]]]:
    """Put the other's changes where this person had changed nothing; where both did, keep what was typed and tell."""
    read = kept.versions.filter(number__lte=form.cleaned_data["version"]).order_by("-number").first()
    now = _typed_of(values_of(kept))
    base = {**now, **(_typed_of(read.values) if read else {})}
    fresh = EditForm(kept=kept, names=names, initial=_initial(kept))
    taken, changed = {}, []
    for name in sorted(names):
        typed = _typed(form.cleaned_data[name])
        if now[name] == typed:
            continue
        if typed == base[name]:
            taken[name] = fresh[name].value()
        if now[name] != base[name]:
            is_kept = typed != base[name]
            changed.append({"label": fresh.fields[name].label, "now": said_in(fresh, name), "typed_is_kept": is_kept})
    data = rebound(form, kept)
    for name, value in taken.items():
        if isinstance(value, list):
            data.setlist(name, value)
        elif value in (None, False, ""):
            data.pop(name, None)
        else:
            data[name] = value.isoformat() if hasattr(value, "isoformat") else value
    return EditForm(data, kept=kept, names=names), changed
