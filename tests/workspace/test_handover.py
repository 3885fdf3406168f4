"""From one team to the next: the dossier of a day, what proves it, and who signs for it."""

from __future__ import annotations

import csv
import dataclasses
import datetime as dt
import hashlib
import io
import json
import subprocess
import sys
import uuid
import zipfile

import pytest

from hermanar.agreements import actions
from hermanar.agreements.actions import SignatureDraft, StepDraft
from hermanar.agreements.models import Agreement, AgreementVersion, ProcedureStep, TextVersion
from hermanar.agreements.vocabulary.procedure import Side
from hermanar.cooperation.actions import (
    EntryDraft,
    PhotographDraft,
    PhotographWords,
    gift_said,
    mend_activity,
    mend_gift,
    note_whereabouts,
    record_activity,
    withdraw_activity,
    withdraw_gift,
)
from hermanar.cooperation.models import Activity, ActivityVersion, Gift, GiftVersion, Whereabouts
from hermanar.cooperation.rules import PlaceFacts
from hermanar.cooperation.vocabulary import ActivityKind, Keeping
from hermanar.foundation import jobs, trail
from hermanar.foundation.access import NotAllowedError
from hermanar.foundation.calendar import parse_partial, public_day
from hermanar.foundation.documents import damaged, path_of, store_upload
from hermanar.foundation.models import Job, TrailEntry, uuid7
from hermanar.foundation.papers import text_of
from hermanar.observatory.queries import lives
from hermanar.offices.actions import Dossier, end_membership, prepare_handover, receive_handover
from hermanar.offices.models import Handover, Membership
from hermanar.offices.rules import OfficeError
from hermanar.workspace.dossier import known_on, make_dossier
from tests import factories as make
from tests.cooperation_acts import a_gift
from tests.foundation.samples import pdf, picture
from tests.workspace.signing_in import client_of

pytestmark = pytest.mark.django_db
OPENED, INFORMED, SIGNED, TODAY = (dt.date(2026, month, 4) for month in (1, 2, 3, 5))


def noon(day):
    return dt.datetime(day.year, day.month, day.day, 18, tzinfo=dt.UTC)


def written_at(model, day, **which):
    """Say that a row was written on a day: the tests cannot wait for months."""
    model.objects.filter(**which).update(at=noon(day))


@pytest.fixture
def file(cast):
    """Return a file opened in January, told to the ministry in February, signed in March without an opinion."""
    by = cast.of("director")
    draft = cast.file(planned_signature_on=SIGNED)
    kept = actions.draft(draft, office=cast.office.pk, by=by, today=OPENED)
    letter = store_upload(io.BytesIO(pdf()), name="oficio =1.pdf", by=by, office=cast.office.pk)
    step = StepDraft(on=INFORMED, letter="OF/1", papers=[letter.pk])
    actions.inform_ministry(kept.pk, by=by, version=kept.version, step=step, today=INFORMED)
    for language in ("es", "en"):
        text = store_upload(io.BytesIO(pdf(pages=2)), name=f"texto {language}.pdf", by=by, office=cast.office.pk)
        draft = actions.TextDraft(language, text.pk, [], Side.OFFICE, INFORMED)
        version = Agreement.objects.get(pk=kept.pk).version
        actions.add_text_version(kept.pk, by=by, version=version, text=draft, today=INFORMED)
    signature = SignatureDraft("Guanajuato", ("La alcaldesa",), is_without_opinion=True)
    version = Agreement.objects.get(pk=kept.pk).version
    step = StepDraft(on=SIGNED, reason="La ceremonia no podía esperar")
    actions.sign(kept.pk, by=by, version=version, step=step, today=SIGNED, signature=signature)
    written_at(AgreementVersion, OPENED, agreement=kept)
    written_at(TextVersion, INFORMED, text__agreement=kept)
    for number, day in enumerate((OPENED, INFORMED, SIGNED), start=1):
        written_at(ProcedureStep, day, agreement=kept, number=number)
    return kept


def sections(cast, day):
    return known_on(cast.office, day).rows


def given(cast, day=TODAY, by=None):
    by = by or cast.of("director")
    with make_dossier(known_on(cast.office, day)) as dossier:
        return prepare_handover(dossier, office=cast.office.pk, as_of=day, by=by, today=TODAY)


