"""The verbs by which a tie begins: what they write, whom they refuse, what the trail answers for."""

from __future__ import annotations

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.db import IntegrityError, transaction

from hermanar.agreements.models import Agreement
from hermanar.agreements.vocabulary import Role, Stage
from hermanar.cooperation.actions import requests, selection, stakeholders
from hermanar.cooperation.actions.files_of_ties import WhichFile
from hermanar.cooperation.actions.selection import CriterionDraft, MarkDraft
from hermanar.cooperation.models import (
    Candidate,
    Criterion,
    Mark,
    Selection,
    SelectionDecision,
    Stakeholder,
    TwinningRequest,
)
from hermanar.cooperation.queries.requests import request_of_tie, requests_of, unanswered, unfiled
from hermanar.cooperation.queries.selection import choice_of_tie, comparison, decision_of
from hermanar.cooperation.queries.stakeholders import actor_facts, stakeholders_of
from hermanar.cooperation.queries.tie_contents import ties_unlike_their_trail
from hermanar.cooperation.rules.ties import TieRefusedError
from hermanar.cooperation.vocabulary.requests import Answer, Incentive, RequestSide
from hermanar.cooperation.vocabulary.selection import SuggestedCriterion
from hermanar.cooperation.vocabulary.stakeholders import ActorClass, Resource, TieSide
from hermanar.cooperation.vocabulary.ties import TieRefusal as Why
from hermanar.directory.models import Place
from hermanar.foundation.access import NotAllowedError
from hermanar.foundation.editing import EditConflictError
from hermanar.foundation.models import TrailEntry, uuid7
from hermanar.foundation.trail import first_break
from tests import factories as make
from tests.beginnings import DAY, Beginning

pytestmark = pytest.mark.django_db
OPENS = WhichFile(opens=True)


@pytest.fixture
def office(cast):
    return Beginning(cast)


@pytest.fixture
def other(cast):
    """Return León's director, for whom nothing of Guanajuato's exists."""
    return cast.at(cast.other_office, "director")


class refused:  # noqa: N801  reads as a word of the test
    """Expect exactly these refusals."""

    def __init__(self, *why):
        self.why, self.raised = why, pytest.raises(TieRefusedError)

    def __enter__(self):
        self.found = self.raised.__enter__()

    def __exit__(self, *about):
        caught = self.raised.__exit__(*about)
        assert self.found.value.refusals == self.why
        return caught


def codes():
    return list(TrailEntry.objects.order_by("at", "number").values_list("code", flat=True))


# ── requests ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_request_is_taken_in_once_whatever_is_pressed_twice(office):
    key = uuid7()
    first, again = office.received(key=key), office.received(key=key)
    assert first.pk == again.pk == key
    assert TwinningRequest.objects.count() == 1
    assert (first.place, first.incentive_codes) == (office.cast.ashland, [Incentive.HISTORICAL_CULTURAL])
    assert codes().count("request.received") == 1


def test_a_request_that_lacks_something_is_refused_whole(office):
    with refused(Why.NO_NAME, Why.NO_REQUESTER, Why.NO_WORDS, Why.FUTURE_DATE):
        office.received(city=" ", requester="", asks="", on=office.today + DAY)
    with refused(Why.OWN_PLACE):
        office.received(place=office.cast.guanajuato.pk)
    with pytest.raises(Place.DoesNotExist):
        office.received(place=uuid7())
    assert not TwinningRequest.objects.exists()


def test_a_request_is_mended_while_it_waits_and_on_the_version_read(office):
    kept = office.received()
    office.mended(kept, requester="Alcaldía", incentives=())
    with pytest.raises(EditConflictError):
        office.mended(kept, requester="otro", version=1)
    kept.refresh_from_db()
    assert (kept.requester, kept.incentives, kept.version) == ("Alcaldía", "", 2)
    office.answered(kept, Answer.DECLINED, reason="No hay con qué", file=WhichFile())
    with refused(Why.ANSWERED):
        office.mended(kept)


