"""Long work as Django's tasks: a row that tells how far it is, done by a process of its own (decision 43).

A page asks for it (`task.enqueue(key=…, office=…)`) and answers at once. When that is committed, a process begins
(`hermanar work`) that does what waits and ends. While it lives it tells so again and again; a job of which nobody told
for `LEASE` has lost its process, and is taken by the next. So a job may run twice: what it writes has a key.
"""

from __future__ import annotations

import datetime as dt
import logging
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from typing import Any
from uuid import UUID, uuid5

from django.db import DatabaseError, connection, transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.module_loading import import_string
from django_tasks.backends.base import BaseTaskBackend
from django_tasks.base import Task, TaskContext, TaskError, TaskResult, TaskResultStatus
from django_tasks.exceptions import InvalidTaskError, TaskResultDoesNotExist

from hermanar.foundation.models import Job

LEASE = dt.timedelta(seconds=60)
LONGEST = dt.timedelta(hours=2)  # what takes longer hangs
MOST_ATTEMPTS = 3
KEPT = dt.timedelta(days=30)  # after its end: what it made stands elsewhere
_BEGINS_WITHIN = dt.timedelta(seconds=15)
_TELLS_EVERY = 0.5  # seconds
_log = logging.getLogger("hermanar.jobs")

Progress = Callable[[int, int], None]


class LostJobError(Exception):
    """Another process has taken the job over, or it has ended."""


class Jobs(BaseTaskBackend):
    """The backend of Django's tasks for work that takes longer than a page may."""

    supports_get_result = True

    def enqueue(self, task: Task[Any, Any], args: Any, kwargs: Any) -> TaskResult[Any]:
        """Ask for a job once: the same task, `office` and `key` are the same job. Raises InvalidTaskError."""
        self.validate_task(task)
        if args or {"key", "office"} - set(kwargs):
            raise InvalidTaskError(f"{task.name} is asked for by names, key and office among them")
        office = UUID(str(kwargs["office"]))
        with transaction.atomic():
            told = {"office": office, "task": task.module_path, "arguments": kwargs}
            job, _made = Job.objects.get_or_create(pk=job_of(task, office=office, key=kwargs["key"]), defaults=told)
            transaction.on_commit(wake)
        return result_of(job, task)

    def get_result(self, result_id: str) -> TaskResult[Any]:
        """Return what is known of a job. Raises TaskResultDoesNotExist, of one too whose task there is no more."""
        job = Job.objects.filter(pk=result_id).first()
        if job is None:
            raise TaskResultDoesNotExist(result_id)
        try:
            task = import_string(job.task)
        except ImportError as gone:
            raise TaskResultDoesNotExist(result_id) from gone
        return result_of(job, task)


def job_of(task: Task[Any, Any], *, office: UUID, key: UUID | str) -> UUID:
    """Return the job that a form's key asks for: one office cannot name another's."""
    return uuid5(office, f"{task.module_path} {key}")


def asked(task: Task[Any, Any], *, office: UUID, key: UUID | str) -> Job | None:
    """Return the job of a key, if it was asked for; begin it again where its process is gone."""
    job = Job.objects.filter(pk=job_of(task, office=office, key=key), office=office).first()
    if job and is_alone(job):
        wake()
    return job


def open_of(task: Task[Any, Any], *, office: UUID) -> QuerySet[Job]:
    """Return the jobs of an office that were asked for and have not ended, the newest first."""
    return Job.objects.filter(office=office, task=task.module_path, ended_at=None).order_by("-asked_at")


def unended() -> list[Job]:
    """Return the jobs that have not ended, of whatever office, the oldest first."""
    return list(Job.objects.filter(ended_at=None).order_by("asked_at", "pk"))


def is_alone(job: Job) -> bool:
    """Tell whether nobody does a job that has not ended: its process was killed, or could not begin."""
    if job.ended_at is not None:
        return False
    now = timezone.now()
    return job.told_at < now - LEASE if job.told_at else job.asked_at < now - _BEGINS_WITHIN