# ── as known on a day ──────────────────────────────────────────────────────────────────────────────────────────────


def test_a_day_before_the_file_knows_nothing_of_it(cast, file):
    known = known_on(cast.office, OPENED - dt.timedelta(days=1))
    assert known.rows["agreements"] == known.rows["steps"] == known.rows["missing"] == []


@pytest.mark.parametrize(
    ("day", "stage", "force", "signed_on", "steps", "papers"),
    [
        (OPENED, "draft", "unsigned", "", 1, 0),
        (INFORMED, "informed", "unsigned", "", 2, 3),
        (SIGNED - dt.timedelta(days=1), "informed", "unsigned", "", 2, 3),
        (SIGNED, "signed", "unknown", "2026-03-04", 3, 3),
    ],
)
def test_each_day_tells_what_was_written_by_then(cast, file, day, stage, force, signed_on, steps, papers):
    rows = sections(cast, day)
    (one,) = rows["agreements"]
    assert (one["stage"], one["force"], one["signed_on"], len(rows["steps"])) == (stage, force, signed_on, steps)
    assert len(known_on(cast.office, day).papers) == papers


def test_what_was_written_later_of_an_earlier_day_is_not_known_yet(cast, file):
    written_at(ProcedureStep, TODAY, agreement=file, number=3)
    assert sections(cast, SIGNED)["agreements"][0]["stage"] == "informed"
    assert sections(cast, TODAY)["agreements"][0]["stage"] == "signed"


def test_particulars_are_those_of_the_day(cast, file):
    AgreementVersion.objects.filter(agreement=file).update(values={**file.versions.get().values, "title_es": "Antes"})
    assert sections(cast, INFORMED)["agreements"][0]["title"] == "Antes"


@pytest.mark.parametrize(
    ("counted", "told_again", "vitality"),
    [("2026", "", "active"), ("2026-03", "", "active"), ("2019-05", "", "silent"), ("2019-05", "2025-06", "silent")],
)
def test_a_tie_is_as_alive_as_its_office_counted_that_day(cast, file, counted, told_again, vitality):
    """By the last day a date may mean (decision 6), and what is told twice counts once (decision 23)."""
    make.activity(file, counted)
    first = Activity.objects.get()
    if told_again:
        make.activity(file, told_again, description="La misma visita")
        Activity.objects.exclude(pk=first.pk).update(same_as=first)
    assert sections(cast, SIGNED)["agreements"][0]["vitality"] == vitality
    [life] = lives([file], today=SIGNED)
    assert life.vitality == vitality


def test_activities_are_told_as_they_were_known_that_day_with_their_photographs(cast, file):
    by, day = cast.of("director"), parse_partial(INFORMED.isoformat())
    said = {"kind": ActivityKind.VISIT, "start": day, "end": day, "participants": {"MX": 3}}
    photograph = store_upload(
        io.BytesIO(picture("JPEG")), name="coro.jpg", by=by, office=cast.office.pk, is_picture=True
    )
    words = PhotographDraft(photograph.pk, PhotographWords("El coro"))
    first = EntryDraft(description_es="Vino un coro", photographs=[words], **said)
    kept = record_activity(file.pk, by=by, key=uuid7(), entry=first, today=TODAY)
    gone = record_activity(
        file.pk, by=by, key=uuid7(), entry=EntryDraft(description_es="Repetida", **said), today=TODAY, is_other=True
    )
    withdraw_activity(gone.pk, by=by, version=1, reason="Está dos veces")
    mend_activity(kept.pk, by=by, version=1, entry=EntryDraft(description_es="Vinieron dos coros", **said), today=TODAY)
    Activity.objects.filter(office=cast.office).update(recorded_at=noon(INFORMED))
    Activity.objects.filter(pk=gone.pk).update(withdrawn_at=noon(SIGNED))
    for one, number, on in ((kept, 1, INFORMED), (kept, 2, SIGNED), (gone, 1, INFORMED), (gone, 2, SIGNED)):
        written_at(ActivityVersion, on, activity=one, number=number)
    assert sections(cast, OPENED)["activities"] == []
    assert [row["what"] for row in sections(cast, INFORMED)["activities"]] == ["Vino un coro", "Repetida"]
    (now,) = sections(cast, SIGNED)["activities"]
    assert (now["what"], now["people"], now["file"]) == ("Vinieron dos coros", "MX 3", file.number)
    assert photograph in [document for document, _file in known_on(cast.office, INFORMED).papers]


