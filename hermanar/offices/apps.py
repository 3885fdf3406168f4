"""Registration of the room with Django."""

from django.apps import AppConfig


class OfficesConfig(AppConfig):
    name = "hermanar.offices"
    label = "offices"
