"""Long work: asked for once, told of while it is done, taken over from a process that is gone, given up in the end."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks.base import TaskContext
from django_tasks.exceptions import InvalidTaskError, TaskResultDoesNotExist

from hermanar.foundation import jobs
from hermanar.foundation.models import Job
from tests.foundation.job_tasks import count, fail

pytestmark = pytest.mark.django_db
HERE, THERE, KEY = uuid.uuid4(), uuid.uuid4(), str(uuid.uuid4())


def ask(task=count, office=HERE, key=KEY, **more):
    return task.enqueue(key=key, office=str(office), **(more or ({"until": 3} if task is count else {})))


def long_ago():
    return timezone.now() - jobs.LEASE - dt.timedelta(seconds=1)


def test_asked_twice_is_one_job_and_is_done_once():
    first, again = ask(), ask()
    assert first.id == again.id
    assert first.status == TaskResultStatus.READY
    assert jobs.work() == 1
    assert jobs.work() == 0
    first.refresh()
    assert first.status == TaskResultStatus.SUCCESSFUL
    job = jobs.asked(count, office=HERE, key=KEY)
    assert (job.done, job.total, job.attempts, job.failure) == (3, 3, 1, "")


def test_the_same_key_in_another_office_is_another_job():
    assert ask().id != ask(office=THERE).id
    assert jobs.asked(count, office=THERE, key=uuid.uuid4()) is None
    assert [job.office for job in jobs.open_of(count, office=THERE)] == [THERE]


def test_what_is_not_told_by_name_is_refused():
    with pytest.raises(InvalidTaskError, match="key and office"):
        count.enqueue(key=KEY, until=1)
    with pytest.raises(TaskResultDoesNotExist):
        count.get_result(str(uuid.uuid4()))
    assert not Job.objects.exists()


@pytest.mark.parametrize("task", ["tests.foundation.job_tasks.renamed", "tests.foundation.moved.count"])
def test_a_job_whose_task_is_gone_fails_and_what_waits_behind_it_is_done(task):
    gone, behind = ask(), ask(key=str(uuid.uuid4()))
    Job.objects.filter(pk=gone.id).update(task=task)
    assert jobs.work() == 2
    job = Job.objects.get(pk=gone.id)
    assert (job.ended_at is not None, job.attempts) == (True, 1)
    assert job.failure in {"builtins.ImportError", "builtins.ModuleNotFoundError"}
    with pytest.raises(TaskResultDoesNotExist):
        count.get_result(gone.id)
    behind.refresh()
    assert behind.status == TaskResultStatus.SUCCESSFUL


def test_a_failure_is_kept_by_its_kind_and_told_in_the_log_alone(caplog):
    asked = ask(fail)
    ask()  # what waits behind it is done all the same
    assert jobs.work() == 2
    asked.refresh()
    assert asked.status == TaskResultStatus.FAILED
    assert asked.errors[0].exception_class_path == "tests.foundation.job_tasks.NoBreadError"
    assert "ana@example.org" not in str(Job.objects.values())
    assert [record.exc_info[0].__name__ for record in caplog.records] == ["NoBreadError"]


@pytest.mark.parametrize("told", [None, "now", "long ago"])
def test_a_job_is_taken_from_nobody_but_the_dead(told):
    asked = ask()
    moment = {None: None, "now": timezone.now(), "long ago": long_ago()}[told]
    Job.objects.update(told_at=moment, attempts=int(told is not None))
    assert jobs.work() == (0 if told == "now" else 1)
    asked.refresh()
    assert asked.is_finished == (told != "now")


def test_whoever_lost_a_job_stops_and_ends_nothing():
    ask()
    lost = jobs._taken()
    Job.objects.update(told_at=long_ago())
    taken = jobs._taken()
    assert (lost.attempts, taken.attempts) == (1, 2)
    told = jobs.progress_of(TaskContext(task_result=jobs.result_of(lost, count)))
    with pytest.raises(jobs.LostJobError):
        told(3, 3)
    jobs._do(lost)
    assert Job.objects.get().ended_at is None
    jobs._do(taken)
    assert Job.objects.get().ended_at is not None


def test_a_job_that_kills_every_process_is_given_up():
    asked = ask()
    for _attempt in range(jobs.MOST_ATTEMPTS):
        assert jobs._taken()
        Job.objects.update(told_at=long_ago())
    assert jobs.work() == 0
    asked.refresh()
    assert asked.status == TaskResultStatus.FAILED
    assert asked.errors[0].exception_class_path == "hermanar.foundation.jobs.LostJobError"


@pytest.mark.parametrize(
    ("told", "asked_ago", "begun"), [(None, 1, False), (None, 60, True), (1, 60, False), (120, 180, True)]
)
def test_whoever_looks_at_a_job_without_a_process_begins_one(monkeypatch, told, asked_ago, begun):
    ask()
    now, woken = timezone.now(), []
    told_at = now - dt.timedelta(seconds=told) if told else None
    Job.objects.update(asked_at=now - dt.timedelta(seconds=asked_ago), told_at=told_at)
    monkeypatch.setattr(jobs, "wake", lambda: woken.append(1))  # a process would see nothing of this database
    jobs.asked(count, office=HERE, key=KEY)
    assert bool(woken) == begun


def test_a_job_is_begun_when_it_is_committed_and_not_before(monkeypatch, django_capture_on_commit_callbacks):
    woken = []
    monkeypatch.setattr(jobs, "wake", lambda: woken.append(1))
    with django_capture_on_commit_callbacks() as begun:
        ask()
    assert woken == []
    for begin in begun:
        begin()
    assert woken == [1]


def test_what_ended_long_ago_is_forgotten():
    ask()
    jobs.work()
    Job.objects.update(ended_at=timezone.now() - jobs.KEPT + dt.timedelta(minutes=1))
    jobs.work()
    assert Job.objects.exists()
    Job.objects.update(ended_at=timezone.now() - jobs.KEPT)
    jobs.work()
    assert not Job.objects.exists()


def test_what_nobody_does_is_told_by_the_check(capsys):
    ask()
    assert [jobs.is_alone(job) for job in jobs.unended()] == [False]
    Job.objects.update(asked_at=long_ago())
    with pytest.raises(CommandError, match="nadie lo hace: ejecute hermanar work"):
        call_command("check")
    assert "1 sin terminar" in capsys.readouterr().out
    jobs.work()
    assert jobs.unended() == []
