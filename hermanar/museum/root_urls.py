"""Addresses that have no language: what robots, browsers and the map ask for."""

from django.urls import path

from hermanar.museum.views import iiif, kiosks, media, robots, short, sitemap, worldmap

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
    path("q/s/<slug:slug>/", short.room, name="short_room"),
    path("q/o/<slug:code>/", short.work, name="short_work"),
    path("q/a/<int:number>/", short.stop, name="short_stop"),
    path("kiosco/<slug:kiosk>/", kiosks.start, name="kiosk"),
    path("kiosco/<slug:kiosk>/sw.js", kiosks.worker, name="kiosk_worker"),
    path("kiosco/<slug:kiosk>/manifest.webmanifest", kiosks.manifest, name="kiosk_manifest"),
    path("kiosco/<slug:kiosk>/icono-<int:size>.png", kiosks.icon, name="kiosk_icon"),
    path("kiosco/<slug:kiosk>/<slug:code>/", kiosks.hall, name="kiosk_hall"),
    path("kiosco/<slug:kiosk>/<slug:code>/salas/<slug:slug>/", kiosks.room, name="kiosk_room"),
    path("kiosco/<slug:kiosk>/<slug:code>/audio/", kiosks.audio, name="kiosk_audio"),
    path("kiosco/<slug:kiosk>/<slug:code>/audio/<int:number>/", kiosks.stop, name="kiosk_stop"),
]
