"""A call for a work of art, from its rules to its result: who may do what and when, and what is told to whom."""

from __future__ import annotations

import re
from dataclasses import replace
from uuid import uuid4

import pytest
from django.conf import settings
from django.core import mail
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from hermanar.agreements.actions import FileDraft, PartyDraft
from hermanar.agreements.actions import draft as draft_file
from hermanar.agreements.models import Agreement
from hermanar.agreements.vocabulary import Role as Side
from hermanar.console.proving import flaws
from hermanar.cooperation.actions import publish_gift, record_gift, unpublish_gift
from hermanar.cooperation.rules import PlaceFacts, Shown
from hermanar.cooperation.vocabulary import GiftSide, Keeping
from hermanar.foundation import intake
from hermanar.foundation.access import Actor, NotAllowedError, Role
from hermanar.foundation.calendar import parse_partial
from hermanar.foundation.documents import images, path_of
from hermanar.foundation.editing import AnotherSentError, EditConflictError
from hermanar.foundation.intake.sealing import open_content
from hermanar.foundation.models import Contribution, Document, uuid7
from hermanar.museum import limits
from hermanar.museum.actions.judging import (
    VoteLinkError,
    Word,
    answer_jury,
    ask_juror,
    cast_vote,
    drop_juror,
    forget_contacts,
    jury_token,
    mark_works,
    vote_token,
    voter_of,
)
from hermanar.museum.actions.open_calls import (
    ResultDraft,
    cancel_call,
    decide_call,
    link_work,
    mend_call,
    publish_call,
    unpublish_call,
)
from hermanar.museum.models import Ballot, Juror, JurorMark, OpenCall
from hermanar.museum.rules.open_calls import CallRefusedError
from hermanar.museum.vocabulary.open_calls import CallRefusal as Why
from hermanar.museum.vocabulary.open_calls import Phase
from hermanar.offices.models import Office
from tests import factories as make
from tests.cooperation_acts import gift_draft
from tests.foundation.samples import animation, picture, png_of
from tests.museum.calling import PUBLIC_VOTE, Calling
from tests.museum.going import in_days
from tests.museum.voices import Voices, ticket_of

pytestmark = pytest.mark.django_db
SCRIPT = "<script>alert('obra')</script>"


@pytest.fixture
def calling(world):
    cache.clear()
    return Calling(Voices(world))


@pytest.fixture
def visitor(calling):
    return Client(raise_request_exception=False)


def page(client, address, status=200):
    answer = client.get(address)
    assert answer.status_code == status, address
    return b"".join(answer).decode(errors="replace")


def refused(act):
    with pytest.raises(CallRefusedError) as caught:
        act()
    return caught.value.refusals


def at(call, more=""):
    return f"/convocatorias/obra/{call.slug}/{more}"


# ── what an office does ──────────────────────────────────────────────────────────────────────────────────────────────


def test_a_call_is_kept_once_shown_hidden_and_told_to_the_trail(calling, visitor):
    key = uuid7()
    made = calling.record(key=key, by=calling.editor)
    assert calling.record(key=key).pk == made.pk
    with pytest.raises(AnotherSentError):
        calling.record(key=key, title="Otra")
    page(visitor, at(made), 404)
    assert made.title not in page(visitor, "/convocatorias/")
    shown = publish_call(made.pk, by=calling.by, version=made.version)
    for address in ("/convocatorias/", at(shown), "/sitemap-convocatorias.xml", "/novedades.atom"):
        assert shown.slug in page(visitor, address)
    assert "A work for Ashland" in page(visitor, f"/en{at(shown)}")
    mended = mend_call(shown.pk, calling.draft(title="Otra obra"), by=calling.by, version=shown.version)
    with pytest.raises(EditConflictError):
        mend_call(shown.pk, calling.draft(), by=calling.by, version=shown.version)
    hidden = unpublish_call(shown.pk, by=calling.by, version=mended.version)
    for address in ("/convocatorias/", "/sitemap-convocatorias.xml", "/novedades.atom"):
        assert hidden.slug not in page(visitor, address)
    assert flaws([]) == []
    OpenCall.objects.update(rules="Otras")
    assert len(flaws([])) == 1


