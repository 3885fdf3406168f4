"""The ground floor: people, sources, trail, calendar, tables, search."""

from django.apps import AppConfig


class FoundationConfig(AppConfig):
    name = "hermanar.foundation"
    label = "foundation"
    verbose_name = "Cimientos"
