"""What is rendered once per language stays the same for its readers and differs between them."""

from __future__ import annotations

import pytest
from django.template import Context, Engine
from django.utils import translation

from tests.ui.specimen import UI


@pytest.fixture
def engine():
    libraries = {"i18n": "hermanar.ui.templatetags.i18n", "ui": "hermanar.ui.templatetags.ui"}
    return Engine(dirs=[str(UI / "templates")], libraries=libraries)


def test_part_is_rendered_once_for_each_language_and_value(engine):
    template = engine.from_string("{% load ui %}{% kept rooms %}{{ rooms }} {{ other }}{% endkept %}")
    assert template.render(Context({"rooms": "uno", "other": "a"})) == "uno a"
    assert template.render(Context({"rooms": "uno", "other": "b"})) == "uno a"
    assert template.render(Context({"rooms": "dos", "other": "b"})) == "dos b"
    with translation.override("en"):
        assert template.render(Context({"rooms": "uno", "other": "c"})) == "uno c"


def test_constant_sentence_follows_the_language_and_can_be_named(engine):
    source = '{% load i18n %}{% translate "Acuerdos" %}|{% translate "Acuerdos" as label %}{{ label }}'
    template = engine.from_string(source)
    for language, word in (("es", "Acuerdos"), ("en", "Agreements"), ("es", "Acuerdos")):
        with translation.override(language):
            assert template.render(Context()) == f"{word}|{word}"


def test_sentence_of_the_context_is_translated_each_time(engine):
    template = engine.from_string("{% load i18n %}{% translate text %}")
    assert [template.render(Context({"text": text})) for text in ("uno", "dos")] == ["uno", "dos"]
