"""The board's verbs: problems are loaded, posed and mended; good practices are gathered; both are shown and hidden."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, TypeVar
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Model
from django.utils import timezone

from hermanar.foundation import trail
from hermanar.foundation.access import Actor, Verb, require
from hermanar.foundation.editing import AnotherSentError, claim, has_values
from hermanar.foundation.intake import Kind
from hermanar.foundation.intake.queries import shown_of
from hermanar.foundation.models import uuid7
from hermanar.museum.models import Asker, Practice, Problem
from hermanar.museum.queries.contents import practice_told, problem_told

M = TypeVar("M", bound=Model)


@dataclass(frozen=True, slots=True)
class ProblemDraft:
    """A problem as a person or a shipped file tells it."""

    slug: str
    city: str
    title: str
    text: str
    title_en: str = ""
    text_en: str = ""
    asker: str = Asker.OFFICE.value
    source: str = ""
    passage: str = ""
    as_of: str = ""


@dataclass(slots=True)
class LoadedProblems:
    """What a load did; `kept` are those that a person edited since."""

    entered: int = 0
    mended: int = 0
    unchanged: int = 0
    kept: tuple[str, ...] = ()


@transaction.atomic
def load_problems(drafts: Sequence[ProblemDraft], *, by: Actor) -> LoadedProblems:
    """Enter and show the shipped problems, and bring up to date those that nobody edited; may be repeated."""
    require(by, Verb.KEEP_BOARD)
    trail.hold()
    done = LoadedProblems()
    for position, draft in enumerate(drafts, start=1):
        kept = Problem.objects.filter(slug=draft.slug).first()
        if kept is None:
            Problem.objects.create(**asdict(draft), position=position, published_at=timezone.now())
            done.entered += 1
        elif kept.edited_at:
            done.kept = (*done.kept, draft.slug)
            continue
        elif content_of(kept) == asdict(draft):
            done.unchanged += 1
            continue
        else:
            claim(Problem.objects.filter(pk=kept.pk), version=kept.version, **asdict(draft))
            done.mended += 1
        _tell("problem.loaded", Problem.objects.get(slug=draft.slug), by=by)
    return done


def _tell(code: str, kept: Problem, *, by: Actor) -> None:
    trail.record(code, by=by, subject=str(kept.pk), content=problem_told(kept))


def _tell_practice(code: str, kept: Practice, *, by: Actor) -> None:
    trail.record(code, by=by, subject=str(kept.pk), content=practice_told(kept))


def content_of(kept: Problem) -> dict[str, str]:
    """Return what a problem says, as its draft and the trail hold it."""
    return {name: getattr(kept, name) for name in ProblemDraft.__dataclass_fields__}


@transaction.atomic
def keep_problem(
    draft: ProblemDraft, *, by: Actor, problem: UUID | None = None, version: int = 0, key: UUID | None = None
) -> Problem:
    """Pose a problem, once for each key of a form, or mend one on the version that was read.

    Raises NotAllowedError, Problem.DoesNotExist, EditConflictError, and AnotherSentError when the form came before with
    something else in it, or another problem has its address.
    """
    require(by, Verb.KEEP_BOARD)
    trail.hold()
    now = timezone.now()
    if problem is None:
        kept, is_new = _entered(Problem, key, asdict(draft), edited_at=now)
        if not is_new:
            return kept
    else:
        kept = Problem.objects.get(pk=problem)
        claim(Problem.objects.filter(pk=problem), version=version, edited_at=now, **asdict(draft))
        kept.refresh_from_db()
    _tell("problem.kept", kept, by=by)
    return kept


def _entered(model: type[M], key: UUID | None, told: dict[str, Any], **more: Any) -> tuple[M, bool]:
    """Make a row of a form's key and say whether it is new. Raises AnotherSentError where it holds something else."""
    key = key or uuid7()
    rows = model._default_manager  # noqa: SLF001  no model hides rows
    try:
        with transaction.atomic():
            return rows.create(id=key, **told, **more), True
    except IntegrityError:  # the same form came twice, or somebody was first under the same address
        kept = rows.filter(pk=key).first()
    if kept is None or not has_values(kept, told):
        raise AnotherSentError(str(key))
    return kept, False


@transaction.atomic
def show_problem(problem: UUID, *, by: Actor, version: int, is_shown: bool) -> Problem:
    """Put a problem on the board, or take it off; its answers stay with it. Raises as `keep_problem`."""
    require(by, Verb.KEEP_BOARD)
    trail.hold()
    now = timezone.now()
    claim(Problem.objects.filter(pk=problem), version=version, published_at=now if is_shown else None, edited_at=now)
    kept = Problem.objects.get(pk=problem)
    _tell("problem.shown" if is_shown else "problem.hidden", kept, by=by)
    return kept


@dataclass(frozen=True, slots=True)
class PracticeDraft:
    """What was learnt, and from which answers."""

    problem: UUID
    title: str
    text: str
    title_en: str = ""
    text_en: str = ""
    answers: tuple[str, ...] = ()


@transaction.atomic
def gather(
    draft: PracticeDraft, *, by: Actor, practice: UUID | None = None, version: int = 0, key: UUID | None = None
) -> Practice:
    """Gather a good practice from answers to a problem, or mend one; only answers that the public reads count.

    Raises as `keep_problem`, and Practice.DoesNotExist.
    """
    require(by, Verb.KEEP_BOARD)
    trail.hold()
    problem = Problem.objects.get(pk=draft.problem)
    there = {str(key) for key in shown_of(Kind.ANSWER, about=problem.slug).values_list("pk", flat=True)}
    values = {**asdict(draft), "problem": problem, "answers": [key for key in draft.answers if key in there]}
    if practice is None:
        kept, is_new = _entered(Practice, key, values)
        if not is_new:
            return kept
    else:
        kept = Practice.objects.get(pk=practice)
        claim(Practice.objects.filter(pk=practice), version=version, **values)
        kept.refresh_from_db()
    _tell_practice("practice.gathered", kept, by=by)
    return kept


@transaction.atomic
def show_practice(practice: UUID, *, by: Actor, version: int, is_shown: bool) -> Practice:
    """Show a good practice to the public, or hide it. Raises as `gather`."""
    require(by, Verb.KEEP_BOARD)
    trail.hold()
    claim(Practice.objects.filter(pk=practice), version=version, published_at=timezone.now() if is_shown else None)
    kept = Practice.objects.get(pk=practice)
    _tell_practice("practice.shown" if is_shown else "practice.hidden", kept, by=by)
    return kept