def test_an_accepted_request_opens_a_file_with_that_city(office):
    kept = office.answered(office.received())
    file = kept.agreement
    assert (kept.answer, kept.answered_on, file.stage) == (Answer.ACCEPTED, office.today, Stage.DRAFT)
    sides = dict(file.parties.values_list("place", "role"))
    assert sides == {office.cast.guanajuato.pk: Role.DECLARING, office.cast.ashland.pk: Role.COUNTERPART}
    assert request_of_tie(file) == kept
    assert codes()[-3:] == ["request.received", "agreement.draft", "request.accepted"]
    assert first_break(str(office.cast.office.pk)) is None


def test_an_accepted_request_may_name_the_file_there_is(office):
    file = office.file()
    kept = office.answered(office.received(), file=WhichFile(file.pk))
    assert kept.agreement == file
    assert Agreement.objects.count() == 1


def test_an_accepted_request_without_a_file_waits_for_it(office):
    kept = office.answered(office.received(), file=WhichFile())
    assert (kept.answer, kept.agreement) == (Answer.ACCEPTED, None)


def test_an_accepted_request_is_filed_later_and_its_place_settled(office, other):
    kept = office.answered(office.received(place=None, city="Ashlan"), file=WhichFile())
    assert list(unfiled(office.cast.office.pk)) == [kept]
    common = {"by": office.by, "today": office.today}
    file = office.file()
    for which in (OPENS, WhichFile(file.pk)):
        with refused(Why.NO_PLACE):
            requests.file_request(kept.pk, which, version=kept.version, **common)
    with refused(Why.OWN_PLACE):
        requests.file_request(kept.pk, OPENS, version=kept.version, place=office.cast.guanajuato.pk, **common)
    with pytest.raises(TwinningRequest.DoesNotExist):
        requests.file_request(kept.pk, OPENS, version=kept.version, by=other, today=office.today)
    meant = {"place": office.cast.ashland.pk, **common}
    filed = requests.file_request(kept.pk, OPENS, version=kept.version, **meant)
    assert (filed.place, filed.city, codes()[-1]) == (office.cast.ashland, "Ashlan", "request.filed")
    assert request_of_tie(filed.agreement) == filed
    with pytest.raises(EditConflictError):
        requests.file_request(kept.pk, OPENS, version=kept.version, **meant)
    assert Agreement.objects.count() == 2, "a second click opens no second file"
    assert not unfiled(office.cast.office.pk).exists()
    waiting = office.received()
    with refused(Why.NOT_ACCEPTED):
        requests.file_request(waiting.pk, OPENS, version=waiting.version, **common)
    assert ties_unlike_their_trail() == []


def test_a_file_that_cannot_be_meant_is_refused_and_nothing_is_written(office, cast, other):
    kept = office.received(city="Tyler", place=make.place("Tyler", code="US").pk)
    with refused(Why.OTHER_PLACE):
        office.answered(kept, file=WhichFile(office.file().pk))
    foreign = Beginning(cast)
    foreign.by = other
    with pytest.raises(Agreement.DoesNotExist):
        office.answered(kept, file=WhichFile(uuid7()))
    free = office.received(place=None, city="Una villa")
    with refused(Why.NO_PLACE):
        office.answered(free)
    with refused(Why.NO_PLACE):
        office.answered(free, file=WhichFile(office.file().pk))
    with refused(Why.NO_LINK):
        office.answered(office.received(incentives=(), link=" "))
    kept.refresh_from_db()
    assert kept.answer == ""


def test_an_abandoned_file_takes_no_request(office):
    file = office.file()
    Agreement.objects.filter(pk=file.pk).update(stage=Stage.ABANDONED)
    with refused(Why.TIE_ABANDONED):
        office.answered(office.received(), file=WhichFile(file.pk))


def test_the_ministry_opens_no_file(cast):
    ministry = Beginning(cast)
    ministry.by = cast.at(cast.ministry, "director")
    draft = ministry.request_draft()
    kept = requests.receive_request(draft, office=cast.ministry.pk, by=ministry.by, today=ministry.today, key=uuid7())
    with refused(Why.NO_FILE_OF_OWN):
        ministry.answered(kept)


def test_an_answer_pressed_twice_is_kept_once(office):
    kept = office.received()
    office.answered(kept, version=1)
    with refused(Why.ANSWERED):
        office.answered(kept, version=1)
    assert Agreement.objects.count() == 1


def test_two_answers_at_once_keep_the_first_and_open_no_second_file(office):
    kept = office.received()
    office.mended(kept, requester="Alcaldía")
    with pytest.raises(EditConflictError):
        office.answered(kept, version=1)
    assert not Agreement.objects.exists()


