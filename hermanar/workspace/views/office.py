"""The office itself: its particulars, and the choice among several."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from hermanar.foundation.access import Verb
from hermanar.foundation.editing import EditConflictError
from hermanar.offices.actions import change_office
from hermanar.offices.models import Office
from hermanar.offices.queries import current_memberships
from hermanar.workspace.forms.office import OfficeForm
from hermanar.workspace.views.door import OFFICE_KEY, MemberRequest, member
from hermanar.workspace.views.own import way_back


@member(Verb.CHANGE_OFFICE)
def particulars(request: MemberRequest) -> HttpResponse:
    """Change the particulars; where somebody else did meanwhile, show both and keep what was typed."""
    kept = Office.objects.get(pk=request.office.pk)
    form = OfficeForm(request.POST or None, instance=kept, initial={"version": kept.version})
    meanwhile = []
    if request.method == "POST" and form.is_valid():
        values = {name: form.cleaned_data[name] for name in OfficeForm.Meta.fields}
        try:
            change_office(request.office.pk, by=request.actor, version=form.cleaned_data["version"], values=values)
        except EditConflictError:
            now = Office.objects.get(pk=request.office.pk)
            changed = [name for name in values if getattr(now, name) != values[name]]
            meanwhile = [(form.fields[name].label, getattr(now, name)) for name in changed]
            form = OfficeForm({**request.POST.dict(), "version": now.version}, instance=kept)
        else:
            return redirect(way_back(request, reverse("workspace:particulars")))
    return render(request, "workspace/office/particulars.html", {"form": form, "meanwhile": meanwhile})


@member()
def choose(request: MemberRequest) -> HttpResponse:
    """Choose in which of one's offices to work."""
    memberships = list(current_memberships(request.membership.user_id))
    if request.method == "POST":
        chosen = request.POST.get("office", "")
        if chosen not in {str(one.office_id) for one in memberships}:
            raise Http404(_("No trabaja en esa oficina."))
        request.session[OFFICE_KEY] = chosen
        return redirect("workspace:home")
    return render(request, "workspace/office/choose.html", {"memberships": memberships})
