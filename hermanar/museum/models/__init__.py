"""Tables of the museum, one noun a file: what editors tell and what visitors send in. Records stay in the catalogue."""

from hermanar.museum.models.art_calls import ArtCall, JuryVote, PublicVote
from hermanar.museum.models.dialogue import Asker, Practice, Problem
from hermanar.museum.models.events import Event, EventCity
from hermanar.museum.models.letters import Delivery, Issue, Subscription
from hermanar.museum.models.media import Picture, PictureRendition, Recording
from hermanar.museum.models.offers import Offer, SupportWay
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
    "ArtCall",
    "Asker",
    "Delivery",
    "Event",
    "EventCity",
    "ExhibitionPage",
    "HallPage",
    "HomePage",
    "Issue",
    "JuryVote",
    "MuseumPage",
    "Offer",
    "Picture",
    "PictureRendition",
    "Practice",
    "Problem",
    "PublicVote",
    "Recording",
    "RoomPage",
    "RoutePage",
    "StoryPage",
    "Subscription",
    "SupportWay",
    "TextPage",
]
