"""The audio guide for whoever walks the hall with a telephone: by number, with sound or with its words."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from hermanar.museum.audio_guide import stops
from hermanar.museum.views.door import public

_DIGITS = 3


@public("numero")
def guide(request: HttpRequest) -> HttpResponse:
    """Show the stops; a number that was typed leads to its own."""
    typed = request.GET.get("numero", "").strip()
    found = stops()
    if (
        typed.isascii()
        and typed.isdecimal()
        and len(typed) <= _DIGITS
        and any(one.number == int(typed) for one in found)
    ):
        return redirect("museum:audio_stop", int(typed))
    return render(request, "museum/audio/list.html", {"stops": found, "missing": typed[:20]})


@public()
def stop(request: HttpRequest, number: int) -> HttpResponse:
    """Show a stop: its sound, its words, and the next."""
    found = stops()
    shown = next((one for one in found if one.number == number), None)
    if shown is None:
        raise Http404
    following = found[(found.index(shown) + 1) % len(found)]
    return render(
        request, "museum/audio/stop.html", {"stop": shown, "following": following if following != shown else None}
    )
