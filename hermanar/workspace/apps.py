"""Registration of the door with Django."""

from django.apps import AppConfig


class WorkspaceConfig(AppConfig):
    name = "hermanar.workspace"
    label = "workspace"
