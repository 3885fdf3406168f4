"""Reads of the registry."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Coalesce, NullIf

from hermanar.agreements.models import Agreement, AgreementVersion, Listing, Party, ProcedureStep, TextVersion
from hermanar.agreements.rules import (
    ActFacts,
    Due,
    FileFacts,
    ForceFacts,
    Opinion,
    Particulars,
    PartyFacts,
    awaits_opinion,
    changed_since,
    due_in,
    force,
    force_facts,
    is_signed,
    regime,
    urgency,
)
from hermanar.agreements.vocabulary import ActKind, Regime, Role, SignedPrecision, Stage, Standing
from hermanar.agreements.vocabulary.procedure import DueKind, Step, Urgency
from hermanar.directory.models import Identifier, Place
from hermanar.directory.vocabulary import PlaceKind, Scheme
from hermanar.foundation.calendar import PartialDate, Precision
from hermanar.foundation.calendar.keeping import WEEKEND, UnknownCalendarError, calendar_of
from hermanar.foundation.calendar.working_days import WorkingDays
from hermanar.offices.models import Office
from hermanar.offices.vocabulary import Level

# The index every list, count and map of agreements is answered from.
AGREEMENT_INDEX = "agreements"
_PREFERRED = (Scheme.INEGI, Scheme.GEONAMES, Scheme.WIKIDATA, Scheme.HERMANAR)
_BATCH = 500
# Written down when the office gets to it: what they follow may have happened before.
_WITHOUT_ORDER = (Step.DRAFT, Step.PUBLISH, Step.UNPUBLISH)


def public_identifiers(places: Iterable[UUID]) -> dict[UUID, str]:
    """Return the identifier each place is known by outside: INEGI before GeoNames before Wikidata."""
    wanted = list(places)
    found: dict[UUID, dict[str, str]] = defaultdict(dict)
    for start in range(0, len(wanted), _BATCH):
        rows = Identifier.objects.filter(place__in=wanted[start : start + _BATCH])
        for place, scheme, value in rows.order_by("-id").values_list("place", "scheme", "value"):
            found[place][scheme] = value
    chosen = {place: next(s for s in _PREFERRED if s in values) for place, values in found.items()}
    return {place: f"{scheme}:{found[place][scheme]}" for place, scheme in chosen.items()}


def party_cards(places: Iterable[UUID]) -> dict[UUID, dict[str, Any]]:
    """Return what a listing keeps of each place that is a party."""
    wanted = list(set(places))
    identifiers = public_identifiers(wanted)
    cards = {}
    for start in range(0, len(wanted), _BATCH):
        batch = Place.objects.filter(pk__in=wanted[start : start + _BATCH]).select_related("state")
        for place in batch:
            cards[place.pk] = _card(place, identifiers.get(place.pk, f"{Scheme.HERMANAR}:{place.pk}"))
    return cards


def _card(place: Place, identifier: str) -> dict[str, Any]:
    state = place if place.kind == PlaceKind.STATE else place.state
    return {
        "key": place.pk.hex,
        "id": identifier,
        "slug": place.slug,
        "name": place.name,
        "name_es": place.name_es,
        "name_en": place.name_en,
        "head_town": place.head_town,
        "kind": place.kind,
        "country": place.country_id,
        "state": state.name if state and place.country_id == "MX" else "",
        "state_slug": state.slug if state and place.country_id == "MX" else "",
        "region": place.region,
        "lat": place.latitude,
        "lng": place.longitude,
    }


def published() -> QuerySet[Agreement]:
    """Return the agreements the public may see."""
    return Agreement.objects.filter(published_at__isnull=False)


def published_listings() -> QuerySet[Listing]:
    """Return the derived rows of the agreements the public may see."""
    return Listing.objects.filter(is_published=True)


def agreements_between(
    pairs: Iterable[tuple[UUID, UUID]],
) -> Mapping[frozenset[UUID], list[UUID]]:
    """Return the agreements, published or not, whose parties include both places of each pair."""
    wanted = {frozenset(pair) for pair in pairs}
    places = {place for pair in wanted for place in pair}
    parties: dict[UUID, set[UUID]] = defaultdict(set)
    listed = list(places)
    for start in range(0, len(listed), _BATCH):
        rows = Party.objects.filter(place__in=listed[start : start + _BATCH]).values_list("agreement", "place")
        for agreement, place in rows:
            parties[agreement].add(place)
    found: dict[frozenset[UUID], list[UUID]] = defaultdict(list)
    for agreement, members in parties.items():
        for one in members:
            for other in members:
                pair = frozenset((one, other))
                if one.int < other.int and pair in wanted:
                    found[pair].append(agreement)
    return found


def for_office(office: UUID | None) -> QuerySet[Agreement]:
    """Return the files of an office; every read of the workspace begins here. None has no files."""
    if office is None:
        return Agreement.objects.none()
    return Agreement.objects.filter(office=office).select_related("office")


def documented_of(office: Office) -> QuerySet[Agreement]:
    """Return the past agreements that an office's place declares, that the public sees and that no office keeps yet."""
    if office.place_id is None:
        return Agreement.objects.none()
    own = Party.objects.filter(place=office.place_id, role=Role.DECLARING).values("agreement")
    found = Agreement.objects.filter(office__isnull=True, stage=Stage.RECORDED, published_at__isnull=False)
    return found.filter(pk__in=own).order_by("title_es", "reference")


