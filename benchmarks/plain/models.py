"""The flat table that `benchmarks/generate.py` makes; its codes have their words as choices."""

from django.db import models


def _text(**options):
    return models.TextField(null=True, **options)


def _code(**words):
    return _text(choices=list(words.items()))


class Agreement(models.Model):
    """An agreement, without the column that only a search reads."""

    slug = models.TextField(primary_key=True)
    title = _text()
    kind = _code(
        twinning="hermanamiento", specific_cooperation="cooperación específica", unknown="tipo desconocido",
        other="otro instrumento",
    )  # fmt: skip
    regime = _code(between_mexican="entre ciudades mexicanas", treaties_law="Ley sobre la Celebración de Tratados")
    scope = _code(in_state="en el mismo estado", national="nacional", international="internacional")
    stage = _code(recorded="acuerdo anterior (según sus fuentes)")
    force = _code(in_force="vigente", unknown="vigencia desconocida", expired="vencido", terminated="terminado")
    vitality = _code(dormant="dormido", unknown="sin evidencia fechada", active="activo", silent="en silencio")
    registered = _code(unknown="se desconoce si está inscrito", no="no inscrito", yes="inscrito en el RAI")
    decade = _text()
    host = _text()
    country = _text()
    state = _text()
    area = _text()
    source = _text()
    signed_on = _text()
    parties = _text()
    party_ids = _text()
    countries = _text()
    evidence_on = _text()

    class Meta:
        app_label = "plain"
        managed = False
        db_table = "agreements"

    def __str__(self):
        return self.title
