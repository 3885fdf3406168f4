"""The register as its keeper sees it: every signed agreement of every office, and what each still lacks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.http import Http404
from django.utils.translation import gettext as _

from hermanar.agreements.actions import refused_to_register
from hermanar.agreements.models import Agreement
from hermanar.agreements.queries import file_facts, in_register
from hermanar.agreements.rules import closed_by
from hermanar.agreements.vocabulary import Stage
from hermanar.agreements.vocabulary.procedure import Refusal, Step
from hermanar.foundation.access import Actor
from hermanar.foundation.tables import Column
from hermanar.workspace.lines import counterpart_of, saying, signed_of

_OPINION_ROUNDS = (Step.RECORD_OPINION.value, Step.REQUEST_OPINION.value)


@dataclass(frozen=True, slots=True)
class Entry:
    """An agreement in the register's list."""

    file: Agreement
    counterpart: str
    lacks_backing: bool

    @property
    def is_awaiting(self) -> bool:
        """Say whether it can be entered: the signed copies came."""
        return self.file.stage == Stage.COPIES_SENT and not self.lacks_backing


def columns() -> tuple[Column, ...]:
    """Return the columns of the register as a table, with headings in the reader's language."""
    return (
        Column(_("número de inscripción"), lambda entry: entry.file.registration_number),
        Column(_("fecha de inscripción"), lambda entry: entry.file.registered_on),
        Column(_("oficina"), lambda entry: entry.file.office.name),
        Column(_("expediente"), lambda entry: entry.file.number),
        Column(_("título"), lambda entry: entry.file.title_es),
        Column(_("contraparte"), lambda entry: entry.counterpart),
        Column(_("fecha de firma"), lambda entry: signed_of(entry.file)),
        Column(_("etapa"), lambda entry: str(entry.file.get_stage_display())),
        Column(_("carece de respaldo"), lambda entry: entry.lacks_backing),
    )


def entries(*, text: str = "", state: str = "", office: str = "") -> list[Entry]:
    """Return the register narrowed to what is asked; what awaits its entry first, then the newest."""
    found = saying(in_register(), text)
    if office:
        found = found.filter(office__slug=office)
    kept = [_entry(one) for one in found.prefetch_related("parties__place", "steps")]
    wanted = {
        "awaiting": lambda one: one.is_awaiting,
        "registered": lambda one: one.file.stage == Stage.REGISTERED,
        "lacking": lambda one: one.lacks_backing,
    }.get(state)
    chosen: Iterable[Entry] = filter(wanted, kept) if wanted else kept
    return sorted(chosen, key=lambda one: not one.is_awaiting)


def _entry(kept: Agreement) -> Entry:
    """Read a line from what is already fetched; the opinion that stands is the last one no later request replaced."""
    rounds = [step for step in kept.steps.all() if step.step in _OPINION_ROUNDS]
    has_opinion = bool(rounds) and rounds[-1].step == Step.RECORD_OPINION and rounds[-1].is_favourable is True
    was_signed_without = any(step.is_without_opinion for step in kept.steps.all())
    return Entry(kept, counterpart_of(kept), was_signed_without and not has_opinion)


def registered_file(agreement: UUID) -> Agreement:
    """Return a signed agreement of any office. Raises Http404."""
    kept = in_register().filter(pk=agreement).prefetch_related("parties__place", "steps").first()
    if kept is None:
        raise Http404
    return kept


def refusals(kept: Agreement, *, by: Actor, today: dt.date) -> list[Refusal]:
    """Say everything that keeps this person from entering this agreement now."""
    return [*refused_to_register(kept, by=by), *closed_by(Step.RECORD_REGISTRATION, file_facts(kept, today=today))]
