"""Sessions of a committee: called, attended, told, decided, and their minutes."""

from __future__ import annotations

from typing import Any, cast
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _

from hermanar.cooperation import actions
from hermanar.cooperation.actions import AttendanceDraft, DecisionDraft, SessionDraft
from hermanar.cooperation.models import Decision, Session
from hermanar.cooperation.queries import attended_of, decisions_of, quorum_rules, sessions_of
from hermanar.cooperation.vocabulary import Quorum, SessionState
from hermanar.foundation.access import Verb, can
from hermanar.foundation.calendar import today_in
from hermanar.foundation.documents import NoDocumentError, attachment, files_first
from hermanar.foundation.documents.keeping import About
from hermanar.foundation.models import uuid7
from hermanar.foundation.papers import missing
from hermanar.ui.templatetags.ui import long_date
from hermanar.workspace.committees import minutes_of, people_on, person_told, quorum_told, rule_told, votes_told
from hermanar.workspace.forms.committees import (
    AttendanceForm,
    CallForm,
    CancelForm,
    DecisionForm,
    MinutesForm,
    ProceedingsForm,
)
from hermanar.workspace.letters import FORMATS, answer_with
from hermanar.workspace.receiving import kept_upload
from hermanar.workspace.sheets import Sheet, Values, answered
from hermanar.workspace.views.committees import address_of, own_committee, way_to
from hermanar.workspace.views.door import MemberRequest, member


def own_session(request: MemberRequest, session: UUID) -> Session:
    """Return a session of a committee of the office, or nothing at all."""
    kept = sessions_of(request.office.pk).filter(pk=session).first()
    if kept is None:
        raise Http404
    return kept


def _address(kept: Session) -> str:
    return reverse("workspace:session", args=[kept.pk])


def _way(kept: Session) -> tuple[tuple[str, str], ...]:
    return (*way_to(kept.committee), (_("Sesión del %(day)s") % {"day": long_date(kept.on)}, _address(kept)))


@member(Verb.KEEP_COMMITTEES)
def call(request: MemberRequest, committee: UUID) -> HttpResponse:
    """Call a session, or enter one that took place."""
    kept = own_committee(request, committee)
    first = {"key": uuid7(), "agenda": _("Lista de asistencia y quórum\nLectura del acta anterior\n")}
    made: list[Session] = []

    def do(given: Values) -> None:
        key = given["key"] or uuid7()
        made.append(actions.call_session(kept.pk, _session_draft(given), by=request.actor, key=key))

    sheet = Sheet(
        title=_("Convocar a una sesión"),
        lede=_("También puede asentar una que ya se celebró: escriba su fecha."),
        submit=_("Asentar la sesión"),
        said=_("Sesión asentada."),
        back=f"{address_of(kept)}#sesiones",
        where=way_to(kept),
        make=CallForm,
        now=lambda: first,
    )
    return answered(request, sheet, do=do, to=lambda: _address(made[0]))


def _session_draft(given: Values) -> SessionDraft:
    items = [line.strip()[:300] for line in given["agenda"].splitlines()]
    return SessionDraft(given["on"], items, given["at"], given["place"], given["called_on"])


@member(Verb.READ_COMMITTEES)
def session(request: MemberRequest, session: UUID) -> HttpResponse:
    """Show a session: its next step first."""
    kept = own_session(request, session)
    attended = attended_of(kept.pk)
    people = [(one, one.pk in attended) for one in people_on(kept)]
    is_over = kept.state in {SessionState.HELD, SessionState.MEETING}
    today = today_in(request.office.time_zone)
    context = {
        "session": kept,
        "committee": kept.committee,
        "where": _way(kept),
        "items": kept.items.all(),
        "people": people,
        "quorum": quorum_told(kept),
        "decisions": [(one, votes_told(one)) for one in kept.decisions.order_by("number").select_related("item")],
        "is_over": is_over,
        "is_to_come": kept.on > today,
        "missing": missing(minutes_of(kept)) if is_over else [],
        "former": kept.former_minutes.select_related("document"),
        "may_keep": can(request.actor, Verb.KEEP_COMMITTEES) and not kept.committee.ended_on,
        "may_close": can(request.actor, Verb.KEEP_COMMITTEES),
        "second": Quorum(kept.committee.second_call),
    }
    return render(request, "workspace/committees/session.html", context)


