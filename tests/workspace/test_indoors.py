"""Sessions act behind the doors of offices and accounts only; their cookies are kept from scripts and plain HTTP."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from hermanar.foundation.access import Role
from hermanar.workspace import indoors
from tests.conftest import ROOT, hermanar_env
from tests.workspace.signing_in import client_of


def has_session(path):
    seen = []
    indoors.SessionMiddleware(lambda request: seen.append(request) or HttpResponse())(RequestFactory().get(path))
    return hasattr(seen[0], "session")


@pytest.mark.parametrize("path", ["/oficina/", "/oficina/x/", "/cuenta/entrar/", "/en/oficina/", "/en/cuenta/"])
def test_pages_of_offices_and_accounts_have_a_session(path):
    assert has_session(path)


@pytest.mark.parametrize("path", ["/", "/en/", "/acuerdos/", "/oficinas/", "/api/v1/ties", "/en", "/acuerdos/oficina/"])
def test_public_pages_have_none(path):
    assert not has_session(path)


def test_with_open_doors_public_pages_would_have_one(monkeypatch):
    monkeypatch.setattr(indoors, "INDOORS", ("/",))
    assert has_session("/acuerdos/")


@pytest.mark.django_db
def test_a_public_page_asks_nothing_about_who_is_signed_in(cast):
    client = client_of(cast.of(Role.DIRECTOR))
    with CaptureQueriesContext(connection) as asked:
        answer = client.get("/robots.txt")
        assert client.get("/observatorio/").status_code == 200
    assert not any("session" in query["sql"] or "foundation_user" in query["sql"] for query in asked.captured_queries)
    assert not answer.cookies


@pytest.mark.django_db
def test_a_page_of_the_office_is_neither_kept_nor_packed(cast):
    answer = client_of(cast.of(Role.DIRECTOR)).get("/oficina/personas/", headers={"Accept-Encoding": "gzip"})
    assert answer["Cache-Control"] == "private, no-store"
    assert not answer.has_header("Content-Encoding")
    assert not answer.has_header("ETag")
    assert "Cookie" in answer["Vary"]


@pytest.mark.row(23)
def test_cookies_are_safe_where_there_is_https(tmp_path):
    names = ["SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SESSION_COOKIE_HTTPONLY", "CSRF_COOKIE_HTTPONLY",
             "SESSION_COOKIE_SAMESITE", "CSRF_COOKIE_SAMESITE"]  # fmt: skip
    told = (
        "import json, django; from django.conf import settings;"
        f"print(json.dumps([getattr(settings, name) for name in {names}]))"
    )
    env = hermanar_env(tmp_path, HERMANAR_HTTPS="1", DJANGO_SETTINGS_MODULE="hermanar.site.settings")
    done = subprocess.run([sys.executable, "-c", told], cwd=ROOT, env=env, capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == [True, True, True, True, "Lax", "Lax"]
