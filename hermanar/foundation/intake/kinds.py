"""The kinds of what is sent in: what each may hold, and how long. Whoever adds a kind adds its table here."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hermanar.foundation.intake.rules import Complaint, Field, Form, Kind, Mark, Shape, State, Step

_HALF_YEAR, _MONTH = 180, 30
# What stands is kept while it stands; what nobody decided on, or was turned away, goes by itself.
_SHOWN = {
    State.WAITING: _HALF_YEAR,
    State.PUBLISHED: None,
    State.REPORTED: None,
    State.HIDDEN: _HALF_YEAR,
    State.REFUSED: _MONTH,
}
# What a postcard can be made of; the drawings are the museum's.
SCENES = frozenset({"rosettes", "path", "sun", "years"})
WALLS = frozenset({"ochre", "cobalt", "cochineal", "cantera", "rose"})
STAMPS = frozenset(
    {"sun", "moon", "mountain", "wave", "bird", "flower", "house", "heart", "star", "note", "book", "hand"}
)
MOST_STAMPS = 5
LONGEST_SLUG = 120  # of a place; nothing else that is named has a longer one
VOICES = frozenset({"resident", "office", "organisation", "university"})

# What is written to an office alone: gone a month after somebody attended to it.
_LETTER = {State.WAITING: _HALF_YEAR, State.SETTLED: _MONTH, State.REFUSED: _MONTH}
MOST_VISITORS = 300
GROUPS: dict[str, Promise] = {
    "school": _("escuela"),
    "university": _("universidad"),
    "association": _("asociación"),
    "office": _("oficina pública"),
    "family": _("familia o amistades"),
    "other": _("otro"),
}
VISIT_LANGUAGES = {"es": "Español", "en": "English"}

SHAPES: dict[Kind, Shape] = {
    Kind.HELLO: Shape(
        (
            Field("sender", Form.SLUG, LONGEST_SLUG, is_required=True),
            Field("receiver", Form.SLUG, LONGEST_SLUG, is_required=True),
            Field("text", Form.TEXT, 280),
            Field("scene", Form.CODE, 20, is_required=True, choices=SCENES),
            Field("wall", Form.CODE, 20, is_required=True, choices=WALLS),
            Field("stamps", Form.CODES, MOST_STAMPS, choices=STAMPS),
        ),
        _SHOWN,
    ),
    Kind.ANSWER: Shape(
        (
            Field("problem", Form.SLUG, LONGEST_SLUG, is_required=True),
            Field("city", Form.SLUG, LONGEST_SLUG),
            Field("voice", Form.CODE, 20, is_required=True, choices=VOICES),
            Field("text", Form.TEXT, 2_000, is_required=True),
            Field("source", Form.LINE, 300),
        ),
        _SHOWN,
    ),
    Kind.PROPOSAL: Shape(
        (
            Field("city", Form.SLUG, LONGEST_SLUG, is_required=True),
            Field("title", Form.LINE, 100, is_required=True),
            Field("text", Form.TEXT, 2_000, is_required=True),
        ),
        _SHOWN,
    ),
    Kind.ENTRY: Shape(
        (
            Field("title", Form.LINE, 120, is_required=True),
            Field("author", Form.LINE, 120, is_required=True),  # shown with the result, never before
            Field("technique", Form.LINE, 120),
            Field("text", Form.TEXT, 1_500, is_required=True),
            Field("picture", Form.UUID, 36, is_required=True),  # a document of the office, written anew
            Field("seen", Form.LINE, 300, is_required=True),
            Field("contact", Form.EMAIL, 120, is_required=True, is_personal=True),
        ),
        _SHOWN,
    ),
    Kind.VISIT: Shape(
        (
            Field("wished_on", Form.DATE, 10, is_required=True),
            Field("other_on", Form.DATE, 10),
            Field("size", Form.NUMBER, MOST_VISITORS, is_required=True),
            Field("guided_in", Form.CODE, 2, is_required=True, choices=frozenset(VISIT_LANGUAGES)),
            Field("group", Form.CODE, 20, is_required=True, choices=frozenset(GROUPS)),
            Field("institution", Form.LINE, 160, is_required=True),
            Field("text", Form.TEXT, 1_000),
            Field("contact", Form.EMAIL, 120, is_required=True, is_personal=True),
        ),
        _LETTER,
        is_public=False,
    ),
    Kind.INQUIRY: Shape(
        (
            Field("organisation", Form.LINE, 160, is_required=True),
            Field("text", Form.TEXT, 2_000, is_required=True),
            Field("contact", Form.EMAIL, 120, is_required=True, is_personal=True),
        ),
        _LETTER,
        is_public=False,
    ),
}

# The newest consent; what was agreed to before keeps its own number. A changed text gets a new one.
CONSENT = "2026-11"
LETTER_CONSENT = "2026-11-letter"
ENTRY_CONSENT = "2026-11-entry"
CONSENTS: dict[str, Promise] = {
    LETTER_CONSENT: _(
        "Acepto que la oficina lea esto y use el correo solo para contestar. Se borra un mes después de atenderlo, o a "
        "los seis meses."
    ),
    ENTRY_CONSENT: _(
        "La obra es mía y acepto las bases. El museo puede mostrar su imagen, y con el resultado mi nombre. Mi correo "
        "solo se usa para esta convocatoria y se borra 60 días después del resultado. Puedo retirarla cuando quiera."
    ),
    "2026-11": _(
        "Lo que envío es mío o puedo compartirlo, no dice datos personales de nadie, y acepto que el museo lo publique "
        "con licencia CC BY 4.0 después de leerlo."
    ),
}
FIELD_LABELS: dict[str, Promise] = {
    "sender": _("de"),
    "receiver": _("para"),
    "text": _("texto"),
    "scene": _("dibujo"),
    "wall": _("muro"),
    "stamps": _("sellos"),
    "problem": _("pregunta"),
    "city": _("ciudad"),
    "voice": _("quién habla"),
    "source": _("fuente"),
    "title": _("título"),
    "author": _("quién la hizo"),
    "technique": _("técnica y medidas"),
    "picture": _("imagen"),
    "seen": _("qué se ve"),
    "contact": _("correo de contacto"),
    "wished_on": _("día que prefieren"),
    "other_on": _("otro día posible"),
    "size": _("cuántas personas"),
    "guided_in": _("idioma de la visita"),
    "group": _("qué grupo es"),
    "institution": _("escuela, asociación u oficina"),
    "organisation": _("empresa o institución"),
}
KIND_LABELS: dict[Kind, Promise] = {
    Kind.HELLO: _("saludo"),
    Kind.ANSWER: _("respuesta en el tablero"),
    Kind.PROPOSAL: _("propuesta"),
    Kind.ENTRY: _("obra para una convocatoria"),
    Kind.VISIT: _("visita de un grupo"),
    Kind.INQUIRY: _("pregunta sobre un negocio"),
}
STATE_LABELS: dict[State, Promise] = {
    State.WAITING: _("por leer"),
    State.PUBLISHED: _("publicado"),
    State.REPORTED: _("publicado, con avisos"),
    State.HIDDEN: _("oculto"),
    State.REFUSED: _("no publicado"),
    State.SETTLED: _("atendido"),
    State.REMOVED: _("retirado"),
}
STEP_LABELS: dict[Step, Promise] = {
    Step.PUBLISH: _("Publicar"),
    Step.REFUSE: _("No publicar"),
    Step.RECONSIDER: _("Deshacer la decisión"),
    Step.REPORT: _("Avisar"),
    Step.RESTORE: _("Dejar publicado"),
    Step.HIDE: _("Ocultar"),
    Step.SETTLE: _("Dar por atendido"),
    Step.REMOVE: _("Borrar para siempre"),
}
MARK_LABELS: dict[Mark, Promise] = {
    Mark.LINK: _("lleva un enlace"),
    Mark.REPEAT: _("repite otro"),
    Mark.QUICK: _("llegó más rápido de lo que se escribe"),
    Mark.TRAP: _("llenó el campo que nadie ve"),
    Mark.PERSONAL: _("parece decir un teléfono o un correo"),
}
COMPLAINT_LABELS: dict[Complaint, Promise] = {
    Complaint.HARM: _("Ofende o hace daño a alguien"),
    Complaint.PERSONAL: _("Dice datos personales de alguien"),
    Complaint.FALSE: _("Lo que dice es falso"),
    Complaint.RIGHTS: _("Es obra de otra persona"),
    Complaint.OTHER: _("Otra razón"),
}
# The languages somebody may write in, each by its own name.
LANGUAGES = {
    "es": "Español", "en": "English", "fr": "Français", "de": "Deutsch", "it": "Italiano", "pt": "Português",
    "nl": "Nederlands", "pl": "Polski", "ru": "Русский", "uk": "Українська", "tr": "Türkçe", "ar": "العربية",
    "he": "עברית", "hi": "हिन्दी", "zh": "中文", "ja": "日本語", "ko": "한국어", "nah": "Nāhuatl",
    "oto": "Hñähñu", "pur": "Pʼurhépecha",
}  # fmt: skip


def shape_of(kind: Kind) -> Shape:
    """Return what a kind may hold."""
    return SHAPES[kind]


def kinds_with_people() -> list[str]:
    """Return the kinds that hold something of a person."""
    return [kind.value for kind, shape in SHAPES.items() if any(one.is_personal for one in shape.fields)]


def consent_words(version: str) -> Promise:
    """Return the text of a consent."""
    return CONSENTS[version]