def test_who_may(calling, world):
    made = calling.record()
    for role in (Role.ANALYST, Role.MUSEUM_EDITOR):
        by = Actor("x", role, calling.voices.office.pk)
        assert calling.record(by=by).pk
        with pytest.raises(NotAllowedError):
            publish_call(made.pk, by=by, version=made.version)
    for by in (Actor("x", Role.READER, calling.voices.office.pk), Actor("x", Role.PUBLIC)):
        with pytest.raises(NotAllowedError):
            calling.record(by=by)
    with pytest.raises(OpenCall.DoesNotExist):
        publish_call(made.pk, by=Actor("x", Role.DIRECTOR, uuid7()), version=made.version)
    shown = publish_call(made.pk, by=calling.by, version=made.version)
    with pytest.raises(NotAllowedError):
        mend_call(shown.pk, calling.draft(title="Otra"), by=calling.editor, version=shown.version)


def test_what_is_not_fit_is_refused_by_name(calling):
    assert refused(lambda: calling.record(title=" ")) == (Why.NO_TITLE,)
    assert refused(lambda: calling.record(receiver="nadie")) == (Why.UNKNOWN_CITY,)
    assert refused(lambda: calling.record(title="x" * 161)) == (Why.TOO_LONG,)
    bare = calling.record(rules="", receiver="")
    assert refused(lambda: publish_call(bare.pk, by=calling.by, version=1)) == (Why.NO_RULES, Why.NO_CITY)
    shown = calling.shown()
    calling.sent(shown)
    short = calling.draft(closes_on=in_days(2))
    assert refused(lambda: mend_call(shown.pk, short, by=calling.by, version=shown.version)) == (Why.FROZEN,)
    later = calling.draft(closes_on=in_days(12))
    assert mend_call(shown.pk, later, by=calling.by, version=shown.version).closes_on == in_days(12)


def test_a_call_that_ends_without_result_says_why(calling, visitor):
    shown = calling.shown()
    assert refused(lambda: cancel_call(shown.pk, by=calling.by, version=shown.version, note=" ")) == (Why.NO_REASON,)
    gone = cancel_call(shown.pk, by=calling.by, version=shown.version, note=f"Sin fondos {SCRIPT}")
    said = page(visitor, at(gone))
    assert "Sin fondos" in said
    assert SCRIPT not in said
    assert "Ahora no" in page(visitor, at(gone, "participar/"))
    assert refused(lambda: cancel_call(gone.pk, by=calling.by, version=gone.version, note="x")) == (Why.OVER,)


# ── works ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def form(client, call, file=None, **more):
    return {
        "ticket": ticket_of(client, at(call, "participar/")), "web": "", "language": "es", "consent": "on",
        "title": "Dos ríos", "seen": "Dos ríos azules", "text": "Por el agua.", "technique": "Óleo, 60 × 40 cm",
        "author": "Ana Pérez", "contact": "ana@example.org",
        "picture": SimpleUploadedFile("obra.png", picture() if file is None else file), **more,
    }  # fmt: skip


def test_a_work_waits_is_hung_without_a_name_reported_and_removed(calling, visitor):
    call = calling.shown()
    given = form(visitor, call)
    for _click in range(2):
        given["picture"] = SimpleUploadedFile("obra.png", picture())
        receipt = visitor.post(at(call, "participar/"), given)
        assert receipt.status_code == 303
    kept = Contribution.objects.get()
    assert (kept.kind, kept.office, kept.about, kept.state) == ("entry", calling.voices.office.pk, call.slug, "waiting")
    document = Document.objects.get()
    assert "Gracias. Llegó." in page(visitor, receipt["Location"])
    image = at(call, f"{kept.pk}/imagen-480.jpg")
    page(visitor, image, 404)
    page(visitor, at(call, f"{kept.pk}/"), 404)
    assert "Dos ríos" not in page(visitor, at(call))

    kept = intake.publish(kept.pk, by=calling.by, version=kept.version)
    for address in (at(call), at(call, f"{kept.pk}/")):
        said = page(visitor, address)
        assert "Dos ríos" in said
        assert not {"Ana Pérez", "ana@example.org"} & set(re.findall(r"Ana Pérez|ana@example\.org", said))
    assert visitor.get(image)["Content-Type"] == "image/jpeg"
    page(visitor, at(call, f"{kept.pk}/imagen-481.jpg"), 404)
    small = path_of(document.digest).parent  # the original stays where nobody reaches it
    assert small.is_dir()

    kept = intake.report(kept.pk, intake.Complaint.RIGHTS, note="", key=uuid4())
    intake.remove(kept.pk, by=calling.by, version=kept.version, reason="No es suya")
    page(visitor, image, 404)
    assert not Document.objects.exists()
    assert "Ya no está" in page(visitor, receipt["Location"])
    assert visitor.cookies == {}
    assert flaws([]) == []


