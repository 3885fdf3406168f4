from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("foundation", "0009_intake"),
    ]

    operations = [
        migrations.AlterField(
            model_name="contribution",
            name="about",
            field=models.CharField(blank=True, max_length=120),
        ),
        migrations.AlterField(
            model_name="contribution",
            name="place",
            field=models.CharField(blank=True, max_length=120),
        ),
    ]
