"""What a kind may hold, what may be done to a contribution in each state, and until when it is kept: pure functions."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Kind(StrEnum):
    """What somebody sends in."""

    HELLO = "hello"  # a postcard from one city to another
    ANSWER = "answer"  # experience or a solution, to a problem on the board
    PROPOSAL = "proposal"
    ENTRY = "entry"  # a work of art, to an open call
    VISIT = "visit"  # of a group; never public
    INQUIRY = "inquiry"  # about an offer of the business corner; never public


class State(StrEnum):
    """Where a contribution stands."""

    WAITING = "waiting"
    PUBLISHED = "published"
    REPORTED = "reported"  # public still, and somebody asks that it be looked at
    HIDDEN = "hidden"
    REFUSED = "refused"
    SETTLED = "settled"  # attended to; of the kinds that are never public
    REMOVED = "removed"  # the envelope alone is left


class Step(StrEnum):
    """What may be done."""

    PUBLISH = "publish"
    REFUSE = "refuse"
    RECONSIDER = "reconsider"  # undoes a decision: it waits again
    REPORT = "report"
    RESTORE = "restore"
    HIDE = "hide"
    SETTLE = "settle"
    REMOVE = "remove"


class Mark(StrEnum):
    """Why a person should look twice; never a reason to turn somebody away."""

    LINK = "link"
    REPEAT = "repeat"
    QUICK = "quick"  # sent sooner than anyone can write
    TRAP = "trap"  # the field that no person sees was filled in
    PERSONAL = "personal"  # looks as if it held an address or a telephone


class Complaint(StrEnum):
    """Why somebody reports what is public."""

    HARM = "harm"
    PERSONAL = "personal"
    FALSE = "false"
    RIGHTS = "rights"
    OTHER = "other"


class Form(StrEnum):
    """What a field of a content is."""

    LINE = "line"
    TEXT = "text"
    SLUG = "slug"
    CODE = "code"
    CODES = "codes"
    UUID = "uuid"
    EMAIL = "email"
    DATE = "date"
    NUMBER = "number"


class Fault(StrEnum):
    """What is wrong with a field."""

    MISSING = "missing"
    TOO_LONG = "too_long"
    NOT_OF_FORM = "not_of_form"
    UNKNOWN = "unknown"  # the kind has no such field


class IntakeRefusedError(ValueError):
    """The state of a contribution does not allow the step."""

    def __init__(self, step: Step, state: State) -> None:
        super().__init__(f"{step.value}: {state.value}")
        self.step, self.state = step, state


class ContentError(ValueError):
    """A content is not what its kind may hold."""

    def __init__(self, faults: Mapping[str, Fault]) -> None:
        super().__init__(", ".join(f"{name}: {fault.value}" for name, fault in faults.items()))
        self.faults = dict(faults)


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a content: its form, its bounds, and whether it is somebody's personal data."""

    name: str
    form: Form = Form.LINE
    longest: int = 120  # signs; of codes: how many; of a number: the greatest
    is_required: bool = False
    is_personal: bool = False
    choices: frozenset[str] = frozenset()  # empty: any of the form


@dataclass(frozen=True, slots=True)
class Shape:
    """What a kind holds, whether the public ever reads it, and how many days it is kept in each state."""

    fields: tuple[Field, ...]
    days: Mapping[State, int | None]  # None: for as long as it stands
    is_public: bool = True


_FROM: dict[Step, frozenset[State]] = {
    Step.PUBLISH: frozenset({State.WAITING}),
    Step.REFUSE: frozenset({State.WAITING}),
    Step.SETTLE: frozenset({State.WAITING}),
    Step.RECONSIDER: frozenset({State.PUBLISHED, State.REFUSED, State.SETTLED}),
    Step.REPORT: frozenset({State.PUBLISHED, State.REPORTED}),
    Step.RESTORE: frozenset({State.REPORTED, State.HIDDEN}),
    Step.HIDE: frozenset({State.PUBLISHED, State.REPORTED}),
    Step.REMOVE: frozenset(State) - {State.REMOVED},
}
_TO = {
    Step.PUBLISH: State.PUBLISHED,
    Step.REFUSE: State.REFUSED,
    Step.SETTLE: State.SETTLED,
    Step.RECONSIDER: State.WAITING,
    Step.REPORT: State.REPORTED,
    Step.RESTORE: State.PUBLISHED,
    Step.HIDE: State.HIDDEN,
    Step.REMOVE: State.REMOVED,
}
IN_PUBLIC = frozenset({State.PUBLISHED, State.REPORTED})
TO_DECIDE = frozenset({State.WAITING, State.REPORTED})
NEEDS_REASON = frozenset({Step.REFUSE, Step.HIDE, Step.REMOVE})
_OF_PUBLIC_KINDS = frozenset({Step.PUBLISH, Step.REPORT, Step.RESTORE, Step.HIDE})


def target(step: Step) -> State:
    """Return the state a step leads to."""
    return _TO[step]


