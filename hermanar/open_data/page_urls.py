"""Addresses of the page for people, one in each language."""

from django.urls import path

from hermanar.open_data.views import page

app_name = "open_data"
urlpatterns = [path("datos/", page.datasets, name="datasets")]
