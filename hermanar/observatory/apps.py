"""What it all adds up to: reported ties, reconciliation, statistics."""

from django.apps import AppConfig


class ObservatoryConfig(AppConfig):
    name = "hermanar.observatory"
    label = "observatory"
    verbose_name = "Observatorio"
