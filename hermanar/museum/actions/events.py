"""Events: kept, mended, shown, moved, cancelled. Whoever was told one day is told of another."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import asdict, dataclass
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
from hermanar.foundation.models import Source
from hermanar.museum.actions.slugs import made_at
from hermanar.museum.actions.texts import is_too_long, tidy
from hermanar.museum.models import Event, EventCity
from hermanar.museum.queries.events import event_content, facts_of, kept_by
from hermanar.museum.queries.news import told_since
from hermanar.museum.rules.events import EventFacts, EventRefusedError, Span, is_moved, refused_event, refused_to_show
from hermanar.museum.vocabulary.events import EventKind, EventState
from hermanar.museum.vocabulary.events import EventRefusal as Why

_LONGEST_SLUG = 100
_IN_LINES = frozenset({"description", "description_en"})


@dataclass(frozen=True, slots=True)
class EventDraft:
    """An event as a person tells it; None is not known."""

    title: str
    title_en: str = ""
    kind: EventKind = EventKind.EVENT
    part_of: UUID | None = None
    description: str = ""
    description_en: str = ""
    starts_on: dt.date | None = None
    ends_on: dt.date | None = None
    starts_at: dt.time | None = None
    ends_at: dt.time | None = None
    time_zone: str = "America/Mexico_City"
    every_years: int | None = None
    place: str = ""
    city: str = ""
    organiser: str = ""
    more_url: str = ""
    source: UUID | None = None
    passage: str = ""
    as_of: str = ""
    cities: tuple[str, ...] = ()

    @property
    def span(self) -> Span:
        """Return when it is, as the rules look at it."""
        return Span(self.starts_on, self.ends_on, self.starts_at, self.ends_at, self.time_zone)


@transaction.atomic
def record_event(draft: EventDraft, *, office: UUID | None, by: Actor, key: UUID, reference: str = "") -> Event:
    """Keep an event of an office, or of the museum; the same form sent twice does it once.

    Raises NotAllowedError, EventRefusedError, AnotherSentError when the form came before with something else in it, and
    Event.DoesNotExist for a whole that is not the actor's to add to.
    """
    require_in(by, Verb.KEEP_AGENDA, office=office)
    trail.hold(chain=_chain(office))
    if sent := Event.objects.filter(pk=key).first():
        if sent.office != office:
            raise Event.DoesNotExist(str(key))
        is_same = has_values(sent, _columns(draft)) and set(draft.cities) == {city.slug for city in sent.cities.all()}
        if not is_same:
            raise AnotherSentError(str(key))
        return sent
    parent = _whole(draft.part_of, by=by)
    _refuse([*refused_event(_facts(draft, parent)), *_unfit_texts(draft)])
    more = {"office": office, "reference": reference, "changed_at": timezone.now()}
    made = made_at(Event, _slug(draft.title), key=key, **more, **_columns(draft))
    _keep_cities(made, draft.cities)
    _tell("event.recorded", made, by=by)
    return made


@transaction.atomic
def mend_event(event: UUID, draft: EventDraft, *, by: Actor, version: int) -> Event:
    """Put what is true in place of what was written; a public event on another day than was told has moved.

    Raises as `record_event`, Event.DoesNotExist outside the office, and EditConflictError.
    """
    kept = _held(event, by=by, verb=Verb.KEEP_AGENDA, version=version)
    _only_who_shows(kept, by=by)
    parent = _whole(draft.part_of, by=by)
    facts = _facts(draft, parent, state=EventState(kept.state), has_parts=kept.parts.exists())
    refusals = [*refused_event(facts), *_unfit_texts(draft)]
    refusals += [Why.UNFIT_PARENT] if draft.part_of == kept.pk else []
    refusals += _unfit_parts(kept, draft.kind)
    if kept.published_at:
        refusals += refused_to_show(facts, is_demonstration=is_demonstration_office(kept.office))
    _refuse(refusals)
    values = _columns(draft)
    if kept.published_at and kept.state != EventState.CANCELLED and is_moved(kept.span, draft.span):
        values |= {"state": EventState.MOVED, "former_on": kept.starts_on, "former_at": kept.starts_at}
    elif kept.state == EventState.PROPOSED and draft.starts_on:  # somebody set the day: it is called
        values |= {"state": EventState.PLANNED}
    _keep_cities(kept, draft.cities)
    return _moved("event.mended", kept, by=by, **values)


@transaction.atomic
def publish_event(event: UUID, *, by: Actor, version: int) -> Event:
    """Let the public see an event. Raises as `mend_event`."""
    kept = _held(event, by=by, verb=Verb.PUBLISH_AGENDA, version=version)
    _refuse([Why.ALREADY_SO] if kept.published_at else [])
    _refuse(refused_to_show(facts_of(kept), is_demonstration=is_demonstration_office(kept.office)))
    now = timezone.now()
    first = kept.first_published_at or now
    return _moved("event.published", kept, by=by, published_at=now, first_published_at=first)


@transaction.atomic
def unpublish_event(event: UUID, *, by: Actor, version: int) -> Event:
    """Take an event off the calendar, as if it had never stood there. Raises as `mend_event`."""
    kept = _held(event, by=by, verb=Verb.PUBLISH_AGENDA, version=version)
    first = told_since(kept.first_published_at)
    return _moved("event.unpublished", kept, by=by, published_at=None, first_published_at=first)


@transaction.atomic
def cancel_event(event: UUID, *, by: Actor, version: int, note: str, note_en: str = "") -> Event:
    """Say that it will not be, and why; it stays on the calendar and says so. Raises as `mend_event`."""
    kept = _held(event, by=by, verb=Verb.KEEP_AGENDA, version=version)
    _only_who_shows(kept, by=by)
    _refuse([Why.ALREADY_SO] if kept.state == EventState.CANCELLED else [])
    _refuse([] if note.strip() else [Why.NO_REASON])
    return _told_state("event.cancelled", kept, EventState.CANCELLED, by=by, notes=(note, note_en))


@transaction.atomic
def propose_event(event: UUID, *, by: Actor, version: int, note: str = "", note_en: str = "") -> Event:
    """Say that it is only proposed: nobody has called it yet. Raises as `mend_event`."""
    kept = _held(event, by=by, verb=Verb.KEEP_AGENDA, version=version)
    _only_who_shows(kept, by=by)
    return _told_state("event.proposed", kept, EventState.PROPOSED, by=by, notes=(note, note_en))


@transaction.atomic
def reinstate_event(event: UUID, *, by: Actor, version: int, note: str = "", note_en: str = "") -> Event:
    """Say that it will be, after all. Raises as `mend_event`."""
    kept = _held(event, by=by, verb=Verb.KEEP_AGENDA, version=version)
    _only_who_shows(kept, by=by)
    is_standing = kept.state not in {EventState.CANCELLED, EventState.PROPOSED}
    _refuse([Why.ALREADY_SO] if is_standing else [])
    state = EventState.MOVED if kept.former_on else EventState.PLANNED
    return _told_state("event.reinstated", kept, state, by=by, notes=(note, note_en))


def _told_state(code: str, kept: Event, state: EventState, *, by: Actor, notes: tuple[str, str]) -> Event:
    _refuse(refused_event(_with_texts(kept, notes)))
    told = {"state_note": tidy(notes[0]), "state_note_en": tidy(notes[1])}
    _refuse([Why.TOO_LONG] if is_too_long(Event, told) else [])
    return _moved(code, kept, by=by, state=state, **told)


def _with_texts(kept: Event, texts: tuple[str, ...]) -> EventFacts:
    return EventFacts(EventKind(kept.kind), kept.title, kept.span, texts=texts)


def _held(event: UUID, *, by: Actor, verb: Verb, version: int) -> Event:
    """Return an event of the actor's office, its chain held, at the version that was read."""
    known = kept_by(by).filter(pk=event).first()
    if known is None:
        raise Event.DoesNotExist(str(event))
    require_in(by, verb, office=known.office)
    trail.hold(chain=_chain(known.office))
    kept = kept_by(by).get(pk=event)
    if kept.version != version:
        raise EditConflictError(str(event))
    return kept


