"""What the counterpart tells, what it says of the office's entries, and how the office takes it in."""

from __future__ import annotations

import datetime as dt
import io

import pytest

from hermanar.agreements.actions import end_guest
from hermanar.agreements.models import Agreement
from hermanar.agreements.vocabulary import Stage
from hermanar.cooperation import actions
from hermanar.cooperation.actions import MaybeSameError, PhotographDraft, PhotographWords, Sent, TakeIn, WordOfGuest
from hermanar.cooperation.models import Activity, ActivityWord, GuestEntry
from hermanar.cooperation.queries import (
    counted,
    evidence_of,
    guests_unlike_their_trail,
    likely_same,
    of_now,
    seen_by_guests,
    unlike_their_trail,
    waiting_entries,
)
from hermanar.cooperation.rules import ActivityRefusedError, GuestRefusedError
from hermanar.cooperation.vocabulary import ActivityKind, Answered, Direction, EntryState, Fault, GuestFault, Rights
from hermanar.foundation.access import CONSOLE, GRANTED, NotAllowedError, Role, Verb
from hermanar.foundation.documents import RefusedDocumentError, path_of, store_upload
from hermanar.foundation.editing import EditConflictError
from hermanar.foundation.models import Document, TrailEntry, uuid7
from hermanar.offices.actions import add_member
from hermanar.offices.queries import acting, current_memberships
from hermanar.offices.vocabulary import MemberRole
from tests.cast import ROLES, document
from tests.files import DrivenFile
from tests.foundation.samples import CANARY, pdf
from tests.foundation.samples import photograph as sample_photograph
from tests.guests import TODAY, DrivenGuest, told

pytestmark = pytest.mark.django_db
SPANISH = "Estudiantes de Ashland cantaron en el teatro"


@pytest.fixture
def guest(cast):
    return DrivenGuest(cast)


def take_in(guest, entry, by=None, **words):
    words = TakeIn(**{"description_es": SPANISH, **words})
    return actions.take_in(entry.pk, by=by or guest.cast.of(Role.ANALYST), version=entry.version, words=words)


def photograph(alternative="Chorus on the steps", **words):
    return PhotographDraft(Sent(io.BytesIO(sample_photograph()), "chorus.jpg"), PhotographWords(alternative, **words))


def say(guest, activity, answer=Answered.CONFIRMS, note="", key=None, version=None):
    word = WordOfGuest(answer, note)
    version = activity.version if version is None else version
    return actions.say_of(
        activity.pk, guest=guest.guest.pk, by=guest.by, key=key or uuid7(), version=version, word=word
    )


# ── what the counterpart tells ───────────────────────────────────────────────────────────────────────────────────────


def test_what_a_guest_tells_waits_and_counts_for_nothing(guest):
    entry = guest.tells(place="Ashland", participants={"US": 12, "MX": 0})
    assert (entry.state, entry.language, entry.participants) == (EntryState.SENT, "en", {"US": 12})
    assert not Activity.objects.exists()
    assert evidence_of([guest.file.key], today=TODAY) == {}
    assert [one.pk for one in waiting_entries(guest.cast.office.pk)] == [entry.pk]
    assert not waiting_entries(guest.cast.other_office.pk).exists()
    assert not waiting_entries(None).exists()


def test_sent_twice_it_is_kept_once(guest):
    key = uuid7()
    assert guest.tells(key=key) == guest.tells(key=key)
    assert GuestEntry.objects.count() == TrailEntry.objects.filter(code="guest.told").count() == 1


@pytest.mark.parametrize(
    ("draft", "fault"),
    [
        ({"on": "2026-05-05"}, Fault.TO_COME),
        ({"on": "2026-05-01", "until": "2026-04-01"}, Fault.ENDS_BEFORE_BEGIN),
        ({"description": " "}, Fault.NO_DESCRIPTION),
        ({"participants": {"US": -1}}, Fault.PEOPLE_OUT_OF_RANGE),
        ({"participants": {"XX": 1}}, Fault.NO_COUNTRY),
        ({"press": ["ashland"]}, Fault.NOT_A_WEB_ADDRESS),
        ({"photographs": [photograph(" ")]}, Fault.NO_ALTERNATIVE),
    ],
)
def test_what_cannot_be_is_refused_as_in_the_office(guest, draft, fault):
    with pytest.raises(ActivityRefusedError) as refused:
        guest.tells(**draft)
    assert refused.value.faults == (fault,)
    assert not GuestEntry.objects.exists()


