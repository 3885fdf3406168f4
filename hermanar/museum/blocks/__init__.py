"""What a page is made of, piece by piece; each kind of piece is a module here."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

STORY = [("text", blocks.RichTextBlock(label=_("texto")))]
STOPS = [
    (
        "stop",
        blocks.StructBlock(
            [
                ("room", blocks.PageChooserBlock(page_type="museum.RoomPage", label=_("sala"))),
                ("words", blocks.TextBlock(label=_("qué mirar aquí"), max_length=600, required=False)),
            ],
            label=_("parada"),
        ),
    )
]