@member(Verb.KEEP_COMMITTEES)
def edit_call(request: MemberRequest, session: UUID) -> HttpResponse:
    """Change the day, the place or the agenda of a session to come."""
    kept = own_session(request, session)

    def now() -> Values:
        fresh = own_session(request, session)
        agenda = "\n".join(item.title for item in fresh.items.all())
        called = {name: getattr(fresh, name) for name in ("on", "at", "place", "called_on", "version")}
        return {**called, "agenda": agenda}

    sheet = Sheet(
        title=_("Cambiar la convocatoria"),
        submit=_("Guardar"),
        said=_("Convocatoria guardada."),
        back=_address(kept),
        where=_way(kept),
        make=CallForm,
        now=now,
    )
    return answered(
        request,
        sheet,
        do=lambda given: actions.change_call(
            kept.pk, _session_draft(given), by=request.actor, version=given["version"]
        ),
    )


@member(Verb.KEEP_COMMITTEES)
def cancel(request: MemberRequest, session: UUID) -> HttpResponse:
    """Cancel a session that has not been held."""
    kept = own_session(request, session)

    def now() -> Values:
        fresh = own_session(request, session)
        return {"reason": fresh.reason, "version": fresh.version}

    sheet = Sheet(
        title=_("Cancelar la sesión"),
        submit=_("Cancelarla"),
        said=_("Sesión cancelada."),
        back=_address(kept),
        where=_way(kept),
        make=CancelForm,
        now=now,
    )
    return answered(
        request,
        sheet,
        do=lambda given: actions.cancel_session(
            kept.pk, by=request.actor, version=given["version"], reason=given["reason"]
        ),
    )


@member(Verb.KEEP_COMMITTEES)
def attendance(request: MemberRequest, session: UUID) -> HttpResponse:
    """Note who came; the rule of the committee counts the quorum, and where it is not known it is asked."""
    kept = own_session(request, session)
    first, second = quorum_rules(kept.committee)
    people = [(str(one.pk), person_told(one)) for one in people_on(kept)]
    asks = Quorum.UNKNOWN in {first.kind, second.kind}

    def make(*given: Any, **more: Any) -> AttendanceForm:
        return AttendanceForm(*given, people=people, asks_quorum=asks, **more)

    def now() -> Values:
        fresh = own_session(request, session)
        said = "" if fresh.present is None or fresh.needed is not None else _yes_no(fresh)
        attended = {str(one) for one in attended_of(fresh.pk)}
        present = [key for key, _words in people if key in attended]
        return {
            "present": present,
            "is_second_call": fresh.is_second_call,
            "had_quorum": said,
            "version": fresh.version,
        }

    def do(given: Values) -> None:
        had = {"yes": True, "no": False}.get(given.get("had_quorum", ""))
        draft = AttendanceDraft(given["present"], given["is_second_call"], had)
        today = today_in(request.office.time_zone)
        actions.keep_attendance(kept.pk, draft, by=request.actor, version=given["version"], today=today)

    sheet = Sheet(
        title=_("Asistencia"),
        lede=_("El suplente cuenta en lugar del titular que falta. Sin quórum queda como reunión sin acuerdos."),
        submit=_("Guardar la asistencia"),
        said=_("Asistencia guardada."),
        back=_address(kept),
        where=_way(kept),
        make=make,
        now=now,
        facts=(
            (_("Quórum"), rule_told(first.kind, first.figure)),
            (_("En segunda convocatoria"), rule_told(second.kind, second.figure)),
        ),
    )
    return answered(request, sheet, do=do)


def _yes_no(kept: Session) -> str:
    return "yes" if kept.state == SessionState.HELD else "no"


@member(Verb.KEEP_COMMITTEES)
def proceedings(request: MemberRequest, session: UUID) -> HttpResponse:
    """Write what was said of each matter: the minutes are made from it."""
    kept = own_session(request, session)
    items = list(kept.items.all())

    def make(*given: Any, **more: Any) -> ProceedingsForm:
        return ProceedingsForm(*given, items=items, **more)

    def now() -> Values:
        fresh = own_session(request, session)
        said = {f"said_{item.position}": item.said for item in fresh.items.all()}
        return {**said, "version": fresh.version}

    def do(given: Values) -> None:
        said = {item.pk: given[f"said_{item.position}"] for item in items}
        actions.keep_proceedings(kept.pk, said, by=request.actor, version=given["version"])

    sheet = Sheet(
        title=_("Lo que se trató"),
        submit=_("Guardar"),
        said=_("Guardado: ya está en el acta."),
        back=_address(kept),
        where=_way(kept),
        make=make,
        now=now,
    )
    return answered(request, sheet, do=do)


