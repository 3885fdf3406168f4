"""The one window through which the public sees the house."""

from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    name = "hermanar.catalogue"
    label = "catalogue"
    verbose_name = "Catálogo"
