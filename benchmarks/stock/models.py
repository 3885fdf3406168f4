"""Tables of the stock site: records and recordings as snippets, and a page of blocks as Wagtail's manual says."""

from django.db import models
from wagtail import blocks
from wagtail.fields import StreamField
from wagtail.images.blocks import ImageChooserBlock
from wagtail.models import Page
from wagtail.snippets.blocks import SnippetChooserBlock
from wagtail.snippets.models import register_snippet


@register_snippet
class Record(models.Model):
    """A city, an agreement or the like."""

    kind = models.CharField(max_length=20)
    title = models.CharField(max_length=200)
    detail = models.CharField(max_length=200)
    latitude = models.FloatField(default=0)
    longitude = models.FloatField(default=0)

    class Meta:
        app_label = "stock"

    def __str__(self):
        return self.title


@register_snippet
class Recording(models.Model):
    """A sound or a film."""

    title = models.CharField(max_length=200)
    file = models.FileField(upload_to="media")
    transcript = models.TextField()

    class Meta:
        app_label = "stock"

    def __str__(self):
        return self.title


def _kind(name, **children):
    """Return a block of some parts with a template of its own."""
    block = blocks.StructBlock(list(children.items()))
    block.meta.template = f"stock/{name}.html"
    return name, block


_line = blocks.CharBlock
_picture = blocks.StructBlock([("picture", ImageChooserBlock()), ("alt", _line()), ("caption", _line(required=False))])
BLOCKS = [
    ("text", blocks.RichTextBlock()),
    _kind("quotation", words=blocks.TextBlock(), who=_line(), source=_line(), url=blocks.URLBlock(required=False)),
    _kind("quiz", question=_line(), answers=blocks.ListBlock(blocks.StructBlock(
        [("text", _line()), ("is_right", blocks.BooleanBlock(required=False)), ("why", _line(required=False))]
    ))),
    _kind("picture", picture=ImageChooserBlock(), alt=_line(), caption=_line(required=False)),
    _kind("gallery", title=_line(), pictures=blocks.ListBlock(_picture)),
    _kind("recording", recording=SnippetChooserBlock("stock.Recording"), caption=_line()),
    _kind("map", title=_line(), origin=SnippetChooserBlock("stock.Record"),
          places=blocks.ListBlock(SnippetChooserBlock("stock.Record"))),
    _kind("record", record=SnippetChooserBlock("stock.Record"), words=_line()),
    _kind("figure", value=_line(), unit=_line(required=False), label=_line(), source=_line(), as_of=_line(),
          url=blocks.URLBlock(required=False)),
    _kind("timeline", title=_line(), events=blocks.ListBlock(blocks.StructBlock(
        [("when", _line()), ("text", _line()), ("source", _line())]
    ))),
    _kind("table", title=_line(), left=_line(), right=_line(), source=_line(), as_of=_line(),
          rows=blocks.ListBlock(blocks.StructBlock([("label", _line()), ("left", _line()), ("right", _line())]))),
]  # fmt: skip


class RoomPage(Page):
    """The page that is asked for."""

    lede = models.CharField(max_length=300, blank=True)
    body = StreamField(BLOCKS)
    template = "stock/page.html"

    class Meta:
        app_label = "stock"