@pytest.mark.row(29)
def test_a_picture_that_is_let_go_leaves_no_file(calling, visitor, django_capture_on_commit_callbacks):
    call = calling.shown()
    one, other = calling.hung(call), calling.hung(call)  # the same picture twice
    document = Document.objects.first()
    with django_capture_on_commit_callbacks(execute=True):
        intake.take_back(one.key)
    assert path_of(document.digest).is_file()
    with django_capture_on_commit_callbacks(execute=True):
        intake.take_back(other.key)
    assert not path_of(document.digest).exists()


@pytest.mark.row(29)
def test_a_picture_that_is_let_go_takes_what_was_made_of_it(calling, visitor, django_capture_on_commit_callbacks):
    call = calling.shown()
    one, other = calling.hung(call), calling.hung(call)  # the same picture twice
    digest = Document.objects.first().digest
    assert visitor.get(at(call, f"{one.pk}/imagen-480.jpg")).status_code == 200
    small = settings.VAR / "obras" / digest
    assert [path.name for path in small.iterdir()] == ["480.jpg"]
    with django_capture_on_commit_callbacks(execute=True):
        intake.take_back(one.key)
    assert small.is_dir()
    with django_capture_on_commit_callbacks(execute=True):
        intake.take_back(other.key)
    assert list((settings.VAR / "obras").iterdir()) == []


ENDS = {
    "cancelled": lambda calling, call: cancel_call(call.pk, by=calling.by, version=call.version, note="Sin fondos"),
    "hidden": lambda calling, call: unpublish_call(call.pk, by=calling.by, version=call.version),
    "closed": lambda calling, call: calling.voting(call),
}


@pytest.mark.parametrize("ends", ENDS.values(), ids=ENDS)
def test_a_call_that_ends_while_a_picture_is_read_takes_no_work(calling, visitor, monkeypatch, ends):
    call = calling.shown()
    given, write = form(visitor, call), images.write_anew

    def end_meanwhile(stream, into):
        ends(calling, calling.fresh(call))
        return write(stream, into)

    monkeypatch.setattr(images, "write_anew", end_meanwhile)
    answer = visitor.post(at(call, "participar/"), given)
    assert answer.status_code == 422
    assert str(Why.OVER.label) in answer.content.decode()
    assert not Contribution.objects.exists()
    assert not Document.objects.exists()


def test_whose_turn_does_not_come_is_told_to_send_again(calling, visitor, monkeypatch):
    call = calling.shown()
    given = form(visitor, call)
    monkeypatch.setattr(images, "alone", busy)
    answer = visitor.post(at(call, "participar/"), given)
    assert (answer.status_code, answer["Retry-After"]) == (503, "20")
    assert "no quedó confirmado" in answer.content.decode()
    assert not Document.objects.exists()


def busy():
    raise images.BusyError


@pytest.mark.row(13)
@pytest.mark.row(12)
@pytest.mark.parametrize(
    ("file", "says"),
    [
        (png_of(25_000, 20_000), "40 millones de puntos"),  # half a thousand million points, told by its head alone
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "obra.png"),
        (animation(), "obra.png"),
        (picture()[:60], "obra.png"),
        (b"", "picture"),
    ],
)
def test_what_is_no_picture_is_told_beside_it_and_nothing_stays(calling, visitor, file, says):
    call = calling.shown()
    answer = visitor.post(at(call, "participar/"), form(visitor, call, file))
    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert "Por el agua." in answer.content.decode()
    assert not Contribution.objects.exists()
    assert not Document.objects.exists()


