"""Whether the files of the offices say what the trail kept of them.

An entry keeps a digest, never a value: what a thing says today is digested again and compared. What an entry digests
has grown since the first release, so a content may have several forms, the newest first; an entry made under an older
form is compared with that one, and answers for no more than it did when it was made.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from uuid import UUID

from hermanar.agreements.models import (
    Agreement,
    CounterpartWord,
    Observation,
    ProcedureStep,
    StepPaper,
    TextVersion,
)
from hermanar.agreements.queries.contents import (
    answer_content,
    note_content,
    paper_content,
    proposal_content,
    record_content,
    refusal_content,
    step_alone,
    step_content,
    text_content,
    text_of_first_release,
    versions_of,
    vote_content,
    word_content,
)
from hermanar.agreements.rules import CORRECTABLE
from hermanar.agreements.vocabulary.procedure import ObservationState, Step
from hermanar.agreements.vocabulary.proof import Trace
from hermanar.foundation.models import TrailEntry
from hermanar.foundation.trail import keyed_digest

SEALED = "agreement.record_sealed"
CORRECTED = "agreement.corrected"
AREAS_WRITTEN = "agreement.areas_written"  # after a signature without any
NOTED = "agreement.observations_noted"
PAPER_ADDED = "agreement.paper_added"
VOTE_MENDED = "agreement.council_vote_mended"
# What changes a sealed record by right: its verbs seal what they find before, and what they leave after.
_TURNS = (CORRECTED, AREAS_WRITTEN, f"agreement.{Step.RECORD_REGISTRATION.value}")
_STEP_CODES = frozenset(f"agreement.{step.value}" for step in Step)
# Of a record, what only a step may write.
_WATCHED = frozenset({"registered", "registration_number", "registered_on", "signed_on", "signed_at_place"})
_STATE_AFTER = {
    "agreement.observation_answered": ObservationState.ANSWERED,
    "agreement.observation_settled": ObservationState.SETTLED,
}


class Unlike(NamedTuple):
    """Something that does not say what the trail kept of it: its file, its kind and its place among its kind."""

    file: str
    trace: Trace
    number: int


# ── the comparison ───────────────────────────────────────────────────────────────────────────────────────────────────


def unlike_their_trail(agreements: Iterable[UUID] | None = None) -> list[Unlike]:
    """Return what does not say what the trail kept of it: of these agreements, or of all that an office keeps.

    A thing without an entry and an entry without a thing are both among it, and so is a record whose stage or number
    in the register is not what its last step wrote.
    """
    records = Agreement.objects.filter(office__isnull=False).order_by("pk")
    found: list[Unlike] = []
    for record in records if agreements is None else records.filter(pk__in=list(agreements)):
        odd = dict.fromkeys(_unlike(_Kept(record)))
        found += [Unlike(record.number, trace, number) for trace, number in odd]
    return found


def is_sealed(agreement: UUID) -> bool:
    """Say whether the trail keeps what the signature fixed of a record; it did not in the first release."""
    return TrailEntry.objects.filter(subject=str(agreement), code=SEALED).exists()


class _Entry(NamedTuple):
    number: int
    code: str
    digest: str


@dataclass(slots=True)
class _Kept:
    """A record, its steps, and what the trail has under its name."""

    record: Agreement
    steps: list[ProcedureStep] = field(init=False)
    entries: list[_Entry] = field(init=False)

    def __post_init__(self) -> None:
        self.steps = list(self.record.steps.order_by("number"))
        self.entries = [_Entry(*row) for row in self.of_chain(subject=str(self.record.pk))]

    def of_chain(self, **asked: Any) -> list[tuple[Any, ...]]:
        """Return entries of the office's chain, in their order."""
        rows = TrailEntry.objects.filter(chain=str(self.record.office_id), **asked).order_by("number")
        return list(rows.values_list("number", "code", "content_digest"))

    def under(self, *codes: str) -> list[_Entry]:
        """Return the entries of these codes."""
        return [entry for entry in self.entries if entry.code in codes]


