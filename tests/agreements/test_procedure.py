"""The verbs of a file against the database."""

from __future__ import annotations

import datetime as dt
import uuid
from contextlib import contextmanager
from functools import partial

import pytest
from django.db import connection
from django.utils import timezone

from hermanar.agreements import actions
from hermanar.agreements.actions import (
    AnswerRead,
    EditConflictError,
    FileDraft,
    ObservationDraft,
    PartyDraft,
    SignatureDraft,
    VoteDraft,
    WordDraft,
)
from hermanar.agreements.actions.listing import relist
from hermanar.agreements.models import Agreement, AgreementArea, LegalAct, Listing, ProcedureStep, Proposal
from hermanar.agreements.queries import (
    AGREEMENT_INDEX,
    file_facts,
    force_facts_of,
    open_to_review,
    sent_for_review,
)
from hermanar.agreements.queries.proof import unlike_their_trail
from hermanar.agreements.rules import CorrectionError, StepRefusedError, force, lacks_backing
from hermanar.agreements.vocabulary import Force, Stage, Standing
from hermanar.agreements.vocabulary import Role as PartySide
from hermanar.agreements.vocabulary.procedure import Answer, Refusal, Step
from hermanar.agreements.vocabulary.proof import Trace
from hermanar.directory.models import Place
from hermanar.foundation import trail
from hermanar.foundation.access import CONSOLE, NotAllowedError, Role
from hermanar.foundation.models import Revision, Statement, TrailEntry
from hermanar.offices.actions import end_membership
from hermanar.offices.models import Membership, Office
from tests import factories as make
from tests.agreements.filing import SIGNATURE_ON, TODAY, File, edit, on, refusals

pytestmark = pytest.mark.django_db


def test_a_file_goes_from_draft_to_register(cast):
    file = File(cast).cleared().signed()
    file.texts(day=SIGNATURE_ON, is_signed=True)
    file.do("send_signed_copies", step=on(SIGNATURE_ON, letter="OF/9"), today=SIGNATURE_ON)
    steward = cast.at(cast.ministry, "registry_steward")
    step = on(SIGNATURE_ON, letter="DGCP/2")
    file.do("record_registration", by=steward, step=step, today=SIGNATURE_ON, number="RAI-7")
    kept = file.now
    assert (kept.stage, kept.registered, kept.registration_number) == (Stage.REGISTERED, "yes", "RAI-7")
    assert (kept.reference, kept.signed_on) == ("guanajuato/2026/0001", SIGNATURE_ON)
    assert [one.step for one in kept.steps.all()] == [
        "draft",
        "inform_ministry",
        "request_opinion",
        "record_opinion",
        "sign",
        "send_signed_copies",
        "record_registration",
    ]
    assert trail.first_break(str(cast.office.pk)) is None
    assert not Listing.objects.filter(agreement=kept).exists()
    actions.publish_file(file.key, by=file.by, version=kept.version, today=SIGNATURE_ON)
    assert Listing.objects.get(agreement=kept).is_published


def test_what_a_demonstration_shows_is_never_published(cast):
    file = File(cast).signed(day=TODAY, is_without_opinion=True)
    Office.objects.filter(pk=cast.office.pk).update(is_demonstration=True)
    by_step = partial(actions.publish_file, file.key, by=file.by, version=file.now.version, today=TODAY)
    by_record = partial(actions.publish, file.key, by=file.by, version=file.now.version, at=timezone.now())
    assert refusals(by_step) == refusals(by_record) == {Refusal.DEMONSTRATION}
    assert not Listing.objects.filter(agreement=file.key).exists()
    Office.objects.filter(pk=cast.office.pk).update(is_demonstration=False)
    by_record()  # the control: nothing else stood in its way
    assert Listing.objects.get(agreement=file.key).is_published


