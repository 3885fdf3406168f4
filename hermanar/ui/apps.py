"""The look: base page, components, drawings; knows no word of the domain."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """The room of the look."""

    name = "hermanar.ui"
    label = "ui"
