"""The WSGI entry point."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import DEFAULT_DB_ALIAS

from hermanar.console.orphans import end_with_server
from hermanar.site.front import KEPT, watch
from hermanar.site.remembered import Remembered, moments_of
from hermanar.site.watch.answers import Watched

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hermanar.site.settings")
_django = get_wsgi_application()
end_with_server()
_remembered = Remembered(
    _django,
    moments_of(DEFAULT_DB_ALIAS),
    most=settings.REMEMBERED_BYTES,
    told=(KEPT,) if settings.FRONT else (),
)
if settings.FRONT:
    watch(settings.FRONT, moments_of(DEFAULT_DB_ALIAS))
_figures = None
if settings.METRICS:
    from hermanar.site.watch import metrics  # after Django is set up: it asks models

    _figures = metrics.Figures(settings.METRICS_DIR)
    metrics.keep_counting(_figures, _remembered.taken)
    metrics.listen(metrics.place_of(settings.METRICS))
application = Watched(_remembered, count=_figures.count if _figures else None)
