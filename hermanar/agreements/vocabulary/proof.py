"""What of a file the trail answers for."""

from __future__ import annotations

from enum import StrEnum


class Trace(StrEnum):
    """A kind of thing that a verb wrote and that its entry of the trail keeps a digest of."""

    STEP = "step"
    RECORD = "record"  # title, parties, term, areas and signature, as they were sealed
    TEXT = "text"
    OBSERVATION = "observation"
    PAPER = "paper"  # that came after its step
    VOTE = "vote"
    PROPOSAL = "proposal"
    WORD = "word"  # of the sister city