def test_what_waits_is_told_by_its_day_then_by_age(office):
    late = office.received(city="Sin plazo")
    soon = office.received(city="Pronto", answer_by=office.today + DAY)
    office.answered(office.received(), Answer.WITHDRAWN, reason="Repetida", file=WhichFile())
    sent = office.received(city="Nuestra", side=RequestSide.SENT, on=office.today)
    assert list(unanswered(office.cast.office.pk)) == [soon, late, sent]
    assert requests_of(office.cast.office.pk).count() == 4
    assert not requests_of(office.cast.other_office.pk).exists()
    assert not requests_of(None).exists()


# ── the choice of a city ─────────────────────────────────────────────────────────────────────────────────────────────


def test_a_selection_begins_with_the_suggestions_and_no_weights(office):
    key = uuid7()
    kept = office.begun(key=key, suggested=list(SuggestedCriterion))
    assert office.begun(key=key).pk == kept.pk
    assert [one.weight for one in kept.criteria.all()] == [None] * len(SuggestedCriterion)
    assert all(one.source and one.looks_at for one in kept.criteria.all())
    with refused(Why.NO_NAME):
        office.begun(title="  ")


def test_the_order_is_what_weights_and_marks_add_up_to(office):
    kept = office.begun(suggested=(SuggestedCriterion.LINK, SuggestedCriterion.ACADEMIC))
    ashland = office.candidate(kept, place=office.cast.ashland.pk)
    tyler, umea = office.candidate(kept, "Tyler"), office.candidate(kept, "Umeå")
    assert [one.standing for one in comparison(kept).candidates] == [None, None, None]
    office.weighed(kept, 10, 0)
    office.marked(ashland, 3, 5)
    office.marked(tyler, 5, None)
    found = comparison(kept)
    assert [(one.candidate.name, one.standing.place, one.standing.low) for one in found.candidates] == [
        ("Tyler", 1, 100),
        ("Ashland", 2, 60),
        ("Umeå", None, 0),
    ]
    assert [one.name for one in found.weighing] == [str(SuggestedCriterion.LINK.label)]
    selection.leave_out(umea.pk, by=office.by, version=office.version(kept), reason="No respondió")
    found = comparison(kept)
    assert [one.candidate.name for one in found.left_out] == ["Umeå"]
    assert len(found.candidates) == 2


def test_criteria_are_reworded_added_and_never_alike(office):
    kept = office.begun()
    [link] = kept.criteria.all()
    drafts = [CriterionDraft("Nos une la minería", 8, "Archivos", link.pk), CriterionDraft("Vuelo directo", 1)]
    selection.weigh_criteria(kept.pk, drafts, by=office.by, version=office.version(kept))
    assert list(kept.criteria.values_list("name", "weight", "position")) == [
        ("Nos une la minería", 8, 1),
        ("Vuelo directo", 1, 2),
    ]
    for bad, why in (
        ([CriterionDraft("a", 11)], Why.WEIGHT_OUT_OF_RANGE),
        ([CriterionDraft(" ", 1)], Why.NO_NAME),
        ([CriterionDraft("Salud", 1), CriterionDraft(" sálud", 2)], Why.SAME_CRITERION),
    ):
        with refused(why):
            selection.weigh_criteria(kept.pk, bad, by=office.by, version=office.version(kept))
    foreign = [CriterionDraft("Otra", 1, "", uuid7())]
    with pytest.raises(Criterion.DoesNotExist):
        selection.weigh_criteria(kept.pk, foreign, by=office.by, version=office.version(kept))


def test_a_candidate_comes_from_the_directory_a_request_or_by_name_and_once(office):
    kept, request, key = office.begun(), office.received(), uuid7()
    made = office.candidate(kept, "", request=request.pk, key=key)
    assert (made.name, made.place, made.request) == ("Ashland", office.cast.ashland, request)
    assert office.candidate(kept, "", request=request.pk, key=key) == made
    with refused(Why.SAME_CANDIDATE):
        office.candidate(kept, place=office.cast.ashland.pk)
    office.candidate(kept, "Villa Nueva")
    with refused(Why.SAME_CANDIDATE):
        office.candidate(kept, "villa nueva")
    with refused(Why.OWN_PLACE):
        office.candidate(kept, place=office.cast.guanajuato.pk)
    with refused(Why.NO_NAME):
        office.candidate(kept, " ")
    with pytest.raises(TwinningRequest.DoesNotExist):
        office.candidate(kept, "Otra", request=uuid7())