def _only_who_shows(kept: Event, *, by: Actor) -> None:
    if kept.published_at and not can_in(by, Verb.PUBLISH_AGENDA, office=kept.office):
        _refuse([Why.IS_PUBLIC])


def _whole(part_of: UUID | None, *, by: Actor) -> Event | None:
    """Return what an event is part of: of the actor's own, or public, for a city adds to a feast of all."""
    if part_of is None:
        return None
    own = kept_by(by).filter(pk=part_of).first()
    return own or Event.objects.get(pk=part_of, published_at__isnull=False)


def _unfit_parts(kept: Event, kind: EventKind) -> list[Why]:
    kinds = set(kept.parts.values_list("kind", flat=True))
    unfit = kind == EventKind.FESTIVAL and kinds & {EventKind.FESTIVAL, EventKind.FEAST}
    return [Why.UNFIT_PARENT] if unfit else []


def _unfit_texts(draft: EventDraft) -> list[Why]:
    long = is_too_long(Event, asdict(draft)) or any(len(slug) > _LONGEST_SLUG for slug in draft.cities)
    return [Why.TOO_LONG] if long else _unknown_cities(draft)


def _unknown_cities(draft: EventDraft) -> list[Why]:
    named = {slug for slug in (draft.city, *draft.cities) if slug}
    return [Why.UNKNOWN_CITY] if named - set(place_names(sorted(named), language="es")) else []


