"""The columns of a city's own file: one list makes the template, the reader, its refusals and the manual."""

from dataclasses import dataclass
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from hermanar.agreements.vocabulary import Kind, Standing


class CellKind(TextChoices):
    """How a cell of a city's own file is read."""

    TEXT = "text", _("texto")
    COUNTRY = "country", _("país: código ISO de dos letras o nombre")
    CHOICE = "choice", _("una de las palabras de la lista")
    DATE = "date", _("fecha: AAAA, AAAA-MM o AAAA-MM-DD")
    YEARS = "years", _("número entero de años, de 1 a 99")
    YES_NO = "yes_no", _("sí o no")
    AREAS = "areas", _("áreas separadas por punto y coma")
    DEGREES = "degrees", _("grados decimales, por ejemplo 42.1946")


IMPORT_SHEET = "acuerdos"  # of the template


@dataclass(frozen=True, slots=True)
class ImportField:
    """A column of a city's own file of agreements: the template, the reader and the manual are made from these."""

    name: str
    es: str
    en: str
    kind: CellKind
    help: Any
    example: str = ""
    is_required: bool = False
    longest: int = 200
    choices: type[TextChoices] | None = None


IMPORT_FIELDS = (
    ImportField(
        "city",
        "ciudad",
        "city",
        CellKind.TEXT,
        _("Quien declara el acuerdo: «León», «León, Guanajuato» o un identificador, «inegi:11020»"),
        "Guanajuato",
        is_required=True,
    ),
    ImportField(
        "state",
        "estado",
        "state",
        CellKind.TEXT,
        _("Entidad federativa o región de esa ciudad"),
        "Guanajuato",
    ),
    ImportField(
        "country",
        "país",
        "country",
        CellKind.COUNTRY,
        _("País de esa ciudad; vacío es México"),
        "MX",
    ),
    ImportField(
        "other_city",
        "ciudad_contraparte",
        "counterpart_city",
        CellKind.TEXT,
        _("La otra parte: «Ashland», «Ashland, Oregon» o un identificador, «geonames:5711146», «wikidata:Q…»"),
        "Ashland",
        is_required=True,
    ),
    ImportField(
        "other_region",
        "región_contraparte",
        "counterpart_region",
        CellKind.TEXT,
        _("Su estado, provincia o región; distingue a las que se llaman igual"),
        "Oregon",
    ),
    ImportField(
        "other_country",
        "país_contraparte",
        "counterpart_country",
        CellKind.COUNTRY,
        _("Su país"),
        "US",
        is_required=True,
    ),
    ImportField(
        "kind",
        "tipo",
        "kind",
        CellKind.CHOICE,
        _("Tipo de instrumento; vacío es desconocido"),
        "hermanamiento",
        choices=Kind,
    ),
    ImportField(
        "signed",
        "fecha_firma",
        "signed_on",
        CellKind.DATE,
        _("Lo que se sepa de la fecha de firma"),
        "1969-09",
        longest=10,
    ),
    ImportField(
        "term_years",
        "vigencia_años",
        "term_years",
        CellKind.YEARS,
        _("Años que dura, si el texto lo dice"),
        "5",
    ),
    ImportField(
        "is_open_ended",
        "indefinida",
        "open_ended",
        CellKind.YES_NO,
        _("«sí» si el texto dice que no vence"),
        "no",
    ),
    ImportField(
        "is_renewable",
        "renovable",
        "renewable",
        CellKind.YES_NO,
        _("Si el texto prevé renovarlo"),
        "sí",
    ),
    ImportField(
        "areas",
        "áreas",
        "areas",
        CellKind.AREAS,
        _("Áreas de cooperación que nombra el texto"),
        "cultura; turismo",
        longest=2000,
    ),
    ImportField(
        "registered",
        "inscrito",
        "registered",
        CellKind.YES_NO,
        _("Si está en el Registro de Acuerdos Interinstitucionales; vacío es que no se sabe"),
        "sí",
    ),
    ImportField(
        "registered_on",
        "fecha_inscripción",
        "registered_on",
        CellKind.DATE,
        _("Fecha de inscripción"),
        "2019-05",
        longest=10,
    ),
    ImportField(
        "registration_number",
        "número_inscripción",
        "registration_number",
        CellKind.TEXT,
        _("Número de inscripción"),
        "",
        longest=80,
    ),
    ImportField(
        "standing",
        "personalidad_contraparte",
        "counterpart_standing",
        CellKind.CHOICE,
        _("Pública, privada u organismo internacional; vacío es pública"),
        "pública",
        choices=Standing,
    ),
    ImportField(
        "title",
        "título_oficial",
        "official_title",
        CellKind.TEXT,
        _("Título del instrumento, tal como está escrito"),
        "",
        longest=300,
    ),
    ImportField(
        "note",
        "nota",
        "note",
        CellKind.TEXT,
        _("Lo que convenga saber"),
        "",
        longest=2000,
    ),
    ImportField(
        "source",
        "fuente",
        "source",
        CellKind.TEXT,
        _("Documento que lo dice; será la fuente de lo que diga la fila. Vacía, la fuente es este archivo"),
        "Acta de cabildo 12/1969",
    ),
    ImportField(
        "page",
        "página",
        "page",
        CellKind.TEXT,
        _("Página o lugar del documento"),
        "3",
        longest=60,
    ),
    ImportField(
        "is_new",
        "confirmar_nuevo",
        "confirm_new",
        CellKind.YES_NO,
        _("«sí» si se parece a uno que ya está, pero es otro"),
        "",
    ),
    ImportField(
        "add_place",
        "agregar_lugar",
        "add_place",
        CellKind.YES_NO,
        _("«sí» para agregar al directorio la contraparte que no esté en él"),
        "",
    ),
    ImportField(
        "latitude",
        "latitud_contraparte",
        "counterpart_latitude",
        CellKind.DEGREES,
        _("Solo si se agrega el lugar"),
        "42.1946",
    ),
    ImportField(
        "longitude",
        "longitud_contraparte",
        "counterpart_longitude",
        CellKind.DEGREES,
        _("Solo si se agrega el lugar"),
        "-122.7095",
    ),
)
# Words that people write for a value, beside its code and its labels; folded.
IMPORT_SYNONYMS: dict[type[TextChoices], dict[str, str]] = {
    Kind: {
        "hermandad": Kind.TWINNING,
        "ciudades hermanas": Kind.TWINNING,
        "acuerdo de hermanamiento": Kind.TWINNING,
        "cooperacion": Kind.SPECIFIC_COOPERATION,
        "acuerdo de cooperacion especifica": Kind.SPECIFIC_COOPERATION,
        "otro": Kind.OTHER,
        "desconocido": Kind.UNKNOWN,
    },
    Standing: {
        "publica": Standing.GOVERNMENT,
        "publico": Standing.GOVERNMENT,
        "gobierno": Standing.GOVERNMENT,
        "privada": Standing.PRIVATE,
        "privado": Standing.PRIVATE,
    },
}