def test_a_mark_is_kept_with_its_reason_changed_and_taken_away(office):
    one = office.compared()
    first = one.selection.criteria.first()
    assert one.marks.get(criterion=first).value == 4
    office.marked(one, 2, None)
    assert list(one.marks.values_list("value", "reason")) == [(2, "Consta en el acta")]
    with refused(Why.MARK_WITHOUT_REASON):
        selection.mark_candidate(one.pk, {first.pk: MarkDraft(3)}, by=office.by, version=office.version(one.selection))
    with pytest.raises(Criterion.DoesNotExist):
        selection.mark_candidate(
            one.pk, {uuid7(): MarkDraft(3, "sí")}, by=office.by, version=office.version(one.selection)
        )
    with pytest.raises(EditConflictError):
        office.marked(one, 5, 5, version=1)


def test_people_decide_whatever_the_order_says(office):
    best = office.compared()
    kept = best.selection
    second = office.candidate(kept, "Tyler")
    office.marked(second, 0, 1)
    made = office.chosen(second)
    assert decision_of(kept) == made
    assert comparison(kept).candidates[0].candidate == best  # the order stays what it was
    for verb in (lambda: office.chosen(best), lambda: office.weighed(kept, 1, 1), lambda: office.marked(best, 1, 1)):
        with refused(Why.ALREADY_DECIDED):
            verb()


def test_a_decision_has_a_decider_a_reason_and_something_compared(office):
    kept = office.begun()
    one = office.candidate(kept)
    with refused(Why.NO_DECIDER, Why.NO_REASON, Why.FUTURE_DATE, Why.NOTHING_WEIGHED, Why.NOTHING_MARKED):
        office.chosen(one, decider=" ", reason="", on=office.today + DAY)
    whole = office.compared()
    selection.leave_out(whole.pk, by=office.by, version=office.version(whole.selection), reason="Se retiró")
    with refused(Why.LEFT_OUT):
        office.chosen(whole)
    with pytest.raises(Candidate.DoesNotExist):
        office.chosen(Candidate(pk=one.pk, selection=whole.selection))
    assert not SelectionDecision.objects.exists()


def test_a_candidate_is_left_out_for_a_reason_and_let_in_again(office):
    one = office.compared()
    with refused(Why.NO_REASON):
        selection.leave_out(one.pk, by=office.by, version=office.version(one.selection), reason=" ")
    for reason in ("Se retiró", ""):
        selection.leave_out(one.pk, by=office.by, version=office.version(one.selection), reason=reason)
        one.refresh_from_db()
        assert one.left_out == reason
    office.chosen(one)


def test_a_choice_leads_to_a_file_at_once_or_later(office):
    one = office.compared()
    made = office.chosen(one, file=OPENS)
    assert choice_of_tie(made.agreement) == made
    two = office.compared()
    later = office.chosen(two)
    assert later.agreement is None
    common = {"by": office.by, "today": office.today}
    filed = selection.file_choice(
        two.selection_id, WhichFile(made.agreement.pk), version=office.version(two.selection), **common
    )
    assert filed.agreement == made.agreement
    assert choice_of_tie(made.agreement) == made  # the first
    with pytest.raises(EditConflictError):
        selection.file_choice(two.selection_id, OPENS, version=1, **common)
    assert Agreement.objects.count() == 1


def test_a_decision_taken_back_stays_with_its_reason(office):
    one = office.compared()
    office.chosen(one, file=OPENS)
    kept = one.selection
    with refused(Why.NO_REASON):
        selection.reopen_selection(kept.pk, by=office.by, version=office.version(kept), reason="")
    selection.reopen_selection(kept.pk, by=office.by, version=office.version(kept), reason="El Cabildo la revocó")
    assert decision_of(kept) is None
    assert choice_of_tie(Agreement.objects.get()) is None
    with refused(Why.NOT_DECIDED):
        selection.reopen_selection(kept.pk, by=office.by, version=office.version(kept), reason="otra vez")
    office.chosen(one)
    assert list(kept.decisions.values_list("undone_reason", flat=True)) == ["El Cabildo la revocó", ""]


