"""The permanent cast: the people of two cities, of their state and of the ministry, a person in every role."""

from __future__ import annotations

import functools
from dataclasses import dataclass

from django.contrib.auth.hashers import get_hasher, make_password
from django.utils import timezone

from hermanar.agreements.actions import FileDraft, PartyDraft
from hermanar.agreements.vocabulary import Role as Side
from hermanar.foundation.access import CONSOLE, Role
from hermanar.foundation.calendar.keeping import make_calendar
from hermanar.foundation.models import Document, User
from hermanar.offices.actions import OfficeDraft, add_member, found_office
from hermanar.offices.queries import acting
from hermanar.offices.vocabulary import Level, MemberRole
from tests import factories as make


@dataclass
class Cast:
    """Offices, places and one person per role; `of` gives a person of the city's office, `at` of any office."""

    guanajuato: object
    leon: object
    ashland: object
    office: object
    other_office: object
    ministry: object
    state: object
    people: dict

    def of(self, role):
        return self.people[self.office.slug, Role(role)]

    def at(self, office, role):
        return self.people[office.slug, Role(role)]

    def file(self, **values):
        parties = [PartyDraft(self.guanajuato.pk, Side.DECLARING), PartyDraft(self.ashland.pk, Side.COUNTERPART)]
        return FileDraft(**{"parties": parties, "areas": [("culture", "cultura")], "languages": ("es", "en"), **values})


_MEMBERS = [role for role in MemberRole if role is not MemberRole.COUNTERPART]  # a guest of a tie, of no office
ROLES = {
    "municipality": [role for role in _MEMBERS if role not in {MemberRole.LEGAL_REVIEWER, MemberRole.REGISTRY_STEWARD}],
    "state": [role for role in _MEMBERS if role is not MemberRole.REGISTRY_STEWARD],
    "ministry": _MEMBERS,
}


def person(email):
    return User.objects.create(username=email, email=email, password=_hashed(get_hasher().algorithm))


@functools.cache
def _hashed(algorithm):
    """Hash everybody's password once: a real process takes a quarter of a second for it, and the cast is thirty."""
    return make_password("una clave larga", hasher=algorithm)


def gather():
    """Found the offices and give each one person in every role it can have."""
    make_calendar("mx-federal", by=CONSOLE, name_es="Días de la administración federal")
    state = make.state("Guanajuato", "inegi:11")
    guanajuato = make.place("Guanajuato", state=state)
    leon = make.place("León", state=state)
    ashland = make.place("Ashland", code="US")
    offices = [
        found_office(OfficeDraft("guanajuato", "Oficina de Guanajuato", Level.MUNICIPALITY, guanajuato.pk), by=CONSOLE),
        found_office(OfficeDraft("leon", "Oficina de León", Level.MUNICIPALITY, leon.pk), by=CONSOLE),
        found_office(OfficeDraft("sre", "Secretaría de Relaciones Exteriores", Level.MINISTRY), by=CONSOLE),
        found_office(OfficeDraft("estado", "Gobierno de Guanajuato", Level.STATE, state.pk), by=CONSOLE),
    ]
    people = {}
    for office in offices:
        for role in ROLES[office.level]:
            user = person(f"{role.value}@{office.slug}.example.org")
            membership = add_member(user, office=office.pk, role=role, by=CONSOLE)
            people[office.slug, Role(role.value)] = acting(membership)
    return Cast(guanajuato, leon, ashland, *offices, people)


def document(office, name="texto.pdf"):
    values = {"digest": "0" * 64, "size": 1, "media_type": "application/pdf", "uploaded_at": timezone.now()}
    return Document.objects.create(office=office.pk, name=name, **values)
