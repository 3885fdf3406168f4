"""A dossier as files: PDF, and a ZIP with its index in three forms, every paper, checksums and what checks them."""

from __future__ import annotations

import hashlib
import io
import json
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from operator import itemgetter
from pathlib import Path
from typing import IO, Any

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

import hermanar
from hermanar.foundation.documents import path_of
from hermanar.foundation.papers.pdf import write_pdf
from hermanar.foundation.papers.structure import Line, Paper, Signature, Signatures, Style, Table, clean
from hermanar.foundation.tables.writing import Column, csv_chunks
from hermanar.offices.actions import Dossier
from hermanar.workspace.dossier.knowing import SECTIONS, Known, Row

_PIECE = 1_048_576
_CHECKER = Path(__file__).with_name("verify_dossier.py")
_SUMS = "SUMAS.sha256"


def headings() -> dict[str, tuple[str, dict[str, str]]]:
    """Return the title of each section and the headings of its columns."""
    file, what, since = _("Expediente"), _("Qué"), _("Desde")
    return {
        "agreements": (
            _("Acuerdos"),
            {
                "file": file, "title": _("Acuerdo"), "counterparts": _("Contrapartes"),
                "stage_label": _("Etapa"), "force_label": _("Vigencia"), "vitality_label": _("Vitalidad"),
                "visibility_label": _("Visibilidad"), "backing_label": _("Respaldo"),
                "signed_on": _("Firma"), "ends_on": _("Termina"), "registration_number": _("Inscripción"),
            },
        ),
        "steps": (_("Pasos"), {
            "file": file, "number": _("Núm."), "step_label": _("Paso"), "on": _("Fecha"), "letter": _("Oficio"),
            "opinion_label": _("Dictamen"), "signatories": _("Firmantes"),
        }),
        "due": (_("Lo que vence"), {"file": file, "what": what, "on": _("Hasta"), "since": since}),
        "members": (_("Personas"), {"name": _("Nombre"), "email": _("Correo"), "role": _("Papel"), "since": since}),
        "contacts": (_("Contactos de las contrapartes"), {
            "file": file, "party": _("Parte"), "contact": _("Contacto"), "since": since,
        }),
        "open_matters": (_("Asuntos abiertos"), {"file": file, "what": what, "detail": _("Detalle"), "since": since}),
        "missing": (_("Lo que falta"), {"file": file, "what": what, "since": since}),
        **_beginning_headings(file, what=what, since=since),
        "activities": (_("Actividades"), {
            "file": file, "what": what, "kind_label": _("Clase"), "from": since, "until": _("Hasta"),
            "place": _("Dónde"), "people": _("Personas"),
        }),
        "gifts": (_("Regalos y donaciones"), {
            "file": file, "title": _("Qué es"), "side_label": _("Llegó o salió"), "kind_label": _("Clase"),
            "on": _("Fecha"), "value": _("Valor"), "kept": _("Dónde está"), "since": since,
        }),
        **_work_headings(file, since=since),
        "assessments": (_("Evaluaciones cerradas"), {
            "file": file, "outline": _("Evaluación"), "subject": _("De qué"), "on": _("Fecha"), "value": _("Valor"),
            "answers": _("De cuántas respuestas"),
        }),
        "answers": (_("Respuestas de las evaluaciones"), {
            "subject": _("De qué"), "on": _("Fecha"), "section": _("Sección"), "question": _("Pregunta"),
            "answer": _("Respuesta"), "why": _("Por qué"), "evidence": _("Evidencia"),
        }),
        "papers": (_("Documentos"), {
            "file": file, "name": _("Documento"), "path": _("Archivo"), "sha256": "SHA-256", "size": _("Bytes"),
        }),
    }  # fmt: skip


def _work_headings(file: str, *, since: str) -> dict[str, tuple[str, dict[str, str]]]:
    return {
        "projects": (_("Proyectos de cooperación"), {
            "file": file, "title": _("Proyecto"), "stage_label": _("Etapa"), "since": since,
            "ends_on": _("Termina"), "budget": _("Presupuesto"), "goals": _("ODS y metas"),
            "cancelled": _("Por qué se canceló"),
        }),
        "calls": (_("Convocatorias"), {
            "file": file, "title": _("Convocatoria"), "kind_label": _("Clase"), "closes": _("Cierra"),
            "state_label": _("Estado"), "places": _("Lugares"), "applied": _("Participaron"),
            "placed": _("Fueron elegidas"),
        }),
        "contributions": (_("Lo que mandó el público"), {
            "kind_label": _("Clase"), "since": _("Llegó"), "state_label": _("Estado"), "on": _("Decidido"),
            "reason": _("Por qué"),
        }),
    }  # fmt: skip


def _beginning_headings(file: str, *, what: str, since: str) -> dict[str, tuple[str, dict[str, str]]]:
    return {
        "beginnings": (_("Solicitudes y ciudades elegidas"), {
            "file": file, "what": what, "who": _("Quién"), "outcome": _("Resultado"), "reason": _("Por qué"),
            "on": _("Fecha"),
        }),
        "stakeholders": (_("Quiénes participan"), {
            "file": file, "name": _("Nombre"), "side_label": _("Lado"), "kind_label": _("Clase"),
            "part": _("En qué participa"), "contributes": _("Qué aporta"), "since": since,
        }),
    }  # fmt: skip


@contextmanager
def make_dossier(known: Known) -> Iterator[Dossier]:
    """Write the dossier of an office into temporary files, for a verb to keep."""
    name = f"entrega-{slugify(known.office.slug)}-{known.as_of.isoformat()}"
    with tempfile.TemporaryFile() as target:
        with zipfile.ZipFile(target, "w") as archive:
            pdf = _fill(archive, known)
        target.seek(0)
        yield Dossier(name, target, io.BytesIO(pdf), known.figures())


