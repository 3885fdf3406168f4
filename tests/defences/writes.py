"""Rules, writes and the trail: versions, numbers, steps, roles, imports, the chain and its wall, working days."""

from tests.defences import Defence

CROWD = "tests/agreements/test_crowd.py"
FILES = "tests/workspace/test_files.py"
FILING = "hermanar/agreements/actions/filing.py"
IMPORTING = "tests/agreements/test_importing.py"
TAMPERING = "tests/foundation/test_tampering.py"
ALTERATIONS = f"{TAMPERING}::test_every_alteration_is_found_with_the_checkpoint"
VERIFYING = "hermanar/foundation/trail/verifying.py"
DAYS = "tests/foundation/test_working_days.py"
RULES = "hermanar/agreements/rules/procedure.py"
STAGES = "tests/agreements/test_stages.py"

DUE = "hermanar/agreements/queries/due.py"
KEPT = "tests/agreements/test_due_kept.py"

DEFENCES = [
    Defence(
        row=4,
        what="who edits says which version was read",
        file=FILING,
        stands="    if fresh.version != version:\n",
        falls="    if False:\n",
        tests=("tests/agreements/test_procedure.py::test_a_second_click_finds_another_version",),
    ),
    Defence(
        row=4,
        what="what is due is counted again of a file that moved on",
        file=DUE,
        stands=" or before[key].version != version]",
        falls="]",
        tests=(f"{KEPT}::test_after_every_verb_what_is_kept_is_what_is_counted",),
    ),
    Defence(
        row=4,
        what="a count is kept under the version read before it",
        file=DUE,
        stands="_Counted(versions[one.pk], one,",
        falls="_Counted(_Version(one.version, one.edited_at), one,",
        tests=(f"{KEPT}::test_what_moves_on_while_it_is_read_is_read_again",),
    ),
    Defence(
        row=4,
        what="twenty processes: the version is read under the lock",
        file=FILING,
        stands="""    trail.hold(AGREEMENT_INDEX, chain=str(kept.office_id))
    fresh = Agreement.objects.select_for_update(of=("self",)).get(pk=kept.pk)
""",
        falls="    fresh = Agreement.objects.get(pk=kept.pk)\n",
        tests=(f"{CROWD}::test_of_twenty_who_read_the_same_one_writes_and_the_others_learn[postgresql]",),
    ),
    Defence(
        row=4,
        what="every other record is claimed by the version that was read",
        file="hermanar/foundation/editing.py",
        stands="record.filter(version=version).update(",
        falls="record.update(",
        tests=("tests/foundation/test_calendars.py::test_second_of_two_people_learns_that_it_changed",),
    ),
    Defence(
        row=5,
        what="one at a time takes a number of the counter",
        file="hermanar/offices/actions/founding.py",
        stands="FileCounter.objects.select_for_update().select_related(",
        falls="FileCounter.objects.select_related(",
        tests=(f"{CROWD}::test_the_counter_alone_gives_no_number_twice[postgresql]",),
    ),
    Defence(
        row=5,
        what="one at a time writes in a chain",
        file="hermanar/foundation/trail/__init__.py",
        stands="        Revision.objects.select_for_update().get(name=name)\n",
        falls="        pass\n",
        tests=(f"{CROWD}::test_entries_of_twenty_processes_are_one_chain[postgresql]",),
    ),
    Defence(
        row=6,
        what="a step opens at its stages",
        file=RULES,
        stands="    if not refused and not _is_at_its_stage(step, facts):\n",
        falls="    if False:\n",
        tests=(STAGES,),
    ),
    Defence(
        row=6,
        what="a verb asks the rules",
        file=FILING,
        stands="    if refusals:\n        raise StepRefusedError(refusals)\n",
        falls="",
        tests=(STAGES,),
    ),
    Defence(
        row=6,
        what="a verb asks whether the role may",
        file=FILING,
        stands="    require_in(by, verb, office=kept.office_id)\n",
        falls="",
        tests=("tests/agreements/test_procedure.py::test_every_pair_of_step_and_role_is_as_the_table_says",),
    ),
    Defence(
        row=6,
        what="another office's file does not exist",
        file=FILING,
        stands="    kept = for_office(by.office).filter(pk=agreement).first()\n",
        falls="    kept = Agreement.objects.filter(pk=agreement).first()\n",
        tests=("tests/agreements/test_procedure.py::test_another_office_finds_nothing",),
    ),
    Defence(
        row=7,
        what="a cursor that is none is refused in words",
        file="hermanar/open_data/api/door.py",
        stands="    except BadCursorError as error:\n",
        falls="    except ZeroDivisionError as error:\n",
        tests=("tests/open_data/test_fuzz.py::test_nothing_asked_breaks_it[50-ties-positive]",),
    ),
    Defence(
        row=7,
        what="an answer is what its description says",
        file="hermanar/open_data/api/operations.py",
        stands='content_type="application/json")',
        falls='content_type="text/html")',
        tests=("tests/open_data/test_fuzz.py::test_nothing_asked_breaks_it[50-ties-positive]",),
    ),
    Defence(
        row=8,
        what="a file with a fault enters nothing",
        file="hermanar/agreements/actions/importing/__init__.py",
        stands="    if plan.faults:\n        raise RefusedTableError(plan.faults)\n",
        falls="",
        tests=(f"{IMPORTING}::test_a_fault_names_row_column_and_what_would_be_right",),
    ),
    Defence(
        row=8,
        what="an import is one transaction",
        file="hermanar/agreements/actions/importing/__init__.py",
        stands="@transaction.atomic\ndef import_agreements(",
        falls="def import_agreements(",
        tests=(f"{IMPORTING}::test_a_failure_in_the_middle_leaves_nothing",),
    ),
    Defence(
        row=8,
        what="a fault names its column",
        file="hermanar/agreements/actions/importing/reading.py",
        stands='            letter = letter_of(column) if column >= 0 else ""\n',
        falls='            letter = ""\n',
        tests=(f"{IMPORTING}::test_numbers_where_text_belongs_are_told",),
    ),
    Defence(
        row=18,
        what="an entry says what its digest says",
        file=VERIFYING,
        stands="        if digest_of_link(link) != link.digest or link.chain != chain:\n",
        falls="        if False:\n",
        tests=(ALTERATIONS,),
    ),
    Defence(
        row=18,
        what="an entry follows from the one before it",
        file=VERIFYING,
        stands="        if link.previous_digest != previous:\n",
        falls="        if False:\n",
        tests=(ALTERATIONS,),
    ),
    Defence(
        row=18,
        what="no number is missing",
        file=VERIFYING,
        stands="range(expected, min(link.number, expected + 100))",
        falls="()",
        tests=(TAMPERING,),
    ),
    Defence(
        row=18,
        what="a checkpoint knows the end",
        file=VERIFYING,
        stands="            found.append(Finding(chain, head.number, Fault.CUT_OFF, head.made_at))\n",
        falls="            pass\n",
        tests=(ALTERATIONS,),
    ),
    Defence(
        row=18,
        what="a checkpoint knows what was written",
        file=VERIFYING,
        stands="            found.append(Finding(chain, head.number, Fault.REWRITTEN, head.made_at))\n",
        falls="            pass\n",
        tests=(ALTERATIONS,),
    ),
    Defence(
        row=18,
        what="a checkpoint that was changed is no checkpoint",
        file="hermanar/foundation/trail/checkpoints.py",
        stands='        if canonical_digest(content) != made["digest"]:\n',
        falls="        if False:\n",
        tests=(f"{TAMPERING}::TestCommand::test_a_changed_checkpoint_is_refused",),
    ),
    Defence(
        row=19,
        what="the database refuses to change or remove an entry",
        file="hermanar/foundation/trail/wall.py",
        stands='for verb in ("UPDATE", "DELETE")],\n    "postgresql": [_FUNCTION',
        falls='for verb in ()],\n    "postgresql": [_FUNCTION',
        tests=("tests/foundation/test_trail.py::test_the_database_itself_refuses",),
    ),
    Defence(
        row=19,
        what="a verb that writes tells the trail",
        file="hermanar/observatory/actions/figures.py",
        stands='        trail.record("figures.recorded", by=by, content=changed)\n',
        falls="        pass\n",
        tests=("tests/architecture/test_every_write_is_told.py",),
    ),
    Defence(
        row=19,
        what="what is changed by SQL is unlike its trail",
        file="hermanar/foundation/trail/latest.py",
        stands="told.digest == digest(row) and own",
        falls="own",
        tests=("tests/museum/test_proof.py::test_what_somebody_changed_by_hand_is_told_once",),
    ),
    Defence(
        row=30,
        what="a closed day is not counted",
        file="hermanar/foundation/calendar/statutory.py",
        stands="        for year in range(self.first_year, self.last_year + 1, self.every_years):\n",
        falls="        for year in range(self.first_year, self.last_year, self.every_years):\n",
        tests=(f"{DAYS}::test_federal_closures_are_those_of_the_table",),
    ),
    Defence(
        row=30,
        what="the executive changes every six years",
        file="hermanar/data/calendars/statutory_days.csv",
        stands="mx-federal,10-01,2024,2036,6,",
        falls="mx-federal,10-01,2024,2036,1,",
        tests=(f"{DAYS}::test_federal_working_days_of_each_month_are_those_of_the_table",),
    ),
    Defence(
        row=30,
        what="a day is that of the office's wall",
        file="hermanar/foundation/calendar/dates.py",
        stands="moment.astimezone(zoneinfo.ZoneInfo(zone)).date()",
        falls="moment.astimezone(dt.timezone(dt.timedelta(hours=-6))).date()",
        tests=("tests/foundation/test_calendar.py::test_day_in_is_the_day_on_the_wall_of_the_office",),
    ),
]
