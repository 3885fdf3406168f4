"""Who and where: countries, states, places, their names and identifiers."""

from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    name = "hermanar.directory"
    label = "directory"
    verbose_name = "Directorio"