def test_observations_send_the_text_back_and_it_is_asked_again(cast):
    file = File(cast).asked()
    reviewer = cast.at(cast.ministry, "legal_reviewer")
    version = file.now.texts.get(language="es").versions.get()
    said = ObservationDraft("Falta la vigencia.", "Las Partes", version.pk)
    file.do("record_observations", by=reviewer, observations=[said])
    assert file.now.stage == Stage.OBSERVED
    [observation] = file.now.observations.all()
    newer = file.text("es")
    actions.answer_observation(observation.pk, by=file.by, answer="Se agregó.", answered_in=newer.pk)
    file.do("request_opinion")
    actions.settle_observation(observation.pk, by=reviewer)
    observation.refresh_from_db()
    assert (observation.state, observation.answered_in) == ("settled", newer)
    assert file.now.stage == Stage.OPINION_REQUESTED


def test_an_unfavourable_opinion_clears_nothing(cast):
    file = File(cast).asked()
    reviewer = cast.at(cast.ministry, "legal_reviewer")
    file.do("record_opinion", by=reviewer, step=on(letter="X"), is_favourable=False)
    assert file.now.stage == Stage.OBSERVED
    assert not file_facts(file.now, today=TODAY).has_favourable_opinion


def test_signed_without_opinion_it_lacks_backing_until_cured(cast):
    file = File(cast).signed(day=TODAY, is_without_opinion=True)
    actions.publish_file(file.key, by=file.by, version=file.now.version, today=TODAY)
    assert lacks_backing(file_facts(file.now, today=TODAY))
    assert Listing.objects.get(agreement=file.key).lacks_backing
    file.texts()
    file.texts(is_signed=True)
    assert refusals(lambda: file.do("send_signed_copies")) == {Refusal.LACKS_BACKING}
    file.do("request_opinion")
    file.do("record_opinion", step=on(letter="DGCP/3"), is_favourable=True)
    assert file.now.stage == Stage.SIGNED
    assert not Listing.objects.get(agreement=file.key).lacks_backing
    file.do("send_signed_copies")
    assert file.now.stage == Stage.COPIES_SENT


@pytest.mark.row(6)
def test_a_refused_step_changes_nothing(cast):
    file = File(cast)
    before = (file.now.version, ProcedureStep.objects.count(), TrailEntry.objects.count())
    signature = SignatureDraft("Guanajuato", ("A",))
    assert refusals(lambda: file.do("sign", signature=signature)) == {Refusal.NO_OPINION}
    assert before == (file.now.version, ProcedureStep.objects.count(), TrailEntry.objects.count())


def test_a_second_click_finds_another_version(cast):
    file = File(cast)
    version = file.now.version
    for expected in (1, 2):
        call = lambda: actions.inform_ministry(file.key, by=file.by, version=version, step=on(), today=TODAY)  # noqa: E731
        if expected == 1:
            call()
        else:
            with pytest.raises(EditConflictError):
                call()
    assert file.now.steps.filter(step="inform_ministry").count() == 1


def test_between_mexican_cities_it_is_signed_without_the_ministry(cast):
    parties = [PartyDraft(cast.guanajuato.pk, PartySide.DECLARING), PartyDraft(cast.leon.pk, PartySide.COUNTERPART)]
    file = File(cast, parties=parties, languages=("es",))
    assert refusals(lambda: file.do("inform_ministry")) == {Refusal.NOT_FILED}
    assert file.signed(day=TODAY).now.stage == Stage.SIGNED


def test_a_private_counterpart_gets_no_opinion(cast):
    parties = [
        PartyDraft(cast.guanajuato.pk, PartySide.DECLARING),
        PartyDraft(cast.ashland.pk, PartySide.COUNTERPART, standing=Standing.PRIVATE),
    ]
    file = File(cast, parties=parties)
    assert refusals(lambda: file.do("inform_ministry")) == {Refusal.PRIVATE_COUNTERPART}


