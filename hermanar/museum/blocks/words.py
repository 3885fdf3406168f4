"""Pieces of words and figures."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

FEATURES = ["h2", "h3", "bold", "italic", "ol", "ul", "link"]
_PARTIAL_DATE = RegexValidator(
    r"^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?\Z",
    _("Escriba el año, el mes o el día: 1969, 1969-09 o 1969-09-15."),
)


def date_block(label: object, **options: Any) -> blocks.CharBlock:
    """Return a line for a date as far as it is known."""
    return blocks.CharBlock(label=label, max_length=10, validators=[_PARTIAL_DATE], **options)


class QuotationBlock(blocks.StructBlock):
    """What somebody said, who, and where it can be read."""

    words = blocks.TextBlock(label=_("lo que dijo"), max_length=900, rows=3)
    who = blocks.CharBlock(label=_("quién"), max_length=160)
    source = blocks.CharBlock(label=_("dónde consta"), max_length=200)
    url = blocks.URLBlock(label=_("dirección"), max_length=500, required=False)

    class Meta:
        icon = "openquote"
        label = _("cita")


class FigureBlock(blocks.StructBlock):
    """One number that says something; who gives it and when."""

    value = blocks.CharBlock(label=_("cifra"), max_length=40)
    unit = blocks.CharBlock(label=_("unidad"), max_length=40, required=False)
    label = blocks.CharBlock(label=_("qué dice"), max_length=200)
    source = blocks.CharBlock(label=_("quién la da"), max_length=200)
    as_of = date_block(_("de cuándo es"))
    url = blocks.URLBlock(label=_("dirección"), max_length=500, required=False)

    class Meta:
        icon = "order"
        label = _("cifra")


class EventBlock(blocks.StructBlock):
    """One moment of a timeline."""

    when = date_block(_("cuándo"))
    text = blocks.CharBlock(label=_("qué pasó"), max_length=300)
    source = blocks.CharBlock(label=_("quién lo dice"), max_length=200)


class TimelineBlock(blocks.StructBlock):
    """Moments in their order."""

    title = blocks.CharBlock(label=_("título"), max_length=120)
    events = blocks.ListBlock(EventBlock(), label=_("momentos"), min_num=1, max_num=60)

    class Meta:
        icon = "history"
        label = _("línea del tiempo")


def _pairs() -> list[tuple[str, str]]:
    from hermanar.museum.queries.pairs import pair_choices  # noqa: PLC0415 (queries stand on the models of pages)
    from hermanar.museum.views.day import language  # noqa: PLC0415

    return pair_choices(language())


class ComparisonBlock(blocks.StructBlock):
    """A question of everyday life asked of both cities, to guess, slide or turn."""

    pair = blocks.ChoiceBlock(
        choices=_pairs,
        label=_("pregunta a las dos ciudades"),
        help_text=_("Las publicadas en «Comparaciones»; ahí se hace una nueva."),
    )
    words = blocks.CharBlock(label=_("por qué está aquí"), max_length=200, required=False)

    class Meta:
        icon = "list-ul"
        label = _("comparación")


class ComparedBlock(blocks.StructBlock):
    """One thing, there and here."""

    label = blocks.CharBlock(label=_("qué se compara"), max_length=120)
    left = blocks.CharBlock(label=_("en una ciudad"), max_length=200, required=False)
    right = blocks.CharBlock(label=_("en la otra"), max_length=200, required=False)


class TableBlock(blocks.StructBlock):
    """Two cities side by side, line by line."""

    title = blocks.CharBlock(label=_("título"), max_length=120)
    left = blocks.CharBlock(label=_("una ciudad"), max_length=80)
    right = blocks.CharBlock(label=_("la otra ciudad"), max_length=80)
    rows = blocks.ListBlock(ComparedBlock(), label=_("comparaciones"), min_num=1, max_num=20)
    source = blocks.CharBlock(label=_("quién lo dice"), max_length=200)
    as_of = date_block(_("de cuándo es"))

    class Meta:
        icon = "table"
        label = _("tabla de dos ciudades")


class AnswerBlock(blocks.StructBlock):
    """One of the answers offered."""

    text = blocks.CharBlock(label=_("respuesta"), max_length=160)
    is_right = blocks.BooleanBlock(label=_("es la correcta"), required=False)
    why = blocks.CharBlock(label=_("qué se lee al elegirla"), max_length=300, required=False)


class QuizBlock(blocks.StructBlock):
    """A question to guess at; nothing of what a visitor answers is kept or sent."""

    question = blocks.CharBlock(label=_("pregunta"), max_length=240)
    answers = blocks.ListBlock(AnswerBlock(), label=_("respuestas"), min_num=2, max_num=5)

    def clean(self, value: Any) -> Any:
        """Ask for exactly one right answer."""
        cleaned = super().clean(value)
        if sum(bool(answer["is_right"]) for answer in cleaned["answers"]) != 1:
            raise blocks.StructBlockValidationError(
                block_errors={"answers": ValidationError(_("Marque una sola respuesta como correcta."))}
            )
        return cleaned

    class Meta:
        icon = "help"
        label = _("pregunta")