def allowed(state: State, *, is_public: bool) -> list[Step]:
    """List what may be done to a contribution in a state; of a private kind, nothing that shows it."""
    kept_out = {Step.SETTLE} if is_public else _OF_PUBLIC_KINDS
    return [step for step in Step if state in _FROM[step] and step not in kept_out]


def check(step: Step, state: State, *, is_public: bool) -> None:
    """Raise IntakeRefusedError unless the step may be done in this state."""
    if step not in allowed(state, is_public=is_public):
        raise IntakeRefusedError(step, state)


def forget_on(shape: Shape, state: State, *, since: dt.date) -> dt.date | None:
    """Return the day from which a contribution may be kept no longer; None while it stands."""
    days = shape.days.get(state)
    return None if days is None else since + dt.timedelta(days=days)


_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\Z")
_EMAIL = re.compile(r"[^@\s\"'<>,;]{1,64}@(?:[a-z0-9-]{1,63}\.)+[a-z]{2,24}\Z", re.IGNORECASE)
# They turn the reading direction or steer a device; a text that is read by others does without them.
_UNSEEN = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\uffff\ud800-\udfff]")
_GAPS = re.compile(r"[^\S\n]+")
_LINES = re.compile(r"\n{3,}")


def plain(text: str) -> str:
    """Return a text as others will read it: one form of each sign, no hidden ones, no heaps of space."""
    made = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    return _LINES.sub("\n\n", _GAPS.sub(" ", _UNSEEN.sub("", made))).strip()


def cleaned(shape: Shape, content: Mapping[str, Any]) -> dict[str, Any]:
    """Return a content in its one form, without empty fields. Raises ContentError that names every fault."""
    faults = {str(name)[:40]: Fault.UNKNOWN for name in content.keys() - {one.name for one in shape.fields}}
    found: dict[str, Any] = {}
    for one in shape.fields:
        value = _value(one, content.get(one.name))
        fault = _fault(one, value)
        if fault:
            faults[one.name] = fault
        elif value not in (None, "", []):
            found[one.name] = value
    if faults:
        raise ContentError(faults)
    return found


def _value(one: Field, given: Any) -> Any:
    if isinstance(given, str):
        text = plain(given[: one.longest * 4 + 100])  # what is far too long is not read to its end
        return " ".join(text.split()) if one.form is not Form.TEXT else text
    return list(given) if one.form is Form.CODES and isinstance(given, (list, tuple)) else given


def _fault(one: Field, value: Any) -> Fault | None:
    if value in (None, "", []):
        return Fault.MISSING if one.is_required else None
    if one.form is Form.CODES:
        return _codes_fault(one, value)
    if one.form is Form.NUMBER:
        is_number = isinstance(value, int) and not isinstance(value, bool)
        return None if is_number and 0 <= value <= one.longest else Fault.NOT_OF_FORM
    if not isinstance(value, str):
        return Fault.NOT_OF_FORM
    if len(value) > one.longest:
        return Fault.TOO_LONG
    is_chosen = not one.choices or value in one.choices
    return None if is_chosen and _is_of_form(one.form, value) else Fault.NOT_OF_FORM


def _codes_fault(one: Field, value: Any) -> Fault | None:
    if not isinstance(value, list) or not all(isinstance(code, str) and code in one.choices for code in value):
        return Fault.NOT_OF_FORM
    return Fault.TOO_LONG if len(value) > one.longest else None


def _is_of_form(form: Form, value: str) -> bool:
    if form is Form.DATE:
        try:
            return dt.date.fromisoformat(value).isoformat() == value
        except ValueError:
            return False
    pattern = {Form.SLUG: _SLUG, Form.UUID: _UUID, Form.EMAIL: _EMAIL}.get(form)
    return pattern is None or bool(pattern.match(value))


_LINK = re.compile(
    r"https?:|www\.|\b[a-z0-9-]{2,}\.(?:com|net|org|info|ru|cn|xyz|top|shop|online|io|mx|es)\b", re.IGNORECASE
)
_PERSONAL = re.compile(r"[^@\s]+@[^@\s]+\.[a-z]{2,}|\+?(?:\d[\s().-]{0,2}){9,}", re.IGNORECASE)
QUICKEST_SECONDS = 3


def marks(text: str, *, seconds: float, is_trapped: bool, is_repeated: bool) -> list[Mark]:
    """List what should make a moderator look twice at a text and at the way it came."""
    found = {
        Mark.TRAP: is_trapped,
        Mark.QUICK: seconds < QUICKEST_SECONDS,
        Mark.REPEAT: is_repeated,
        Mark.LINK: bool(_LINK.search(text)),
        Mark.PERSONAL: bool(_PERSONAL.search(text)),
    }
    return [mark for mark, is_so in found.items() if is_so]


def likeness(text: str) -> str:
    """Return what two texts share that differ in case, accents, signs and space alone; empty for hardly any text."""
    bare = "".join(sign for sign in unicodedata.normalize("NFKD", text).casefold() if sign.isalnum())
    return hashlib.sha256(bare.encode()).hexdigest() if bare else ""
