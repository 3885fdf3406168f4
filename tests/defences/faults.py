"""What keeps a write that was acknowledged, and nothing half, when something breaks."""

from tests.defences import Defence

WRITERS = "tests/faults/test_killed_writers.py"
WORK = "tests/faults/test_killed_work.py"
FULL, LOST = "tests/faults/test_full_disk.py", "tests/faults/test_lost.py"
UNAVAILABLE = "hermanar/museum/unavailable.py"
ON_SQLITE = (f"{WRITERS}::test_writers_on_sqlite_are_killed_and_nothing_acknowledged_is_lost",)

DEFENCES = [
    Defence(
        row=1,
        what="a verb writes its row and its trail together or not at all",
        file="hermanar/cooperation/actions/activities.py",
        stands="@transaction.atomic\ndef record_activity(",
        falls="def record_activity(",
        tests=ON_SQLITE,
    ),
    Defence(
        row=1,
        what="a write is acknowledged after its transaction, not within it (a control of the test itself)",
        file="tests/faults/writers.py",
        stands="            done = verb(key)\n",
        falls='            with __import__("django.db").db.transaction.atomic():\n'
        "                done = verb(key)\n"
        '                os.write(told, json.dumps(done).encode() + b"\\n")\n',
        tests=ON_SQLITE,
    ),
    Defence(
        row=2,
        what="PostgreSQL has a commit on the disk before it acknowledges it",
        file="tools/postgres.py",
        stands='DURABLE = {"fsync": "on", "synchronous_commit": "on"',
        falls='DURABLE = {"fsync": "on", "synchronous_commit": "off"',
        tests=(f"{WRITERS}::test_postgresql_is_killed_under_writers_that_go_on_by_themselves",),
    ),
    Defence(
        row=9,
        what="work whose process is gone is taken over",
        file="hermanar/foundation/jobs.py",
        stands="filter(Q(told_at=None) | lost, ended_at=None)",
        falls="filter(Q(told_at=None), ended_at=None)",
        tests=("tests/foundation/test_job_processes.py",),
    ),
    Defence(
        row=9,
        what="work that another does is left to it",
        file="hermanar/foundation/jobs.py",
        stands="filter(Q(told_at=None) | lost, ended_at=None)",
        falls="filter(ended_at=None)",
        tests=("tests/foundation/test_jobs.py",),
    ),
    Defence(
        row=3,
        what="SQLite syncs each commit",
        file="hermanar/site/settings.py",
        stands="PRAGMA synchronous=FULL",
        falls="PRAGMA synchronous=NORMAL",
        tests=("tests/faults/test_power.py::test_sqlite_brings_each_commit_to_the_disk_before_it_is_confirmed",),
    ),
    Defence(
        row=3,
        what="a PostgreSQL that may lose what it confirmed is told",
        file="hermanar/console/management/commands/check.py",
        stands="if facts.loose:",
        falls="if False:",
        tests=("tests/faults/test_power.py::test_postgresql_that_may_lose_what_it_confirmed_is_told",),
    ),
    Defence(
        row=9,
        what="an import is one transaction",
        file="hermanar/agreements/actions/importing/__init__.py",
        stands="@transaction.atomic\n",
        falls="",
        tests=(f"{WORK}::test_an_import_is_killed_and_is_there_whole_or_not_at_all",),
    ),
    Defence(
        row=9,
        what="a copy is written beside its place and named when it is checked",
        file="hermanar/console/management/commands/backup.py",
        stands='partial = path.with_name(f".{path.name}.part")',
        falls="partial = path",
        tests=(f"{WORK}::test_a_copy_is_killed_and_no_half_one_bears_its_name",),
    ),
    Defence(
        row=9,
        what="what a killed copy left is swept away",
        file="hermanar/console/backup/snapshots.py",
        stands="    _sweep(alias)\n",
        falls="",
        tests=(f"{WORK}::test_a_copy_is_killed_and_no_half_one_bears_its_name",),
    ),
    Defence(
        row=9,
        what="a file is kept under its name only when it is whole, and before its row",
        file="hermanar/foundation/documents/keeping.py",
        stands="    Path(file.name).rename(final)\n",
        falls="    final.write_bytes(file.read(1000))\n",
        tests=(f"{WORK}::test_an_upload_is_killed_and_no_half_file_stays",),
    ),
    Defence(
        row=21,
        what="a migration is written down in the transaction that does it",
        file="hermanar/console/management/commands/migrate.py",
        stands="            migration.apply = whole\n",
        falls="            pass\n",
        tests=("tests/faults/test_killed_migration.py::test_a_step_is_never_done_and_not_written_down",),
    ),
    Defence(
        row=22,
        what="writers wait for each other",
        file="hermanar/site/settings.py",
        stands='"timeout": 20,',
        falls='"timeout": 0,',
        tests=("tests/faults/test_soak.py",),
    ),
    Defence(
        row=32,
        what="a full disk is told as what it is",
        file=UNAVAILABLE,
        stands="    if _is_no_room(problem):\n        return _DISK_AGAIN\n",
        falls="",
        tests=(f"{FULL}::test_a_full_disk_acknowledges_nothing_and_heals_by_itself",),
    ),
    Defence(
        row=32,
        what="a lost database is answered with a page and not as a failure of ours",
        file=UNAVAILABLE,
        stands="if isinstance(problem, OperationalError) or",
        falls="if",
        tests=(f"{LOST}::test_a_lost_database_is_told_and_found_again_by_the_same_processes",),
    ),
    Defence(
        row=32,
        what="connections that broke are noticed at the next request",
        file="hermanar/site/settings.py",
        stands='DATABASES["default"]["CONN_HEALTH_CHECKS"] = True',
        falls='DATABASES["default"]["CONN_HEALTH_CHECKS"] = False',
        tests=(f"{LOST}::test_a_lost_database_is_told_and_found_again_by_the_same_processes",),
    ),
    Defence(
        row=32,
        what="a server's last word on a connection is heard",
        file="hermanar/site/postgresql/base.py",
        stands="return not heard.poll(0)",
        falls="return True",
        tests=(
            "tests/site/test_connections.py::test_a_connection_that_the_server_ended_costs_the_next_request_nothing",
        ),
    ),
    Defence(
        row=32,
        what="a connection that an error of the server's came over is not kept",
        file="hermanar/site/postgresql/base.py",
        stands="if self.errors_occurred and self.connection is not None:",
        falls="if False and self.connection is not None:",
        tests=("tests/site/test_connections.py::test_a_plan_of_a_table_that_changed_is_refused_once",),
    ),
    Defence(
        row=32,
        what="more values than the protocol carries beside a statement stand in its text",
        file="hermanar/site/postgresql/base.py",
        stands="params is not None and len(params) > MOST_VALUES:",
        falls="False:",
        tests=("tests/site/test_connections.py::test_a_statement_may_have_more_values_than_the_protocol_carries",),
    ),
    Defence(
        row=32,
        what="a day's letter is claimed before it leaves",
        file="hermanar/console/management/commands/digest.py",
        stands="            if not (_claimed(letter, office) or",
        falls="            if False and not (_claimed(letter, office) or",
        tests=(f"{LOST}::test_letters_wait_for_a_lost_mail_server_and_leave_once",),
    ),
    Defence(
        row=32,
        what="the order of the trail is its numbers, not its moments",
        file="hermanar/foundation/trail/__init__.py",
        stands='.order_by("-number").first()',
        falls='.order_by("-at").first()',
        tests=(f"{LOST}::test_a_clock_set_back_leaves_the_trail_in_order",),
    ),
]
