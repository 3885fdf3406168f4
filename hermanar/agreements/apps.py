"""The registry: agreements, parties, legal acts, validity."""

from django.apps import AppConfig


class AgreementsConfig(AppConfig):
    name = "hermanar.agreements"
    label = "agreements"
    verbose_name = "Acuerdos"
