from django.db import migrations, models

import hermanar.foundation.models


class Migration(migrations.Migration):
    dependencies = [("foundation", "0002_working_calendars")]

    operations = [
        migrations.AddField(
            model_name="revision",
            name="mark",
            field=models.UUIDField(default=hermanar.foundation.models.uuid7, editable=False),
        ),
        migrations.AddField(model_name="change", name="mark", field=models.UUIDField(null=True)),
    ]
