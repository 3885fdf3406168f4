"""Check a dossier with nothing but Python.

    python3 verify_dossier.py ENTREGA.zip [--digest SHA-256]

Needs neither the program that made it nor a network. Recomputes the checksum of every file and every figure, and
compares the index in its forms. Ends with 0 only when nothing is wrong.
"""

from __future__ import annotations

import argparse
import collections
import csv
import hashlib
import io
import json
import re
import sys
import zipfile

SUMS = "SUMAS.sha256"
COUNTED = ("stage", "force", "vitality", "visibility", "lacks_backing")


def sha256(stream):
    total = hashlib.sha256()
    for piece in iter(lambda: stream.read(1_048_576), b""):
        total.update(piece)
    return total.hexdigest()


def wrong_files(archive):
    """Yield what is missing, added or altered."""
    names = archive.namelist()
    told = {}
    for line in archive.read(SUMS).decode().splitlines():
        digest, _space, name = line.partition("  ")
        told[name] = digest
    for name in sorted({name for name in names if names.count(name) > 1}):
        yield f"está dos veces: {name}"
    for name in sorted(set(told) - set(names)):
        yield f"falta: {name}"
    for name in sorted(set(names) - set(told) - {SUMS}):
        yield f"sobra, nadie lo suma: {name}"
    for name in sorted(set(told) & set(names)):
        with archive.open(name) as stream:
            if sha256(stream) != told[name]:
                yield f"alterado: {name}"


def figures_of(index):
    """Count everything anew."""
    sections = index["sections"]
    counted = {name: len(rows) for name, rows in sections.items()}
    for name in COUNTED:
        kinds = collections.Counter(row[name] for row in sections["agreements"])
        counted.update({f"{name}:{kind}": count for kind, count in kinds.items()})
    counted["paper_bytes"] = sum(row["size"] for row in sections["papers"])
    return counted


def wrong_figures(archive, index):
    """Yield the figures that are not what the rows give, in each form of the index."""
    counted = figures_of(index)
    html = archive.read("INDICE.html").decode()
    shown = {name: int(value) for name, value in re.findall(r'data-figure="([^"]+)">(\d+)<', html)}
    for form, figures in (("INDICE.json", index["figures"]), ("INDICE.html", shown)):
        for name in sorted(set(counted) | set(figures)):
            if counted.get(name) != figures.get(name):
                yield f"{form}: {name} dice {figures.get(name)} y se cuentan {counted.get(name)}"


def wrong_stages(index):
    """Yield the agreements whose stage is not where their last step led."""
    last: dict[str, tuple[int, str]] = {}
    for step in index["sections"]["steps"]:
        if step["number"] >= last.get(step["file"], (0, ""))[0]:
            last[step["file"]] = (step["number"], step["stage_after"])
    for one in index["sections"]["agreements"]:
        if one["file"] in last and last[one["file"]][1] != one["stage"]:
            yield f"{one['file']}: dice etapa {one['stage']} y su último paso llevó a {last[one['file']][1]}"


def wrong_backing(index):
    """Yield the agreements signed without an opinion, with no favourable one since, that are said to have backing."""
    without = {}
    for step in sorted(index["sections"]["steps"], key=lambda step: step["number"]):
        if step["is_without_opinion"] == "yes":
            without[step["file"]] = True
        elif step["is_favourable"] == "yes":
            without.pop(step["file"], None)
    for one in index["sections"]["agreements"]:
        if one["file"] in without and one["lacks_backing"] != "yes":
            yield f"{one['file']}: se firmó sin dictamen favorable y no dice que carece de respaldo"


def wrong_papers(archive, index):
    """Yield the papers that are not what the index says of them."""
    for paper in index["sections"]["papers"]:
        if not paper["path"]:
            continue  # the house had lost it; the index says so
        try:
            with archive.open(paper["path"]) as stream:
                found = (sha256(stream), archive.getinfo(paper["path"]).file_size)
        except KeyError:
            yield f"falta el documento: {paper['path']}"
            continue
        if found != (paper["sha256"], paper["size"]):
            yield f"no es el documento que dice el índice: {paper['path']}"


def wrong_tables(archive, index):
    """Yield the tables whose CSV does not say what the JSON says."""
    for name, path in index["tables"].items():
        text = archive.read(path).decode("utf-8-sig")
        rows = [[cell.removeprefix("'") for cell in row] for row in csv.reader(io.StringIO(text, newline=""))][1:]
        expected = [[as_text(value) for value in row.values()] for row in index["sections"][name]]
        if rows != expected:
            yield f"{path} no dice lo mismo que INDICE.json"


def as_text(value):
    return str(value).removeprefix("'")


def check(path, digest=""):
    """Return everything that is wrong."""
    with open(path, "rb") as file:
        whole = sha256(file)
    found = []
    if digest and digest.lower() != whole:
        found.append(f"no es la entrega firmada: su SHA-256 es {whole}")
    try:
        with zipfile.ZipFile(path) as archive:
            found += wrong_files(archive)
            index = json.loads(archive.read("INDICE.json"))
            for look in (wrong_figures, wrong_papers, wrong_tables):
                found += look(archive, index)
            found += wrong_stages(index)
            found += wrong_backing(index)
    except (zipfile.BadZipFile, KeyError, ValueError, TypeError) as error:
        return whole, [*found, f"la entrega está dañada: {error}"]
    return whole, found


def main():
    parser = argparse.ArgumentParser(description="Comprueba una entrega de Hermanar.")
    parser.add_argument("zip")
    parser.add_argument("--digest", default="", help="la suma SHA-256 que está en el acta")
    asked = parser.parse_args()
    whole, found = check(asked.zip, asked.digest)
    for line in found:
        print(line)
    print(f"SHA-256 de la entrega: {whole}")
    print(f"Faltas: {len(found)}" if found else "Todo coincide.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
