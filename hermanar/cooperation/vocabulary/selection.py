"""The words of the choice of a city: what the sources suggest to look at; the office weighs (D3.1, phase 1)."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class SuggestedCriterion(TextChoices):
    """A criterion that the sources name; a suggestion, which the office weighs, rewords or leaves at nought."""

    LINK = "link", _("Algo une a las dos ciudades")
    COMPLEMENT = "complement", _("Se complementan")
    ECONOMIC = "economic", _("Incentivo económico")
    HISTORICAL_CULTURAL = "historical_cultural", _("Incentivo histórico y cultural")
    SOCIAL_MIGRATORY = "social_migratory", _("Incentivo social y migratorio")
    STRATEGIC = "strategic", _("Incentivo estratégico o de conveniencia")
    ACADEMIC = "academic", _("Las universidades ya colaboran")
    ACTORS = "actors", _("Hay actores dispuestos de los dos lados")
    RESOURCES = "resources", _("Los recursos alcanzan")
    NEEDS = "needs", _("Sirve a lo que la ciudad necesita")


# What each looks at, and who says so.
SUGGESTED: dict[SuggestedCriterion, tuple[object, str]] = {
    SuggestedCriterion.LINK: (
        _("Historia, migración, identidad u origen común: sin algo previo que las una cuesta sostener el lazo."),
        "OIM, Estrategia de sostenibilidad del hermanamiento Santa Ana y Tapachula, paso 1",
    ),
    SuggestedCriterion.COMPLEMENT: (
        _("Una tiene lo que a la otra le falta; parece pesar más que parecerse."),
        "Añorve y Díaz (2018), sobre los hermanamientos de Guanajuato",
    ),
    SuggestedCriterion.ECONOMIC: (_("Comercio, inversión, turismo, empleo."), "Luna y Ballesteros (2005)"),
    SuggestedCriterion.HISTORICAL_CULTURAL: (
        _("Historia, lengua, patrimonio, religión, arquitectura."),
        "Luna y Ballesteros (2005)",
    ),
    SuggestedCriterion.SOCIAL_MIGRATORY: (
        _("Personas migrantes de la ciudad que viven allá, sus clubes y familias."),
        "Luna y Ballesteros (2005)",
    ),
    SuggestedCriterion.STRATEGIC: (
        _("País prioritario, red de ciudades, acceso a programas o a una región."),
        "Luna y Ballesteros (2005); DGCP, primer punto de oportunidad",
    ),
    SuggestedCriterion.ACADEMIC: (
        _("La colaboración de universidades precedió a los hermanamientos que más viven, y los sostiene."),
        "Añorve y Díaz (2018): Ashland, Morgantown y South Bend",
    ),
    SuggestedCriterion.ACTORS: (
        _("Sociedad, academia y empresas que quieren participar, no solo los dos gobiernos."),
        "OIM, Estrategia de sostenibilidad, paso 2",
    ),
    SuggestedCriterion.RESOURCES: (
        _("Materiales, humanos, económicos y de capital social, de cada parte: proyectos realizables."),
        "OIM, Estrategia de sostenibilidad, paso 4",
    ),
    SuggestedCriterion.NEEDS: (
        _("Sabe resolver lo que aquí más falta. En Guanajuato: seguridad, movilidad y basura."),
        "Añorve y Díaz (2018: 113-114)",
    ),
}
