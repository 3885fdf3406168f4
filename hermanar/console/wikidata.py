"""Ask Wikidata which ties it states: one request at a time, patient, and clear when there is no answer."""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

import urllib3
from django.utils.translation import gettext as _
from urllib3.util import Retry, Timeout

import hermanar

ENDPOINT = "https://query.wikidata.org/sparql"
_LARGEST_ANSWER = 100_000_000
_TIMEOUT = Timeout(connect=10, read=75)  # the endpoint itself gives up after 60 s
_RETRIES = 4
_LONGEST_WAIT = 120  # seconds a server may ask us to wait; a longer one is told, not waited for
# Every P190 statement with a Mexican end, in both directions, with its qualifiers.
# The foreign end may be either. A day is told with how precisely it is known: a year alone comes as its 1 January.
QUERY = """SELECT DISTINCT ?st ?a ?aLabel ?aCoord ?aPais ?aPaisLabel ?aInegi ?aGeonames
       ?b ?bLabel ?bCoord ?bPais ?bPaisLabel ?bInegi ?bGeonames
       ?inicio ?inicioPrecision ?fin ?finPrecision ?fecha ?fechaPrecision ?parte ?parteLabel ?rango ?refUrl
WHERE {
  { ?a wdt:P17 wd:Q96 . ?a p:P190 ?st . ?st ps:P190 ?b . }
  UNION
  { ?b wdt:P17 wd:Q96 . ?st ps:P190 ?b . ?a p:P190 ?st . }
  ?st wikibase:rank ?rango .
  FILTER(?rango != wikibase:DeprecatedRank)
  OPTIONAL { ?st pqv:P580 [ wikibase:timeValue ?inicio ; wikibase:timePrecision ?inicioPrecision ] }
  OPTIONAL { ?st pqv:P582 [ wikibase:timeValue ?fin ; wikibase:timePrecision ?finPrecision ] }
  OPTIONAL { ?st pqv:P585 [ wikibase:timeValue ?fecha ; wikibase:timePrecision ?fechaPrecision ] }
  OPTIONAL { ?st pq:P518 ?parte }
  OPTIONAL { ?st prov:wasDerivedFrom/pr:P854 ?refUrl }
  OPTIONAL { ?a wdt:P625 ?aCoord }   OPTIONAL { ?b wdt:P625 ?bCoord }
  OPTIONAL { ?a wdt:P17 ?aPais }     OPTIONAL { ?b wdt:P17 ?bPais }
  OPTIONAL { ?a wdt:P3801 ?aInegi }  OPTIONAL { ?b wdt:P3801 ?bInegi }
  OPTIONAL { ?a wdt:P1566 ?aGeonames }   OPTIONAL { ?b wdt:P1566 ?bGeonames }
  SERVICE wikibase:label { bd:serviceParam wikibase:language "es,en,mul". }
}"""

Binding = Mapping[str, Mapping[str, str]]


class NoAnswerError(Exception):
    """The live source did not answer, or not with what was asked."""


class _PatientRetry(Retry):
    """Wait as long as the server says, within reason."""

    def get_retry_after(self, response: urllib3.BaseHTTPResponse) -> float | None:
        """Return the wait the server asks for; refuse one nobody would sit out, use ours for nonsense."""
        try:
            wait = super().get_retry_after(response)
        except urllib3.exceptions.InvalidHeader:
            return None
        if wait is not None and wait > _LONGEST_WAIT:
            raise NoAnswerError(
                _("El servidor pide esperar %(seconds)d segundos; intente más tarde.") % {"seconds": wait}
            )
        return wait


def endpoint() -> str:
    """Return where to ask: HERMANAR_SPARQL, or Wikidata's own service."""
    return os.environ.get("HERMANAR_SPARQL", ENDPOINT)


def ask(address: str, *, query: str = QUERY, timeout: Timeout = _TIMEOUT, pause: float = 1.0) -> Sequence[Binding]:
    """Return the bindings of a query; raise NoAnswerError with a sentence that says what happened."""
    if not address.startswith(("https://", "http://")):
        raise NoAnswerError(_("HERMANAR_SPARQL debe empezar con https:// o http://."))
    retries = _PatientRetry(
        total=_RETRIES, redirect=2, backoff_factor=pause, status_forcelist=(429, 500, 502, 503, 504),
        allowed_methods={"POST"}, respect_retry_after_header=True, raise_on_status=False,
    )  # fmt: skip
    headers = {
        "User-Agent": f"Hermanar/{hermanar.__version__} (registro de ciudades hermanas; una consulta a la vez)",
        "Accept": "application/sparql-results+json",
    }
    logging.getLogger("urllib3").setLevel(logging.ERROR)  # what is wrong is told once, in our words
    try:
        with urllib3.PoolManager(retries=retries, timeout=timeout, headers=headers, maxsize=1, block=True) as pool:
            response = pool.request(
                "POST",
                address,
                fields={"query": query, "format": "json"},
                encode_multipart=False,
                preload_content=False,
            )
            status, body = response.status, response.read(_LARGEST_ANSWER + 1)
            response.release_conn()
    except urllib3.exceptions.HTTPError as error:
        raise NoAnswerError(
            _("No hay respuesta de %(address)s: %(why)s.") % {"address": address, "why": _reason(error)}
        ) from error
    if status != HTTPStatus.OK:
        raise NoAnswerError(
            _("%(address)s contestó con el código %(status)d.") % {"address": address, "status": status}
        )
    return _bindings(body)


def _reason(error: Exception) -> str:
    inner = getattr(error, "reason", None) or error
    if isinstance(inner, urllib3.exceptions.NameResolutionError):
        return _("no hay internet, o ese nombre no existe")
    if isinstance(inner, urllib3.exceptions.NewConnectionError):
        return _("no se pudo conectar; quizá no hay internet")
    if isinstance(inner, urllib3.exceptions.TimeoutError):
        return _("tardó demasiado")
    if isinstance(inner, urllib3.exceptions.ProtocolError | urllib3.exceptions.ResponseError):
        return _("la conexión se cortó o el servidor falló varias veces")
    return type(inner).__name__


def _bindings(body: bytes) -> Sequence[Binding]:
    if len(body) > _LARGEST_ANSWER:
        raise NoAnswerError(_("La respuesta es demasiado grande."))
    try:
        answer: Any = json.loads(body)
        bindings = answer["results"]["bindings"]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise NoAnswerError(_("La respuesta no es el JSON de una consulta SPARQL; quizá se cortó.")) from error
    needed = ("st", "a", "b")
    if not isinstance(bindings, list) or not all(_is_binding(row, needed) for row in bindings):
        raise NoAnswerError(_("A la respuesta le faltan datos que la consulta pide."))
    if not bindings:
        # An empty answer would say that every tie vanished.
        raise NoAnswerError(_("La respuesta no trae ningún lazo; no se toma por buena."))
    return bindings


def _is_binding(row: object, needed: Sequence[str]) -> bool:
    if not isinstance(row, dict):
        return False
    shaped = all(isinstance(cell, dict) and isinstance(cell.get("value"), str) for cell in row.values())
    return shaped and all(name in row for name in needed)
