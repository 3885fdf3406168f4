"""Indicators of a project, and what is measured of them."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, dataclass
from decimal import Decimal
from uuid import UUID

from django.db import transaction

from hermanar.cooperation.actions.projects import held_project, is_sent_again, refuse, settle
from hermanar.cooperation.models import Indicator, IndicatorValue, Project
from hermanar.cooperation.queries.projects import facts_of
from hermanar.cooperation.rules import indicators as law
from hermanar.cooperation.vocabulary import Level, Measure
from hermanar.foundation.access import Actor


@dataclass(frozen=True, slots=True)
class IndicatorDraft:
    """Something a project measures."""

    title_es: str
    level: Level
    measure: Measure
    unit: str = ""
    title_en: str = ""
    baseline: Decimal | None = None
    baseline_on: dt.date | None = None
    target: Decimal | None = None
    target_on: dt.date | None = None
    verification: str = ""


@dataclass(frozen=True, slots=True)
class ValueDraft:
    """What was measured on a day, and in what it is found."""

    on: dt.date
    value: Decimal
    verification: str


@transaction.atomic
def keep_indicator(
    project: UUID, draft: IndicatorDraft, *, by: Actor, version: int | None, key: UUID, today: dt.date
) -> Project:
    """Add an indicator under a new key, or change the one that has it; what was measured must still fit it.

    Who adds gives None for the version: what others write at the same time is no conflict.
    Raises NotAllowedError, Project.DoesNotExist, EditConflictError, ProjectRefusedError; and Indicator.DoesNotExist for
    the key of another project's.
    """
    kept = held_project(project, by=by, version=version)
    if is_sent_again(kept.indicators, key=key, version=version):
        return kept
    facts = law.IndicatorFacts(
        draft.title_es, draft.measure, draft.unit, draft.baseline, draft.baseline_on, draft.target, draft.target_on
    )
    found = law.refused_indicator(facts, today=today)
    for one in IndicatorValue.objects.filter(indicator=key, indicator__project=kept):
        found += law.refused_value(one.value, on=one.on, verification="-", of=facts, others=(), today=one.on)
    refuse(*found)
    told = {name: value.strip() if isinstance(value, str) else value for name, value in asdict(draft).items()}
    if draft.measure is Measure.PERCENTAGE:
        told["unit"] = ""
    if not kept.indicators.filter(pk=key).update(**told):
        if Indicator.objects.filter(pk=key).exists():
            raise Indicator.DoesNotExist(str(key))
        Indicator.objects.create(pk=key, project=kept, **told)
    return settle(kept, "project.indicator_kept", by=by)


@transaction.atomic
def take_out_indicator(project: UUID, indicator: UUID, *, by: Actor, version: int) -> Project:
    """Take an indicator and its values out of a project; the versions keep them. Raises as `keep_indicator`."""
    kept = held_project(project, by=by, version=version)
    one = _own(kept, indicator)
    one.values.all().delete()
    one.delete()
    return settle(kept, "project.indicator_taken_out", by=by)


@transaction.atomic
def keep_value(
    project: UUID, draft: ValueDraft, *, indicator: UUID, by: Actor, version: int | None, key: UUID, today: dt.date
) -> Project:
    """Add what was measured under a new key, or change the one that has it. Raises as `keep_indicator`."""
    kept = held_project(project, by=by, version=version)
    one = _own(kept, indicator)
    if is_sent_again(one.values, key=key, version=version):
        return kept
    others = set(one.values.exclude(pk=key).values_list("on", flat=True))
    said = {"on": draft.on, "verification": draft.verification}
    refuse(*law.refused_value(draft.value, **said, of=facts_of(one), others=others, today=today))  # type: ignore[arg-type]
    told = {"on": draft.on, "value": draft.value, "verification": draft.verification.strip()}
    if not one.values.filter(pk=key).update(**told):
        if IndicatorValue.objects.filter(pk=key).exists():
            raise IndicatorValue.DoesNotExist(str(key))
        IndicatorValue.objects.create(pk=key, indicator=one, **told)
    return settle(kept, "project.value_kept", by=by)


@transaction.atomic
def take_out_value(project: UUID, value: UUID, *, by: Actor, version: int) -> Project:
    """Take a value out, noted by mistake; the versions keep it. Raises as `keep_indicator`."""
    kept = held_project(project, by=by, version=version)
    one = IndicatorValue.objects.filter(indicator__project=kept, pk=value).first()
    if one is None:
        raise IndicatorValue.DoesNotExist(str(value))
    one.delete()
    return settle(kept, "project.value_taken_out", by=by)


def _own(kept: Project, indicator: UUID) -> Indicator:
    one = kept.indicators.filter(pk=indicator).first()
    if one is None:
        raise Indicator.DoesNotExist(str(indicator))
    return one