@pytest.mark.parametrize("text", [SCRIPT, "a\x00b\u202e", "x" * 9_000, '"><img src=x onerror=alert(1)>'])
def test_bad_texts_are_kept_as_text_or_told_beside_the_field(calling, visitor, text):
    if "\x00" in text:
        with pytest.raises(CallRefusedError):
            calling.shown(title=f"Obra {text}")
    call = calling.shown(title=f"Obra {text}".replace("\x00", "")[:150], rules=text[:4_000].replace("\x00", ""))
    names = ("title", "seen", "text", "technique", "author")
    answer = visitor.post(at(call, "participar/"), form(visitor, call, **dict.fromkeys(names, text)))
    assert answer.status_code in {303, 422}
    assert "<script>alert" not in answer.content.decode()
    if answer.status_code == 303:
        kept = Contribution.objects.get()
        intake.publish(kept.pk, by=calling.by, version=kept.version)
        for address in ("/convocatorias/", at(call), at(call, f"{kept.pk}/"), f"/en{at(call)}"):
            said = page(visitor, address)
            assert "<script>alert" not in said
            assert "<img src=x" not in said


def test_works_are_taken_on_their_days_alone(calling, visitor):
    early = calling.shown(opens_on=in_days(1))
    assert "Ahora no" in page(visitor, at(early, "participar/"))
    call = calling.shown()
    given = form(visitor, call)
    calling.voting(call)
    assert visitor.post(at(call, "participar/"), given).status_code == 409
    assert not Contribution.objects.exists()


def test_a_flood_of_works_waits_and_what_was_typed_stays(calling, visitor, monkeypatch):
    call = calling.shown()
    given = form(visitor, call)
    monkeypatch.setattr(limits, "is_full", lambda count, rate: True)
    answer = visitor.post(at(call, "participar/"), given)
    assert (answer.status_code, "Por el agua." in answer.content.decode()) == (429, True)
    assert answer["Retry-After"]
    assert not Document.objects.exists()


# ── the jury ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def juror(calling, call, name="Rosa Pintora"):
    made = ask_juror(call.pk, name, post="directora del museo", by=calling.by, version=calling.fresh(call).version)
    return answer_jury(made.pk, accepts=True)


def test_a_jury_says_its_interests_and_chooses(calling, visitor):
    call = calling.shown()
    one, other = calling.hung(call, "Dos ríos"), calling.hung(call, "La sierra", author="Luz Mora")
    rosa, eva = juror(calling, call), juror(calling, call, "Eva Crítica")
    said = page(visitor, at(call))
    assert "Rosa Pintora" in said
    call = calling.voting(call)
    address = f"/convocatorias/jurado/{jury_token(rosa.pk)}/"
    shown = page(visitor, address)
    assert "Luz Mora" in shown  # whoever judges must know whether they have an interest
    both = {"marks": "1", f"score-{one.pk}": "5", f"interest-{one.pk}": "Es mi hija"}
    assert visitor.post(address, both).status_code == 422
    told = {"marks": "1", f"score-{one.pk}": "5", f"interest-{other.pk}": "Luz es mi hija"}
    assert visitor.post(address, told)["Location"] == f"{address}?guardado=1"
    mark_works(eva.pk, {one.pk: Word(2), other.pk: Word(4)}, today=in_days(0))
    assert refused(lambda: mark_works(eva.pk, {uuid7(): Word(2)}, today=in_days(0))) == (Why.NOT_AN_ENTRY,)
    assert refused(lambda: decide(calling, call, one)) == (Why.TOO_EARLY,)
    call = calling.ended(call)
    assert visitor.post(address, told).status_code == 409
    done = decide(calling, call, other)
    assert done.tally == {str(one.pk): {"votes": 2, "mean": 3.5}, str(other.pk): {"votes": 1, "mean": 4.0}}
    said = page(visitor, at(call))
    assert {"Luz Mora", "Ana Pérez", "Por la luz."} <= set(re.findall("Luz Mora|Ana Pérez|Por la luz.", said))
    assert "Luz es mi hija" not in said
    assert refused(lambda: decide(calling, done, one)) == (Why.OVER,)
    assert flaws([]) == []
    JurorMark.objects.filter(juror=eva, entry=one.pk).update(score=5)
    assert len(flaws([])) == 1
    assert visitor.cookies == {}


