"""Every component on a page, with the documented ties of Guanajuato: to be looked at, and to be tested.

`python -m tests.ui.specimen FOLDER` writes the pages and the built files there; serve the folder and look.
"""

from __future__ import annotations

import csv
import json
import shutil
import sys
from pathlib import Path
from typing import Any

import django
from django.conf import settings
from django.template import Context, Engine

from hermanar.ui.geometry import bearing_and_distance
from hermanar.ui.rosette import Ray, emblem, social_card
from hermanar.ui.worldmap import Spot

UI = Path(__file__).resolve().parents[2] / "hermanar" / "ui"
GUANAJUATO = (21.0176, -101.2567)
# name, country or state, lat, lng, hue: the 34 of the documented list
TOWNS = [
    ("Dolores Hidalgo", "Guanajuato", 21.1561, -100.9308, "home"), ("San Miguel de Allende", "Guanajuato", 20.9153, -100.7439, "home"),
    ("Oaxaca", "Oaxaca", 17.0605, -96.7254, "home"), ("Puebla", "Puebla", 19.0379, -98.2035, "home"),
    ("Ciudad de México", "Ciudad de México", 19.4326, -99.1332, "home"), ("Morelia", "Michoacán", 19.7008, -101.1844, "home"),
    ("Zacatecas", "Zacatecas", 22.7686, -102.5814, "home"), ("Campeche", "Campeche", 19.8439, -90.5255, "home"),
    ("Querétaro", "Querétaro", 20.5881, -100.3881, "home"), ("Tlacotalpan", "Veracruz", 18.6128, -95.6572, "home"),
    ("Acapulco", "Guerrero", 16.8634, -99.8901, "home"), ("Tepatitlán de Morelos", "Jalisco", 20.8169, -102.7633, "home"),
    ("La Habana", "Cuba", 23.1330, -82.3830, "na"), ("Antigua", "Guatemala", 14.5611, -90.7344, "na"),
    ("Cuenca", "Ecuador", -2.9005, -79.0045, "sa"), ("Arequipa", "Perú", -16.3989, -71.5350, "sa"),
    ("Quebec", "Canadá", 46.8123, -71.2145, "na"), ("Valparaíso", "Chile", -33.0360, -71.6296, "sa"),
    ("Ashland", "Oregon, Estados Unidos", 42.1946, -122.7095, "na"), ("Morgantown", "West Virginia, Estados Unidos", 39.6295, -79.9559, "na"),
    ("South Bend", "Indiana, Estados Unidos", 41.6834, -86.2500, "na"), ("Tyler", "Texas, Estados Unidos", 32.3513, -95.3011, "na"),
    ("Laredo", "Texas, Estados Unidos", 27.5064, -99.5075, "na"), ("Salinas", "California, Estados Unidos", 36.6777, -121.6555, "na"),
    ("Spoleto", "Italia", 42.7345, 12.7383, "eu"), ("Umeå", "Suecia", 63.8284, 20.2597, "eu"),
    ("Aviñón", "Francia", 43.9483, 4.8089, "eu"), ("Alcalá de Henares", "España", 40.4820, -3.3599, "eu"),
    ("Santa Fe", "España", 37.1895, -3.7184, "eu"), ("San Fernando", "España", 36.4760, -6.1982, "eu"),
    ("Toledo", "España", 39.8581, -4.0226, "eu"), ("Segovia", "España", 40.9481, -4.1184, "eu"),
    ("Sevilla", "España", 37.3828, -5.9732, "eu"), ("Alcázar de San Juan", "España", 39.3901, -3.2083, "eu"),
]  # fmt: skip
RECOGNISED = {"Ashland", "Alcalá de Henares", "Santa Fe", "Umeå"}


