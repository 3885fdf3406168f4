"""Reads TopoJSON: shared arcs, quantised and delta-coded, back to rings of longitude and latitude."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

Ring = list[tuple[float, float]]


def _arcs(topology: dict[str, Any]) -> list[Ring]:
    (kx, ky), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for coded in topology["arcs"]:
        x = y = 0
        arc = []
        for dx, dy in coded:
            x, y = x + dx, y + dy
            arc.append((x * kx + tx, y * ky + ty))
        arcs.append(arc)
    return arcs


def _ring(numbers: list[int], arcs: list[Ring]) -> Ring:
    ring: Ring = []
    for number in numbers:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        ring.extend(arc if not ring else arc[1:])
    return ring


def shapes(path: Path) -> Iterator[tuple[str, list[Ring]]]:
    """Yield each shape of the file's first object: its identifier and its rings, as (longitude, latitude)."""
    topology = json.loads(path.read_text(encoding="utf-8"))
    arcs = _arcs(topology)
    collection = next(iter(topology["objects"].values()))
    for shape in collection["geometries"]:
        polygons = [shape["arcs"]] if shape["type"] == "Polygon" else shape.get("arcs", [])
        yield str(shape.get("id", "")), [_ring(numbers, arcs) for polygon in polygons for numbers in polygon]
