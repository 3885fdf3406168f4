"""Gifts of an office by their verbs: kept, mended, followed, shown, withdrawn; each once, by whom may, and told."""

from __future__ import annotations

import dataclasses
import datetime as dt
import io
from decimal import Decimal
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from hermanar.agreements.models import Agreement
from hermanar.cooperation.actions import (
    EntryDraft,
    GiftDraft,
    Sent,
    gift_said,
    mend_gift,
    note_whereabouts,
    publish_gift,
    record_activity,
    record_gift,
    unpublish_gift,
    withdraw_activity,
    withdraw_gift,
)
from hermanar.cooperation.models import Activity, Gift, Whereabouts
from hermanar.cooperation.queries import (
    documented_donations,
    ledger_of_tie,
    ledgers_of_office,
    published_gifts,
    standing_gifts,
    unlike_their_trail,
)
from hermanar.cooperation.queries.contents import gift_content, gifts_unlike_their_trail
from hermanar.cooperation.rules import GiftRefusedError, PlaceFacts, Shown
from hermanar.cooperation.vocabulary import (
    ActivityKind,
    Balance,
    Direction,
    GiftKind,
    GiftRefusal,
    GiftSide,
    Keeping,
    Purpose,
    Side,
)
from hermanar.foundation.access import NotAllowedError, Role
from hermanar.foundation.calendar import parse_partial
from hermanar.foundation.editing import EditConflictError
from hermanar.foundation.models import Document, TrailEntry
from hermanar.offices.models import Office
from tests import cast as people
from tests import factories as make
from tests.cooperation_acts import TODAY, a_gift, a_tie, gift_draft
from tests.foundation.samples import picture

pytestmark = pytest.mark.django_db
SALA = PlaceFacts(Keeping.KEPT, "Sala de cabildo", parse_partial("2006"))


@pytest.fixture
def tie(cast):
    return a_tie(cast)


def keep(cast, tie, *, key=None, where=SALA, by=None, **values):
    draft = gift_draft(tie, **values)
    by = by or cast.of(Role.ANALYST)
    return record_gift(draft, office=cast.office.pk, by=by, today=TODAY, where=where, key=key)


def refused(act):
    with pytest.raises(GiftRefusedError) as caught, transaction.atomic():
        act()
    return list(caught.value.refusals)


def test_gift_is_kept_as_it_was_told(cast, tie):
    values = {
        "is_donation": True, "purpose": Purpose.HUMANITARIAN, "kind": GiftKind.VEHICLE, "value": Decimal(15000),
        "currency": "USD", "giver": "Bomberos de Ashland", "words": "Para quien lo necesite", "story_en": "A story",
    }  # fmt: skip
    kept = Gift.objects.get(pk=keep(cast, tie, **values).pk)
    assert gift_said(kept) == gift_draft(tie, **values)
    assert kept.version == 1
    assert [(one.number, one.place, str(one.since)) for one in kept.whereabouts.all()] == [
        (1, "Sala de cabildo", "2006")
    ]
    assert TrailEntry.objects.filter(code="gift.recorded", subject=str(kept.pk), chain=str(cast.office.pk)).count() == 1
    assert gifts_unlike_their_trail() == []


def test_undated_gifts_come_last_on_every_database(cast, tie):
    for on in ("", "2001", "2008"):
        keep(cast, tie, on=parse_partial(on), where=PlaceFacts(Keeping.KEPT, "Sala"))
    assert [str(one.given) for one in standing_gifts(cast.office.pk)] == ["2008", "2001", ""]


def test_form_sent_twice_keeps_one_gift(cast, tie):
    key = uuid4()
    assert keep(cast, tie, key=key).pk == keep(cast, tie, key=key).pk == key
    assert (Gift.objects.count(), Whereabouts.objects.count()) == (1, 1)


def test_photograph_sent_twice_under_a_key_is_kept_once(cast, tie):
    key, told = uuid4(), {"photograph_rights": "La oficina", "photograph_alternative": "Una placa"}
    for _press in range(2):
        keep(cast, tie, key=key, photograph=Sent(io.BytesIO(picture("JPEG")), "placa.jpg"), **told)
    assert Gift.objects.get().photograph == Document.objects.get()


