from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cooperation", "0005_former_minutes")]

    operations = [
        migrations.AddConstraint(
            model_name="gift",
            constraint=models.UniqueConstraint(
                fields=["documented_as"],
                condition=models.Q(withdrawn_at__isnull=True),
                name="gift_tells_donation_once",
            ),
        ),
    ]
