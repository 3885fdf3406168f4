"""Who may open which address: one line for each; an address that is not here turns `test_addresses.py` red.

A page of an office is `office(Verb.X, ...)`: for members whose role grants one of the verbs (no verb: every member).
When the address names a record, `of` makes one in Guanajuato's office and returns the address's arguments; then the
people of every other office must get 404. `owners` are the offices whose people may open it, where that is not
Guanajuato's alone. Keep the lines of each part in alphabetical order: two branches seldom touch the same one then.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from hermanar.foundation.access import Verb
from hermanar.offices.actions import invite
from hermanar.offices.models import Membership
from hermanar.offices.vocabulary import MemberRole
from tests.files import DrivenFile


@dataclass(frozen=True)
class Who:
    """Who may open an address, and how to write one."""

    kind: str  # public: anyone, no cookie · entrance: anyone, may set one · signed_in: any account · office: members
    verbs: tuple[Verb, ...] = ()
    of: Callable[[Any], dict[str, Any]] | None = None
    owners: tuple[str, ...] = ("guanajuato",)
    arguments: dict[str, Any] = field(default_factory=dict)  # of an address that names no record of an office


def public(**arguments):
    return Who("public", arguments=arguments)


def entrance(**arguments):
    return Who("entrance", arguments=arguments)


def signed_in(**arguments):
    return Who("signed_in", arguments=arguments)


def office(*verbs, of=None, owners=("guanajuato",), **arguments):
    return Who("office", verbs, of, owners, arguments)


def reader(cast):
    who = Membership.objects.get(user=cast.of("reader").user)
    return {"membership": who.pk}


def invitation(cast):
    sent = invite("otra@example.org", office=cast.office.pk, role=MemberRole.READER, by=cast.of("director"))
    return {"invitation": sent.invitation.pk}


def sent(cast):
    return {"agreement": DrivenFile(cast).asked().key}


def sent_text(cast):
    file = DrivenFile(cast).asked()
    return {"agreement": file.key, "text": file.now.texts.get(language="es").pk}


def observation(cast):
    return {"observation": DrivenFile(cast).asked().observed().now.observations.get().pk}


ADDRESSES = {
    # the museum and the machines
    "agreement_jsonld": public(slug="x"),
    "api/v1/<path:rest>": public(rest="x"),
    "api:api-root": public(),
    "api:list_agreements": public(),
    "api:list_places": public(),
    "api:list_ties": public(),
    "api:openapi-json": public(),
    "api:read_agreement": public(slug="x"),
    "api:read_place": public(id="x"),
    "api:read_statistics": public(),
    "dataset": public(name="acuerdos", format_="csv"),
    "dcat": public(),
    "museum:agreement": public(slug="x"),
    "museum:agreements": public(),
    "museum:cities": public(),
    "museum:city": public(slug="x"),
    "museum:city_card": public(slug="x"),
    "museum:city_emblem": public(slug="x"),
    "museum:health": public(),
    "museum:home": public(),
    "museum:map": public(),
    "museum:map_data": public(),
    "museum:observatory": public(),
    "museum_root:favicon": public(),
    "museum_root:land": public(),
    "museum_root:manifest": public(),
    "museum_root:robots": public(),
    "museum_root:sitemap": public(),
    "museum_root:sitemap_agreements": public(part=1),
    "museum_root:sitemap_pages": public(),
    "museum_root:sitemap_places": public(part=1),
    "open_data:datasets": public(),
    "place_jsonld": public(slug="x"),
    "template": public(format_="csv"),
    # accounts
    "account_change_password": signed_in(),
    "account_inactive": entrance(),
    "account_invitation": entrance(token="x"),
    "account_login": entrance(),
    "account_logout": entrance(),
    "account_reauthenticate": signed_in(),
    "account_reset_password": entrance(),
    "account_reset_password_done": entrance(),
    "account_reset_password_from_key": entrance(uidb36="x", key="x"),
    "account_reset_password_from_key_done": entrance(),
    "account_set_password": signed_in(),
    "account_signup": entrance(),
    "mfa_activate_totp": signed_in(),
    "mfa_add_webauthn": signed_in(),
    "mfa_authenticate": entrance(),
    "mfa_deactivate_totp": signed_in(),
    "mfa_download_recovery_codes": signed_in(),
    "mfa_edit_webauthn": signed_in(pk=1),
    "mfa_generate_recovery_codes": signed_in(),
    "mfa_index": signed_in(),
    "mfa_list_webauthn": signed_in(),
    "mfa_login_webauthn": entrance(),
    "mfa_reauthenticate": signed_in(),
    "mfa_reauthenticate_webauthn": signed_in(),
    "mfa_remove_webauthn": signed_in(pk=1),
    "mfa_view_recovery_codes": signed_in(),
    "usersessions_list": signed_in(),
    # the office
    "workspace:choose": office(),
    "workspace:end": office(Verb.MANAGE_MEMBERS, of=reader),
    "workspace:home": office(),
    "workspace:observe": office(Verb.REVIEW_FILES, of=sent, owners=("sre",)),
    "workspace:opinion": office(Verb.REVIEW_FILES, of=sent, owners=("sre",)),
    "workspace:particulars": office(Verb.CHANGE_OFFICE),
    "workspace:people": office(),
    "workspace:review": office(Verb.REVIEW_FILES, of=sent, owners=("sre",)),
    "workspace:review_compare": office(Verb.REVIEW_FILES, of=sent_text, owners=("sre",)),
    "workspace:reviews": office(Verb.REVIEW_FILES),
    "workspace:role": office(Verb.MANAGE_MEMBERS, of=reader),
    "workspace:settle": office(Verb.REVIEW_FILES, of=observation, owners=("sre",)),
    "workspace:withdraw": office(Verb.MANAGE_MEMBERS, of=invitation),
}
