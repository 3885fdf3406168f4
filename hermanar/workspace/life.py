"""What the page of a tie's life shows: what was done and given, who works on it, how it is judged."""

from __future__ import annotations

import datetime as dt
from typing import Any

from hermanar.agreements.models import Agreement
from hermanar.agreements.vocabulary import Stage
from hermanar.cooperation.queries import committees_by_area, going_projects, plans_of, waiting_entries
from hermanar.cooperation.queries.calls import call_state, standing_calls
from hermanar.foundation.access import Actor, Verb, can_in
from hermanar.planning.models import Assessment
from hermanar.planning.vocabulary import AssessmentStage
from hermanar.workspace.activities import done_in
from hermanar.workspace.reciprocity import drawn_for

_MOST_ASSESSMENTS = 5


def life_of(kept: Agreement, *, actor: Actor, today: dt.date) -> dict[str, Any]:
    """Gather the life of a tie for a person, with what the person may add to it."""
    stands = kept.stage != Stage.ABANDONED
    assessments = Assessment.objects.filter(agreement=kept).exclude(stage=AssessmentStage.ABANDONED)
    return {
        **done_in(kept, actor=actor, today=today),
        "guest_count": kept.guests.filter(user__isnull=False, ended_at__isnull=True).count(),
        "told_count": waiting_entries(kept.office_id).filter(guest__agreement=kept).count(),
        "ledger": drawn_for(kept),
        "may_record_gift": can_in(actor, Verb.RECORD_GIFT, office=kept.office_id),
        "committees": committees_by_area(kept),
        "may_keep_committees": stands and can_in(actor, Verb.KEEP_COMMITTEES, office=kept.office_id),
        "plans": plans_of(kept.office_id).filter(agreement=kept),
        "may_keep_plans": stands and can_in(actor, Verb.KEEP_PLANS, office=kept.office_id),
        "projects": going_projects(kept.office_id).filter(agreement=kept),
        "may_keep_projects": stands and can_in(actor, Verb.KEEP_PROJECTS, office=kept.office_id),
        "calls": [(one, call_state(one, today=today)) for one in standing_calls(kept.office_id).filter(agreement=kept)],
        "may_keep_calls": stands and can_in(actor, Verb.KEEP_CALLS, office=kept.office_id),
        "assessments": assessments.select_related("outline").order_by("-on", "-begun_at")[:_MOST_ASSESSMENTS],
        "may_assess": stands and can_in(actor, Verb.ASSESS, office=kept.office_id),
    }