def test_the_office_is_a_party_and_no_city_twice(cast):
    twice = [PartyDraft(cast.guanajuato.pk, PartySide.DECLARING)] * 2
    strangers = [PartyDraft(cast.leon.pk, PartySide.DECLARING), PartyDraft(cast.ashland.pk, PartySide.COUNTERPART)]
    assert refusals(lambda: File(cast, parties=twice)) == {Refusal.SAME_PARTY_TWICE}
    assert refusals(lambda: File(cast, parties=strangers)) == {Refusal.NOT_A_PARTY}
    assert Agreement.objects.count() == 0
    assert File(cast).now.reference == "guanajuato/2026/0001"  # the refused ones took no number


def test_who_signs_and_who_reviews_does_not_register(cast):
    file = File(cast).cleared().signed()
    file.texts(day=SIGNATURE_ON, is_signed=True)
    file.do("send_signed_copies", step=on(SIGNATURE_ON), today=SIGNATURE_ON)
    values = {"step": on(SIGNATURE_ON, letter="L"), "today": SIGNATURE_ON, "number": "1"}
    reviewer = cast.at(cast.ministry, "legal_reviewer")
    both = type(reviewer)(reviewer.name, Role.REGISTRY_STEWARD, reviewer.office, reviewer.user)
    assert refusals(lambda: file.do("record_registration", by=both, **values)) == {Refusal.REVIEWED_BY_SAME}
    with pytest.raises(NotAllowedError):
        file.do("record_registration", **values)


def test_an_ending_is_decided_by_two_where_there_are_two(cast):
    file = File(cast).cleared().signed()
    later = {"step": on(SIGNATURE_ON, reason="ya no hay contraparte"), "today": SIGNATURE_ON}
    proposal = file.do("terminate", **later)
    assert isinstance(proposal, Proposal)
    assert force(force_facts_of(file.now), SIGNATURE_ON) is not Force.TERMINATED
    own = lambda: actions.confirm(proposal.pk, by=file.by, version=file.now.version, today=SIGNATURE_ON)  # noqa: E731
    assert refusals(own) == {Refusal.SECOND_PERSON}
    second = cast.of("coordinator")
    made = actions.confirm(proposal.pk, by=second, version=file.now.version, today=SIGNATURE_ON)
    assert (made.seconded_by_id, made.is_alone) == (file.by.user, False)
    assert force(force_facts_of(file.now), SIGNATURE_ON) is Force.TERMINATED


def test_an_office_of_one_ends_alone_and_it_is_marked(cast):
    for one in Membership.objects.filter(office=cast.office.pk).exclude(role="director"):
        end_membership(one.pk, by=CONSOLE)
    file = File(cast).cleared().signed()
    made = file.do("terminate", step=on(SIGNATURE_ON, reason="sin actividad"), today=SIGNATURE_ON)
    assert made.is_alone


def test_a_declined_ending_ends_nothing(cast):
    file = File(cast).cleared().signed()
    proposal = file.do("terminate", step=on(SIGNATURE_ON, reason="x"), today=SIGNATURE_ON)
    actions.decline(proposal.pk, by=cast.of("coordinator"))
    with pytest.raises(StepRefusedError):
        actions.confirm(proposal.pk, by=cast.of("coordinator"), version=file.now.version, today=SIGNATURE_ON)
    assert not LegalAct.objects.filter(agreement=file.key).exists()


def test_a_living_agreement_is_suspended_resumed_renewed_and_reaffirmed(cast):
    file = File(cast, term_years=3).cleared().signed()
    later = {"step": on(SIGNATURE_ON, reason="cambio de gobierno"), "today": SIGNATURE_ON}
    state = lambda: force(force_facts_of(file.now), SIGNATURE_ON)  # noqa: E731
    assert state() is Force.IN_FORCE
    file.do("suspend", **later)
    assert state() is Force.SUSPENDED
    assert refusals(lambda: file.do("reaffirm", **later)) == {Refusal.IS_SUSPENDED}
    file.do("resume", **later)
    file.do("reaffirm", **later)
    file.do("renew", **later, until=dt.date(2035, 6, 1))
    assert state() is Force.IN_FORCE
    assert force_facts_of(file.now).ends_on == dt.date(2035, 6, 1)


