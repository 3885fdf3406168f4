"""The WSGI entry point."""

import gc
import os
from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import DEFAULT_DB_ALIAS
from django.urls import get_resolver

from hermanar.console.orphans import end_with_server
from hermanar.site.front import KEPT, KEPT_FILES, watch
from hermanar.site.remembered import Remembered, moments_of
from hermanar.site.watch.answers import Watched

gc.disable()  # what is loaded stays: it is looked through for garbage neither now nor with each request
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hermanar.site.settings")
_django = get_wsgi_application()
end_with_server()
_most = settings.REMEMBERED_BYTES // (2 if settings.STANDBY else 1)
_pages, _files = ((KEPT,), (KEPT_FILES,)) if settings.FRONT else ((), ())
_primary = Remembered(_django, moments_of(DEFAULT_DB_ALIAS), most=_most, told=_pages, told_of_files=_files)
_memories = [_primary]
_inside: Callable[..., Iterable[Any]] = _primary
if settings.STANDBY:
    from hermanar.site.standby import Shared, Standby  # after Django is set up: it asks where offices live

    _standby = Standby(settings.STANDBY)
    _memories.append(Remembered(_django, _standby, most=_most))
    _inside = Shared(_standby, from_primary=_primary, from_standby=_memories[1])
    _standby.follow()
if settings.FRONT:
    watch(settings.FRONT, moments_of(DEFAULT_DB_ALIAS))
_figures = None
if settings.METRICS:
    from hermanar.site.watch import metrics  # after Django is set up: it asks models

    _figures = metrics.Figures(settings.METRICS_DIR)
    metrics.keep_counting(_figures, lambda: sum((memory.taken() for memory in _memories), Counter()))
    metrics.listen(metrics.place_of(settings.METRICS))
application = Watched(_inside, count=_figures.count if _figures else None)
get_resolver().url_patterns  # noqa: B018 (the pages are loaded too, which Django leaves to the first visitor)
gc.collect()
gc.freeze()
gc.enable()