def test_photograph_of_a_refused_gift_does_not_stay(cast, tie):
    sent = Sent(io.BytesIO(picture("JPEG")), "placa.jpg")
    assert refused(lambda: keep(cast, tie, photograph=sent)) == [GiftRefusal.NO_ALTERNATIVE, GiftRefusal.NO_RIGHTS]
    assert not Document.objects.exists()


def test_key_of_another_office_does_not_exist(cast, tie):
    kept = keep(cast, tie)
    with pytest.raises(Gift.DoesNotExist):
        record_gift(
            gift_draft(tie), office=cast.other_office.pk, by=cast.at(cast.other_office, Role.ANALYST), today=TODAY,
            where=SALA, key=kept.pk,
        )  # fmt: skip


def test_everything_wrong_is_said_at_once_and_nothing_stays(cast, tie):
    where = PlaceFacts(Keeping.KEPT)
    values = {"on": parse_partial("2027"), "value": Decimal(3), "is_donation": True}
    assert refused(lambda: keep(cast, tie, where=where, **values)) == [
        GiftRefusal.FUTURE_DATE, GiftRefusal.NO_PURPOSE, GiftRefusal.NO_CURRENCY, GiftRefusal.NO_PLACE,
    ]  # fmt: skip
    assert not Gift.objects.exists()


def test_date_before_the_tie_is_only_asked_about(cast):
    tie = a_tie(cast, signed="1969-04-05")
    assert refused(lambda: keep(cast, tie, on=parse_partial("1968"))) == [GiftRefusal.BEFORE_TIE]
    kept = keep(cast, tie, on=parse_partial("1968"), is_early=True)
    assert gift_said(Gift.objects.get(pk=kept.pk)).is_early  # it is not asked again when something else is mended


def test_tie_photograph_and_donation_of_others_do_not_exist(cast, tie):
    foreign = a_tie(cast, office=cast.other_office)
    with pytest.raises(Agreement.DoesNotExist):
        keep(cast, foreign)
    paper = people.document(cast.other_office, "f.jpg")
    told = {"photograph_rights": "La oficina", "photograph_alternative": "Una placa"}
    with pytest.raises(Document.DoesNotExist):
        keep(cast, tie, photograph=paper.pk, **told)
    assert refused(lambda: keep(cast, tie, photograph=people.document(cast.office).pk, **told)) == [
        GiftRefusal.NOT_A_PICTURE
    ]


@pytest.mark.parametrize("role", [Role.READER, Role.COMMITTEE_MEMBER, Role.MUSEUM_EDITOR])
def test_gift_is_kept_by_who_works_on_files(cast, tie, role):
    with pytest.raises(NotAllowedError):
        keep(cast, tie, by=cast.of(role))


def test_gift_is_mended_and_what_it_was_stays(cast, tie):
    kept = keep(cast, tie)
    by = cast.of(Role.ANALYST)
    mended = dataclasses.replace(gift_said(kept), title_es="Dos placas", on=parse_partial("2006-05"))
    fresh = mend_gift(kept.pk, by=by, version=1, mended=mended, today=TODAY)
    assert (fresh.title_es, str(fresh.given), fresh.version) == ("Dos placas", "2006-05", 2)
    assert [(one.number, one.values["title_es"], one.values["on"]) for one in fresh.versions.all()] == [
        (1, "Una placa de plata", "2005"), (2, "Dos placas", "2006-05"),
    ]  # fmt: skip
    assert gifts_unlike_their_trail() == []


def test_second_editor_is_told_and_nothing_is_lost(cast, tie):
    kept = keep(cast, tie)
    mine = {"by": cast.of(Role.DIRECTOR), "version": 1}
    mend_gift(kept.pk, **mine, mended=dataclasses.replace(gift_said(kept), title_es="Primera"), today=TODAY)
    acts = (
        lambda: mend_gift(kept.pk, **mine, mended=gift_said(kept), today=TODAY),
        lambda: note_whereabouts(kept.pk, **mine, said=SALA, today=TODAY),
        lambda: withdraw_gift(kept.pk, **mine, reason="Era otra"),
        lambda: publish_gift(kept.pk, **mine),
        lambda: unpublish_gift(kept.pk, **mine),
    )
    for act in acts:
        with pytest.raises(EditConflictError), transaction.atomic():
            act()
    assert (Gift.objects.get().title_es, Gift.objects.get().version) == ("Primera", 2)
    assert Whereabouts.objects.count() == 1