def test_gifts_are_told_as_they_were_known_that_day(cast, file):
    by = cast.of("director")
    photograph = store_upload(io.BytesIO(picture("JPEG")), name="placa.jpg", by=by, office=cast.office.pk)
    told = {"photograph": photograph.pk, "photograph_alternative": "Una placa", "photograph_rights": "La oficina"}
    kept = a_gift(cast, file, is_early=True, **told)
    a_gift(cast, file, is_early=True, title_es="De después")
    gone = a_gift(cast, file, is_early=True, title_es="Repetida")
    withdraw_gift(gone.pk, by=by, version=1, reason="Está dos veces")
    mended = dataclasses.replace(gift_said(kept), title_es="Dos placas", photograph=None)
    mend_gift(kept.pk, by=by, version=1, mended=mended, today=TODAY)
    bodega = PlaceFacts(Keeping.KEPT, "Bodega")
    note_whereabouts(kept.pk, by=by, version=2, said=bodega, today=TODAY)
    Gift.objects.filter(title_es__in=("Dos placas", "Repetida")).update(recorded_at=noon(INFORMED))
    for model in (GiftVersion, Whereabouts):
        written_at(model, INFORMED, gift=kept, number=1)
        written_at(model, INFORMED, gift=gone)
    written_at(GiftVersion, SIGNED, gift=kept, number=2)
    written_at(Whereabouts, SIGNED, gift=kept, number=2)
    Gift.objects.filter(pk=gone.pk).update(withdrawn_at=noon(SIGNED))
    assert sections(cast, OPENED)["gifts"] == []
    before = [(row["title"], row["kept"]) for row in sections(cast, INFORMED)["gifts"]]
    assert before == [("Una placa de plata", "Sala de cabildo"), ("Repetida", "Sala de cabildo")]
    assert [(row["title"], row["kept"]) for row in sections(cast, SIGNED)["gifts"]] == [("Dos placas", "Bodega")]


def test_photograph_of_a_gift_goes_with_the_dossier(cast, file):
    by = cast.of("director")
    photograph = store_upload(io.BytesIO(picture("JPEG")), name="placa.jpg", by=by, office=cast.office.pk)
    told = {"photograph": photograph.pk, "photograph_alternative": "Placa", "photograph_rights": "Mía"}
    a_gift(cast, file, is_early=True, **told)
    today = public_day()
    known = known_on(cast.office, today)
    assert photograph in [document for document, _file in known.papers]
    with make_dossier(known) as dossier, zipfile.ZipFile(dossier.zip) as archive:
        assert [name for name in archive.namelist() if name.endswith("placa.jpg")]
        assert "Una placa de plata" in archive.read("indice/gifts.csv").decode()
        assert dossier.figures["gifts"] == 1


def test_what_is_missing_is_told_with_its_day(cast, file):
    missing = {row["what"]: row["since"] for row in sections(cast, TODAY)["missing"]}
    assert missing["dictamen favorable: carece de respaldo de la Cancillería"] == SIGNED.isoformat()
    assert missing["copia firmada en «en»"] == SIGNED.isoformat()
    assert missing["vigencia: no se sabe cuándo termina"] == SIGNED.isoformat()
    before = {row["what"] for row in sections(cast, OPENED)["missing"]}
    assert "texto en «en»" in before
    assert "dictamen favorable: carece de respaldo de la Cancillería" not in before


