"""The desk's addresses: ours where they stand in the place of Wagtail's own, then Wagtail's."""

from django.urls import include, path

from hermanar.museum.desk.account import account
from hermanar.museum.desk.words import words

urlpatterns = [
    path("account/", account, name="wagtailadmin_account"),
    path("jsi18n/", words, name="wagtailadmin_javascript_catalog"),
    path("", include("wagtail.admin.urls")),
]
