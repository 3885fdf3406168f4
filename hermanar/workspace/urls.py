"""Addresses of the office. Each is declared in `tests/workspace/addresses.py`, with who may open it."""

from django.urls import path

from hermanar.workspace.views import calendar, handover, home, office, people

app_name = "workspace"
urlpatterns = [
    path("", home.home, name="home"),
    path("avisos/", home.subscribe, name="subscribe"),
    path("avisos/<str:token>.ics", home.feed, name="feed"),
    path("calendario/", calendar.calendar, name="calendar"),
    path("calendario/<uuid:closure>/retirar/", calendar.withdraw, name="withdraw_closure"),
    path("cambiar/", office.choose, name="choose"),
    path("datos/", office.particulars, name="particulars"),
    path("personas/", people.people, name="people"),
    path("personas/<uuid:membership>/papel/", people.role, name="role"),
    path("personas/<uuid:membership>/fin/", people.end, name="end"),
    path("personas/invitaciones/<uuid:invitation>/retirar/", people.withdraw, name="withdraw"),
    path("entrega/", handover.handover, name="handover"),
    path("entrega/<uuid:handover>/", handover.record, name="handover_record"),
    path("entrega/<uuid:handover>/entrega.<str:form>", handover.file, name="handover_file"),
]
