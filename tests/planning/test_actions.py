"""The verbs of assessments: who may, what is refused, what is kept; what two people lose to one another is nothing."""

from __future__ import annotations

import dataclasses
import datetime as dt
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from hermanar.agreements.actions import draft as open_file
from hermanar.cooperation.actions import EntryDraft, record_activity, withdraw_activity
from hermanar.cooperation.models import Activity
from hermanar.cooperation.vocabulary import ActivityKind
from hermanar.foundation.access import NotAllowedError
from hermanar.foundation.calendar import parse_partial
from hermanar.foundation.models import TrailEntry
from hermanar.planning.actions import AnswerDraft, EditConflictError, EvidenceDraft, abandon, close, save_section
from hermanar.planning.actions.answering import said_in
from hermanar.planning.actions.assessing import AssessmentDraft, begin
from hermanar.planning.models import Answer, Assessment, Evidence, OutlineSection, Question
from hermanar.planning.queries import activities_to_cite, asked_in, result_of
from hermanar.planning.queries.contents import unlike_their_trail
from hermanar.planning.rules import AssessmentRefusedError, Flaw, Score
from hermanar.planning.vocabulary import AssessmentStage, Degree, EvidenceKind, Refusal
from tests import factories as make
from tests.cast import document
from tests.planning.conftest import TODAY, load, shipped

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
WORDS = EvidenceDraft(EvidenceKind.WORDS, words="Lo dijo el acta.", source="Acta 12")


def refusals(refused):
    return [flaw.refusal for flaw in refused.value.flaws]


def activity(file, told="Visita de Ashland", office=None):
    return Activity.objects.create(
        agreement=file, kind="visit", started_on=TODAY, ended_on=TODAY, precision="day", description_es=told,
        source=make.source(),
    )  # fmt: skip


def codes(kept):
    return list(TrailEntry.objects.filter(subject=str(kept.pk)).order_by("number").values_list("code", flat=True))


# ── beginning ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_an_assessment_of_a_tie_and_one_of_the_city_are_begun(desk):
    tie, city = desk.begin(), desk.begin("capacity")
    assert (tie.agreement_id, tie.place_id) == (desk.file.pk, None)
    assert (city.agreement_id, city.place_id) == (None, desk.cast.guanajuato.pk)
    assert tie.sections.count() == 10
    assert codes(tie) == ["assessment.begun"]
    assert result_of(tie).score == Score(asked=len(asked_in(tie)))


def test_the_same_form_sent_twice_begins_once_and_another_offices_key_is_nobodys(desk):
    key = uuid4()
    assert desk.begin(key=key) == desk.begin(key=key)
    assert Assessment.objects.count() == 1
    other = desk.cast.at(desk.cast.other_office, "director")
    with pytest.raises(Assessment.DoesNotExist):
        begin(AssessmentDraft("capacity", TODAY, key=key), office=desk.cast.other_office.pk, by=other, today=TODAY)


def test_one_at_a_time_is_open_for_a_subject(desk):
    kept = desk.begin()
    with pytest.raises(AssessmentRefusedError) as refused:
        desk.begin()
    assert refusals(refused) == [Refusal.ALREADY_OPEN]
    city = desk.begin("capacity")
    for one in (kept, city):  # the table holds it too
        with pytest.raises(IntegrityError), transaction.atomic():
            Assessment.objects.create(
                office=one.office, outline=one.outline, agreement=one.agreement, place=one.place, on=TODAY,
                begun_at=timezone.now(),
            )  # fmt: skip


@pytest.mark.parametrize("days", [1, -1])
def test_a_day_to_come_and_one_before_the_last_are_refused(desk, days):
    desk.closed("done")
    with pytest.raises(AssessmentRefusedError) as refused:
        desk.begin(on=TODAY + days * DAY)
    assert refusals(refused) == [Refusal.FUTURE_DATE if days > 0 else Refusal.BEFORE_LAST]


def test_a_tie_must_be_named_and_be_the_offices_own(desk, cast):
    leon = cast.at(cast.other_office, "director")
    theirs = open_file(
        cast.file(parties=[make.party(cast.leon), make.party(cast.ashland)]), office=cast.other_office.pk, by=leon,
        today=TODAY,
    )  # fmt: skip
    for agreement in (None, uuid4(), theirs.pk):
        with pytest.raises(AssessmentRefusedError) as refused:
            desk.begin(agreement=agreement)
        assert refusals(refused) == [Refusal.NO_SUBJECT]


def test_the_ministry_has_no_capacity_to_assess_here(cast):
    by = cast.at(cast.ministry, "director")
    with pytest.raises(AssessmentRefusedError) as refused:
        begin(AssessmentDraft("capacity", TODAY), office=cast.ministry.pk, by=by, today=TODAY)
    assert refusals(refused) == [Refusal.NO_PLACE]