def test_photograph_loses_its_place_and_only_a_photograph_is_taken(guest):
    entry = guest.tells(photographs=[photograph(author="Ann", rights=Rights.PERMITTED)])
    [file] = entry.files.all()
    assert (file.alternative, file.author, file.rights) == ("Chorus on the steps", "Ann", "permitted")
    assert CANARY.encode() not in path_of(file.document.digest).read_bytes()
    paper = PhotographDraft(Sent(io.BytesIO(pdf()), "a.pdf"), PhotographWords("Chorus"))
    with pytest.raises(RefusedDocumentError):
        guest.tells(photographs=[paper])


def test_no_paper_of_the_office_can_be_named_as_a_photograph(guest):
    secret = document(guest.cast.office)
    with pytest.raises(Document.DoesNotExist):
        guest.tells(photographs=[PhotographDraft(secret.pk, PhotographWords("Chorus"))])


def test_guest_mends_and_takes_back_what_waits_on_the_version_it_read(guest):
    entry = guest.tells(photographs=[photograph()])
    file = entry.files.get()
    words = {file.pk: PhotographWords("Choir", "Ann", Rights.PERMITTED)}
    draft = told("2026-04-30", "Choir", words=words)
    mended = actions.mend_entry(entry.pk, by=guest.by, version=1, told=draft, today=TODAY)
    assert (mended.version, mended.description, mended.files.get().alternative) == (2, "Choir", "Choir")
    with pytest.raises(EditConflictError):
        actions.mend_entry(entry.pk, by=guest.by, version=1, told=told(), today=TODAY)
    without = actions.mend_entry(entry.pk, by=guest.by, version=2, told=told(removed=[file.pk]), today=TODAY)
    assert not without.files.filter(removed_at__isnull=True).exists()
    actions.take_back(entry.pk, by=guest.by, version=3)
    with pytest.raises(GuestRefusedError):
        actions.take_back(entry.pk, by=guest.by, version=4)
    with pytest.raises(GuestRefusedError):
        actions.mend_entry(entry.pk, by=guest.by, version=4, told=told(), today=TODAY)
    assert guests_unlike_their_trail() == []


def test_guest_changes_nothing_of_another_guest(guest):
    other = DrivenGuest(guest.cast, guest.file, email="bob@ashland.example.org")
    entry = guest.tells()
    for act in (
        lambda: actions.mend_entry(entry.pk, by=other.by, version=1, told=told(), today=TODAY),
        lambda: actions.take_back(entry.pk, by=other.by, version=1),
        lambda: actions.tell_entry(guest.guest.pk, by=other.by, key=uuid7(), told=told(), today=TODAY),
        lambda: other.tells(key=entry.pk),
    ):
        with pytest.raises(Agreement.DoesNotExist):
            act()


def test_whose_access_ended_tells_nothing_more(guest):
    entry, activity = guest.tells(), guest.shared()
    end_guest(guest.guest.pk, by=guest.cast.of(Role.DIRECTOR))
    for act in (
        guest.tells,
        lambda: actions.mend_entry(entry.pk, by=guest.by, version=1, told=told(), today=TODAY),
        lambda: actions.take_back(entry.pk, by=guest.by, version=1),
        lambda: say(guest, activity),
        lambda: actions.keep_photograph(
            guest.guest.pk, by=guest.by, file=io.BytesIO(sample_photograph()), name="a.jpg"
        ),
    ):
        with pytest.raises(Agreement.DoesNotExist):
            act()
    assert GuestEntry.objects.filter(pk=entry.pk).exists(), "what was said stays"


