"""What is common to the rules before and around a tie."""

from __future__ import annotations

from collections.abc import Iterable

from hermanar.cooperation.vocabulary.ties import TieRefusal


class TieRefusedError(ValueError):
    """Something that may not be kept so, with every reason; nothing was written."""

    def __init__(self, refusals: Iterable[TieRefusal]) -> None:
        self.refusals = tuple(refusals)
        super().__init__(" ".join(str(refusal.label) for refusal in self.refusals))


def refuse(*refusals: TieRefusal) -> None:
    """Raise TieRefusedError when there is a reason."""
    if refusals:
        raise TieRefusedError(refusals)
