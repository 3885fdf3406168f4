"""The database refuses to change or remove an entry of the trail."""

from django.db import migrations

from hermanar.foundation.trail.wall import BUILD, TAKE_DOWN


def build(_apps, schema_editor):
    for statement in BUILD[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def take_down(_apps, schema_editor):
    for statement in TAKE_DOWN[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("foundation", "0004_access_version")]

    operations = [migrations.RunPython(build, take_down)]