def _fill(archive: zipfile.ZipFile, known: Known) -> bytes:
    """Write every part, the checksums last; return the PDF."""
    sums: list[tuple[str, str]] = []

    def add(path: str, pieces: Iterable[bytes]) -> tuple[str, int]:
        digest, size = _write(archive, path, pieces)
        sums.append((path, digest))
        return digest, size

    _add_papers(known, add)
    pdf = write_pdf(paper_of(known))
    add("ENTREGA.pdf", [pdf])
    for path, content in _index(known).items():
        add(path, [content])
    add("verify_dossier.py", [_CHECKER.read_bytes()])
    lines = "".join(f"{digest}  {path}\n" for path, digest in sums)
    _write(archive, _SUMS, [lines.encode()])
    return pdf


def _write(archive: zipfile.ZipFile, path: str, pieces: Iterable[bytes]) -> tuple[str, int]:
    total, size = hashlib.sha256(), 0
    about = zipfile.ZipInfo(path)
    about.compress_type = zipfile.ZIP_STORED if path.startswith("documentos/") else zipfile.ZIP_DEFLATED
    about.external_attr = 0o644 << 16
    with archive.open(about, "w", force_zip64=True) as part:
        for piece in pieces:
            part.write(piece)
            total.update(piece)
            size += len(piece)
    return total.hexdigest(), size


def _pieces(file: IO[bytes]) -> Iterator[bytes]:
    while piece := file.read(_PIECE):
        yield piece


def _add_papers(known: Known, add: Callable[[str, Iterable[bytes]], tuple[str, int]]) -> None:
    for number, (document, file) in enumerate(known.papers, start=1):
        row: Row = {"file": file, "name": document.name, "path": "", "sha256": document.digest, "size": 0}
        try:
            with path_of(document.digest).open("rb") as content:
                path = f"documentos/{slugify(file.replace('/', '-'))}/{number:04d}-{document.name}"
                row["sha256"], row["size"] = add(path, _pieces(content))
                row["path"] = path
        except FileNotFoundError:
            missing = {"file": file, "what": _("el archivo del documento «%s»") % document.name, "since": ""}
            known.rows["missing"].append(missing)
        known.rows["papers"].append(row)


def _index(known: Known) -> dict[str, bytes]:
    """Return the index as JSON, HTML and CSV."""
    titles = headings()
    tables = {name: f"indice/{name}.csv" for name in SECTIONS}
    told: dict[str, Any] = {
        "office": {"slug": known.office.slug, "name": known.office.name},
        "as_of": known.as_of.isoformat(),
        "made_at": timezone.now().isoformat(timespec="seconds"),
        "product_version": hermanar.__version__,
        "figures": known.figures(),
        "limits": known.limits,
        "tables": tables,
        "sections": known.rows,
    }
    files = {"INDICE.json": json.dumps(told, ensure_ascii=False, indent=1).encode()}
    for name, path in tables.items():
        files[path] = b"".join(csv_chunks(_columns(known.rows[name], titles[name][1]), known.rows[name]))
    sections = [
        {"name": name, "title": title, "headings": list(columns.values()), "rows": _cells(known.rows[name], columns)}
        for name, (title, columns) in titles.items()
    ]
    context = {"known": known, "sections": sections, "figures": known.figures(), "words": figure_words()}
    files["INDICE.html"] = render_to_string("workspace/handover/index.html", context).encode()
    return files


def _columns(rows: list[Row], words: dict[str, str]) -> list[Column]:
    names = list(rows[0]) if rows else list(words)
    return [Column(words.get(name, name), itemgetter(name)) for name in names]


def _cells(rows: list[Row], columns: dict[str, str]) -> list[list[str]]:
    return [[str(row[name]) for name in columns] for row in rows]


def figure_words() -> dict[str, str]:
    """Return the title of each figure that is not a section's count."""
    return {
        "stage": _("Etapa"), "force": _("Vigencia"), "vitality": _("Vitalidad"), "visibility": _("Visibilidad"),
        "lacks_backing": _("Carece de respaldo"), "paper_bytes": _("Bytes de documentos"),
    }  # fmt: skip


def paper_of(known: Known) -> Paper:
    """Return the dossier to read and sign: the same rows, section by section."""
    title = _("Entrega de %(office)s al %(day)s") % {"office": known.office.name, "day": known.as_of.isoformat()}
    pieces: list[Any] = [Line(Style.TITLE, (clean(title),))]
    for name, (heading, columns) in headings().items():
        rows = known.rows[name]
        pieces.append(Line(Style.HEADING, (f"{heading}: {len(rows)}",)))
        kept = [key for key in columns if key != "path"]
        if name == "papers":
            kept = ["file", "name", "size"]  # the checksums stand in SUMAS.sha256
        cells = tuple(tuple((clean(str(row[key])) or "—",) for key in kept) for row in rows)
        if cells:
            pieces.append(Table(tuple(columns[key] for key in kept), cells))
    pieces.append(Line(Style.HEADING, (_("Lo que no puede saberse de ese día"),)))
    pieces += [Line(Style.BODY, (clean(limit),)) for limit in known.limits]
    signs = ((_("Entrega"), "", ""), (_("Recibe"), "", ""))
    pieces.append(Signatures(tuple(Signature(tuple((line or " ",) for line in lines)) for lines in signs)))
    return Paper("es", clean(title), tuple(pieces), is_draft=False)
