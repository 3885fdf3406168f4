"""The stops of the audio guide that editors wrote and the public may hear."""

from __future__ import annotations

from collections.abc import Iterable

from hermanar.museum.models import AudioStop


def kept_stops(*, host: str = "") -> tuple[AudioStop, ...]:
    """Return the stops that are shown, by number; of one city or of all."""
    shown = AudioStop.objects.filter(published_at__isnull=False).select_related("recording", "recording_en")
    return tuple(shown.filter(host=host) if host else shown)


def drafted_stops(hosts: Iterable[str]) -> tuple[AudioStop, ...]:
    """Return every stop of these cities, shown or not."""
    return tuple(AudioStop.objects.filter(host__in=list(hosts)).select_related("recording", "recording_en"))
