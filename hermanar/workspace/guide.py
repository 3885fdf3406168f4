"""The guide of a file: which steps are done, which one is next, why the later ones are not open, until when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from hermanar.agreements.models import Agreement, ProcedureStep
from hermanar.agreements.queries import DueInFile, days_of, due_in_file
from hermanar.agreements.rules import (
    MAIN_PATH,
    FileFacts,
    closed_by,
    is_signed,
    lacks_backing,
    missing_opinion,
    missing_signed_texts,
    missing_texts,
)
from hermanar.agreements.vocabulary import Regime, Stage
from hermanar.agreements.vocabulary.procedure import Covered, DueKind, Refusal, Step
from hermanar.foundation.access import Actor, can_in
from hermanar.foundation.calendar.sayings import say
from hermanar.foundation.calendar.working_days import WorkingDays
from hermanar.workspace.acts import VERBS
from hermanar.workspace.forms.words import language_name

_CURE = (
    Step.INFORM_MINISTRY,
    Step.SIGN,
    Step.REQUEST_OPINION,
    Step.RECORD_OPINION,
    Step.SEND_SIGNED_COPIES,
    Step.RECORD_REGISTRATION,
)
_FILED = (Step.INFORM_MINISTRY, Step.SIGN, Step.SEND_SIGNED_COPIES)
# What another office does; this one waits, or writes down what came by letter.
_AWAITED = frozenset({Step.RECORD_OPINION, Step.RECORD_REGISTRATION})
_BESIDE = (
    Step.RECORD_OBSERVATIONS,
    Step.REQUEST_OPINION,
    Step.SIGN,
    Step.RENEW,
    Step.REAFFIRM,
    Step.SUSPEND,
    Step.RESUME,
    Step.PUBLISH,
    Step.UNPUBLISH,
    Step.TERMINATE,
    Step.ABANDON,
)


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something is not open, and where it is mended."""

    text: str | Promise
    address: str = ""
    way: str = ""  # the words that lead there, where «Ir ahí» says too little


@dataclass(frozen=True, slots=True)
class Rung:
    """A step of the rail."""

    step: Step
    state: str  # done, open, blocked (what is missing can be mended now), waits, later, skipped
    done: ProcedureStep | None = None
    reasons: tuple[Reason, ...] = ()
    may: bool = False  # the person may do it

    @property
    def label(self) -> str:
        """Return the words of the step as they begin a line."""
        words = str(self.step.label)
        return words[:1].upper() + words[1:]


@dataclass(frozen=True, slots=True)
class Guide:
    """All that the top of a file's page says."""

    rungs: tuple[Rung, ...]
    now: Rung | None
    beside: tuple[Step, ...]
    deadline: DueInFile | None
    deadline_why: str
    also_due: tuple[DueInFile, ...]
    lacks_backing: bool
    may_observe: bool = False  # observations that came by letter are written down beside what is awaited
    outdated: str = ""  # why the opinion given, or asked for, is not one on the file as it stands


def guide_of(
    kept: Agreement, *, facts: FileFacts, actor: Actor, today: dt.date, calendar: WorkingDays | None = None
) -> Guide:
    """Make the guide of a file for a person; who makes many gives the calendar of their office."""
    steps = list(kept.steps.all())
    rungs = _rungs(kept, facts=facts, steps=steps, actor=actor)
    now = next((rung for rung in rungs if rung.state in {"open", "blocked", "waits"}), None)
    office = kept.office
    assert office is not None
    due = due_in_file(kept, facts=facts, calendar=calendar or days_of(office), today=today)
    if kept.stage == Stage.ABANDONED:
        due = []
    dated = next((one for one in due if one.due.on), None)
    why = say(dated.due.explanation) if dated and dated.due.explanation else ""
    on_path = {rung.step for rung in rungs if rung.state in {"open", "blocked", "waits"}}
    may_observe = _may_observe(now, facts, kept=kept, actor=actor)
    if may_observe:
        on_path.add(Step.RECORD_OBSERVATIONS)
    beside = tuple(
        step
        for step in _BESIDE
        if step not in on_path and not closed_by(step, facts) and can_in(actor, VERBS[step], office=kept.office_id)
    )
    others = tuple(one for one in due if one is not dated and one.due.kind is not DueKind.SECOND_PERSON)
    return Guide(rungs, now, beside, dated, why, others, lacks_backing(facts), may_observe, outdated(facts))