def test_lack_of_backing_stands_in_the_tables_until_it_is_cured(cast, file):
    rows = sections(cast, TODAY)
    assert [row["lacks_backing"] for row in rows["agreements"]] == ["yes"]
    assert [row["backing_label"] for row in rows["agreements"]] == ["carece de respaldo"]
    signed = rows["steps"][-1]
    assert (signed["is_without_opinion"], signed["is_favourable"]) == ("yes", "")
    assert (signed["opinion_label"], signed["signatories"]) == ("firmado sin dictamen favorable", "La alcaldesa")
    assert sections(cast, INFORMED)["agreements"][0]["lacks_backing"] == "no"
    for verb, by, more in (
        ("request_opinion", cast.of("director"), {}),
        ("record_opinion", cast.at(cast.ministry, "legal_reviewer"), {"is_favourable": True}),
    ):
        version = Agreement.objects.get(pk=file.pk).version
        step = StepDraft(on=TODAY, letter="DGCP/1")
        getattr(actions, verb)(file.pk, by=by, version=version, step=step, today=TODAY, **more)
    known = known_on(cast.office, public_day())
    assert known.rows["agreements"][0]["lacks_backing"] == "no"
    assert known.rows["steps"][-1]["opinion_label"] == "favorable"
    assert (known.figures()["lacks_backing:no"], "lacks_backing:yes" in known.figures()) == (1, False)


def test_what_is_read_and_signed_shows_the_lack_of_backing(dossier):
    with zipfile.ZipFile(dossier) as archive:
        table = archive.read("indice/agreements.csv").decode("utf-8-sig")
        [row] = csv.DictReader(io.StringIO(table))
        assert row["Respaldo"] == "carece de respaldo"
        assert "carece de respaldo" in archive.read("INDICE.html").decode()
        whole = " ".join(" ".join(text_of(archive.read("ENTREGA.pdf"), "application/pdf")).split())
        assert "firmado sin dictamen favorable" in whole
        assert "La alcaldesa" in whole


def test_a_proposal_is_open_until_another_person_decides(cast, file):
    version = Agreement.objects.get(pk=file.pk).version
    step = StepDraft(on=TODAY, letter="OF/9", reason="Sin actividad")
    actions.terminate(file.pk, by=cast.of("director"), version=version, step=step, today=TODAY)
    now = public_day()
    assert "Sin actividad" in [row["detail"] for row in sections(cast, now)["open_matters"]]
    assert sections(cast, TODAY)["open_matters"] == []


def test_what_cannot_be_told_is_said(cast, file):
    file.versions.all().delete()
    assert any(file.reference in limit for limit in known_on(cast.office, TODAY).limits)


def test_another_office_is_not_in_it(cast, file):
    assert known_on(cast.other_office, TODAY).rows["agreements"] == []


# ── the ZIP proves itself ──────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def dossier(cast, file, tmp_path):
    """Return the dossier as a file, and its checker taken out of it."""
    path = tmp_path / "entrega.zip"
    with make_dossier(known_on(cast.office, TODAY)) as made:
        path.write_bytes(made.zip.read())
    with zipfile.ZipFile(path) as archive:
        archive.extract("verify_dossier.py", tmp_path)
    return path


def checked(path, *more):
    command = [sys.executable, "-I", path.parent / "verify_dossier.py", path, *more]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=path.parent)


def test_the_checker_agrees_with_what_was_made(dossier):
    done = checked(dossier, "--digest", hashlib.sha256(dossier.read_bytes()).hexdigest())
    assert (done.returncode, "Todo coincide" in done.stdout) == (0, True), done.stdout + done.stderr
    with zipfile.ZipFile(dossier) as archive:
        names = archive.namelist()
        assert {"INDICE.html", "INDICE.json", "indice/agreements.csv", "ENTREGA.pdf", "SUMAS.sha256"} <= set(names)
        assert sum(name.startswith("documentos/") for name in names) == 3
        assert archive.read("ENTREGA.pdf").startswith(b"%PDF-")


def rewritten(path, change, *, sums=True):
    """Write the ZIP anew after a change of its content; by default with checksums that fit, as a forger would."""
    with zipfile.ZipFile(path) as archive:
        content = {name: archive.read(name) for name in archive.namelist()}
    change(content)
    if sums:
        lines = [
            f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in content.items() if "SUMAS" not in name
        ]
        content["SUMAS.sha256"] = "".join(lines).encode()
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in content.items():
            archive.writestr(name, data)


def edited(change):
    def act(content):
        index = json.loads(content["INDICE.json"])
        change(index)
        content["INDICE.json"] = json.dumps(index).encode()

    return act


def paper(content):
    return next(name for name in content if name.startswith("documentos/"))


