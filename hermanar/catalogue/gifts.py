"""What the public may know of a gift as a work of the collection.

Never a note, a file of the office, or a name that nobody let be seen.
"""

from __future__ import annotations

import dataclasses

from hermanar.catalogue.sheets import headed


@dataclasses.dataclass(frozen=True, slots=True)
class EndLine:
    """A city that gave or received."""

    slug: str
    name: str
    country: str  # ISO 3166-1 alpha-2
    latitude: float | None
    longitude: float | None


@dataclasses.dataclass(frozen=True, slots=True)
class WorkLine:
    """A gift, or a donation that a source documents, as a row of the collection."""

    ends: tuple[EndLine, EndLine]  # who gave, who received
    code: str = headed("clave", "code")  # stable and short: what an address and a selection hold
    slug: str = headed("dirección", "slug")
    kind: str = headed("clase", "kind", words="gift")
    title: str = headed("título", "title")
    title_language: str = headed("idioma del título", "language of the title")
    is_donation: bool = headed("donación", "donation")
    on: str | None = headed("fecha", "date")
    until: str | None = headed("hasta", "until")  # of what took several years
    giver: str = headed("de", "from")  # the city
    receiver: str = headed("para", "to")
    agreement: str = headed("acuerdo", "agreement")
    source: str = headed("consta en", "known from")
    has_photograph: bool = headed("con fotografía", "with a photograph")

    @property
    def decade(self) -> str:
        """Return the decade it was given in, or `unknown`."""
        return f"{self.on[:3]}0" if self.on else "unknown"


@dataclasses.dataclass(frozen=True, slots=True)
class PhotographLine:
    """What is seen in a photograph that the public may see, and by which right."""

    alternative: str
    rights: str


@dataclasses.dataclass(frozen=True, slots=True)
class WorkSheet:
    """A work of the collection as its page tells it: what it is, its story, and its provenance."""

    line: WorkLine
    purpose: str
    value: str  # exact, when it was given
    currency: str
    stories: tuple[tuple[str, str], ...]  # (language, text), the reader's first
    words: str  # what the giver wrote with it; only where names may be seen
    giver_name: str  # of a person or body, where whoever published it let it be seen
    receiver_name: str
    keeping: str  # kept, unknown, lost; empty where nobody let it be seen
    place: str
    place_since: str | None
    agreement_title: str
    photograph: PhotographLine | None
    is_documented: bool = False  # told by a source alone: no office keeps it


@dataclasses.dataclass(frozen=True, slots=True)
class WorkOption:
    """A value that the collection can be narrowed to, and how many works there are of it."""

    value: str
    label: str
    count: int


@dataclasses.dataclass(frozen=True, slots=True)
class WorkPage:
    """A page of the collection and what it can be narrowed to."""

    lines: tuple[WorkLine, ...]
    total: int  # that are asked for
    whole: int  # that there are
    number: int
    pages: int
    cities: tuple[WorkOption, ...]
    kinds: tuple[WorkOption, ...]
    decades: tuple[WorkOption, ...]