def test_what_the_ministry_did_before_the_parties_did_more_keeps_its_day(cast):
    file, later = File(cast).cleared().signed(), SIGNATURE_ON + dt.timedelta(days=30)
    file.texts(day=SIGNATURE_ON, is_signed=True)
    file.do("send_signed_copies", step=on(SIGNATURE_ON), today=SIGNATURE_ON)
    file.do("reaffirm", step=on(later), today=later)
    assert file_facts(file.now, today=later).last_step_on == SIGNATURE_ON
    steward, entered_on = cast.at(cast.ministry, "registry_steward"), SIGNATURE_ON + dt.timedelta(days=9)
    early = {"step": on(SIGNATURE_ON - dt.timedelta(days=1), letter="L"), "today": later, "number": "RAI-1"}
    assert refusals(lambda: file.do("record_registration", by=steward, **early)) == {Refusal.BEFORE_PREVIOUS_STEP}
    file.do("record_registration", by=steward, step=on(entered_on, letter="L"), today=later, number="RAI-1")
    assert (file.now.stage, str(file.now.registered_on)) == (Stage.REGISTERED, str(entered_on))


def test_a_renewal_found_after_a_later_reaffirmation_counts_from_its_own_day(cast):
    file, later = File(cast, term_years=3).cleared().signed(), SIGNATURE_ON + dt.timedelta(days=30)
    file.do("reaffirm", step=on(later), today=later)
    file.do("renew", step=on(SIGNATURE_ON), today=later, until=dt.date(2035, 6, 1))
    facts = file_facts(file.now, today=later)
    assert (facts.ends_on, facts.reaffirmed_on) == (dt.date(2035, 6, 1), later)


def test_a_cure_asked_for_reaches_the_ministry_that_was_never_informed(cast):
    file = File(cast).signed(is_without_opinion=True)
    assert file.now.review_office_id is None
    file.texts(day=SIGNATURE_ON)
    step = on(SIGNATURE_ON)
    file.do("request_opinion", step=step, today=SIGNATURE_ON)
    assert file.now.steps.last().changes["review_office_id"] == str(cast.ministry.pk)
    reviewer = cast.at(cast.ministry, "legal_reviewer")
    answer = {"step": on(SIGNATURE_ON, letter="DGCP/1"), "today": SIGNATURE_ON, "is_favourable": True}
    file.do("record_opinion", by=reviewer, **answer)
    assert not lacks_backing(file_facts(file.now, today=SIGNATURE_ON))


def test_a_file_informed_before_the_ministry_had_an_office_reaches_it(cast):
    Office.objects.filter(pk=cast.ministry.pk).update(is_demonstration=True)  # for a real file there is none yet
    file = File(cast)
    file.texts()
    file.do("inform_ministry")
    assert file.now.review_office_id is None
    Office.objects.filter(pk=cast.ministry.pk).update(is_demonstration=False)
    file.do("request_opinion", planned_signature_on=SIGNATURE_ON)
    assert list(sent_for_review(cast.ministry.pk)) == [file.now]


@pytest.mark.parametrize("is_favourable", [True, False])
def test_an_opinion_that_comes_after_the_signature_still_counts(cast, is_favourable):
    file = File(cast).asked().signed(is_without_opinion=True)
    assert refusals(lambda: file.do("request_opinion", step=on(SIGNATURE_ON), today=SIGNATURE_ON)) == {
        Refusal.WRONG_STAGE
    }
    reviewer = cast.at(cast.ministry, "legal_reviewer")
    answer = {"step": on(SIGNATURE_ON, letter="DGCP/1"), "today": SIGNATURE_ON, "is_favourable": is_favourable}
    file.do("record_opinion", by=reviewer, **answer)
    assert file.now.stage == Stage.SIGNED
    assert lacks_backing(file_facts(file.now, today=SIGNATURE_ON)) is not is_favourable


