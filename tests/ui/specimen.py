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
# towns: name, country or state, lat, lng, hue of the 34 of the documented list; context: what the pages show
SHOWN = json.loads((Path(__file__).parent / "specimen.json").read_text(encoding="utf-8"))
TOWNS = SHOWN["towns"]
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
    libraries = {
        "i18n": "django.templatetags.i18n",
        "static": "django.templatetags.static",
        "ui": "hermanar.ui.templatetags.ui",
    }
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
        drawn.append(
            Ray(
                bearing,
                distance,
                "full" if is_living else "hairline",
                hue,
                key(name),
                name if is_living else "",
                name not in RECOGNISED and hue == "eu",
            )
        )
    return drawn


def context() -> dict[str, Any]:
    rows, spots = [], []
    for ray, (name, region, lat, lng, hue) in zip(rays(), TOWNS, strict=True):
        state = (
            {"text": "activo", "shape": "full", "tone": "good"}
            if name == "Ashland"
            else {"text": "sin pruebas desde 2020", "shape": "ring", "tone": "quiet"}
        )
        signed = {"text": "1969", "value": 1969} if name == "Ashland" else {"text": ""}
        distance = {"text": f"{ray.distance_km:,.0f}\u00a0km", "value": round(ray.distance_km)}
        rows.append(
            {"key": key(name), "cells": [{"text": name, "url": "#"}, region, signed, distance, {"badge": state}]}
        )
        spots.append(Spot(name, lat, lng, hue, ray.stroke, key=key(name)))
    ashland = bearing_and_distance(42.1946, -122.7095, *GUANAJUATO)
    return {
        **SHOWN["context"],
        "rays": rays(),
        "spots": spots,
        "origin": Spot("Guanajuato", *GUANAJUATO),
        "rows": rows,
        "ashland_rays": [Ray(*ashland, "full", "na", "guanajuato", "Guanajuato")],
    }


def world_ties(nodes: Path, relations: Path) -> dict[str, Any]:
    """Return a whole world of ties in the contract of the map, from two lists."""
    with nodes.open(encoding="utf-8") as file:
        listed = [row for row in csv.DictReader(file) if row["lat"]]
    position = {row["nodo"]: i for i, row in enumerate(listed)}
    with relations.open(encoding="utf-8") as file:
        pairs = [
            (position[row["nodo_a"]], position[row["nodo_b"]])
            for row in csv.DictReader(file)
            if row["nodo_a"] in position and row["nodo_b"] in position
        ]
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

    places = [
        [row["nodo"], row["nombre"], float(row["lat"]), float(row["lng"]), row["iso2"], None, counts[i], hue(row)]
        for i, row in enumerate(listed)
    ]
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
    shown = context()
    for source in sorted(Path(__file__).parent.glob("pages/*.html")):
        (folder / source.name).write_text(render(engine(), source.read_text(encoding="utf-8"), shown), encoding="utf-8")
    (folder / "ties.json").write_text(json.dumps(city_ties(), ensure_ascii=False), encoding="utf-8")
    (folder / "emblem.svg").write_text(emblem(rays(), size=256), encoding="utf-8")
    (folder / "card.svg").write_text(
        social_card(rays(), title="Guanajuato", subtitle="34 hermanamientos, uno activo"), encoding="utf-8"
    )
    if len(sys.argv) > 3:
        (folder / "world.json").write_text(
            json.dumps(world_ties(Path(sys.argv[2]), Path(sys.argv[3])), ensure_ascii=False), encoding="utf-8"
        )


if __name__ == "__main__":
    write(Path(sys.argv[1]))
