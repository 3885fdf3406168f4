"""The data sets as a DCAT catalogue."""

from __future__ import annotations

from typing import Any

from django.utils import translation

from hermanar.catalogue.read import bulk
from hermanar.open_data.datasets import DATASETS, FORMATS, Dataset

_CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_MEDIA = "https://www.iana.org/assignments/media-types/"


def _day(value: str) -> dict[str, str]:
    return {"@type": "xsd:date", "@value": value}


def _in_both(text: Any) -> list[dict[str, str]]:
    texts = []
    for language in ("es", "en"):
        with translation.override(language):
            texts.append({"@language": language, "@value": str(text)})
    return texts


def _days() -> dict[str, Any]:
    """Return when the registry first showed something and last showed something new."""
    first, last = bulk.published_between()
    if first is None or last is None:
        return {}
    return {"dct:issued": _day(first.isoformat()), "dct:modified": _day(last.isoformat())}


def catalogue(base: str) -> dict[str, Any]:
    """Return the catalogue of every data set with its licence, span and distributions."""
    publisher = {"@id": base, "@type": "foaf:Agent", "foaf:name": "Hermanar"}
    days = _days()
    first, last = bulk.signed_between()
    temporal = {"@type": "dct:PeriodOfTime", "dcat:startDate": first, "dcat:endDate": last} if first else None
    return {
        "@context": _CONTEXT,
        "@id": f"{base}datos/catalogo.jsonld",
        "@type": "dcat:Catalog",
        "dct:title": [
            {"@language": "es", "@value": "Hermanar: datos abiertos"},
            {"@language": "en", "@value": "Hermanar: open data"},
        ],
        "dct:publisher": publisher,
        "dct:language": ["es", "en"],
        **days,
        "dcat:dataset": [_dataset(one, base, publisher, days, temporal) for one in DATASETS],
    }


def _dataset(
    one: Dataset, base: str, publisher: dict[str, Any], days: dict[str, Any], temporal: dict[str, Any] | None
) -> dict[str, Any]:
    return {
        "@id": f"{base}datos/#{one.name}",
        "@type": "dcat:Dataset",
        "dct:identifier": one.name,
        "dct:title": _in_both(one.title),
        "dct:description": _in_both(one.description),
        "dct:license": {"@id": one.licence[1]},
        "dct:rights": one.attribution,
        "dct:publisher": {"@id": publisher["@id"]},
        **days,
        **({"dct:temporal": temporal} if temporal and one.name in {"acuerdos", "comparacion"} else {}),
        "dcat:distribution": [
            {
                "@id": f"{base}datos/{one.name}.{format_}",
                "@type": "dcat:Distribution",
                "dct:title": FORMATS[format_][0],
                "dct:license": {"@id": one.licence[1]},
                "dcat:accessURL": {"@id": f"{base}datos/"},
                "dcat:downloadURL": {"@id": f"{base}datos/{one.name}.{format_}"},
                "dcat:mediaType": {"@id": _MEDIA + FORMATS[format_][1].partition(";")[0]},
            }
            for format_ in one.formats
        ],
    }
