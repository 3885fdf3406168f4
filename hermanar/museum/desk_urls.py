"""The desk's addresses: ours where they stand in the place of Wagtail's own, then Wagtail's."""

from django.urls import include, path

from hermanar.museum.desk.account import account

urlpatterns = [
    path("account/", account, name="wagtailadmin_account"),
    path("", include("wagtail.admin.urls")),
]