def configure() -> None:
    """Configure just enough of Django to render templates."""
    settings.configure(
        USE_I18N=True,
        LANGUAGE_CODE="es",
        STATIC_URL="/static/",
        USE_TZ=True,
        INSTALLED_APPS=["django.contrib.staticfiles"],
        STORAGES={"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}},
    )
    django.setup()


def engine() -> Engine:
    """Return an engine that knows the look and nothing else."""
    libraries = {"i18n": "django.templatetags.i18n", "static": "django.templatetags.static", "ui": "hermanar.ui.templatetags.ui"}
    return Engine(dirs=[str(UI / "templates")], libraries=libraries)


def render(with_engine: Engine, source: str, context: dict[str, Any]) -> str:
    """Render a template's source."""
    return with_engine.from_string(source).render(Context(context))


def key(name: str) -> str:
    """Return what joins a row to its ray."""
    return name.lower().replace(" ", "-")


def rays(centre: tuple[float, float] = GUANAJUATO, living: str = "Ashland") -> list[Ray]:
    """Return the rays of Guanajuato: thirty-three hairlines and a full one."""
    drawn = []
    for name, _, lat, lng, hue in TOWNS:
        bearing, distance = bearing_and_distance(*centre, lat, lng)
        is_living = name == living
        drawn.append(Ray(bearing, distance, "full" if is_living else "hairline", hue, key(name), name if is_living else "", name not in RECOGNISED and hue == "eu"))
    return drawn


def _context() -> dict[str, Any]:
    rows, spots = [], []
    for ray, (name, region, lat, lng, hue) in zip(rays(), TOWNS, strict=True):
        state = {"text": "activo", "shape": "full", "tone": "good"} if name == "Ashland" else {"text": "sin pruebas desde 2020", "shape": "ring", "tone": "quiet"}
        signed = {"text": "1969", "value": 1969} if name == "Ashland" else {"text": ""}
        distance = {"text": f"{ray.distance_km:,.0f}\u00a0km", "value": round(ray.distance_km)}
        rows.append({"key": key(name), "cells": [{"text": name, "url": "#"}, region, signed, distance, {"badge": state}]})
        spots.append(Spot(name, lat, lng, hue, ray.stroke, key=key(name)))
    ashland = bearing_and_distance(42.1946, -122.7095, *GUANAJUATO)
    return {
        "home_url": "index.html",
        "alternates": [{"code": "es", "name": "Español", "url": "/", "current": True}, {"code": "en", "name": "English", "url": "/en/", "current": False}],
        "rays": rays(), "spots": spots, "origin": Spot("Guanajuato", *GUANAJUATO), "rows": rows,
        "ashland_rays": [Ray(*ashland, "full", "na", "guanajuato", "Guanajuato")],
        "columns": [{"label": "Ciudad"}, {"label": "País o estado"}, {"label": "Firma", "numeric": True}, {"label": "Distancia", "numeric": True}, {"label": "Vida"}],
        "legend": [{"text": "activo", "stroke": "full"}, {"text": "dormido", "stroke": "thin"}, {"text": "en silencio", "stroke": "hairline"}, {"text": "no se sabe", "stroke": "dotted"}, {"text": "la otra ciudad no lo confirma", "stroke": "open"}],
        "hues": [{"text": "México"}, {"text": "América del Norte y Central", "hue": "na"}, {"text": "América del Sur", "hue": "sa"}, {"text": "Europa", "hue": "eu"}],
        "events": [
            {"when": "1969-09", "text": "Guanajuato y Ashland firman el hermanamiento.", "source": "Gente Centenarios", "as_of": "2024"},
            {"when": "2008", "text": "Llegan de Salinas un mastógrafo, un equipo de ultrasonido y tanques de agua.", "source": "Estudio de 2020"},
            {"when": "2019-04-05", "text": "Las dos ciudades y sus universidades renuevan los acuerdos, cincuenta años después.", "source": "Mail Tribune", "as_of": "2019-04-05"},
            {"when": "2022-07", "text": "La delegación vuelve a Ashland para el 4 de julio.", "source": "Ashland News", "as_of": "2022-07", "is_quiet": True},
        ],
        "bars": [{"label": "España", "value": 7, "url": "#", "hue": "eu"}, {"label": "Estados Unidos", "value": 6, "url": "#", "hue": "na"}, {"label": "Italia", "value": 1, "hue": "eu"}, {"label": "Chile", "value": 1, "hue": "sa"}],
        "continents": [{"label": "Europa", "count": 10, "url": "#", "chosen": True}, {"label": "América del Norte", "count": 9, "url": "#"}, {"label": "América del Sur", "count": 3, "url": "#"}],
        "states": [{"label": "activo", "count": 1, "url": "#"}, {"label": "en silencio", "count": 33, "url": "#"}],
        "choices": [{"label": "Europa", "url": "#"}, {"label": "desde 1960", "url": "#"}],
        "pages": [{"number": 1, "current": True}, {"number": 2, "url": "#"}, None, {"number": 28, "url": "#"}],
        "files": [{"format": "CSV", "url": "#", "note": "4 KB"}, {"format": "XLSX", "url": "#"}, {"format": "JSON", "url": "#"}],
        "steps": [{"label": "Museo", "url": "#"}, {"label": "Ciudades", "url": "#"}, {"label": "Guanajuato"}],
        "left": {"name": "Guanajuato", "region": "Guanajuato, México", "url": "#"}, "right": {"name": "Ashland", "region": "Oregon, Estados Unidos", "url": "#"},
        "compared": [
            {"label": "Qué es", "left": "Hermanamiento", "right": "Sister city, desde 1969"},
            {"label": "Primer hermanamiento", "left": "Ashland, 1969", "right": "", "differs": False},
            {"label": "Ciudades hermanas que cuenta", "left": "34", "right": "1", "differs": True},
        ],
        "problems": [{"where": "anio_desde", "what": "«mil» no es un año; escriba cuatro cifras, por ejemplo 1969"}, {"where": "pais", "what": "«ZZ» no es el código de ningún país"}],
    }  # fmt: skip


def world_ties(nodes: Path, relations: Path) -> dict[str, Any]:
    """Return a whole world of ties in the contract of the map, from two lists."""
    with nodes.open(encoding="utf-8") as file:
        listed = [row for row in csv.DictReader(file) if row["lat"]]
    position = {row["nodo"]: i for i, row in enumerate(listed)}
    with relations.open(encoding="utf-8") as file:
        pairs = [(position[row["nodo_a"]], position[row["nodo_b"]]) for row in csv.DictReader(file) if row["nodo_a"] in position and row["nodo_b"] in position]
    counts = [0] * len(listed)
    for a, b in pairs:
        counts[a] += 1
        counts[b] += 1

    def hue(row: dict[str, str]) -> str:
        lat, lng = float(row["lat"]), float(row["lng"])
        if row["iso2"] == "MX":
            return "home"
        if lng < -30:
            return "na" if lat > 12 else "sa"
        return "eu" if lat > 36 and lng < 45 else "af" if lng < 52 else "as" if lat > -8 else "oc"

    places = [[row["nodo"], row["nombre"], float(row["lat"]), float(row["lng"]), row["iso2"], None, counts[i], hue(row)] for i, row in enumerate(listed)]
    return {"places": places, "ties": [[a, b, 3] for a, b in pairs], "origin": None}


def city_ties() -> dict[str, Any]:
    """Return the ties of Guanajuato in the contract of the map."""
    places: list[list[Any]] = [["guanajuato", "Guanajuato", *GUANAJUATO, "MX", "index.html", len(TOWNS), "home"]]
    places += [[key(name), name, lat, lng, "", None, 1, hue] for name, _, lat, lng, hue in TOWNS]
    return {"places": places, "ties": [[0, i + 1, ray.stroke] for i, ray in enumerate(rays())], "origin": 0}


def write(folder: Path) -> None:
    """Write the pages and what they need."""
    configure()
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copytree(UI / "static", folder / "static", dirs_exist_ok=True)
    context = _context()
    for source in sorted(Path(__file__).parent.glob("pages/*.html")):
        (folder / source.name).write_text(render(engine(), source.read_text(encoding="utf-8"), context), encoding="utf-8")
    (folder / "ties.json").write_text(json.dumps(city_ties(), ensure_ascii=False), encoding="utf-8")
    (folder / "emblem.svg").write_text(emblem(rays(), size=256), encoding="utf-8")
    (folder / "card.svg").write_text(social_card(rays(), title="Guanajuato", subtitle="34 hermanamientos, uno activo"), encoding="utf-8")
    if len(sys.argv) > 3:
        (folder / "world.json").write_text(json.dumps(world_ties(Path(sys.argv[2]), Path(sys.argv[3])), ensure_ascii=False), encoding="utf-8")


if __name__ == "__main__":
    write(Path(sys.argv[1]))