def _unlike(kept: _Kept) -> Iterator[tuple[Trace, int]]:
    texts = versions_of(kept.record.pk)
    added = kept.under("agreement.text_added")
    at, odd = _pair([[text_content(one), text_of_first_release(one)] for one in texts], added)
    yield from ((Trace.TEXT, number) for number in odd)
    yield from ((Trace.STEP, number) for number in _odd_steps(kept, list(zip(texts, at, strict=True))))
    if not _is_as_sealed(kept):
        yield Trace.RECORD, 1
    yield from ((Trace.OBSERVATION, number) for number in _odd_observations(kept))
    yield from ((Trace.PAPER, number) for number in _odd_papers(kept))
    yield from ((Trace.VOTE, number) for number in _odd_votes(kept))
    yield from ((Trace.PROPOSAL, number) for number in _odd_proposals(kept))
    yield from ((Trace.WORD, number) for number in _odd_words(kept))


def _pair(things: Sequence[Sequence[Any]], entries: Sequence[_Entry]) -> tuple[list[int | None], list[int]]:
    """Find each thing's entry by any form of its content: the numbers of the entries, and the places without one.

    An entry that no thing fits stands for a thing that is gone, at a place after the last.
    """
    left: dict[str, list[int]] = defaultdict(list)
    for entry in entries:
        left[entry.digest].append(entry.number)
    at: list[int | None] = []
    for forms in things:
        digest = next((one for one in map(keyed_digest, forms) if left.get(one)), None)
        at.append(left[digest].pop(0) if digest else None)
    odd = [place for place, number in enumerate(at, start=1) if number is None]
    gone = sum(map(len, left.values())) - len(odd)  # a changed thing leaves its own entry over
    return at, odd + [len(things) + more for more in range(1, gone + 1)]


def _odd_steps(kept: _Kept, texts: Sequence[tuple[TextVersion, int | None]]) -> Iterator[int]:
    entries = kept.under(*_STEP_CODES)
    for place in range(max(len(kept.steps), len(entries))):
        if place >= len(kept.steps) or place >= len(entries):
            yield place + 1
            continue
        step, entry = kept.steps[place], entries[place]
        there = [text for text, number in texts if number is not None and number < entry.number]
        forms = (step_content(step, texts=there), step_alone(step))
        if entry.code != f"agreement.{step.step}" or entry.digest not in map(keyed_digest, forms):
            yield place + 1
    if kept.steps and not _is_as_written(kept):
        yield len(kept.steps)


def _is_as_written(kept: _Kept) -> bool:
    """Say whether the record holds what its steps wrote; what a correction may write over is left to the seal."""
    looked_at = _WATCHED - set(CORRECTABLE) if kept.under(CORRECTED) else _WATCHED
    written = {name: value for step in kept.steps for name, value in step.changes.items() if name in looked_at}
    values = {name: getattr(kept.record, name) for name in written}
    shown = {name: value if value is None else str(value) for name, value in values.items()}
    return kept.record.stage == kept.steps[-1].stage_after and shown == written


def _is_as_sealed(kept: _Kept) -> bool:
    """Say whether every seal between two turns says the same, and the last ones what the record says now."""
    stretches: list[set[str]] = [set()]
    for entry in kept.under(SEALED, *_TURNS):
        if entry.code in _TURNS:
            stretches.append(set())
        else:
            stretches[-1].add(entry.digest)
    if stretches[-1]:
        stretches[-1].add(keyed_digest(record_content(kept.record.pk)))
    return all(len(digests) <= 1 for digests in stretches)


def _odd_observations(kept: _Kept) -> Iterator[int]:
    observations = list(kept.record.observations.select_related("step").order_by("pk"))
    told: dict[str, list[tuple[str, str]]] = defaultdict(list)
    subjects = [str(one.pk) for one in observations]
    asked = TrailEntry.objects.filter(chain=str(kept.record.office_id), code__in=_STATE_AFTER, subject__in=subjects)
    for subject, code, digest in asked.order_by("number").values_list("subject", "code", "content_digest"):
        told[subject].append((code, digest))
    strange, gone = _odd_notes(kept, observations)
    for place, one in enumerate(observations, start=1):
        is_hung = one.pk not in strange if one.step is None else one.step.step == Step.RECORD_OBSERVATIONS
        if not is_hung or not _stands(one, told[str(one.pk)]):
            yield place
    yield from range(len(observations) + 1, len(observations) + 1 + gone)


