"""Addresses that have no language: what robots, browsers and the map ask for."""

from django.urls import path

from hermanar.museum.views import iiif, media, robots, sitemap, worldmap

app_name = "museum_root"
urlpatterns = [
    path("robots.txt", robots.robots, name="robots"),
    path("favicon.ico", robots.favicon, name="favicon"),
    path("manifest.webmanifest", robots.manifest, name="manifest"),
    path("sitemap.xml", sitemap.index, name="sitemap"),
    path("sitemap-paginas.xml", sitemap.pages, name="sitemap_pages"),
    path("sitemap-acuerdos-<int:part>.xml", sitemap.agreements, name="sitemap_agreements"),
    path("sitemap-ciudades-<int:part>.xml", sitemap.places, name="sitemap_places"),
    path("sitemap-<slug:noun>.xml", sitemap.noun, name="sitemap_noun"),
    path("iiif/coleccion.json", iiif.collection, name="iiif_collection"),
    path("iiif/<str:code>/manifest.json", iiif.work, name="iiif_manifest"),
    path("iiif/<str:code>/imagen", iiif.image, name="iiif_image"),
    path("iiif/<str:code>/imagen/info.json", iiif.info, name="iiif_info"),
    path("iiif/<str:code>/imagen/<str:region>/<str:size>/<str:rotation>/<str:given_as>", iiif.cut, name="iiif_cut"),
    path("medios/<path:name>", media.media, name="media"),
    path("mapa/tierra.svg", worldmap.land_picture, name="land"),
]
