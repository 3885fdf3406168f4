"""The words of the registry; values as `docs/decisions/0006-four-facts.md` fixes them."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Kind(TextChoices):
    """What sort of instrument the parties signed (D1.3)."""

    TWINNING = "twinning", _("hermanamiento")
    SPECIFIC_COOPERATION = "specific_cooperation", _("cooperación específica")
    OTHER = "other", _("otro instrumento")
    UNKNOWN = "unknown", _("tipo desconocido")


class Regime(TextChoices):
    """Which procedure applies to the tie (D1.1, D1.4)."""

    TREATIES_LAW = "treaties_law", _("Ley sobre la Celebración de Tratados")
    BETWEEN_MEXICAN = "between_mexican", _("entre ciudades mexicanas")
    PRIVATE_COUNTERPART = (
        "private_counterpart",
        _("contraparte privada, fuera de la ley"),
    )
    FOREIGN_ONLY = "foreign_only", _("sin parte mexicana")


class Scope(TextChoices):
    """How far the tie reaches."""

    IN_STATE = "in_state", _("en el mismo estado")
    NATIONAL = "national", _("nacional")
    INTERNATIONAL = "international", _("internacional")


class Stage(TextChoices):
    """How far the agreement went in the procedure of D2."""

    DRAFT = "draft", _("borrador")
    INFORMED = "informed", _("informado a la Cancillería")
    OPINION_REQUESTED = "opinion_requested", _("dictamen solicitado")
    OBSERVED = "observed", _("con observaciones")
    CLEARED = "cleared", _("con dictamen favorable")
    SIGNED = "signed", _("firmado")
    COPIES_SENT = "copies_sent", _("copias enviadas")
    REGISTERED = "registered", _("inscrito")
    ABANDONED = "abandoned", _("abandonado antes de la firma")
    RECORDED = "recorded", _("acuerdo anterior (según sus fuentes)")


class Force(TextChoices):
    """Whether the agreement binds on a given day."""

    UNSIGNED = "unsigned", _("sin firmar")
    IN_FORCE = "in_force", _("vigente")
    SUSPENDED = "suspended", _("suspendido")
    EXPIRED = "expired", _("vencido")
    TERMINATED = "terminated", _("terminado")
    UNKNOWN = "unknown", _("vigencia desconocida")


class Registered(TextChoices):
    """Whether the ministry's register holds it, as far as is known."""

    YES = "yes", _("inscrito en el RAI")
    NO = "no", _("no inscrito")
    UNKNOWN = "unknown", _("se desconoce si está inscrito")


class SignedPrecision(TextChoices):
    """How much of the date of signature is known."""

    DAY = "day", _("día")
    MONTH = "month", _("mes")
    YEAR = "year", _("año")
    UNKNOWN = "unknown", _("fecha desconocida")


class Role(TextChoices):
    """Which side declares the tie here; the law knows only parties."""

    DECLARING = "declaring", _("parte declarante")
    COUNTERPART = "counterpart", _("contraparte")


class Standing(TextChoices):
    """Who a party is before the law (art. 2 of the treaties law)."""

    GOVERNMENT = "government", _("órgano gubernamental")
    INTERNATIONAL = "international", _("organismo internacional")
    PRIVATE = "private", _("personalidad privada")


class ActKind(TextChoices):
    """Acts of law about an agreement; they are no evidence of life."""

    SIGNATURE = "signature", _("firma")
    RATIFICATION = "ratification", _("ratificación")
    COUNCIL_VOTE = "council_vote", _("votación del ayuntamiento")
    REGISTRATION = "registration", _("inscripción")
    RENEWAL = "renewal", _("renovación")
    SUSPENSION = "suspension", _("suspensión")
    RESUMPTION = "resumption", _("reanudación")
    TERMINATION = "termination", _("terminación")
    REAFFIRMATION = "reaffirmation", _("refrendo")


class AreaOfCooperation(TextChoices):
    """Areas that real agreements name (D1.5, D3.4); what fits none is kept as written."""

    COMMERCE = "commerce", _("comercio, inversión y negocios")
    LABOUR = "labour", _("trabajo")
    CULTURE = "culture", _("cultura")
    CRAFTS = "crafts", _("artesanías")
    SPORTS = "sports", _("deportes")
    GENDER_EQUALITY = "gender_equality", _("igualdad de género")
    YOUTH = "youth", _("juventud")
    TOURISM = "tourism", _("turismo")
    EDUCATION = "education", _("educación y academia")
    SCIENCE_TECHNOLOGY = "science_technology", _("ciencia y tecnología")
    ENVIRONMENT = "environment", _("medio ambiente y residuos")
    HEALTH = "health", _("salud")
    PUBLIC_SAFETY = "public_safety", _("seguridad pública")
    MUNICIPAL_DEVELOPMENT = "municipal_development", _("desarrollo y gestión municipal")
    URBANISM = "urbanism", _("urbanismo y centros históricos")
    HUMAN_RESOURCES = "human_resources", _("recursos humanos")
    CITIZEN_PARTICIPATION = "citizen_participation", _("participación ciudadana")
    SOCIAL = "social", _("desarrollo social")
    ANY_OTHER = "any_other", _("cualquier otra que acuerden")
    OTHER = "other", _("otra")


class Field(TextChoices):
    """Fields of an agreement about which sources make statements."""

    SIGNED_ON = "signed_on", _("fecha de firma")
    KIND = "kind", _("tipo de instrumento")
    TERM_YEARS = "term_years", _("vigencia en años")
    REGISTERED = "registered", _("inscripción en el RAI")
    ACTIVE = "active", _("actividad")
    COUNTERPART_RECOGNITION = (
        "counterpart_recognition",
        _("reconocimiento de la contraparte"),
    )
    NOTE = "note", _("nota de la fuente")
    LISTED = "listed", _("aparece en la lista de la fuente")
    EVENT = "event", _("hecho que la prensa informó")
    COOPERATION_OFFICE = "cooperation_office", _("oficina de cooperación")
    COOPERATION_BODIES = "cooperation_bodies", _("órganos de cooperación")
    COOPERATION_DOCUMENTS = "cooperation_documents", _("documentos rectores")
    COOPERATION_INSTRUMENTS = "cooperation_instruments", _("instrumentos")
    COOPERATION_THEMES = "cooperation_themes", _("temas de cooperación")
    COOPERATION_RECOGNITION = "cooperation_recognition", _("reconocimiento del hermanamiento")
