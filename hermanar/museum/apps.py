"""The door of residents and visitors."""

from django.apps import AppConfig


class MuseumConfig(AppConfig):
    name = "hermanar.museum"
    label = "museum"
    verbose_name = "Museo"
