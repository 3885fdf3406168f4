"""A person asks to be forgotten: what is kept for her own sake goes, and a report says what stays and why."""

from __future__ import annotations

import datetime as dt
import io
from uuid import uuid4

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.core.files.base import ContentFile
from django.core.mail import EmailMessage
from django.core.management import CommandError, call_command
from django.utils import timezone
from wagtail.users.models import UserProfile

from hermanar.agreements.actions import ask_guest, forget_past_guests
from hermanar.agreements.models import Guest
from hermanar.console.erasing import still_named
from hermanar.foundation.access import CONSOLE, NotAllowedError, Role
from hermanar.foundation.intake import Kind, Sending, receive
from hermanar.foundation.models import Contribution, TrailEntry, User
from hermanar.museum.actions.letters import ask, confirm
from hermanar.museum.models import Subscription
from hermanar.offices.actions import add_member, erase_account, forget_invitations, invite, open_account
from hermanar.offices.models import Invitation, Membership, Office
from hermanar.offices.rules import OfficeError
from hermanar.offices.vocabulary import MemberRole
from tests.console.dumps import raw_dump, readable_in
from tests.files import DrivenFile
from tests.guests import DrivenGuest
from tests.workspace.signing_in import client_of

pytestmark = [pytest.mark.django_db, pytest.mark.row(29)]
HER = "canaria.zafiro@example.org"


def letter(address=HER, **more):
    content = {"organisation": "Taller", "text": "Pregunta", "contact": address}
    return receive(Sending(Kind.INQUIRY, content, "es", uuid4(), **more))


@pytest.fixture
def known(cast):
    """Keep her everywhere: she wrote, subscribed, was invited, works in an office, and is a guest of another tie."""
    letter(office=cast.office.pk)
    confirm(ask(HER, language="es").pk)
    invite(HER, office=cast.office.pk, role=MemberRole.READER, by=cast.of(Role.DIRECTOR))
    DrivenGuest(cast, email=HER)
    user = User.objects.get(email=HER)
    User.objects.filter(pk=user.pk).update(first_name="Canaria Zafiro")
    EmailAddress.objects.create(user=user, email=HER)
    add_member(user, office=cast.other_office.pk, role=MemberRole.READER, by=CONSOLE)
    return user


def run(*args):
    told = io.StringIO()
    call_command("erase", *args, stdout=told)
    return told.getvalue()


def test_nothing_of_her_is_left_and_the_report_says_what_stays(known, cast, tmp_path, figure):
    client = client_of(known)
    others = letter("otra@example.org", office=cast.office.pk)
    Office.objects.filter(pk=cast.other_office.pk).update(email=HER)  # the office chose to publish it
    assert readable_in(raw_dump(), HER)
    told = run(HER, "--yes", "--report", str(tmp_path / "informe.txt"))
    assert told == (tmp_path / "informe.txt").read_text(encoding="utf-8")
    assert HER not in told
    assert "offices.Office.email: 1; es el contacto que la oficina publica" in told
    for table in ("agreements.Guest", "foundation.Contribution", "foundation.User", "museum.Subscription"):
        assert f"- {table}: 1" in told, told
    assert "Respaldos anteriores" in told
    assert "sellado con una llave" not in told
    assert still_named(HER) == [("offices.Office.email", 1)]
    Office.objects.filter(pk=cast.other_office.pk).update(email="")
    assert not readable_in(raw_dump(), "Canaria Zafiro")
    assert still_named("canaria.zafiro") == []
    known.refresh_from_db()
    assert (known.email, known.first_name, known.is_active, known.has_usable_password()) == ("", "", False, False)
    assert not Authenticator.objects.filter(user=known).exists()
    assert not Membership.objects.filter(user=known, ended_at=None).exists()
    assert Guest.objects.get().ended_at
    assert client.get("/oficina/").status_code == 302
    assert Contribution.objects.get(pk=others.pk).content, "another's letter stays"
    assert TrailEntry.objects.filter(code="person.erased").count() == 1
    figure("a person in 6 tables: 0 left of her own, 1 that stays told with its reason")


def test_what_no_key_opens_is_told_and_not_counted_as_gone(known, cast):
    letter(office=cast.office.pk)
    kept = Contribution.objects.earliest("pk")
    content = {**kept.content, "contact": letter("otra@example.org", office=cast.office.pk).content["contact"]}
    Contribution.objects.filter(pk=kept.pk).update(content=content)  # sealed for another row: nobody opens it here
    told = run(HER, "--yes")
    assert "- foundation.Contribution: 1" in told, told
    assert "Un aporte está sellado con una llave que esta instalación no tiene" in told


