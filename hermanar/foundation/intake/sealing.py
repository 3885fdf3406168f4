"""What a contribution holds of a person, at rest: sealed, and opened only for who answers it."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from hermanar.foundation.intake.kinds import shape_of
from hermanar.foundation.intake.rules import Kind
from hermanar.foundation.models import Contribution
from hermanar.foundation.trail.keyring import Key
from hermanar.foundation.trail.sealing import SealError, is_current, opened, sealed


def closed(kind: Kind, content: Mapping[str, Any], *, key: UUID) -> dict[str, Any]:
    """Return a content as its table keeps it: what is personal in it can be read by nobody who has the table alone."""
    return {**content, **{name: _shut(str(content[name]), key) for name in _personal(kind) if name in content}}


def open_content(kept: Contribution, *, keys: Sequence[Key] | None = None) -> dict[str, Any]:
    """Return a content as it was sent; without what this installation's keys, or those given, do not open."""
    told = dict(kept.content)
    for name in _personal(Kind(kept.kind)):
        if name in told:
            told[name] = _open(told[name], kept.key, keys)
    return {name: value for name, value in told.items() if value is not None}


def is_behind(kept: Contribution) -> bool:
    """Say whether anything in it is sealed under a former key."""
    personal = [kept.content[name] for name in _personal(Kind(kept.kind)) if name in kept.content]
    return not all(is_current(_bytes(text)) for text in personal)


def _personal(kind: Kind) -> list[str]:
    return [one.name for one in shape_of(kind).fields if one.is_personal]


def _shut(text: str, key: UUID) -> str:
    return base64.b64encode(sealed(text, about=key.bytes)).decode()


def _open(text: str, key: UUID, keys: Sequence[Key] | None) -> str | None:
    try:
        return opened(_bytes(text), about=key.bytes, keys=keys)
    except SealError:
        return None


def _bytes(text: str) -> bytes:
    """Return what a sealed field is in its table; nothing for what was never sealed."""
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return b""