def _may_observe(now: Rung | None, facts: FileFacts, *, kept: Agreement, actor: Actor) -> bool:
    step = Step.RECORD_OBSERVATIONS
    is_open = now is not None and now.state == "waits" and not closed_by(step, facts)
    return is_open and can_in(actor, VERBS[step], office=kept.office_id)


def outdated(facts: FileFacts) -> str:
    """Say that the text changed since the opinion was asked for and what of it changed, while that matters."""
    changed = ", ".join(str(what.label) for what in facts.changed_since_request)
    is_languages = facts.changed_since_request == (Covered.LANGUAGES,)
    if not changed or facts.regime is not Regime.TREATIES_LAW:
        return ""
    if facts.stage is Stage.CLEARED or (facts.stage is Stage.SIGNED and is_languages and not facts.awaits_late_opinion):
        return f"{Refusal.TEXT_CHANGED.label} " + _("Cambió: %(what)s.") % {"what": changed}
    if facts.stage is Stage.OPINION_REQUESTED:
        return _(
            "El texto cambió después de pedir el dictamen, y el que llegue no cubrirá lo nuevo: pídalo otra vez. "
            "Cambió: %(what)s."
        ) % {"what": changed}
    return ""


def path_of(facts: FileFacts, *, signed_without: bool) -> tuple[Step, ...]:
    """Return the steps of a file in the order they come; a past agreement has none that anybody recorded."""
    if facts.stage is Stage.RECORDED:
        return ()
    if facts.regime is Regime.TREATIES_LAW and signed_without:
        return _CURE
    if facts.regime is Regime.BETWEEN_MEXICAN and facts.is_filed:
        return _FILED
    return MAIN_PATH[facts.regime]


def _rungs(kept: Agreement, *, facts: FileFacts, steps: Sequence[ProcedureStep], actor: Actor) -> tuple[Rung, ...]:
    signed_without = any(one.is_without_opinion for one in steps)
    found: list[Rung] = []
    if facts.stage is Stage.ABANDONED:
        return ()
    for step in path_of(facts, signed_without=signed_without):
        last = next((one for one in reversed(steps) if one.step == step), None)
        may = can_in(actor, VERBS[step], office=kept.office_id)
        refused = _refusals(step, facts)
        if last and _is_done(step, facts):
            found.append(Rung(step, "done", last))
        elif step is Step.INFORM_MINISTRY and is_signed(facts.stage):
            found.append(Rung(step, "skipped"))
        elif any(rung.state in {"open", "blocked", "waits"} for rung in found):
            found.append(Rung(step, "later", None, _later(refused, kept=kept, facts=facts, before=found[-1])))
        elif step in _AWAITED and not refused:
            found.append(Rung(step, "waits", None, (), may and step is not Step.RECORD_REGISTRATION))
        else:
            found.append(Rung(step, "blocked" if refused else "open", None, reasons(refused, kept, facts=facts), may))
    return tuple(found)


def _is_done(step: Step, facts: FileFacts) -> bool:
    if step is Step.RECORD_OPINION:
        return facts.has_favourable_opinion
    if step is Step.REQUEST_OPINION:
        asked = facts.stage is Stage.OPINION_REQUESTED or facts.awaits_late_opinion
        return asked or facts.has_favourable_opinion
    return True


def _refusals(step: Step, facts: FileFacts) -> tuple[Refusal, ...]:
    closed = closed_by(step, facts)
    missing = missing_opinion(facts) if step is Step.SIGN else None
    return (*closed, missing) if missing else closed


def _later(refused: Iterable[Refusal], *, kept: Agreement, facts: FileFacts, before: Rung) -> tuple[Reason, ...]:
    said = [one for one in refused if one is not Refusal.WRONG_STAGE]
    first = Reason(_("Antes va: %(step)s.") % {"step": before.step.label})
    return (first, *reasons(said, kept, facts=facts))


