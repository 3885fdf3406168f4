"""Every pair of stage and step, tried by verb: where the table closes a step nothing moves, whoever asks."""

from __future__ import annotations

import datetime as dt
import os

import pytest
from django.db import transaction

from hermanar.agreements import actions
from hermanar.agreements.actions import SignatureDraft
from hermanar.agreements.models import Agreement
from hermanar.agreements.rules import StepRefusedError
from hermanar.agreements.vocabulary import Stage
from hermanar.agreements.vocabulary.procedure import Step
from hermanar.foundation.access import NotAllowedError, Role
from tests.agreements.filing import SIGNATURE_ON, File, on
from tests.agreements.test_procedure_rules import OPEN_AT
from tests.agreements.test_who_may import MORE, REVIEWER, STEWARD

pytestmark = [pytest.mark.django_db, pytest.mark.row(6)]
VERBS = {Step.PUBLISH: "publish_file", Step.UNPUBLISH: "withdraw"}
DIRECTOR = ("guanajuato", Role.DIRECTOR)
DOES = {Step.RECORD_REGISTRATION: STEWARD, Step.RECORD_OBSERVATIONS: REVIEWER, Step.RECORD_OPINION: REVIEWER}
# A signature without a favourable opinion opens these again (D2.7); their own tests try them there.
CURES = {Step.REQUEST_OPINION, Step.RECORD_OBSERVATIONS, Step.RECORD_OPINION}
LACKING = {
    Step.SIGN: {"signature": SignatureDraft("Ashland", ("A",), is_without_opinion=True)},
    Step.REQUEST_OPINION: {"planned_signature_on": dt.date(2026, 9, 1)},
}
NIGHT = bool(os.environ.get("HERMANAR_NIGHT"))


def moved(key):
    kept = Agreement.objects.get(pk=key)
    return kept.version, kept.stage, kept.published_at, kept.steps.count(), kept.proposals.count()


def is_done(step, file, by):
    """Do a step and undo it; tell whether anything moved. A refusal says so by its own name."""
    name = VERBS.get(step, step.value)
    values = {"today": SIGNATURE_ON, **MORE.get(name, {}), **LACKING.get(step, {})}
    if step is not Step.PUBLISH:
        values["step"] = on(SIGNATURE_ON, letter="L", reason="r")
    if step is Step.RECORD_REGISTRATION:
        values["number"] = "7"
    before = moved(file.key)
    with transaction.atomic():
        try:
            getattr(actions, name)(file.key, by=by, version=file.now.version, **values)
        except (StepRefusedError, NotAllowedError, Agreement.DoesNotExist):
            assert moved(file.key) == before, f"{name} was refused and wrote"
        after = moved(file.key)
        transaction.set_rollback(True)
    return after != before


def test_a_step_moves_a_file_at_its_stages_only(cast, figure):
    file = File(cast).asked()
    everyone = list(cast.people) if NIGHT else [DIRECTOR]
    tried, opened = 0, set()
    for stage in Stage:
        Agreement.objects.filter(pk=file.key).update(stage=stage, registration_number="7")
        for step in OPEN_AT:
            if step in CURES and stage is Stage.SIGNED:
                continue
            for who in {DOES.get(step, DIRECTOR), *everyone}:
                tried += 1
                if is_done(step, file, cast.people[who]):
                    opened.add(step)
                    assert stage in OPEN_AT[step], (stage, step, who)
    # These ask for more than a stage: what lacks, their own tests give.
    assert set(OPEN_AT) - opened <= {Step.SEND_SIGNED_COPIES, Step.RECORD_REGISTRATION, Step.RESUME, Step.UNPUBLISH}
    figure(f"{tried} pairs of stage and step by verb, 0 moved where the table closes it")
