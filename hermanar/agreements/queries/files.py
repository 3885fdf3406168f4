"""Whose files: those of an office, those that others sent to it, those that a register holds."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Coalesce, NullIf

from hermanar.agreements.models import Agreement, Party, ProcedureStep
from hermanar.agreements.rules import is_signed
from hermanar.agreements.vocabulary import Role, Stage
from hermanar.agreements.vocabulary.procedure import Step
from hermanar.offices.models import Office
from hermanar.offices.vocabulary import Level


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
