"""A record that an office took over bears the number of its file beside the reference it was loaded under."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("agreements", "0006_observation_paragraph"),
    ]

    operations = [
        migrations.AddField(
            model_name="agreement",
            name="file_number",
            field=models.CharField(blank=True, db_default="", default="", max_length=80),
        ),
        migrations.AddConstraint(
            model_name="agreement",
            constraint=models.UniqueConstraint(
                condition=models.Q(("file_number", ""), _negated=True),
                fields=("file_number",),
                name="agreement_file_number_once",
            ),
        ),
    ]
