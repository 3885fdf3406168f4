"""Seal the secrets of second factors that earlier versions kept as they are; opened again on the way back."""

from django.db import migrations


def seal(apps, _editor):
    from hermanar.offices.actions.factors import seal_factor  # noqa: PLC0415 (only where there is something to seal)

    _change(apps, seal_factor)


def unseal(apps, _editor):
    from hermanar.offices.actions.factors import open_factor  # noqa: PLC0415

    _change(apps, open_factor)


def _change(apps, change):
    from hermanar.offices.actions.factors import secrets_with  # noqa: PLC0415

    kept = apps.get_model("mfa", "Authenticator").objects.order_by("pk")
    for one in kept.select_for_update():
        one.data = secrets_with(one.data, change)
        one.save(update_fields=["data"])


class Migration(migrations.Migration):
    dependencies = [("offices", "0005_iati_identifier"), ("mfa", "0003_authenticator_type_uniq")]

    locks = "mfa_authenticator: a row of each second factor of the people of offices, some hundreds"
    operations = [migrations.RunPython(seal, unseal)]
