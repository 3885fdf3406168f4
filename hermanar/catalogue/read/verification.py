"""What anyone may verify: a registered agreement against its chain of the trail, and the heads of all chains."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings

from hermanar.agreements.models import Agreement
from hermanar.agreements.queries.proof import is_sealed, unlike_their_trail
from hermanar.agreements.vocabulary import Stage
from hermanar.agreements.vocabulary.procedure import Step
from hermanar.catalogue.sheets import ChainLine, VerificationSheet
from hermanar.foundation.models import TrailEntry
from hermanar.foundation.trail.checkpoints import CheckpointError, heads, links_of, make_checkpoint, read_checkpoints
from hermanar.foundation.trail.verifying import Fault, Head, examine
from hermanar.offices.models import Office

_ENTERED = "agreement.record_registration"
_AGAINST_CHECKPOINT = frozenset({Fault.CUT_OFF, Fault.REWRITTEN})


def chain_heads() -> list[ChainLine]:
    """Return the last link of every chain, with whose it is."""
    names = {str(key): name for key, name in Office.objects.values_list("pk", "name")}
    return [ChainLine(head.chain, names.get(head.chain, ""), head.number, head.digest) for head in heads()]


def checkpoint() -> dict[str, Any]:
    """Return the heads of all chains at this moment, in the form that `hermanar verify` reads."""
    return make_checkpoint()


def verification(agreement: UUID, *, language: str) -> VerificationSheet | None:
    """Return what can be verified of a registered agreement, published or not; None for any other."""
    registered = Agreement.objects.filter(office__isnull=False, stage=Stage.REGISTERED)
    kept = registered.filter(pk=agreement).select_related("office").first()
    if kept is None or kept.office is None:
        return None
    chain = str(kept.office_id)
    heads_kept = _kept_heads(chain)
    known = heads_kept[-1] if heads_kept else None
    found = examine(links_of(chain), chain=chain, heads=heads_kept)
    own = [one.number for one in found if one.fault not in _AGAINST_CHECKPOINT]
    entries = TrailEntry.objects.filter(chain=chain)
    entered = entries.filter(subject=str(kept.pk), code=_ENTERED).order_by("-number").first()
    last = entries.order_by("-number").first()
    return VerificationSheet(
        title=kept.title_en if language == "en" and kept.title_en else kept.title_es,
        parties=_parties_told(kept),
        registration_number=kept.registration_number,
        registered_on=kept.registered_on,
        slug=kept.slug if kept.published_at else "",
        office=kept.office.name,
        chain=chain,
        entry_number=entered.number if entered else None,
        entry_digest=entered.digest if entered else "",
        is_whole=not own,
        is_as_recorded=not unlike_their_trail([kept.pk]),
        is_sealed=is_sealed(kept.pk),
        broken_at=min(own, default=None),
        last_number=last.number if last else 0,
        last_digest=last.digest if last else "",
        checkpoint_made_at=known.made_at if known else "",
        checkpoint_number=known.number if known else None,
        agrees=all(one.fault not in _AGAINST_CHECKPOINT for one in found) if known else None,
        is_demonstration=kept.office.is_demonstration,
    )


def _parties_told(kept: Agreement) -> tuple[str, ...]:
    """Return the parties as the entry in the register names them, which the trail answers for."""
    entry = kept.steps.filter(step=Step.RECORD_REGISTRATION).order_by("-number").first()
    if entry and (told := entry.changes.get("party_names")):
        return tuple(told)
    parties = kept.parties.select_related("place").order_by("position")
    return tuple(party.name_as_written or party.place.name for party in parties)


def _kept_heads(chain: str) -> list[Head]:
    """Return what every checkpoint kept outside the database says of a chain, the newest last."""
    path = settings.CHECKPOINTS
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return []
    found: list[Head] = []
    for line in text.splitlines():
        try:
            found += [head for head in read_checkpoints(line, name=path.name) if head.chain == chain]
        except CheckpointError:
            continue  # `hermanar verify` names the spoilt line; here the others stand
    return found