def test_gift_of_another_office_does_not_exist(cast, tie):
    kept = keep(cast, tie)
    by = cast.at(cast.other_office, Role.DIRECTOR)
    acts = (
        lambda: mend_gift(kept.pk, by=by, version=1, mended=gift_said(kept), today=TODAY),
        lambda: note_whereabouts(kept.pk, by=by, version=1, said=SALA, today=TODAY),
        lambda: withdraw_gift(kept.pk, by=by, version=1, reason="no"),
        lambda: publish_gift(kept.pk, by=by, version=1),
        lambda: unpublish_gift(kept.pk, by=by, version=1),
    )
    for act in acts:
        with pytest.raises(Gift.DoesNotExist):
            act()
    assert not standing_gifts(None).exists()
    assert not standing_gifts(cast.other_office.pk).exists()


def test_where_it_was_kept_is_added_and_never_changed(cast, tie):
    kept = keep(cast, tie)
    by = cast.of(Role.ANALYST)
    lost = PlaceFacts(Keeping.LOST, since=parse_partial("2019"))
    note_whereabouts(kept.pk, by=by, version=1, said=lost, today=TODAY, note="La mudanza")
    assert [(one.state, one.place, one.note) for one in kept.whereabouts.all()] == [
        ("kept", "Sala de cabildo", ""), ("lost", "", "La mudanza"),
    ]  # fmt: skip
    early = PlaceFacts(Keeping.KEPT, "Bodega", parse_partial("1999"))
    assert refused(lambda: note_whereabouts(kept.pk, by=by, version=2, said=early, today=TODAY)) == [
        GiftRefusal.BEFORE_GIVEN
    ]
    assert gifts_unlike_their_trail() == []


def test_gift_is_withdrawn_with_a_reason_and_stays_as_it_was(cast, tie):
    kept = keep(cast, tie)
    by = cast.of(Role.COORDINATOR)
    with pytest.raises(NotAllowedError):
        withdraw_gift(kept.pk, by=cast.of(Role.ANALYST), version=1, reason="Repetida")
    assert refused(lambda: withdraw_gift(kept.pk, by=by, version=1, reason="  ")) == [GiftRefusal.NO_REASON]
    fresh = withdraw_gift(kept.pk, by=by, version=1, reason=" Repetida ")
    assert (fresh.withdrawal_reason, fresh.title_es) == ("Repetida", "Una placa de plata")
    assert not standing_gifts(cast.office.pk).exists()
    assert ledger_of_tie(tie).balance is Balance.EMPTY
    again = {"by": by, "version": 2}
    acts = (
        lambda: mend_gift(kept.pk, **again, mended=gift_said(fresh), today=TODAY),
        lambda: note_whereabouts(kept.pk, **again, said=SALA, today=TODAY),
        lambda: withdraw_gift(kept.pk, **again, reason="otra vez"),
    )
    for act in acts:
        assert refused(act) == [GiftRefusal.WITHDRAWN]
    assert gifts_unlike_their_trail() == []


def test_gift_is_public_once_the_office_publishes_it(cast):
    tie = a_tie(cast)
    kept = keep(cast, tie)
    by = cast.of(Role.DIRECTOR)
    with pytest.raises(NotAllowedError):
        publish_gift(kept.pk, by=cast.of(Role.COORDINATOR), version=1)
    assert refused(lambda: publish_gift(kept.pk, by=by, version=1)) == [GiftRefusal.TIE_NOT_PUBLIC]
    Agreement.objects.filter(pk=tie.pk).update(published_at=make.PUBLISHED)
    assert not published_gifts().exists()
    publish_gift(kept.pk, by=by, version=1)
    assert published_gifts().get() == kept
    unpublish_gift(kept.pk, by=by, version=2)
    assert not published_gifts().exists()
    publish_gift(kept.pk, by=by, version=3)
    withdraw_gift(kept.pk, by=by, version=4, reason="Era de otra ciudad")
    assert not published_gifts().exists()
    assert gifts_unlike_their_trail() == []


