"""A step changed behind the verbs no longer fits what the trail kept of it."""

from __future__ import annotations

import pytest

from hermanar.agreements.models import Agreement, ProcedureStep
from hermanar.agreements.queries import steps_unlike_their_trail
from tests import cast as people
from tests.agreements.test_procedure import File

pytestmark = pytest.mark.django_db


@pytest.fixture
def file():
    return File(people.gather()).cleared().signed()


def test_what_the_verbs_wrote_fits(file):
    assert steps_unlike_their_trail() == []


@pytest.mark.parametrize(
    ("change", "number"),
    [
        (lambda key: ProcedureStep.objects.filter(agreement=key, number=3).update(reason="otra"), 3),
        (lambda key: ProcedureStep.objects.filter(agreement=key, number=4).update(is_favourable=False), 4),
        (lambda key: ProcedureStep.objects.filter(agreement=key, number=5).delete(), 5),
        (lambda key: Agreement.objects.filter(pk=key).update(stage="registered", registration_number="1"), 5),
        (lambda key: Agreement.objects.filter(pk=key).update(signed_on="2020-01-01"), 5),
    ],
)
def test_what_was_changed_behind_them_does_not(file, change, number):
    change(file.key)
    assert ("guanajuato/2026/0001", number) in steps_unlike_their_trail()