def test_a_selection_is_renamed_until_it_is_decided(office):
    one = office.compared()
    kept = one.selection
    changed = selection.change_selection(kept.pk, by=office.by, version=office.version(kept), title=" Asia ")
    assert changed.title == "Asia"
    with refused(Why.NO_NAME):
        selection.change_selection(kept.pk, by=office.by, version=office.version(kept), title=" ")
    with pytest.raises(EditConflictError):
        selection.change_selection(kept.pk, by=office.by, version=1, title="Otra")


# ── who takes part ───────────────────────────────────────────────────────────────────────────────────────────────────


def test_who_takes_part_is_named_once_on_each_side(office):
    file, key = office.file(), uuid7()
    made = office.named(file, key=key)
    assert office.named(file, key=key) == made
    with refused(Why.SAME_STAKEHOLDER):
        office.named(file, name="universidad  de guanajuato")
    office.named(file, side=TieSide.OTHER)
    assert Stakeholder.objects.count() == 2
    [facts, _] = actor_facts(stakeholders_of(office.cast.office.pk).order_by("pk"))
    assert (facts.kind, facts.side, facts.resources) == (ActorClass.OTHER, TieSide.OWN, {Resource.HUMAN})
    with refused(Why.NO_NAME, Why.NO_PART):
        office.named(file, name="", part="")


def test_who_takes_part_is_mended_and_leaves_with_a_reason(office):
    made = office.named(office.file())
    common = {"by": office.by, "today": office.today}
    changed = stakeholders.mend_stakeholder(made.pk, office.actor_draft(part="Da cursos"), version=1, **common)
    assert (changed.part, changed.version) == ("Da cursos", 2)
    with pytest.raises(EditConflictError):
        stakeholders.mend_stakeholder(made.pk, office.actor_draft(), version=1, **common)
    gone = {"left_on": office.today, "reason": "Cambió de rector"}
    with refused(Why.NO_REASON):
        stakeholders.part_with_stakeholder(made.pk, version=2, **common, **{**gone, "reason": " "})
    stakeholders.part_with_stakeholder(made.pk, version=2, **common, **gone)
    with refused(Why.GONE):
        stakeholders.part_with_stakeholder(made.pk, version=3, **common, **gone)
    office.named(made.agreement)  # may come back: as a new entry


def test_nobody_is_named_in_an_abandoned_file(office):
    file = office.file()
    Agreement.objects.filter(pk=file.pk).update(stage=Stage.ABANDONED)
    with refused(Why.TIE_ABANDONED):
        office.named(file)


# ── who may, and what belongs to others ──────────────────────────────────────────────────────────────────────────────


def every_verb(office, by):
    """Return each verb done by somebody to what Guanajuato's office keeps."""
    common = {"by": by, "today": office.today}
    request, one, actor = office.received(), office.compared(), office.named(office.file())
    kept = one.selection
    done = office.compared()
    office.chosen(done)
    version = {"by": by, "version": 1}
    answer = requests.AnswerDraft(Answer.DECLINED, office.today, "No")
    choice = selection.ChoiceDraft(one.pk, office.today, "Cabildo", "Sí")
    draft = office.actor_draft(name="Otra")
    return {
        "receive": lambda: requests.receive_request(
            office.request_draft(), office=office.cast.office.pk, key=uuid7(), **common
        ),
        "mend": lambda: requests.mend_request(request.pk, office.request_draft(), version=1, **common),
        "answer": lambda: requests.answer_request(request.pk, answer, version=1, **common),
        "begin": lambda: selection.begin_selection("x", office=office.cast.office.pk, by=by, key=uuid7()),
        "change": lambda: selection.change_selection(kept.pk, title="x", **version),
        "weigh": lambda: selection.weigh_criteria(kept.pk, [], **version),
        "candidate": lambda: selection.add_candidate(kept.pk, selection.CandidateDraft("x"), by=by, key=uuid7()),
        "mark": lambda: selection.mark_candidate(one.pk, {}, **version),
        "leave": lambda: selection.leave_out(one.pk, reason="x", **version),
        "decide": lambda: selection.decide_city(kept.pk, choice, version=1, **common),
        "file": lambda: selection.file_choice(done.selection_id, WhichFile(), version=1, **common),
        "reopen": lambda: selection.reopen_selection(done.selection_id, reason="x", **version),
        "name": lambda: stakeholders.name_stakeholder(actor.agreement_id, draft, key=uuid7(), **common),
        "actor": lambda: stakeholders.mend_stakeholder(actor.pk, draft, version=1, **common),
        "part": lambda: stakeholders.part_with_stakeholder(
            actor.pk, version=1, left_on=office.today, reason="x", **common
        ),
    }


