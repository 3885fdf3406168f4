"""Tables of the museum, one noun a file: what editors tell and what visitors send in. Records stay in the catalogue."""

from hermanar.museum.models.events import Event, EventCity
from hermanar.museum.models.letters import Delivery, Issue, Subscription
from hermanar.museum.models.media import Picture, PictureRendition, Recording
from hermanar.museum.models.pages import (
    ExhibitionPage,
    HallPage,
    HomePage,
    MuseumPage,
    RoomPage,
    RoutePage,
    StoryPage,
    TextPage,
)

__all__ = [
    "Delivery",
    "Event",
    "EventCity",
    "ExhibitionPage",
    "HallPage",
    "HomePage",
    "Issue",
    "MuseumPage",
    "Picture",
    "PictureRendition",
    "Recording",
    "RoomPage",
    "RoutePage",
    "StoryPage",
    "Subscription",
    "TextPage",
]
