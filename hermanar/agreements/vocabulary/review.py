"""The words of the review: what a text must meet, with its source, and how a point stands."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Verdict(TextChoices):
    """How a point stands before anybody has judged it."""

    MET = "met", _("cumple, según el expediente")
    NOT_MET = "not_met", _("no cumple, según el expediente")
    SAID = "said", _("el texto habla de esto: léalo")
    NOT_SAID = "not_said", _("no se halló en el texto")
    ASK = "ask", _("lo juzga usted")


class Point(TextChoices):
    """What is looked at in a text, as a question."""

    COUNTERPART = "counterpart", _("¿La contraparte es un gobierno o un organismo internacional?")
    POWERS = "powers", _("¿La materia cabe en las atribuciones propias de quien firma?")
    LEAD_FEDERAL = "lead_federal", _("¿Estuvo de acuerdo la dependencia federal que encabeza el tema?")
    LEAD_TIME = "lead_time", _("¿Se pidió el dictamen al menos dos semanas antes de la firma prevista?")
    PARTIES = "parties", _("¿Dice quiénes son las Partes y quién firma por cada una?")
    OBJECTIVE = "objective", _("¿Dice su objetivo?")
    AREAS = "areas", _("¿Nombra las áreas de cooperación?")
    FORMS = "forms", _("¿Nombra las modalidades de cooperación?")
    PROGRAMMES = "programmes", _("¿Prevé programas anuales y su seguimiento?")
    FINANCING = "financing", _("¿Cada Parte paga lo suyo con su propio presupuesto?")
    PERSONNEL = "personnel", _("¿El personal sigue siendo de su institución, sin relación laboral con la otra Parte?")
    SETTLEMENT = "settlement", _("¿Las diferencias se resuelven entre las Partes, de común acuerdo?")
    TRIBUNALS = "tribunals", _("¿Está libre de tribunales o arbitrajes internacionales?")
    TERM = "term", _("¿Dice desde cuándo rige y cuánto dura?")
    AMENDMENT = "amendment", _("¿Dice cómo se modifica?")
    TERMINATION = "termination", _("¿Dice cómo se da por terminado y qué pasa con lo que está en curso?")
    LANGUAGES = "languages", _("¿Hay texto en cada idioma en que se firma?")
    AUTHENTIC = "authentic", _("¿Dice que los textos son igualmente auténticos, en cada idioma?")


# What each point rests on. The law's own words are those of the guide where it quotes them; arts. 8 and 9 it does not.
SOURCES: dict[Point, str] = {
    Point.COUNTERPART: "Ley sobre la Celebración de Tratados, art. 2, fracción II; guía SRE, capítulo cinco",
    Point.POWERS: "Ley sobre la Celebración de Tratados, art. 2, fracción II",
    Point.LEAD_FEDERAL: "guía SRE, acuerdos con la OCDE y otros organismos",
    Point.LEAD_TIME: "guía SRE, procedimiento, paso 3",
    Point.PARTIES: "elementos de un acuerdo",
    Point.OBJECTIVE: "elementos de un acuerdo",
    Point.AREAS: "guía SRE, procedimiento, paso 1",
    Point.FORMS: "guía SRE, procedimiento, paso 1",
    Point.PROGRAMMES: "acuerdo Ciudad de México-San Salvador, 1999",
    Point.FINANCING: "elementos de un acuerdo",
    Point.PERSONNEL: "acuerdos Renton-Cuautla y Colton",
    Point.SETTLEMENT: "elementos de un acuerdo",
    Point.TRIBUNALS: "Ley sobre la Celebración de Tratados, arts. 8 y 9",
    Point.TERM: "elementos de un acuerdo",
    Point.AMENDMENT: "elementos de un acuerdo",
    Point.TERMINATION: "elementos de un acuerdo",
    Point.LANGUAGES: "guía SRE, procedimiento, paso 5",
    Point.AUTHENTIC: "elementos de un acuerdo",
}
