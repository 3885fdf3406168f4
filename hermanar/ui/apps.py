"""The look: base page, components, drawings; knows no domain word."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "hermanar.ui"
    label = "ui"
    verbose_name = "Aspecto"