@pytest.mark.parametrize("role", [Role(one.value) for one in ROLES["municipality"]])
def test_only_guests_tell_and_only_who_notes_activities_takes_in(cast, role):
    guest = DrivenGuest(cast)
    entry = guest.tells()
    by = cast.of(role)
    with pytest.raises(NotAllowedError):
        actions.tell_entry(guest.guest.pk, by=by, key=uuid7(), told=told(), today=TODAY)
    if Verb.NOTE_ACTIVITY in GRANTED[role]:
        actions.give_back(entry.pk, by=by, version=1, reason="Falta el día")
    else:
        with pytest.raises(NotAllowedError):
            take_in(guest, entry, by=by)
        with pytest.raises(NotAllowedError):
            actions.give_back(entry.pk, by=by, version=1, reason="Falta")


def test_only_a_photograph_that_was_sent_before_is_hung_as_one(guest):
    paper = store_upload(io.BytesIO(pdf()), name="a.pdf", by=guest.by, office=guest.cast.office.pk)
    with pytest.raises(ActivityRefusedError) as refused:
        guest.tells(photographs=[PhotographDraft(paper.pk, PhotographWords("Chorus"))])
    assert refused.value.faults == (Fault.NOT_A_PHOTOGRAPH,)


# ── how the office takes it in ───────────────────────────────────────────────────────────────────────────────────────


def test_taken_in_it_is_evidence_told_by_the_counterpart(guest):
    entry = guest.tells(participants={"US": 12}, photographs=[photograph(rights=Rights.PERMITTED)])
    made = take_in(guest, entry, description_en=entry.description, direction=Direction.INBOUND)
    entry.refresh_from_db()
    assert (entry.state, entry.activity) == (EntryState.TAKEN_IN, made)
    assert (made.source.title_es, made.source.title_en) == ("Ashland, contraparte", "Ashland, counterpart")
    assert (made.description_es, made.direction, made.participants) == (SPANISH, "inbound", {"US": 12})
    assert [file.alternative for file in made.files.all()] == ["Chorus on the steps"]
    assert evidence_of([guest.file.key], today=TODAY) == {guest.file.key: made}
    assert made.published_at is None, "what the public sees, the director decides"
    assert guests_unlike_their_trail() == [] == unlike_their_trail()


def test_month_stays_a_month(guest):
    made = take_in(guest, guest.tells("2026-03"))
    assert (str(made.start), made.started_on, made.ended_on) == ("2026-03", dt.date(2026, 3, 1), dt.date(2026, 3, 31))


def test_double_click_and_a_version_gone_by_take_nothing_in_twice(guest):
    entry = guest.tells()
    take_in(guest, entry)
    for act in (
        lambda: take_in(guest, entry),
        lambda: actions.give_back(entry.pk, by=guest.file.by, version=1, reason="x"),
    ):
        with pytest.raises(GuestRefusedError):
            act()
    assert Activity.objects.count() == 1
    other = guest.tells("2026-01-01")
    actions.mend_entry(other.pk, by=guest.by, version=1, told=told("2026-01-02"), today=TODAY)
    with pytest.raises(EditConflictError):
        take_in(guest, other)
    with pytest.raises(EditConflictError):
        actions.give_back(other.pk, by=guest.file.by, version=1, reason="x")


def test_a_merged_one_of_a_later_day_moves_no_vitality(guest):
    own = guest.shared("2026-04-27", share=False)
    made = take_in(guest, guest.tells("2026-05-01"), same_as=own.pk)
    assert made.ended_on > own.ended_on
    assert evidence_of([guest.file.key], today=TODAY) == {guest.file.key: own}


