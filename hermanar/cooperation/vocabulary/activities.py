"""The words of what is done together."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ActivityKind(TextChoices):
    """What was done; acts of law are kept with the agreement and are not activities."""

    DONATION = "donation", _("donación")
    VISIT = "visit", _("visita")
    ACADEMIC_COOPERATION = "academic_cooperation", _("cooperación académica")
    STUDENT_EXCHANGE = "student_exchange", _("intercambio estudiantil")
    ANNIVERSARY = "anniversary", _("aniversario")
    CULTURE = "culture", _("actividad cultural")
    TRAINING = "training", _("capacitación")
    PROJECT = "project", _("proyecto")
    OTHER = "other", _("otra actividad")


class Direction(TextChoices):
    """Who gives and who receives, seen from the declaring side."""

    GIVEN = "given", _("dada")
    RECEIVED = "received", _("recibida")
    OUTBOUND = "outbound", _("saliente")
    INBOUND = "inbound", _("entrante")
    MUTUAL = "mutual", _("de ambas partes")
    UNKNOWN = "unknown", _("sin dirección conocida")


class Precision(TextChoices):
    """How much of a date is known; `reported` is the day of the report, not of the deed."""

    DAY = "day", _("día")
    MONTH = "month", _("mes")
    YEAR = "year", _("año")
    REPORTED = "reported", _("fecha de la noticia")
    UNKNOWN = "unknown", _("sin fecha")


class Rights(TextChoices):
    """What may be done with a photograph; unless somebody says more, it stays in the office."""

    OFFICE_ONLY = "office_only", _("solo para el archivo de la oficina")
    OWN = "own", _("es de la oficina: puede publicarse")
    PERMITTED = "permitted", _("quien la tomó permite publicarla")


class Fault(TextChoices):
    """Why an activity is not taken as it was entered, and what to do."""

    NO_DATE = "no_date", _("Falta cuándo fue: elija un día, o escriba el mes o el año que conste.")
    TO_COME = (
        "to_come",
        _("Todavía no ocurre. Un plan no prueba que el lazo viva: anótela cuando haya pasado."),
    )
    GOES_ON = (
        "goes_on",
        _("Termina después de hoy. Escriba como último día el de hoy; cuando termine, corríjalo."),
    )
    ENDS_BEFORE_BEGIN = "ends_before_begin", _("El último día es anterior al primero: revise los dos.")
    NO_DESCRIPTION = "no_description", _("Falta qué se hizo: dígalo en una frase.")
    NO_AGREEMENT = "no_agreement", _("Ese expediente se abandonó: elija otro.")
    PEOPLE_OUT_OF_RANGE = "people_out_of_range", _("Las personas se cuentan de 0 a 1 000 000: revise los números.")
    NO_COUNTRY = "no_country", _("Ese país no existe: elija uno de la lista.")
    NOT_A_WEB_ADDRESS = (
        "not_a_web_address",
        _("Una nota de prensa es una dirección completa, de las que empiezan con https:// — una por renglón."),
    )
    TOO_MANY_PHOTOGRAPHS = "too_many_photographs", _("Caben 12 fotografías: elija las que mejor lo cuenten.")
    TOO_MANY_DOCUMENTS = "too_many_documents", _("Caben 6 documentos: deje los que lo prueban.")
    NOT_A_PHOTOGRAPH = "not_a_photograph", _("Eso no es una fotografía: agréguelo como documento.")
    NO_ALTERNATIVE = "no_alternative", _("Falta decir qué se ve en la fotografía, para quien no puede verla.")
    WITHDRAWN = "withdrawn", _("Esta actividad se retiró: ya no se cambia. Si ocurrió, anótela de nuevo.")
    NO_REASON = "no_reason", _("Falta la razón: dígala en una frase, para quien la lea después.")
    IS_PUBLIC = (
        "is_public",
        _("El público ya la ve: la corrige quien puede publicarla, la dirección o la administración de la oficina."),
    )
    OF_COUNTERPART = (
        "of_counterpart",
        _(
            "Lo contó la contraparte: la clase, los días, el lugar y las personas quedan como los dijo. "
            "Si no fue así, retírela con su razón y anote la de su oficina."
        ),
    )
    AGREEMENT_NOT_PUBLISHED = (
        "agreement_not_published",
        _("El público no ve todavía este acuerdo: publique primero el expediente."),
    )
    DEMONSTRATION = (
        "demonstration",
        _("Es una actividad de demostración: nunca se mezcla con los hechos que ve el público."),
    )
    TOLD_ELSEWHERE = (
        "told_elsewhere",
        _("Se guardó como la misma que otra: el público ve aquella. Sepárela primero si es distinta."),
    )
