"""One picture is decoded at a time, and who waits for a turn does not wait for ever."""

from __future__ import annotations

import fcntl
import io
import os
import time
import uuid

import pytest

from hermanar.foundation.access import Actor, Role
from hermanar.foundation.documents import images, store_upload
from tests.elsewhere import elsewhere
from tests.foundation import samples

pytestmark = pytest.mark.row(12)


def store():
    by = Actor("analyst", Role.REGISTRY_STEWARD, office=uuid.UUID(int=1), user=uuid.UUID(int=9))
    return store_upload(io.BytesIO(samples.picture()), name="x.png", by=by, office=by.office)


def test_pictures_are_read_one_at_a_time(monkeypatch):
    now, most = [], []

    def write(stream, into):
        now.append(stream)
        most.append(len(now))
        time.sleep(0.05)
        now.remove(stream)
        return "image/png"

    monkeypatch.setattr(images, "_write_anew", write)
    threads = [elsewhere(lambda: images.write_anew(io.BytesIO(), io.BytesIO())) for _thread in range(5)]
    for thread, raised in threads:
        thread.join(timeout=20)
        assert raised == []
    assert most == [1] * 5


@pytest.mark.django_db
def test_a_turn_that_does_not_come_is_refused_and_keeps_nothing(tmp_path, settings, monkeypatch):
    settings.VAR = var = tmp_path / "var"
    monkeypatch.setattr(images, "_MOST_SECONDS", 0.2)
    with images.alone():
        thread, raised = elsewhere(lambda: images.write_anew(io.BytesIO(samples.picture()), io.BytesIO()))
        thread.join(timeout=20)
    assert [type(error) for error in raised] == [images.BusyError]
    descriptor = os.open(var / "iiif", os.O_RDONLY)
    fcntl.flock(descriptor, fcntl.LOCK_EX)  # as another process does
    with pytest.raises(images.BusyError):
        store()
    os.close(descriptor)
    assert [path for path in var.rglob("*") if path.is_file()] == []
    assert store().pk
