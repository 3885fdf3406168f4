"""Tables of the museum, one noun a file: what editors tell and what visitors send in. Records stay in the catalogue."""

from hermanar.museum.models.audio import (
    AudioStop,
)
from hermanar.museum.models.courses import (
    Course,
    Lesson,
    Question,
)
from hermanar.museum.models.dialogue import (
    Asker,
    Practice,
    Problem,
)
from hermanar.museum.models.events import (
    Event,
    EventCity,
)
from hermanar.museum.models.exhibits import (
    Exhibit,
)
from hermanar.museum.models.kiosks import (
    Kiosk,
)
from hermanar.museum.models.letters import (
    Delivery,
    Issue,
    Subscription,
)
from hermanar.museum.models.media import (
    Picture,
    PictureRendition,
    Recording,
)
from hermanar.museum.models.offers import (
    Offer,
    SupportWay,
)
from hermanar.museum.models.open_calls import (
    Ballot,
    Juror,
    JurorMark,
    OpenCall,
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
    "Asker",
    "AudioStop",
    "Ballot",
    "Course",
    "Delivery",
    "Event",
    "EventCity",
    "Exhibit",
    "ExhibitionPage",
    "HallPage",
    "HomePage",
    "Issue",
    "Juror",
    "JurorMark",
    "Kiosk",
    "Lesson",
    "MuseumPage",
    "Offer",
    "OpenCall",
    "Pair",
    "PairSide",
    "Picture",
    "PictureRendition",
    "Practice",
    "Problem",
    "Question",
    "Recording",
    "RoomPage",
    "RoutePage",
    "StoryPage",
    "Subscription",
    "SupportWay",
    "TextPage",
]
