"""What a page is made of, piece by piece; each kind of piece has a template `museum/blocks/<kind>.html`."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from hermanar.museum.blocks.media import FilmBlock, GalleryBlock, PictureBlock, SoundBlock
from hermanar.museum.blocks.records import MapBlock, RecordBlock
from hermanar.museum.blocks.words import (
    FEATURES,
    ComparisonBlock,
    FigureBlock,
    QuizBlock,
    QuotationBlock,
    TableBlock,
    TimelineBlock,
)

_TELL, _SHOW, _KNOW = _("contar"), _("mostrar"), _("saber")
STORY = [
    ("text", blocks.RichTextBlock(label=_("texto"), features=FEATURES, icon="pilcrow", group=_TELL)),
    ("quotation", QuotationBlock(group=_TELL)),
    ("quiz", QuizBlock(group=_TELL)),
    ("picture", PictureBlock(group=_SHOW)),
    ("gallery", GalleryBlock(group=_SHOW)),
    ("sound", SoundBlock(group=_SHOW)),
    ("film", FilmBlock(group=_SHOW)),
    ("map", MapBlock(group=_SHOW)),
    ("record", RecordBlock(group=_KNOW)),
    ("figure", FigureBlock(group=_KNOW)),
    ("timeline", TimelineBlock(group=_KNOW)),
    ("comparison", ComparisonBlock(group=_KNOW)),
    ("table", TableBlock(group=_KNOW)),
]


class StopBlock(blocks.StructBlock):
    """A room on a route, and what to look at there."""

    room = blocks.PageChooserBlock(page_type="museum.RoomPage", label=_("sala"))
    words = blocks.TextBlock(label=_("qué mirar aquí"), max_length=600, rows=2, required=False)

    class Meta:
        icon = "site"
        label = _("parada")


STOPS = [("stop", StopBlock())]