def forge_backing(content):
    """Say everywhere, and in the figures too, that an agreement signed without an opinion has backing."""
    for name in ("INDICE.json", "INDICE.html"):
        content[name] = content[name].replace(b"lacks_backing:yes", b"lacks_backing:no")
    edited(lambda index: index["sections"]["agreements"][0].update(lacks_backing="no", backing_label=""))(content)
    index = json.loads(content["INDICE.json"])
    rows = index["sections"]["agreements"]
    table = io.StringIO(newline="")
    writer = csv.writer(table)
    writer.writerows([list(rows[0]), *[[str(value) for value in row.values()] for row in rows]])
    content["indice/agreements.csv"] = table.getvalue().encode()


FORGERIES = {
    "a row less": edited(lambda index: index["sections"]["missing"].pop()),
    "a figure": edited(lambda index: index["figures"].update(agreements=2)),
    "a figure more": edited(lambda index: index["figures"].update(extra=2)),
    "a stage": edited(lambda index: index["sections"]["agreements"][0].update(stage="registered")),
    "the lack of backing": forge_backing,
    "a cell": edited(lambda index: index["sections"]["missing"][0].update(since="2026-04-01")),
    "a paper": lambda content: content.update({paper(content): b"otro"}),
    "a paper less": lambda content: content.pop(paper(content)),
    "a table": lambda content: content.update({"indice/due.csv": b"\xef\xbb\xbfx\r\n1\r\n"}),
    "the page": lambda content: content.update(
        {"INDICE.html": content["INDICE.html"].replace(b'"agreements">1<', b'"agreements">2<')}
    ),
    "the index": lambda content: content.pop("INDICE.json"),
}


@pytest.mark.parametrize("name", FORGERIES)
def test_a_forged_dossier_is_found_though_its_sums_fit(dossier, name):
    rewritten(dossier, FORGERIES[name])
    done = checked(dossier)
    assert (done.returncode, "Todo coincide" in done.stdout, done.stderr) == (1, False, "")


@pytest.mark.parametrize(
    "change",
    [
        lambda content: content.update({"ENTREGA.pdf": content["ENTREGA.pdf"] + b" "}),
        lambda content: content.update({"otra.txt": b"x"}),
        lambda content: content.pop("ENTREGA.pdf"),
    ],
)
def test_an_altered_file_is_found_by_its_sum(dossier, change):
    rewritten(dossier, change, sums=False)
    assert checked(dossier).returncode == 1


def test_a_dossier_written_anew_is_found_by_the_digest_signed_for(dossier):
    signed = hashlib.sha256(dossier.read_bytes()).hexdigest()
    rewritten(dossier, lambda content: content.update({"ENTREGA.pdf": b"%PDF-otro"}))
    assert checked(dossier).returncode == 0  # it fits in itself; only the digest tells
    assert checked(dossier, "--digest", signed).returncode == 1


def test_a_cut_dossier_is_told(dossier):
    dossier.write_bytes(dossier.read_bytes()[:-100])
    done = checked(dossier)
    assert (done.returncode, done.stderr) == (1, "")


def test_a_paper_whose_file_is_gone_is_said_to_be_missing(cast, file):
    paper = file.steps.get(number=2).papers.get().document
    path_of(paper.digest).unlink()
    known = known_on(cast.office, TODAY)
    with make_dossier(known):
        pass
    assert any(paper.name in row["what"] for row in known.rows["missing"])
    store_upload(
        io.BytesIO(pdf()), name="x.pdf", by=cast.of("director"), office=cast.office.pk
    )  # another test may need it


# ── who gives and who receives ─────────────────────────────────────────────────────────────────────────────────────


def test_another_person_receives_and_remarks(cast, file):
    made = given(cast)
    assert made.digest == hashlib.sha256(path_of(made.document.digest).read_bytes()).hexdigest()
    assert made not in damaged()
    received = receive_handover(made.pk, by=cast.of("administrator"), remarks=" Falta el sello ")
    assert (received.remarks, received.is_alone) == ("Falta el sello", False)
    codes = TrailEntry.objects.filter(chain=str(cast.office.pk), subject=str(made.pk)).order_by("number")
    assert list(codes.values_list("code", flat=True)) == ["handover.prepared", "handover.received"]
    assert trail.first_break(str(cast.office.pk)) is None


