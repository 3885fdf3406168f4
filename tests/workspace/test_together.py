"""Two people at the same vote or observation: the second learns of the first, and what either typed is kept."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from hermanar.agreements import actions
from hermanar.agreements.models import CouncilVote
from hermanar.foundation.access import Role
from hermanar.foundation.models import TrailEntry
from tests.files import DrivenFile
from tests.foundation.samples import pdf
from tests.workspace.filing import Desk, is_done
from tests.workspace.signing_in import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(cast):
    made = Desk(cast)
    made.open()
    return made


def voted(desk, *members, **values):
    """Return a vote as the form sends it."""
    form = {**desk.shown("vote"), "session": "Ordinaria 12", "on": desk.day(), "is_approved": "yes"}
    for number, (member, choice) in enumerate(members, start=1):
        form |= {f"member_{number}": member, f"choice_{number}": choice}
    return {**form, **values}


def cast_in(desk):
    return [[(one.member, one.choice) for one in vote.cast.all()] for vote in desk.now.council_votes.all()]


def test_members_of_a_vote_sent_after_its_result_are_not_dropped(desk):
    """The second person opened the page before the first one sent it."""
    second = voted(desk, ("Ana", "for"), ("Luis", "against"))
    assert is_done(desk.client.post(desk.address("vote"), voted(desk)))
    answer = desk.client.post(desk.address("vote"), second)
    assert "Otra persona cambió el expediente" in answer.text
    assert "Votaciones ya asentadas" in answer.text
    assert 'value="Luis"' in answer.text
    assert cast_in(desk) == [[]]
    vote = desk.now.council_votes.get()
    mended = desk.client.post(reverse("workspace:mend_vote", args=[vote.pk]), {**second, **desk.shown("vote")})
    assert is_done(mended)
    assert cast_in(desk) == [[("Ana", "for"), ("Luis", "against")]]


def test_the_same_vote_sent_twice_is_kept_once_and_one_that_differs_is_not_the_same(desk):
    form = voted(desk, ("Ana", "for"))
    for _time in range(2):
        assert is_done(desk.client.post(desk.address("vote"), {**form, "minutes": SimpleUploadedFile("a.pdf", pdf())}))
    assert cast_in(desk) == [[("Ana", "for")]]
    for other in ({"choice_1": "against"}, {"post_1": "Síndica"}, {"is_approved": "no"},
                  {"minutes": SimpleUploadedFile("b.pdf", pdf(pages=2))}):  # fmt: skip
        assert not is_done(desk.client.post(desk.address("vote"), {**form, **other}))
    assert CouncilVote.objects.count() == 1


def test_minutes_that_came_with_a_late_vote_need_not_be_sent_again(desk):
    form = voted(desk, ("Ana", "for"), minutes=SimpleUploadedFile("acta.pdf", pdf()))
    desk.text("es")  # the file moves on
    answer = desk.client.post(desk.address("vote"), form)
    assert "Ya recibido: acta.pdf" in answer.text
    sent = answer.context["form"].data
    assert is_done(desk.client.post(desk.address("vote"), {name: sent[name] for name in sent}))
    assert desk.now.council_votes.get().minutes.name == "acta.pdf"


def test_a_vote_is_mended_with_its_minutes_kept_and_an_entry_in_the_trail(desk):
    desk.client.post(desk.address("vote"), voted(desk, ("Ana", "for"), minutes=SimpleUploadedFile("acta.pdf", pdf())))
    vote = desk.now.council_votes.get()
    address = reverse("workspace:mend_vote", args=[vote.pk])
    assert address in desk.page()
    assert 'value="Ana"' in desk.client.get(address).text
    stale = voted(desk, ("Eva", "against"), session="Ordinaria 13")
    assert is_done(desk.client.post(address, voted(desk, ("Ana", "against"))))
    assert cast_in(desk) == [[("Ana", "against")]]
    assert desk.now.council_votes.get().minutes.name == "acta.pdf"
    assert TrailEntry.objects.filter(code="agreement.council_vote_mended", subject=str(vote.pk)).count() == 1
    answer = desk.client.post(address, stale)
    assert 'value="Eva"' in answer.text
    assert cast_in(desk) == [[("Ana", "against")]]


@pytest.fixture
def file(cast):
    return DrivenFile(cast).asked().observed()


def shown(client, address):
    """Return what the form of an answer sends when nothing is typed in it."""
    form = client.get(address).context["form"]
    return {name: form[name].value() or "" for name in form.fields}


def test_a_second_answer_shows_the_first_and_is_kept_only_when_sent_again(cast, file):
    said = file.now.observations.get()
    address = reverse("workspace:answer", args=[said.pk])
    director, analyst = client_of(cast.of(Role.DIRECTOR)), client_of(cast.of(Role.ANALYST))
    late = {**shown(analyst, address), "answer": "No procede."}
    version = file.now.texts.get(language="es").versions.get()
    first = {**shown(director, address), "answer": "Se agregó.\nVéase el punto 4.", "answered_in": str(version.pk)}
    for _time in range(2):
        assert is_done(director.post(address, first))
    page = analyst.post(address, late)
    assert "Otra persona respondió mientras usted escribía" in page.text
    assert "Véase el punto 4." in page.text
    assert "No procede." in page.text
    said.refresh_from_db()
    assert said.answer.startswith("Se agregó.")
    again = {name: page.context["form"][name].value() or "" for name in page.context["form"].fields}
    assert is_done(analyst.post(address, again))
    said.refresh_from_db()
    assert (said.answer, said.answered_in) == ("No procede.", None)


def test_an_observation_settled_meanwhile_is_told_and_the_answer_is_not_kept(cast, file):
    said = file.now.observations.get()
    address = reverse("workspace:answer", args=[said.pk])
    client = client_of(cast.of(Role.DIRECTOR))
    form = {**shown(client, address), "answer": "Se agregó."}
    actions.settle_observation(said.pk, by=file.reviewer)
    assert "ya dio esta observación por resuelta" in client.post(address, form).text
    said.refresh_from_db()
    assert (said.state, said.answer) == ("settled", "")
