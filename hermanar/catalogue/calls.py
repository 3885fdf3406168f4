"""What the public may know of a call for an exchange, an internship or a stay. Never who applied: nobody is kept."""

from __future__ import annotations

import dataclasses


@dataclasses.dataclass(frozen=True, slots=True)
class CallLine:
    """A call as a row of the list."""

    id: str
    kind: str  # students, professionals, internship, research
    state: str  # upcoming, open, closed, resolved
    title: str
    title_language: str
    office: str
    host: str
    places: int | None
    opens_on: str | None
    closes_on: str | None
    starts_on: str | None
    ends_on: str | None

    @property
    def is_past(self) -> bool:
        """Say whether nobody can take part any more."""
        return self.state in {"closed", "resolved"}


@dataclasses.dataclass(frozen=True, slots=True)
class CallSheet:
    """A call as its page tells it; requirements and the like are in Spanish, as the office wrote them."""

    line: CallLine
    description: str
    description_language: str
    requirements: str
    covers: str
    how_to_apply: str
    agreement_slug: str  # of its tie, where that is public
    agreement_title: str
    agreement_title_language: str
    applied: int | None
    placed: int | None
    result: str
    result_on: str | None


@dataclasses.dataclass(frozen=True, slots=True)
class CallPage:
    """A page of the list of calls."""

    lines: tuple[CallLine, ...]
    number: int
    pages: int
    total: int