def _decision_sheet(kept: Session, *, now: Any, title: str) -> Sheet:
    items = [(str(item.pk), f"{item.position}. {item.title}") for item in kept.items.all()]

    def make(*given: Any, **more: Any) -> DecisionForm:
        return DecisionForm(*given, items=items, **more)

    return Sheet(
        title=title,
        submit=_("Guardar el acuerdo"),
        said=_("Acuerdo guardado."),
        back=f"{_address(kept)}#acuerdos",
        where=_way(kept),
        make=make,
        now=now,
        facts=((_("Quórum"), quorum_told(kept) or _("falta asentar la asistencia")),),
    )


def _decision_draft(given: Values) -> DecisionDraft:
    votes = (given["votes_for"], given["votes_against"], given["abstentions"])
    return DecisionDraft(given["text"], given["item"], *votes)


@member(Verb.KEEP_COMMITTEES)
def decide(request: MemberRequest, session: UUID) -> HttpResponse:
    """Keep a decision, under the next number of the committee and year."""
    kept = own_session(request, session)
    first, today = {"key": uuid7()}, today_in(request.office.time_zone)
    sheet = _decision_sheet(kept, now=lambda: first, title=_("Asentar un acuerdo"))
    return answered(
        request,
        sheet,
        do=lambda given: actions.decide(
            kept.pk, _decision_draft(given), by=request.actor, key=given["key"] or uuid7(), today=today
        ),
    )


@member(Verb.KEEP_COMMITTEES)
def mend_decision(request: MemberRequest, decision: UUID) -> HttpResponse:
    """Write a decision as it was taken; its number stays."""
    one = _own_decision(request, decision)
    today = today_in(request.office.time_zone)

    def now() -> Values:
        fresh = _own_decision(request, decision)
        kept = {name: getattr(fresh, name) for name in ("text", "votes_for", "votes_against", "abstentions")}
        return {**kept, "item": str(fresh.item_id or ""), "version": fresh.session.version}

    sheet = _decision_sheet(
        own_session(request, one.session_id), now=now, title=_("Corregir el acuerdo %(label)s") % {"label": one.label}
    )
    return answered(
        request,
        sheet,
        do=lambda given: actions.mend_decision(
            one.pk, _decision_draft(given), by=request.actor, version=given["version"], today=today
        ),
    )


def _own_decision(request: MemberRequest, decision: UUID) -> Decision:
    one = decisions_of(request.office.pk).filter(pk=decision).first()
    if one is None:
        raise Http404
    return one


@member(Verb.READ_COMMITTEES)
def minutes(request: MemberRequest, session: UUID, format_: str) -> HttpResponse:
    """Give the minutes as Word or PDF, written from the record; a session to come has none."""
    kept = own_session(request, session)
    if format_ not in FORMATS or kept.state not in {SessionState.HELD, SessionState.MEETING}:
        raise Http404
    return answer_with(minutes_of(kept), format_, name=f"acta-{kept.on}-{slugify(kept.committee.name)}"[:80])


@member(Verb.KEEP_COMMITTEES)
def sign_minutes(request: MemberRequest, session: UUID) -> HttpResponse:
    """Keep the minutes as they were signed."""
    kept = own_session(request, session)

    @files_first  # what is refused leaves no document behind
    def do(given: Values) -> None:
        about = About(language="es", dated_on=kept.on, source=kept.committee.name)
        document = kept_upload(given["document"], request=request, about=about)
        signed = own_session(request, session).minutes
        if signed and signed.digest == document.digest:
            return  # the button was pressed twice
        reason = given.get("reason", "")
        actions.keep_minutes(kept.pk, document.pk, by=request.actor, version=given["version"], reason=reason)

    def make(*given: Any, **more: Any) -> MinutesForm:
        return MinutesForm(*given, is_replaced=kept.minutes is not None, **more)

    sheet = Sheet(
        title=_("Guardar el acta firmada"),
        lede=_("Desde entonces la asistencia y los acuerdos de la sesión ya no cambian."),
        submit=_("Guardar el acta"),
        said=_("Acta firmada guardada."),
        back=_address(kept),
        where=_way(kept),
        make=make,
        now=lambda: {"version": own_session(request, session).version},
    )
    return answered(request, sheet, do=do)


@member(Verb.READ_COMMITTEES)
def signed_minutes(request: MemberRequest, session: UUID) -> HttpResponse:
    """Give the signed minutes back, as an attachment."""
    kept = own_session(request, session)
    if kept.minutes is None:
        raise Http404
    try:
        return cast("HttpResponse", attachment(kept.minutes))
    except NoDocumentError as gone:
        raise Http404 from gone