def _odd_notes(kept: _Kept, observations: Sequence[Observation]) -> tuple[set[UUID], int]:
    """Return the observations beside a round that their entries do not tell of so, and how many entries have none."""
    noted: dict[tuple[Any, Any], list[Observation]] = defaultdict(list)
    for one in observations:
        if one.step is None:
            noted[one.at, one.by_user_id].append(one)
    groups = list(noted.values())
    _at, odd = _pair([[note_content(group)] for group in groups], kept.under(NOTED))
    strange = {one.pk for at in odd if at <= len(groups) for one in groups[at - 1]}
    return strange, sum(at > len(groups) for at in odd)


def _stands(one: Observation, told: Sequence[tuple[str, str]]) -> bool:
    if one.state != (_STATE_AFTER[told[-1][0]] if told else ObservationState.OPEN):
        return False
    answers = [digest for code, digest in told if _STATE_AFTER[code] == ObservationState.ANSWERED]
    if not answers:
        return not one.answer and one.answered_in_id is None
    return answers[-1] in {keyed_digest(answer_content(one)), keyed_digest(one.answer)}


def _odd_papers(kept: _Kept) -> list[int]:
    later = StepPaper.objects.filter(step__agreement=kept.record, at__isnull=False).select_related("document")
    _at, odd = _pair([[paper_content(one)] for one in later.order_by("pk")], kept.under(PAPER_ADDED))
    return odd


def _odd_votes(kept: _Kept) -> Iterator[int]:
    """Compare each vote with its entry, and one that was mended with the last that tells of it so."""
    votes = list(kept.record.council_votes.order_by("pk"))
    told = TrailEntry.objects.filter(
        chain=str(kept.record.office_id), code=VOTE_MENDED, subject__in=[str(vote.pk) for vote in votes]
    )
    mended = dict(told.order_by("number").values_list("subject", "content_digest"))
    first = [(place, vote) for place, vote in enumerate(votes, start=1) if str(vote.pk) not in mended]
    _at, odd = _pair([[vote_content(vote)] for _place, vote in first], kept.under("agreement.council_voted"))
    yield from (first[at - 1][0] for at in odd if at <= len(first))
    # What a mended vote first said is an entry that nothing fits any more, one for each.
    gone = sum(at > len(first) for at in odd) - len(mended)
    yield from range(len(votes) + 1, len(votes) + 1 + gone)
    for place, vote in enumerate(votes, start=1):
        if mended.get(str(vote.pk), "") not in {"", keyed_digest(vote_content(vote))}:
            yield place


def _odd_proposals(kept: _Kept) -> Iterator[int]:
    proposals = list(kept.record.proposals.order_by("pk"))
    for what in (Step.TERMINATE, Step.UNPUBLISH):
        own = [(place, one) for place, one in enumerate(proposals, start=1) if one.step == what]
        aside = [(place, one) for place, one in own if one.is_confirmed is False]
        for code, among, content in (("proposed", own, proposal_content), ("declined", aside, refusal_content)):
            things = [[content(one), None] for _place, one in among]
            _at, odd = _pair(things, kept.under(f"agreement.{what}_{code}"))
            yield from (among[at - 1][0] if at <= len(among) else len(proposals) + 1 for at in odd)
    carried_out = {
        (step.step, step.on, step.reason, step.letter, step.seconded_by_id, step.by_user_id) for step in kept.steps
    }
    for place, one in enumerate(proposals, start=1):
        asked = (one.step, one.on, one.reason.strip(), one.letter.strip(), one.proposed_by_id, one.decided_by_id)
        if (one.is_confirmed is True and asked not in carried_out) or (one.is_confirmed is None and one.decided_at):
            yield place


def _odd_words(kept: _Kept) -> Iterator[int]:
    links = [f"link:{link}" for link in kept.record.counterpart_links.values_list("pk", flat=True)]
    if not links:
        return
    asked = TrailEntry.objects.filter(
        chain=str(kept.record.office_id), code="agreement.counterpart_spoke", actor__in=links
    )
    told = dict(asked.values_list("subject", "content_digest"))
    words = list(CounterpartWord.objects.filter(link__agreement=kept.record).order_by("pk"))
    for place, word in enumerate(words, start=1):
        forms = (word_content(word), dict(word.said))
        if told.pop(str(word.pk), "") not in map(keyed_digest, forms):
            yield place
    yield from range(len(words) + 1, len(words) + 1 + len(told))
