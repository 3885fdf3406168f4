"""Every step of a file as a whole form, sent by everyone: done where the table of rights says, and nowhere else."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse

from hermanar.agreements import actions
from hermanar.agreements.models import Agreement, PaperFilling, Proposal
from hermanar.agreements.vocabulary.procedure import Step
from hermanar.foundation.access import GRANTED, Verb
from hermanar.foundation.calendar import public_day
from hermanar.workspace.acts import VERBS
from hermanar.workspace.forms.steps import FORMS
from tests.files import ENGLISH, SPANISH, DrivenFile
from tests.undoing import undone

pytestmark = pytest.mark.alike


def informed(cast):
    file = DrivenFile(cast)
    file.text("es", SPANISH), file.text("en", ENGLISH)
    file.do("inform_ministry")
    return file


def signed(cast):
    file = DrivenFile(cast, term_years=3).cleared().signed()
    file.text("es", SPANISH, is_signed=True), file.text("en", ENGLISH, is_signed=True)
    return file


def suspended(cast):
    file = signed(cast)
    file.do("suspend", said={"reason": "obras"})
    return file


def published(cast):
    file = signed(cast)
    actions.publish_file(file.key, by=file.by, version=file.now.version, today=file.today)
    return file


SIGNED = {"place": "Guanajuato", "signatories": "Alcaldesa\nMayor"}
DAY = (public_day() + dt.timedelta(days=40)).isoformat()
WHY = {"reason": "así se acordó"}
# Of each step: a file that waits for it, and what its form says besides the day and the letter.
WAYS = {
    Step.INFORM_MINISTRY: (DrivenFile, {}),
    Step.REQUEST_OPINION: (informed, {"planned_signature_on": DAY}),
    Step.RECORD_OBSERVATIONS: (lambda cast: DrivenFile(cast).asked(), {**WHY, "comment_1": "Falta la prórroga."}),
    Step.RECORD_OPINION: (lambda cast: DrivenFile(cast).asked(), {"is_favourable": "yes"}),
    Step.SIGN: (lambda cast: DrivenFile(cast).cleared(), SIGNED),
    Step.SEND_SIGNED_COPIES: (signed, {}),
    Step.RENEW: (signed, {**WHY, "until": "2090-01-01"}),
    Step.SUSPEND: (signed, WHY),
    Step.RESUME: (suspended, WHY),
    Step.TERMINATE: (signed, WHY),
    Step.REAFFIRM: (signed, WHY),
    Step.ABANDON: (DrivenFile, WHY),
    Step.PUBLISH: (signed, {}),
    Step.UNPUBLISH: (published, WHY),
}


@pytest.mark.row(6)
def test_every_step_that_has_a_form_is_sent_here():
    assert set(WAYS) == set(FORMS)


@pytest.fixture
def cast(standing_cast):
    return standing_cast


def what_is_kept(key):
    kept = Agreement.objects.get(pk=key)
    filled = PaperFilling.objects.filter(agreement=key).count()
    waiting = kept.proposals.filter(decided_at__isnull=True).count()
    return kept.version, kept.steps.count(), kept.proposals.count(), waiting, filled


def sent_by_everyone(everyone, file, address, form, verbs):
    """Send a form as each person in turn, undo it, and hold each against the table."""
    before = what_is_kept(file.key)
    for (slug, role), client in everyone.items():
        with undone():
            status = client.post(address, form).status_code
            is_done = what_is_kept(file.key) != before
        may_open, may = Verb.READ_FILES in GRANTED[role], set(verbs) <= GRANTED[role]
        own = slug == "guanajuato"
        expected = 403 if not may_open or (own and not may) else 302 if own else 404
        told = f"{role.value} of {slug}: {status}"
        assert status == expected, told
        assert is_done == (expected == 302), told


@pytest.mark.row(6)
@pytest.mark.django_db
@pytest.mark.parametrize("step", WAYS)
def test_step_is_done_by_whom_the_table_says_and_by_nobody_else(step, cast, everyone):
    make, more = WAYS[step]
    file = make(cast)
    form = {"version": file.now.version, "on": file.today.isoformat(), "letter": "OF/1", **more}
    address = reverse("workspace:step", args=[file.key, step])
    sent_by_everyone(everyone, file, address, form, [VERBS[step]])


@pytest.mark.row(6)
@pytest.mark.django_db
@pytest.mark.parametrize("decision", ["confirmar", "rechazar"])
def test_proposal_is_decided_by_whom_the_table_says(decision, cast, everyone):
    file = signed(cast)
    other = next(key for key in everyone if key[0] == "guanajuato" and key[1] != cast.of("director").role)
    file.do("terminate", said=WHY)
    waiting = Proposal.objects.get()
    Proposal.objects.filter(pk=waiting.pk).update(proposed_by=cast.people[other].user)
    others = {key: client for key, client in everyone.items() if key != other}  # nobody seconds what they proposed
    form = {"version": file.now.version, "decision": decision}
    sent_by_everyone(others, file, reverse("workspace:decide", args=[waiting.pk]), form, [Verb.TERMINATE])


@pytest.mark.row(6)
@pytest.mark.django_db
def test_paper_is_filled_by_whom_the_table_says(cast, everyone):
    file = DrivenFile(cast)
    form = {"version": 0, "recipient": "Ana"}
    sent_by_everyone(everyone, file, reverse("workspace:paper", args=[file.key, "aviso"]), form, [Verb.EDIT_FILE])
