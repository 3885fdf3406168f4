"""Who states a figure, where the name reads otherwise in English."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    """Add the name; the next load of the facts fills it."""

    dependencies = [("observatory", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="referencefigure",
            name="stated_by_en",
            field=models.CharField(blank=True, default="", max_length=100),
        )
    ]
