"""Addresses that have no language: what robots, browsers and the map ask for."""

from django.urls import path

from hermanar.museum.views import media, robots, worldmap

app_name = "museum_root"
urlpatterns = [
    path("robots.txt", robots.robots, name="robots"),
    path("favicon.ico", robots.favicon, name="favicon"),
    path("manifest.webmanifest", robots.manifest, name="manifest"),
    path("sitemap.xml", robots.sitemap_index, name="sitemap"),
    path("sitemap-paginas.xml", robots.sitemap_pages, name="sitemap_pages"),
    path("sitemap-acuerdos-<int:part>.xml", robots.sitemap_agreements, name="sitemap_agreements"),
    path("sitemap-ciudades-<int:part>.xml", robots.sitemap_places, name="sitemap_places"),
    path("medios/<path:name>", media.media, name="media"),
    path("mapa/tierra.svg", worldmap.land_picture, name="land"),
]