def test_like_ones_are_asked_about_and_merged_by_choice_only(guest):
    own = guest.shared("2026-05-03", share=False)
    far = guest.shared("2026-04-01", share=False)
    entry = guest.tells("2026-05-01")
    assert [one.activity for one in likely_same(entry)] == [own]
    with pytest.raises(MaybeSameError) as maybe:
        take_in(guest, entry)
    assert maybe.value.found == (own,)
    with pytest.raises(MaybeSameError):
        take_in(guest, entry, same_as=far.pk)
    assert not GuestEntry.objects.get().activity_id
    made = take_in(guest, entry, same_as=own.pk)
    assert made.same_as == own
    assert set(counted()) == {own, far}, "told by both, counted once"
    assert evidence_of([guest.file.key], today=TODAY) == {guest.file.key: own}, "the merged one moves no vitality"
    apart = actions.tell_apart(made.pk, by=guest.file.by, version=made.version)
    assert apart.same_as is None
    other = take_in(guest, guest.tells("2026-05-02"), is_other=True)
    assert other.same_as is None


def test_what_is_noted_after_it_was_taken_in_is_asked_about_too(guest):
    made = take_in(guest, guest.tells("2026-05-01"))
    note = {"by": guest.file.by, "entry": told("2026-05-03", "Vinieron"), "today": TODAY}
    with pytest.raises(MaybeSameError) as maybe:
        actions.record_activity(guest.file.key, key=uuid7(), **note)
    assert maybe.value.found == (made,)
    assert actions.record_activity(guest.file.key, key=uuid7(), same_as=made.pk, **note).same_as == made


@pytest.mark.parametrize(
    "otherwise",
    [
        {"kind": ActivityKind.CULTURE},
        {"on": "2026-05-02"},
        {"on": "2026-05"},
        {"participants": {"US": 90}},
        {"place": "Guanajuato"},
    ],
)
def test_what_stands_as_the_counterparts_word_is_not_made_into_something_else(guest, otherwise):
    said = {"participants": {"US": 9}, "place": "Ashland"}
    made = take_in(guest, guest.tells(**said))
    mend = {"by": guest.file.by, "version": made.version, "today": dt.date(2026, 6, 1)}
    with pytest.raises(ActivityRefusedError) as refused:
        actions.mend_activity(made.pk, entry=told(**{**said, **otherwise}), **mend)
    assert refused.value.faults == (Fault.OF_COUNTERPART,)
    mended = actions.mend_activity(made.pk, entry=told(description="Cantaron en el teatro", **said), **mend)
    assert mended.description_es == "Cantaron en el teatro", "the office's own words for it are its own to mend"


def test_nothing_is_taken_in_on_an_abandoned_file_nor_by_who_told_it(guest):
    entry = guest.tells()
    add_member(guest.guest.user, office=guest.cast.office.pk, role=MemberRole.ANALYST, by=CONSOLE)
    own = acting(current_memberships(guest.user).get())
    with pytest.raises(GuestRefusedError) as refused:
        take_in(guest, entry, by=own)
    assert refused.value.fault is GuestFault.OWN_WORD
    Agreement.objects.filter(pk=guest.file.key).update(stage=Stage.ABANDONED)
    with pytest.raises(ActivityRefusedError) as gone:
        take_in(guest, entry)
    assert gone.value.faults == (Fault.NO_AGREEMENT,)
    assert not Activity.objects.exists()


def test_given_back_with_a_reason_it_can_be_sent_again(guest):
    entry = guest.tells()
    with pytest.raises(GuestRefusedError):
        actions.give_back(entry.pk, by=guest.file.by, version=1, reason=" ")
    back = actions.give_back(entry.pk, by=guest.file.by, version=1, reason="¿Qué día fue?")
    assert (back.state, back.reason) == (EntryState.RETURNED, "¿Qué día fue?")
    with pytest.raises(GuestRefusedError):
        take_in(guest, back)
    again = actions.mend_entry(entry.pk, by=guest.by, version=2, told=told("2026-04-29"), today=TODAY)
    assert (again.state, again.reason, again.answered_at) == (EntryState.SENT, "", None)
    take_in(guest, again)
    assert guests_unlike_their_trail() == []


def test_nothing_is_taken_in_without_the_offices_own_words(guest):
    with pytest.raises(ActivityRefusedError):
        take_in(guest, guest.tells(), description_es=" ")


