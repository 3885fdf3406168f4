"""What a past agreement of an office says is put right, on the word of a paper, and what it said stays known."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from hermanar.agreements import rules
from hermanar.agreements.actions.drafts import PartyDraft
from hermanar.agreements.actions.editing import Told, write_correction
from hermanar.agreements.actions.filing import atomic, fetch, hold, office_source, refuse
from hermanar.agreements.actions.past import PastDraft
from hermanar.agreements.actions.recording import describes, describing_titles
from hermanar.agreements.models import Agreement
from hermanar.agreements.queries import party_cards
from hermanar.agreements.rules import ActFacts, PastFacts, StepRefusedError
from hermanar.agreements.vocabulary import ActKind, Field, Kind, Role, Stage
from hermanar.agreements.vocabulary.procedure import Refusal
from hermanar.foundation.access import Actor, Verb, can_in
from hermanar.foundation.calendar import PartialDate, Precision, parse_partial
from hermanar.foundation.models import Statement

# Which column is told by which statement; the number and the day of an entry in the register stand by that it is there.
_STATED = {
    "kind": Field.KIND,
    "signed_on": Field.SIGNED_ON,
    "signed_precision": Field.SIGNED_ON,
    "term_years": Field.TERM_YEARS,
    "registered": Field.REGISTERED,
}
_OF_ENTRY = {"registration_number", "registered_on"}


@atomic
def correct_past(
    agreement: UUID, *, by: Actor, version: int, values: Mapping[str, Any], passage: str, today: dt.date
) -> None:
    """Correct what a past agreement of the office says, on the word of a paper it names.

    What the office itself said before of these fields goes, for its slip is no second opinion, and stays in the
    versions with its paper; what other sources say stays beside it. A title that only describes follows the kind.
    Raises NotAllowedError, EditConflictError, StepRefusedError, CorrectionError for a value the field does not take,
    and DoesNotExist outside the office.
    """
    kept = hold(fetch(agreement, by=by, verb=Verb.TAKE_OVER), version=version)
    if kept.stage != Stage.RECORDED:
        refuse(Refusal.WRONG_STAGE)
    if not may_correct(kept, by=by):
        refuse(Refusal.IS_PUBLIC)
    if not values:
        return
    if _OF_ENTRY & values.keys():
        values = {"registered": kept.registered, **values}
    _check(kept, values, passage=passage, today=today)
    own = office_source(kept)
    titles, is_official = _titles_after(kept, values)
    told = Told({**titles, **values}, own.key, passage.strip())
    fields = {_STATED[name].value for name in values if name in _STATED}
    Statement.objects.filter(subject=kept.pk, source=own, field__in=fields).delete()
    write_correction(kept.pk, told, by=by, version=version, chain=str(kept.office_id), has_official_title=is_official)


def may_correct(kept: Agreement, *, by: Actor) -> bool:
    """Say whether the actor may correct a past agreement: what the public sees, only who may publish it."""
    if kept.stage != Stage.RECORDED or not can_in(by, Verb.TAKE_OVER, office=kept.office_id):
        return False
    return kept.published_at is None or can_in(by, Verb.PUBLISH_AGREEMENT, office=kept.office_id)


def _check(kept: Agreement, values: Mapping[str, Any], *, passage: str, today: dt.date) -> None:
    before = {name: getattr(kept, name) for name in ("stage", *rules.CORRECTABLE)}
    rules.check_correction(values, kept=before)
    acts = [
        ActFacts(ActKind(kind), PartialDate(on, Precision(precision)).last, until)
        for kind, on, precision, until in kept.acts.values_list("kind", "on", "precision", "until")
    ]
    refused = rules.refused_corrections(_facts(before), _facts({**before, **values}), acts=acts, today=today)
    if not passage.strip():
        refused = (Refusal.NO_SOURCE, *refused)
    if refused:
        raise StepRefusedError(refused)


def _facts(said: Mapping[str, Any]) -> PastFacts:
    return PastFacts(
        signed=PartialDate(said["signed_on"], Precision(said["signed_precision"])),
        term_years=said["term_years"],
        is_open_ended=said["is_open_ended"],
        registered_on=parse_partial(said["registered_on"]),
    )


def _titles_after(kept: Agreement, values: Mapping[str, Any]) -> tuple[dict[str, str], bool]:
    """Return the describing titles that follow another kind, and whether the title is then one that somebody gave."""
    parties = [PartyDraft(one.place_id, Role(one.role)) for one in kept.parties.all()]
    described = PastDraft(parties, Kind(values.get("kind", kept.kind)), "")
    now_es, now_en = describing_titles(described, party_cards({party.place_id for party in parties}))
    titles: dict[str, str] = {}
    if "kind" in values and not kept.has_official_title:
        titles["title_es"] = now_es
    if "kind" in values and describes(kept.title_en, Kind(kept.kind)):
        titles["title_en"] = now_en
    given = values.get("title_es")
    return titles, kept.has_official_title if given is None else given != now_es


__all__ = ["correct_past", "may_correct"]
