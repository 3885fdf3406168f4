"""A process of its own over a database of its own: does what a line asks and answers with a line."""

from __future__ import annotations

import json
import os
import sys
import time

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hermanar.site.settings")
django.setup()

from django.db import OperationalError, close_old_connections, transaction

from hermanar.agreements.actions import correct
from hermanar.agreements.actions.listing import mark_changed
from hermanar.agreements.models import Agreement
from hermanar.catalogue import read
from hermanar.catalogue.search import Filters
from hermanar.catalogue.search.documents import AgreementContent
from hermanar.foundation.access import CONSOLE
from hermanar.observatory.actions import CaptureFacts, PlaceFacts, TieFacts, load_capture
from hermanar.observatory.actions.facts import CaptureRows
from tests.catalogue.conftest import TODAY, build_world


def kinds():
    page = read.agreements(Filters(), today=TODAY, language="es")
    facet = next(facet for facet in page.facets if facet.name == "kind")
    return {option.value: option.count for option in facet.options}


def request_kinds():
    """Ask as a request does: between two of them Django looks after its connections."""
    close_old_connections()
    try:
        return kinds()
    except OperationalError as error:
        return type(error).__name__


def build():
    build_world()


def edit(slug, kind):
    record = Agreement.objects.get(slug=slug)
    correct(record.pk, by=CONSOLE, version=record.version, values={"kind": kind}, source_key="fuente")


def rebuild_slowly():
    original = AgreementContent.documents

    def slow(self, subjects, *, day):
        for document in original(self, subjects, day=day):
            yield document
            print(json.dumps("half"), flush=True)
            time.sleep(60)

    AgreementContent.documents = slow
    mark_changed(None)
    return kinds()


def load(*, seconds):
    """Load a capture in a transaction that stays open a while; tell whether it was there already."""
    facts = CaptureFacts(
        key="prueba", source="prueba", title_es="Prueba", title_en="Test", captured_on="2026", origin="prueba",
        coverage_es="", coverage_en="", digest="1",
    )  # fmt: skip
    ends = [PlaceFacts(name, name, "Spain", "ES") for name in ("Lugo", "Sevilla")]
    with transaction.atomic():
        report = load_capture(CaptureRows(facts, ends, [TieFacts(1, "Lugo", "Sevilla")]), by=CONSOLE)
        print(json.dumps("half"), flush=True)
        time.sleep(seconds)
    return report.is_unchanged


def load_slowly():
    return load(seconds=1)


def load_after():
    return load(seconds=0)


CALLS = (kinds, request_kinds, build, edit, rebuild_slowly, load_slowly, load_after)
VERBS = {verb.__name__: verb for verb in CALLS}

if __name__ == "__main__":
    for line in sys.stdin:
        verb, *values = json.loads(line)
        print(json.dumps(VERBS[verb](*values)), flush=True)
