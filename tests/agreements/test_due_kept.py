"""What a process keeps of what is due: after every verb it says what counting everything again says (decision 44)."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection, transaction

from hermanar.agreements import actions
from hermanar.agreements.models import Agreement
from hermanar.agreements.queries import due, due_in_office
from hermanar.agreements.vocabulary.procedure import DueKind
from hermanar.directory.actions.adding import bump_places
from hermanar.directory.models import Place
from hermanar.foundation.calendar.keeping import ClosureDraft, record_closure
from hermanar.foundation.models import WorkingCalendar
from hermanar.foundation.standby import reading_standby
from hermanar.foundation.walls import seeing
from tests import cast as people
from tests import factories as make
from tests.agreements.filing import SIGNATURE_ON, File, edit, on
from tests.agreements.test_past import enter

pytestmark = pytest.mark.django_db(transaction=True)
DAY = SIGNATURE_ON + dt.timedelta(days=340)  # an end, an anniversary and a first programme are due by then


@pytest.fixture
def cast():
    due.forget()
    yield people.gather()
    due.forget()


def kept(office, day=DAY):
    return due_in_office(office, today=day)


def counted(office, day=DAY):
    with transaction.atomic():  # nothing is kept of a transaction, nothing kept is answered in it
        return due_in_office(office, today=day)


def questions(asked):
    """Return how many questions an answer took and what it was."""
    found = []
    with connection.execute_wrapper(lambda execute, *told: found.append(1) or execute(*told)):
        answer = asked()
    return len(found), answer


class Watched(File):
    """A file of which, after every verb, what is kept and what is counted are compared."""

    def __init__(self, cast, **values):
        super().__init__(cast, **values)
        self.same()

    def same(self):
        assert kept(self.cast.office) == counted(self.cast.office)
        mine = [one for one in kept(self.cast.office) if one.agreement.pk == self.key]
        assert {one.agreement.version for one in mine} <= {self.now.version}

    def do(self, verb, by=None, **values):
        made = super().do(verb, by=by, **values)
        self.same()
        return made

    def text(self, language, *day, **values):
        made = super().text(language, *day, **values)
        self.same()
        return made


def test_after_every_verb_what_is_kept_is_what_is_counted(cast):
    late = {"step": on(SIGNATURE_ON, letter="OF/9", reason="así se acordó"), "today": SIGNATURE_ON}
    long = Watched(cast, term_years=1, first_programme_days=60).cleared().signed()
    long.texts(day=SIGNATURE_ON, is_signed=True)
    long.do("send_signed_copies", **late)
    long.do("record_registration", by=cast.at(cast.ministry, "registry_steward"), **late, number="RAI-7")
    before = kept(cast.office)
    actions.publish_file(long.key, by=long.by, version=long.now.version, today=SIGNATURE_ON)
    long.same()
    for verb in ("suspend", "resume", "reaffirm"):
        long.do(verb, **late)
    source = make.source().key
    told = {"signed_on": SIGNATURE_ON - dt.timedelta(days=9)}
    actions.correct(long.key, by=people.CONSOLE, version=long.now.version, values=told, source_key=source)
    long.same()
    long.do("renew", **late, until=DAY + dt.timedelta(days=60))
    assert kept(cast.office) != before
    ending = long.do("terminate", **late)
    assert DueKind.SECOND_PERSON in {one.due.kind for one in kept(cast.office)}
    actions.decline(ending.pk, by=cast.of("coordinator"))
    long.same()
    ending = long.do("terminate", **late)
    actions.confirm(ending.pk, by=cast.of("coordinator"), version=long.now.version, today=SIGNATURE_ON)
    long.same()

    hiding = long.do("withdraw", **late)
    actions.confirm(hiding.pk, by=cast.of("administrator"), version=long.now.version, today=SIGNATURE_ON)
    long.same()

    observed = Watched(cast).asked()
    observed.do("record_observations", by=cast.at(cast.ministry, "legal_reviewer"), step=on(reason="Falta."))
    edit(observed, planned_signature_on=DAY + dt.timedelta(days=40), first_programme_days=30)
    observed.same()
    hasty = Watched(cast).signed(is_without_opinion=True)
    hasty.texts(day=SIGNATURE_ON)
    hasty.do("request_opinion", **late)
    gone = Watched(cast)
    gone.do("abandon", step=on(reason="no respondieron"))
    enter(cast)
    gone.same()
    kinds = {one.due.kind for one in kept(cast.office)}
    assert kinds >= {DueKind.ANSWER_OBSERVATIONS, DueKind.CURE, DueKind.ANNIVERSARY}


def test_after_every_verb_with_more_files_than_a_question_names(cast, monkeypatch):
    monkeypatch.setattr(due, "_AT_ONCE", 0)
    Watched(cast).cleared().signed()
    edit(Watched(cast), planned_signature_on=DAY)
    assert kept(cast.office) == counted(cast.office)


def test_the_same_number_of_another_history_is_another_version(cast):
    file = Watched(cast)
    copy = file.now
    edit(file, planned_signature_on=SIGNATURE_ON)
    file.same()
    Agreement.objects.bulk_update([copy], ["planned_signature_on", "version", "edited_at"])  # a copy is put back
    copy.versions.filter(number__gt=copy.version).delete()
    edit(file, planned_signature_on=DAY)
    assert kept(cast.office) == counted(cast.office)


def test_only_what_moved_on_is_read_again(cast):
    files = [Watched(cast) for _file in range(3)]
    first, _answer = questions(lambda: counted(cast.office))
    again, before = questions(lambda: kept(cast.office))
    assert again < first
    edit(files[1], planned_signature_on=SIGNATURE_ON)
    after, now = questions(lambda: kept(cast.office))
    assert after <= 10
    same = {id(one.agreement) for one in before} & {id(one.agreement) for one in now}
    assert len(same) == 2
    # Without its version nobody sees a change: what is compared above is what is kept, not what is counted.
    Agreement.objects.filter(pk=files[0].key).update(planned_signature_on=SIGNATURE_ON)
    assert kept(cast.office) == now != counted(cast.office)


def test_a_day_a_place_and_a_calendar_count_everything_again(cast):
    files = [File(cast, planned_signature_on=dt.date(2026, 6, 19)) for _file in range(2)]
    for file in files:
        file.texts()
    before = kept(cast.office)
    assert kept(cast.office, DAY + dt.timedelta(days=1)) == counted(cast.office, DAY + dt.timedelta(days=1))
    source, calendar = make.source(), WorkingCalendar.objects.get(key=cast.office.calendar)
    closed = ClosureDraft(dt.date(2026, 6, 5), dt.date(2026, 6, 5), "Cierre", source.key)
    record_closure(calendar.key, closed, by=people.CONSOLE, version=calendar.version)
    moved = kept(cast.office)
    assert moved == counted(cast.office) != before
    Place.objects.filter(pk=cast.ashland.pk).update(country=cast.leon.country, state=cast.leon.state)
    with transaction.atomic():
        bump_places()
    assert kept(cast.office) == counted(cast.office) != moved  # between Mexican cities no opinion is asked


def test_what_is_rolled_back_hidden_or_behind_is_not_kept(cast):
    file = Watched(cast)
    before = kept(cast.office)
    with transaction.atomic():
        edit(file, planned_signature_on=SIGNATURE_ON)
        assert kept(cast.office) != before
        transaction.set_rollback(True)
    edit(file, planned_signature_on=DAY)  # the same version as the one that was rolled back
    file.same()
    edit(file, planned_signature_on=SIGNATURE_ON)
    for elsewhere in (seeing(cast.other_office.pk), reading_standby()):
        with elsewhere:
            kept(cast.office)
        assert file.key not in due._kept.offices[cast.office.pk][1] or _version_kept(file) < file.now.version
    with seeing(cast.office.pk):
        assert kept(cast.office) == counted(cast.office)
    assert _version_kept(file) == file.now.version


def _version_kept(file):
    return due._kept.offices[file.cast.office.pk][1][file.key].version.number


@pytest.mark.parametrize("between", ['FROM "agreements_party"', '"agreements_agreement"."title_es"'])
def test_what_moves_on_while_it_is_read_is_read_again(cast, between):
    file = File(cast).cleared()
    kept(cast.office)
    edit(file, planned_signature_on=DAY)

    def once(execute, sql, *told):
        if between in sql and not once.done:
            once.done = True
            file.text("es")  # what hangs on the record changes: the opinion covers it no longer
        return execute(sql, *told)

    once.done = False
    with connection.execute_wrapper(once):
        kept(cast.office)
    assert once.done
    assert kept(cast.office) == counted(cast.office)


def test_offices_asked_for_longest_ago_are_forgotten(cast, monkeypatch):
    monkeypatch.setattr(due, "_MOST_KEPT", 2 * due._CALENDAR + 2)
    offices = [(cast.office, cast.guanajuato), (cast.other_office, cast.leon), (cast.state, cast.state.place)]
    for office, place in offices:
        parties = [actions.PartyDraft(place.pk, "declaring"), actions.PartyDraft(cast.ashland.pk, "counterpart")]
        by = cast.at(office, "director")
        actions.draft(cast.file(parties=parties), office=office.pk, by=by, today=SIGNATURE_ON)
    (first, _place), (second, _other), (third, _its) = offices
    for office in (first, second, first, third):
        kept(office)
    assert list(due._kept.offices) == [first.pk, third.pk]
    monkeypatch.setattr(due, "_MOST_KEPT", due._CALENDAR)
    assert kept(second) == counted(second)
    assert list(due._kept.offices) == [first.pk, third.pk]  # one too large for it takes nobody's place
