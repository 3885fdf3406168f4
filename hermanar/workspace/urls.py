"""Addresses of the office. Each is declared in `tests/workspace/addresses.py`, with who may open it."""

from django.urls import path

from hermanar.workspace.views import home

app_name = "workspace"
urlpatterns = [
    path("", home.home, name="home"),
]
