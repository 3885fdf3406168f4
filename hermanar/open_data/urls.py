"""Addresses of the machines."""

from __future__ import annotations

from django.urls import URLPattern, include, path

from hermanar.open_data.api.operations import urls as api_urls

urlpatterns: list[URLPattern] = [
    path("api/v1/", include((api_urls(), "api"))),
]
