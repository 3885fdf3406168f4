"""An office's past agreements become its files: what is documented stays, no step is invented, nobody's is taken."""

from __future__ import annotations

import dataclasses
import datetime as dt
import uuid

import pytest

from hermanar.agreements import actions
from hermanar.agreements.actions import PastDraft, StepDraft, record_past_agreements
from hermanar.agreements.models import Agreement, CounterpartLink, LegalAct, Listing, Party, ProcedureStep
from hermanar.agreements.queries import documented_of, due_in_office, for_office, in_register
from hermanar.agreements.queries.proof import unlike_their_trail
from hermanar.agreements.rules import StepRefusedError
from hermanar.agreements.vocabulary import Kind, Role, Stage
from hermanar.agreements.vocabulary.procedure import Answer, DueKind, Refusal
from hermanar.catalogue import read
from hermanar.foundation.access import CONSOLE, GRANTED, NotAllowedError, Verb
from hermanar.foundation.access import Role as Post
from hermanar.foundation.calendar import parse_partial
from hermanar.foundation.models import Change, Statement, TrailEntry
from hermanar.offices.models import Office
from tests import factories as make

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 5, 4)


@pytest.fixture
def umea():
    return make.place("Umeå", code="SE")


@pytest.fixture
def documented(cast, umea):
    """Return two documented agreements of Guanajuato: one that ends soon, one of which only the year is known."""
    said = (("signed_on", "2021-06-01"), ("listed", "yes"))
    soon = make.draft(cast.guanajuato, umea, reference="gto-1", signed="2021-06-01", term_years=5, said=said)
    year = make.draft(cast.guanajuato, cast.ashland, reference="gto-2", signed="1969")
    return [soon, year], make.agreements(soon, year)


def take(cast, *records, role="coordinator"):
    keys = [one.pk for one in records]
    return actions.take_over(keys, office=cast.office.pk, by=cast.of(role), today=TODAY)


def seen_by_the_public():
    """Return every row that lists, files and pages are made from, and the page of each agreement, in both languages."""
    rows = list(Listing.objects.order_by("pk").values())
    slugs = [row["slug"] for row in rows]
    return rows, [read.agreement(slug, today=TODAY, language=code) for slug in slugs for code in ("es", "en")]


def test_documented_agreements_become_files_with_a_number_and_no_step(cast, documented):
    _drafts, records = documented
    taken = take(cast, *records)
    assert [(one.number, one.stage, one.office) for one in taken] == [
        ("guanajuato/2026/0001", Stage.RECORDED, cast.office),
        ("guanajuato/2026/0002", Stage.RECORDED, cast.office),
    ]
    assert set(for_office(cast.office.pk)) == set(records) == set(in_register())
    assert not ProcedureStep.objects.exists()
    entries = TrailEntry.objects.filter(chain=str(cast.office.pk), code="agreement.taken_over")
    assert {entry.subject for entry in entries} == {str(one.pk) for one in records}
    assert [one.reference for one in sorted(taken, key=lambda one: one.reference)] == ["gto-1", "gto-2"]


def test_the_public_sees_the_same_as_before(cast, documented):
    before, changes = seen_by_the_public(), Change.objects.count()
    take(cast, *documented[1])
    assert seen_by_the_public() == before
    assert Change.objects.count() == changes  # no derived index reads anything again


@pytest.mark.parametrize(("which", "first"), [(0, dt.date(2021, 6, 1)), (1, dt.date(1969, 1, 1))])
@pytest.mark.parametrize("verb", ["suspend", "reaffirm", "renew", "terminate"])
def test_nothing_is_noted_of_a_past_agreement_before_the_first_day_it_may_have_been_signed(
    cast, documented, verb, which, first
):
    take(cast, *documented[1])
    key = documented[1][which].pk
    until = {"until": dt.date(2040, 1, 1)} if verb == "renew" else {}

    def note(day):
        step = StepDraft(day, reason="consta")
        version = Agreement.objects.get(pk=key).version
        return getattr(actions, verb)(key, by=cast.of("director"), version=version, step=step, today=TODAY, **until)

    with pytest.raises(StepRefusedError) as refused:
        note(first - dt.timedelta(days=1))
    assert refused.value.refusals == (Refusal.BEFORE_SIGNATURE,)
    assert not LegalAct.objects.filter(agreement=key).exists()
    assert note(first)