def result_of(job: Job, task: Task[Any, Any]) -> TaskResult[Any]:
    """Return a job as Django's tasks tell of it."""
    states, ended = TaskResultStatus, job.ended_at is not None
    begun = states.RUNNING if job.attempts else states.READY
    failed = TaskError(exception_class_path=job.failure, traceback="")  # a trace may tell what is nobody's business
    result: TaskResult[Any] = TaskResult(
        task=task,
        id=str(job.pk),
        status=(states.FAILED if job.failure else states.SUCCESSFUL) if ended else begun,
        enqueued_at=job.asked_at,
        started_at=job.began_at,
        last_attempted_at=job.told_at,
        finished_at=job.ended_at,
        args=[],
        kwargs=job.arguments,
        backend="jobs",
        errors=[failed] if job.failure else [],
        worker_ids=[str(number) for number in range(job.attempts)],
    )
    return result


def wake() -> None:
    """Begin a process that does what waits; what could not begin is begun when somebody looks at it again."""
    command = [sys.executable, "-m", "hermanar.site", "work"]
    try:
        subprocess.Popen(  # noqa: S603 (our own program)
            command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, start_new_session=True
        )
    except OSError:
        _log.exception("no process could be begun for what waits")


def work(*, alive: bool = False) -> int:
    """Do what waits, one after the other; return how many jobs were done. `alive`: tell meanwhile that one lives."""
    Job.objects.filter(ended_at__lt=timezone.now() - KEPT).delete()
    done = 0
    while job := _taken():
        done += 1
        with _telling(job) if alive else nullcontext():
            _do(job)
    return done


def _waiting() -> QuerySet[Job]:
    lost = Q(told_at__lt=timezone.now() - LEASE)
    return Job.objects.filter(Q(told_at=None) | lost, ended_at=None).order_by("asked_at", "pk")


def _taken() -> Job | None:
    """Take the first job that nobody does: of two processes that want it, one gets it."""
    while job := _waiting().first():
        mine = Job.objects.filter(pk=job.pk, attempts=job.attempts, ended_at=None)
        now = timezone.now()
        if job.attempts >= MOST_ATTEMPTS:  # whoever does it dies of it
            mine.update(ended_at=now, failure=f"{LostJobError.__module__}.{LostJobError.__qualname__}")
        elif mine.update(attempts=F("attempts") + 1, told_at=now, began_at=job.began_at or now):
            return Job.objects.get(pk=job.pk)
    return None


@contextmanager
def _telling(job: Job) -> Iterator[None]:
    """Tell of a job in a thread beside it: a paper of thousands of pages is one call that tells of nothing."""
    over = threading.Event()
    mine = Job.objects.filter(pk=job.pk, attempts=job.attempts, ended_at=None)

    def tell() -> None:
        until = time.monotonic() + LONGEST.total_seconds()
        while not over.wait(LEASE.total_seconds() / 6) and time.monotonic() < until:
            try:
                mine.update(told_at=timezone.now())
            except DatabaseError:
                _log.warning("job %s could not tell that it lives", job.pk)
                connection.close()
        connection.close()

    beside = threading.Thread(target=tell, daemon=True, name="jobs")
    beside.start()
    try:
        yield
    finally:
        over.set()
        beside.join()


def _do(job: Job) -> None:
    mine = Job.objects.filter(pk=job.pk, attempts=job.attempts, ended_at=None)
    failure = ""
    try:
        task = import_string(job.task)  # an upgrade may have renamed it
        given = [TaskContext(task_result=result_of(job, task))] if task.takes_context else []
        task.call(*given, **job.arguments)
    except LostJobError:
        return
    except Exception as error:  # noqa: BLE001 (whatever ends a job is told where it was asked for, and in the log)
        _log.exception("job %s of %s failed", job.pk, job.task)
        failure = f"{type(error).__module__}.{type(error).__qualname__}"
    mine.update(ended_at=timezone.now(), failure=failure)


def progress_of(context: TaskContext) -> Progress:
    """Return what a task calls to say how far it is: (done, total). It raises LostJobError where the job is lost."""
    result, told = context.task_result, [0.0]
    mine = Job.objects.filter(pk=result.id, attempts=result.attempts, ended_at=None)

    def tell(done: int, total: int) -> None:
        now = time.monotonic()
        if done < total and now - told[0] < _TELLS_EVERY:
            return
        told[0] = now
        if not mine.update(done=done, total=total, told_at=timezone.now()):
            raise LostJobError(result.id)

    return tell