def public(cast):
    tie = a_tie(cast)
    Agreement.objects.filter(pk=tie.pk).update(published_at=make.PUBLISHED)
    kept = keep(cast, tie)
    return publish_gift(kept.pk, by=cast.of(Role.DIRECTOR), version=1)


@pytest.mark.parametrize("role", [Role.ANALYST, Role.COORDINATOR])
def test_what_the_public_sees_is_mended_by_who_may_publish_it(cast, role):
    kept = public(cast)
    mended = dataclasses.replace(gift_said(kept), title_es="Lo que nadie aprobó")
    told = {"version": 2, "mended": mended, "today": TODAY}
    assert refused(lambda: mend_gift(kept.pk, by=cast.of(role), **told)) == [GiftRefusal.IS_PUBLIC]
    assert published_gifts().get().title_es == "Una placa de plata"
    note_whereabouts(kept.pk, by=cast.of(role), version=2, said=SALA, today=TODAY)  # which the public does not see
    mend_gift(kept.pk, by=cast.of(Role.DIRECTOR), **{**told, "version": 3})
    assert published_gifts().get().title_es == "Lo que nadie aprobó"


def test_gift_moved_to_another_tie_is_public_only_once_published_there(cast):
    kept, other = public(cast), a_tie(cast)
    Agreement.objects.filter(pk=other.pk).update(published_at=make.PUBLISHED)
    moved = dataclasses.replace(gift_said(kept), agreement=other.pk)
    fresh = mend_gift(kept.pk, by=cast.of(Role.DIRECTOR), version=2, mended=moved, today=TODAY)
    assert (fresh.agreement_id, fresh.published_at) == (other.pk, None)
    assert not published_gifts().exists()
    assert gifts_unlike_their_trail() == []


def test_gift_of_a_demonstration_is_never_public(cast):
    tie = a_tie(cast)
    Agreement.objects.filter(pk=tie.pk).update(published_at=make.PUBLISHED)
    kept = keep(cast, tie)
    by = cast.of(Role.DIRECTOR)
    publish_gift(kept.pk, by=by, version=1)
    Office.objects.filter(pk=cast.office.pk).update(is_demonstration=True)
    assert not published_gifts().exists()  # whatever the column says
    assert refused(lambda: publish_gift(kept.pk, by=by, version=2)) == [GiftRefusal.DEMONSTRATION]


def documented(tie, direction="received"):
    make.activity(tie, "2008", kind=ActivityKind.DONATION, description="Equipo dental")
    Activity.objects.filter(agreement=tie, kind="donation").update(direction=direction)
    return Activity.objects.get(agreement=tie, kind="donation")


def donation(**values):
    return {"is_donation": True, "purpose": Purpose.TECHNICAL, **values}


def test_documented_donation_told_in_full_is_counted_once(cast, tie):
    known = documented(tie)
    assert ledger_of_tie(tie).count(Side.RECEIVED, is_donation=True) == 1
    first = keep(cast, tie, **donation(documented_as=known.pk))
    again = donation(documented_as=known.pk, title_es="Un sillón dental")
    assert refused(lambda: keep(cast, tie, **again)) == [GiftRefusal.ALREADY_TOLD]
    book = ledger_of_tie(tie)
    assert (book.count(Side.RECEIVED, is_donation=True), book.balance) == (1, Balance.DONATIONS_ONLY)
    by = cast.of(Role.DIRECTOR)
    mend_gift(first.pk, by=by, version=1, mended=gift_said(first), today=TODAY)  # which tells it itself
    withdraw_gift(first.pk, by=by, version=2, reason="Estaba dos veces")
    keep(cast, tie, **again)
    assert ledger_of_tie(tie).count(Side.RECEIVED, is_donation=True) == 1


def told_by_office(cast, tie, **values):
    day = parse_partial("2008-05-02")
    said = {"kind": ActivityKind.DONATION, "direction": Direction.RECEIVED, "description_es": "Equipo dental"}
    draft, by = EntryDraft(start=day, end=day, **said), cast.of(Role.DIRECTOR)
    return record_activity(tie.pk, by=by, key=uuid4(), entry=draft, today=TODAY, **values)