def test_a_juror_takes_back_what_they_said(calling, visitor):
    call = calling.shown()
    works = [calling.hung(call, title) for title in ("Dos ríos", "La sierra", "El puente")]
    rosa, eva = juror(calling, call), juror(calling, call, "Eva Crítica")
    calling.voting(call)
    for one in (rosa, eva):
        mark_works(one.pk, {works[0].pk: Word(5), works[1].pk: Word(None, "Es mía"), works[2].pk: Word(3)},
                   today=in_days(0))  # fmt: skip
    address = f"/convocatorias/jurado/{jury_token(rosa.pk)}/"
    empty = {f"{name}-{work.pk}": "" for name in ("score", "interest") for work in works[:2]}
    assert visitor.post(address, {"marks": "1", **empty}).status_code == 303
    # The third was not on the page she sent: what she said of it stands, and so does what others said.
    assert list(JurorMark.objects.filter(juror=rosa).values_list("entry", "score")) == [(works[2].pk, 3)]
    assert JurorMark.objects.filter(juror=eva).count() == 3
    assert "selected>5" not in page(visitor, f"{address}?guardado=1")
    mark_works(rosa.pk, {works[2].pk: Word(None, "  ")}, today=in_days(0))
    assert not JurorMark.objects.filter(juror=rosa).exists()
    assert flaws([]) == []


def decide(calling, call, work, **more):
    told = ResultDraft(work.pk if work else None, "Por la luz.")
    return decide_call(call.pk, told, by=calling.by, version=calling.fresh(call).version, today=in_days(0), **more)


def test_a_jurors_link_is_theirs_alone_and_ends(calling, visitor):
    call = calling.shown()
    rosa = ask_juror(call.pk, "Rosa", post="", by=calling.by, version=call.version)
    address = f"/convocatorias/jurado/{jury_token(rosa.pk)}/"
    assert "Acepto" in page(visitor, address)
    assert visitor.get(address)["Referrer-Policy"] == "no-referrer"
    assert "Rosa" not in page(visitor, at(call))  # nobody is named who did not accept
    assert visitor.post(address, {"accept": "1"}).status_code == 303
    drop_juror(rosa.pk, by=calling.by, version=calling.fresh(call).version)
    page(visitor, address, 404)
    assert "Rosa" not in page(visitor, at(call))
    other = ask_juror(call.pk, "Eva", post="", by=calling.by, version=calling.fresh(call).version)
    away = f"/convocatorias/jurado/{jury_token(other.pk)}/"
    assert "Gracias por decirlo" in visitor.post(away, {"decline": "1"}).content.decode()
    page(visitor, away, 404)
    for token in ("nada", jury_token(uuid7()), vote_token(calling.hung(call), "x"), "x" * 3_000, "%00"):
        page(visitor, f"/convocatorias/jurado/{token}/", 404)
    assert flaws([]) == []
    Juror.objects.filter(pk=rosa.pk).update(left_at=None)
    assert len(flaws([])) == 1


# ── the public's vote ────────────────────────────────────────────────────────────────────────────────────────────────


def ballot(client, call, work, email="vecina@example.org", **more):
    given = {"ticket": ticket_of(client, at(call, "votar/")), "entry": str(work.pk), "email": email, "web": "", **more}
    return client.post(at(call, "votar/"), given)


def link():
    return re.search(r"/convocatorias/voto/\S+", mail.outbox[-1].body)[0]


def test_one_person_has_one_vote_confirmed_by_letter(calling, visitor):
    call = calling.shown(**PUBLIC_VOTE)
    one, other = calling.hung(call, "Dos ríos"), calling.hung(call, "La sierra")
    assert "Ahora no" in page(visitor, at(call, "votar/"))
    call = calling.voting(call)
    assert "Dos ríos" in page(visitor, at(call, f"votar/?obra={one.pk}"))
    assert ballot(visitor, call, one).status_code == 303
    assert "La dirección no se guarda" in page(visitor, at(call, "votar/"))
    first = link()
    assert "Dos ríos" in page(visitor, first)  # only opening it counts nothing
    assert not Ballot.objects.exists()
    for _click in range(2):
        assert visitor.post(first).status_code == 200
    ballot(visitor, call, other, "Vecina+otra@EXAMPLE.org")  # the same mailbox under another name
    assert visitor.post(link()).status_code == 200
    kept = Ballot.objects.get()
    assert (kept.entry, "vecina" in kept.voter) == (other.pk, False)
    for number in range(3):
        ballot(visitor, call, one, f"persona{number}@example.org")
        visitor.post(link())
    late = link()
    call = calling.ended(call)
    assert visitor.post(late).status_code == 409
    assert decide(calling, call, one).tally == {str(one.pk): {"votes": 3}, str(other.pk): {"votes": 1}}
    assert "3 votos" in page(visitor, at(call))
    assert visitor.cookies == {}


