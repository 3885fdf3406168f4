"""The path of a tie as its page shows it: each phase and step with what is recorded and what is missing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from hermanar.agreements.models import Agreement
from hermanar.cooperation.rules.path import PhaseFacts, StepFacts, path
from hermanar.cooperation.vocabulary.path import Need, PathState, Phase
from hermanar.foundation.access import Actor
from hermanar.workspace.path_evidence import gathered
from hermanar.workspace.path_words import Proof, Task, proofs_of, tasks_of

GISTS: dict[Phase, str | Promise] = {
    Phase.SELECTION: gettext_lazy("Con criterios y motivos: algo une a las dos ciudades."),
    Phase.CONTACT: gettext_lazy("Una lo pide, la otra acepta; queda por escrito."),
    Phase.ACTORS: gettext_lazy("La sociedad de las dos ciudades, en comités que no dependen de una administración."),
    Phase.PLAN: gettext_lazy("Emana del acuerdo entre quienes lo harán, con los recursos que hay."),
    Phase.EX_ANTE: gettext_lazy("Hasta dónde puede llegar cada área y qué la limita, antes de firmar."),
    Phase.SIGNATURE: gettext_lazy("Con dictamen antes e inscripción después, donde la ley los pide."),
    Phase.EXECUTION: gettext_lazy("Lo planeado se hace, se evalúa y se corrige."),
}


@dataclass(frozen=True, slots=True)
class PhaseLine:
    """A phase as the page shows it."""

    number: int
    facts: PhaseFacts
    gist: str
    proofs: tuple[Proof, ...]
    tasks: tuple[Task, ...]
    opened_by: tuple[str, ...]
    is_now: bool

    @property
    def tone(self) -> tuple[str, str]:
        """Return the shape and the tone of its badge."""
        return _TONES[self.facts.state]


@dataclass(frozen=True, slots=True)
class StepLine:
    """One of the nine steps as the page shows it."""

    number: int
    facts: StepFacts
    proofs: tuple[Proof, ...]
    tasks: tuple[Task, ...]

    @property
    def tone(self) -> tuple[str, str]:
        """Return the shape and the tone of its badge."""
        return _TONES[self.facts.state]


@dataclass(frozen=True, slots=True)
class PathView:
    """The page of the path of a tie."""

    phases: tuple[PhaseLine, ...]
    steps: tuple[StepLine, ...]
    now: PhaseLine | None


_TONES = {
    PathState.DONE: ("full", "good"),
    PathState.GOING: ("full", "good"),
    PathState.IN_PART: ("half", "warn"),
    PathState.OPEN: ("ring", "info"),
    PathState.PASSED_OVER: ("dotted", "quiet"),
    PathState.MISSING: ("open", "quiet"),
    PathState.CLOSED: ("dotted", "quiet"),
}


def path_of(kept: Agreement, *, actor: Actor, today: dt.date) -> PathView:
    """Return the path of a tie for a person."""
    found = gathered(kept, today=today)
    walked = path(found.evidence)

    def proofs(*needs: Need) -> tuple[Proof, ...]:
        every = [proof for need in needs for proof in proofs_of(need, found)]
        return tuple(dict.fromkeys(every))  # one record may prove two things

    def tasks(needs: Iterable[Need]) -> tuple[Task, ...]:
        return tuple(task for need in needs for task in tasks_of(need, found, actor=actor))

    # What no page of the office adds is told where it stands, and is not what comes next.
    now = next((one for one in walked.waiting if tasks(one.missing)), None)
    phases = tuple(
        PhaseLine(
            number=number,
            facts=one,
            gist=str(GISTS[one.phase]),
            proofs=proofs(*one.met, *one.missing),
            tasks=tasks(one.missing),
            opened_by=tuple(str(need.label) for need in one.opened_by),
            is_now=one is now,
        )
        for number, one in enumerate(walked.phases, 1)
    )
    steps = tuple(
        StepLine(number, one, proofs(*one.met, *one.missing), tasks(one.missing))
        for number, one in enumerate(walked.steps, 1)
    )
    return PathView(phases, steps, next((one for one in phases if one.is_now), None))
