"""Addresses of machines."""

from django.urls import path
from django.http import HttpResponse

app_name = "open_data"
urlpatterns = [path("datos/", lambda r: HttpResponse("x"), name="datasets")]
