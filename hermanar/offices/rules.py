"""What an office may do with its people: pure functions on plain values."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection

from hermanar.foundation.access import GRANTED, Role, Verb

INVITATION_LASTS = dt.timedelta(days=7)
# Reviewing belongs to the ministry or a state, never to the city whose file it is; the register to the ministry alone,
# since whoever keeps it sees the signed files of every office (D2.4, D2.6).
_LEVELS: dict[Role, frozenset[str]] = {
    Role.LEGAL_REVIEWER: frozenset({"ministry", "state"}),
    Role.REGISTRY_STEWARD: frozenset({"ministry"}),
}
# Who takes part from the other side of a tie is a guest of that tie, never a member of the office.
_OF_NO_OFFICE = frozenset({Role.PUBLIC, Role.CONSOLE, Role.COUNTERPART})


# Who registered the organisation, then its number there; the ruleset of IATI 2.03 forbids these signs.
_IATI_IDENTIFIER = re.compile(r"[A-Za-z]{2,3}-[^/&|?\s]{2,}")


class OfficeError(ValueError):
    """Something an office may not do; the code says what, the vocabulary says it in words."""


def may_hold(role: Role, *, level: str) -> bool:
    """Say whether an office of this level can have someone with this role."""
    return level in _LEVELS.get(role, frozenset({level})) and role not in _OF_NO_OFFICE


def verb_to_give(role: Role) -> Verb:
    """Return what one must be allowed to do to give this role or to take it away: administrators name their own."""
    return Verb.NAME_ADMINISTRATORS if role is Role.ADMINISTRATOR else Verb.MANAGE_MEMBERS


def keeps_someone_in_charge(roles_left: Collection[Role]) -> bool:
    """Say whether, with these roles left, somebody can still invite and change members."""
    return any(Verb.MANAGE_MEMBERS in GRANTED[role] for role in roles_left)


def needs_second_person(roles: Collection[Role], *, verb: Verb) -> bool:
    """Say whether an office has two people for an act that two must do; an office of one acts alone, and says so."""
    return sum(verb in GRANTED[role] for role in roles) > 1


def file_number(slug: str, *, year: int, number: int) -> str:
    """Write the number of a file: office, year, running number."""
    return f"{slug}/{year}/{number:04d}"


def receipt_refused(*, is_received: bool, is_preparer: bool, roles: Collection[Role]) -> str:
    """Return why a person may not sign for an office, or nothing: who gives does not receive, where there are two."""
    if is_received:
        return "handover_received"
    if is_preparer and needs_second_person(roles, verb=Verb.RECEIVE_OFFICE):
        return "handover_same_person"
    return ""


def is_iati_identifier(text: str) -> bool:
    """Say whether a text can name an organisation in an IATI file: «MX-» and what the registry wrote."""
    return text.isprintable() and _IATI_IDENTIFIER.fullmatch(text) is not None
