"""The look is tested without a database and, if need be, without the house around it."""

import os

import pytest

from tests.ui import specimen

if not os.environ.get("DJANGO_SETTINGS_MODULE"):
    specimen.configure()


@pytest.fixture
def render():
    """Render a template's source with the components of the look."""
    engine = specimen.engine()
    return lambda source, **context: specimen.render(
        engine, source if "{% load" in source else "{% load ui %}" + source, context
    )
