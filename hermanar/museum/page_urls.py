"""Addresses of the pages that editors make; Wagtail asks for them by this name."""

from django.urls import re_path

from hermanar.museum.views import pages

urlpatterns = [re_path(r"^((?:[a-z0-9_\-]+/)*)$", pages.page, name="wagtail_serve")]
