"""Offers of the business corner, and the links to support the museum: kept, mended, shown, taken away."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from hermanar.catalogue.read.demonstration import is_demonstration_office
from hermanar.catalogue.read.names import place_names
from hermanar.foundation import trail
from hermanar.foundation.access import Actor, Verb, can_in, require_in
from hermanar.foundation.editing import AnotherSentError, EditConflictError, claim, has_values
from hermanar.museum.actions.slugs import made_at
from hermanar.museum.actions.texts import is_too_long, tidy
from hermanar.museum.models import Offer, SupportWay
from hermanar.museum.queries.news import told_since
from hermanar.museum.queries.offers import facts_of, offers_kept_by, row_content, ways_kept_by
from hermanar.museum.rules.offers import OfferFacts, OfferRefusedError, refused_offer, refused_to_show
from hermanar.museum.vocabulary.offers import OfferKind, Sector, WayKind
from hermanar.museum.vocabulary.offers import OfferRefusal as Why

_LONGEST_SLUG = 100
_IN_LINES = frozenset({"description", "description_en"})


@dataclass(frozen=True, slots=True)
class OfferDraft:
    """An offer as a person tells it."""

    kind: OfferKind
    sector: Sector
    title: str
    title_en: str = ""
    city: str = ""
    description: str = ""
    description_en: str = ""
    amount: Decimal | None = None
    currency: str = ""
    contact_post: str = ""
    source: str = ""
    source_url: str = ""
    as_of: dt.date | None = None


@dataclass(frozen=True, slots=True)
class WayDraft:
    """A way to support the museum, as a person tells it."""

    kind: WayKind
    title: str
    url: str
    title_en: str = ""
    note: str = ""
    note_en: str = ""


@transaction.atomic
def record_offer(draft: OfferDraft, *, office: UUID | None, by: Actor, key: UUID) -> Offer:
    """Keep an offer; the same form sent twice does it once.

    Raises NotAllowedError, OfferRefusedError, AnotherSentError when the form came before with something else in it.
    """
    require_in(by, Verb.KEEP_OFFERS, office=office)
    trail.hold(chain=_chain(office))
    if sent := Offer.objects.filter(pk=key).first():
        if sent.office != office:
            raise Offer.DoesNotExist(str(key))
        if not has_values(sent, _columns(draft)):
            raise AnotherSentError(str(key))
        return sent
    _refuse(_refused(draft))
    columns = _columns(draft)
    made = made_at(Offer, _slug(columns["title"]), key=key, office=office, changed_at=timezone.now(), **columns)
    return _tell("offer.recorded", Offer.objects.get(pk=made.pk), by=by)  # amounts as they are kept


@transaction.atomic
def mend_offer(offer: UUID, draft: OfferDraft, *, by: Actor, version: int) -> Offer:
    """Put what is true in place of what was written.

    Raises as `record_offer`, Offer.DoesNotExist outside the office, and EditConflictError.
    """
    kept = _held(offer, by=by, verb=Verb.KEEP_OFFERS, version=version)
    if kept.published_at and not can_in(by, Verb.PUBLISH_OFFER, office=kept.office):
        _refuse([Why.IS_PUBLIC])
    refusals = _refused(draft)
    if kept.published_at:
        refusals += refused_to_show(_facts(draft), is_demonstration=is_demonstration_office(kept.office))
    _refuse(refusals)
    return _moved("offer.mended", kept, by=by, **_columns(draft))


@transaction.atomic
def publish_offer(offer: UUID, *, by: Actor, version: int) -> Offer:
    """Let the public read an offer. Raises as `mend_offer`."""
    kept = _held(offer, by=by, verb=Verb.PUBLISH_OFFER, version=version)
    _refuse(refused_to_show(facts_of(kept), is_demonstration=is_demonstration_office(kept.office)))
    now = timezone.now()
    first = kept.first_published_at or now
    return _moved("offer.published", kept, by=by, published_at=now, first_published_at=first)


@transaction.atomic
def unpublish_offer(offer: UUID, *, by: Actor, version: int) -> Offer:
    """Hide an offer from the public. Raises as `mend_offer`."""
    kept = _held(offer, by=by, verb=Verb.PUBLISH_OFFER, version=version)
    first = told_since(kept.first_published_at)
    return _moved("offer.unpublished", kept, by=by, published_at=None, first_published_at=first)


@transaction.atomic
def set_way(draft: WayDraft, *, office: UUID | None, by: Actor, key: UUID, version: int | None = None) -> SupportWay:
    """Set a link to support the museum, or mend it at the version that was read; it is public at once.

    Raises NotAllowedError, OfferRefusedError, SupportWay.DoesNotExist outside the office, EditConflictError,
    and AnotherSentError as `record_offer`.
    """
    require_in(by, Verb.KEEP_SUPPORT, office=office)
    trail.hold(chain=_chain(office))
    told = {name: tidy(value) for name, value in asdict(draft).items()}
    facts = OfferFacts(draft.title, texts=tuple(map(str, told.values())), links=(told["url"] or "-",))
    _refuse([*refused_offer(facts), *([Why.TOO_LONG] if is_too_long(SupportWay, told) else [])])
    known = SupportWay.objects.filter(pk=key).first()
    if known and not ways_kept_by(by).filter(pk=key, office=office).exists():
        raise SupportWay.DoesNotExist(str(key))
    if known and version is None:
        if not has_values(known, told):
            raise AnotherSentError(str(key))
        return known  # the same form sent twice
    if known is None:
        way = SupportWay.objects.create(id=key, office=office, changed_at=timezone.now(), **told)
    else:
        claim(SupportWay.objects.filter(pk=key), version=version or 0, changed_at=timezone.now(), **told)
        way = SupportWay.objects.get(pk=key)
    trail.record("support.set", by=by, subject=str(key), content=row_content(way), chain=_chain(office))
    return way


@transaction.atomic
def drop_way(way: UUID, *, by: Actor, version: int) -> None:
    """Take a link away. Raises as `set_way`."""
    kept = ways_kept_by(by).filter(pk=way).first()
    if kept is None:
        raise SupportWay.DoesNotExist(str(way))
    require_in(by, Verb.KEEP_SUPPORT, office=kept.office)
    trail.hold(chain=_chain(kept.office))
    if not SupportWay.objects.filter(pk=way, version=version).delete()[0]:
        raise EditConflictError(str(way))
    trail.record("support.dropped", by=by, subject=str(way), content=row_content(kept), chain=_chain(kept.office))


def _held(offer: UUID, *, by: Actor, verb: Verb, version: int) -> Offer:
    known = offers_kept_by(by).filter(pk=offer).first()
    if known is None:
        raise Offer.DoesNotExist(str(offer))
    require_in(by, verb, office=known.office)
    trail.hold(chain=_chain(known.office))
    kept = offers_kept_by(by).get(pk=offer)
    if kept.version != version:
        raise EditConflictError(str(offer))
    return kept


def _refused(draft: OfferDraft) -> list[Why]:
    found = refused_offer(_facts(draft))
    found += [Why.TOO_LONG] if is_too_long(Offer, asdict(draft)) or len(draft.city) > _LONGEST_SLUG else []
    is_known = not draft.city or found or draft.city in place_names([draft.city], language="es")
    return found if is_known else [*found, Why.UNKNOWN_CITY]


def _facts(draft: OfferDraft) -> OfferFacts:
    texts = (draft.title_en, draft.description, draft.description_en, draft.source, draft.city, draft.currency)
    return OfferFacts(
        title=draft.title,
        texts=texts,
        description=draft.description,
        city=draft.city,
        amount=draft.amount,
        currency=draft.currency.strip(),
        contact_post=draft.contact_post,
        source=draft.source,
        links=(draft.source_url.strip(),),
    )


def _columns(draft: OfferDraft) -> dict[str, Any]:
    return {name: tidy(value, lines=name in _IN_LINES) for name, value in asdict(draft).items()}


def _slug(title: str) -> str:
    """Return the address that a title asks for."""
    return slugify(title)[:_LONGEST_SLUG].strip("-") or "oferta"


def _refuse(refusals: Sequence[Why]) -> None:
    if refusals:
        raise OfferRefusedError(dict.fromkeys(refusals))


def _moved(code: str, kept: Offer, *, by: Actor, **values: Any) -> Offer:
    claim(Offer.objects.filter(pk=kept.pk), version=kept.version, changed_at=timezone.now(), **values)
    return _tell(code, Offer.objects.get(pk=kept.pk), by=by)


def _chain(office: UUID | None) -> str:
    return str(office) if office else trail.REGISTRY


def _tell(code: str, offer: Offer, *, by: Actor) -> Offer:
    trail.record(code, by=by, subject=str(offer.pk), content=row_content(offer), chain=_chain(offer.office))
    return offer
