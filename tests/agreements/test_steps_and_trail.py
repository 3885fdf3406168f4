"""A step changed behind the verbs no longer fits what the trail kept of it."""

from __future__ import annotations

import datetime as dt

import pytest

from hermanar.agreements import actions
from hermanar.agreements.actions import CastDraft, ObservationDraft, StepDraft, VoteDraft, WordDraft
from hermanar.agreements.models import (
    Agreement,
    AgreementArea,
    CastVote,
    CouncilVote,
    CounterpartWord,
    Observation,
    Party,
    ProcedureStep,
    Proposal,
    StepPaper,
    TextVersion,
)
from hermanar.agreements.queries.proof import SEALED, is_sealed, unlike_their_trail
from hermanar.agreements.vocabulary.procedure import Answer, Choice
from hermanar.agreements.vocabulary.proof import Trace
from hermanar.directory.models import Place
from hermanar.foundation.access import CONSOLE
from hermanar.foundation.models import Document, TrailEntry
from hermanar.foundation.trail import keyed_digest
from tests import cast as people
from tests import factories as make
from tests.agreements.filing import File
from tests.files import DrivenFile

pytestmark = pytest.mark.django_db


@pytest.fixture
def file():
    return File(people.gather()).cleared().signed()


def test_what_the_verbs_wrote_fits(file):
    assert unlike_their_trail() == []


@pytest.mark.row(19)
@pytest.mark.parametrize(
    ("change", "number"),
    [
        (lambda key: ProcedureStep.objects.filter(agreement=key, number=3).update(reason="otra"), 3),
        (lambda key: ProcedureStep.objects.filter(agreement=key, number=4).update(is_favourable=False), 4),
        (lambda key: ProcedureStep.objects.filter(agreement=key, number=5).delete(), 5),
        (lambda key: Agreement.objects.filter(pk=key).update(stage="registered", registration_number="1"), 5),
        (lambda key: Agreement.objects.filter(pk=key).update(signed_on="2020-01-01"), 5),
    ],
)
def test_what_was_changed_behind_them_does_not(file, change, number):
    change(file.key)
    assert ("guanajuato/2026/0001", Trace.STEP, number) in unlike_their_trail()


SOURCE = "fuente"


@pytest.fixture
def whole():
    """Return a file with one of everything the trail answers for."""
    cast = people.gather()
    file = DrivenFile(cast)
    file.asked().observed()
    [said] = file.now.observations.all()
    actions.answer_observation(said.pk, by=file.by, answer="Se agregó.", answered_in=said.version_id)
    vote = VoteDraft(" Ordinaria 3 ", file.today, is_approved=True, cast=[CastDraft("Ana", Choice.FOR)])
    actions.record_council_vote(file.key, by=file.by, version=file.now.version, vote=vote, today=file.today)
    file.do("request_opinion", planned_signature_on=file.today + dt.timedelta(days=30))
    file.do("record_opinion", by=file.reviewer, said={"letter": "DGCP/1"}, is_favourable=True)
    file.signed()
    came = people.document(cast.office).pk
    actions.add_paper(file.key, by=file.by, version=file.now.version, step=file.now.steps.first().pk, document=came)
    file.text("es", ["Firmado."], is_signed=True)
    file.do("terminate", said={"reason": "Mutuo acuerdo."})
    link = actions.ask_counterpart(file.counterpart.pk, by=file.by, language="en")
    word = WordDraft(Answer.CONFIRMS, {"term_years": "3"}, "Seguimos.", "Mayor")
    actions.record_counterpart_word(link.token, word=word)
    return file


def traces():
    return {(one.trace, one.number) for one in unlike_their_trail()}


def test_everything_the_verbs_wrote_fits(whole):
    assert traces() == set()
    [waiting] = whole.now.proposals.all()
    actions.decline(waiting.pk, by=whole.by)
    whole.do("terminate", said={"reason": " Otra vez. "})
    second = whole.cast.of("administrator")
    waiting = whole.now.proposals.get(decided_at=None)
    actions.confirm(waiting.pk, by=second, version=whole.now.version, today=whole.today)
    [said] = whole.now.observations.all()
    actions.settle_observation(said.pk, by=whole.reviewer)
    assert traces() == set()


def of(model, **values):
    """Return what changes rows of a table behind the verbs."""
    return lambda _file: model.objects.update(**values)


