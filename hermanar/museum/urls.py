"""Addresses of the public pages."""

from django.urls import path

from hermanar.museum.views import (
    agreements,
    calls,
    cities,
    dialogue,
    health,
    hellos,
    home,
    observatory,
    proposals,
    receipts,
    reports,
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
    path("observatorio/", observatory.observatory, name="observatory"),
    path("verificar/", verification.heads, name="heads"),
    path("verificar/cabezas.json", verification.heads_file, name="heads_file"),
    path("verificar/<uuid:agreement>/", verification.verification, name="verification"),
    path("salud/", health.health, name="health"),
    path("saludos/", hellos.hello_list, name="hellos"),
    path("saludos/escribir/", hellos.new_hello, name="new_hello"),
    path("saludos/postal.svg", hellos.preview, name="hello_preview"),
    path("saludos/<uuid:hello>/", hellos.hello_page, name="hello"),
    path("dialogo/", dialogue.board, name="board"),
    path("dialogo/<slug:slug>/", dialogue.problem_page, name="problem"),
    path("dialogo/<slug:slug>/responder/", dialogue.new_answer, name="new_answer"),
    path("propuestas/", proposals.proposal_list, name="proposals"),
    path("propuestas/escribir/", proposals.new_proposal, name="new_proposal"),
    path("propuestas/<uuid:proposal>/", proposals.proposal_page, name="proposal"),
    path("avisar/<uuid:contribution>/", reports.report_page, name="report"),
    path("recibo/<uuid:key>/", receipts.receipt, name="receipt"),
]
