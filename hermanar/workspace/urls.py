"""Addresses of the office. Each is declared in `tests/workspace/addresses.py`, with who may open it."""

from django.urls import path

from hermanar.workspace.views import home, office, people, reviewing, reviews

app_name = "workspace"
urlpatterns = [
    path("", home.home, name="home"),
    path("cambiar/", office.choose, name="choose"),
    path("datos/", office.particulars, name="particulars"),
    path("personas/", people.people, name="people"),
    path("personas/<uuid:membership>/papel/", people.role, name="role"),
    path("personas/<uuid:membership>/fin/", people.end, name="end"),
    path("personas/invitaciones/<uuid:invitation>/retirar/", people.withdraw, name="withdraw"),
    path("revision/", reviews.reviews, name="reviews"),
    path("revision/<uuid:agreement>/", reviews.review, name="review"),
    path("revision/<uuid:agreement>/comparar/<uuid:text>/", reviews.compare, name="review_compare"),
    path("revision/<uuid:agreement>/observar/", reviewing.observe, name="observe"),
    path("revision/<uuid:agreement>/dictamen/", reviewing.opinion, name="opinion"),
    path("revision/observaciones/<uuid:observation>/resolver/", reviewing.settle, name="settle"),
]
