"""What editors keep and the public sends in is as the trail kept it, and whoever changes it by hand is told."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import transaction
from django.utils import timezone

from hermanar.console.proving import flaws
from hermanar.foundation import intake
from hermanar.foundation.access import CONSOLE, Role
from hermanar.foundation.intake import Kind, Sending
from hermanar.foundation.models import Contribution, ContributionStep, uuid7
from hermanar.museum.actions.courses import load_courses
from hermanar.museum.actions.dialogue import PracticeDraft, ProblemDraft, gather, keep_problem, load_problems
from hermanar.museum.actions.events import EventDraft, record_event
from hermanar.museum.actions.exhibits import keep_exhibit
from hermanar.museum.actions.offers import OfferDraft, WayDraft, drop_way, record_offer, set_way
from hermanar.museum.actions.pairs import load_pairs
from hermanar.museum.models import (
    Course,
    Event,
    EventCity,
    Exhibit,
    Lesson,
    Offer,
    Pair,
    PairSide,
    Practice,
    Problem,
    Question,
    SupportWay,
)
from hermanar.museum.rules.exhibits import ExhibitDraft
from hermanar.museum.vocabulary.events import EventKind
from hermanar.museum.vocabulary.offers import OfferKind, Sector, WayKind
from tests.cast import gather as gather_cast
from tests.cooperation.test_gifts import keep
from tests.cooperation_acts import a_tie
from tests.museum.everyday import a_pair
from tests.museum.lessons import draft as course_draft

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast(db):
    """Return the cast, with one of everything that the museum keeps a trail of."""
    cast = gather_cast()
    by = cast.of(Role.DIRECTOR)
    record_event(
        EventDraft("Feria", kind=EventKind.EVENT, starts_on=dt.date(2027, 5, 1), cities=(cast.ashland.slug,)),
        office=cast.office.pk, by=by, key=uuid7(),
    )  # fmt: skip
    record_offer(
        OfferDraft(OfferKind.INVESTMENT, next(iter(Sector)), "Planta"), office=cast.office.pk, by=by, key=uuid7()
    )
    ways = [WayDraft(next(iter(WayKind)), title, "https://example.org/") for title in ("Tienda", "Otra")]
    kept, dropped = (set_way(way, office=cast.office.pk, by=by, key=uuid7()) for way in ways)
    drop_way(dropped.pk, by=by, version=dropped.version)
    load_courses([course_draft()], by=CONSOLE, published_at=timezone.now())
    load_pairs([a_pair()], by=CONSOLE)
    load_problems([ProblemDraft("agua", "guanajuato", "¿Y el agua?", "Falta.")], by=CONSOLE)
    problem = keep_problem(ProblemDraft("luz", "guanajuato", "¿Y la luz?", "Falta."), by=by)
    gather(PracticeDraft(problem.pk, "Medir", "Se mide."), by=by)
    kept = intake.receive(Sending(
        Kind.PROPOSAL, {"city": "guanajuato", "title": "Un banco", "text": "En cada plaza."}, "es", uuid7(),
        office=cast.office.pk, place="guanajuato",
    ))  # fmt: skip
    kept = intake.publish(kept.pk, by=by, version=kept.version)
    intake.hide(kept.pk, by=by, version=kept.version, reason="Se repite")
    gift = keep(cast, a_tie(cast))
    keep_exhibit(gift.pk, by=by, draft=ExhibitDraft(slug="un-mural", story="De un taller."))
    assert flaws([]) == []
    return cast


EDITS = {
    "exhibit": lambda: Exhibit.objects.update(story="Otra"),
    "event": lambda: Event.objects.update(title="Otra"),
    "a city of an event": lambda: EventCity.objects.all().delete(),
    "offer": lambda: Offer.objects.update(title="Otra"),
    "support": lambda: SupportWay.objects.update(url="https://example.com/"),
    "a support way that is gone": lambda: SupportWay.objects.all().delete(),
    "course": lambda: Course.objects.update(title="Otro"),
    "a course that is shown": lambda: Course.objects.update(published_at=None),
    "lesson": lambda: Lesson.objects.filter(number=1).update(body="Otro"),
    "question": lambda: Question.objects.filter(number=1).update(right="a"),
    "pair": lambda: Pair.objects.update(note="Otra"),
    "a side of a pair": lambda: PairSide.objects.filter(number=0).update(answer="Otra"),
    "problem": lambda: Problem.objects.filter(slug="agua").update(text="Otro"),
    "a problem that is shown": lambda: Problem.objects.filter(slug="agua").update(published_at=None),
    "practice": lambda: Practice.objects.update(answers=["x"]),
    "contribution": lambda: Contribution.objects.update(content={"title": "Otro"}),
    "a state": lambda: Contribution.objects.update(state="refused"),
    "whose it is": lambda: Contribution.objects.update(office=None),
    "why": lambda: ContributionStep.objects.filter(step="hide").update(reason="Otra"),
}


@pytest.mark.row(19)
def test_what_somebody_changed_by_hand_is_told_once(cast):
    found = {}
    for what, edit in EDITS.items():
        with transaction.atomic():
            edit()
            found[what] = len(flaws([]))
            transaction.set_rollback(True)
    assert found == dict.fromkeys(EDITS, 1)
