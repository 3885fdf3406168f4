"""A call changed: mended, resolved, shown to the public, withdrawn."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _

from hermanar.cooperation.actions import calls as verbs
from hermanar.cooperation.models import Call
from hermanar.foundation.access import Verb
from hermanar.foundation.calendar import today_in
from hermanar.workspace.calls import call_shown
from hermanar.workspace.forms.calls import (
    FIELDS_OF,
    TOLD,
    CallForm,
    ResultForm,
    WithdrawCallForm,
    call_draft,
    result_told,
)
from hermanar.workspace.forms.projects import ButtonForm
from hermanar.workspace.sheets import Sheet, Values, answered
from hermanar.workspace.views.calls import address_of, own_call, way_to
from hermanar.workspace.views.door import MemberRequest, member
from hermanar.workspace.views.projects import tie_choices


def _sheet(kept: Call, **values: Any) -> Sheet:
    """Return a page with one form of a call."""
    return Sheet(back=address_of(kept), where=way_to(kept), fields_of=FIELDS_OF, **values)


@member(Verb.KEEP_CALLS)
def mend(request: MemberRequest, call: UUID) -> HttpResponse:
    """Mend what a call says."""
    kept = own_call(request, call)
    ties = tie_choices(request)
    if kept.agreement and str(kept.agreement_id) not in dict(ties):  # abandoned since: it stays what it was of
        ties.append((str(kept.agreement_id), f"{kept.agreement.title_es} ({kept.agreement.number})"))

    def make(*given: Any, **more: Any) -> CallForm:
        return CallForm(*given, ties=ties, **more)

    def now() -> Values:
        fresh = own_call(request, call)
        shown = {name: getattr(fresh, name) for name in TOLD}
        return {**shown, "agreement": fresh.agreement_id, "version": fresh.version}

    def do(given: Values) -> None:
        today = today_in(request.office.time_zone)
        verbs.mend_call(kept.pk, call_draft(given), by=request.actor, version=given["version"], today=today)

    title, said = _("Corregir la convocatoria"), _("Convocatoria guardada.")
    return answered(request, _sheet(kept, title=title, submit=_("Guardar"), said=said, make=make, now=now), do=do)


@member(Verb.KEEP_CALLS)
def resolve(request: MemberRequest, call: UUID) -> HttpResponse:
    """Tell what came of a call: how many, never who."""
    kept = own_call(request, call)
    today = today_in(request.office.time_zone)

    def now() -> Values:
        fresh = own_call(request, call)
        told = {"on": fresh.result_on or today, "applied": fresh.applied, "placed": fresh.placed}
        return {**told, "text": fresh.result_text, "version": fresh.version}

    def do(given: Values) -> None:
        told = result_told(given)
        verbs.tell_result(kept.pk, told, by=request.actor, version=given["version"], today=today)

    sheet = _sheet(
        kept,
        title=_("El resultado de la convocatoria"),
        lede=_("Cuántas personas, no quiénes: los nombres quedan con quien las eligió."),
        submit=_("Guardar el resultado"),
        said=_("Resultado guardado."),
        make=ResultForm,
        now=now,
        knows_done=kept.result_on is None,  # what a first result says may be what the empty form said
    )
    return answered(request, sheet, do=do)


@member(Verb.PUBLISH_CALL)
def publish(request: MemberRequest, call: UUID) -> HttpResponse:
    """Show a call to the public, or hide it again."""
    kept = own_call(request, call)
    wanted, words = "show", (_("Publicar la convocatoria"), _("Publicarla"), _("El público ya la ve."))
    lede = _(
        "Cualquiera la verá en la página de convocatorias, con su oficina, sus fechas, sus lugares y su resultado."
    )
    if kept.published_at:
        wanted = "hide"
        words = (_("Dejar de mostrar la convocatoria"), _("Dejar de mostrarla"), _("El público ya no la ve."))
        lede = _("En la oficina queda como está.")
    title, submit, said = words

    def now() -> Values:
        return {"version": own_call(request, call).version, "wanted": wanted}

    def do(given: Values) -> None:
        shows = given["wanted"] == "show"
        if shows is (own_call(request, call).published_at is not None):
            return  # the button was pressed twice
        verb = verbs.publish_call if shows else verbs.unpublish_call
        verb(kept.pk, by=request.actor, version=given["version"])

    shown = () if kept.published_at else tuple(call_shown(kept))
    sheet = _sheet(
        kept, title=title, lede=lede, submit=submit, said=said, make=ButtonForm, now=now, knows_done=True,
        shown=shown,
    )  # fmt: skip
    return answered(request, sheet, do=do)


@member(Verb.WITHDRAW_CALL)
def withdraw(request: MemberRequest, call: UUID) -> HttpResponse:
    """Take a call back, with the reason."""
    kept = own_call(request, call)

    def now() -> Values:
        fresh = own_call(request, call)
        return {"reason": fresh.withdrawal_reason, "version": fresh.version}

    def do(given: Values) -> None:
        verbs.withdraw_call(kept.pk, by=request.actor, version=given["version"], reason=given["reason"])

    sheet = _sheet(
        kept,
        title=_("Retirar la convocatoria"),
        lede=_("Deja de ser pública y ya no cambia; en la oficina se sigue leyendo, con su motivo."),
        submit=_("Retirarla"),
        said=_("La convocatoria se retiró."),
        make=WithdrawCallForm,
        now=now,
    )
    return answered(request, sheet, do=do)
