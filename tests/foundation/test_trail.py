"""The trail shows that a link was changed, taken out, put in or moved."""

from __future__ import annotations

import pytest

from hermanar.foundation import trail
from hermanar.foundation.access import CONSOLE, Actor, NotAllowedError, Role, Verb, require
from hermanar.foundation.models import TrailEntry

pytestmark = pytest.mark.django_db


@pytest.fixture
def chain():
    return [trail.record("agreement.recorded", by=CONSOLE, content={"row": n}) for n in range(5)]


def test_trail_untouched_has_no_break(chain):
    assert [entry.number for entry in chain] == [1, 2, 3, 4, 5]
    assert trail.first_break() is None


@pytest.mark.parametrize("field", ["actor", "code", "subject", "content_digest", "previous_digest"])
def test_trail_edit_is_seen(chain, field):
    TrailEntry.objects.filter(number=3).update(**{field: "x"})
    assert trail.first_break() == 3


def test_trail_deletion_is_seen(chain):
    TrailEntry.objects.filter(number=2).delete()
    assert trail.first_break() == 2


def test_trail_swap_is_seen(chain):
    TrailEntry.objects.filter(number=2).update(number=99)
    TrailEntry.objects.filter(number=3).update(number=2)
    assert trail.first_break() == 2


def test_public_may_do_nothing():
    for verb in Verb:
        with pytest.raises(NotAllowedError):
            require(Actor("visitor", Role.PUBLIC), verb)
