"""What is recorded of a tie and what is missing, in words: where each is, who brings it about, on which page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from hermanar.agreements.vocabulary import Registered, Stage
from hermanar.agreements.vocabulary.procedure import Step
from hermanar.cooperation.models import Stakeholder
from hermanar.cooperation.rules.path import BEYOND_GOVERNMENT, is_after, is_before
from hermanar.cooperation.vocabulary.path import Need
from hermanar.cooperation.vocabulary.requests import RequestSide
from hermanar.cooperation.vocabulary.stakeholders import TieSide
from hermanar.foundation.access import GRANTED, Actor, Role, Verb, can_in
from hermanar.offices.vocabulary import MemberRole
from hermanar.planning.models import Assessment
from hermanar.planning.vocabulary import REACH
from hermanar.workspace.due import address_of
from hermanar.workspace.path_evidence import Gathered, closed_on

_OFFICE = gettext_lazy("la oficina")
_TOGETHER = gettext_lazy("la oficina, con la otra ciudad")
_COMMITTEES = gettext_lazy("los comités, con la oficina")
_MINISTRY = gettext_lazy("la Cancillería, a petición de la oficina")
# Who brings a thing about, and the verb by which the office records it.
DOERS: dict[Need, tuple[str | Promise, Verb]] = {
    Need.CITY_CHOSEN: (gettext_lazy("quien gobierna la ciudad, con lo que prepara la oficina"), Verb.DECIDE_CITY),
    Need.INTENT_AGREED: (gettext_lazy("las dos ciudades"), Verb.ANSWER_REQUEST),
    Need.OWN_ACTORS: (_OFFICE, Verb.NAME_STAKEHOLDERS),
    Need.OTHER_ACTORS: (_TOGETHER, Verb.NAME_STAKEHOLDERS),
    Need.AREAS_NAMED: (_TOGETHER, Verb.EDIT_FILE),
    Need.COMMITTEES: (_OFFICE, Verb.KEEP_COMMITTEES),
    Need.PLAN_MADE: (_COMMITTEES, Verb.KEEP_PLANS),
    Need.ACTIVITIES_PLANNED: (_COMMITTEES, Verb.KEEP_PLANS),
    Need.ASSESSED_BEFORE: (_COMMITTEES, Verb.CLOSE_ASSESSMENT),
    Need.SIGNED: (gettext_lazy("quienes firman por cada ciudad"), Verb.SIGN),
    Need.BACKED: (_MINISTRY, Verb.REQUEST_OPINION),
    Need.REGISTERED: (_MINISTRY, Verb.SEND_SIGNED_COPIES),
    Need.ACTIVITIES_DONE: (_COMMITTEES, Verb.NOTE_ACTIVITY),
    Need.ASSESSED_DURING: (_COMMITTEES, Verb.CLOSE_ASSESSMENT),
    Need.BEYOND_GOVERNMENT: (_TOGETHER, Verb.NAME_STAKEHOLDERS),
    Need.OWN_RESOURCES: (_OFFICE, Verb.NAME_STAKEHOLDERS),
    Need.OTHER_RESOURCES: (_TOGETHER, Verb.NAME_STAKEHOLDERS),
    Need.SESSIONS_HELD: (_COMMITTEES, Verb.KEEP_COMMITTEES),
    Need.BOTH_WAYS: (_TOGETHER, Verb.NOTE_ACTIVITY),
}
_MOST_NAMES = 3


@dataclass(frozen=True, slots=True)
class Proof:
    """Something recorded, when (a day, or a partial date as far as it is known), and where it is."""

    words: str
    address: str = ""
    on: dt.date | str | None = None


@dataclass(frozen=True, slots=True)
class Task:
    """Something missing: what, who brings it about, who in the office records it, and where."""

    words: str
    doer: str
    roles: str
    address: str = ""
    may: bool = False


def proofs_of(need: Need, found: Gathered) -> Iterator[Proof]:
    """Yield what is recorded of a kind, however little of it there is."""
    yield from _PROOFS[need](found)


def tasks_of(need: Need, found: Gathered, *, actor: Actor) -> Iterator[Task]:
    """Yield what is missing of a kind."""
    doer, verb = DOERS[need]
    may = can_in(actor, verb, office=found.agreement.office_id)
    for words, address in _missing(need, found):
        yield Task(words, str(doer), roles_told(verb), address, may)


def roles_told(verb: Verb) -> str:
    """Name the roles of an office that may record something."""
    return ", ".join(str(one.label) for one in MemberRole if verb in GRANTED[Role(one.value)])


# ── what is recorded ─────────────────────────────────────────────────────────────────────────────────────────────────


def _city_chosen(found: Gathered) -> Iterator[Proof]:
    if (one := found.choice) and is_before(found.evidence, one.on):
        told = {"city": one.candidate.name, "who": one.decider}
        address = address_of("workspace:selection", selection=one.selection_id)
        yield Proof(_("Se eligió a %(city)s; lo decidió: %(who)s") % told, address, one.on)
    if (kept := found.request) and kept.answered_on and is_before(found.evidence, kept.answered_on):
        words = _("Se aceptó por esto: %(why)s") % {"why": kept.answer_reason}
        yield Proof(words, address_of("workspace:request", asked=kept.pk), kept.answered_on)


def _intent_agreed(found: Gathered) -> Iterator[Proof]:
    if (kept := found.request) and kept.answered_on and is_before(found.evidence, kept.answered_on):
        words = _("Propuesta de la oficina, aceptada")
        if kept.side == RequestSide.RECEIVED:
            words = _("Solicitud de %(who)s, aceptada") % {"who": kept.requester}
        yield Proof(words, address_of("workspace:request", asked=kept.pk), kept.answered_on)


def _named(found: Gathered, there: Iterable[Stakeholder]) -> Iterator[Proof]:
    names = [one.name for one in there]
    if names:
        rest = len(names) - _MOST_NAMES
        said = ", ".join(names[:_MOST_NAMES])
        more = ngettext(" y %(count)d más", " y %(count)d más", rest) % {"count": rest} if rest > 0 else ""
        yield Proof(said + more, _map(found))


def _on(side: TieSide) -> Callable[[Gathered], Iterator[Proof]]:
    return lambda found: _named(found, [one for one in found.stakeholders if one.side == side])


def _resources_of(side: TieSide) -> Callable[[Gathered], Iterator[Proof]]:
    def told(found: Gathered) -> Iterator[Proof]:
        return _named(found, [one for one in found.stakeholders if one.side == side and one.resources])

    return told


def _beyond_government(found: Gathered) -> Iterator[Proof]:
    return _named(found, [one for one in found.stakeholders if one.kind in BEYOND_GOVERNMENT])


def _areas_named(found: Gathered) -> Iterator[Proof]:
    if found.areas:
        words = ", ".join(str(area.label) for area, _kept in found.areas)
        yield Proof(words, address_of("workspace:file", agreement=found.agreement.pk))


def _committees(found: Gathered) -> Iterator[Proof]:
    for area, kept in found.areas:
        if kept and area in found.manned:
            yield Proof(kept.name, address_of("workspace:committee", committee=kept.pk), kept.founded_on)


def _plan_made(found: Gathered) -> Iterator[Proof]:
    if one := found.plan:
        words = _("Plan %(years)s") % {"years": str(one)}
        yield Proof(words, address_of("workspace:plan", plan=one.pk))


def _activities_planned(found: Gathered) -> Iterator[Proof]:
    if found.plan and found.planned_count:
        told = {"count": found.planned_count}
        words = ngettext("%(count)d actividad planeada", "%(count)d actividades planeadas", found.planned_count) % told
        yield Proof(words, address_of("workspace:plan", plan=found.plan.pk))


def _assessed(found: Gathered, assessments: Iterable[Assessment]) -> Iterator[Proof]:
    for one in assessments:
        yield Proof(one.outline.title_es, address_of("workspace:assessment", assessment=one.pk), one.on)


def _assessed_before(found: Gathered) -> Iterator[Proof]:
    return _assessed(found, [one for one in found.reach if is_before(found.evidence, closed_on(one))][-1:])


def _assessed_during(found: Gathered) -> Iterator[Proof]:
    return _assessed(found, [one for one in found.assessments if is_after(found.evidence, one.on)][-1:])


def _signed(found: Gathered) -> Iterator[Proof]:
    kept = found.agreement
    if found.evidence.is_signed:
        yield Proof(_("Se firmó"), address_of("workspace:file", agreement=kept.pk), str(kept.signed))


def _backed(found: Gathered) -> Iterator[Proof]:
    step = found.agreement.steps.filter(step=Step.RECORD_OPINION).order_by("-number").first()
    if step and found.facts.has_favourable_opinion:
        words = _("Dictamen favorable: %(letter)s") % {"letter": step.letter or _("sin número de oficio")}
        yield Proof(words, address_of("workspace:file", agreement=found.agreement.pk), step.on)


def _registered(found: Gathered) -> Iterator[Proof]:
    if found.evidence.is_registered:
        number = found.agreement.registration_number
        words = _("Inscrito con el número %(number)s") % {"number": number} if number else _("Consta como inscrito")
        yield Proof(words, address_of("workspace:file", agreement=found.agreement.pk))
    elif found.agreement.registered == Registered.NO and found.facts.stage is Stage.RECORDED:
        yield Proof(_("Consta que no está inscrito"), address_of("workspace:file", agreement=found.agreement.pk))


def _activities_done(found: Gathered) -> Iterator[Proof]:
    after = [one for one in found.activities if one.ended_on and is_after(found.evidence, one.ended_on)]
    if after:
        told = {"count": len(after), "what": after[-1].description_es}
        words = ngettext("%(count)d actividad: «%(what)s»", "%(count)d actividades; la última, «%(what)s»", len(after))
        yield Proof(words % told, _life(found), after[-1].ended_on)


def _sessions_held(found: Gathered) -> Iterator[Proof]:
    if found.sessions:
        last = found.sessions[-1]
        words = ngettext("%(count)d sesión", "%(count)d sesiones; la última", len(found.sessions))
        address = address_of("workspace:session", session=last.pk)
        yield Proof(words % {"count": len(found.sessions)}, address, last.on)


def _both_ways(found: Gathered) -> Iterator[Proof]:
    if found.activities:
        words = sorted({str(one.get_direction_display()) for one in found.activities})
        yield Proof(_("Actividades: %(ways)s") % {"ways": ", ".join(words)}, _life(found))


_PROOFS: dict[Need, Callable[[Gathered], Iterator[Proof]]] = {
    Need.CITY_CHOSEN: _city_chosen,
    Need.INTENT_AGREED: _intent_agreed,
    Need.OWN_ACTORS: _on(TieSide.OWN),
    Need.OTHER_ACTORS: _on(TieSide.OTHER),
    Need.AREAS_NAMED: _areas_named,
    Need.COMMITTEES: _committees,
    Need.PLAN_MADE: _plan_made,
    Need.ACTIVITIES_PLANNED: _activities_planned,
    Need.ASSESSED_BEFORE: _assessed_before,
    Need.SIGNED: _signed,
    Need.BACKED: _backed,
    Need.REGISTERED: _registered,
    Need.ACTIVITIES_DONE: _activities_done,
    Need.ASSESSED_DURING: _assessed_during,
    Need.BEYOND_GOVERNMENT: _beyond_government,
    Need.OWN_RESOURCES: _resources_of(TieSide.OWN),
    Need.OTHER_RESOURCES: _resources_of(TieSide.OTHER),
    Need.SESSIONS_HELD: _sessions_held,
    Need.BOTH_WAYS: _both_ways,
}


# ── what is missing ──────────────────────────────────────────────────────────────────────────────────────────────────


def _missing(need: Need, found: Gathered) -> Iterator[tuple[str, str]]:
    """Yield what is missing of a kind and the page that adds it."""
    if found.facts.stage is Stage.RECORDED and need in _OF_THE_PROCEDURE:
        return  # the file of a past agreement has no such step to do
    if need is Need.COMMITTEES:
        yield from _missing_committees(found)
    elif need in _WORDS:
        yield str(_WORDS[need]), _address(need, found)


_OF_THE_PROCEDURE = frozenset({Need.BACKED, Need.REGISTERED})
_WORDS: dict[Need, str | Promise] = {
    Need.CITY_CHOSEN: gettext_lazy("Comparar ciudades y asentar la decisión con sus motivos, o aceptar una solicitud."),
    Need.INTENT_AGREED: gettext_lazy("Asentar quién lo pidió, con qué escrito, y que la otra parte aceptó."),
    Need.OWN_ACTORS: gettext_lazy("Nombrar a quienes participan de nuestro lado."),
    Need.OTHER_ACTORS: gettext_lazy("Nombrar a quienes participan del otro lado."),
    Need.AREAS_NAMED: gettext_lazy("Escribir las áreas de cooperación del acuerdo."),
    Need.PLAN_MADE: gettext_lazy("Hacer el plan de trabajo."),
    Need.ACTIVITIES_PLANNED: gettext_lazy("Poner actividades en el plan."),
    Need.ASSESSED_BEFORE: gettext_lazy("Cerrar una evaluación antes de firmar."),
    Need.SIGNED: gettext_lazy("Firmar, y asentar la firma en el trámite."),
    Need.BACKED: gettext_lazy("Obtener el dictamen favorable: el trámite dice cómo."),
    Need.REGISTERED: gettext_lazy("Enviar las copias firmadas y recibir el número de inscripción."),
    Need.ACTIVITIES_DONE: gettext_lazy("Anotar lo que se ha hecho después de la firma."),
    Need.ASSESSED_DURING: gettext_lazy("Cerrar una evaluación de lo hecho después de la firma."),
    Need.BEYOND_GOVERNMENT: gettext_lazy(
        "Involucrar de los dos lados a quien no es gobierno: sociedad, empresas, academia."
    ),
    Need.OWN_RESOURCES: gettext_lazy("Decir con qué recursos cuenta nuestro lado."),
    Need.OTHER_RESOURCES: gettext_lazy("Decir con qué recursos cuenta el otro lado."),
    Need.SESSIONS_HELD: gettext_lazy(
        "Reunir a los comités: que todos sepan para qué es el lazo y que es de las dos ciudades."
    ),
    Need.BOTH_WAYS: gettext_lazy("Hacer algo en el otro sentido, o juntos: si solo una parte da, el lazo se agota."),
}


def _missing_committees(found: Gathered) -> Iterator[tuple[str, str]]:
    key = found.agreement.pk
    if not found.areas:
        yield str(_WORDS[Need.AREAS_NAMED]), _address(Need.AREAS_NAMED, found)
    for area, kept in found.areas:
        told = {"area": area.label}
        if kept is None:
            back = {"expediente": key, "area": area.value, "vuelve": _path(found)}
            yield _("Crear el comité de %(area)s.") % told, _asking("workspace:found_committee", back)
        elif area not in found.manned:
            address = address_of("workspace:add_committee_member", committee=kept.pk)
            yield _("El comité de %(area)s no tiene integrantes.") % told, address


def _address(need: Need, found: Gathered) -> str:
    """Return the page where something missing is added."""
    to = _PAGES.get(need)
    return to(found) if to else address_of("workspace:file", agreement=found.agreement.pk)


def _asking(name: str, asked: Mapping[str, object], **arguments: object) -> str:
    address = address_of(name, **arguments)
    return f"{address}?{urlencode(asked)}" if address else ""


def _naming(side: TieSide) -> Callable[[Gathered], str]:
    def to(found: Gathered) -> str:
        asked = {"lado": side.value, "vuelve": _path(found)}
        return _asking("workspace:name_stakeholder", asked, agreement=found.agreement.pk)

    return to


def _areas_address(found: Gathered) -> str:
    return _asking("workspace:edit", {"vuelve": _path(found)}, agreement=found.agreement.pk) + "#id_areas"


def _reach_address(found: Gathered) -> str:
    return _assessment_address(found, outline=REACH)


def _assessment_address(found: Gathered, *, outline: str = "sustainability") -> str:
    if found.draft and (found.draft.outline.key == REACH) is (outline == REACH):
        return address_of("workspace:assessment", assessment=found.draft.pk)
    return _asking("workspace:begin_assessment", {"guia": outline, "acuerdo": found.agreement.pk})


def _activity_address(found: Gathered) -> str:
    return _asking("workspace:note_activity", {"expediente": found.agreement.pk})


def _plan_address(found: Gathered) -> str:
    if found.plan:
        return address_of("workspace:plan", plan=found.plan.pk)
    return _asking("workspace:make_plan", {"expediente": found.agreement.pk})


def _map(found: Gathered) -> str:
    return address_of("workspace:stakeholders", agreement=found.agreement.pk)


def _life(found: Gathered) -> str:
    return address_of("workspace:life", agreement=found.agreement.pk)


def _path(found: Gathered) -> str:
    return address_of("workspace:path", agreement=found.agreement.pk)


def _beginnings(_found: Gathered) -> str:
    return address_of("workspace:beginnings")


def _committee_list(_found: Gathered) -> str:
    return address_of("workspace:committees")


_PAGES: dict[Need, Callable[[Gathered], str]] = {
    Need.CITY_CHOSEN: _beginnings,
    Need.INTENT_AGREED: _beginnings,
    Need.OWN_ACTORS: _naming(TieSide.OWN),
    Need.OTHER_ACTORS: _naming(TieSide.OTHER),
    Need.BEYOND_GOVERNMENT: _map,
    Need.OWN_RESOURCES: _map,
    Need.OTHER_RESOURCES: _map,
    Need.AREAS_NAMED: _areas_address,
    Need.PLAN_MADE: _plan_address,
    Need.ACTIVITIES_PLANNED: _plan_address,
    Need.ASSESSED_BEFORE: _reach_address,
    Need.ASSESSED_DURING: _assessment_address,
    Need.ACTIVITIES_DONE: _activity_address,
    Need.BOTH_WAYS: _activity_address,
    Need.SESSIONS_HELD: _committee_list,
}