def by_number(files: QuerySet[Agreement]) -> QuerySet[Agreement]:
    """Sort files by their number, whether they were opened here or taken over."""
    return files.order_by(Coalesce(NullIf("file_number", Value("")), "reference"))


def sent_for_review(office: UUID | None) -> QuerySet[Agreement]:
    """Return the files that other offices sent to this one for its opinion, by the day they are to be signed."""
    if office is None:
        return Agreement.objects.none()
    return open_to_review(office).filter(review_office=office)


def open_to_review(office: UUID | None) -> QuerySet[Agreement]:
    """Return the files that an office's reviewers may read and observe, by the day they are to be signed.

    They are those sent to it; for a state also those that its municipalities have asked the ministry's opinion of.
    """
    if office is None:
        return Agreement.objects.none()
    state = Office.objects.filter(
        pk=office,
        level=Level.STATE,
        place=OuterRef("office__place__state"),
        is_demonstration=OuterRef("office__is_demonstration"),
    )
    asked = ProcedureStep.objects.filter(agreement=OuterRef("pk"), step=Step.REQUEST_OPINION)
    of_the_state = Q(Exists(state), Exists(asked), office__level=Level.MUNICIPALITY)
    found = Agreement.objects.filter(Q(review_office=office) | of_the_state, office__isnull=False)
    ordered = found.exclude(stage=Stage.DRAFT).order_by(F("planned_signature_on").asc(nulls_last=True), "pk")
    return ordered.select_related("office")


def in_register() -> QuerySet[Agreement]:
    """Return every agreement of an office that was signed: what whoever keeps the register sees."""
    signed = [stage for stage in Stage if is_signed(stage)]
    return Agreement.objects.filter(office__isnull=False, stage__in=signed).select_related("office").order_by("-pk")


def regime_of(agreement: UUID) -> Regime:
    """Return the procedure that applies to the parties of an agreement."""
    rows = Party.objects.filter(agreement=agreement).select_related("place__state")
    facts = [PartyFacts(row.place.country_id, _state_of(row.place), Standing(row.standing)) for row in rows]
    return regime(facts) if facts else Regime.FOREIGN_ONLY


def regimes_of(agreements: Iterable[UUID]) -> dict[UUID, Regime]:
    """Return the procedure that applies to each of these agreements."""
    facts: dict[UUID, list[PartyFacts]] = defaultdict(list)
    wanted = list(agreements)
    for start in range(0, len(wanted), _BATCH):
        rows = Party.objects.filter(agreement__in=wanted[start : start + _BATCH]).select_related("place__state")
        for row in rows:
            party = PartyFacts(row.place.country_id, _state_of(row.place), Standing(row.standing))
            facts[row.agreement_id].append(party)
    return {key: regime(parties) for key, parties in facts.items()}


def _state_of(place: Place) -> str | None:
    state = place if place.kind == PlaceKind.STATE else place.state
    return state.slug if state else None


def force_facts_of(agreement: Agreement) -> ForceFacts:
    """Return what the force of an agreement depends on, from the record and its acts."""
    acts = agreement.acts.all()
    return force_facts(
        stage=Stage(agreement.stage),
        signed=PartialDate(agreement.signed_on, Precision(agreement.signed_precision)),
        term_years=agreement.term_years,
        is_open_ended=agreement.is_open_ended,
        acts=[
            ActFacts(ActKind(act.kind), PartialDate(act.on, Precision(act.precision)).last, act.until) for act in acts
        ],
    )


def opinion_of(agreement: UUID, *, until: dt.datetime | None = None) -> Opinion:
    """Return how the last round of the opinion ended and what changed since it was asked for, as known by a moment."""
    known = {"at__lte": until} if until else {}
    of_opinion = [Step.REQUEST_OPINION, Step.RECORD_OPINION, Step.SIGN]
    steps = list(ProcedureStep.objects.filter(agreement=agreement, step__in=of_opinion, **known).order_by("number"))
    asked = [step for step in steps if step.step == Step.REQUEST_OPINION]
    if not asked:
        return Opinion()
    last = [step for step in steps if step.step != Step.SIGN][-1]
    drafts = TextVersion.objects.filter(text__agreement=agreement, is_signed=False, **known)
    kept = AgreementVersion.objects.filter(agreement=agreement, **known).order_by("number")
    changed = changed_since(
        asked[-1].at,
        signed_at=next((step.at for step in steps if step.step == Step.SIGN), None),
        drafts=drafts.values_list("at", flat=True),
        particulars=[Particulars(at, values) for at, values in kept.values_list("at", "values")],
    )
    return Opinion(last.step == Step.RECORD_OPINION and last.is_favourable is True, changed)