BEHIND = {
    "title": (of(Agreement, title_es="Otro"), Trace.RECORD),
    "kind": (of(Agreement, kind="cooperation"), Trace.RECORD),
    "term": (of(Agreement, term_years=99, is_open_ended=False), Trace.RECORD),
    "party": (of(Party, name_as_written="Otra ciudad"), Trace.RECORD),
    "standing": (of(Party, standing="private"), Trace.RECORD),
    "party gone": (lambda file: file.now.parties.filter(position=0).delete(), Trace.RECORD),
    "areas": (of(AgreementArea, as_written="otra cosa"), Trace.RECORD),
    "paragraphs": (of(TextVersion, paragraphs=["Otro texto."]), Trace.TEXT),
    "paragraphs as signed over": (of(TextVersion, paragraphs=["Otro texto."]), Trace.STEP),
    "document of the text": (of(Document, digest="f" * 64), Trace.TEXT),
    "text gone": (lambda file: file.now.texts.get(language="es").versions.last().delete(), Trace.TEXT),
    "later paper": (lambda file: StepPaper.objects.filter(at__isnull=False).delete(), Trace.PAPER),
    "authentic": (of(TextVersion, is_authentic=False), Trace.TEXT),
    "comment": (of(Observation, comment="Nada."), Trace.STEP),
    "state": (of(Observation, state="settled"), Trace.OBSERVATION),
    "answer": (of(Observation, answer="Nada."), Trace.OBSERVATION),
    "opened again": (of(Observation, state="open", answer="", answered_in=None), Trace.OBSERVATION),
    "observation gone": (lambda file: file.now.observations.all().delete(), Trace.STEP),
    "vote": (of(CouncilVote, is_approved=False), Trace.VOTE),
    "cast": (of(CastVote, choice="against"), Trace.VOTE),
    "vote gone": (lambda file: file.now.council_votes.all().delete(), Trace.VOTE),
    "proposal": (of(Proposal, reason="Otra."), Trace.PROPOSAL),
    "set aside": (lambda file: decide(file, is_confirmed=False), Trace.PROPOSAL),
    "confirmed": (lambda file: decide(file, is_confirmed=True), Trace.PROPOSAL),
    "proposal gone": (lambda file: file.now.proposals.all().delete(), Trace.PROPOSAL),
    "word": (of(CounterpartWord, answer="does_not_know"), Trace.WORD),
    "word's comment": (of(CounterpartWord, comment="Nunca."), Trace.WORD),
    "word's values": (of(CounterpartWord, said={}), Trace.WORD),
    "word gone": (lambda _file: CounterpartWord.objects.all().delete(), Trace.WORD),
}


def decide(file, **values):
    file.now.proposals.update(decided_at="2026-01-01T00:00Z", decided_by=file.cast.of("administrator").user, **values)


@pytest.mark.row(19)
@pytest.mark.parametrize("name", BEHIND)
def test_each_thing_changed_behind_the_verbs_is_found(whole, name):
    change, trace = BEHIND[name]
    change(whole)
    assert trace in {one for one, _number in traces()}


def test_an_observation_slipped_in_is_found(whole):
    [said] = whole.now.observations.all()
    said.pk, said.step = None, whole.now.steps.get(step="sign")
    said.state, said.answer, said.answered_in = "open", "", None
    said.save(force_insert=True)
    assert Trace.OBSERVATION in {one for one, _number in traces()}


def correct(file, **values):
    make.source(SOURCE)
    actions.correct(file.key, by=CONSOLE, version=file.now.version, values=values, source_key=SOURCE)


def test_what_a_state_noted_beside_the_rounds_is_compared_too():
    cast = people.gather()
    file = DrivenFile(cast).asked()
    note = {"by": cast.at(cast.state, "legal_reviewer"), "today": file.today}
    for comment in ("Diga cuánto dura.", "Diga quién paga."):
        drafts = [ObservationDraft(comment)]
        actions.note_observations(file.key, version=file.now.version, observations=drafts, **note)
    assert unlike_their_trail() == []
    noted = Observation.objects.order_by("pk").first()
    noted.comment = "Otra cosa."
    noted.save()
    assert {one.trace for one in unlike_their_trail()} == {Trace.OBSERVATION}
    noted.delete()
    assert {one.trace for one in unlike_their_trail()} == {Trace.OBSERVATION}


