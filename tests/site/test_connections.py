"""Connections to PostgreSQL that stay open between requests: believed while silent, never after they ended."""

from __future__ import annotations

import dj_database_url
import psycopg
import pytest
from django.db import ConnectionHandler

from hermanar.site.postgresql import base

pytestmark = pytest.mark.row(32)
LAST_ASKED = "SELECT query FROM pg_stat_activity WHERE pid = %s"


@pytest.fixture
def kept(postgres_url, django_db_blocker):
    """Return a connection of the product's and another one that watches it."""
    settings = dj_database_url.parse(postgres_url) | {"ENGINE": "hermanar.site.postgresql", "CONN_HEALTH_CHECKS": True}
    with django_db_blocker.unblock(), psycopg.connect(postgres_url, autocommit=True) as watching:
        wrapper = ConnectionHandler({"default": settings})["default"]
        wrapper.ensure_connection()
        yield wrapper, watching
        wrapper.close()


def asked_last(kept):
    wrapper, watching = kept
    return watching.execute(LAST_ASKED, [wrapper.connection.info.backend_pid]).fetchone()[0]


def asks(wrapper):
    with wrapper.cursor() as cursor:
        cursor.execute("SELECT 2")


def test_a_connection_that_answered_a_moment_ago_is_not_asked_again(kept, monkeypatch):
    wrapper, _watching = kept
    assert wrapper.is_usable()
    assert asked_last(kept) == "SELECT 1"
    asks(wrapper)
    assert wrapper.is_usable()
    assert asked_last(kept) == "SELECT 2"
    monkeypatch.setattr(base, "BELIEVED_SECONDS", 0)
    assert wrapper.is_usable()
    assert asked_last(kept) == "SELECT 1"


def test_a_connection_that_the_server_ended_costs_the_next_request_nothing(kept):
    wrapper, watching = kept
    assert wrapper.is_usable()
    watching.execute("SELECT pg_terminate_backend(%s, 5000)", [wrapper.connection.info.backend_pid])
    assert not wrapper.is_usable()
    wrapper.close_if_unusable_or_obsolete()  # as each request begins
    asks(wrapper)
    assert wrapper.is_usable()


def test_a_connection_that_was_closed_here_is_not_usable(kept):
    wrapper, _watching = kept
    assert wrapper.is_usable()
    wrapper.connection.close()
    assert not wrapper.is_usable()
