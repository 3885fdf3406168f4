"""A process that furnishes a house for the tests of copies: an office, a file with a paper, a session, a checkpoint."""

from __future__ import annotations

import datetime as dt
import io
import os
import sys
from types import SimpleNamespace

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hermanar.site.settings")
django.setup()

from django.contrib.sessions.backends.db import SessionStore
from django.core.management import call_command
from django.db import connection

from hermanar.agreements.actions import FileDraft, PartyDraft, StepDraft, draft, inform_ministry
from hermanar.agreements.models import Agreement
from hermanar.agreements.vocabulary import Role as Side
from hermanar.directory.models import Place
from hermanar.foundation.access import Role
from hermanar.foundation.documents import store_upload
from hermanar.foundation.models import User
from hermanar.offices.models import Office
from hermanar.offices.queries import acting, members_of
from tests.beginnings import Beginning
from tests.cast import gather
from tests.committees import DrivenCommittee
from tests.foundation.samples import pdf
from tests.museum.rooms import published_room

TODAY = dt.date(2026, 11, 20)
PIECES = [("text", "<p>Ñandú</p>"), ("quotation", {"words": "a", "who": "Ana", "source": "Acta", "url": ""})]


def found():
    cast = gather()
    furnish("guanajuato")
    director = User.objects.get(pk=cast.of(Role.DIRECTOR).user)
    published_room(cast.ashland.slug, cast.guanajuato.slug, by=director, pieces=PIECES)


def furnish(slug):
    """Open a file in an office, tell the ministry with a letter, leave a session open."""
    office = Office.objects.get(slug=slug)
    director = next(acting(one) for one in members_of(office.pk) if one.role == Role.DIRECTOR)
    kept = file(slug)
    paper = store_upload(io.BytesIO(pdf()), name="oficio.pdf", by=director, office=office.pk)
    step = StepDraft(on=TODAY, letter="OF/1", papers=[paper.pk])
    inform_ministry(kept.pk, by=director, version=kept.version, step=step, today=TODAY)
    whose = SimpleNamespace(office=office, of=lambda _role: director)
    committee = DrivenCommittee(whose, name="Comité de la entrega", today=TODAY)
    ana = committee.member("Ana", post="Presidencia")
    held = committee.held(ana, committee.member("Eva", stands_for=ana.pk))
    committee.task(ana, decision=committee.decides(held).pk)
    committee.called(7, at=dt.time(17, 30))
    committee.signed(held)
    begun = Beginning(SimpleNamespace(office=office, of=lambda _role: director), today=TODAY)
    begun.received(place=None)
    begun.chosen(begun.compared(place=kept.parties.exclude(place=office.place_id).get().place_id))
    begun.named(kept)
    session = SessionStore()
    session["kept"] = "no"
    session.save()
    call_command("verify", "--keep", verbosity=0)


def file(slug):
    office = Office.objects.get(slug=slug)
    director = next(acting(one) for one in members_of(office.pk) if one.role == Role.DIRECTOR)
    other = Place.objects.filter(country_id="US").order_by("pk").first()
    parties = [PartyDraft(office.place_id, Side.DECLARING), PartyDraft(other.pk, Side.COUNTERPART)]
    made = draft(FileDraft(parties=parties, areas=[("culture", "cultura")]), office=office.pk, by=director, today=TODAY)
    print(made.reference)
    return made


def tamper():
    """Do what only the owner of the database can: try to change the trail."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE foundation_trailentry SET actor = 'otro'")


def count():
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM django_session")
        print(Agreement.objects.count(), cursor.fetchone()[0])


if __name__ == "__main__":
    {verb.__name__: verb for verb in (found, furnish, file, tamper, count)}[sys.argv[1]](*sys.argv[2:])