def test_taken_twice_is_taken_once(cast, documented):
    first = take(cast, *documented[1])
    assert take(cast, *documented[1], role="director") == []
    numbers = Agreement.objects.order_by("pk").values_list("file_number", flat=True)
    assert sorted(numbers) == sorted(one.number for one in first)
    assert not documented_of(cast.office).exists()


def test_what_is_not_the_places_own_does_not_exist(cast, documented):
    _drafts, (record, _other) = documented
    foreign = make.agreement(cast.leon, cast.ashland)
    received = make.agreement(cast.leon, cast.guanajuato)  # declared by the other side
    hidden = make.agreement(cast.guanajuato, cast.leon, is_published=False)
    opened = actions.draft(cast.file(), office=cast.office.pk, by=cast.of("director"), today=TODAY)
    for other in (foreign, received, hidden, opened):
        with pytest.raises(Agreement.DoesNotExist):
            take(cast, record, other)
        assert Agreement.objects.get(pk=record.pk).office is None  # all or nothing
    assert set(documented_of(cast.office)) == set(documented[1])
    assert set(documented_of(cast.ministry)) == set()


def test_what_another_office_keeps_stays_with_it(cast, documented):
    twin = Office.objects.create(slug="otra", name="Otra", level="municipality", place=cast.guanajuato)
    Agreement.objects.filter(pk=documented[1][0].pk).update(office=twin)
    with pytest.raises(Agreement.DoesNotExist):
        take(cast, documented[1][0])
    assert Agreement.objects.get(pk=documented[1][0].pk).office == twin


def test_a_demonstration_takes_no_facts(cast, documented):
    Office.objects.filter(pk=cast.office.pk).update(is_demonstration=True)
    with pytest.raises(StepRefusedError) as refused:
        take(cast, *documented[1])
    assert refused.value.refusals == (Refusal.DEMONSTRATION_HOLDS_NO_FACTS,)
    assert not for_office(cast.office.pk).exists()


def test_who_may_take_over(cast, documented):
    may = {role for role in Post if Verb.TAKE_OVER in GRANTED[role]}
    assert may == {Post.CONSOLE, Post.ADMINISTRATOR, Post.DIRECTOR, Post.COORDINATOR}
    past = PastDraft(cast.file().parties, Kind.TWINNING, "acta")
    for role in ("analyst", "reader"):
        with pytest.raises(NotAllowedError):
            take(cast, *documented[1], role=role)
        with pytest.raises(NotAllowedError):
            actions.enter_past(past, office=cast.office.pk, by=cast.of(role), today=TODAY)
    with pytest.raises(NotAllowedError):  # of another office
        keys = [documented[1][0].pk]
        actions.take_over(keys, office=cast.office.pk, by=cast.at(cast.other_office, "director"), today=TODAY)


def test_a_later_load_leaves_what_an_office_keeps(cast, documented):
    drafts, records = documented
    take(cast, *records)
    key = Party.objects.get(agreement=records[0], role=Role.COUNTERPART).pk
    actions.ask_counterpart(key, by=cast.of("analyst"), language="en", contact="Ana")
    same = record_past_agreements(drafts, by=CONSOLE, published_at=make.PUBLISHED)
    assert (same.created, same.updated, same.unchanged, same.kept) == ([], [], 2, [])
    newer = [dataclasses.replace(one, term_years=9) for one in drafts]
    later = record_past_agreements(newer, by=CONSOLE, published_at=make.PUBLISHED)
    assert (later.created, later.updated, later.kept) == ([], [], ["gto-1", "gto-2"])
    assert set(for_office(cast.office.pk)) == set(records)
    assert Agreement.objects.get(pk=records[0].pk).term_years == 5
    assert CounterpartLink.objects.get().party_id == key


def test_what_is_due_is_only_what_is_known(cast, documented):
    take(cast, *documented[1])
    due = due_in_office(cast.office, today=TODAY)
    assert [(one.due.kind, one.due.on, one.agreement.reference) for one in due] == [
        (DueKind.EXPIRY, dt.date(2026, 6, 1), "gto-1"),
        (DueKind.ANNIVERSARY, dt.date(2026, 6, 1), "gto-1"),
    ]
    # Of an agreement of 1969 nobody knows the day: none is announced at the turn of the year.
    december = due_in_office(cast.office, today=dt.date(2026, 12, 20))
    assert [one for one in december if one.agreement.reference == "gto-2"] == []


def test_a_term_counted_from_a_year_is_due_too(cast, umea):
    record = make.agreement(cast.guanajuato, umea, signed="2021", term_years=5)
    take(cast, record)
    [due] = due_in_office(cast.office, today=dt.date(2026, 12, 1))
    assert (due.due.kind, due.due.on) == (DueKind.EXPIRY, dt.date(2026, 12, 31))


