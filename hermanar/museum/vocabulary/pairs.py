"""Words of the comparison of everyday life: what is asked about, how one answers, what is drawn, why it is refused."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Theme(models.TextChoices):
    """What a question is about, in the order they are shown."""

    FEAST = "feast", _("Una fiesta")
    DISH = "dish", _("Un platillo")
    STREET = "street", _("Una calle")
    SCHOOL = "school", _("La escuela")
    PEOPLE = "people", _("La gente")
    HOME = "home", _("La casa")
    DAY = "day", _("El día y la noche")
    WASTE = "waste", _("La basura")
    ENERGY = "energy", _("La energía y el transporte")
    SAFETY = "safety", _("Seguridad, igualdad y derechos")
    HERITAGE = "heritage", _("El patrimonio")
    CITY_HALL = "city_hall", _("El Ayuntamiento")
    SISTERS = "sisters", _("Las hermanas")


# As addresses write them, in both languages.
THEME_IN_ADDRESS = {
    Theme.FEAST: "fiesta",
    Theme.DISH: "platillo",
    Theme.STREET: "calle",
    Theme.SCHOOL: "escuela",
    Theme.PEOPLE: "gente",
    Theme.HOME: "casa",
    Theme.DAY: "dia",
    Theme.WASTE: "basura",
    Theme.ENERGY: "energia",
    Theme.SAFETY: "seguridad",
    Theme.HERITAGE: "patrimonio",
    Theme.CITY_HALL: "ayuntamiento",
    Theme.SISTERS: "hermanas",
}


class Mode(models.TextChoices):
    """How a visitor answers before the answer is told."""

    GUESS = "guess", _("adivinar una cifra")
    SLIDE = "slide", _("deslizar hacia una de las dos")
    TURN = "turn", _("voltear una tarjeta por ciudad")


class Drawing(models.TextChoices):
    """What is drawn from the figure of each side."""

    NONE = "", _("nada")
    PEOPLE = "people", _("gente: un punto por cada tantos")
    DAYLIGHT = "daylight", _("horas de luz en un día")
    CLOCK = "clock", _("un reloj")
    ROOF = "roof", _("personas bajo un techo")
    LIT = "lit", _("tantas de tantas, encendidas")
    YEARS = "years", _("un año en una cinta de años")


class Refusal(models.TextChoices):
    """Why a pair is not kept, or not published; each says what to do."""

    NO_QUESTION = "no_question", _("Escriba la pregunta.")
    BAD_SLUG = "bad_slug", _("La dirección lleva solo letras sin acento, números y guiones.")
    SLUG_TAKEN = "slug_taken", _("Otra pregunta ya tiene esta dirección.")
    SLUG_FROZEN = "slug_frozen", _("La dirección ya se publicó: no puede cambiar.")
    TOO_LONG = "too_long", _("El texto es demasiado largo.")
    NOT_TEXT = "not_text", _("El texto lleva un signo que no se puede guardar.")
    NO_PLACE = "no_place", _("Elija la ciudad.")
    SAME_PLACE = "same_place", _("Son dos veces la misma ciudad: elija otra.")
    NO_SOURCE = "no_source", _("Diga quién lo afirma: una respuesta sin fuente no se guarda.")
    NO_DATE = "no_date", _("Diga de cuándo es: una respuesta sin fecha no se guarda.")
    BAD_DATE = "bad_date", _("La fecha se escribe 2020, 2020-06 o 2020-06-24.")
    BAD_ADDRESS = "bad_address", _("La dirección de la fuente comienza con https:// o http://.")
    FIGURE_WITHOUT_WORDS = "figure_without_words", _("Diga con palabras qué es la cifra.")
    UNLIKE = "unlike", _("Las dos respuestas deben ser de la misma clase: cifra con cifra o palabras con palabras.")
    NO_UNIT = "no_unit", _("Diga de qué es la cifra: habitantes, horas, personas…")
    NO_ANSWER = "no_answer", _("Falta la respuesta de esta ciudad; si nadie la sabe, la pregunta solo puede voltearse.")
    NO_FIGURE = "no_figure", _("Para adivinar hace falta la cifra de cada ciudad.")
    NO_BOUNDS = "no_bounds", _("Para adivinar hacen falta el mínimo, el máximo y el paso.")
    BOUNDS_BACKWARDS = "bounds_backwards", _("El máximo debe pasar del mínimo, y el paso caber entre los dos.")
    OUT_OF_BOUNDS = "out_of_bounds", _("La respuesta queda fuera del mínimo y el máximo.")
    NO_CHOICE = "no_choice", _("Diga cuál de las dos es la respuesta.")
    NOTHING_TO_DRAW = "nothing_to_draw", _("No hay cifra que dibujar así.")
    NOT_A_NUMBER = "not_a_number", _("No es un número que se pueda guardar.")
