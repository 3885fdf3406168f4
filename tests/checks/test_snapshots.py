"""What long loads are shared by: one loads, the next takes the copy, and nobody keeps anything."""

from __future__ import annotations

import pytest
from django.db import connection, transaction

from hermanar.foundation.models import Revision, Source
from hermanar.foundation.search import bump
from tests.snapshots import of_this_run


@pytest.fixture
def load():
    def enter():
        enter.times += 1
        with transaction.atomic():
            Source.objects.create(key="prueba", kind="press", title_es="Prueba")
            bump("prueba")
        return "told"

    enter.times = 0
    return enter


@pytest.mark.django_db(transaction=True)
def test_what_is_loaded_once_is_given_twice_and_taken_away(snapshots, load):
    epochs = []
    for _time in range(2):
        with snapshots.loaded("prueba", load) as told:
            assert (told, Source.objects.filter(key="prueba").count()) == ("told", 1)
            epochs.append(Revision.objects.get(name="prueba").epoch)
        assert not Source.objects.filter(key="prueba").exists()
    assert load.times == 1
    assert epochs[0] != epochs[1]  # no index and no kept answer of the one serves the other


def test_a_database_that_is_not_the_suite_s_is_left_alone(monkeypatch, tmp_path_factory):
    monkeypatch.setitem(connection.settings_dict, "NAME", "hermanar")
    with pytest.raises(RuntimeError, match="hermanar is not a database of tests"):
        of_this_run(tmp_path_factory)