def test_donation_whose_first_telling_is_withdrawn_is_still_counted_once(cast, tie):
    first = told_by_office(cast, tie)
    second, third = (told_by_office(cast, tie, same_as=first.pk) for _time in range(2))
    kept = keep(cast, tie, **donation(documented_as=first.pk))
    withdraw_activity(first.pk, by=cast.of(Role.DIRECTOR), version=1, reason="Mal fechada")
    kept.refresh_from_db()
    third.refresh_from_db()
    assert (kept.documented_as, kept.version, third.same_as) == (second, 2, second)
    assert ledger_of_tie(tie).count(Side.RECEIVED, is_donation=True) == 1
    assert kept.versions.last().values["documented_as"] == str(second.pk)
    assert gifts_unlike_their_trail() == []
    assert unlike_their_trail() == []


def test_gift_tells_no_donation_of_another_tie_or_direction(cast, tie):
    other = a_tie(cast)
    for values in (
        donation(documented_as=documented(other).pk),
        donation(documented_as=documented(tie, "given").pk),
        {"documented_as": Activity.objects.get(agreement=tie).pk},
    ):
        assert refused(lambda values=values: keep(cast, tie, **values)) == [GiftRefusal.NOT_DOCUMENTED]


def test_office_on_the_other_side_reads_the_same_ledger_from_there(cast, tie):
    documented(tie)
    assert [one.side for one in documented_donations([tie]).values()] == ["received"]
    tie.parties.filter(place=cast.ashland).update(role="declaring")
    tie.parties.filter(place=cast.guanajuato).update(role="counterpart")
    assert [one.side for one in documented_donations([tie]).values()] == ["given"]
    assert ledger_of_tie(tie).count(Side.GIVEN, is_donation=True) == 1


def test_ledger_of_an_office_adds_its_ties_and_no_others(cast, tie, django_assert_num_queries):
    other, foreign = a_tie(cast), a_tie(cast, office=cast.other_office)
    keep(cast, tie, value=Decimal(100), currency="MXN")
    keep(cast, other, side=GiftSide.GIVEN, value=Decimal(50), currency="USD")
    make.activity(other, "2020")
    make.activity(foreign, "2020")
    a_gift(cast, foreign, office=cast.other_office)
    with django_assert_num_queries(6):
        whole, ties = ledgers_of_office(cast.office)
    assert [(cell.asset, cell.side, cell.count) for cell in whole.cells] == [
        ("goods", "given", 1), ("goods", "received", 1), ("people", "together", 1),
    ]  # fmt: skip
    assert {one.agreement.pk: one.ledger.balance for one in ties} == {
        tie.pk: Balance.ONLY_RECEIVED, other.pk: Balance.BOTH_WAYS,
    }  # fmt: skip


def test_file_given_up_is_in_the_ledger_where_something_came_of_it(cast, tie):
    a_tie(cast)
    Agreement.objects.filter(office=cast.office).update(stage="abandoned")
    keep(cast, tie)
    whole, ties = ledgers_of_office(cast.office)
    assert [one.agreement.pk for one in ties] == [tie.pk]
    assert whole.count(Side.RECEIVED, is_donation=False) == 1


@pytest.mark.parametrize(
    "change", [{"title_es": "Otra cosa"}, {"published_at": make.PUBLISHED}, {"value": 5, "currency": "MXN"}]
)
def test_change_behind_the_verbs_is_seen(cast, tie, change):
    kept = keep(cast, tie)
    Gift.objects.filter(pk=kept.pk).update(**change)
    assert [one.gift for one in gifts_unlike_their_trail()] == [kept.pk]


def test_changed_whereabouts_lost_version_and_lost_gift_are_seen(cast, tie):
    kept = keep(cast, tie)
    with transaction.atomic():
        kept.whereabouts.update(place="Mi casa")
        assert [one.gift for one in gifts_unlike_their_trail()] == [kept.pk]
        transaction.set_rollback(True)
    kept.versions.all().delete()
    assert [one.gift for one in gifts_unlike_their_trail()] == [kept.pk]
    kept.whereabouts.all().delete()
    Gift.objects.filter(pk=kept.pk).delete()
    assert [(one.gift, one.chain) for one in gifts_unlike_their_trail()] == [(kept.pk, str(cast.office.pk))]


