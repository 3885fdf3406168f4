"""The one place that asks Typst: a template of ours, data as text, no file but an empty folder, no network."""

from __future__ import annotations

import datetime as dt
import json
import tempfile
from collections.abc import Sequence
from typing import Any

_PICTURE = b"""
#let asked = json(bytes(sys.inputs.at("picture")))
#set page(width: asked.size * 1pt, height: asked.size * 1pt, margin: asked.margin * 1pt,
  fill: if asked.ground != "" { rgb(asked.ground) } else { none })
#image(bytes(asked.svg), format: "svg", width: 100%, height: 100%)
"""


class TypesettingError(RuntimeError):
    """What was to be set could not be; the fault is ours, not the reader's."""


def typeset(template: bytes, *, inputs: dict[str, str], made_at: dt.datetime, standards: Sequence[str] = ()) -> bytes:
    """Return a PDF of a template and its data. Raises TypesettingError."""
    return _compiled(
        template, format="pdf", sys_inputs=inputs, pdf_standards=list(standards), timestamp=int(made_at.timestamp())
    )


def as_png(svg: str, size: int, *, margin: int = 0, ground: str = "") -> bytes:
    """Return a square drawing as points, on a ground or on none. Raises TypesettingError."""
    asked = {"svg": svg, "size": size, "margin": margin, "ground": ground}
    return _compiled(_PICTURE, format="png", ppi=72.0, sys_inputs={"picture": json.dumps(asked)})


def _compiled(template: bytes, **options: Any) -> bytes:
    import typst  # noqa: PLC0415  20 MB that only those who write papers pay for

    with tempfile.TemporaryDirectory(prefix="hermanar-paper-") as empty:
        try:
            made: bytes = typst.compile(  # type: ignore[assignment]  # its stubs know no options given by name
                template,
                root=empty,  # all that a template could read
                font_paths=typst.Fonts(include_system_fonts=False),
                ignore_system_fonts=True,
                package_path=empty,
                package_cache_path=empty,
                **options,
            )
        except typst.TypstError as error:
            raise TypesettingError(str(error)) from error
    return made
