"""The plain values that papers are made from; whoever holds the record fills them, nobody here reads a table."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from hermanar.foundation.papers.structure import Words, fact


def _date(es: str, en: str) -> dt.date | None:
    return field(default=None, metadata={"words": Words(es, en)})


def _several(es: str, en: str) -> tuple[str, ...]:
    return field(default=(), metadata={"words": Words(es, en)})


def _number(es: str, en: str) -> int | None:
    return field(default=None, metadata={"words": Words(es, en)})


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyFacts:
    """One party of an agreement and who signs for it."""

    name: str = fact("nombre de la parte", "name of the party")  # as it signs: «el Municipio de Guanajuato, …»
    state: str = fact("Estado al que pertenece la parte", "State to which the party belongs")
    short_name: str = fact("nombre corto de la parte", "short name of the party")
    signatory: str = fact("nombre de quien firma", "name of the signatory")
    signatory_title: str = fact("cargo de quien firma", "title of the signatory")
    powers: str = fact("fundamento de sus atribuciones", "legal basis of its powers")
    unit: str = fact("área responsable del seguimiento", "unit in charge of the follow-up")


def _party(es: str, en: str) -> PartyFacts:
    return field(default=PartyFacts(), metadata={"words": Words(es, en)})


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterFacts:
    """What the three letters to the ministry say."""

    letterhead: tuple[str, ...] = _several("membrete", "letterhead")
    number: str = fact("número de oficio", "number of the letter")
    place: str = fact("lugar", "place")
    dated_on: dt.date | None = _date("fecha del oficio", "date of the letter")
    recipient: str = fact("titular a quien se dirige", "name of the addressee")
    recipient_title: str = fact("cargo de quien recibe", "title of the addressee")
    recipient_unit: str = fact("área que recibe", "unit of the addressee")
    sender: str = fact("nombre de quien firma el oficio", "name of the sender")
    sender_title: str = fact("cargo de quien firma el oficio", "title of the sender")
    sender_office: str = fact("gobierno que envía", "sending government")
    contact: str = fact("persona, correo y teléfono de contacto", "contact person, mail and telephone")
    agreement_title: str = fact("título del acuerdo", "title of the agreement")
    kind: str = fact("tipo de acuerdo", "kind of agreement")
    counterpart: str = fact("contraparte", "counterpart")
    country: str = fact("país de la contraparte", "country of the counterpart")
    areas: tuple[str, ...] = _several("áreas de cooperación", "areas of cooperation")
    languages: tuple[str, ...] = _several("idiomas del acuerdo", "languages of the agreement")
    authenticity: str = fact("autenticidad de los textos", "authenticity of the texts")
    term: str = fact("vigencia", "term")
    earlier: tuple[str, ...] = _several(
        "instrumentos anteriores entre ambas partes", "earlier instruments between both"
    )
    notice_reference: str = fact("oficio del aviso", "reference of the notice")
    notice_on: dt.date | None = _date("fecha del aviso", "date of the notice")
    planned_signature_on: dt.date | None = _date("fecha prevista de firma", "planned date of signature")
    planned_place: str = fact("lugar previsto de firma", "planned place of signature")
    signed_on: dt.date | None = _date("fecha de firma", "date of signature")
    signed_at: str = fact("lugar de firma", "place of signature")
    opinion_reference: str = fact("oficio del dictamen", "reference of the opinion")
    opinion_on: dt.date | None = _date("fecha del dictamen", "date of the opinion")
    round: int = field(default=1, metadata={"words": Words("vez que se solicita", "time of asking")})
    enclosures: tuple[str, ...] = _several("anexos", "enclosures")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewLetterFacts:
    """What the ministry's letters of a review say: observations, or the opinion."""

    letterhead: tuple[str, ...] = _several("membrete", "letterhead")
    number: str = fact("número de oficio", "number of the letter")
    place: str = fact("lugar", "place")
    dated_on: dt.date | None = _date("fecha del oficio", "date of the letter")
    recipient: str = fact("titular a quien se dirige", "name of the addressee")
    recipient_title: str = fact("cargo de quien recibe", "title of the addressee")
    recipient_office: str = fact("gobierno que recibe", "receiving government")
    sender: str = fact("nombre de quien firma el oficio", "name of the sender")
    sender_title: str = fact("cargo de quien firma el oficio", "title of the sender")
    sender_office: str = fact("área que envía", "sending unit")
    agreement_title: str = fact("título del acuerdo", "title of the agreement")
    counterpart: str = fact("contraparte", "counterpart")
    request: str = fact("oficio con que se solicitó el dictamen", "letter that asked for the opinion")
    requested_on: dt.date | None = _date("fecha de la solicitud", "date of the request")
    observations: tuple[str, ...] = _several("observaciones", "observations")
    reason: str = fact("razones", "reasons")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReactivationFacts:
    """What the letter to a sister city that one has not heard of for years says."""

    letterhead: tuple[str, ...] = _several("membrete", "letterhead")
    number: str = fact("número de oficio", "number of the letter")
    place: str = fact("lugar", "place")
    dated_on: dt.date | None = _date("fecha del oficio", "date of the letter")
    recipient: str = fact("titular a quien se dirige", "name of the addressee")
    recipient_title: str = fact("cargo de quien recibe", "title of the addressee")
    own_city: str = fact("ciudad que escribe", "city that writes")
    sister_city: str = fact("ciudad hermana", "sister city")
    country: str = fact("país de la ciudad hermana", "country of the sister city")
    agreement_title: str = fact("título del acuerdo", "title of the agreement")
    signed: str = fact("fecha de firma", "date of signature")  # in words, as far as it is known
    last_activity: str = fact("última actividad", "latest activity")
    last_on: str = fact("fecha de la última actividad", "date of the latest activity")
    contact: str = fact("persona, correo y teléfono de contacto", "contact person, mail and telephone")
    sender: str = fact("nombre de quien firma el oficio", "name of the sender")
    sender_title: str = fact("cargo de quien firma el oficio", "title of the sender")
    sender_office: str = fact("gobierno que envía", "sending government")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyFacts:
    """What the letter says that answers a request to twin."""

    letterhead: tuple[str, ...] = _several("membrete", "letterhead")
    number: str = fact("número de oficio", "number of the letter")
    place: str = fact("lugar", "place")
    dated_on: dt.date | None = _date("fecha del oficio", "date of the letter")
    recipient: str = fact("titular a quien se dirige", "name of the addressee")
    recipient_title: str = fact("cargo de quien recibe", "title of the addressee")
    own_city: str = fact("ciudad que escribe", "city that writes")
    other_city: str = fact("ciudad que lo pide", "city that asks")
    country: str = fact("país de la ciudad que lo pide", "country of the city that asks")  # left out where not known
    received_on: dt.date | None = _date("fecha de la solicitud", "date of the request")
    reply: str = fact("razones que se comunican", "reasons to be given")
    is_abroad: bool = field(default=False, metadata={"words": Words("es del extranjero", "is abroad")})
    contact: str = fact("persona, correo y teléfono de contacto", "contact person, mail and telephone")
    sender: str = fact("nombre de quien firma el oficio", "name of the sender")
    sender_title: str = fact("cargo de quien firma el oficio", "title of the sender")
    sender_office: str = fact("gobierno que envía", "sending government")


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementFacts:
    """What the drafts of agreements say."""

    title: str = fact("título del acuerdo", "title of the agreement")
    mexican: PartyFacts = _party("parte mexicana", "Mexican party")
    counterpart: PartyFacts = _party("contraparte", "counterpart")
    considerations: tuple[str, ...] = _several("considerandos", "considerations")
    theme: str = fact("tema de la cooperación", "theme of the cooperation")
    areas: tuple[str, ...] = _several("áreas de cooperación", "areas of cooperation")
    forms: tuple[str, ...] = _several("modalidades de cooperación", "forms of cooperation")
    derives_from: str = fact("acuerdo del que deriva", "agreement it derives from")  # when there is one
    plan_days: int | None = _number("días para el primer programa anual", "days for the first annual programme")
    term_years: int | None = _number("años de vigencia", "years of validity")
    notice_days: int | None = _number("días de aviso para terminar", "days of notice of termination")
    languages: tuple[str, ...] = _several("idiomas del acuerdo", "languages of the agreement")
    signing_place: str = fact("lugar de firma", "place of signature")
    signed_on: dt.date | None = _date("fecha de firma", "date of signature")


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityFacts:
    """An activity of an annual programme."""

    objective: str = fact("objetivo", "objective")
    activity: str = fact("actividad", "activity")
    starts: str = fact("inicio", "start")
    ends: str = fact("término", "end")
    responsible: str = fact("responsable", "person in charge")


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffFacts:
    """Persons assigned to a programme, by profile."""

    profile: str = fact("perfil", "profile")
    count: int | None = _number("número de personas", "number of persons")
    stay: str = fact("estadía", "length of stay")


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeFacts:
    """The nine contents of an annual programme, and the agreement that it belongs to."""

    agreement_title: str = fact("título del acuerdo", "title of the agreement")
    year: int | None = _number("año del programa", "year of the programme")
    mexican: PartyFacts = _party("parte mexicana", "Mexican party")
    counterpart: PartyFacts = _party("contraparte", "counterpart")
    objectives: tuple[str, ...] = _several("objetivos", "objectives")
    activities: tuple[ActivityFacts, ...] = field(default=(), metadata={"words": Words("actividades", "activities")})
    staff: tuple[StaffFacts, ...] = field(
        default=(), metadata={"words": Words("personal asignado", "assigned personnel")}
    )
    mexican_duties: tuple[str, ...] = _several(
        "responsabilidades de la parte mexicana", "responsibilities of the Mexican party"
    )
    counterpart_duties: tuple[str, ...] = _several(
        "responsabilidades de la contraparte", "responsibilities of the counterpart"
    )
    human_resources: str = fact("recursos humanos", "human resources")
    material_resources: str = fact("recursos materiales", "material resources")
    financial_resources: str = fact("recursos financieros", "financial resources")
    evaluation: tuple[str, ...] = _several("formas de evaluación", "means of evaluation")
    other_information: tuple[str, ...] = _several("otra información necesaria", "other necessary information")


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkPlanFacts:
    """A work plan: its days, what it is for, and its annual programmes."""

    agreement_title: str = fact("título del acuerdo", "title of the agreement")
    mexican: PartyFacts = _party("parte mexicana", "Mexican party")
    counterpart: PartyFacts = _party("contraparte", "counterpart")
    starts_on: dt.date | None = _date("primer día del plan", "first day of the plan")
    ends_on: dt.date | None = _date("último día del plan", "last day of the plan")
    purpose: tuple[str, ...] = _several("objetivo general", "general purpose")
    agreed_on: dt.date | None = _date("fecha en que se acordó", "date on which it was agreed")
    programmes: tuple[ProgrammeFacts, ...] = field(
        default=(), metadata={"words": Words("programas anuales", "annual programmes")}
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateFacts:
    """What the certificate of a record says."""

    record: str = fact("identificador del registro", "identifier of the record")
    title: str = fact("título del acuerdo", "title of the agreement")
    parties: tuple[str, ...] = _several("partes", "parties")
    signed_on: dt.date | None = _date("fecha de firma", "date of signature")
    registration_number: str = fact("número de inscripción", "registration number")  # empty: nothing documented
    registered_on: dt.date | None = _date("fecha de inscripción", "date of registration")
    state: str = fact("situación del acuerdo", "situation of the agreement")
    # Signed under the treaties law without a favourable opinion (D2.7).
    lacks_backing: bool = field(default=False, metadata={"words": Words("carece de respaldo", "lacks backing")})
    digest: str = fact("huella de la bitácora", "digest of the trail")
    entry_number: int | None = _number("asiento de la bitácora", "entry of the trail")
    issued_on: dt.date | None = _date("fecha de expedición", "date of issue")
    issuer: str = fact("quien expide", "issuer")
    address: str = fact("dirección de verificación", "verification address")


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseFacts:
    """What the certificate of a course says."""

    name: str = fact("nombre", "name")
    course: str = fact("curso", "course")
    lessons: tuple[str, ...] = _several("lecciones", "lessons")
    percent: int | None = _number("aciertos de cada cien", "right answers of a hundred")
    passed_on: dt.date | None = _date("fecha de la prueba", "date of the test")
    version: int | None = _number("versión del curso", "version of the course")
    minutes: int | None = _number("minutos de estudio", "minutes of study")
    address: str = fact("dirección de verificación", "verification address")


@dataclass(frozen=True, slots=True, kw_only=True)
class MinutesFacts:
    """What the minutes of a committee's session say; rows are in the order they are read."""

    letterhead: tuple[str, ...] = _several("membrete", "letterhead")
    committee: str = fact("nombre del comité", "name of the committee")
    of: str = fact("oficina o acuerdo del comité", "office or agreement of the committee")
    on: dt.date | None = _date("fecha de la sesión", "date of the session")
    at: str = fact("hora", "time")
    place: str = fact("lugar de la sesión", "place of the session")
    call: str = fact("convocatoria", "call")
    quorum: str = fact("quórum", "quorum")  # a sentence: how it was counted and what followed
    present: tuple[tuple[str, str, str], ...] = field(default=(), metadata={"words": Words("asistentes", "present")})
    absent: tuple[tuple[str, str, str], ...] = field(default=(), metadata={"words": Words("ausentes", "absent")})
    matters: tuple[tuple[str, str], ...] = field(default=(), metadata={"words": Words("orden del día", "agenda")})
    decisions: tuple[tuple[str, str, str], ...] = field(default=(), metadata={"words": Words("acuerdos", "decisions")})
    tasks: tuple[tuple[str, str, str], ...] = field(default=(), metadata={"words": Words("encargos", "tasks")})
    takes_decisions: bool = field(default=True, metadata={"words": Words("toma acuerdos", "takes decisions")})
