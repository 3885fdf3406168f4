"""The door of residents and visitors."""

from django.apps import AppConfig


class MuseumConfig(AppConfig):
    name = "hermanar.museum"
    label = "museum"
    verbose_name = "Museo"

    def ready(self) -> None:
        """Have the desk ask which pages a person finds in our way; Wagtail keeps one such object and no setting."""
        from wagtail.permissions import page_permission_policy  # noqa: PLC0415 (models exist only now)

        from hermanar.museum.models.rights import RoomsPolicy  # noqa: PLC0415

        page_permission_policy.__class__ = RoomsPolicy
