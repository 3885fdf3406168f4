"""Django's PostgreSQL, telling of its commits (decision 40)."""

from __future__ import annotations

from django.db.backends.postgresql import base

from hermanar.site.front.commits import TellsCommits


class DatabaseWrapper(TellsCommits, base.DatabaseWrapper):
    """A connection whose commits are told before they are acknowledged."""
