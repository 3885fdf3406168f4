"""The board as the public reads it."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Count, QuerySet

from hermanar.foundation.intake import Kind
from hermanar.foundation.intake.queries import shown_of
from hermanar.foundation.models import Contribution
from hermanar.museum.models import Practice, Problem


def shown_problems() -> QuerySet[Problem]:
    """Return the problems on the board, in its order."""
    return Problem.objects.filter(published_at__isnull=False)


def shown_practices(problem: Problem) -> QuerySet[Practice]:
    """Return what editors learnt from the answers to a problem."""
    return problem.practices.filter(published_at__isnull=False)


def answers_to(problem: Problem) -> QuerySet[Contribution]:
    """Return the answers to a problem that the public reads, the oldest first: they follow from each other."""
    return shown_of(Kind.ANSWER, about=problem.slug).order_by("published_at", "pk")


def answer_counts() -> dict[str, int]:
    """Return how many answers each problem has."""
    counted = shown_of(Kind.ANSWER).order_by().values("about").annotate(count=Count("pk"))
    return {row["about"]: row["count"] for row in counted}


def answering_cities(slugs: Sequence[str]) -> set[str]:
    """Return the cities that answers to these problems speak of."""
    found = shown_of(Kind.ANSWER).filter(about__in=slugs, content__city__isnull=False).order_by()
    return set(found.values_list("content__city", flat=True).distinct())
