"""A raw copy of the database tells nothing that is kept of people; its key can be changed, and the old one ends."""

from __future__ import annotations

import importlib
import io
import itertools
import os
import time
from uuid import uuid4

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.utils import timezone

from hermanar.console.backup import Archive, write_archive
from hermanar.console.management.commands import reseal
from hermanar.foundation.intake import Kind, Sending, receive
from hermanar.foundation.intake.queries import contributions_unlike_their_trail
from hermanar.foundation.intake.sealing import open_content
from hermanar.foundation.models import Contribution, TrailEntry, User, uuid7
from hermanar.foundation.trail import first_break, keyring
from hermanar.foundation.trail.sealing import SealError, digest_of, is_current, opened, sealed
from hermanar.museum.actions.letters import ask, confirm
from hermanar.museum.models import Subscription
from hermanar.offices.actions import open_factor
from tests.console.dumps import raw_dump, readable_in

pytestmark = [pytest.mark.django_db, pytest.mark.row(28)]
LETTER = {"organisation": "Taller abierto", "text": "Esto se lee en la copia"}
MANY = 10_000
ROWS = MANY if os.environ.get("HERMANAR_NIGHT") else 60
BY_NIGHT = pytest.param(MANY, id="night", marks=pytest.mark.nightly)
SECRET = "JBSWY3DPEHPK3PXPGEZDGNBVGY3TQOJQ"


@pytest.fixture(autouse=True)
def own_ring():
    """Begin with the key of the beginning, and leave no other."""
    keyring.path().unlink(missing_ok=True)
    yield
    keyring.path().unlink(missing_ok=True)


def letter(address):
    return receive(Sending(Kind.INQUIRY, {**LETTER, "contact": address}, "es", uuid4(), office=uuid7()))


def person(name):
    return User.objects.create(username=name, email=f"{name}@example.org")


