"""The whole description of the API, fuzzed: no error of the server, no answer outside its schema."""

from __future__ import annotations

import datetime as dt

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.test import Client
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as limits
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from hermanar.agreements.actions import draft
from tests.workspace.signing_in import client_of

pytestmark = [pytest.mark.django_db, pytest.mark.fuzz, pytest.mark.row(7)]
EXAMPLES = [50, pytest.param(1_000, marks=pytest.mark.nightly)]
OPERATIONS = ("agreements", "agreements/{slug}", "places", "places/{id}", "ties", "statistics")
CHECKS = [not_a_server_error, content_type_conformance, response_schema_conformance, status_code_conformance]


@pytest.fixture
def one_connection():
    """Keep the test's own transaction open from request to request, as Django's client does."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.usefixtures("one_connection")
@pytest.mark.parametrize("mode", list(schemathesis.GenerationMode))
@pytest.mark.parametrize("path", OPERATIONS)
@pytest.mark.parametrize("examples", EXAMPLES)
def test_nothing_asked_breaks_it(registry, path, mode, examples, figure):
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application())
    operation = schema[f"/api/v1/{path}"]["GET"]

    asked = []

    @limits(
        max_examples=examples,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def ask(case):
        asked.append(case.call_and_validate(checks=CHECKS, headers={"Accept-Encoding": "identity"}).status_code)

    ask()
    assert max(asked) < 500
    if path == "ties":  # one of the twelve tells for all
        figure(f"{len(OPERATIONS)} operations, {mode.value}: at least {examples} requests each, 0 answers 5xx")


def test_every_operation_is_fuzzed():
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application())
    assert set(schema) == {f"/api/v1/{path}" for path in OPERATIONS}


@pytest.fixture
def places(db):
    """Return the addresses of every operation, of what is there and of what is not."""
    return [f"/api/v1/{path}" for path in ("agreements", "places?q=a", "ties", "statistics", "openapi.json")] + [
        f"/api/v1/{path}/{key}" for path in ("agreements", "places") for key in ("guanajuato-ashland", "nada", "\u202e")
    ]


def test_every_role_is_answered_as_the_public_is(cast, places):
    """Who is signed in is nobody here: the same bytes, also of an office's own file that is no one else's yet."""
    hidden = draft(cast.file(), office=cast.office.pk, by=cast.of("director"), today=dt.date(2026, 5, 4))
    asked = [*places, f"/api/v1/agreements/{hidden.slug}", f"/api/v1/places/{cast.guanajuato.slug}"]
    public = [(answer.status_code, answer.content) for answer in map(Client().get, asked)]
    for (_office, role), actor in cast.people.items():
        if _office not in {"guanajuato", "sre"}:
            continue
        client = client_of(actor)
        assert [(answer.status_code, answer.content) for answer in map(client.get, asked)] == public, role
    assert {status for status, _content in public} == {200, 404}
    assert hidden.slug.encode() not in b"".join(content for status, content in public if status == 200)
