"""The door of machines: API, files, feeds."""

from django.apps import AppConfig


class OpenDataConfig(AppConfig):
    name = "hermanar.open_data"
    label = "open_data"
    verbose_name = "Datos abiertos"
