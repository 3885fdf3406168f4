"""The demonstration: two offices and their people, which exist in no other mode; nothing of theirs is a fact."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone

from hermanar.directory.queries import place_by_identifier
from hermanar.foundation.access import CONSOLE
from hermanar.foundation.models import User
from hermanar.offices.actions.erasing import empty_account
from hermanar.offices.actions.founding import OfficeDraft, found_office
from hermanar.offices.actions.members import add_member
from hermanar.offices.models import Invitation, Membership, Office
from hermanar.offices.vocabulary import Level, MemberRole

CITY, MINISTRY = "guanajuato-demo", "sre-demo"
_PLACE = "inegi:11015"


@dataclass(frozen=True, slots=True)
class DemonstrationAccount:
    """One of the people of the demonstration."""

    email: str
    name: str
    office: str
    role: MemberRole


DEMONSTRATION = (
    DemonstrationAccount("direccion@guanajuato.example", "Dirección de demostración", CITY, MemberRole.DIRECTOR),
    DemonstrationAccount("analisis@guanajuato.example", "Análisis de demostración", CITY, MemberRole.ANALYST),
    DemonstrationAccount("revision@sre.example", "Revisión de demostración", MINISTRY, MemberRole.LEGAL_REVIEWER),
    DemonstrationAccount("registro@sre.example", "Registro de demostración", MINISTRY, MemberRole.REGISTRY_STEWARD),
)


@transaction.atomic
def make_demonstration(password_of: Callable[[str], str]) -> list[User]:
    """Make what is missing of the offices and people of the demonstration; return the people made now."""
    offices = {slug: _office(slug) for slug in (CITY, MINISTRY)}
    made = []
    for account in DEMONSTRATION:
        named = {"email": account.email, "first_name": account.name, "is_demonstration": True}
        user, is_new = User.objects.get_or_create(username=account.email, defaults=named)
        if is_new:
            user.set_password(password_of(account.email))
            user.save(update_fields=["password"])
            made.append(user)
        office = offices[account.office]
        if is_new or not Membership.objects.filter(user=user).exists():
            add_member(user, office=office.pk, role=account.role, by=CONSOLE)
    return made


def _office(slug: str) -> Office:
    kept = Office.objects.filter(slug=slug).first()
    if kept is not None:
        return kept
    if slug == MINISTRY:
        name = "Secretaría de Relaciones Exteriores (demostración)"
        return found_office(OfficeDraft(slug, name, Level.MINISTRY, is_demonstration=True), by=CONSOLE)
    place = place_by_identifier(_PLACE)
    assert place is not None, _PLACE
    name = "Oficina de Guanajuato (demostración)"
    draft = OfficeDraft(
        slug,
        name,
        Level.MUNICIPALITY,
        place.pk,
        letter_place="Guanajuato, Gto.",
        email="oficina@guanajuato.example",
        head_name="Nombre de demostración",
        head_post="Titular de la Presidencia municipal (demostración)",
        is_demonstration=True,
    )
    return found_office(draft, by=CONSOLE)


@transaction.atomic
def remove_demonstration() -> int:
    """Delete the people of the demonstration with their factors, sessions and memberships; return how many they were.

    Whom a file of the demonstration still names stays as an empty row: without address, name, password or factor.
    """
    people = User.objects.filter(is_demonstration=True, is_active=True)
    sessions = UserSession.objects.filter(user__in=people).values_list("session_key", flat=True)
    Session.objects.filter(session_key__in=list(sessions)).delete()
    Invitation.objects.filter(office__is_demonstration=True).delete()
    Membership.objects.filter(office__is_demonstration=True, user__is_demonstration=True).delete()
    still = Membership.objects.filter(office__is_demonstration=True, ended_at__isnull=True)
    still.update(ended_at=timezone.now())  # of people who are real
    removed = list(people)
    for user in removed:
        try:
            with transaction.atomic():
                user.delete()
        except ProtectedError:
            empty_account(user)
    return len(removed)
