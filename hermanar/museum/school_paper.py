"""The guide for schools as a paper to print: sheets for the class, a postcard to cut, answers for whoever teaches."""

from __future__ import annotations

from django.utils.translation import gettext as _

from hermanar.foundation.papers import Paper
from hermanar.foundation.papers.structure import Line, NewPage, Picture, Piece, Style, Table
from hermanar.museum import school_guide
from hermanar.museum.school_guide import Guide
from hermanar.ui.tally import tally_picture
from hermanar.ui.worldmap import HEIGHT, WIDTH, land

_RULED = 4  # lines to write on, for each question
_INK = "#1b1b1b"
_AROUND = 70  # of the map, beyond the places on it


def paper_of(guide: Guide, *, language: str) -> Paper:
    """Write the guide of a city as a paper."""
    title = _("Nuestras ciudades hermanas")
    return Paper(
        language,
        title,
        (*_first(guide, title), *_find(guide), *_ask(guide), *_card(), *_answers(guide)),
        is_draft=False,
    )


def _line(text: str, style: Style = Style.BODY) -> Line:
    return Line(style, (text,))


def _first(guide: Guide, title: str) -> tuple[Piece, ...]:
    first, own = school_guide.told(guide)
    counted = _("%(n)d rayas, una por hermanamiento; la roja es el activo") % {"n": guide.sister_count}
    lit = int(guide.active) if guide.active.isdigit() else 0
    marks = (Picture(tally_picture(lit, guide.sister_count), counted, 80), _line(counted, Style.CENTRED))
    return (
        _line(_("Hermanar · Guía para escuelas"), Style.LETTERHEAD),
        _line(title, Style.TITLE),
        _line(
            _("Una clase de 50 minutos, de nueve a trece años. Hacen falta esta guía impresa, lápices y tijeras."),
            Style.CENTRED,
        ),
        _line(_("¿Qué es una ciudad hermana?"), Style.HEADING),
        _line(first, Style.LARGE),
        _line(own, Style.LARGE),
        *(marks if lit else ()),
        _line(_("La clase, paso a paso"), Style.HEADING),
        Table(
            (_("Tiempo"), _("Qué se hace")),
            tuple(((time,), (what,)) for time, what in school_guide.plan_of_class()),
            (1, 6),
        ),
    )


def _find(guide: Guide) -> tuple[Piece, ...]:
    names = ", ".join(sorted(f"{find.name} ({find.country})" for find in guide.finds))
    described = _("Mapa del mundo con %(city)s y %(n)d puntos numerados") % {"city": guide.city, "n": len(guide.finds)}
    rows = tuple(((f"{find.number}",), (school_guide.clue(find),), ("",)) for find in guide.finds)
    return (
        NewPage(),
        _line(_("Encuéntralas en el mapa"), Style.HEADING),
        _line(
            _("El punto negro es %(city)s. Une cada número con una de estas ciudades:") % {"city": guide.city},
            Style.LARGE,
        ),
        _line(names, Style.LARGE),
        Picture(map_picture(guide), described, 82),
        Table((_("Número"), _("Pista, desde %(city)s") % {"city": guide.city}, _("Ciudad")), rows, (1, 3, 3)),
    )


def _ask(guide: Guide) -> tuple[Piece, ...]:
    ruled = Picture(ruled_picture(_RULED), _("Renglones para escribir"))
    asked: list[Piece] = [NewPage(), _line(_("Piensa y escribe"), Style.HEADING)]
    for number, question in enumerate(school_guide.questions(guide), 1):
        asked += [_line(f"{number}. {question}", Style.LARGE), ruled]
    return tuple(asked)


def _card() -> tuple[Piece, ...]:
    draw = _(
        "Dibuja de un lado algo de tu ciudad. Del otro, cuenta qué dibujaste y haz una pregunta. Firma solo con tu "
        "nombre de pila o un apodo."
    )
    cut = _(
        "Recorta por la línea. Quien da la clase puede llevar las postales a la oficina que atiende los hermanamientos "
        "de su ciudad."
    )
    front = _("El frente de la postal, en blanco, para dibujar")
    back = _("El reverso de la postal: renglones para escribir y lugar para el timbre")
    return (
        NewPage(),
        _line(_("Una postal para una ciudad hermana"), Style.HEADING),
        _line(draw),
        Picture(card_picture(is_written=False), front, 88),
        Picture(card_picture(is_written=True), back, 88),
        _line(cut, Style.NOTE),
    )


