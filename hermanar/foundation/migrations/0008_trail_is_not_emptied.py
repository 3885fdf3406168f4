"""The database refuses to empty the trail at one stroke, too."""

from django.db import migrations

from hermanar.foundation.trail.wall import BUILD_HIGHER


def build(_apps, schema_editor):
    for statement in BUILD_HIGHER[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def take_down(_apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP TRIGGER IF EXISTS trail_no_truncate ON foundation_trailentry")


class Migration(migrations.Migration):
    dependencies = [("foundation", "0007_office_calendars")]

    operations = [migrations.RunPython(build, take_down)]
