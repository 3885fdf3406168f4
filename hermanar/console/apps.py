"""The door of operators: the commands."""

from django.apps import AppConfig


class ConsoleConfig(AppConfig):
    name = "hermanar.console"
    label = "console"
    verbose_name = "Consola"
