"""What a contribution holds of a person, at rest: sealed, and opened only for who answers it."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from hermanar.foundation.intake.kinds import shape_of
from hermanar.foundation.intake.rules import Kind
from hermanar.foundation.models import Contribution
from hermanar.foundation.trail.sealing import SealError, opened, sealed


def closed(kind: Kind, content: Mapping[str, Any], *, key: UUID) -> dict[str, Any]:
    """Return a content as its table keeps it: what is personal in it can be read by nobody who has the table alone."""
    return {**content, **{name: _shut(str(content[name]), key) for name in _personal(kind) if name in content}}


def open_content(kept: Contribution) -> dict[str, Any]:
    """Return a content as it was sent; without what this installation's key does not open."""
    told = dict(kept.content)
    for name in _personal(Kind(kept.kind)):
        if name in told:
            told[name] = _open(told[name], kept.key)
    return {name: value for name, value in told.items() if value is not None}


def _personal(kind: Kind) -> list[str]:
    return [one.name for one in shape_of(kind).fields if one.is_personal]


def _shut(text: str, key: UUID) -> str:
    return base64.b64encode(sealed(text, about=key.bytes)).decode()


def _open(text: str, key: UUID) -> str | None:
    try:
        return opened(base64.b64decode(text, validate=True), about=key.bytes)
    except (SealError, binascii.Error, ValueError):
        return None
