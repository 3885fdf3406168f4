"""What may be said of an exhibit, and the rights statements it may carry (rightsstatements.org, Creative Commons)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

_RS = "http://rightsstatements.org/vocab/{}/1.0/"
_CC = "http://creativecommons.org/{}/"
# The address is the identifier that IIIF asks for, in the very form of those who keep it (http, not https).
STATEMENTS = {
    "cne": (_RS.format("CNE"), "Copyright Not Evaluated"),
    "und": (_RS.format("UND"), "Copyright Undetermined"),
    "inc": (_RS.format("InC"), "In Copyright"),
    "inc_edu": (_RS.format("InC-EDU"), "In Copyright, Educational Use Permitted"),
    "inc_nc": (_RS.format("InC-NC"), "In Copyright, Non-Commercial Use Permitted"),
    "noc_oklr": (_RS.format("NoC-OKLR"), "No Copyright, Other Known Legal Restrictions"),
    "nkc": (_RS.format("NKC"), "No Known Copyright"),
    "cc_pdm": (_CC.format("publicdomain/mark/1.0"), "Public Domain Mark 1.0"),
    "cc_0": (_CC.format("publicdomain/zero/1.0"), "CC0 1.0"),
    "cc_by": (_CC.format("licenses/by/4.0"), "CC BY 4.0"),
    "cc_by_sa": (_CC.format("licenses/by-sa/4.0"), "CC BY-SA 4.0"),
    "cc_by_nc": (_CC.format("licenses/by-nc/4.0"), "CC BY-NC 4.0"),
}
UNEVALUATED = "cne"  # nobody has looked yet: the truth as long as nobody has
OWN_DRAWING = "cc_by"  # what the museum draws from data is offered as the data are
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*", re.ASCII)
_CODE = re.compile(r"(.*-)?[0-9a-f]{10}", re.ASCII)
LONGEST_SLUG = 80


class ExhibitRefusal(StrEnum):
    """Why what is said of an exhibit is not kept."""

    NO_RECORD = "no_record"
    BAD_SLUG = "bad_slug"
    SLUG_LIKE_CODE = "slug_like_code"
    SLUG_TAKEN = "slug_taken"
    SLUG_FROZEN = "slug_frozen"
    UNKNOWN_RIGHTS = "unknown_rights"
    NOTHING_SAID = "nothing_said"


class ExhibitRefusedError(ValueError):
    """An exhibit is not kept as it was written: everything that refuses it."""

    def __init__(self, refusals: Iterable[ExhibitRefusal]) -> None:
        self.refusals = tuple(refusals)
        super().__init__(", ".join(refusal.value for refusal in self.refusals))


@dataclass(frozen=True, slots=True)
class ExhibitDraft:
    """What the museum says of a gift."""

    slug: str
    story: str = ""
    story_en: str = ""
    rights: str = UNEVALUATED


def refused_exhibit(draft: ExhibitDraft, *, slug_was: str, was_public: bool, is_taken: bool) -> list[ExhibitRefusal]:
    """Return everything that keeps an exhibit from being written; an address that was public stays what it is."""
    found = []
    if len(draft.slug) > LONGEST_SLUG or not _SLUG.fullmatch(draft.slug):
        found.append(ExhibitRefusal.BAD_SLUG)
    elif _CODE.fullmatch(draft.slug):  # it would be read as the code of a work
        found.append(ExhibitRefusal.SLUG_LIKE_CODE)
    if is_taken:
        found.append(ExhibitRefusal.SLUG_TAKEN)
    if was_public and draft.slug != slug_was:
        found.append(ExhibitRefusal.SLUG_FROZEN)
    if draft.rights not in STATEMENTS:
        found.append(ExhibitRefusal.UNKNOWN_RIGHTS)
    return found


def refused_to_show(*, story: str, story_en: str, rights: str) -> list[ExhibitRefusal]:
    """Return why an exhibit is not shown: it would add nothing to what the gift says itself."""
    is_empty = not (story.strip() or story_en.strip()) and rights == UNEVALUATED
    return [ExhibitRefusal.NOTHING_SAID] if is_empty else []
