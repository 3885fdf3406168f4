"""Addresses of the counterpart. Each is declared in `tests/workspace/addresses.py`; none is an office's."""

from django.urls import path

from hermanar.workspace.views import guest_invitations, guest_plans, guest_room, telling

app_name = "guest"
urlpatterns = [
    path("", guest_room.rooms, name="rooms"),
    path("invitacion/<str:token>/", guest_invitations.invitation, name="invitation"),
    path("<uuid:agreement>/", guest_room.room, name="room"),
    path("<uuid:agreement>/actividades.<str:format_>", guest_room.take_away, name="table"),
    path("<uuid:agreement>/plan/<uuid:plan>/", guest_plans.plan, name="plan"),
    path("<uuid:agreement>/plan/<uuid:plan>/plan-<str:language>.<str:format_>", guest_plans.file, name="plan_file"),
    path("<uuid:agreement>/contar/", telling.tell, name="tell"),
    path("<uuid:agreement>/contado/<uuid:entry>/", guest_room.entry, name="entry"),
    path("<uuid:agreement>/contado/<uuid:entry>/corregir/", telling.mend, name="mend"),
    path("<uuid:agreement>/contado/<uuid:entry>/retirar/", telling.take_back, name="take_back"),
    path("<uuid:agreement>/resultados/<uuid:activity>/", guest_room.activity, name="activity"),
    path("<uuid:agreement>/resultados/<uuid:activity>/decir/", telling.say, name="say"),
    path("<uuid:agreement>/fotografias/<uuid:file>/", guest_room.photograph, name="photograph"),
]
