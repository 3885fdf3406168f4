"""Who may do what to a file: every verb by every role of every office, against the tables of rights."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace

import pytest
from django.db import transaction

from hermanar.agreements import actions
from hermanar.agreements.actions import (
    ObservationDraft,
    SignatureDraft,
    TextDraft,
    VoteDraft,
)
from hermanar.agreements.models import Agreement
from hermanar.agreements.queries import (
    for_office,
)
from hermanar.agreements.rules import StepRefusedError
from hermanar.agreements.vocabulary import Stage
from hermanar.agreements.vocabulary.procedure import Side
from hermanar.foundation.access import GRANTED, NotAllowedError, Role, Verb
from hermanar.foundation.models import Document
from tests import cast as people
from tests.agreements.filing import SIGNATURE_ON, TODAY, File, on

pytestmark = pytest.mark.django_db


def test_another_office_finds_nothing(cast):
    file = File(cast).asked()
    stranger = cast.at(cast.other_office, "director")
    assert not for_office(stranger.office).filter(pk=file.key).exists()
    for verb in ("inform_ministry", "request_opinion", "abandon", "send_signed_copies"):
        with pytest.raises(Agreement.DoesNotExist):
            file.do(verb, by=stranger)
    foreign = people.document(cast.other_office)
    with pytest.raises(Document.DoesNotExist):
        file.do("abandon", step=on(reason="x", papers=(foreign.pk,)))
    assert file.now.stage == Stage.OPINION_REQUESTED


DONE_TO_FILES = {
    "edit_file": Verb.EDIT_FILE,
    "inform_ministry": Verb.INFORM_MINISTRY,
    "request_opinion": Verb.REQUEST_OPINION,
    "record_observations": Verb.RECORD_OBSERVATIONS,
    "record_opinion": Verb.RECORD_OPINION,
    "sign": Verb.SIGN,
    "send_signed_copies": Verb.SEND_SIGNED_COPIES,
    "renew": Verb.RENEW,
    "suspend": Verb.SUSPEND,
    "resume": Verb.RESUME,
    "terminate": Verb.TERMINATE,
    "withdraw": Verb.UNPUBLISH_AGREEMENT,
    "reaffirm": Verb.REAFFIRM,
    "abandon": Verb.ABANDON,
    "publish_file": Verb.PUBLISH_AGREEMENT,
    "add_text_version": Verb.ADD_TEXT,
    "record_council_vote": Verb.RECORD_COUNCIL_VOTE,
}
MORE = {
    "record_opinion": {"is_favourable": True},
    "sign": {"signature": SignatureDraft("x", ("A",))},
    "renew": {"until": dt.date(2040, 1, 1)},
    "edit_file": {"values": {"term_years": 4}},
}


def attempt(file, name, by):
    """Do a verb with whatever; tell whether the role was what refused it."""
    values = {"step": on(letter="L", reason="r"), "today": TODAY, **MORE.get(name, {})}
    if name == "edit_file":
        values = MORE[name]
    elif name == "publish_file":
        values = {"today": TODAY}
    elif name == "add_text_version":
        document = people.document(file.cast.office)
        values = {"today": TODAY, "text": TextDraft("es", document.pk, [], Side.OFFICE, TODAY)}
    elif name == "record_council_vote":
        values = {"today": TODAY, "vote": VoteDraft("12", TODAY, is_approved=True)}
    try:
        getattr(actions, name)(file.key, by=by, version=file.now.version, **values)
    except (NotAllowedError, Agreement.DoesNotExist):
        return False
    except StepRefusedError:
        return True
    return True


@pytest.mark.row(6)
def test_every_pair_of_step_and_role_is_as_the_table_says(cast):
    file = File(cast).asked()  # so that the ministry's reviewer has it too
    reviews = {"record_observations", "record_opinion"}
    for name, verb in DONE_TO_FILES.items():
        for (slug, role), actor in cast.people.items():
            own = slug == "guanajuato" and verb in GRANTED[role]
            review = slug == "sre" and role is Role.LEGAL_REVIEWER and name in reviews
            assert attempt(file, name, actor) is (own or review), (name, slug, role)


NOTED = [ObservationDraft("Revise el plazo.")]
REVIEWER, STEWARD = ("sre", Role.LEGAL_REVIEWER), ("sre", Role.REGISTRY_STEWARD)
STATE_REVIEWER = ("estado", Role.LEGAL_REVIEWER)
# Beside the steps: what is done, how, and by whom; a verb means whoever the table grants it to in the file's office.
DONE_BESIDE = {
    "draft": (lambda d, by: actions.draft(d.cast.file(), office=d.cast.office.pk, by=by, today=TODAY), Verb.DRAFT),
    "record_registration": (
        lambda d, by: actions.record_registration(
            d.signed.pk, by=by, version=d.signed.version, step=on(letter="L"), today=SIGNATURE_ON, number="1"
        ),
        {STEWARD},
    ),
    "fill_paper": (
        lambda d, by: actions.fill_paper(d.asked.pk, by=by, paper="aviso", version=0, values={"number": "1"}),
        Verb.EDIT_FILE,
    ),
    "add_paper": (
        lambda d, by: actions.add_paper(
            d.asked.pk, by=by, version=d.asked.version, step=d.asked.steps.first().pk, document=d.paper
        ),
        Verb.EDIT_FILE,
    ),
    "ask_counterpart": (
        lambda d, by: actions.ask_counterpart(d.asked.parties.get(place=d.cast.ashland.pk).pk, by=by, language="en"),
        Verb.ASK_COUNTERPART,
    ),
    "ask_guest": (
        lambda d, by: actions.ask_guest(
            d.asked.parties.get(place=d.cast.ashland.pk).pk, by=by, email="bob@ashland.example.org", language="en"
        ),
        Verb.KEEP_GUESTS,
    ),
    "end_guest": (lambda d, by: actions.end_guest(d.guest, by=by), Verb.KEEP_GUESTS),
    "withdraw_link": (lambda d, by: actions.withdraw_link(d.link, by=by), Verb.ASK_COUNTERPART),
    "answer_observation": (
        lambda d, by: actions.answer_observation(d.observed, by=by, answer="Atendida."),
        Verb.EDIT_FILE,
    ),
    "settle_observation": (lambda d, by: actions.settle_observation(d.observed, by=by), {REVIEWER}),
    "settle_noted": (lambda d, by: actions.settle_observation(d.noted, by=by), {REVIEWER, STATE_REVIEWER}),
    "note_observations": (
        lambda d, by: actions.note_observations(
            d.asked.pk, by=by, version=d.asked.version, today=TODAY, observations=NOTED
        ),
        {STATE_REVIEWER},
    ),
    "mend_council_vote": (
        lambda d, by: actions.mend_council_vote(
            d.vote, by=by, version=d.asked.version, mended=VoteDraft("13", TODAY, is_approved=True), today=TODAY
        ),
        Verb.RECORD_COUNCIL_VOTE,
    ),
    "confirm": (
        lambda d, by: actions.confirm(d.proposal, by=by, version=d.signed.version, today=SIGNATURE_ON),
        Verb.TERMINATE,
    ),
    "decline": (lambda d, by: actions.decline(d.proposal, by=by), Verb.TERMINATE),
    "confirm_withdrawal": (
        lambda d, by: actions.confirm(d.withdrawal, by=by, version=d.signed.version, today=SIGNATURE_ON),
        Verb.UNPUBLISH_AGREEMENT,
    ),
    "decline_withdrawal": (lambda d, by: actions.decline(d.withdrawal, by=by), Verb.UNPUBLISH_AGREEMENT),
}


@pytest.fixture
def done(cast):
    """Return a file before the ministry, observed by it and by the state, and a signed one that may end or withdraw."""
    asked, signed = File(cast).asked(), File(cast).cleared().signed()
    reviewer, state = cast.at(cast.ministry, "legal_reviewer"), cast.at(cast.state, "legal_reviewer")
    asked.do("record_observations", by=reviewer, observations=[ObservationDraft("Falta.")])
    asked.do("request_opinion")
    actions.note_observations(asked.key, by=state, version=asked.now.version, today=TODAY, observations=NOTED)
    actions.publish_file(signed.key, by=signed.by, version=signed.now.version, today=SIGNATURE_ON)
    late = {"step": on(SIGNATURE_ON, reason="sí"), "today": SIGNATURE_ON}
    party = asked.now.parties.get(place=cast.ashland.pk)
    vote = actions.record_council_vote(
        asked.key, by=asked.by, version=asked.now.version, vote=VoteDraft("12", TODAY, is_approved=True), today=TODAY
    )
    return SimpleNamespace(
        cast=cast,
        asked=asked.now,
        vote=vote.pk,
        paper=people.document(cast.office).pk,
        observed=asked.now.observations.get(step__isnull=False).pk,
        noted=asked.now.observations.get(step__isnull=True).pk,
        link=actions.ask_counterpart(party.pk, by=asked.by, language="en").link.pk,
        guest=actions.ask_guest(party.pk, by=asked.by, email="ann@ashland.example.org", language="en").guest.pk,
        proposal=signed.do("terminate", **late).pk,
        withdrawal=signed.do("withdraw", **late).pk,
        signed=signed.now,
    )


def is_let(act):
    """Do something and undo it; tell whether the person was let."""
    with transaction.atomic():
        try:
            act()
        except (NotAllowedError, Agreement.DoesNotExist):
            return False
        except StepRefusedError:
            return True
        finally:
            transaction.set_rollback(True)
    return True


@pytest.mark.row(6)
@pytest.mark.parametrize("name", DONE_BESIDE)
def test_every_pair_of_what_is_done_beside_the_steps_and_role_is_as_the_table_says(done, name):
    act, who = DONE_BESIDE[name]
    for (slug, role), actor in done.cast.people.items():
        is_expected = (slug, role) in who if isinstance(who, set) else slug == "guanajuato" and who in GRANTED[role]
        assert is_let(lambda by=actor: act(done, by)) is is_expected, (name, slug, role)


# Of past agreements (their own tests), of the derived rows, of the sister city, of a mode that ends, of addresses that
# are forgotten, and a reading.
NOT_OF_A_FILE = {
    "correct", "import_agreements", "note_evidence", "plan_import", "publish", "record_past_agreements", "unpublish",
    "refused_to_register", "relist_all", "relist_places", "open_link", "record_counterpart_word", "vote_said",
    "take_over", "enter_past", "correct_past", "may_correct", "open_guest_account", "come_in",
    "forget_demonstration_guests", "forget_guest", "forget_past_guests",
}  # fmt: skip


@pytest.mark.row(6)
def test_every_verb_of_a_file_is_in_one_of_the_tables():
    verbs = {name for name in actions.__all__ if name[0].islower()} - NOT_OF_A_FILE
    assert verbs <= set(DONE_TO_FILES) | set(DONE_BESIDE)


def test_a_reviewer_reaches_what_was_sent_to_the_office_only(cast):
    file = File(cast)
    reviewer = cast.at(cast.ministry, "legal_reviewer")
    assert attempt(file, "record_opinion", reviewer) is False
    file.asked()
    assert attempt(file, "record_opinion", reviewer) is True