@pytest.mark.parametrize(
    "values",
    [
        {"value": 5, "currency": ""},
        {"value": None, "currency": "MXN"},
        {"value": -5, "currency": "MXN"},
        {"is_donation": True, "purpose": ""},
        {"is_donation": False, "purpose": "peace"},
        {"on": None, "precision": "year"},
        {"on": dt.date(2005, 1, 1), "precision": "unknown"},
        {"withdrawn_at": make.PUBLISHED},
    ],
)
def test_database_refuses_what_must_never_be(cast, tie, values):
    kept = keep(cast, tie)
    with pytest.raises(IntegrityError), transaction.atomic():
        Gift.objects.filter(pk=kept.pk).update(**values)


def test_database_keeps_a_donation_from_being_told_twice(cast, tie):
    known = documented(tie)
    keep(cast, tie, **donation(documented_as=known.pk))
    other = keep(cast, tie, **donation(title_es="Otra"))
    with pytest.raises(IntegrityError), transaction.atomic():
        Gift.objects.filter(pk=other.pk).update(documented_as=known)


def test_draft_needs_only_what_a_gift_is_nothing_without():
    needed = [one.name for one in dataclasses.fields(GiftDraft) if one.default is dataclasses.MISSING]
    assert needed == ["agreement", "side", "kind", "title_es", "source"]


@pytest.mark.usefixtures("no_wall")
def test_check_of_the_trail_names_the_gift_that_was_changed(cast, tie, capsys):
    kept = keep(cast, tie)
    call_command("verify")
    assert "regalo" not in str(capsys.readouterr())
    Gift.objects.filter(pk=kept.pk).update(giver="Otro")
    with pytest.raises(CommandError):
        call_command("verify")
    assert f"el regalo {kept.pk} no dice lo que la bitácora guardó" in capsys.readouterr().err


def test_only_what_is_let_be_seen_is_shown_besides(cast, tie):
    Agreement.objects.filter(pk=tie.pk).update(published_at=make.PUBLISHED)
    by = cast.of(Role.DIRECTOR)
    kept = keep(cast, tie, giver="Ana Ruiz")
    plain = publish_gift(kept.pk, by=by, version=1)
    assert (plain.shows_photograph, plain.shows_place, plain.shows_names) == (False, False, False)
    assert "shown" not in gift_content(plain), "what was digested before anything could be shown reads as it did"
    told = publish_gift(kept.pk, by=by, version=2, shown=Shown(photograph=True, place=True, names=True))
    assert (told.shows_photograph, told.shows_place, told.shows_names) == (False, True, True), "it has no photograph"
    assert told.published_at == plain.published_at
    hidden = unpublish_gift(kept.pk, by=by, version=3)
    assert (hidden.shows_place, hidden.shows_names) == (False, False)
    assert gifts_unlike_their_trail() == []


@pytest.mark.parametrize(("role", "still"), [(Role.ANALYST, False), (Role.DIRECTOR, True)])
def test_new_place_is_seen_only_by_the_word_of_who_may_publish(cast, tie, role, still):
    Agreement.objects.filter(pk=tie.pk).update(published_at=make.PUBLISHED)
    kept = keep(cast, tie)
    publish_gift(kept.pk, by=cast.of(Role.DIRECTOR), version=1, shown=Shown(place=True))
    note_whereabouts(kept.pk, by=cast.of(role), version=2, said=SALA, today=TODAY)
    kept.refresh_from_db()
    assert (kept.published_at is not None, kept.shows_place) == (True, still)
    assert gifts_unlike_their_trail() == []


def test_gift_that_is_taken_back_or_moved_shows_nothing(cast, tie):
    other = a_tie(cast)
    Agreement.objects.update(published_at=make.PUBLISHED)
    by = cast.of(Role.DIRECTOR)
    moved, gone = (publish_gift(keep(cast, tie).pk, by=by, version=1, shown=Shown(place=True)) for _ in range(2))
    there = dataclasses.replace(gift_said(moved), agreement=other.pk)
    fresh = mend_gift(moved.pk, by=by, version=2, mended=there, today=TODAY)
    assert (fresh.published_at, fresh.shows_place) == (None, False)
    fresh = withdraw_gift(gone.pk, by=by, version=2, reason="Era de otra ciudad")
    assert (fresh.published_at, fresh.shows_place) == (None, False)
    with pytest.raises(IntegrityError), transaction.atomic():
        Gift.objects.filter(pk=gone.pk).update(shows_photograph=True)
