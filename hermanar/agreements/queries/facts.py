"""What the steps and terms of files depend on, read for one file or for all of an office by the same few questions."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Case, Exists, OuterRef, QuerySet, When

from hermanar.agreements.models import (
    Agreement,
    AgreementArea,
    AgreementVersion,
    LegalAct,
    Party,
    ProcedureStep,
    TextVersion,
)
from hermanar.agreements.rules import (
    ActFacts,
    FileFacts,
    ForceFacts,
    Opinion,
    Particulars,
    PartyFacts,
    awaits_opinion,
    changed_since,
    force,
    force_facts,
    last_days,
    regime,
)
from hermanar.agreements.vocabulary import ActKind, Regime, Stage, Standing
from hermanar.agreements.vocabulary.procedure import Step
from hermanar.directory.vocabulary import PlaceKind
from hermanar.foundation.calendar import PartialDate, Precision

_BATCH = 500
_OF_OPINION = (Step.REQUEST_OPINION, Step.RECORD_OPINION, Step.SIGN)


class _Act(NamedTuple):
    """What is asked of an act of law; rows, for an office with thousands of files has tens of thousands."""

    kind: str
    on: dt.date | None
    precision: str
    until: dt.date | None


class _Step(NamedTuple):
    """What is asked of a step of an opinion."""

    step: str
    at: dt.datetime
    is_favourable: bool | None


@dataclass(slots=True)
class _Records:
    """What is kept of one file, each in its order."""

    regime: Regime = Regime.FOREIGN_ONLY
    acts: list[_Act] = field(default_factory=list)
    steps: list[tuple[str, dt.date]] = field(default_factory=list)
    of_opinion: list[_Step] = field(default_factory=list)
    texts: list[tuple[str, bool]] = field(default_factory=list)  # language, signed
    drafts: list[dt.datetime] = field(default_factory=list)  # when each unsigned text came
    particulars: list[Particulars] = field(default_factory=list)
    has_areas: bool = False


def file_facts(agreement: Agreement, *, today: dt.date) -> FileFacts:
    """Return what the steps of a file depend on."""
    return _facts(agreement, _records([agreement.pk])[agreement.pk], today=today)


def facts_of_files(files: QuerySet[Agreement], *, today: dt.date) -> dict[UUID, FileFacts]:
    """Return what the steps of each of these files depend on, by as many questions as for one."""
    records = _records(files.order_by().values("pk"))
    return {one.pk: _facts(one, records[one.pk], today=today) for one in files}


def _records(which: Any) -> defaultdict[UUID, _Records]:
    """Read what is kept of files, given by their keys or by the question that finds them."""
    found: defaultdict[UUID, _Records] = defaultdict(_Records)
    _read_parties(which, found)
    for key, *act in LegalAct.objects.filter(agreement__in=which).values_list("agreement", *_Act._fields):
        found[key].acts.append(_Act(*act))
    _read_steps(which, found)
    _read_texts(which, found)
    asked = ProcedureStep.objects.filter(agreement__in=which, step=Step.REQUEST_OPINION).values("agreement")
    kept = AgreementVersion.objects.filter(agreement__in=asked).order_by("number")
    for key, at, values in kept.values_list("agreement", "at", "values"):
        found[key].particulars.append(Particulars(at, values))
    return found


def _read_parties(which: Any, found: Mapping[UUID, _Records]) -> None:
    areas = AgreementArea.objects.filter(agreement=OuterRef("agreement"))
    facts: dict[UUID, list[PartyFacts]] = defaultdict(list)
    # Whether there are areas comes with the parties, which every agreement has: one question less.
    rows = _sides(which).annotate(has_areas=Exists(areas))
    for key, *side, has_areas in rows.values_list("agreement", *_SIDE, "has_areas"):
        facts[key].append(_party_facts(*side))
        found[key].has_areas = has_areas
    for key, parties in facts.items():
        found[key].regime = regime(parties)


def _read_steps(which: Any, found: Mapping[UUID, _Records]) -> None:
    # A moment is slow to read: only of those that are asked for it.
    moment = Case(When(step__in=_OF_OPINION, then="at"))
    rows = ProcedureStep.objects.filter(agreement__in=which).order_by("number").annotate(moment=moment)
    for key, step, on, at, is_favourable in rows.values_list("agreement", "step", "on", "moment", "is_favourable"):
        found[key].steps.append((step, on))
        if at:
            found[key].of_opinion.append(_Step(step, at, is_favourable))


def _read_texts(which: Any, found: Mapping[UUID, _Records]) -> None:
    rows = TextVersion.objects.filter(text__agreement__in=which).annotate(came=Case(When(is_signed=False, then="at")))
    for key, language, is_signed, at in rows.values_list("text__agreement", "text__language", "is_signed", "came"):
        found[key].texts.append((language, is_signed))
        if at:
            found[key].drafts.append(at)


def _facts(agreement: Agreement, known: _Records, *, today: dt.date) -> FileFacts:
    force_now = _force_facts(agreement, known.acts)
    opinion = _opinion(known)
    return FileFacts(
        stage=Stage(agreement.stage),
        regime=known.regime,
        force=force(force_now, today),
        is_open_ended=agreement.is_open_ended,
        is_published=agreement.published_at is not None,
        is_filed=agreement.is_filed,
        has_areas=known.has_areas,
        languages=frozenset(agreement.languages.split()),
        languages_with_text=frozenset(language for language, _signed in known.texts),
        languages_signed=frozenset(language for language, is_signed in known.texts if is_signed),
        has_favourable_opinion=opinion.stands,
        changed_since_request=opinion.changed,
        awaits_late_opinion=(
            agreement.stage == Stage.SIGNED and awaits_opinion(Stage.SIGNED, [step for step, _on in known.steps])
        ),
        ends_on=force_now.ends_on,
        signed_on=agreement.signed_on,
        last_days=last_days(known.steps),
        reaffirmed_on=max(_reaffirmed(known.acts, until=today), default=None),
        planned_signature_on=agreement.planned_signature_on,
    )


def _reaffirmed(acts: Iterable[_Act | LegalAct], *, until: dt.date) -> list[dt.date]:
    return [one.on for one in acts if one.kind == ActKind.REAFFIRMATION and one.on is not None and one.on <= until]


def reaffirmed_on(agreement: Agreement, *, until: dt.date) -> dt.date | None:
    """Return the last day on which the parties reaffirmed an agreement, as far as it is known."""
    return max(_reaffirmed(agreement.acts.all(), until=until), default=None)


def force_facts_of(agreement: Agreement) -> ForceFacts:
    """Return what the force of an agreement depends on, from the record and its acts."""
    return _force_facts(agreement, agreement.acts.all())


def _force_facts(agreement: Agreement, acts: Iterable[_Act | LegalAct]) -> ForceFacts:
    return force_facts(
        stage=Stage(agreement.stage),
        signed=PartialDate(agreement.signed_on, Precision(agreement.signed_precision)),
        term_years=agreement.term_years,
        is_open_ended=agreement.is_open_ended,
        acts=[
            ActFacts(ActKind(act.kind), PartialDate(act.on, Precision(act.precision)).last, act.until) for act in acts
        ],
    )


def regime_of(agreement: UUID) -> Regime:
    """Return the procedure that applies to the parties of an agreement."""
    return _regimes([agreement]).get(agreement, Regime.FOREIGN_ONLY)


def regimes_of(agreements: Iterable[UUID]) -> dict[UUID, Regime]:
    """Return the procedure that applies to each of these agreements."""
    wanted, found = list(agreements), {}
    for start in range(0, len(wanted), _BATCH):
        found.update(_regimes(wanted[start : start + _BATCH]))
    return found


def _regimes(which: Any) -> dict[UUID, Regime]:
    facts: dict[UUID, list[PartyFacts]] = defaultdict(list)
    for key, *side in _sides(which).values_list("agreement", *_SIDE):
        facts[key].append(_party_facts(*side))
    return {key: regime(parties) for key, parties in facts.items()}


_SIDE = ("standing", "place__country", "place__kind", "place__slug", "place__state__slug")


def _sides(which: Any) -> QuerySet[Party]:
    return Party.objects.filter(agreement__in=which).order_by("position")


def _party_facts(standing: str, country: str, kind: str, slug: str, state: str | None) -> PartyFacts:
    return PartyFacts(country, slug if kind == PlaceKind.STATE else state, Standing(standing))


def opinion_of(agreement: UUID, *, until: dt.datetime | None = None) -> Opinion:
    """Return how the last round of the opinion ended and what changed since it was asked for, as known by a moment."""
    known = {"at__lte": until} if until else {}
    rows = ProcedureStep.objects.filter(agreement=agreement, step__in=_OF_OPINION, **known).order_by("number")
    drafts = TextVersion.objects.filter(text__agreement=agreement, is_signed=False, **known)
    kept = AgreementVersion.objects.filter(agreement=agreement, **known).order_by("number")
    return _last_opinion(
        [_Step(*row) for row in rows.values_list(*_Step._fields)],
        drafts=drafts.values_list("at", flat=True),
        particulars=[Particulars(at, values) for at, values in kept.values_list("at", "values")],
    )


def _opinion(known: _Records) -> Opinion:
    return _last_opinion(known.of_opinion, drafts=known.drafts, particulars=known.particulars)


def _last_opinion(
    of_opinion: Sequence[_Step], *, drafts: Iterable[dt.datetime], particulars: Sequence[Particulars]
) -> Opinion:
    asked = [one for one in of_opinion if one.step == Step.REQUEST_OPINION]
    if not asked:
        return Opinion()
    last = [one for one in of_opinion if one.step != Step.SIGN][-1]
    signed_at = next((one.at for one in of_opinion if one.step == Step.SIGN), None)
    changed = changed_since(asked[-1].at, signed_at=signed_at, drafts=drafts, particulars=particulars)
    return Opinion(last.step == Step.RECORD_OPINION and last.is_favourable is True, changed)
