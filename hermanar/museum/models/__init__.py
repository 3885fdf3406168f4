"""Tables of the museum, one noun a file: what editors tell and what visitors send in. Records stay in the catalogue."""

from hermanar.museum.models.dialogue import Asker, Practice, Problem
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
    "Asker",
    "ExhibitionPage",
    "HallPage",
    "HomePage",
    "MuseumPage",
    "Picture",
    "PictureRendition",
    "Practice",
    "Problem",
    "Recording",
    "RoomPage",
    "RoutePage",
    "StoryPage",
    "TextPage",
]
