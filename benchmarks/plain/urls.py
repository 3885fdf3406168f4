"""Addresses of the plain site, and the view of Django's manual: "Streaming large CSV files"."""

import csv

from django.http import HttpResponse, StreamingHttpResponse
from django.urls import path

from benchmarks.plain.models import Agreement

COLUMNS = [field.attname for field in Agreement._meta.concrete_fields]
WORDED = [field.attname for field in Agreement._meta.concrete_fields if field.choices]


class Echo:
    """What gives back what is written to it, as the manual has it."""

    def write(self, value):
        """Give it back."""
        return value


def objects(_request):
    """Stream every agreement as the manual shows: an object a row, its codes followed by their words."""
    shown = [f"get_{name}_display" for name in WORDED]
    rows = (
        [*(getattr(one, name) for name in COLUMNS), *(getattr(one, name)() for name in shown)]
        for one in Agreement.objects.iterator()
    )
    return _streamed([*COLUMNS, *WORDED], rows)


def values(_request):
    """Stream the same by one who knows what an object costs: the columns alone."""
    places = [(COLUMNS.index(name), dict(Agreement._meta.get_field(name).choices)) for name in WORDED]
    rows = (
        [*one, *(words.get(one[place], one[place]) for place, words in places)]
        for one in Agreement.objects.values_list(*COLUMNS).iterator()
    )
    return _streamed([*COLUMNS, *WORDED], rows)


def _streamed(headings, rows):
    writer = csv.writer(Echo())

    def lines():
        yield writer.writerow(headings)
        for row in rows:
            yield writer.writerow(row)

    headers = {"Content-Disposition": 'attachment; filename="agreements.csv"'}
    return StreamingHttpResponse(lines(), content_type="text/csv", headers=headers)


def ready(_request):
    """Answer who waits for the site."""
    return HttpResponse()


urlpatterns = [path("", ready), path("objects.csv", objects), path("values.csv", values)]