def test_another_office_takes_nothing_in(guest):
    entry = guest.tells()
    stranger = guest.cast.at(guest.cast.other_office, Role.DIRECTOR)
    for act in (
        lambda: take_in(guest, entry, by=stranger),
        lambda: actions.give_back(entry.pk, by=stranger, version=1, reason="x"),
        lambda: take_in(guest, entry, by=guest.by),
    ):
        with pytest.raises(GuestEntry.DoesNotExist):
            act()


# ── what it says of the office's entries ─────────────────────────────────────────────────────────────────────────────


def test_guest_sees_what_is_shared_and_no_more(guest):
    shared = guest.shared()
    hidden = guest.shared("2026-04-01", share=False)
    elsewhere = DrivenGuest(guest.cast, DrivenFile(guest.cast), email="c@example.org").shared()
    assert list(seen_by_guests(guest.file.now)) == [shared]
    for one in (hidden, elsewhere):
        with pytest.raises(Activity.DoesNotExist):
            say(guest, one)
    actions.stop_sharing(shared.pk, by=guest.file.by, version=shared.version)
    assert not seen_by_guests(guest.file.now).exists()
    assert unlike_their_trail() == []


def test_what_is_withdrawn_is_neither_shared_nor_seen(guest):
    shared = guest.shared()
    gone = actions.withdraw_activity(shared.pk, by=guest.file.by, version=shared.version, reason="no fue")
    assert not seen_by_guests(guest.file.now).exists()
    with pytest.raises(ActivityRefusedError):
        actions.share_activity(gone.pk, by=guest.file.by, version=gone.version)


def test_word_stands_beside_the_entry_and_changes_nothing(guest):
    shared, key = guest.shared(), uuid7()
    for _click in range(2):
        say(guest, shared, key=key)
    assert ActivityWord.objects.count() == TrailEntry.objects.filter(code="guest.said").count() == 1
    other = DrivenGuest(guest.cast, guest.file, email="bob@ashland.example.org")
    with pytest.raises(Agreement.DoesNotExist):
        say(other, shared, key=key)
    with pytest.raises(GuestRefusedError):
        say(guest, shared, Answered.CONTESTS)
    no = say(guest, shared, Answered.CONTESTS, "We were forty.")
    shared_now = Activity.objects.get(pk=shared.pk)
    assert (shared_now.version, shared_now.description_es) == (shared.version, shared.description_es)
    assert of_now([no], {shared_now.pk: shared_now})
    assert guests_unlike_their_trail() == []


def test_word_is_said_of_what_was_read(guest):
    shared = guest.shared()
    word = say(guest, shared)
    director = guest.file.by
    hidden = actions.stop_sharing(shared.pk, by=director, version=shared.version)
    again = actions.share_activity(shared.pk, by=director, version=hidden.version)
    assert of_now([word], {again.pk: again}), "sharing says nothing else"
    mended = actions.mend_activity(
        shared.pk, by=director, version=again.version, entry=told("2026-05-01", "Otra cosa"), today=TODAY
    )
    assert not of_now([word], {mended.pk: mended})
    with pytest.raises(EditConflictError):
        say(guest, mended, version=shared.version)


# ── what the trail answers for ───────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.row(19)
def test_what_was_told_cannot_be_changed_behind_the_trail(guest):
    entry, word = guest.tells(), say(guest, guest.shared())
    number = guest.file.now.number
    GuestEntry.objects.filter(pk=entry.pk).update(description="Otra")
    assert [one.file for one in guests_unlike_their_trail()] == [number]
    GuestEntry.objects.filter(pk=entry.pk).update(description=entry.description)
    ActivityWord.objects.filter(pk=word.pk).update(answer=Answered.CONTESTS)
    assert [one.file for one in guests_unlike_their_trail()] == [number]
    ActivityWord.objects.filter(pk=word.pk).delete()
    assert [one.file for one in guests_unlike_their_trail()] == [""]