def test_robots_neither_vote_nor_fill_a_strangers_mailbox(calling, visitor):
    call = calling.shown(**PUBLIC_VOTE)
    work = calling.hung(call)
    call = calling.voting(call)
    for _time in range(5):
        assert ballot(visitor, call, work).status_code == 303  # the same answer, whether a letter left or not
    assert len(mail.outbox) == 3
    ballot(visitor, call, work, "otra@example.org", web="https://example.org")  # the field that no person sees
    assert len(mail.outbox) == 3
    ballot(visitor, call, work, "otra@example.org")  # nobody else waits for it
    assert len(mail.outbox) == 4
    assert ballot(visitor, call, work, ticket="nada").status_code == 422
    assert ballot(visitor, call, work, entry=str(uuid7())).status_code == 422
    assert ballot(visitor, call, work, f"otra@{'é' * 63}.org").status_code == 422  # no letter can bear it
    hidden = intake.hide(work.pk, by=calling.by, version=work.version, reason="x")
    page(visitor, link(), 404)  # a work that is no longer shown takes part no more
    intake.restore(hidden.pk, by=calling.by, version=hidden.version)
    for token in ("nada", jury_token(uuid7()), "x" * 3_000):
        page(visitor, f"/convocatorias/voto/{token}/", 404)
    with pytest.raises(VoteLinkError):
        cast_vote(vote_token(Contribution(pk=uuid7()), voter_of(call.pk, "a@b.org")), today=in_days(0))


def test_who_is_asked_to_wait_has_a_turn(calling, visitor, monkeypatch):
    call = calling.shown(**PUBLIC_VOTE)
    work = calling.hung(call)
    call = calling.voting(call)
    monkeypatch.setattr(limits, "is_full", lambda count, rate: True)
    answer = ballot(visitor, call, work)
    assert (answer.status_code, bool(answer["Retry-After"])) == (429, True)
    assert "vecina@example.org" in answer.content.decode()
    assert mail.outbox == []


def test_days_end_where_the_office_works(calling, visitor, settings):
    settings.PUBLIC_TIME_ZONE = "Etc/GMT+12"  # at any hour it is already another day where the office works
    Office.objects.filter(pk=calling.voices.office.pk).update(time_zone="Pacific/Kiritimati")
    call = calling.shown(closes_on=in_days(0), **PUBLIC_VOTE)
    work = calling.hung(call)
    judged = calling.shown(title="Otra", closes_on=in_days(0))
    seen, rosa = calling.hung(judged, "La sierra"), juror(calling, judged)
    assert "Ahora no" in page(visitor, at(call, "participar/"))
    assert visitor.post(at(call, "participar/"), {"ticket": "x"}).status_code == 409
    assert ballot(visitor, call, work).status_code == 303
    assert visitor.post(link()).status_code == 200
    words = {"marks": "1", f"score-{seen.pk}": "4"}
    assert visitor.post(f"/convocatorias/jurado/{jury_token(rosa.pk)}/", words).status_code == 303
    assert (Ballot.objects.count(), JurorMark.objects.count()) == (1, 1)
    assert str(Phase.OPEN.label) not in page(visitor, "/convocatorias/")
    ballot(visitor, call, work, "otra@example.org")
    OpenCall.objects.filter(pk=call.pk).update(closes_on=in_days(-1), votes_until=in_days(0))
    assert visitor.post(link()).status_code == 409


