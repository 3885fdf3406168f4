"""What every public page carries around its content: rooms, languages, its own address."""

from __future__ import annotations

import functools
from typing import Any
from urllib.parse import quote

from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from hermanar.museum.views.day import language

_LANGUAGES = (("es", "Español"), ("en", "English"))
_LONGEST_KEPT = 1_000  # a longer query is a refused one: nobody needs it in another language


def frame(request: HttpRequest) -> dict[str, Any]:
    """Return the context of the base page; refusals too are drawn with it, so nothing a stranger sends may stop it."""
    path, paths = request.path_info or "/", _paths(request)
    shown_in = language()
    site, tail = _site(request), _query(request)
    home, seek, halls, foot = _nav(shown_in)
    here = [any(path.startswith(one) for one in (address, *dict(parts).values())) for _label, address, parts in halls]
    return {
        "home_url": home,
        "office_url": reverse("workspace:home"),
        "lens_url": "" if path == seek else seek,
        "canonical_url": site + _written(paths[shown_in]),
        "here_url": site + _written(paths[shown_in]) + tail,
        "alternates": [
            {"code": code, "name": name, "url": site + _written(paths[code]) + tail, "current": code == shown_in}
            for code, name in _LANGUAGES
        ],
        "rooms": tuple(
            (label, address, is_here) for (label, address, _parts), is_here in zip(halls, here, strict=True)
        ),
        "parts": tuple(
            (label, address, path.startswith(address))
            for (_hall, _address, parts), is_here in zip(halls, here, strict=True)
            for label, address in (parts if is_here else ())
        ),
        "foot": foot,
    }


def canonical_url(request: HttpRequest) -> str:
    """Return the one address of a page in the language it is shown in, without what only chooses how it is seen."""
    return _site(request) + _written(_paths(request)[language()])


def _paths(request: HttpRequest) -> dict[str, str]:
    path = request.path_info or "/"
    plain = path.removeprefix("/en") or "/" if _is_english(path) else path
    return {"es": plain, "en": f"/en{plain}"}


def _site(request: HttpRequest) -> str:
    """Return scheme and host, or nothing when the host is refused: links then stay on this site."""
    try:
        return f"{request.scheme}://{request.get_host()}"
    except SuspiciousOperation:
        return ""


def _written(path: str) -> str:
    """Return a path as an address writes it; two slashes at the start would name another site."""
    return quote("/" + path.lstrip("/"), safe="/~:@!$&'()*+,;=")


def _query(request: HttpRequest) -> str:
    if len(request.META.get("QUERY_STRING", "")) > _LONGEST_KEPT:
        return ""
    try:
        return f"?{request.GET.urlencode()}" if request.GET else ""
    except SuspiciousOperation:
        return ""


def _is_english(path: str) -> bool:
    return path == "/en" or path.startswith("/en/")


Entries = tuple[tuple[str, str], ...]


@functools.cache
def _nav(language: str) -> tuple[str, str, tuple[tuple[str, str, Entries], ...], tuple[tuple[str, Entries], ...]]:
    """Return home and search, the halls with their parts, and the foot of a language: they change in no process."""
    with translation.override(language):
        part, registry = _taking_part(), _registry()
        halls: tuple[tuple[str, str, Entries], ...] = (
            (_("Salas"), reverse("museum:hall"), ()),
            (_("Mapa"), reverse("museum:map"), ()),
            (_("Comparar"), reverse("museum:pairs"), ()),
            (_("Colección"), reverse("museum:collection"), ()),
            (_("Cursos"), reverse("museum:courses"), ()),
            (_("Agenda"), reverse("museum:agenda"), ()),
            (_("Participar"), reverse("museum:hellos"), part),
            (_("Registro"), reverse("museum:agreements"), registry),
        )
        inside = (
            *((label, address) for label, address, parts in halls if not parts),
            (_("Audioguía"), reverse("museum:audio_guide")),
        )
        foot = ((_("Recorrer"), inside), (_("Participar"), part), (_("Registro"), registry))
        return reverse("museum:home"), reverse("museum:search"), halls, foot


def _taking_part() -> Entries:
    return (
        (_("Saludos"), reverse("museum:hellos")),
        (_("Diálogo"), reverse("museum:board")),
        (_("Propuestas"), reverse("museum:proposals")),
        (_("Convocatorias"), reverse("museum:calls")),
        (_("Negocios"), reverse("museum:offers")),
        (_("Boletín"), reverse("museum:letters")),
        (_("Apoyar"), reverse("museum:support")),
    )


def _registry() -> Entries:
    return (
        (_("Acuerdos"), reverse("museum:agreements")),
        (_("Ciudades"), reverse("museum:cities")),
        (_("Observatorio"), reverse("museum:observatory")),
        (_("Datos"), reverse("open_data:datasets")),
    )