def test_another_offices_things_do_not_exist(office, other):
    count = TrailEntry.objects.count
    verbs = every_verb(office, other)
    before = count()
    for name, verb in verbs.items():
        expected = NotAllowedError if name in {"receive", "begin"} else ObjectDoesNotExist
        with pytest.raises(expected):
            verb()
    assert count() == before


@pytest.mark.parametrize(
    ("role", "refusals"),
    [
        ("reader", "all"),
        ("committee_member", "all"),
        ("museum_editor", "all"),
        ("analyst", {"answer", "decide", "file", "reopen"}),
    ],
)
def test_who_may_do_what(office, role, refusals):
    verbs = every_verb(office, office.cast.of(role))
    for name, verb in verbs.items():
        if refusals == "all" or name in refusals:
            with pytest.raises(NotAllowedError), transaction.atomic():
                verb()
        else:
            try:
                with transaction.atomic():
                    verb()
            except (EditConflictError, TieRefusedError):
                pass  # it got past the door


def test_a_key_of_another_office_is_nobodys(office, cast, other):
    made, begun = office.received(), office.begun()
    leon = cast.other_office.pk
    with pytest.raises(TwinningRequest.DoesNotExist):
        requests.receive_request(office.request_draft(), office=leon, by=other, today=office.today, key=made.pk)
    with pytest.raises(Selection.DoesNotExist):
        selection.begin_selection("x", office=leon, by=other, key=begun.pk)
    one, actor = office.candidate(begun), office.named(office.file())
    with pytest.raises(Candidate.DoesNotExist):
        office.candidate(office.begun(), key=one.pk)
    with pytest.raises(Stakeholder.DoesNotExist):
        office.named(office.file(), key=actor.pk)


# ── what the trail answers for, and the database ─────────────────────────────────────────────────────────────────────


def test_whatever_is_changed_behind_the_verbs_shows(office):
    request, one, actor = office.received(), office.compared(), office.named(office.file())
    assert ties_unlike_their_trail() == []
    TwinningRequest.objects.filter(pk=request.pk).update(asks="Otra cosa")
    Mark.objects.filter(candidate=one, value=4).update(value=5)
    Stakeholder.objects.filter(pk=actor.pk).update(name="Otra")
    found = {(one.what, one.subject) for one in ties_unlike_their_trail()}
    assert found == {("request", request.pk), ("selection", one.selection_id), ("stakeholder", actor.pk)}


def test_what_is_deleted_or_was_never_told_shows(office):
    actor = office.named(office.file())
    copy = Stakeholder.objects.get(pk=actor.pk)
    Stakeholder.objects.filter(pk=actor.pk).delete()
    assert [one.subject for one in ties_unlike_their_trail()] == [actor.pk]
    copy.pk = uuid7()
    copy.save(force_insert=True)
    assert {one.subject for one in ties_unlike_their_trail()} == {actor.pk, copy.pk}


def test_the_trail_holds_no_name(office):
    office.answered(office.received())
    office.chosen(office.compared())
    told = "".join(str(one) for one in TrailEntry.objects.values_list("actor", "code", "subject", "content_digest"))
    assert "Dana" not in told
    assert "Ayuntamiento" not in told


@pytest.mark.parametrize(
    ("model", "values"),
    [
        (TwinningRequest, {"answer": "accepted"}),
        (Criterion, {"weight": 11}),
        (Mark, {"value": 6}),
        (Mark, {"reason": ""}),
        (Stakeholder, {"left_reason": "x"}),
        (SelectionDecision, {"undone_at": "2026-01-01T00:00:00Z"}),
    ],
)
def test_the_database_refuses_what_no_verb_writes(office, model, values):
    office.received()
    office.chosen(office.compared())
    office.named(office.file())
    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.update(**values)
