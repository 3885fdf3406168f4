"""The words of cooperation projects, as the source lists them (D7; guide of the ministry, 003:1513-2110)."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ProjectDirection(TextChoices):
    """The *vertiente*: whether cooperation is received or offered (D7.1)."""

    RECEPTION = "reception", _("recepción: la recibimos")
    OFFER = "offer", _("oferta: la brindamos")


class Scheme(TextChoices):
    """How a project is received or offered (D7.1)."""

    BILATERAL = "bilateral", _("bilateral")
    MULTILATERAL = "multilateral", _("multilateral")
    DIRECT = "direct", _("directa: a favor de quien tiene menor desarrollo relativo")
    HORIZONTAL = "horizontal", _("horizontal: entre pares, que comparten costos y beneficios")
    TRIANGULAR = "triangular", _("triangular: varios oferentes asociados hacia un receptor")


SCHEMES_OF: dict[str, tuple[Scheme, ...]] = {
    ProjectDirection.RECEPTION: (Scheme.BILATERAL, Scheme.MULTILATERAL),
    ProjectDirection.OFFER: (Scheme.DIRECT, Scheme.HORIZONTAL, Scheme.TRIANGULAR),
}


class Modality(TextChoices):
    """The four kinds of cooperation (D7.2)."""

    TECHNICAL = "technical", _("cooperación técnica y científica")
    CULTURAL = "cultural", _("cooperación educativa y cultural")
    ECONOMIC = "economic", _("cooperación económica")
    HUMANITARIAN = "humanitarian", _("ayuda humanitaria")


class SubModality(TextChoices):
    """What a modality is made of, in the order of the source; the value begins with the modality."""

    STUDIES = "technical_1", _("estudios de prefactibilidad y factibilidad")
    INFORMATION = "technical_2", _("intercambio de información, documentación y materiales")
    RESEARCH = "technical_3", _("investigación conjunta")
    MISSIONS = "technical_4", _("misiones de prospección y diagnóstico")
    MEETINGS = "technical_5", _("reuniones y seminarios-taller")
    COURSES = "technical_6", _("estancias cortas y cursos técnicos")
    INTERNSHIPS = "technical_7", _("pasantías")
    HERITAGE = "cultural_1", _("capacitación en bienes del patrimonio cultural, museografía y artes de la escena")
    SITES = "cultural_2", _("asesorías o capacitaciones en sitios arqueológicos, históricos y rutas culturales")
    ARCHIVES = "cultural_3", _("archivos nacionales, bibliotecas y museos")
    TRAFFICKING = "cultural_4", _("prevención del robo y del tráfico ilícito de bienes culturales")
    INDUSTRIES = "cultural_5", _("empresas e industrias culturales y diversidad cultural")
    JOINT_RESEARCH = "cultural_6", _("realización conjunta o coordinada de programas de investigación")
    SCHOOLS = "cultural_7", _("acuerdos directos entre instituciones de enseñanza")
    CHAIRS = "cultural_8", _("cátedras o lectorados")
    EXPERTS = "cultural_9", _("envío o recepción de expertos, docentes, creadores y estudiantes de posgrado")
    SCHOLARSHIPS = "cultural_10", _("becas y cupos para estudios universitarios")
    FESTIVALS = "cultural_11", _("festivales, ferias del libro y encuentros literarios")
    TRANSLATION = "cultural_12", _("traducción y coedición de obras literarias")
    TRADE_RULES = "economic_1", _("aduanas, facilitación del comercio, regulación, pymes e inclusión financiera")
    DIVERSIFICATION = "economic_2", _("diversificación y promoción comercial")
    NEW_MARKETS = "economic_3", _("cooperación con Centroamérica, el Caribe, África y Medio Oriente")
    PRIVATE_SECTOR = "economic_4", _("coordinación con el sector privado")
    VALUE_CHAINS = "economic_5", _("cadenas de valor para que las pymes accedan a otros mercados")
    EXPORT_OFFER = "economic_6", _("oportunidades comerciales y promoción de la oferta exportable")

    @property
    def modality(self) -> Modality:
        """Return the modality it is part of."""
        return Modality(self.value.rpartition("_")[0])


class Principle(TextChoices):
    """The principles that projects observe (D7.3): the three of the text, and the nine of its footnote 3."""

    COMPLEMENTARITY = "complementarity", _("complementariedad: apoya el esfuerzo propio, no lo sustituye")
    SELF_SUSTAINABILITY = "self_sustainability", _("autosostenibilidad: después sigue con recursos propios")
    CO_FINANCING = "co_financing", _("cofinanciamiento: cada parte aporta en la medida de sus posibilidades")
    OWNERSHIP = "ownership", _("apropiación")
    RESULTS = "results", _("gestión orientada a resultados")
    ACCOUNTABILITY = "accountability", _("transparencia y mutua responsabilidad")
    INCLUSIVE_PARTNERSHIPS = "inclusive_partnerships", _("asociaciones incluyentes")
    SOLIDARITY = "solidarity", _("solidaridad internacional")
    RULE_OF_LAW = "rule_of_law", _("fortalecimiento del estado de derecho")
    GENDER = "gender", _("perspectiva de género")
    HUMAN_RIGHTS = "human_rights", _("derechos humanos")
    INCLUSION = "inclusion", _("inclusión")


class CycleStage(TextChoices):
    """The cycle of a project, in order (D7.4)."""

    CONCEPTION = "conception", _("concepción")
    NEGOTIATION = "negotiation", _("negociación")
    PRE_FEASIBILITY = "pre_feasibility", _("prefactibilidad")
    EXECUTION = "execution", _("ejecución")
    EVALUATION = "evaluation", _("evaluación")
    ASSIMILATION = "assimilation", _("asimilación de la experiencia")


class Resource(TextChoices):
    """What a party puts into a project (D7.3: money, people or technical means)."""

    MONEY = "money", _("dinero")
    PEOPLE = "people", _("personas")
    GOODS = "goods", _("bienes o servicios")


class ContributionSide(TextChoices):
    """Who puts it in."""

    OFFICE = "office", _("nuestro gobierno")
    COUNTERPART = "counterpart", _("la contraparte del acuerdo")
    PARTNER = "partner", _("otra organización que participa")


class PartnerKind(TextChoices):
    """What sort of organisation takes part (*actores* of cooperation)."""

    LOCAL_GOVERNMENT = "local_government", _("gobierno local")
    GOVERNMENT = "government", _("gobierno nacional o estatal")
    INTERNATIONAL = "international", _("organismo internacional")
    CIVIL_SOCIETY = "civil_society", _("sociedad civil")
    ACADEMIA = "academia", _("academia")
    PRIVATE = "private", _("sector privado")
    OTHER = "other", _("otra")


class PartnerRole(TextChoices):
    """What an organisation does in a project."""

    FUNDING = "funding", _("aporta recursos")
    ACCOUNTABLE = "accountable", _("responde por el proyecto")
    EXTENDING = "extending", _("administra los recursos de otro")
    IMPLEMENTING = "implementing", _("ejecuta")


class Degree(TextChoices):
    """How likely or how grave a risk is."""

    LOW = "low", _("baja")
    MEDIUM = "medium", _("media")
    HIGH = "high", _("alta")


class LessonKind(TextChoices):
    """Whether something is to be done again."""

    REPEAT = "repeat", _("funcionó: se repite")
    AVOID = "avoid", _("no funcionó: se evita")
    CHANGE = "change", _("se hará de otro modo")