def test_readers_do_not_assess_and_analysts_do_not_close(desk, cast):
    with pytest.raises(NotAllowedError):
        desk.begin(by=cast.of("reader"))
    kept = desk.begin(by=cast.of("analyst"))
    desk.save(kept, "done", by=cast.of("analyst"))
    with pytest.raises(NotAllowedError):
        close(kept.pk, by=cast.of("analyst"), version=2)
    with pytest.raises(NotAllowedError):
        desk.save(kept, "done", by=cast.of("reader"))


def test_for_another_office_an_assessment_does_not_exist(desk, cast):
    kept = desk.begin()
    other = cast.at(cast.other_office, "director")
    for verb in (close, abandon):
        with pytest.raises(Assessment.DoesNotExist):
            verb(kept.pk, by=other, version=1)
    with pytest.raises(Assessment.DoesNotExist):
        desk.save(kept, "done", by=other)


# ── answering ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_answers_of_every_kind_are_kept_with_their_evidence(desk, cast):
    kept, paper, visit = desk.begin(), document(cast.office), activity(desk.file)
    evidence = (
        EvidenceDraft(EvidenceKind.DOCUMENT, document=paper.pk),
        EvidenceDraft(EvidenceKind.ACTIVITY, activity=visit.pk),
        EvidenceDraft(EvidenceKind.LINK, address=" https://ejemplo.mx/nota "),
        WORDS,
    )
    desk.save(kept, AnswerDraft("in_part", " Van y vienen. ", evidence), AnswerDraft("unknown"))
    first, second = Answer.objects.filter(assessment=kept)
    assert (first.degree, first.why, second.degree) == ("in_part", "Van y vienen.", Degree.UNKNOWN)
    assert [(one.kind, one.document_id, one.activity_id, one.address, one.words) for one in first.evidence.all()] == [
        ("document", paper.pk, None, "", ""), ("activity", None, visit.pk, "", "Visita de Ashland"),
        ("link", None, None, "https://ejemplo.mx/nota", ""), ("words", None, None, "", "Lo dijo el acta."),
    ]  # fmt: skip
    done = next(one.score for one in result_of(kept).sections if one.section.slug == "igualdad")
    assert done == Score(asked=2, known=1, unknown=1, with_evidence=1, points=2)
    assert codes(kept) == ["assessment.begun", "assessment.section_saved"]


def test_an_answer_taken_back_is_none_again(desk):
    kept = desk.begin()
    desk.save(kept, "done", "done")
    desk.save(kept, AnswerDraft(), "begun")
    assert [one.degree for one in Answer.objects.filter(assessment=kept)] == ["begun"]


@pytest.mark.parametrize(
    ("draft", "refusal"),
    [
        (AnswerDraft("4"), Refusal.OUT_OF_SCALE),
        (AnswerDraft(None, "Porque sí"), Refusal.EVIDENCE_WITHOUT_ANSWER),
        (AnswerDraft(None, "", (WORDS,)), Refusal.EVIDENCE_WITHOUT_ANSWER),
        (AnswerDraft("done", "", (EvidenceDraft(EvidenceKind.WORDS, words="Así es"),)), Refusal.WORDS_WITHOUT_SOURCE),
        (AnswerDraft("done", "", (EvidenceDraft(EvidenceKind.WORDS, source="Acta"),)), Refusal.WORDS_WITHOUT_SOURCE),
        (AnswerDraft("done", "", (EvidenceDraft(EvidenceKind.DOCUMENT),)), Refusal.FOREIGN_DOCUMENT),
        (AnswerDraft("done", "", (EvidenceDraft(EvidenceKind.DOCUMENT, document=uuid4()),)), Refusal.FOREIGN_DOCUMENT),
        (AnswerDraft("done", "", (EvidenceDraft(EvidenceKind.ACTIVITY, words="inventada"),)), Refusal.FOREIGN_ACTIVITY),
        (AnswerDraft("done", "", (EvidenceDraft(EvidenceKind.ACTIVITY, activity=uuid4()),)), Refusal.FOREIGN_ACTIVITY),
        (AnswerDraft(is_as_before=True), Refusal.NOTHING_BEFORE),
        *(
            (AnswerDraft("done", "", (EvidenceDraft(EvidenceKind.LINK, address=one),)), Refusal.BAD_LINK)
            for one in ("", "javascript:alert(1)", "ejemplo.mx", "https://", "https://a b", "http://[")
        ),
    ],
)
def test_what_is_not_an_answer_is_refused_with_its_question_and_nothing_is_written(desk, draft, refusal):
    kept = desk.begin()
    with pytest.raises(AssessmentRefusedError) as refused:
        desk.save(kept, draft, "done")
    assert refused.value.flaws == (Flaw(refusal, desk.questions(kept)[0].key),)
    assert not Answer.objects.exists()


