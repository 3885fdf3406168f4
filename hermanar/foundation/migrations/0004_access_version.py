from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("foundation", "0003_document")]

    operations = [
        migrations.AddField(
            model_name="user",
            name="access_version",
            field=models.PositiveIntegerField(default=1),
        ),
    ]
