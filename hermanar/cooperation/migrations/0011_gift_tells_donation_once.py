from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cooperation", "0010_proof_pages")]

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
