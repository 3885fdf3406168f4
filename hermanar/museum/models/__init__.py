"""The museum's own tables, one file for each noun."""

from hermanar.museum.models.events import Event, EventCity

__all__ = ["Event", "EventCity"]