def reasons(refused: Iterable[Refusal], kept: Agreement, *, facts: FileFacts) -> tuple[Reason, ...]:
    """Say refusals in words, each with the address of the very field that mends it, where there is one."""
    found: list[Reason] = []
    for refusal in refused:
        languages = _languages_of(refusal, facts)
        if languages:
            found += [_missing_text(kept, language, refusal=refusal) for language in languages]
        else:
            found.append(Reason(refusal.label, address_of(refusal, kept)))
    return tuple(found)


def _languages_of(refusal: Refusal, facts: FileFacts) -> list[str]:
    if refusal in {Refusal.NO_TEXT, Refusal.MISSING_LANGUAGES}:
        return missing_texts(facts)
    return missing_signed_texts(facts) if refusal is Refusal.MISSING_SIGNED_TEXTS else []


def _missing_text(kept: Agreement, language: str, *, refusal: Refusal) -> Reason:
    is_signed_copy = refusal is Refusal.MISSING_SIGNED_TEXTS
    words = _("Falta la copia firmada en %(language)s.") if is_signed_copy else _("Falta el texto en %(language)s.")
    query = {"idioma": language, **({"firmada": "1"} if is_signed_copy else {})}
    address = f"{reverse('workspace:text', args=[kept.pk])}?{urlencode(query)}"
    told = {"language": language_name(language)}
    way = _("Subir la copia firmada en %(language)s") if is_signed_copy else _("Subir el texto en %(language)s")
    return Reason(words % told, address, way % told)


_FIELDS = {
    Refusal.NO_AREAS: "areas",
    Refusal.NO_PLANNED_SIGNATURE: "planned_signature_on",
    Refusal.NOT_FILED: "is_filed",
}


def address_of(refusal: Refusal, kept: Agreement) -> str:
    """Return where a refusal is mended, or nothing."""
    if refusal in _FIELDS:
        return f"{reverse('workspace:edit', args=[kept.pk])}#id_{_FIELDS[refusal]}"
    if refusal in {Refusal.NO_TEXT, Refusal.MISSING_LANGUAGES}:
        return reverse("workspace:text", args=[kept.pk])
    if refusal is Refusal.MISSING_SIGNED_TEXTS:
        return f"{reverse('workspace:text', args=[kept.pk])}?firmada=1"
    if refusal in {Refusal.LACKS_BACKING, Refusal.TEXT_CHANGED}:
        return reverse("workspace:step", args=[kept.pk, Step.REQUEST_OPINION])
    return ""


def regime_told(regime: Regime) -> dict[str, Any]:
    """Say which procedure applies and what follows from it, with the article."""
    return {
        Regime.TREATIES_LAW: {
            "title": _("Va por la Cancillería"),
            "text": _(
                "Es un acuerdo interinstitucional: lo rige la Ley sobre la Celebración de Tratados (arts. 2, fracción "
                "II, y 7). Se informa a la Secretaría de Relaciones Exteriores, se pide su dictamen al menos dos "
                "semanas antes de la firma, se firma solo con dictamen favorable y después se inscribe. Firmado sin "
                "dictamen carece de validez."
            ),
        },
        Regime.BETWEEN_MEXICAN: {
            "title": _("No va por la Cancillería"),
            "text": _(
                "Entre ciudades mexicanas no hay dictamen ni inscripción: la Ley sobre la Celebración de Tratados "
                "(art. 2, fracción II) solo cubre acuerdos con órganos extranjeros u organismos internacionales. Puede "
                "firmarse cuando el texto esté listo. Si su oficina quiere, lo lleva también ante la Cancillería."
            ),
        },
        Regime.PRIVATE_COUNTERPART: {
            "title": _("Queda fuera de la ley de tratados"),
            "text": _(
                "La contraparte es privada: la Ley sobre la Celebración de Tratados (art. 2, fracción II) solo cubre "
                "órganos gubernamentales y organismos internacionales. La Cancillería no dictamina ni inscribe. Lo que "
                "procede es un convenio o contrato según el derecho de su municipio o estado: pídalo a su propia área "
                "jurídica. Aquí puede llevar el expediente y asentar la firma."
            ),
        },
        Regime.FOREIGN_ONLY: {
            "title": _("La oficina debe ser parte"),
            "text": str(Refusal.FOREIGN_ONLY.label),
        },
    }[regime]