def test_observations_that_come_after_the_signature_are_kept_and_the_office_asks_again(cast):
    file = File(cast).asked().signed(is_without_opinion=True)
    later = {"step": on(SIGNATURE_ON, reason="Falta."), "today": SIGNATURE_ON}
    file.do("record_observations", by=cast.at(cast.ministry, "legal_reviewer"), **later)
    assert file.now.stage == Stage.SIGNED
    file.do("request_opinion", step=on(SIGNATURE_ON), today=SIGNATURE_ON)


def test_a_signature_before_any_areas_can_still_be_cured(cast):
    file = File(cast, areas=())
    file.texts()
    file.signed(day=TODAY, is_without_opinion=True)
    assert refusals(lambda: file.do("request_opinion", step=on(letter="OF/9"))) == {Refusal.NO_AREAS}
    assert refusals(lambda: edit(file, term_years=3)) == {Refusal.ALREADY_SIGNED}
    edit(file, areas=[("culture", "cultura")])
    assert refusals(lambda: edit(file, areas=[("health", "salud")])) == {Refusal.ALREADY_SIGNED}
    assert refusals(lambda: edit(file, areas=[])) == {Refusal.ALREADY_SIGNED}
    assert unlike_their_trail([file.key]) == []  # what the signature sealed, and what was written then by right
    file.do("request_opinion", step=on(letter="OF/9"))
    file.do("record_opinion", step=on(letter="DGCP/9"), is_favourable=True)
    AgreementArea.objects.filter(agreement=file.key).update(area="health")
    assert [one.trace for one in unlike_their_trail([file.key])] == [Trace.RECORD]
    assert not lacks_backing(file_facts(file.now, today=TODAY))


def test_abandoned_it_takes_no_further_step(cast):
    file = File(cast)
    file.do("abandon", step=on(reason="no respondieron"))
    assert refusals(lambda: file.do("inform_ministry")) == {Refusal.WRONG_STAGE}
    edit = lambda: actions.edit_file(file.key, by=file.by, version=file.now.version, values={"title_es": "x"})  # noqa: E731
    assert refusals(edit) == {Refusal.WRONG_STAGE}


def test_what_is_edited_is_kept_version_by_version(cast):
    file = File(cast)
    actions.edit_file(
        file.key, by=file.by, version=file.now.version, values={"term_years": 5, "areas": [("health", "salud")]}
    )
    last = file.now.versions.last()
    assert (last.number, last.values["term_years"], last.values["areas"]) == (
        file.now.version,
        5,
        [["health", "salud"]],
    )
    with pytest.raises(EditConflictError):
        actions.edit_file(file.key, by=file.by, version=1, values={"term_years": 3})
    with pytest.raises(CorrectionError):
        actions.edit_file(file.key, by=file.by, version=file.now.version, values={"is_open_ended": True})
    with pytest.raises(KeyError):
        actions.edit_file(file.key, by=file.by, version=file.now.version, values={"stage": "registered"})
    assert file.now.term_years == 5


def test_no_language_is_dropped_to_send_fewer_copies(cast):
    file = File(cast).cleared().signed()
    file.text("es", day=SIGNATURE_ON, is_signed=True)
    later = {"step": on(SIGNATURE_ON), "today": SIGNATURE_ON}
    assert refusals(lambda: file.do("send_signed_copies", **later)) == {Refusal.MISSING_SIGNED_TEXTS}
    assert refusals(lambda: edit(file, by=cast.of("analyst"), languages=["es"])) == {Refusal.LANGUAGES_SETTLED}
    assert refusals(lambda: file.do("send_signed_copies", **later)) == {Refusal.MISSING_SIGNED_TEXTS}
    file.text("en", day=SIGNATURE_ON, is_signed=True)
    file.do("send_signed_copies", **later)
    assert refusals(lambda: edit(file, languages=["es", "en", "fr"])) == {Refusal.LANGUAGES_SETTLED}


