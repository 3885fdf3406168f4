"""Addresses of the office. Each is declared in `tests/workspace/addresses.py`, with who may open it."""

from django.urls import path

from hermanar.workspace.views import home, office, people

app_name = "workspace"
urlpatterns = [
    path("", home.home, name="home"),
    path("cambiar/", office.choose, name="choose"),
    path("datos/", office.particulars, name="particulars"),
    path("personas/", people.people, name="people"),
    path("personas/<uuid:membership>/papel/", people.role, name="role"),
    path("personas/<uuid:membership>/fin/", people.end, name="end"),
    path("personas/invitaciones/<uuid:invitation>/retirar/", people.withdraw, name="withdraw"),
]