def test_it_lives_on_as_any_signed_agreement(cast, documented):
    take(cast, *documented[1])
    record, director = documented[1][0], cast.of("director")

    def do(verb, **values):
        version = Agreement.objects.get(pk=record.pk).version
        step = StepDraft(on=TODAY, reason="Lo pide la comisión", letter="OF/1")
        return getattr(actions, verb)(record.pk, by=director, version=version, step=step, today=TODAY, **values)

    do("suspend")
    do("resume")
    do("reaffirm")
    do("renew", until=dt.date(2031, 6, 1))
    assert Listing.objects.get(pk=record.pk).ends_on == dt.date(2031, 6, 1)
    do("terminate")
    waiting = record.proposals.get()
    version = Agreement.objects.get(pk=record.pk).version
    # The cast has one person a role: the administrator may confirm what the director proposed.
    actions.confirm(waiting.pk, by=cast.of("administrator"), version=version, today=TODAY)
    stages = set(ProcedureStep.objects.values_list("stage_after", flat=True))
    assert stages == {Stage.RECORDED} == {Agreement.objects.get(pk=record.pk).stage}
    assert LegalAct.objects.filter(agreement=record).count() == 5
    assert unlike_their_trail() == []


def test_the_counterpart_is_asked_of_it(cast, documented):
    record = take(cast, documented[1][0])[0]
    party = Party.objects.get(agreement=record, role=Role.COUNTERPART)
    sent = actions.ask_counterpart(party.pk, by=cast.of("analyst"), language="en", contact="Umeå kommun")
    said = actions.WordDraft(Answer.KNOWS_OTHER, {"kind": "specific_cooperation", "note": "A cooperation agreement."})
    actions.record_counterpart_word(sent.token, word=said)
    words = Statement.objects.filter(subject=record.pk, field="kind").values_list("value", "source__title_es")
    assert [value for value, _source in words] == ["specific_cooperation"]
    assert Agreement.objects.get(pk=record.pk).kind == Kind.TWINNING  # the record says what its sources said


def enter(cast, **values):
    draft = {"kind": Kind.TWINNING, "source": "Acta 14, caja 12", "signed": parse_partial("1987-12"), **values}
    parties = draft.pop("parties", cast.file().parties)
    past = PastDraft(parties, draft.pop("kind"), draft.pop("source"), **draft)
    return actions.enter_past(past, office=cast.office.pk, by=cast.of("coordinator"), today=TODAY)


def test_a_past_agreement_enters_on_the_word_of_its_paper(cast):
    made = enter(cast)
    assert (made.number, made.stage, str(made.signed)) == ("guanajuato/2026/0001", Stage.RECORDED, "1987-12")
    assert (made.published_at, made.steps.count()) == (None, 0)
    said = Statement.objects.filter(subject=made.pk).order_by("field")
    assert [(one.field, one.value, one.passage) for one in said] == [
        ("kind", "twinning", "Acta 14, caja 12"),
        ("listed", "yes", "Acta 14, caja 12"),
        ("signed_on", "1987-12", "Acta 14, caja 12"),
    ]
    assert said[0].source.title_es == "Expedientes de Oficina de Guanajuato"
    actions.publish_file(made.pk, by=cast.of("director"), version=made.version, today=TODAY)
    sheet = read.agreement(made.slug, today=TODAY, language="es")
    assert (sheet.line.signed_on, sheet.line.stage) == ("1987-12", "recorded")


def test_the_same_page_sent_twice_enters_once(cast):
    key = uuid.uuid4()
    assert enter(cast, key=key) == enter(cast, key=key)
    assert Agreement.objects.count() == 1


@pytest.mark.parametrize(
    ("values", "refusal"),
    [
        ({"source": "  "}, Refusal.NO_SOURCE),
        ({"signed": parse_partial("2027")}, Refusal.FUTURE_DATE),
    ],
)
def test_what_no_past_agreement_may_be(cast, values, refusal):
    with pytest.raises(StepRefusedError) as refused:
        enter(cast, **values)
    assert refused.value.refusals == (refusal,)
    assert not Agreement.objects.exists()


def test_the_office_must_be_a_party(cast, umea):
    with pytest.raises(StepRefusedError) as refused:
        enter(cast, parties=[make.party(cast.leon, Role.DECLARING), make.party(umea)])
    assert refused.value.refusals == (Refusal.NOT_A_PARTY,)
