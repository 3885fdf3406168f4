"""Addresses of the public pages."""

from django.urls import path

from hermanar.museum.views import (
    agreements,
    calls,
    cities,
    collection,
    health,
    home,
    observatory,
    pairs,
    rooms,
    selections,
    verification,
    worldmap,
)

app_name = "museum"
urlpatterns = [
    path("", home.home, name="home"),
    path("mapa/", worldmap.page, name="map"),
    path("mapa/datos.json", worldmap.data, name="map_data"),
    path("acuerdos/", agreements.agreement_list, name="agreements"),
    path("acuerdos/<slug:slug>/", agreements.agreement_page, name="agreement"),
    path("ciudades/", cities.city_list, name="cities"),
    path("ciudades/<slug:slug>/", cities.city_page, name="city"),
    path("ciudades/<slug:slug>.svg", cities.city_emblem, name="city_emblem"),
    path("ciudades/<slug:slug>/roseta.svg", cities.city_rosette, name="city_rosette"),
    path("ciudades/<slug:slug>/tarjeta.svg", cities.city_card, name="city_card"),
    path("comparar/", pairs.pair_list, name="pairs"),
    path("comparar/<slug:slug>/", pairs.pair, name="pair"),
    path("coleccion/", collection.collection_page, name="collection"),
    path("coleccion/seleccion/", selections.selection, name="selection"),
    path("coleccion/<slug:slug>/", collection.exhibit_page, name="exhibit"),
    path("coleccion/<slug:slug>/dibujo.svg", collection.exhibit_drawing, name="exhibit_drawing"),
    path("convocatorias/", calls.call_list, name="calls"),
    path("convocatorias/<uuid:call>/", calls.call_page, name="call"),
    path("observatorio/", observatory.observatory, name="observatory"),
    path("salas/", rooms.hall, name="hall"),
    path("salas/<slug:slug>/", rooms.room_page, name="room"),
    path("verificar/", verification.heads, name="heads"),
    path("verificar/cabezas.json", verification.heads_file, name="heads_file"),
    path("verificar/<uuid:agreement>/", verification.verification, name="verification"),
    path("salud/", health.health, name="health"),
]