def test_evidence_of_another_office_or_tie_is_refused(desk, cast):
    kept = desk.begin()
    elsewhere = make.agreement(cast.leon, cast.ashland)
    other_tie = open_file(cast.file(), office=cast.office.pk, by=desk.by, today=TODAY)
    for one, refusal in (
        (EvidenceDraft(EvidenceKind.DOCUMENT, document=document(cast.other_office).pk), Refusal.FOREIGN_DOCUMENT),
        (EvidenceDraft(EvidenceKind.ACTIVITY, activity=activity(elsewhere).pk), Refusal.FOREIGN_ACTIVITY),
        (EvidenceDraft(EvidenceKind.ACTIVITY, activity=activity(other_tie).pk), Refusal.FOREIGN_ACTIVITY),
    ):
        with pytest.raises(AssessmentRefusedError) as refused:
            desk.save(kept, AnswerDraft("done", "", (one,)))
        assert refusals(refused) == [refusal]
    city = desk.begin("capacity")  # any tie of the office may show what it is capable of
    told = EvidenceDraft(EvidenceKind.ACTIVITY, activity=Activity.objects.get(agreement=other_tie).pk)
    desk.save(city, AnswerDraft("done", "Sí", (told,)), section="estructura")


def entered(desk, **values):
    said = {"kind": ActivityKind.VISIT, "description_es": "Visita de Ashland"}
    told = EntryDraft(start=parse_partial("2026-05-03"), end=parse_partial("2026-05-03"), **said)
    return record_activity(desk.file.pk, by=desk.by, key=uuid4(), entry=told, today=TODAY, **values)


def test_what_was_withdrawn_or_is_told_already_is_no_evidence(desk):
    kept, first = desk.begin(), entered(desk)
    again, wrong = entered(desk, same_as=first.pk), entered(desk, is_other=True)
    standing = AnswerDraft("done", "Sí", (EvidenceDraft(EvidenceKind.ACTIVITY, activity=wrong.pk),))
    desk.save(kept, standing)
    withdraw_activity(wrong.pk, by=desk.by, version=1, reason="Fue otra ciudad")
    assert list(activities_to_cite(kept)) == [first]
    for one in (again, wrong):
        with pytest.raises(AssessmentRefusedError) as refused:
            desk.save(kept, "done", AnswerDraft("done", "", (EvidenceDraft(EvidenceKind.ACTIVITY, activity=one.pk),)))
        assert refusals(refused) == [Refusal.FOREIGN_ACTIVITY]
    there = said_in(Answer.objects.get())
    desk.save(kept, dataclasses.replace(there, degree="in_part"))
    assert (Answer.objects.get().degree, Evidence.objects.get().activity_id) == ("in_part", wrong.pk)


def test_undated_activities_are_offered_last_on_every_database(desk):
    kept = desk.begin()
    for on in ("", "2001", "2008"):
        make.activity(desk.file, on, description=f"Visita {on}")
    assert [str(one.start) for one in activities_to_cite(kept)] == ["2008", "2001", ""]


def test_an_activity_that_is_gone_stays_as_it_was_told(desk):
    kept, visit = desk.begin(), activity(desk.file)
    desk.save(kept, AnswerDraft("done", "Sí", (EvidenceDraft(EvidenceKind.ACTIVITY, activity=visit.pk),)))
    visit.delete()
    told = EvidenceDraft(EvidenceKind.ACTIVITY, words="Visita de Ashland")
    desk.save(kept, AnswerDraft("in_part", "Sí", (told,)))
    assert Evidence.objects.get().words == "Visita de Ashland"


def test_a_question_that_is_gone_and_one_of_another_section_are_refused(desk):
    kept = desk.begin()
    gone = desk.questions(kept)[0]
    Question.objects.filter(pk=gone.pk).update(withdrawn_at=timezone.now())
    for question in (gone, desk.questions(kept, "innovacion")[0]):
        with pytest.raises(AssessmentRefusedError) as refused:
            save_section(kept.pk, "igualdad", answers={question.pk: AnswerDraft("done")}, by=desk.by, version=1)
        assert refusals(refused) == [Refusal.UNKNOWN_QUESTION]
    with pytest.raises(OutlineSection.DoesNotExist):
        save_section(kept.pk, "no-hay", answers={}, by=desk.by, version=1)


def test_two_people_in_different_sections_lose_nothing(desk, cast):
    kept = desk.begin()
    desk.save(kept, "done", version=1)
    desk.save(kept, "begun", section="innovacion", version=1, by=cast.of("analyst"))
    assert [one.degree for one in Answer.objects.order_by("pk")] == ["done", "begun"]


