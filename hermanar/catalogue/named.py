"""A public record in one line, as a page that tells of something else names it."""

from __future__ import annotations

import dataclasses

from hermanar.catalogue.sheets import AgreementLine


@dataclasses.dataclass(frozen=True, slots=True)
class NamedRecord:
    """A record as it is today; `agreement` is the one it is, or the one it belongs to."""

    kind: str  # city, agreement, project, gift
    identifier: str  # the slug of a city or an agreement, the key of a project or a gift
    title: str
    title_language: str
    detail: str = ""
    on: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    country: str = ""
    agreement: AgreementLine | None = None
