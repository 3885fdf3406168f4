"""Who may do what: a table of roles and verbs, asked inside every verb."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from django.utils.translation import gettext as _


class Role(StrEnum):
    """Roles that some verb asks for today; the others come with the offices."""

    ADMINISTRATOR = "administrator"
    REGISTRY_STEWARD = "registry_steward"
    PUBLIC = "public"


class Verb(StrEnum):
    """Everything that can be done to the registry."""

    RECORD_AGREEMENT = "agreement.record"
    CORRECT_AGREEMENT = "agreement.correct"
    PUBLISH_AGREEMENT = "agreement.publish"
    UNPUBLISH_AGREEMENT = "agreement.unpublish"
    RECORD_ACTIVITY = "activity.record"
    ADD_PLACE = "place.add"
    RECORD_SOURCE = "source.record"
    STATE_FACTS = "facts.state"
    LOAD_CAPTURE = "capture.load"
    KEEP_CALENDAR = "calendar.keep"


_STEWARD = frozenset(Verb)
GRANTED: dict[Role, frozenset[Verb]] = {
    Role.ADMINISTRATOR: _STEWARD,
    Role.REGISTRY_STEWARD: _STEWARD,
    Role.PUBLIC: frozenset(),
}


@dataclass(frozen=True, slots=True)
class Actor:
    """Whoever acts, with the name the trail keeps."""

    name: str
    role: Role
    office: UUID | None = None
    user: UUID | None = None


# Whoever can run commands on the machine already holds the database.
CONSOLE = Actor("console", Role.ADMINISTRATOR)


class NotAllowedError(PermissionError):
    """The actor's role does not grant the verb."""


def can(actor: Actor, verb: Verb) -> bool:
    """Say whether the actor's role grants the verb."""
    return verb in GRANTED[actor.role]


def require(actor: Actor, verb: Verb) -> None:
    """Raise NotAllowedError unless the actor's role grants the verb."""
    if not can(actor, verb):
        message = _("%(actor)s no puede hacer esto: %(verb)s") % {"actor": actor.name, "verb": verb.value}
        raise NotAllowedError(message)
