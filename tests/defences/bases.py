"""What keeps two databases one program: the order of what is alike, the second wall, copies that are compared."""

from tests.defences import Defence

WALLS = "tests/site/test_walls.py"
FILES = f"{WALLS}::test_nothing_of_another_office_is_read_changed_or_removed_by_sql"
STANDBY = "tests/site/test_standby.py"
DEFENCES = [
    Defence(
        row=20,
        what="a copy is not put into a house that is not empty",
        file="hermanar/console/backup/restoring.py",
        stands="if not replace and (there := occupied()):",
        falls="if False and (there := occupied()):",
        tests=("tests/console/test_backup.py::test_replacing_asks_for_the_word",),
    ),
    Defence(
        row=33,
        what="agreements of one day and name stand in the order of their addresses",
        file="hermanar/catalogue/search/documents.py",
        stands="zlib.crc32(slug.encode()) & 0x7FFF",
        falls="0",
        tests=("tests/catalogue/test_equals.py",),
    ),
    Defence(
        row=35,
        what="the tables have policies",
        file="hermanar/console/walls.py",
        stands='f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",',
        falls='f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY",',
        tests=(FILES,),
    ),
    Defence(
        row=35,
        what="an office's own is its office's alone",
        file="hermanar/console/walls.py",
        stands='_PUBLIC if "published_at" in fields else "false")',
        falls='"true")',
        tests=(FILES,),
    ),
    Defence(
        row=35,
        what="what hangs on an office's row is behind its wall",
        file="hermanar/console/walls.py",
        stands="        if above := _wall_of(parent.related_model):",
        falls="        if above := None:",
        tests=(f"{WALLS}::test_every_table_that_leads_to_an_office_has_a_wall",),
    ),
    Defence(
        row=35,
        what="each statement says whose page asks",
        file="hermanar/site/postgresql/base.py",
        stands="self.execute_wrappers.append(self._behind_the_wall)",
        falls="pass",
        tests=(FILES,),
    ),
    Defence(
        row=35,
        what="what stands behind a wall is sent whole, with its values",
        file="hermanar/site/postgresql/base.py",
        stands="        self._bind_here(context)\n        found",
        falls="        found",
        tests=(f"{WALLS}::test_plans_are_kept_in_front_of_the_walls_and_never_behind",),
    ),
    Defence(
        row=35,
        what="what a statement says stays with no connection",
        file="hermanar/site/postgresql/base.py",
        stands="""set_config('{SETTING}', '%s', true)\"""",
        falls="""set_config('{SETTING}', '%s', false)\"""",
        tests=(f"{WALLS}::test_nothing_stays_with_the_connection",),
    ),
    Defence(
        row=34,
        what="who wrote is read to from where her write is",
        file="hermanar/site/standby/reading.py",
        stands="position is not None and written_by(environ) <= position",
        falls="position is not None",
        tests=(f"{STANDBY}::test_who_wrote_reads_her_own_write_while_the_standby_stands_still",),
    ),
    Defence(
        row=34,
        what="who wrote is given a mark of it",
        file="hermanar/site/standby/reading.py",
        stands='            headers = [*headers, ("Set-Cookie", _mark(_written()))]',
        falls="            pass",
        tests=(f"{STANDBY}::test_who_wrote_reads_her_own_write_while_the_standby_stands_still",),
    ),
    Defence(
        row=34,
        what="the standby is read at all",
        file="hermanar/site/standby/server.py",
        stands="        connections[DEFAULT_DB_ALIAS] = self._here.connection\n",
        falls="        pass\n",
        tests=(f"{STANDBY}::test_who_wrote_reads_her_own_write_while_the_standby_stands_still",),
    ),
    Defence(
        row=34,
        what="what the standby fails at is asked of the primary",
        file="hermanar/site/standby/reading.py",
        stands="if int(status[:3]) >= _FAILED:",
        falls="if int(status[:3]) >= 1000:",
        tests=(f"{STANDBY}::test_what_the_standby_fails_at_is_asked_of_the_primary",),
    ),
    Defence(
        row=34,
        what="a page that would write is not read from the standby",
        file="hermanar/site/standby/reading.py",
        stands="        except WritesError:\n            return None",
        falls="        except ZeroDivisionError:\n            return None",
        tests=(f"{STANDBY}::test_a_page_that_counts_its_visits_is_answered_by_the_primary",),
    ),
]
