"""Pairs are drafted, mended, published and withdrawn by those who may; shipped ones are loaded beside them."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from hermanar.console.rows import rows_of
from hermanar.console.shipped_pairs import drafts_of, sources
from hermanar.foundation.access import CONSOLE, Actor, NotAllowedError, Role, Verb, can
from hermanar.foundation.editing import EditConflictError
from hermanar.foundation.models import TrailEntry
from hermanar.foundation.trail import first_break
from hermanar.museum.actions.pairs import draft, load_pairs, mend, publish, withdraw
from hermanar.museum.models import Pair, PairSide
from hermanar.museum.queries.pairs import as_drafted, pair_sheet
from hermanar.museum.rules.pairs import PairRefusedError
from tests.museum.everyday import WHOLE, a_pair

pytestmark = pytest.mark.django_db
EDITOR = Actor("editor", Role.COORDINATOR)
AUTHOR = Actor("author", Role.MUSEUM_EDITOR)
SHIPPED = drafts_of(rows_of("pairs", "museum"), sources())


def codes():
    return list(TrailEntry.objects.order_by("number").values_list("code", flat=True))


def refusals(error):
    return [(flaw.refusal.value, flaw.side) for flaw in error.value.flaws]


def test_pair_from_draft_to_public_and_back():
    kept = draft(WHOLE, by=EDITOR)
    assert pair_sheet(kept.slug, "es") is None
    shown = publish(kept.pk, by=EDITOR, version=kept.version)
    sheet = pair_sheet(kept.slug, "en")
    assert (sheet.question.text, sheet.sides[1].answer.text) == (WHOLE.question_en, "Two people")
    mended = mend(kept.pk, said=a_pair(note="Otra nota"), by=EDITOR, version=shown.version)
    withdrawn = withdraw(kept.pk, by=EDITOR, version=mended.version)
    assert pair_sheet(kept.slug, "es") is None
    assert (withdrawn.was_published, withdrawn.version) == (True, 4)
    assert codes() == ["pair.drafted", "pair.published", "pair.mended", "pair.withdrawn"]
    assert first_break() is None


@pytest.mark.parametrize("role", [one for one in Role if not can(Actor("", one), Verb.EDIT_ROOMS)])
def test_nobody_else_may(role):
    kept = draft(WHOLE, by=EDITOR)
    actor = Actor("someone", role)
    for verb in (
        lambda: draft(a_pair(slug="otra"), by=actor),
        lambda: mend(kept.pk, said=a_pair(note="x"), by=actor, version=1),
        lambda: publish(kept.pk, by=actor, version=1),
        lambda: withdraw(kept.pk, by=actor, version=1),
        lambda: load_pairs(SHIPPED, by=actor),
    ):
        with pytest.raises(NotAllowedError):
            verb()
    assert codes() == ["pair.drafted"]


def test_any_editor_makes_a_pair_and_whoever_approves_shows_it():
    kept = draft(WHOLE, by=AUTHOR)
    mended = mend(kept.pk, said=a_pair(note="Otra"), by=AUTHOR, version=kept.version)
    for verb in (publish, withdraw):
        with pytest.raises(NotAllowedError):
            verb(kept.pk, by=AUTHOR, version=mended.version)
    assert publish(kept.pk, by=EDITOR, version=mended.version).published_at


def test_said_twice_is_done_once():
    kept = draft(WHOLE, by=EDITOR)
    assert draft(WHOLE, by=EDITOR) == kept
    assert mend(kept.pk, said=WHOLE, by=EDITOR, version=99) == kept
    shown = publish(kept.pk, by=EDITOR, version=1)
    assert publish(kept.pk, by=EDITOR, version=1).version == shown.version
    gone = withdraw(kept.pk, by=EDITOR, version=shown.version)
    assert withdraw(kept.pk, by=EDITOR, version=1).version == gone.version
    assert codes() == ["pair.drafted", "pair.published", "pair.withdrawn"]


@pytest.mark.parametrize("verb", ["mend", "publish", "withdraw"])
def test_second_of_two_editors_learns_that_it_changed(verb):
    kept = draft(WHOLE, by=EDITOR)
    if verb == "withdraw":
        publish(kept.pk, by=EDITOR, version=kept.version)
    mend(kept.pk, said=a_pair(note="La primera"), by=EDITOR, version=Pair.objects.get().version)
    with pytest.raises(EditConflictError):
        match verb:
            case "mend":
                mend(kept.pk, said=a_pair(note="La segunda"), by=EDITOR, version=1)
            case "publish":
                publish(kept.pk, by=EDITOR, version=1)
            case _:
                withdraw(kept.pk, by=EDITOR, version=1)
    assert as_drafted(Pair.objects.get()).note == "La primera"


def test_side_without_source_is_never_kept():
    with pytest.raises(PairRefusedError) as refused:
        draft(a_pair(right={"source": ""}), by=EDITOR)
    assert refusals(refused) == [("no_source", 1)]
    kept = draft(WHOLE, by=EDITOR)
    with pytest.raises(IntegrityError), transaction.atomic():
        PairSide.objects.filter(pair=kept, number=1).update(source="")


def test_unfinished_pair_is_kept_but_not_shown_and_a_shown_one_stays_whole():
    kept = draft(a_pair(question=""), by=EDITOR)
    with pytest.raises(PairRefusedError) as refused:
        publish(kept.pk, by=EDITOR, version=kept.version)
    assert refusals(refused) == [("no_question", None)]
    mended = mend(kept.pk, said=WHOLE, by=EDITOR, version=kept.version)
    shown = publish(kept.pk, by=EDITOR, version=mended.version)
    with pytest.raises(PairRefusedError):
        mend(kept.pk, said=a_pair(question=""), by=EDITOR, version=shown.version)
    assert Pair.objects.get().question == WHOLE.question


def test_address_is_one_pairs_alone_and_frozen_once_public():
    kept = draft(WHOLE, by=EDITOR)
    other = draft(a_pair(slug="otra"), by=EDITOR)
    with pytest.raises(PairRefusedError) as refused:
        draft(a_pair(note="Distinta"), by=EDITOR)
    assert refusals(refused) == [("slug_taken", None)]
    with pytest.raises(PairRefusedError) as refused:
        mend(other.pk, said=WHOLE, by=EDITOR, version=other.version)
    assert refusals(refused) == [("slug_taken", None)]
    moved = mend(kept.pk, said=a_pair(slug="mejor"), by=EDITOR, version=kept.version)
    shown = publish(kept.pk, by=EDITOR, version=moved.version)
    gone = withdraw(kept.pk, by=EDITOR, version=shown.version)
    with pytest.raises(PairRefusedError) as refused:
        mend(kept.pk, said=a_pair(slug="otra-vez"), by=EDITOR, version=gone.version)
    assert refusals(refused) == [("slug_frozen", None)]


def test_load_may_be_repeated_and_leaves_what_a_person_edited():
    first = load_pairs(SHIPPED, by=CONSOLE)
    assert (first.entered, first.mended, first.unchanged, first.kept) == (len(SHIPPED), 0, 0, ())
    again = load_pairs(SHIPPED, by=CONSOLE)
    assert (again.entered, again.mended, again.unchanged) == (0, 0, len(SHIPPED))
    assert codes() == ["pair.loaded"] * len(SHIPPED)
    mine, hidden = SHIPPED[0], SHIPPED[1]
    edited = Pair.objects.get(slug=mine.slug)
    changed = a_pair(slug=mine.slug, question="¿La mía?")
    mend(edited.pk, said=changed, by=EDITOR, version=edited.version)
    away = Pair.objects.get(slug=hidden.slug)
    withdraw(away.pk, by=EDITOR, version=away.version)
    newer = [a_pair(slug=one.slug, question="¿Nueva?") for one in SHIPPED[:3]] + SHIPPED[3:]
    done = load_pairs(newer, by=CONSOLE)
    assert (done.entered, done.mended, done.unchanged) == (0, 1, len(SHIPPED) - 3)
    assert done.kept == (mine.slug, hidden.slug)
    assert as_drafted(Pair.objects.get(slug=mine.slug)) == changed
    assert pair_sheet(hidden.slug, "es") is None


def test_shipped_pairs_have_sources_that_exist_and_ten_are_answered_on_both_sides():
    known = {row["title_es"]: row for row in sources().values()}
    sides = [(one.slug, side) for one in SHIPPED for side in one.sides if not side.is_unknown]
    assert [slug for slug, side in sides if side.source not in known or not side.as_of or not side.answer_en] == []
    answered = [one for one in SHIPPED if not any(side.is_unknown for side in one.sides)]
    assert len(answered) >= 10
    assert {one.mode for one in answered} == {"guess", "slide", "turn"}
    assert all("guanajuato" in {side.place for side in one.sides} for one in SHIPPED)