def test_who_prepared_it_does_not_receive_it(cast, file):
    made = given(cast)
    with pytest.raises(OfficeError, match="handover_same_person"):
        receive_handover(made.pk, by=cast.of("director"))
    assert Handover.objects.get(pk=made.pk).received_at is None


def test_an_office_of_one_receives_alone_and_is_marked(cast, file):
    made = given(cast)
    membership = Membership.objects.get(user=cast.of("administrator").user)
    end_membership(membership.pk, by=cast.of("administrator"))
    assert receive_handover(made.pk, by=cast.of("director")).is_alone


def test_it_is_received_once(cast, file):
    made = given(cast)
    receive_handover(made.pk, by=cast.of("administrator"), remarks="uno")
    with pytest.raises(OfficeError, match="handover_received"):
        receive_handover(made.pk, by=cast.of("administrator"), remarks="dos")
    assert Handover.objects.get(pk=made.pk).remarks == "uno"


def test_only_those_in_charge_hand_over_and_receive(cast, file):
    with pytest.raises(NotAllowedError):
        given(cast, by=cast.of("analyst"))
    made = given(cast)
    with pytest.raises(NotAllowedError):
        receive_handover(made.pk, by=cast.of("coordinator"))
    with pytest.raises(Handover.DoesNotExist):
        receive_handover(made.pk, by=cast.at(cast.other_office, "director"))


def test_a_day_to_come_is_refused(cast):
    nothing = Dossier("x", io.BytesIO(), io.BytesIO(), {})
    later = TODAY + dt.timedelta(days=1)
    with pytest.raises(OfficeError, match="handover_future"):
        prepare_handover(nothing, office=cast.office.pk, as_of=later, by=cast.of("director"), today=TODAY)


def test_the_pages_lead_from_one_team_to_the_next(cast, file):
    director, successor = client_of(cast.of("director")), client_of(cast.of("administrator"))
    asked = {"key": str(uuid.uuid4()), "as_of": "2026-03-04"}
    first = director.post("/oficina/entrega/", asked)
    again = director.post("/oficina/entrega/", asked)  # a double click
    assert (first.status_code, first["Location"]) == (302, again["Location"])
    page = first["Location"]
    assert "Va a comenzar" in director.get(page).text
    assert page in director.get("/oficina/entrega/").text
    assert client_of(cast.at(cast.other_office, "director")).get(page).status_code == 404
    assert jobs.work() == 1
    assert director.post("/oficina/entrega/", asked)["Location"] == page  # a click that comes late
    assert jobs.work() == 0
    assert Handover.objects.count() == 1
    assert "otra persona" in director.get(page).text
    assert director.post(page, {"remarks": "yo"}).status_code == 409
    answer = successor.get(f"{page}entrega.zip")
    content = b"".join(answer.streaming_content)
    assert hashlib.sha256(content).hexdigest() == Handover.objects.get().digest
    assert successor.get(f"{page}entrega.exe").status_code == 404
    successor.post(page, {"remarks": "Recibido con reservas"})
    assert "Recibido con reservas" in director.get(page).text
    assert director.post(page, {"remarks": "yo"}).status_code == 409
    assert client_of(cast.at(cast.other_office, "director")).get(page).status_code == 404
    assert "está por venir" in director.post("/oficina/entrega/", {**asked, "as_of": "2099-01-01"}).text


def test_a_dossier_is_not_made_for_who_has_left_meanwhile(cast, file):
    director, successor = client_of(cast.of("director")), client_of(cast.of("administrator"))
    page = director.post("/oficina/entrega/", {"key": str(uuid.uuid4()), "as_of": "2026-03-04"})["Location"]
    left = Membership.objects.get(office=cast.office, user=cast.of("director").user, ended_at=None)
    end_membership(left.pk, by=cast.of("administrator"))
    jobs.work()
    assert not Handover.objects.exists()
    answer = successor.get(page)
    assert answer.status_code == 200
    assert "no pudo prepararse" in answer.text
    assert str(Job.objects.get().pk) in answer.text


def test_files_read_are_counted_while_a_dossier_is_made(cast, file):
    heard = []
    known_on(cast.office, TODAY, told=lambda done, total: heard.append((done, total)))
    assert heard == [(1, 1)]