def test_an_agreement_derives_from_one_that_its_office_may_see(cast):
    stranger = actions.draft(
        FileDraft(
            [PartyDraft(cast.leon.pk, PartySide.DECLARING), PartyDraft(cast.ashland.pk, PartySide.COUNTERPART)],
            languages=("es",),
        ),
        office=cast.other_office.pk,
        by=cast.at(cast.other_office, "director"),
        today=TODAY,
    )
    nowhere = uuid.uuid4()
    for hidden in (stranger.pk, nowhere):
        assert refusals(lambda key=hidden: File(cast, derives_from=key)) == {Refusal.UNKNOWN_ORIGIN}
    own = File(cast)
    assert File(cast, derives_from=own.key).now.derives_from_id == own.key
    Agreement.objects.filter(pk=stranger.pk).update(published_at=timezone.now())
    assert File(cast, derives_from=stranger.pk).now.derives_from_id == stranger.pk


def test_the_planned_day_does_not_come_nearer_while_the_opinion_is_awaited(cast):
    file = File(cast).asked()
    tomorrow = TODAY + dt.timedelta(days=1)
    assert refusals(lambda: edit(file, planned_signature_on=tomorrow)) == {Refusal.PLANNED_TOO_SOON}
    assert refusals(lambda: edit(file, planned_signature_on=None)) == {Refusal.NO_PLANNED_SIGNATURE}
    edit(file, planned_signature_on=TODAY + dt.timedelta(weeks=2))
    file.do("record_opinion", step=on(letter="DGCP/1"), is_favourable=True)
    edit(file, planned_signature_on=tomorrow)  # the two weeks were the ministry's, and it has answered


def test_a_signed_copy_is_not_older_than_the_signature(cast):
    file = File(cast).cleared().signed()
    day_before = SIGNATURE_ON - dt.timedelta(days=1)
    copy = lambda day: file.text("es", day=day, is_signed=True)  # noqa: E731
    assert refusals(lambda: copy(day_before)) == {Refusal.COPY_BEFORE_SIGNATURE}
    assert copy(SIGNATURE_ON).is_signed


def test_a_council_may_ratify_what_was_signed_before(cast):
    file = File(cast).cleared().signed()
    later = SIGNATURE_ON + dt.timedelta(days=60)
    vote = VoteDraft("67", later, is_approved=True)
    made = actions.record_council_vote(file.key, by=file.by, version=file.now.version, vote=vote, today=later)
    assert made.on == later


def test_a_state_observes_what_its_cities_asked_and_the_round_goes_on(cast):
    file, state = File(cast), cast.at(cast.state, "legal_reviewer")
    assert list(open_to_review(cast.state.pk)) == []
    file.texts()
    file.do("inform_ministry")
    assert list(open_to_review(cast.state.pk)) == [], "not before the opinion is asked for"
    file.do("request_opinion", planned_signature_on=SIGNATURE_ON)
    note = {"by": state, "today": TODAY, "observations": [ObservationDraft("Revise el plazo.")]}
    actions.note_observations(file.key, version=file.now.version, **note)
    assert (file.now.stage, file.now.steps.last().step) == (Stage.OPINION_REQUESTED, Step.REQUEST_OPINION)
    with pytest.raises(EditConflictError):
        actions.note_observations(file.key, version=file.now.version - 1, **note)
    empty = note | {"observations": []}
    assert refusals(lambda: actions.note_observations(file.key, version=file.now.version, **empty)) == {
        Refusal.NO_REASON
    }
    file.do("record_opinion", by=cast.at(cast.ministry, "legal_reviewer"), step=on(letter="1"), is_favourable=True)
    assert refusals(lambda: actions.note_observations(file.key, version=file.now.version, **note)) == {
        Refusal.WRONG_STAGE
    }
    Place.objects.filter(pk=cast.guanajuato.pk).update(state=make.state("Jalisco", "inegi:14"))
    assert list(open_to_review(cast.state.pk)) == [], "a city of another state"


