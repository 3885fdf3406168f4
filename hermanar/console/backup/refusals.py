"""Why a copy could not be made or put back."""

from __future__ import annotations


class BackupError(Exception):
    """A copy that cannot be made, read or put back; the message says what and where, in the operator's language."""