def everything(count):
    """Keep some of everything that is sealed; the subscribers at once, for they are most."""
    for number in range(count // 20):
        letter(f"carta{number}@example.org")
        TOTP.activate(person(f"quien{number}"), SECRET)
    many = [
        Subscription(digest=digest_of(f"lee{n}"), language="es", asked_at=timezone.now())
        for n in range(count * 9 // 10)
    ]
    for number, one in enumerate(many):
        one.sealed_address = sealed(f"lee{number}@example.org", about=one.pk.bytes)
    Subscription.objects.bulk_create(many)


def all_open():
    """Open all that is sealed; return how much that was."""
    letters = [open_content(kept)["contact"] for kept in Contribution.objects.all()]
    addresses = [opened(one.sealed_address, about=one.pk.bytes) for one in Subscription.objects.all()]
    secrets = [open_factor(one.data["secret"]) for one in Authenticator.objects.filter(type="totp")]
    assert set(secrets) <= {SECRET}
    return len(letters) + len(addresses) + len(secrets)


@pytest.mark.parametrize("others", [pytest.param(0, id="day"), BY_NIGHT])
def test_a_raw_copy_tells_nothing_of_what_is_sealed(others, figure):
    everything(others)
    letter("canaria.carta@example.org")
    subscribed = ask("canaria.boletin@example.org", language="es")
    confirm(subscribed.pk)
    owner = person("duena")
    TOTP.activate(owner, SECRET)
    seed = open_factor(RecoveryCodes.activate(owner).instance.data["seed"])
    dump = raw_dump()
    assert readable_in(dump, "Taller abierto"), "the copy is whole"
    planted = ["canaria.carta@example.org", "canaria.boletin@example.org", SECRET, seed]
    assert [text for text in planted if readable_in(dump, text)] == []
    figure(f"{len(planted)} planted secrets, 0 readable in {len(dump):,} bytes")


def test_what_was_never_sealed_is_no_factor():
    app = TOTP.activate(person("duena"), SECRET).instance
    Authenticator.objects.filter(pk=app.pk).update(data={"secret": SECRET})
    with pytest.raises(ValidationError, match="hermanar unlock"):
        Authenticator.objects.get(pk=app.pk).wrap().validate_code("123456")


@pytest.mark.parametrize("rows", [pytest.param(ROWS, id="day"), BY_NIGHT])
def test_a_change_of_keys_seals_all_anew_and_ends_the_old_one(rows, figure, capsys):
    everything(rows)
    before = all_open()
    old_ring = keyring.ring()
    kept = Subscription.objects.first()
    old = bytes(kept.sealed_address)
    call_command("reseal", wait=0)
    assert "ya no abre nada" in capsys.readouterr().out
    assert keyring.ring() != old_ring
    assert len(keyring.ring()) == 1
    assert all_open() == before
    assert all(is_current(one.sealed_address) for one in Subscription.objects.all())
    with pytest.raises(SealError):
        opened(old, about=kept.pk.bytes)
    kept.refresh_from_db()
    with pytest.raises(SealError):
        opened(kept.sealed_address, about=kept.pk.bytes, keys=old_ring)
    assert contributions_unlike_their_trail() == []
    assert first_break() is None
    figure(f"{before:,} values under a new key, all open; the old key refused")


def test_what_no_key_opens_is_told_and_stays_as_it_is(settings, capsys):
    settings.SEAL_KEYS = ["ajena"]
    letter("ajena@example.org")
    TOTP.activate(person("ajena"), SECRET)
    foreign = ask("ajena@example.org", language="es")
    settings.SEAL_KEYS = []
    letter("propia@example.org")
    call_command("reseal", wait=0)
    told = capsys.readouterr()
    assert "1 valor sellado de nuevo" in told.out
    assert "3 valores no los abre ninguna llave" in told.err
    assert Subscription.objects.get(pk=foreign.pk).sealed_address == foreign.sealed_address


def test_who_seals_under_the_former_key_and_commits_late_is_waited_for(monkeypatch, capsys):
    """Sealed before there was a new key, kept only while the change waits."""
    late = Subscription.objects.get(pk=ask("tarde@example.org", language="es").pk)
    Subscription.objects.all().delete()
    waited = []

    def commits(seconds):
        waited.append(seconds)
        late.save(force_insert=True)

    monkeypatch.setattr(reseal.time, "sleep", commits)
    call_command("reseal")
    assert waited == [reseal.WAIT_SECONDS]
    assert "Se espera 60 s" in capsys.readouterr().out
    late.refresh_from_db()
    assert opened(late.sealed_address, about=late.pk.bytes) == "tarde@example.org"


def test_a_change_that_began_long_ago_waits_for_nobody(monkeypatch, capsys):
    keyring.begin_change()
    before = time.time() - reseal.WAIT_SECONDS
    os.utime(keyring.path(), (before, before))
    monkeypatch.setattr(reseal.time, "sleep", pytest.fail)
    call_command("reseal")
    assert "Se espera" not in capsys.readouterr().out


def test_two_changes_at_once_are_one():
    with keyring.alone(), pytest.raises(CommandError, match="en curso"):
        call_command("reseal", wait=0)
    assert len(keyring.ring()) == 1


@pytest.mark.parametrize("batches", [0, 1, 3])
def test_a_change_that_is_cut_off_is_gone_on_with(batches, monkeypatch):
    everything(60)
    before = all_open()
    monkeypatch.setattr("hermanar.museum.actions.letters._STEP", 7)
    keyring.begin_change()
    for _count in itertools.islice((n for part in reseal.SEALED for n in part(keyring.ring())), batches):
        pass  # and then it is killed: what is done is committed, the ring holds both keys
    assert all_open() == before, "nobody waits for the end of it"
    assert len(keyring.ring()) == 2
    newest = keyring.ring()[0]
    call_command("reseal", wait=0, stdout=io.StringIO())
    assert keyring.ring() == (newest,)
    assert all_open() == before
    assert TrailEntry.objects.filter(code="seal.key_changed").count() == 1


def test_what_an_earlier_version_sealed_opens_until_its_key_is_retired():
    kept = ask("ana@example.org", language="es")
    first = keyring.ring()[0]
    content = bytes(kept.sealed_address)[len(b"hs1\0") + len(first.identity) :]  # without the name of its key
    assert opened(content, about=kept.pk.bytes) == "ana@example.org"
    Subscription.objects.update(sealed_address=content)
    call_command("reseal", wait=0, stdout=io.StringIO())
    kept.refresh_from_db()
    assert opened(kept.sealed_address, about=kept.pk.bytes) == "ana@example.org"
    with pytest.raises(SealError):
        opened(content, about=kept.pk.bytes)


def test_keys_of_the_environment_are_changed_there(settings, capsys):
    settings.SEAL_KEYS = ["una"]
    with pytest.raises(CommandError, match="HERMANAR_SEAL_KEYS"):
        call_command("reseal", wait=0)
    kept = ask("ana@example.org", language="es")
    settings.SEAL_KEYS = ["otra", "una"]
    call_command("reseal", wait=0)
    assert "1 valor" in capsys.readouterr().out
    settings.SEAL_KEYS = ["otra"]
    kept.refresh_from_db()
    assert opened(kept.sealed_address, about=kept.pk.bytes) == "ana@example.org"
    assert not keyring.path().exists()


def test_the_ring_is_its_owners_alone():
    keyring.begin_change()
    assert keyring.path().stat().st_mode & 0o777 == 0o600
    assert keyring.begin_change() is False


def test_a_migration_seals_what_earlier_versions_kept_as_it_is():
    migration = importlib.import_module("hermanar.offices.migrations.0006_sealed_factors")
    app = TOTP.activate(person("duena"), SECRET).instance
    codes = RecoveryCodes.activate(person("otra")).instance
    Authenticator.objects.filter(pk=app.pk).update(data={"secret": SECRET})
    Authenticator.objects.filter(pk=codes.pk).update(data={"migrated_codes": ["11112222"], "used_mask": 0})
    migration.seal(apps, None)
    assert not readable_in(raw_dump(), SECRET)
    assert open_factor(Authenticator.objects.get(pk=app.pk).data["secret"]) == SECRET
    assert RecoveryCodes(Authenticator.objects.get(pk=codes.pk)).generate_codes() == ["11112222"]
    migration.unseal(apps, None)
    assert Authenticator.objects.get(pk=app.pk).data == {"secret": SECRET}


def test_a_copy_holds_every_key_that_what_it_holds_may_be_under():
    def keys_of(copy):
        archive = Archive(copy)
        return b"".join(archive.pieces("keys/seal.keys")).decode().split() if archive.part("keys/seal.keys") else []

    def copied():
        into = io.BytesIO()
        write_archive(into, using="default", tell=lambda _count: None)
        return into

    assert keys_of(copied()) == []
    keyring.begin_change()
    assert keys_of(copied()) == list(keyring.words())
    assert keyring.words()[1] == keyring.TRAIL
    ended = []

    def end_once(_count):  # while the tables are read, a change of keys ends
        if not ended:
            ended.append(keyring.words())
            keyring.end_change()

    into = io.BytesIO()
    write_archive(into, using="default", tell=end_once)
    assert keys_of(into) == list(ended[0])
