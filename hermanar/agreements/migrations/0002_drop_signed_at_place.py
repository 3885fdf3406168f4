"""The place of signature was never written or read."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("agreements", "0001_initial")]
    operations = [migrations.RemoveField(model_name="agreement", name="signed_at_place")]