# ── afterwards ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_chosen_work_leads_to_the_gift_it_became(calling, visitor, world):
    call = calling.shown(**PUBLIC_VOTE)
    work = calling.hung(call)
    call = decide(calling, calling.ended(call), work)
    assert refused(lambda: link_work(call.pk, uuid7(), by=calling.by, version=call.version)) == (Why.UNKNOWN_WORK,)
    nobody = decide(calling, calling.ended(calling.shown(**PUBLIC_VOTE)), None)
    assert "No se eligió ninguna obra" in page(visitor, at(nobody))
    assert refused(lambda: link_work(nobody.pk, None, by=calling.by, version=nobody.version)) == (Why.NOT_DECIDED,)
    gift = given(calling, world)
    assert refused(lambda: link_work(call.pk, gift.pk, by=calling.by, version=call.version)) == (Why.UNKNOWN_WORK,)
    by = replace(calling.by, user=None)
    publish_gift(gift.pk, by=by, version=gift.version, shown=Shown())
    linked = link_work(call.pk, gift.pk, by=calling.by, version=call.version)
    assert linked.work == gift.pk
    said = page(visitor, at(call))
    assert "La obra, ya en la colección" in said
    page(visitor, re.search(r'href="(/coleccion/[^"]+)"', said.partition("La obra, ya")[0][-200:])[1])
    unpublish_gift(gift.pk, by=by, version=gift.version + 1)
    assert "todavía no se muestra" in page(visitor, at(call))  # a gift withdrawn leaves a quiet sentence


def given(calling, world):
    """Record the work in the register of gifts, as the office does."""
    office, by = calling.voices.office, replace(calling.by, user=None)
    ends = ((world.places["guanajuato"], Side.DECLARING), (world.places["ashland"], Side.COUNTERPART))
    parties = [PartyDraft(place.pk, side) for place, side in ends]
    tie = draft_file(FileDraft(parties=parties), office=office.pk, by=by, today=in_days(0))
    Agreement.objects.filter(pk=tie.pk).update(published_at=make.PUBLISHED, slug="el-lazo-de-la-obra")
    draft = gift_draft(tie, side=GiftSide.GIVEN, title_es="Una obra de dos ríos", on=parse_partial("2026"))
    where = PlaceFacts(Keeping.KEPT, "Ashland")
    return record_gift(draft, office=office.pk, by=by, today=in_days(0), where=where)


@pytest.mark.row(29)
def test_addresses_go_sixty_days_after_the_result(calling):
    call = calling.shown(**PUBLIC_VOTE)
    work = calling.hung(call)
    call = calling.voting(call)
    cast_vote(vote_token(work, voter_of(call.pk, "a@b.org")), today=in_days(0))
    call = decide(calling, calling.ended(call), work)
    assert forget_contacts(today=in_days(59)) == 0
    assert open_content(Contribution.objects.get())["contact"] == "ana@example.org"
    assert forget_contacts(today=in_days(60)) == 1
    assert forget_contacts(today=in_days(61)) == 0
    kept = Contribution.objects.get()
    assert ("contact" in kept.content, kept.content["author"], kept.state) == (False, "Ana Pérez", "published")
    assert not Ballot.objects.exists()
    assert calling.fresh(call).tally == {str(work.pk): {"votes": 1}}
    assert flaws([]) == []


@pytest.mark.row(29)
def test_addresses_go_again_from_a_call_that_was_put_off(calling):
    call = calling.shown(**PUBLIC_VOTE)
    work = calling.hung(call)
    call = calling.ended(call)
    given_up = in_days(365)
    assert forget_contacts(today=given_up) == 1
    call = calling.fresh(call)
    draft = calling.draft(decider=call.decider, opens_on=call.opens_on)
    mend_call(call.pk, draft, by=calling.by, version=call.version)
    late = calling.sent(calling.fresh(call), "La sierra", contact="luz@example.org")
    call = calling.voting(call)
    cast_vote(vote_token(work, voter_of(call.pk, "a@b.org")), today=in_days(0))
    decide(calling, calling.ended(call), work)
    assert forget_contacts(today=in_days(60)) == 1
    assert "contact" not in open_content(Contribution.objects.get(pk=late.pk))
    assert not Ballot.objects.exists()
    assert flaws([]) == []


def test_a_list_asks_the_database_as_often_for_one_work_as_for_three(calling, visitor, django_assert_max_num_queries):
    call = calling.shown()
    calling.hung(call)
    page(visitor, at(call))
    with CaptureQueriesContext(connection) as asked:
        page(visitor, at(call))
    most = len(asked)
    assert most <= 40
    for title in ("Uno", "Dos", "Tres"):
        calling.hung(call, title)
    page(visitor, at(call))
    with django_assert_max_num_queries(most):
        page(visitor, at(call))
