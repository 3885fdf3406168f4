"""What a learner carries along instead of an account: progress, a test passed, a certificate; signed, kept nowhere.

Progress is signed with the secret of the installation, which may change. A certificate must stay genuine for years and
through a restored copy: it is signed with the key of the trail, which is kept with every copy.
"""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.utils.crypto import constant_time_compare, salted_hmac

LONGEST = 400  # no token of ours is longer
_PARTS = "~"
_DIGEST = 32  # hexadecimal signs: 128 bits


@dataclass(frozen=True, slots=True)
class Passed:
    """A final test that was passed: of which course in which version, with how many of a hundred, when."""

    course: str
    version: int
    percent: int
    on: dt.date

    @property
    def text(self) -> str:
        """Return it in the form that is signed."""
        return _PARTS.join((self.course, str(self.version), str(self.percent), self.on.strftime("%Y%m%d")))


@dataclass(frozen=True, slots=True)
class Certificate:
    """What a certificate's token says: the test, and a digest of the name as it was written, never the name."""

    passed: Passed
    name_digest: str

    def is_for(self, name: str) -> bool:
        """Say whether the certificate was made for this name."""
        return constant_time_compare(self.name_digest, digest_of_name(name, self.passed))


def progress_token(course: str, numbers: Iterable[int]) -> str:
    """Return which lessons of a course were passed, signed."""
    return _progress().sign(_PARTS.join((course, *(str(number) for number in sorted(set(numbers))))))


def read_progress(token: str, *, course: str) -> frozenset[int]:
    """Return the lessons that a token says were passed; none for a forged one or another course's."""
    if not token or len(token) > LONGEST:
        return frozenset()
    try:
        slug, *numbers = _progress().unsign(token).split(_PARTS)
    except BadSignature:
        return frozenset()
    return frozenset(int(number) for number in numbers) if slug == course else frozenset()


def pass_token(passed: Passed) -> str:
    """Return that a test was passed, signed: what a certificate is asked for with."""
    return _signer("pass").sign(passed.text)


def read_pass(token: str) -> Passed | None:
    """Return the test that a token says was passed, or None."""
    text = _unsigned("pass", token)
    return _passed(text) if text else None


def certificate_token(passed: Passed, *, name: str) -> str:
    """Return the token of a certificate made out to a name."""
    return _signer("certificate").sign(_PARTS.join((passed.text, digest_of_name(name, passed))))


def read_certificate(token: str) -> Certificate | None:
    """Return what a certificate's token says, or None when this installation did not sign it."""
    text = _unsigned("certificate", token)
    if not text:
        return None
    rest, _bar, digest = text.rpartition(_PARTS)
    return Certificate(_passed(rest), digest)


def digest_of_name(name: str, passed: Passed) -> str:
    """Return a digest that tells nobody a name and differs from one certificate to the next."""
    plain = " ".join(unicodedata.normalize("NFKC", name).casefold().split())
    content = f"{passed.text}{_PARTS}{plain}".encode("utf-8", "replace")
    keyed = salted_hmac("museum.course.name", content, secret=settings.TRAIL_KEY, algorithm="sha256")
    return keyed.hexdigest()[:_DIGEST]


def _progress() -> Signer:
    return Signer(salt="museum.course.progress", sep=".")


def _signer(what: str) -> Signer:
    return Signer(key=settings.TRAIL_KEY, salt=f"museum.course.{what}", sep=".", fallback_keys=[])


def _unsigned(what: str, token: str) -> str:
    if not token or len(token) > LONGEST:
        return ""
    try:
        return _signer(what).unsign(token)
    except BadSignature:
        return ""


def _passed(text: str) -> Passed:
    course, version, percent, on = text.split(_PARTS)
    return Passed(course, int(version), int(percent), dt.datetime.strptime(on, "%Y%m%d").replace(tzinfo=dt.UTC).date())
