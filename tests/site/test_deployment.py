"""What stands in production behind HTTPS: Django's own check, every public answer's headers, the cookies."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
from django.test import Client, override_settings

from hermanar.site.postgresql import PLANS_KEPT
from tests.conftest import ROOT, hermanar_env
from tests.workspace.addresses import ADDRESSES
from tests.workspace.signing_in import PASSWORD
from tests.workspace.test_addresses import addresses

pytestmark = [pytest.mark.row(23), pytest.mark.no_cover, pytest.mark.alike]
NAMES = (
    "SECURE_SSL_REDIRECT", "SECURE_PROXY_SSL_HEADER", "SECURE_HSTS_SECONDS", "SECURE_HSTS_INCLUDE_SUBDOMAINS",
    "SESSION_COOKIE_SECURE", "SESSION_COOKIE_HTTPONLY", "SESSION_COOKIE_SAMESITE", "SESSION_COOKIE_NAME",
    "CSRF_COOKIE_SECURE", "CSRF_COOKIE_HTTPONLY", "CSRF_COOKIE_SAMESITE", "CSRF_COOKIE_NAME", "CSRF_TRUSTED_ORIGINS",
    "CONTENT_SECURITY_POLICY", "SILENCED_SYSTEM_CHECKS",
)  # fmt: skip
LOOK = f"""
import json, django
django.setup()
from django.conf import settings
from django.core import checks
found = checks.run_checks(include_deployment_checks=True)
print(json.dumps({{
    "told": [str(one) for one in found if not one.is_silenced()],
    "silenced": sorted({{one.id for one in found if one.is_silenced()}}),
    "settings": {{name: getattr(settings, name) for name in {NAMES!r}}},
}}))
"""
OPEN = [name for name, who in sorted(ADDRESSES.items()) if who.kind in {"public", "public_form", "entrance"}]
YEAR = 31_536_000
# An attachment and a picture of a visitor are closed in still further; a kiosk's own pages may be framed by nobody.
LEAST = {"default-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"}


@pytest.fixture(scope="module")
def production(tmp_path_factory):
    """Return what a process with the settings of production says of itself."""
    more = {"HERMANAR_MODE": "production", "HERMANAR_HTTPS": "1", "HERMANAR_HOSTS": "hermanas.example"}
    env = hermanar_env(tmp_path_factory.mktemp("production"), **more, DJANGO_SETTINGS_MODULE="hermanar.site.settings")
    done = subprocess.run([sys.executable, "-c", LOOK], cwd=ROOT, env=env, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


@pytest.fixture
def secure(production):
    """Let the house stand as it does in production, behind a proxy that ends TLS; return a visitor."""
    given = dict(production["settings"])
    given["SECURE_PROXY_SSL_HEADER"] = tuple(given["SECURE_PROXY_SSL_HEADER"])
    with override_settings(**given):
        yield Client(headers={"X-Forwarded-Proto": "https"})


def test_the_check_for_deployment_is_silent(production, figure):
    assert production["told"] == []
    assert production["silenced"] == [
        "security.W003",
        "security.W021",
        "templates.W003",
    ]  # each with its reason in the settings
    figure("0 warnings, 3 silenced with their reasons")


@pytest.mark.django_db
def test_every_public_answer_says_what_a_browser_may_do(secure, figure):
    seen = 0
    for name in [*OPEN, None]:
        for address in addresses(name, ADDRESSES[name].arguments) if name else ["/nada-de-nada/"]:
            answer = secure.get(address)
            told = f"{address}: {answer.headers}"
            hsts = dict(part.strip().partition("=")[::2] for part in answer["Strict-Transport-Security"].split(";"))
            assert int(hsts["max-age"]) >= YEAR, told
            assert "includeSubDomains" in hsts, told
            policy = answer["Content-Security-Policy"]
            assert "unsafe" not in policy, told
            assert {part.strip() for part in policy.split(";")} >= LEAST or "sandbox" in policy, told
            assert answer["X-Content-Type-Options"] == "nosniff", told
            assert answer["Referrer-Policy"] in {"strict-origin-when-cross-origin", "no-referrer"}, told
            assert answer["X-Frame-Options"] == "DENY", told
            assert "camera=()" in answer["Permissions-Policy"], told
            if answer["Content-Type"].startswith("text/html"):
                assert answer["Cross-Origin-Opener-Policy"] == "same-origin", told
            assert secure.generic("TRACE", address).status_code in {404, 405}, told
            seen += 1
    figure(f"{seen} public answers, each with its headers, none with unsafe-inline")


@pytest.mark.django_db
def test_who_comes_without_tls_is_sent_to_it(secure):
    answer = Client().get("/acuerdos/")
    assert (answer.status_code, answer["Location"]) == (301, "https://testserver/acuerdos/")


@pytest.mark.django_db
def test_cookies_are_for_this_host_over_https_and_not_for_scripts(secure, cast):
    secure.get("/cuenta/entrar/")
    secure.post("/cuenta/entrar/", {"login": "director@guanajuato.example.org", "password": PASSWORD})
    assert set(secure.cookies) == {"__Host-csrftoken", "__Host-hermanar_session"}
    for cookie in secure.cookies.values():
        assert (cookie["secure"], cookie["httponly"], cookie["samesite"]) == (True, True, "Lax")
        assert (cookie["path"], cookie["domain"]) == ("/", "")


def connections_to(address, folder, **more):
    """Return what the settings ask of the connections to a database at an address, and how many files may be made."""
    env = hermanar_env(folder, DATABASE_URL=address, **more)
    look = "import json; from hermanar.site.settings import DATABASES as all, STREAMS;"
    look += "print(json.dumps(all['default'] | {'STREAMS': STREAMS}))"
    done = subprocess.run([sys.executable, "-c", look], cwd=ROOT, env=env, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def test_a_pool_keeps_what_the_address_asks_of_connections(tmp_path):
    address = "postgres://nobody@127.0.0.1/none?sslmode=verify-full"
    options = connections_to(address, tmp_path, HERMANAR_POOL="3")["OPTIONS"]
    assert (options["sslmode"], options["pool"]["max_size"]) == ("verify-full", 3)


@pytest.mark.parametrize(("pool", "streams"), [("0", 48), ("1", 1), ("8", 4), ("200", 48)])
def test_files_that_leave_slowly_take_half_of_a_pool_at_most(pool, streams, tmp_path):
    asked = connections_to("postgres://nobody@127.0.0.1/none", tmp_path, HERMANAR_POOL=pool)
    assert asked["STREAMS"] == streams


def test_a_pool_is_of_postgresql_alone(tmp_path):
    assert connections_to(f"sqlite:///{tmp_path}/a.sqlite3", tmp_path, HERMANAR_POOL="8")["STREAMS"] == 48


@pytest.mark.parametrize("has_pooler", [False, True])
def test_plans_and_cursors_are_kept_unless_a_pooler_stands_between(has_pooler, tmp_path):
    asked = connections_to("postgres://nobody@127.0.0.1/none", tmp_path, HERMANAR_PGBOUNCER=str(int(has_pooler)))
    assert asked["DISABLE_SERVER_SIDE_CURSORS"] is has_pooler
    assert (PLANS_KEPT.items() <= asked["OPTIONS"].items()) is not has_pooler
