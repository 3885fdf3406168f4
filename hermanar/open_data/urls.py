"""Addresses of the machines."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
