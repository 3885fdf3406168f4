"""Addresses of the machines: the same in every language."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path, re_path

from hermanar.open_data.api.operations import urls as api_urls
from hermanar.open_data.views import files

urlpatterns: list[URLPattern | URLResolver] = [
    path("api/v1/", include((api_urls(), "api"))),
    path("api/v1/<path:rest>", files.nothing),
    path("datos/catalogo.jsonld", files.catalogue, name="dcat"),
    re_path(r"^datos/plantilla\.(?P<format_>csv|xlsx)$", files.template, name="template"),
    re_path(r"^datos/(?P<name>[a-z-]+)\.(?P<format_>[a-z]+)$", files.dataset, name="dataset"),
    path("acuerdos/<slug:slug>.jsonld", files.agreement, name="agreement_jsonld"),
    path("ciudades/<slug:slug>.jsonld", files.place, name="place_jsonld"),
]
