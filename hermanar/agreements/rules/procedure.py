"""The procedure of D2 as a table: from which stage each step is open, to which it leads, what else it asks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from hermanar.agreements.rules.facts import UNSIGNED_STAGES
from hermanar.agreements.vocabulary import Force, Regime, Stage
from hermanar.agreements.vocabulary.procedure import Covered, Refusal, Step

# Guide, step 3 of the procedure [003:4195-4205]: "at least two weeks before" the planned signature.
OPINION_LEAD = dt.timedelta(weeks=2)
_SIGNED = frozenset({Stage.SIGNED, Stage.COPIES_SENT, Stage.REGISTERED, Stage.RECORDED})
_BEFORE_SIGNATURE = frozenset(UNSIGNED_STAGES - {Stage.ABANDONED})


class StepRefusedError(ValueError):
    """A step that the rules do not open, with every reason; nothing was written."""

    def __init__(self, refusals: Sequence[Refusal]) -> None:
        self.refusals = tuple(refusals)
        super().__init__(" ".join(str(refusal.label) for refusal in self.refusals))


@dataclass(frozen=True, slots=True)
class StepRule:
    """A line of the table: where the step is open, where it leads (None: the stage stays), and its source."""

    opens_from: frozenset[Stage]
    leads_to: Stage | None
    source: str


# Steps 2 to 6 of D2 [003:4174-4254]; what follows the signature: D1.5, D1.6.
STEPS: dict[Step, StepRule] = {
    Step.INFORM_MINISTRY: StepRule(frozenset({Stage.DRAFT}), Stage.INFORMED, "LCT art. 7; guía SRE, paso 2"),
    Step.REQUEST_OPINION: StepRule(
        frozenset({Stage.INFORMED, Stage.OBSERVED}), Stage.OPINION_REQUESTED, "LCT art. 7; guía SRE, paso 3"
    ),
    Step.RECORD_OBSERVATIONS: StepRule(
        frozenset({Stage.OPINION_REQUESTED}), Stage.OBSERVED, "guía SRE, paso 4, inciso a"
    ),
    Step.RECORD_OPINION: StepRule(frozenset({Stage.OPINION_REQUESTED}), Stage.CLEARED, "guía SRE, paso 4, inciso b"),
    Step.SIGN: StepRule(_BEFORE_SIGNATURE, Stage.SIGNED, "guía SRE, paso 4, inciso b; D2.7"),
    Step.SEND_SIGNED_COPIES: StepRule(frozenset({Stage.SIGNED}), Stage.COPIES_SENT, "guía SRE, paso 5"),
    Step.RECORD_REGISTRATION: StepRule(
        frozenset({Stage.COPIES_SENT}), Stage.REGISTERED, "LCT art. 7; guía SRE, paso 6"
    ),
    Step.RENEW: StepRule(_SIGNED, None, "cláusula de prórroga del acuerdo (D1.5)"),
    Step.SUSPEND: StepRule(_SIGNED, None, "voluntad de las partes"),
    Step.RESUME: StepRule(_SIGNED, None, "voluntad de las partes"),
    Step.TERMINATE: StepRule(_SIGNED, None, "cláusula de terminación del acuerdo (D1.5)"),
    Step.REAFFIRM: StepRule(_SIGNED, None, "voluntad de las partes"),
    Step.ABANDON: StepRule(_BEFORE_SIGNATURE, Stage.ABANDONED, "decisión de la oficina"),
    Step.PUBLISH: StepRule(_SIGNED, None, "LGTAIP art. 65"),
    Step.UNPUBLISH: StepRule(frozenset(Stage), None, "decisión de la oficina"),
}
# What the ministry has a part in; between Mexican cities, and with a private counterpart, there is no such step.
_OF_THE_MINISTRY = frozenset(
    {
        Step.INFORM_MINISTRY,
        Step.REQUEST_OPINION,
        Step.RECORD_OBSERVATIONS,
        Step.RECORD_OPINION,
        Step.SEND_SIGNED_COPIES,
        Step.RECORD_REGISTRATION,
    }
)
_MAY_BE_FILED = frozenset({Step.INFORM_MINISTRY, Step.SEND_SIGNED_COPIES})
_LIVING = frozenset({Step.RENEW, Step.SUSPEND, Step.RESUME, Step.TERMINATE, Step.REAFFIRM})
# Two tracks that do not wait for each other: a letter of the ministry may be older than what the parties did since.
# What is neither is written down when the office gets to it; what it follows may have happened before.
_PROCEDURE = frozenset(Step) - _LIVING - {Step.DRAFT, Step.PUBLISH, Step.UNPUBLISH}
# A renewal and a reaffirmation say nothing of each other, nor a reaffirmation of another: an old one may turn up late.
# All else changes what the next may do, so it comes in the order of its days: force reads the acts so (D1.6).
_IN_ANY_ORDER = {Step.RENEW: frozenset({Step.REAFFIRM}), Step.REAFFIRM: frozenset({Step.RENEW, Step.REAFFIRM})}
MAIN_PATH: dict[Regime, tuple[Step, ...]] = {
    Regime.TREATIES_LAW: (
        Step.INFORM_MINISTRY,
        Step.REQUEST_OPINION,
        Step.RECORD_OPINION,
        Step.SIGN,
        Step.SEND_SIGNED_COPIES,
        Step.RECORD_REGISTRATION,
    ),
    Regime.BETWEEN_MEXICAN: (Step.SIGN,),
    Regime.PRIVATE_COUNTERPART: (Step.SIGN,),
    Regime.FOREIGN_ONLY: (),
}


@dataclass(frozen=True, slots=True)
class FileFacts:
    """What the steps of a file depend on, beside what a person writes in the step itself."""

    stage: Stage
    regime: Regime
    force: Force = Force.UNSIGNED
    is_open_ended: bool = False
    is_published: bool = False
    is_filed: bool = False  # between Mexican cities, by the office's choice
    has_areas: bool = False
    languages: frozenset[str] = frozenset()
    languages_with_text: frozenset[str] = frozenset()
    languages_signed: frozenset[str] = frozenset()
    has_favourable_opinion: bool = False  # to the text as it stands
    changed_since_request: tuple[Covered, ...] = ()  # of what the opinion last asked for covers
    awaits_late_opinion: bool = False  # asked for, before or after a signature without one, and not answered
    ends_on: dt.date | None = None
    signed_on: dt.date | None = None  # the first day that the date of signature may mean
    last_days: Mapping[Step, dt.date] = field(default_factory=dict)  # on which each step was last done
    reaffirmed_on: dt.date | None = None
    planned_signature_on: dt.date | None = None

    @property
    def last_step_on(self) -> dt.date | None:
        """Return the day of the last step of the procedure, the signature among them."""
        return self.last_of(_PROCEDURE)

    def last_of(self, steps: Collection[Step]) -> dt.date | None:
        """Return the last day on which one of these steps was done."""
        return max((on for step, on in self.last_days.items() if step in steps), default=None)


@dataclass(frozen=True, slots=True)
class StepFacts:
    """What a person writes in a step, as far as the rules look at it."""

    on: dt.date
    letter: str = ""
    reason: str = ""
    number: str = ""
    signatories: tuple[str, ...] = field(default_factory=tuple)
    until: dt.date | None = None
    is_without_opinion: bool = False


def last_days(steps: Iterable[tuple[str, dt.date]]) -> dict[Step, dt.date]:
    """Return the last day of each step, of steps with their days."""
    found: dict[Step, dt.date] = {}
    for step, on in steps:
        found[Step(step)] = max(on, found.get(Step(step), on))
    return found


def lacks_backing(facts: FileFacts) -> bool:
    """Say whether a signed agreement with a foreign authority lacks a favourable opinion (D2.7)."""
    is_ours = facts.stage in _SIGNED - {Stage.RECORDED}
    return is_ours and facts.regime is Regime.TREATIES_LAW and not facts.has_favourable_opinion


def missing_texts(facts: FileFacts) -> list[str]:
    """Return the languages of the agreement in which there is no text yet."""
    return sorted(facts.languages - facts.languages_with_text)


def missing_signed_texts(facts: FileFacts) -> list[str]:
    """Return the languages of the agreement in which there is no signed copy yet (D2.5)."""
    return sorted(facts.languages - facts.languages_signed)


def latest_request(planned_signature_on: dt.date) -> dt.date:
    """Return the last day on which the opinion may be asked for: two weeks before the signature."""
    return planned_signature_on - OPINION_LEAD


def earliest_signature(today: dt.date) -> dt.date:
    """Return the first day for which an opinion asked for today is in time."""
    return today + OPINION_LEAD


def awaits_opinion(stage: Stage, steps: Iterable[str]) -> bool:
    """Say whether the ministry has the word in a file of these steps; a signature meanwhile does not take it away."""
    rounds = [step for step in steps if step in _CURE]
    is_answerable = stage in {Stage.OPINION_REQUESTED, Stage.SIGNED}
    return is_answerable and bool(rounds) and rounds[-1] == Step.REQUEST_OPINION


def leads_to(step: Step, facts: FileFacts) -> Stage:
    """Return the stage a file has after a step; an opinion that cures a signature leaves it signed."""
    after = STEPS[step].leads_to
    if after is None or (facts.stage in _SIGNED and step in _CURE):
        return facts.stage
    return after


_CURE = frozenset({Step.REQUEST_OPINION, Step.RECORD_OBSERVATIONS, Step.RECORD_OPINION})


# Where the opinion may be asked for again once the text is no longer the one it was asked for.
_ASKED_AGAIN = frozenset({Stage.OPINION_REQUESTED, Stage.CLEARED})
# From here on the languages are those of the signature; a past agreement is entered as its documents turn up.
_LANGUAGES_GROW = frozenset({Stage.SIGNED})
_LANGUAGES_STAND = frozenset({Stage.COPIES_SENT, Stage.REGISTERED})


def settles_languages(stage: Stage, *, was: Collection[str], asked: Collection[str]) -> bool:
    """Say whether a stage refuses this change of languages (D2.5): none is dropped, and none comes after the copies."""
    if stage in _LANGUAGES_STAND:
        return set(was) != set(asked)
    return stage in _LANGUAGES_GROW and not set(was) <= set(asked)


def planned_too_soon(planned: dt.date | None, *, asked_on: dt.date) -> Refusal | None:
    """Say why a signature may not be planned for a day while the opinion asked for on another is awaited (D2.3)."""
    if planned is None:
        return Refusal.NO_PLANNED_SIGNATURE
    return Refusal.PLANNED_TOO_SOON if planned < earliest_signature(asked_on) else None


def missing_opinion(facts: FileFacts) -> Refusal | None:
    """Say why a signature now would be one without opinion (D2.7): none was given, or not to this text."""
    if facts.regime is not Regime.TREATIES_LAW or facts.has_favourable_opinion:
        return None
    return Refusal.TEXT_CHANGED if facts.stage is Stage.CLEARED else Refusal.NO_OPINION


def closed_by(step: Step, facts: FileFacts) -> tuple[Refusal, ...]:
    """Say why a step is not open to a file as it stands; empty when it is open."""
    refused = [*_closed_by_regime(step, facts)]
    if not refused and not _is_at_its_stage(step, facts):
        refused.append(_stage_refusal(step, facts))
    if refused:
        return tuple(refused)
    return (*_closed_by_papers(step, facts), *_closed_by_life(step, facts))


def _closed_by_regime(step: Step, facts: FileFacts) -> list[Refusal]:
    if step not in _OF_THE_MINISTRY:
        return []
    if facts.regime is Regime.PRIVATE_COUNTERPART:
        return [Refusal.PRIVATE_COUNTERPART]
    if facts.regime is Regime.BETWEEN_MEXICAN:
        if step not in _MAY_BE_FILED:
            return [Refusal.BETWEEN_MEXICAN]
        return [] if facts.is_filed else [Refusal.NOT_FILED]
    return [Refusal.FOREIGN_ONLY] if facts.regime is Regime.FOREIGN_ONLY else []


def _is_at_its_stage(step: Step, facts: FileFacts) -> bool:
    if step in _CURE and lacks_backing(facts) and facts.stage is Stage.SIGNED:
        return facts.awaits_late_opinion is (step is not Step.REQUEST_OPINION)
    if step is Step.REQUEST_OPINION and facts.stage in _ASKED_AGAIN and facts.changed_since_request:
        return True
    return facts.stage in STEPS[step].opens_from


def _stage_refusal(step: Step, facts: FileFacts) -> Refusal:
    if step is Step.ABANDON and facts.stage in _SIGNED:
        return Refusal.ALREADY_SIGNED
    if step in _LIVING | {Step.PUBLISH} and facts.stage not in _SIGNED:
        return Refusal.NOT_SIGNED
    return Refusal.WRONG_STAGE


def _closed_by_papers(step: Step, facts: FileFacts) -> list[Refusal]:
    refused = []
    if step is Step.REQUEST_OPINION:
        if not facts.has_areas:
            refused.append(Refusal.NO_AREAS)
        if not facts.languages_with_text:
            refused.append(Refusal.NO_TEXT)
        elif missing_texts(facts):
            refused.append(Refusal.MISSING_LANGUAGES)
    if step is Step.SEND_SIGNED_COPIES:
        if lacks_backing(facts):
            refused.append(Refusal.LACKS_BACKING)
        if not facts.languages or missing_signed_texts(facts):
            refused.append(Refusal.MISSING_SIGNED_TEXTS)
    if step is Step.RECORD_REGISTRATION and lacks_backing(facts):
        refused.append(Refusal.LACKS_BACKING)
    return refused


def _closed_by_life(step: Step, facts: FileFacts) -> list[Refusal]:
    if step in _LIVING and facts.force is Force.TERMINATED:
        return [Refusal.IS_TERMINATED]
    is_suspended = facts.force is Force.SUSPENDED
    closed = {
        Refusal.NOT_SUSPENDED: step is Step.RESUME and not is_suspended,
        Refusal.IS_SUSPENDED: step in {Step.SUSPEND, Step.RENEW, Step.REAFFIRM} and is_suspended,
        Refusal.IS_OPEN_ENDED: step is Step.RENEW and facts.is_open_ended,
        Refusal.IS_PUBLISHED: step is Step.PUBLISH and facts.is_published,
        Refusal.NOT_PUBLISHED: step is Step.UNPUBLISH and not facts.is_published,
    }
    return [refusal for refusal, is_closed in closed.items() if is_closed]


def refused_by(step: Step, facts: FileFacts, *, written: StepFacts, today: dt.date) -> tuple[Refusal, ...]:
    """Say everything that refuses a step as a person wrote it; empty when it may be done."""
    closed = closed_by(step, facts)
    return closed or (*_wrong_dates(step, facts, written, today), *_missing_words(step, facts, written))


_NEEDS_LETTER = frozenset({Step.RECORD_OPINION, Step.RECORD_REGISTRATION})
_NEEDS_REASON = frozenset({Step.SUSPEND, Step.RESUME, Step.TERMINATE, Step.ABANDON, Step.UNPUBLISH})


def _wrong_dates(step: Step, facts: FileFacts, written: StepFacts, today: dt.date) -> list[Refusal]:
    refused = []
    if written.on > today:
        refused.append(Refusal.FUTURE_DATE)
    elif step in _LIVING and facts.signed_on and written.on < facts.signed_on:
        refused.append(Refusal.BEFORE_SIGNATURE)
    elif (last := facts.last_of(_follows(step))) and written.on < last:
        refused.append(Refusal.BEFORE_PREVIOUS_STEP)
    if step is Step.RENEW and written.until and facts.ends_on and written.until <= facts.ends_on:
        refused.append(Refusal.ENDS_BEFORE_START)
    return refused


def _follows(step: Step) -> frozenset[Step]:
    """Return the steps that this one cannot be older than."""
    if step in _PROCEDURE:
        return _PROCEDURE
    return _LIVING - _IN_ANY_ORDER.get(step, frozenset()) if step in _LIVING else _PROCEDURE | _LIVING


def _missing_words(step: Step, facts: FileFacts, written: StepFacts) -> list[Refusal]:
    refused = []
    if step in _NEEDS_LETTER and not written.letter:
        refused.append(Refusal.NO_LETTER)
    if step in _NEEDS_REASON and not written.reason:
        refused.append(Refusal.NO_REASON)
    if step is Step.RECORD_REGISTRATION and not written.number:
        refused.append(Refusal.NO_NUMBER)
    if step is Step.SIGN:
        refused += _signature_refusals(facts, written)
    if step is Step.REQUEST_OPINION and facts.stage is not Stage.SIGNED:
        refused += _request_refusals(facts, written.on)
    return refused


def _signature_refusals(facts: FileFacts, written: StepFacts) -> list[Refusal]:
    missing = missing_opinion(facts)
    refused = [] if written.signatories else [Refusal.NO_SIGNATORIES]
    if missing and not written.is_without_opinion:
        refused.append(missing)
    if written.is_without_opinion and not missing:
        refused.append(Refusal.NOT_WITHOUT_OPINION)
    if written.is_without_opinion and not written.reason:
        refused.append(Refusal.NO_REASON)
    return refused


def _request_refusals(facts: FileFacts, on: dt.date) -> list[Refusal]:
    if facts.planned_signature_on is None:
        return [Refusal.NO_PLANNED_SIGNATURE]
    return [Refusal.TOO_LATE_FOR_OPINION] if on > latest_request(facts.planned_signature_on) else []