def test_in_the_same_section_the_second_learns_of_the_first_and_the_same_twice_is_once(desk, cast):
    kept = desk.begin()
    sent = AnswerDraft("done", "Así consta.", (WORDS,))
    desk.save(kept, sent, AnswerDraft(), version=1)
    with pytest.raises(EditConflictError):
        desk.save(kept, "begun", version=1, by=cast.of("analyst"))
    assert desk.save(kept, sent, AnswerDraft(), version=1).version == 2
    assert codes(kept).count("assessment.section_saved") == 1


# ── ending ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_closed_assessment_does_not_change(desk):
    kept = desk.closed("done", "unknown")
    assert kept.stage == AssessmentStage.CLOSED
    before = TrailEntry.objects.count()
    for verb in (close, abandon):
        with pytest.raises(AssessmentRefusedError) as refused:
            verb(kept.pk, by=desk.by, version=kept.version)
        assert refusals(refused) == [Refusal.NOT_OPEN]
    with pytest.raises(AssessmentRefusedError) as refused:
        desk.save(kept, "begun")
    assert refusals(refused) == [Refusal.NOT_OPEN]
    assert TrailEntry.objects.count() == before


def test_closing_asks_for_an_answer_and_for_reasons(desk):
    kept = desk.begin()
    with pytest.raises(AssessmentRefusedError) as refused:
        desk.close(kept)
    assert refusals(refused) == [Refusal.NOTHING_KNOWN]
    desk.save(kept, AnswerDraft("done"), AnswerDraft("unknown"))
    with pytest.raises(AssessmentRefusedError) as refused:
        desk.close(kept)
    assert refused.value.flaws == (Flaw(Refusal.NO_REASON, desk.questions(kept)[0].key),)


def test_what_changed_since_it_was_read_is_not_closed_unseen(desk, cast):
    kept = desk.begin()
    desk.save(kept, "done")
    seen = Assessment.objects.get(pk=kept.pk).version
    desk.save(kept, "begun", section="innovacion", by=cast.of("analyst"))
    with pytest.raises(EditConflictError):
        close(kept.pk, by=desk.by, version=seen)


def test_one_given_up_makes_room_for_another_and_counts_for_nothing(desk):
    kept = desk.begin()
    given_up = abandon(kept.pk, by=desk.by, version=1)
    assert given_up.stage == AssessmentStage.ABANDONED
    assert desk.begin().begun_from is None
    with pytest.raises(EditConflictError):
        abandon(Assessment.objects.get(stage="draft").pk, by=desk.by, version=7)


def test_a_new_one_begins_from_the_last_and_may_repeat_it(desk):
    first = desk.closed(AnswerDraft("in_part", "Van y vienen.", (WORDS,)), "unknown")
    second = desk.begin()
    assert second.begun_from == first
    assert not second.answers.exists()
    desk.save(second, AnswerDraft(is_as_before=True), "done")
    one, other = Answer.objects.filter(assessment=second)
    assert (one.degree, one.why, one.evidence.get().source) == ("in_part", "Van y vienen.", "Acta 12")
    assert other.degree == "done"


def test_a_closed_one_keeps_its_questions_whatever_becomes_of_the_outline(desk):
    kept = desk.closed("done", "begun")
    before = result_of(kept)
    files = shipped()
    asked = [row for row in files["questions"] if row["outline"] == "sustainability"]
    asked[0]["text_es"] = "¿Otra cosa?"
    files["questions"].remove(asked[5])
    files["questions"].append({**asked[1], "key": "one_more", "text_es": "¿Y algo más?"})
    load(files)
    fresh = Assessment.objects.get(pk=kept.pk)
    assert result_of(fresh) == before
    assert unlike_their_trail() == []
    asked = {one.text_es for one in asked_in(desk.begin())}
    assert {"¿Otra cosa?", "¿Y algo más?"} <= asked
    for name in ("sections", "questions"):
        files[name].reverse()
    load(files)
    assert unlike_their_trail() == []  # another order says the same


@pytest.mark.row(19)
@pytest.mark.parametrize("change", [
    lambda: Answer.objects.update(why="Otra razón"),
    lambda: Answer.objects.update(degree="not_begun"),
    lambda: Evidence.objects.all().delete(),
    lambda: Assessment.objects.update(on=TODAY - DAY),
])  # fmt: skip
def test_a_closed_one_that_was_changed_behind_the_verbs_is_unlike_its_trail(desk, change):
    kept = desk.closed(AnswerDraft("done", "Sí", (WORDS,)))
    assert unlike_their_trail() == []
    change()
    assert unlike_their_trail() == [kept]