def _answers(guide: Guide) -> tuple[Piece, ...]:
    rows = tuple(
        ((f"{find.number}",), (f"{find.name}, {find.country}",), (school_guide.clue(find),)) for find in guide.finds
    )
    return (
        NewPage(),
        _line(_("Para quien da la clase"), Style.HEADING),
        Table((_("Número"), _("Ciudad"), _("Distancia y rumbo")), rows, (1, 3, 3)),
        _line(
            _(
                "Las distancias son en línea recta y redondeadas. Las preguntas no tienen una sola respuesta: "
                "valen las que dan una razón."
            )
        ),
        _line(
            _("Los datos son los que el museo tenía el %(day)s; cada uno dice su fuente en la página de la ciudad.")
            % {"day": guide.today.strftime("%d/%m/%Y")},
            Style.NOTE,
        ),
    )


# ── drawings for paper: no style sheet reaches them ──────────────────────────────────────────────────────────────────


def map_picture(guide: Guide) -> str:
    """Draw the world with the city and the numbered places."""
    x, y = guide.home
    dots = "".join(_dot(find.number, *find.point) for find in guide.finds)
    xs, ys = zip((x, y), *(find.point for find in guide.finds), strict=True)
    left, top = max(0, min(xs) - _AROUND), max(0, min(ys) - _AROUND)
    right, foot = min(WIDTH, max(xs) + _AROUND), min(HEIGHT, max(ys) + _AROUND)
    ground = f'<path d="{land()}" fill="#ebe3d3" stroke="#8a7c6a" stroke-width="0.6"/>'
    home = f'<circle cx="{x:.1f}" cy="{y:.1f}" r="9" fill="#1b1b1b"/>'
    return _svg(right - left, foot - top, f"{ground}{dots}{home}", left=left, top=top)


def _dot(number: int, x: float, y: float) -> str:
    letter = f'font-size="19" font-family="Libertinus Serif" text-anchor="middle" fill="{_INK}"'
    return (
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="15" fill="#ffffff" stroke="#a5173a" stroke-width="2.5"/>'
        f'<text x="{x:.1f}" y="{y + 6.5:.1f}" {letter}>{number}</text>'
    )


def ruled_picture(count: int) -> str:
    """Draw lines to write on."""
    lines = "".join(
        f'<path d="M0 {40 * n}H960" stroke="#8a7c6a" stroke-width="1.2" fill="none"/>' for n in range(1, count + 1)
    )
    return _svg(960, 40 * count + 4, lines)


def card_picture(*, is_written: bool) -> str:
    """Draw one side of a postcard to cut out."""
    cut = f'fill="none" stroke="{_INK}" stroke-width="1.5" stroke-dasharray="10 7"'
    edge = f'<rect x="1" y="1" width="958" height="598" {cut}/>'
    if not is_written:
        return _svg(960, 600, edge)
    ruled = "".join(f'<path d="M40 {y}H520" stroke="#8a7c6a" fill="none"/>' for y in range(120, 561, 55))
    address = "".join(f'<path d="M600 {y}H920" stroke="#8a7c6a" fill="none"/>' for y in range(330, 541, 70))
    parted = '<path d="M560 50V550" stroke="#1b1b1b" stroke-width="1.5" fill="none"/>'
    stamp = '<rect x="800" y="45" width="120" height="150" fill="none" stroke="#8a7c6a" stroke-width="1.5"/>'
    return _svg(960, 600, edge + ruled + address + parted + stamp)


def _svg(width: float, height: float, drawing: str, *, left: float = 0, top: float = 0) -> str:
    box = f'viewBox="{left:.0f} {top:.0f} {width:.0f} {height:.0f}" width="{width:.0f}" height="{height:.0f}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {box}>{drawing}</svg>'
