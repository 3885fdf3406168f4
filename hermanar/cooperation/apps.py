"""What agreements produce: dated activities."""

from django.apps import AppConfig


class CooperationConfig(AppConfig):
    name = "hermanar.cooperation"
    label = "cooperation"
    verbose_name = "Cooperación"
