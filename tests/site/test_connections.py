"""Connections to PostgreSQL that stay open between requests: believed while silent, never after they ended."""

from __future__ import annotations

import dj_database_url
import psycopg
import pytest
from django.db import ConnectionHandler, NotSupportedError

from hermanar.site.postgresql import PLANS_KEPT, base

pytestmark = pytest.mark.row(32)
LAST_ASKED = "SELECT query FROM pg_stat_activity WHERE pid = %s"


@pytest.fixture
def kept(postgres_url, django_db_blocker, request):
    """Return a connection of the product's and another one that watches it."""
    pool = getattr(request, "param", {})
    settings = dj_database_url.parse(postgres_url) | {
        "ENGINE": "hermanar.site.postgresql",
        "CONN_HEALTH_CHECKS": True,
        "CONN_MAX_AGE": 0 if pool else None,
        "OPTIONS": PLANS_KEPT | pool,
    }
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


@pytest.mark.parametrize("many", [base.MOST_VALUES, base.MOST_VALUES + 1])
def test_a_statement_may_have_more_values_than_the_protocol_carries(kept, many):
    wrapper, _watching = kept
    with wrapper.cursor() as cursor:
        cursor.execute(f"SELECT cardinality(ARRAY[{','.join(['%s'] * many)}])", list(range(many)))
        assert cursor.fetchone() == (many,)


@pytest.mark.parametrize("kept", [{}, {"pool": {"min_size": 1, "max_size": 1}}], ids=["own", "pool"], indirect=True)
def test_a_plan_of_a_table_that_changed_is_refused_once(kept):
    """Another process migrates while this one stays up."""
    wrapper, watching = kept

    def read():
        with wrapper.cursor() as cursor:
            cursor.execute("SELECT name FROM names_of_a_test WHERE name <> %s", ["León"])
            return cursor.fetchall()

    watching.execute("CREATE TABLE names_of_a_test (name varchar(9))")
    try:
        for _time in range(7):
            assert read() == []
        watching.execute("ALTER TABLE names_of_a_test ALTER name TYPE varchar(20)")
        with pytest.raises(NotSupportedError, match="cached plan"):
            read()
        wrapper.close_if_unusable_or_obsolete()  # as each request ends
        assert read() == []
    finally:
        watching.execute("DROP TABLE names_of_a_test")
        if wrapper.pool:
            wrapper.close_pool()
