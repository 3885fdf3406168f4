"""A small directory with homonyms, and files as people keep them."""

from __future__ import annotations

import csv
import io

import openpyxl

from hermanar.directory.actions.adding import bump_places
from hermanar.directory.models import Country, Identifier, Place, PlaceName
from hermanar.directory.vocabulary import NameKind, PlaceKind
from hermanar.foundation.models import Source
from hermanar.foundation.words import fold

HEADINGS = [
    "ciudad",
    "estado",
    "país",
    "ciudad_contraparte",
    "región_contraparte",
    "país_contraparte",
    "tipo",
    "fecha_firma",
]
ROW = ["Guanajuato", "Guanajuato", "México", "Ashland", "Oregon", "US", "hermanamiento", "1969"]


def build():
    """Make countries and places; return the places by slug."""
    source = Source.objects.create(key="directorio", kind="catalogue", title_es="Directorio")
    for code, es, en in (
        ("MX", "México", "Mexico"),
        ("US", "Estados Unidos", "United States"),
        ("ES", "España", "Spain"),
        ("JP", "Japón", "Japan"),
    ):
        Country.objects.create(code=code, name_es=es, name_en=en)
    made = {}

    def place(slug, name, kind, country, identifier, **values):
        made[slug] = Place.objects.create(
            slug=slug,
            name=name,
            kind=kind,
            country_id=country,
            source=source,
            latitude=21.0,
            longitude=-101.0,
            **values,
        )
        PlaceName.objects.create(place=made[slug], name=name, folded=fold(name), kind=NameKind.OFFICIAL, source=source)
        scheme, _colon, value = identifier.partition(":")
        Identifier.objects.create(place=made[slug], scheme=scheme, value=value)

    place("guanajuato-estado", "Guanajuato", PlaceKind.STATE, "MX", "inegi:11")
    place("veracruz-estado", "Veracruz", PlaceKind.STATE, "MX", "inegi:30")
    place("jalisco", "Jalisco", PlaceKind.STATE, "MX", "inegi:14")
    gto, ver, jal = made["guanajuato-estado"], made["veracruz-estado"], made["jalisco"]
    place("guanajuato", "Guanajuato", PlaceKind.MUNICIPALITY, "MX", "inegi:11015", state=gto)
    place("leon", "León", PlaceKind.MUNICIPALITY, "MX", "inegi:11020", state=gto)
    place("cordoba", "Córdoba", PlaceKind.MUNICIPALITY, "MX", "inegi:30044", state=ver)
    place("tequila-jalisco", "Tequila", PlaceKind.MUNICIPALITY, "MX", "inegi:14094", state=jal)
    place("tequila-veracruz", "Tequila", PlaceKind.MUNICIPALITY, "MX", "inegi:30168", state=ver)
    place("ashland", "Ashland", PlaceKind.CITY, "US", "geonames:5711146", region="Oregon")
    place("ashland-ohio", "Ashland", PlaceKind.CITY, "US", "geonames:5145607", region="Ohio")
    place("toledo", "Toledo", PlaceKind.CITY, "ES", "geonames:2510409", region="Castilla-La Mancha")
    place("kioto", "Kioto", PlaceKind.CITY, "JP", "geonames:1857910")
    bump_places()
    return made


def csv_file(*rows, headings=HEADINGS, separator=",", encoding="utf-8"):
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, delimiter=separator)
    writer.writerow(headings)
    writer.writerows(rows)
    return buffer.getvalue().encode(encoding)


def workbook(*rows, headings=HEADINGS, change=None):
    """Return the bytes of a workbook; `change` takes the book and the sheet before it is saved."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "acuerdos"
    sheet.append(list(headings))
    for row in rows:
        sheet.append(list(row))
    if change:
        change(book, sheet)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()
