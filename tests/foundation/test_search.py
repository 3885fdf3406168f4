"""Words: what a person types finds what was written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hermanar.foundation.words import analyse, fold, forms, words

PAIRS = """
acta actas · acuerdo acuerdos · actividad actividades · árbol árboles · área áreas · artesanía artesanías ·
aval avales · bebé bebés · calle calles · capital capitales · ciudad ciudades · club clubes · comité comités ·
compás compases · convenio convenios · cooperación cooperaciones · cruz cruces · decisión decisiones ·
delegación delegaciones · deporte deportes · dictamen dictámenes · donación donaciones · escuela escuelas ·
estado estados · exhibición exhibiciones · feria ferias · firma firmas · hermana hermanas · hermanamiento
hermanamientos · hospital hospitales · intercambio intercambios · internacional internacionales · joven
jóvenes · ley leyes · lugar lugares · luz luces · mes meses · mujer mujeres · museo museos · nación naciones ·
obra obras · país países · pared paredes · pez peces · plan planes · proyecto proyectos · red redes · región
regiones · salud saludes · taller talleres · tren trenes · unión uniones · universidad universidades · vez
veces · visita visitas
"""


@pytest.mark.parametrize("pair", [pair.strip() for pair in PAIRS.split("·")])
def test_forms_join_singular_and_plural(pair):
    singular, plural = (words(word)[0] for word in pair.split())
    assert set(forms(singular)) & set(forms(plural))


@pytest.mark.parametrize(
    ("one", "other"), [("casa", "queso"), ("paz", "país"), ("Ashland", "Islandia"), ("León", "leche")]
)
def test_forms_keep_other_words_apart(one, other):
    assert not set(forms(words(one)[0])) & set(forms(words(other)[0]))


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Alcalá  de Henares", "alcala de henares"),
        ("UMEÅ", "umea"),
        ("Łódź", "lodz"),
        ("Großenhain", "grossenhain"),
        ("L'Hospitalet", "l hospitalet"),
        ("San José—Costa Rica", "san jose costa rica"),
        ("", ""),
        ("…", ""),
    ],
)
def test_fold(text, folded):
    assert fold(text) == folded


@given(st.text())
def test_fold_is_done_once(text):
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_analyse_makes_tokens_of_letters_and_digits(text):
    assert all(token.isascii() and token.isalnum() for token in analyse(text).split())
