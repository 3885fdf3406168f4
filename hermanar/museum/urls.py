"""Addresses of the public pages."""

from django.urls import path

from hermanar.museum.views import (
    agreements,
    calls,
    cities,
    course_certificates,
    courses,
    health,
    home,
    observatory,
    school_guide,
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
    path("cursos/", courses.course_list, name="courses"),
    path("cursos/guia-para-escuelas/", school_guide.page, name="school_guide"),
    path("cursos/guia-para-escuelas.pdf", school_guide.file, name="school_guide_file"),
    path("cursos/constancia/<str:token>/", course_certificates.verification, name="course_verification"),
    path("cursos/<slug:slug>/", courses.course_page, name="course"),
    path("cursos/<slug:slug>/prueba-final/", courses.final_page, name="course_final"),
    path("cursos/<slug:slug>/constancia/", course_certificates.certificate, name="course_certificate"),
    path("cursos/<slug:slug>/<slug:lesson>/", courses.lesson_page, name="lesson"),
    path("observatorio/", observatory.observatory, name="observatory"),
    path("verificar/", verification.heads, name="heads"),
    path("verificar/cabezas.json", verification.heads_file, name="heads_file"),
    path("verificar/<uuid:agreement>/", verification.verification, name="verification"),
    path("salud/", health.health, name="health"),
]
