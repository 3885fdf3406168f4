"""Pictures and recordings that pages show. Their names cannot be guessed; originals are never given."""

from __future__ import annotations

import re
from typing import cast

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse

from hermanar.museum.views.door import public

TYPES = {
    "webp": "image/webp", "jpg": "image/jpeg", "png": "image/png", "mp3": "audio/mpeg", "ogg": "audio/ogg",
    "m4a": "audio/mp4", "wav": "audio/wav", "mp4": "video/mp4", "webm": "video/webm",
}  # fmt: skip
_GIVEN = re.compile(r"(imagenes|grabaciones)/[A-Za-z0-9_.\-]+\.([a-z0-9]{3,4})\Z")
_FOR_EVER = "public, max-age=31536000, immutable"


@public()
def media(request: HttpRequest, name: str) -> HttpResponse:
    """Give a file that a page shows."""
    given = _GIVEN.match(name)
    if given is None or given[2] not in TYPES:
        raise Http404
    try:
        file = default_storage.open(name)
    except (FileNotFoundError, IsADirectoryError) as gone:
        raise Http404 from gone
    answer = FileResponse(file, content_type=TYPES[given[2]])
    answer["Cache-Control"] = _FOR_EVER
    return cast("HttpResponse", answer)
