"""Tables of the museum, one noun a file: what editors tell and what visitors send in. Records stay in the catalogue."""

from hermanar.museum.models.courses import (
    Course,
    Lesson,
    Question,
)
from hermanar.museum.models.exhibits import (
    Exhibit,
)
from hermanar.museum.models.media import (
    Picture,
    PictureRendition,
    Recording,
)
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
from hermanar.museum.models.pairs import (
    Pair,
    PairSide,
)

__all__ = [
    "Course",
    "Exhibit",
    "ExhibitionPage",
    "HallPage",
    "HomePage",
    "Lesson",
    "MuseumPage",
    "Pair",
    "PairSide",
    "Picture",
    "PictureRendition",
    "Question",
    "Recording",
    "RoomPage",
    "RoutePage",
    "StoryPage",
    "TextPage",
]