def test_the_counterpart_says_what_it_knows_beside_the_office(cast):
    file = File(cast).cleared().signed()
    party = file.now.parties.get(place=cast.ashland.pk)
    sent = actions.ask_counterpart(party.pk, by=file.by, language="en")
    word = WordDraft(Answer.KNOWS_OTHER, {"signed_on": "1969"}, "A letter only.", "Clerk")
    actions.record_counterpart_word(sent.token, word=word)
    said = {(one.field, one.value) for one in Statement.objects.filter(subject=file.key)}
    assert said == {("counterpart_recognition", "knows_other"), ("signed_on", "1969")}
    assert file.now.signed_on == SIGNATURE_ON
    actions.withdraw_link(sent.link.pk, by=file.by)
    with pytest.raises(actions.LinkExpiredError):
        actions.record_counterpart_word(sent.token, word=word)
    with pytest.raises(actions.LinkExpiredError):
        actions.open_link("otra cosa")


def test_the_counterpart_is_a_source_of_what_the_public_sees_at_once(cast):
    file = File(cast).cleared().signed()
    sent = actions.ask_counterpart(file.now.parties.get(place=cast.ashland.pk).pk, by=file.by, language="en")
    actions.record_counterpart_word(sent.token, word=WordDraft(Answer.CONFIRMS))
    assert not Listing.objects.filter(agreement=file.key).exists(), "nothing is listed of what is not published"
    actions.publish_file(file.key, by=file.by, version=file.now.version, today=SIGNATURE_ON)
    Statement.objects.filter(subject=file.key).delete()
    relist([file.key])
    seen = Revision.objects.get(name=AGREEMENT_INDEX).number
    actions.record_counterpart_word(sent.token, word=WordDraft(Answer.CORRECTS, {"term_years": "5"}))
    assert Listing.objects.get(agreement=file.key).sources == f"contraparte-{cast.ashland.slug}"
    assert Revision.objects.get(name=AGREEMENT_INDEX).number == seen + 1


def test_the_trail_names_nobody(cast):
    file = File(cast).cleared()
    entries = TrailEntry.objects.filter(chain=str(cast.office.pk), subject=str(file.key))
    assert {one.actor for one in entries} == {str(file.by.user), str(cast.at(cast.ministry, "legal_reviewer").user)}
    assert Step.INFORM_MINISTRY in {one.code.partition(".")[2] for one in entries}


@contextmanager
def meanwhile(act):
    """Do something just before a verb takes its lock: what another person's request did while this one waited.

    Both stand in the verb's transaction here: when it is refused, what was done is undone with it.
    """
    waiting = [act]

    def before_the_lock(execute, sql, params, many, context):
        if waiting and "foundation_revision" in sql:
            waiting.pop()()
        return execute(sql, params, many, context)

    with connection.execute_wrapper(before_the_lock):
        yield
    assert not waiting


def observed(cast):
    file = File(cast).asked()
    file.do(
        "record_observations", by=cast.at(cast.ministry, "legal_reviewer"), observations=[ObservationDraft("Falta.")]
    )
    return file, file.now.observations.get()


def test_an_answer_never_takes_the_place_of_one_that_was_not_read(cast):
    file, said = observed(cast)
    answer = partial(actions.answer_observation, said.pk, by=file.by)
    with meanwhile(partial(answer, answer="La primera.")), pytest.raises(EditConflictError):
        answer(answer="La segunda.")
    answer(answer="La primera.")
    version = file.text("es")
    with pytest.raises(EditConflictError):
        answer(answer="La segunda.", read=AnswerRead("La primera.", version.pk))
    answer(answer="La segunda.", read=AnswerRead("La  primera.\r\n"))
    said.refresh_from_db()
    assert said.answer == "La segunda."


def test_what_is_settled_stays_settled_and_is_settled_once(cast):
    file, said = observed(cast)
    settle = partial(actions.settle_observation, said.pk, by=cast.at(cast.ministry, "legal_reviewer"))
    with meanwhile(settle):
        late = refusals(partial(actions.answer_observation, said.pk, by=file.by, answer="Se agregó."))
    assert late == {Refusal.SETTLED}
    with meanwhile(settle):
        settle()
    settle()
    said.refresh_from_db()
    assert (said.state, said.answer) == ("settled", "")
    assert TrailEntry.objects.filter(code="agreement.observation_settled").count() == 1
