"""Addresses of the office. Each is declared in `tests/workspace/addresses.py`, with who may open it."""

from django.urls import path, register_converter

from hermanar.workspace.converters import StepConverter
from hermanar.workspace.views import (
    calendar,
    counterpart,
    deciding,
    files,
    handover,
    home,
    office,
    papers,
    past,
    people,
    register,
    reviewing,
    reviews,
    steps,
    templates,
    texts,
    votes,
)

register_converter(StepConverter, "step")

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
    path("expedientes/", files.files, name="files"),
    path("expedientes/anteriores/", past.past, name="past"),
    path("expedientes/anteriores/asentar/", past.enter, name="enter_past"),
    path("expedientes/abrir/", files.open_file, name="open"),
    path("expedientes/expedientes.<str:format_>", files.take_away, name="files_table"),
    path("expedientes/<uuid:agreement>/", files.file, name="file"),
    path("expedientes/<uuid:agreement>/datos/", files.edit, name="edit"),
    path("expedientes/<uuid:agreement>/textos/", texts.text, name="text"),
    path("expedientes/<uuid:agreement>/comparar/", texts.compare, name="compare"),
    path("expedientes/<uuid:agreement>/votacion/", votes.vote, name="vote"),
    path("expedientes/<uuid:agreement>/papeles/<slug:paper>/", papers.paper, name="paper"),
    path("expedientes/<uuid:agreement>/papeles/<slug:paper>.<str:format_>", papers.paper_file, name="paper_file"),
    path("expedientes/<uuid:agreement>/<step:step>/", steps.step, name="step"),
    path("votaciones/<uuid:vote>/", votes.mend, name="mend_vote"),
    path("observaciones/<uuid:observation>/", deciding.answer, name="answer"),
    path("propuestas/<uuid:proposal>/", deciding.decide, name="decide"),
    path("plantillas/", templates.templates, name="templates"),
    path("plantillas/<slug:paper>/", templates.template, name="template"),
    path("documentos/<uuid:document>/", texts.document, name="document"),
    path("entrega/", handover.handover, name="handover"),
    path("entrega/<uuid:handover>/", handover.record, name="handover_record"),
    path("entrega/<uuid:handover>/entrega.<str:form>", handover.file, name="handover_file"),
    path("revision/", reviews.reviews, name="reviews"),
    path("revision/<uuid:agreement>/", reviews.review, name="review"),
    path("revision/<uuid:agreement>/comparar/<uuid:text>/", reviews.compare, name="review_compare"),
    path("revision/<uuid:agreement>/observar/", reviewing.observe, name="observe"),
    path("revision/<uuid:agreement>/dictamen/", reviewing.opinion, name="opinion"),
    path("revision/observaciones/<uuid:observation>/resolver/", reviewing.settle, name="settle"),
    path("registro/", register.register, name="register"),
    path("registro/registro.<str:format_>", register.take_away, name="register_table"),
    path("registro/<uuid:agreement>/", register.entry, name="entry"),
    path(
        "registro/<uuid:agreement>/constancia.<str:format_>", register.register_certificate, name="register_certificate"
    ),
    path("expedientes/<uuid:agreement>/constancia.<str:format_>", register.file_certificate, name="certificate"),
    path("expedientes/<uuid:agreement>/contraparte/", counterpart.counterpart, name="counterpart"),
    path("expedientes/<uuid:agreement>/contraparte/enlace/", counterpart.make_link, name="counterpart_link"),
    path("expedientes/<uuid:agreement>/contraparte/<uuid:link>/retirar/", counterpart.withdraw, name="withdraw_link"),
]