def _facts(draft: EventDraft, parent: Event | None, **more: Any) -> EventFacts:
    texts = (draft.title_en, draft.description, draft.description_en, draft.organiser, draft.passage, draft.as_of)
    return EventFacts(
        kind=draft.kind,
        title=draft.title,
        span=draft.span,
        texts=texts,
        city=draft.city,
        place=draft.place,
        more_url=draft.more_url.strip(),
        cities=draft.cities,
        every_years=draft.every_years,
        parent=EventKind(parent.kind) if parent else None,
        has_source=draft.source is not None,
        **more,
    )


def _columns(draft: EventDraft) -> dict[str, Any]:
    """Return a draft as the table keeps it."""
    told = {name: tidy(value, lines=name in _IN_LINES) for name, value in asdict(draft).items()}
    told["part_of_id"] = told.pop("part_of")
    source = told.pop("source")
    told["source"] = Source.objects.get(pk=source) if source else None
    del told["cities"]
    return told


def _slug(title: str) -> str:
    """Return the address that a title asks for."""
    return slugify(title)[:_LONGEST_SLUG].strip("-") or "actividad"


def _keep_cities(event: Event, slugs: Sequence[str]) -> None:
    wanted = dict.fromkeys(slugs)
    event.cities.exclude(slug__in=wanted).delete()
    held = set(event.cities.values_list("slug", flat=True))
    EventCity.objects.bulk_create(EventCity(event=event, slug=slug) for slug in wanted if slug not in held)


def _refuse(refusals: Sequence[Why]) -> None:
    if refusals:
        raise EventRefusedError(dict.fromkeys(refusals))


def _moved(code: str, kept: Event, *, by: Actor, **values: Any) -> Event:
    now = timezone.now()
    claim(Event.objects.filter(pk=kept.pk), version=kept.version, changed_at=now, edited_at=now, **values)
    fresh = Event.objects.get(pk=kept.pk)
    _tell(code, fresh, by=by)
    return fresh


def _chain(office: UUID | None) -> str:
    return str(office) if office else trail.REGISTRY


def _tell(code: str, event: Event, *, by: Actor) -> None:
    """Tell the trail a digest of all that is kept of an event."""
    trail.record(code, by=by, subject=str(event.pk), content=event_content(event), chain=_chain(event.office))
