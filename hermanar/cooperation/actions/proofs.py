"""Proof pages: prepared, changed, published behind an address nobody guesses, taken away again."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from hermanar.agreements.models import Agreement
from hermanar.agreements.queries import for_office
from hermanar.cooperation.models import Activity, ProofPage
from hermanar.cooperation.queries.activities import counted
from hermanar.cooperation.queries.proofs import held, proof_content
from hermanar.cooperation.rules.proofs import ProofFacts, ProofRefusedError, refused_proof
from hermanar.cooperation.vocabulary.proofs import ProofRefusal
from hermanar.foundation import trail
from hermanar.foundation.access import Actor, Verb, require_in
from hermanar.foundation.editing import EditConflictError, claim

_TOKEN_BYTES = 24


@dataclass(frozen=True, slots=True)
class ProofDraft:
    """A proof page as a person writes it."""

    title_es: str
    place: str
    country: str
    starts_on: dt.date
    ends_on: dt.date
    activities: Collection[UUID]
    title_en: str = ""
    grant: str = ""
    acknowledgement: str = ""


@transaction.atomic
def prepare_proof(draft: ProofDraft, *, agreement: UUID, by: Actor, today: dt.date, key: UUID) -> ProofPage:
    """Make a page about an event of a tie; nobody outside sees it. The same form sent twice makes one.

    Raises NotAllowedError, ProofRefusedError, Agreement.DoesNotExist for a tie that is not the actor's office's.
    """
    tie = for_office(by.office).filter(pk=agreement).first()
    if tie is None or tie.office_id is None:
        raise Agreement.DoesNotExist(str(agreement))
    require_in(by, Verb.PREPARE_PROOF, office=tie.office_id)
    trail.hold(chain=str(tie.office_id))
    if sent := ProofPage.objects.filter(pk=key).first():
        if sent.office_id != tie.office_id:
            raise Agreement.DoesNotExist(str(key))
        return sent
    told = _checked(draft, tie.pk, today=today)
    made = ProofPage(pk=key, office_id=tie.office_id, agreement=tie, made_at=timezone.now(), **_columns(draft))
    made.save(force_insert=True)
    made.activities.set(told)
    _tell("proof.prepared", made, by=by)
    return made


@transaction.atomic
def change_proof(proof: UUID, draft: ProofDraft, *, by: Actor, version: int, today: dt.date) -> ProofPage:
    """Put other words in place of those it has; of a published page, who may publish.

    Raises as `prepare_proof`, ProofPage.DoesNotExist, EditConflictError.
    """
    kept = _hold(proof, by=by, verb=Verb.PREPARE_PROOF, version=version)
    if kept.token:
        require_in(by, Verb.PUBLISH_PROOF, office=kept.office_id)
    told = _checked(draft, kept.agreement_id, today=today)
    claim(ProofPage.objects.filter(pk=kept.pk), version=version, **_columns(draft))
    fresh = ProofPage.objects.get(pk=kept.pk)
    fresh.activities.set(told)
    _tell("proof.changed", fresh, by=by)
    return fresh


@transaction.atomic
def publish_proof(proof: UUID, *, by: Actor, version: int) -> ProofPage:
    """Put the page behind a new address that nobody guesses.

    Raises NotAllowedError, ProofRefusedError, ProofPage.DoesNotExist, EditConflictError.
    """
    kept = _hold(proof, by=by, verb=Verb.PUBLISH_PROOF, version=version)
    if kept.office.is_demonstration:
        raise ProofRefusedError([ProofRefusal.DEMONSTRATION])
    if kept.token:
        return kept
    values = {"token": secrets.token_urlsafe(_TOKEN_BYTES), "published_at": timezone.now()}
    return _moved("proof.published", kept, by=by, values=values)


@transaction.atomic
def withdraw_proof(proof: UUID, *, by: Actor, version: int) -> ProofPage:
    """Take the page from the web; its address is never used again. Raises as `publish_proof`."""
    kept = _hold(proof, by=by, verb=Verb.PUBLISH_PROOF, version=version)
    return _moved("proof.withdrawn", kept, by=by, values={"token": None, "published_at": None})


def _hold(proof: UUID, *, by: Actor, verb: Verb, version: int) -> ProofPage:
    """Return a page of the actor's office, locked with its chain, at the version that was read."""
    known = ProofPage.objects.filter(pk=proof, office=by.office).first() if by.office else None
    if known is None:
        raise ProofPage.DoesNotExist(str(proof))
    require_in(by, verb, office=known.office_id)
    trail.hold(chain=str(known.office_id))
    kept = ProofPage.objects.select_for_update(of=("self",)).select_related("office").get(pk=proof)
    if kept.version != version:
        raise EditConflictError(str(proof))
    return kept


def _checked(draft: ProofDraft, tie: UUID, *, today: dt.date) -> list[Activity]:
    """Return the activities of a draft that are of the tie and stand; refuse what the rules refuse."""
    found = list(counted().filter(agreement=tie, pk__in=list(draft.activities)))
    facts = ProofFacts(
        draft.title_es, draft.place, draft.starts_on, draft.ends_on, len(set(draft.activities)),
        [held(one) for one in found],
    )  # fmt: skip
    if refusals := refused_proof(facts, today=today):
        raise ProofRefusedError(refusals)
    return found


def _columns(draft: ProofDraft) -> dict[str, object]:
    return {
        "title_es": draft.title_es.strip(),
        "title_en": draft.title_en.strip(),
        "place": draft.place.strip(),
        "country_id": draft.country,
        "starts_on": draft.starts_on,
        "ends_on": draft.ends_on,
        "grant": draft.grant.strip(),
        "acknowledgement": draft.acknowledgement.strip(),
    }


def _moved(code: str, kept: ProofPage, *, by: Actor, values: dict[str, object]) -> ProofPage:
    claim(ProofPage.objects.filter(pk=kept.pk), version=kept.version, **values)
    fresh = ProofPage.objects.get(pk=kept.pk)
    _tell(code, fresh, by=by)
    return fresh


def _tell(code: str, proof: ProofPage, *, by: Actor) -> None:
    content = proof_content(proof)
    trail.record(code, by=by, subject=str(proof.pk), content=content, chain=str(proof.office_id))