def test_a_portrait_of_former_days_goes_with_its_file(known, settings, tmp_path, django_capture_on_commit_callbacks):
    settings.MEDIA_ROOT = tmp_path
    profile = UserProfile.get_for_user(known)
    profile.avatar.save("canaria.png", ContentFile(b"a face"))
    with django_capture_on_commit_callbacks(execute=True):
        assert "- wagtailusers.UserProfile: 1" in run(HER, "--yes")
    assert not UserProfile.objects.exists()
    assert [one for one in tmp_path.rglob("*") if one.is_file()] == []


def test_letters_that_no_server_took_go_and_those_of_others_stay(known, settings, tmp_path):
    settings.VAR = tmp_path
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = tmp_path / "mail"
    EmailMessage("Hola", "Para usted", to=[HER.upper()]).send()
    EmailMessage("Aviso", f"{'Escribió desde muy lejos ' * 3} {HER}. ¿Ñandú?" * 19, to=["oficina@example.org"]).send()
    EmailMessage("Hola", "Para otra", to=[f"otra.{HER}", f"{HER}.mx"]).send()
    assert "mail: 2\n" in run(HER)
    assert "- mail: 2\n" in run(HER, "--yes")
    (left,) = settings.EMAIL_FILE_PATH.iterdir()
    told = left.read_text(encoding="utf-8")
    assert "Para otra" in told
    assert "Para usted" not in told
    assert told.count("Subject: ") == 1


def test_without_yes_nothing_is_erased(known):
    told = run(HER)
    assert "foundation.User.email: 1" in told
    assert Subscription.objects.count() == 1


def test_whoever_is_alone_in_charge_is_not_erased(cast):
    her = cast.at(cast.state, Role.ADMINISTRATOR)
    address = User.objects.get(pk=her.user).email
    Membership.objects.filter(office=cast.state).exclude(user=her.user).update(ended_at=timezone.now())
    confirm(ask(address, language="es").pk)
    with pytest.raises(CommandError, match="sola a cargo"):
        run(address, "--yes")
    assert Subscription.objects.count() == 1, "all or nothing"


def test_what_is_no_address_is_refused():
    with pytest.raises(CommandError, match="no es un correo"):
        run("ana", "--yes")


def test_only_the_console_erases_an_account(cast):
    with pytest.raises(NotAllowedError):
        erase_account(HER, by=cast.of(Role.DIRECTOR))


def test_invitations_that_are_over_forget_whom_they_were_for(cast):
    by = cast.of(Role.DIRECTOR)
    old = invite(HER, office=cast.office.pk, role=MemberRole.READER, by=by, now=timezone.now() - dt.timedelta(days=60))
    fresh = invite("b@example.org", office=cast.office.pk, role=MemberRole.READER, by=by)
    assert forget_invitations(now=timezone.now()) == 1
    assert Invitation.objects.get(pk=old.invitation.pk).email == ""
    assert Invitation.objects.get(pk=fresh.invitation.pk).email


def test_guests_whose_part_is_over_are_forgotten_with_the_days_letters(cast):
    DrivenGuest(cast, email=HER)
    Guest.objects.update(ended_at=timezone.now() - dt.timedelta(days=181))
    call_command("digest", stdout=io.StringIO())
    assert Guest.objects.get().email == ""


def test_links_that_two_of_one_tie_never_answered_are_ended_and_forgotten(cast):
    file = DrivenFile(cast)
    for address in (HER, "otra@example.org"):
        ask_guest(file.counterpart.pk, by=cast.of(Role.DIRECTOR), email=address, language="en")
    Guest.objects.update(expires_at=timezone.now() - dt.timedelta(days=181))
    assert forget_past_guests(now=timezone.now()) == 2
    assert [(one.email, one.ended_at is None) for one in Guest.objects.all()] == [("", False)] * 2


def test_the_link_of_an_erased_invitation_opens_no_account(cast):
    sent = invite(HER, office=cast.office.pk, role=MemberRole.READER, by=cast.of(Role.DIRECTOR))
    run(HER, "--yes")
    with pytest.raises(OfficeError, match="invitation_invalid"):
        open_account(sent.token, name="Nadie", password="una clave de prueba")
