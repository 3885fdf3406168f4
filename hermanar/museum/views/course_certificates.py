"""Certificates: made out to a name that is kept nowhere, and verified by whoever is shown one."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _

from hermanar.catalogue import read
from hermanar.foundation.papers import CourseFacts, course_certificate, write_pdf
from hermanar.foundation.papers.structure import Picture
from hermanar.museum.forms.courses import NameForm
from hermanar.museum.limits import admits
from hermanar.museum.queries import courses as queries
from hermanar.museum.queries.courses import CourseSheet
from hermanar.museum.rules.turns import COURSE_NAME, COURSE_PAPER, COURSE_TOKEN
from hermanar.museum.tokens import Passed, certificate_token, read_certificate, read_pass
from hermanar.museum.views.choosing import GUANAJUATO
from hermanar.museum.views.day import language, today
from hermanar.museum.views.drawings import agreement_rays
from hermanar.museum.views.refusals import refuse, too_many
from hermanar.ui.rosette import plate

_READS = {"GET", "HEAD"}


def certificate(request: HttpRequest, slug: str) -> HttpResponse:
    """Make the certificate of a passed test out to the name that was written; nothing of it is kept."""
    course = queries.course(slug, language=language())
    if request.method != "POST" or course is None:
        return HttpResponseRedirect(reverse("museum:course", args=[slug]) if course else reverse("museum:courses"))
    token = request.POST.get("aprobado", "")
    passed = read_pass(token)
    if passed is None or passed.course != slug:
        detail = _("Solo se hace una constancia al terminar la prueba final. Vuelva al curso y preséntela.")
        return refuse(request, status=422, title=_("Falta la prueba final"), detail=detail)
    form = NameForm(request.POST)
    if not form.is_valid():
        context = {"course": course, "form": form, "pass_token": token, "percent": passed.percent}
        return _private(render(request, "museum/courses/certificate.html", context, status=422))
    if not admits(request, COURSE_PAPER):
        return too_many(request)
    return _private(_file(request, course, passed, form.cleaned_data["nombre"]))


def _file(request: HttpRequest, course: CourseSheet, passed: Passed, name: str) -> HttpResponse:
    token = certificate_token(passed, name=name)
    address = request.build_absolute_uri(reverse("museum:course_verification", args=[token]))
    facts = CourseFacts(
        name=name,
        course=course.title.text,
        lessons=tuple(line.title.text for line in course.lessons),
        percent=passed.percent,
        passed_on=passed.on,
        version=passed.version,
        minutes=course.minutes,
        address=address,
    )
    response = HttpResponse(
        write_pdf(course_certificate(facts, language=language(), emblem=_emblem())), content_type="application/pdf"
    )
    kind = slugify(_("constancia"))
    response["Content-Disposition"] = f'attachment; filename="{kind}-{course.slug}.pdf"'
    return response


def _emblem() -> Picture | None:
    """Draw the rosette of the city that the museum is of."""
    sheet = read.place(GUANAJUATO, today=today(), language=language())
    if sheet is None:
        return None
    described = _("Roseta de %(city)s: un rayo por hermanamiento") % {"city": sheet.line.name}
    return Picture(plate(agreement_rays(sheet.line, sheet.line.slug, sheet.agreements)), described, 26)


def verification(request: HttpRequest, token: str) -> HttpResponse:
    """Say whether a certificate is genuine, and whether it was made out to the name one types."""
    found = read_certificate(token)
    if found is None:
        if not admits(request, COURSE_TOKEN):
            return too_many(request)
        detail = _("La dirección no lleva la firma de este museo: la constancia no es suya, o la dirección se cambió.")
        return _private(refuse(request, status=404, title=_("Este museo no expidió esa constancia"), detail=detail))
    if request.method not in {*_READS, "POST"}:
        return HttpResponse(status=405, headers={"Allow": "GET, HEAD, POST"})
    context: dict[str, Any] = {
        "passed": found.passed,
        "course": queries.course(found.passed.course, language=language()),
        "form": NameForm(request.POST) if request.method == "POST" else NameForm(),
    }
    if request.method == "POST":
        if not admits(request, COURSE_NAME):
            return too_many(request)
        if context["form"].is_valid():
            name = context["form"].cleaned_data["nombre"]
            context |= {"name": name, "is_genuine": found.is_for(name), "is_answered": True}
    status = 422 if context["form"].errors else 200
    return _private(render(request, "museum/courses/verification.html", context, status=status))


def _private(response: HttpResponse) -> HttpResponse:
    """Keep what bears a name, or leads to one, out of caches, of search engines and of other sites."""
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Referrer-Policy"] = "no-referrer"
    return response
