"""Who may do what: a table of roles and verbs, asked inside every verb."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from django.utils.translation import gettext as _


class Role(StrEnum):
    """What a person is in an office; the public has no office."""

    ADMINISTRATOR = "administrator"
    DIRECTOR = "director"
    COORDINATOR = "coordinator"
    ANALYST = "analyst"
    READER = "reader"
    COMMITTEE_MEMBER = "committee_member"
    MUSEUM_EDITOR = "museum_editor"
    COUNTERPART = "counterpart"
    LEGAL_REVIEWER = "legal_reviewer"
    REGISTRY_STEWARD = "registry_steward"
    CONSOLE = "console"  # whoever runs commands on the machine; no member of an office is this
    PUBLIC = "public"


class Verb(StrEnum):
    """Everything that can be done to the registry, in an office and to an office."""

    # the registry of past agreements and what is said of them
    RECORD_AGREEMENT = "agreement.record"
    CORRECT_AGREEMENT = "agreement.correct"
    PUBLISH_AGREEMENT = "agreement.publish"
    UNPUBLISH_AGREEMENT = "agreement.unpublish"
    RECORD_ACTIVITY = "activity.record"
    ADD_PLACE = "place.add"
    RECORD_SOURCE = "source.record"
    STATE_FACTS = "facts.state"
    LOAD_CAPTURE = "capture.load"
    # the files of an office, from draft to register and beyond
    READ_FILES = "file.read"
    DRAFT = "file.draft"
    TAKE_OVER = "file.take_over"  # past agreements of the office's own place, documented or not
    EDIT_FILE = "file.edit"
    ADD_TEXT = "file.add_text"
    RECORD_COUNCIL_VOTE = "file.record_council_vote"
    INFORM_MINISTRY = "file.inform_ministry"
    REQUEST_OPINION = "file.request_opinion"
    RECORD_OBSERVATIONS = "file.record_observations"
    RECORD_OPINION = "file.record_opinion"
    SIGN = "file.sign"
    SEND_SIGNED_COPIES = "file.send_signed_copies"
    RECORD_REGISTRATION = "file.record_registration"
    RENEW = "file.renew"
    SUSPEND = "file.suspend"
    RESUME = "file.resume"
    TERMINATE = "file.terminate"
    REAFFIRM = "file.reaffirm"
    ABANDON = "file.abandon"
    ASK_COUNTERPART = "file.ask_counterpart"
    REVIEW_FILES = "file.review"  # sees what was sent to one's office for its opinion
    READ_REGISTER = "register.read"  # sees every signed agreement of every office
    # what was done under an agreement, as its office tells it
    NOTE_ACTIVITY = "activity.note"
    WITHDRAW_ACTIVITY = "activity.withdraw"
    PUBLISH_ACTIVITY = "activity.publish"
    # gifts and donations of an office
    RECORD_GIFT = "gift.record"
    MEND_GIFT = "gift.mend"  # what is said of one, and where it is kept
    WITHDRAW_GIFT = "gift.withdraw"
    PUBLISH_GIFT = "gift.publish"  # and hide again
    # cooperation projects of an office, and what is in them
    KEEP_PROJECTS = "project.keep"
    CANCEL_PROJECT = "project.cancel"
    PUBLISH_PROJECT = "project.publish"  # and hide again
    # the office itself
    FOUND_OFFICE = "office.found"
    CHANGE_OFFICE = "office.change"
    MANAGE_MEMBERS = "office.manage_members"
    NAME_ADMINISTRATORS = "office.name_administrators"
    KEEP_CALENDAR = "calendar.keep"
    KEEP_TEMPLATES = "office.keep_templates"
    HAND_OVER = "office.hand_over"
    RECEIVE_OFFICE = "office.receive"
    # planning: outlines of questions, and what an office answers to them
    KEEP_OUTLINES = "outline.keep"
    ASSESS = "assessment.fill_in"  # begins, answers, abandons
    CLOSE_ASSESSMENT = "assessment.close"
    # committees, of the office and of its ties
    READ_COMMITTEES = "committee.read"
    KEEP_COMMITTEES = "committee.keep"
    DO_OWN_TASKS = "committee.do_own_tasks"  # of the member that the account belongs to
    # what an office shows of an event to whoever paid for it
    PREPARE_PROOF = "proof.prepare"
    PUBLISH_PROOF = "proof.publish"  # and take away again
    # how a tie begins and who takes part in it
    RECEIVE_REQUEST = "request.receive"  # enters and mends one, while nobody has answered it
    ANSWER_REQUEST = "request.answer"
    WEIGH_CITIES = "selection.weigh"  # criteria, candidates, marks
    DECIDE_CITY = "selection.decide"  # notes who chose which city, and takes that back
    NAME_STAKEHOLDERS = "stakeholder.name"
    # the counterpart takes part in one tie
    KEEP_GUESTS = "guest.keep"  # asks them in and ends their access
    TAKE_PART = "guest.take_part"  # of the guest of that tie: no member of an office has it
    # work plans of the office's ties
    KEEP_PLANS = "plan.keep"
    # calls for exchanges, internships and stays
    KEEP_CALLS = "call.keep"  # and tell what came of one
    WITHDRAW_CALL = "call.withdraw"
    PUBLISH_CALL = "call.publish"  # and hide again
    # what the museum says of gifts
    KEEP_EXHIBITS = "exhibit.keep"  # writes, shows and hides it
    # the museum's courses
    KEEP_COURSES = "course.keep"  # enters them, shows them to the public and hides them again
    # what goes on: the calendar, the business corner, the ways to support the museum
    KEEP_AGENDA = "agenda.keep"
    PUBLISH_AGENDA = "agenda.publish"  # and hide again
    KEEP_OFFERS = "offer.keep"
    PUBLISH_OFFER = "offer.publish"  # and hide again
    KEEP_SUPPORT = "support.keep"
    # what the public sends in
    CONTRIBUTE = "contribution.send"
    REPORT_CONTRIBUTION = "contribution.report"
    MODERATE = "contribution.moderate"  # publishes, refuses, hides, restores, and takes that back
    REMOVE_CONTRIBUTION = "contribution.remove"  # for good
    KEEP_BOARD = "board.keep"  # problems and good practices
    # calls for a work of art to give to a sister city
    KEEP_OPEN_CALL = "open_call.keep"
    PUBLISH_OPEN_CALL = "open_call.publish"  # hides and cancels it, asks its jury, tells its result
    JUDGE_WORKS = "open_call.judge"  # of a juror, and of the public that votes; no member of an office has it
    # the museum's rooms of the office's city
    EDIT_ROOMS = "museum.edit"
    APPROVE_ROOMS = "museum.approve"  # opens a room, names who edits it, publishes


_AGENDA = frozenset({Verb.KEEP_AGENDA, Verb.PUBLISH_AGENDA, Verb.KEEP_OFFERS, Verb.PUBLISH_OFFER, Verb.KEEP_SUPPORT})
_REGISTRY = frozenset(
    {
        Verb.RECORD_AGREEMENT,
        Verb.CORRECT_AGREEMENT,
        Verb.PUBLISH_AGREEMENT,
        Verb.UNPUBLISH_AGREEMENT,
        Verb.RECORD_ACTIVITY,
        Verb.ADD_PLACE,
        Verb.RECORD_SOURCE,
        Verb.STATE_FACTS,
        Verb.LOAD_CAPTURE,
        Verb.KEEP_CALENDAR,
        Verb.KEEP_OUTLINES,
        Verb.KEEP_EXHIBITS,  # of donations that only a source documents
        Verb.KEEP_COURSES,
        Verb.MODERATE,  # what is for a city without an office
        Verb.REMOVE_CONTRIBUTION,
    }
)
_ANALYST = frozenset(
    {
        Verb.READ_FILES,
        Verb.DRAFT,
        Verb.EDIT_FILE,
        Verb.ADD_TEXT,
        Verb.RECORD_COUNCIL_VOTE,
        Verb.INFORM_MINISTRY,
        Verb.REQUEST_OPINION,
        Verb.RECORD_OBSERVATIONS,  # those that came by letter
        Verb.SEND_SIGNED_COPIES,
        Verb.ASK_COUNTERPART,
        Verb.NOTE_ACTIVITY,
        Verb.ASSESS,
        Verb.RECORD_GIFT,
        Verb.MEND_GIFT,
        Verb.READ_COMMITTEES,
        Verb.KEEP_COMMITTEES,
        Verb.PREPARE_PROOF,
        Verb.KEEP_PROJECTS,
        Verb.RECEIVE_REQUEST,
        Verb.WEIGH_CITIES,
        Verb.NAME_STAKEHOLDERS,
        Verb.KEEP_PLANS,
        Verb.KEEP_CALLS,
        Verb.KEEP_AGENDA,
        Verb.KEEP_OFFERS,
        Verb.KEEP_OPEN_CALL,
    }
)
_COORDINATOR = _ANALYST | {
    Verb.WITHDRAW_GIFT,
    Verb.CANCEL_PROJECT,
    Verb.TAKE_OVER,
    Verb.RECORD_OPINION,  # the one that came by letter
    Verb.SIGN,
    Verb.RENEW,
    Verb.SUSPEND,
    Verb.RESUME,
    Verb.TERMINATE,
    Verb.REAFFIRM,
    Verb.ABANDON,
    Verb.KEEP_TEMPLATES,
    Verb.WITHDRAW_ACTIVITY,
    Verb.CLOSE_ASSESSMENT,
    Verb.ANSWER_REQUEST,
    Verb.DECIDE_CITY,
    Verb.KEEP_GUESTS,
    Verb.WITHDRAW_CALL,
    *_AGENDA,
    Verb.MODERATE,
    Verb.REMOVE_CONTRIBUTION,
    Verb.KEEP_BOARD,
    # whoever approves at the museum's desk does there what its editors do
    Verb.KEEP_EXHIBITS,
    Verb.KEEP_COURSES,
    Verb.PUBLISH_OPEN_CALL,
    Verb.EDIT_ROOMS,
    Verb.APPROVE_ROOMS,
}
_DIRECTOR = _COORDINATOR | {
    Verb.PUBLISH_GIFT,
    Verb.PUBLISH_PROOF,
    Verb.PUBLISH_PROJECT,
    Verb.PUBLISH_CALL,
    Verb.PUBLISH_AGREEMENT,
    Verb.UNPUBLISH_AGREEMENT,
    Verb.PUBLISH_ACTIVITY,
    Verb.CHANGE_OFFICE,
    Verb.MANAGE_MEMBERS,
    Verb.KEEP_CALENDAR,  # the office's own
    Verb.HAND_OVER,
    Verb.RECEIVE_OFFICE,
}
GRANTED: dict[Role, frozenset[Verb]] = {
    # In an office of one to three the administrator is one of those who work there; outside it, nobody.
    Role.ADMINISTRATOR: _DIRECTOR | {Verb.NAME_ADMINISTRATORS},
    Role.DIRECTOR: _DIRECTOR,
    Role.COORDINATOR: _COORDINATOR,
    Role.ANALYST: _ANALYST,
    Role.READER: frozenset({Verb.READ_FILES, Verb.READ_COMMITTEES}),
    Role.COMMITTEE_MEMBER: frozenset({Verb.READ_COMMITTEES, Verb.DO_OWN_TASKS}),
    Role.MUSEUM_EDITOR: _AGENDA
    | {
        Verb.EDIT_ROOMS,
        Verb.KEEP_EXHIBITS,
        Verb.KEEP_COURSES,
        Verb.MODERATE,
        Verb.KEEP_BOARD,
        Verb.KEEP_OPEN_CALL,
    },
    Role.COUNTERPART: frozenset({Verb.TAKE_PART}),
    Role.LEGAL_REVIEWER: frozenset({Verb.REVIEW_FILES, Verb.RECORD_OBSERVATIONS, Verb.RECORD_OPINION}),
    Role.REGISTRY_STEWARD: _REGISTRY | {Verb.READ_REGISTER, Verb.RECORD_REGISTRATION},
    # Whoever can run commands on the machine already holds the database.
    Role.CONSOLE: _DIRECTOR | _REGISTRY | {Verb.NAME_ADMINISTRATORS, Verb.FOUND_OFFICE},
    Role.PUBLIC: frozenset({Verb.CONTRIBUTE, Verb.REPORT_CONTRIBUTION, Verb.JUDGE_WORKS}),
}
# Verbs done by one office to the file of another; that office is the one the file was sent to.
_ACROSS = frozenset(
    {
        (Role.LEGAL_REVIEWER, Verb.RECORD_OBSERVATIONS),
        (Role.LEGAL_REVIEWER, Verb.RECORD_OPINION),
        (Role.LEGAL_REVIEWER, Verb.REVIEW_FILES),
        (Role.REGISTRY_STEWARD, Verb.RECORD_REGISTRATION),
        (Role.REGISTRY_STEWARD, Verb.READ_REGISTER),
    }
)


@dataclass(frozen=True, slots=True)
class Actor:
    """Whoever acts: the name the trail keeps (an identifier, never a person's name), the role, the office."""

    name: str
    role: Role
    office: UUID | None = None
    user: UUID | None = None


CONSOLE = Actor("console", Role.CONSOLE)


class NotAllowedError(PermissionError):
    """The actor's role does not grant the verb, or not in that office."""


def can(actor: Actor, verb: Verb) -> bool:
    """Say whether the actor's role grants the verb."""
    return verb in GRANTED[actor.role]


def can_in(actor: Actor, verb: Verb, *, office: UUID | None) -> bool:
    """Say whether the actor may do this to what belongs to an office; None is what the registry itself keeps."""
    if not can(actor, verb):
        return False
    if actor.role is Role.CONSOLE or (actor.role, verb) in _ACROSS:
        return True
    if office is None:
        return verb in _REGISTRY and actor.role is Role.REGISTRY_STEWARD
    return actor.office == office


def sees_other_offices(actor: Actor) -> bool:
    """Say whether the actor's work is with the files of several offices, so that no wall can stand between them."""
    return any(role is actor.role for role, _verb in _ACROSS)


def require(actor: Actor, verb: Verb) -> None:
    """Raise NotAllowedError unless the actor's role grants the verb."""
    if not can(actor, verb):
        raise NotAllowedError(_refusal(actor, verb))


def require_in(actor: Actor, verb: Verb, *, office: UUID | None) -> None:
    """Raise NotAllowedError unless the actor's role grants the verb in that office."""
    if not can_in(actor, verb, office=office):
        raise NotAllowedError(_refusal(actor, verb))


def _refusal(actor: Actor, verb: Verb) -> str:
    return _("%(actor)s no puede hacer esto: %(verb)s") % {"actor": actor.name, "verb": verb.value}


EDITS, APPROVES, INVITED = "edita", "aprueba", "invita"


def desk_group(part: str, host: str, place: str = "") -> str:
    """Return the name of the group of those who have this part in a city's rooms; who was invited, in one room."""
    return ":".join(("museo", host, place, part) if place else ("museo", host, part))