def signed_without_opinion(agreement: Agreement) -> bool:
    """Say whether an office signed under the treaties law without a favourable opinion, and nothing has cured it."""
    was_signed = agreement.steps.filter(step=Step.SIGN).exists()
    return was_signed and not opinion_of(agreement.pk).stands


def reaffirmed_on(agreement: Agreement, *, until: dt.date) -> dt.date | None:
    """Return the last day on which the parties reaffirmed an agreement, as far as it is known."""
    acts = agreement.acts.filter(kind=ActKind.REAFFIRMATION, on__lte=until)
    return acts.order_by("-on").values_list("on", flat=True).first()


def file_facts(agreement: Agreement, *, today: dt.date) -> FileFacts:
    """Return what the steps of a file depend on."""
    force_now = force_facts_of(agreement)
    last = agreement.steps.exclude(step__in=_WITHOUT_ORDER).order_by("-number").first()
    versions = TextVersion.objects.filter(text__agreement=agreement)
    with_text = dict.fromkeys(versions.values_list("text__language", flat=True))
    signed = dict.fromkeys(versions.filter(is_signed=True).values_list("text__language", flat=True))
    opinion = opinion_of(agreement.pk)
    steps = agreement.steps.values_list("step", flat=True)
    asked_late = agreement.stage == Stage.SIGNED and awaits_opinion(Stage.SIGNED, steps)
    return FileFacts(
        stage=Stage(agreement.stage),
        regime=regime_of(agreement.pk),
        force=force(force_now, today),
        is_open_ended=agreement.is_open_ended,
        is_published=agreement.published_at is not None,
        is_filed=agreement.is_filed,
        has_areas=agreement.areas.exists(),
        languages=frozenset(agreement.languages.split()),
        languages_with_text=frozenset(with_text),
        languages_signed=frozenset(signed),
        has_favourable_opinion=opinion.stands,
        changed_since_request=opinion.changed,
        awaits_late_opinion=asked_late,
        ends_on=force_now.ends_on,
        last_step_on=last.on if last else None,
        reaffirmed_on=reaffirmed_on(agreement, until=today),
        planned_signature_on=agreement.planned_signature_on,
    )


@dataclass(frozen=True, slots=True)
class DueInFile:
    """Something due, and the file it is due in; `proposal` where a second person must decide."""

    agreement: Agreement
    due: Due
    urgency: Urgency
    proposal: UUID | None = None


def due_in_file(agreement: Agreement, *, facts: FileFacts, calendar: WorkingDays, today: dt.date) -> list[DueInFile]:
    """Return everything due in one file, what waits for a second person last."""
    things = due_in(
        facts,
        # Of a year or a month nobody knows the anniversary.
        signed_on=agreement.signed_on if agreement.signed_precision == SignedPrecision.DAY else None,
        programme_days=agreement.first_programme_days,
        calendar=calendar,
        today=today,
    )
    found = [DueInFile(agreement, due, urgency(due.on, today)) for due in things]
    for proposal in agreement.proposals.filter(decided_at__isnull=True):
        waiting = Due(DueKind.SECOND_PERSON, since=proposal.proposed_at.date(), step=Step(proposal.step))
        found.append(DueInFile(agreement, waiting, Urgency.UNDATED, proposal.pk))
    return found


def due_in_office(office: Office, *, today: dt.date) -> list[DueInFile]:
    """Return everything due in the files of an office, the most urgent first; what only waits stands last."""
    calendar = days_of(office)
    found: list[DueInFile] = []
    for agreement in for_office(office.pk).exclude(stage=Stage.ABANDONED).order_by("pk"):
        facts = file_facts(agreement, today=today)
        found += due_in_file(agreement, facts=facts, calendar=calendar, today=today)
    return sorted(found, key=_by_urgency)


def days_of(office: Office) -> WorkingDays:
    """Return the calendar an office counts by; while none is known only weekends rest, and each count says so."""
    try:
        return calendar_of(office.calendar)
    except UnknownCalendarError:
        return WorkingDays(office.calendar, frozenset(WEEKEND), frozenset())


_ORDER = {kind: place for place, kind in enumerate(Urgency)}
_ONLY_WAITING = frozenset({DueKind.OPINION_AWAITED, DueKind.REGISTRATION_AWAITED, DueKind.ANNIVERSARY})


def _by_urgency(one: DueInFile) -> tuple[bool, int, dt.date, str]:
    waits = one.due.kind in _ONLY_WAITING and one.urgency is not Urgency.OVERDUE
    return waits, _ORDER[one.urgency], one.due.on or dt.date.max, one.agreement.number
