"""Addresses of the public pages."""

from django.urls import path

from hermanar.museum.views import (
    agenda,
    agreements,
    calls,
    cities,
    health,
    home,
    letters,
    news,
    observatory,
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
    path("convocatorias/", calls.call_list, name="calls"),
    path("convocatorias/<uuid:call>/", calls.call_page, name="call"),
    path("agenda/", agenda.agenda, name="agenda"),
    path("agenda.ics", agenda.agenda_file, name="agenda_file"),
    path("agenda/<slug:slug>.ics", agenda.event_file, name="event_file"),
    path("agenda/<slug:slug>/", agenda.event_page, name="event"),
    path("boletin/", letters.subscribe, name="letters"),
    path("boletin/enviado/", letters.asked, name="letters_asked"),
    path("boletin/confirmar/<str:token>/", letters.confirm_page, name="letters_confirm"),
    path("boletin/baja/<str:token>/", letters.leave_page, name="letters_leave"),
    path("novedades.atom", news.feed, name="feed"),
    path("observatorio/", observatory.observatory, name="observatory"),
    path("verificar/", verification.heads, name="heads"),
    path("verificar/cabezas.json", verification.heads_file, name="heads_file"),
    path("verificar/<uuid:agreement>/", verification.verification, name="verification"),
    path("salud/", health.health, name="health"),
]
