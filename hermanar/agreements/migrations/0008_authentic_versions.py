"""Each version says whether its text is authentic: a later one may say otherwise, and the trail keeps what each said."""

from django.db import migrations, models

STAGES = [
    ("draft", "borrador"),
    ("informed", "informado a la Cancillería"),
    ("opinion_requested", "dictamen solicitado"),
    ("observed", "con observaciones"),
    ("cleared", "con dictamen favorable"),
    ("signed", "firmado"),
    ("copies_sent", "copias enviadas"),
    ("registered", "inscrito"),
    ("abandoned", "abandonado antes de la firma"),
    ("recorded", "acuerdo anterior (según sus fuentes)"),
]


def to_versions(apps, schema_editor):
    versions = apps.get_model("agreements", "TextVersion").objects.using(schema_editor.connection.alias)
    versions.filter(text__is_authentic=False).update(is_authentic=False)


def to_texts(apps, schema_editor):
    texts = apps.get_model("agreements", "AgreementText").objects.using(schema_editor.connection.alias)
    texts.filter(versions__is_authentic=False).update(is_authentic=False)


class Migration(migrations.Migration):
    dependencies = [("agreements", "0007_taken_over")]

    operations = [
        migrations.AddField(
            model_name="textversion",
            name="is_authentic",
            field=models.BooleanField(db_default=True, default=True),
        ),
        migrations.RunPython(to_versions, to_texts),
        migrations.RemoveField(model_name="agreementtext", name="is_authentic"),
        migrations.AlterField(
            model_name="agreement",
            name="stage",
            field=models.CharField(choices=STAGES, default="recorded", max_length=20),
        ),
        migrations.AlterField(
            model_name="procedurestep",
            name="stage_after",
            field=models.CharField(choices=STAGES, max_length=20),
        ),
    ]
