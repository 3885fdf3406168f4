"""Anyone verifies a registered agreement, published or not, and keeps the heads of all chains."""

from __future__ import annotations

import json

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from hermanar.agreements.actions import publish_file
from hermanar.agreements.models import Agreement, Party, TextVersion
from hermanar.agreements.queries.proof import SEALED
from hermanar.catalogue import read
from hermanar.directory.models import Place
from hermanar.foundation.models import TrailEntry
from hermanar.foundation.trail.checkpoints import as_link, keep_checkpoint, read_checkpoints, verify
from hermanar.foundation.trail.verifying import digest_of_link
from hermanar.offices.models import Office
from tests.cast import document
from tests.files import DrivenFile

pytestmark = pytest.mark.django_db


@pytest.fixture
def file(cast, settings, tmp_path):
    settings.CHECKPOINTS = tmp_path / "checkpoints.jsonl"
    return DrivenFile(cast).registered()


def sheet(file):
    return read.verification(file.key, language="es")


def page(file):
    return Client().get(reverse("museum:verification", args=[file.key]))


def alter(statement, *values):
    """Change the trail as its owner could."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def test_unpublished_agreement_shows_only_title_parties_number_and_date(file):
    text = page(file).text
    for said in ("Guanajuato · Ashland", "RAI-7", "Qué prueba esto, y qué no", "íntegra"):
        assert said in text
    assert "Alcaldesa" not in text
    assert "cultura" not in text
    assert file.now.reference not in text
    assert reverse("museum:agreement", args=[file.now.slug]) not in text
    publish_file(file.key, by=file.by, version=file.now.version, today=file.today)
    assert reverse("museum:agreement", args=[file.now.slug]) in page(file).text


def test_what_is_not_registered_has_no_page(cast):
    assert page(DrivenFile(cast).sent()).status_code == 404


def test_page_tells_the_entry_and_the_checkpoint(file, settings):
    assert sheet(file).agrees is None
    keep_checkpoint(settings.CHECKPOINTS)
    found = sheet(file)
    entry = TrailEntry.objects.get(subject=str(file.key), code="agreement.record_registration")
    assert (found.entry_number, found.entry_digest) == (entry.number, entry.digest)
    assert (found.is_whole, found.is_as_recorded, found.agrees) == (True, True, True)
    DrivenFile(file.cast)
    later = sheet(file)
    assert (later.agrees, later.checkpoint_number) == (True, found.last_number)
    with settings.CHECKPOINTS.open("a", encoding="utf-8") as kept:
        kept.write("estropeado\n")
    assert sheet(file).checkpoint_number == found.last_number, "a spoilt line does not hide the one before it"


@pytest.mark.usefixtures("no_wall")
def test_altered_entry_breaks_the_chain(file):
    alter("UPDATE foundation_trailentry SET actor = 'otro' WHERE number = 3 AND chain = %s", str(file.cast.office.pk))
    assert (sheet(file).is_whole, sheet(file).broken_at) == (False, 3)
    assert "Algo no concuerda" in page(file).text
    assert "desde el asiento 3" in page(file).text


@pytest.mark.usefixtures("no_wall")
def test_cut_tail_is_seen_by_the_checkpoint(file, settings):
    DrivenFile(file.cast)
    keep_checkpoint(settings.CHECKPOINTS)
    last = TrailEntry.objects.filter(chain=str(file.cast.office.pk)).order_by("-number").first()
    alter("DELETE FROM foundation_trailentry WHERE number = %s AND chain = %s", last.number, last.chain)
    assert (sheet(file).is_whole, sheet(file).agrees) == (True, False)
    assert "Algo no concuerda" in page(file).text


def test_record_changed_behind_the_verbs_is_told(file):
    Agreement.objects.filter(pk=file.key).update(registration_number="RAI-8")
    assert sheet(file).is_as_recorded is False
    assert "no dice lo que la bitácora guardó" in page(file).text


@pytest.mark.parametrize(
    "change",
    [
        lambda key: Agreement.objects.filter(pk=key).update(title_es="Otro título"),
        lambda key: Agreement.objects.filter(pk=key).update(term_years=77),
        lambda key: Party.objects.filter(agreement=key).update(name_as_written="Otra ciudad"),
        lambda key: TextVersion.objects.filter(text__agreement=key).update(paragraphs=["Otro"]),
        lambda key: TextVersion.objects.filter(text__agreement=key).update(document=document(Office.objects.first())),
    ],
    ids=["title", "term", "party", "paragraphs", "document"],
)  # fmt: skip
def test_what_the_page_shows_is_what_it_compares(file, change):
    assert (sheet(file).is_sealed, sheet(file).is_as_recorded) == (True, True)
    assert "lo que esta página compara no ha cambiado" in page(file).text
    change(file.key)
    assert sheet(file).is_as_recorded is False
    assert "Algo no concuerda" in page(file).text
    assert "Otra ciudad" not in page(file).text


def test_a_place_that_the_directory_renames_keeps_the_name_it_was_entered_under(file):
    Place.objects.filter(pk=file.counterpart.place_id).update(name="Ashland City")
    assert (sheet(file).parties, sheet(file).is_as_recorded) == (("Guanajuato", "Ashland"), True)


@pytest.mark.usefixtures("no_wall")
def test_what_the_trail_did_not_keep_is_not_claimed(file):
    TrailEntry.objects.filter(code=SEALED).delete()
    assert sheet(file).is_sealed is False
    text = page(file).text
    assert "dice lo mismo que la bitácora" not in text or "sus pasos dicen lo mismo" in text
    assert "de eso la bitácora no guardó huella" in text
    assert "el título y las partes de arriba son los que se inscribieron" not in text


@pytest.mark.usefixtures("no_wall")
def test_a_newer_checkpoint_does_not_hide_what_an_older_one_shows(file, settings):
    keep_checkpoint(settings.CHECKPOINTS)
    chain = str(file.cast.office.pk)
    last = TrailEntry.objects.filter(chain=chain).order_by("-number").first()
    last.actor = "otra persona"
    alter(
        "UPDATE foundation_trailentry SET actor = %s, digest = %s WHERE number = %s AND chain = %s",
        last.actor, digest_of_link(as_link(last)), last.number, chain,
    )  # fmt: skip
    assert (sheet(file).is_whole, sheet(file).agrees) == (True, False)
    keep_checkpoint(settings.CHECKPOINTS)
    assert sheet(file).agrees is False


def test_demonstration_is_marked(file):
    type(file.cast.office).objects.filter(pk=file.cast.office.pk).update(is_demonstration=True)
    assert "este acuerdo no existe" in page(file).text


def test_heads_are_a_checkpoint_that_the_program_reads(file):
    text = Client().get(reverse("museum:heads")).text
    last = TrailEntry.objects.filter(chain=str(file.cast.office.pk)).order_by("-number").first()
    assert last.digest in text
    assert file.cast.office.name in text
    answer = Client().get(reverse("museum:heads_file"))
    kept = read_checkpoints(answer.text, name="cabezas.json")
    assert last.digest in {head.digest for head in kept}
    assert verify(kept) == []
    assert json.loads(answer.text)["digest"]