def test_a_vote_that_was_mended_fits_what_it_says_now():
    cast = people.gather()
    file = DrivenFile(cast)
    said = {"by": file.by, "today": file.today}
    drafts = [VoteDraft(name, file.today, is_approved=True) for name in ("Ordinaria 1", "Ordinaria 2", "Ordinaria 3")]
    votes = [actions.record_council_vote(file.key, version=file.now.version, vote=one, **said) for one in drafts]
    for members in (("Uno",), ("Uno", "Dos")):
        mended = VoteDraft(
            "Ordinaria 2", file.today, is_approved=False, cast=[CastDraft(m, Choice.AGAINST) for m in members]
        )
        actions.mend_council_vote(votes[1].pk, version=file.now.version, mended=mended, **said)
    assert unlike_their_trail() == []
    for changed in (0, 1):
        CouncilVote.objects.filter(pk=votes[changed].pk).update(session="Otra")
        assert [(one.trace, one.number) for one in unlike_their_trail()] == [(Trace.VOTE, changed + 1)]
        CouncilVote.objects.filter(pk=votes[changed].pk).update(session=drafts[changed].session)
    CouncilVote.objects.filter(pk=votes[1].pk).delete()
    assert {one.trace for one in unlike_their_trail()} == {Trace.VOTE}


def test_a_correction_is_no_tampering_and_covers_up_none():
    file = DrivenFile(people.gather()).registered()
    correct(file, title_es="Corregido")
    assert (traces(), is_sealed(file.key)) == (set(), True)
    Agreement.objects.update(registration_number="RAI-8")
    assert traces() == {(Trace.RECORD, 1)}
    correct(file, registration_number="RAI-9")
    assert traces() == {(Trace.RECORD, 1)}, "a correction after the tampering does not hide it"


def test_an_entry_in_the_register_after_the_tampering_does_not_hide_it():
    file = DrivenFile(people.gather()).sent()
    Agreement.objects.update(title_es="Otro")
    step = StepDraft(on=file.today, letter="DGCP/2")
    values = {"by": file.steward, "version": file.now.version, "step": step, "today": file.today}
    actions.record_registration(file.key, number="RAI-7", **values)
    assert (Trace.RECORD, 1) in traces()


def test_the_directory_may_rename_a_place():
    file = DrivenFile(people.gather()).registered()
    Place.objects.filter(pk=file.counterpart.place_id).update(name="Ashland City")
    assert traces() == set()


def as_first_released(step):
    """Return what the first release digested of a step."""
    changes = {name: value for name, value in step.changes.items() if name != "party_names"}
    ProcedureStep.objects.filter(pk=step.pk).update(changes=changes)
    planned = step.planned_signature_on
    return {
        "number": step.number, "step": step.step, "stage_after": step.stage_after, "on": step.on.isoformat(),
        "letter": step.letter, "reason": step.reason, "is_favourable": step.is_favourable,
        "is_without_opinion": step.is_without_opinion,
        "planned_signature_on": planned.isoformat() if planned else None, "signatories": step.signatories,
        "changes": changes, "papers": [],
        "by": [str(step.by_user_id), str(step.by_office_id), str(step.seconded_by_id), step.is_alone],
    }  # fmt: skip


def make_old(file):
    """Give the entries of a file the digests of the first release."""
    own = TrailEntry.objects.filter(subject=str(file.key))
    own.filter(code=SEALED).delete()
    for step in file.now.steps.all():
        [entry] = own.filter(code=f"agreement.{step.step}").order_by("number")[
            file.now.steps.filter(step=step.step, number__lt=step.number).count() :
        ][:1]
        TrailEntry.objects.filter(pk=entry.pk).update(content_digest=keyed_digest(as_first_released(step)))
    texts = TextVersion.objects.filter(text__agreement=file.key).order_by("pk")
    for text, entry in zip(texts, own.filter(code="agreement.text_added").order_by("number"), strict=True):
        told = [text.text.language, text.number, str(text.document_id), text.sent_by, text.is_signed]
        TrailEntry.objects.filter(pk=entry.pk).update(content_digest=keyed_digest(told))
    others = {"agreement.terminate_proposed": None, "agreement.observation_answered": "Se agregó."}
    others["agreement.counterpart_spoke"] = {"term_years": "3"}
    for code, told in others.items():
        TrailEntry.objects.filter(code=code).update(content_digest=keyed_digest(told))


@pytest.mark.usefixtures("no_wall")
def test_entries_of_the_first_release_still_fit(whole):
    make_old(whole)
    assert (traces(), is_sealed(whole.key)) == (set(), False)
    Observation.objects.update(state="settled")
    CounterpartWord.objects.update(said={})
    Proposal.objects.all().delete()
    ProcedureStep.objects.filter(step="sign").update(signatories=[])
    assert {one for one, _number in traces()} == {Trace.OBSERVATION, Trace.WORD, Trace.PROPOSAL, Trace.STEP}
