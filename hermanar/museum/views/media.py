"""Pictures and recordings that pages show. Their names cannot be guessed; originals are never given."""

from __future__ import annotations

import re
from typing import cast

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from hermanar.museum.views.door import public

TYPES = {
    "webp": "image/webp", "jpg": "image/jpeg", "png": "image/png", "mp3": "audio/mpeg", "ogg": "audio/ogg",
    "m4a": "audio/mp4", "wav": "audio/wav", "mp4": "video/mp4", "webm": "video/webm",
}  # fmt: skip
_GIVEN = re.compile(r"(imagenes|grabaciones)/[A-Za-z0-9_.\-]{1,200}\.([a-z0-9]{3,4})\Z")  # no disk keeps longer names
_RANGE = re.compile(r"bytes=(?!-\Z)([0-9]{0,15})-([0-9]{0,15})\Z")  # one part; of several, the whole
_FOR_EVER = "public, max-age=31536000, immutable"
_FOR_A_DAY = "public, max-age=86400"  # a voice may have to be taken back


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
    answer = _answer(file, asked=request.headers.get("Range", ""))
    answer["Content-Type"] = TYPES[given[2]]
    answer["Cache-Control"] = _FOR_EVER if given[1] == "imagenes" else _FOR_A_DAY
    answer["Accept-Ranges"] = "bytes"
    return cast("HttpResponse", answer)


class _Part:
    """Some bytes of a file, which it closes."""

    def __init__(self, file: File, first: int, length: int) -> None:
        file.seek(first)
        self._file, self._left, self.close = file, length, file.close

    def read(self, most: int) -> bytes:
        """Return the next bytes, none at the end."""
        given: bytes = self._file.read(min(most, self._left))
        self._left -= len(given)
        return given


def _answer(file: File, *, asked: str) -> HttpResponseBase:
    """Give the whole file, or the one part that a player asks for: some telephones play nothing else."""
    wanted, size = _RANGE.match(asked), file.size
    if wanted is None:
        return FileResponse(file)
    first, last = wanted[1], wanted[2]
    begin = int(first) if first else max(size - int(last), 0)
    end = min(int(last), size - 1) if first and last else size - 1
    if begin > end:
        file.close()
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    answer = FileResponse(_Part(file, begin, end - begin + 1), status=206)
    answer["Content-Range"], answer["Content-Length"] = f"bytes {begin}-{end}/{size}", str(end - begin + 1)
    return answer
