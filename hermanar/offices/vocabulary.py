"""The words of an office: its level, and the roles of those who work in it."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from hermanar.foundation.access import Role, Verb


class Level(TextChoices):
    """Whose office it is."""

    MUNICIPALITY = "municipality", _("municipio")
    STATE = "state", _("entidad federativa")
    MINISTRY = "ministry", _("Secretaría de Relaciones Exteriores")


class MemberRole(TextChoices):
    """What a person does in an office; `foundation.access` says what each role may do."""

    DIRECTOR = Role.DIRECTOR.value, _("dirección")
    COORDINATOR = Role.COORDINATOR.value, _("coordinación")
    ANALYST = Role.ANALYST.value, _("análisis")
    READER = Role.READER.value, _("lectura")
    COMMITTEE_MEMBER = Role.COMMITTEE_MEMBER.value, _("integrante de comité")
    MUSEUM_EDITOR = Role.MUSEUM_EDITOR.value, _("edición del museo")
    COUNTERPART = Role.COUNTERPART.value, _("contraparte")
    LEGAL_REVIEWER = Role.LEGAL_REVIEWER.value, _("revisión jurídica")
    REGISTRY_STEWARD = Role.REGISTRY_STEWARD.value, _("custodia del registro")
    ADMINISTRATOR = Role.ADMINISTRATOR.value, _("administración")


# Why an office refuses something about its people; the codes are those of `rules.OfficeError`.
REFUSALS = {
    "invitation_invalid": _("Esta invitación ya no vale: se usó, se retiró o pasó su plazo. Pida otra a su oficina."),
    "invitation_of_another": _(
        "Esta invitación no es para la cuenta con la que entró. Salga y abra el enlace otra vez."
    ),
    "account_exists": _("Ya hay una cuenta con esa dirección: entre con ella y abra el enlace otra vez."),
    "member_already": _("Esa persona ya trabaja en la oficina."),
    "member_gone": _("Esa persona ya no trabaja en la oficina."),
    "nobody_in_charge": _("Nadie quedaría a cargo de la oficina: dé antes ese papel a otra persona."),
    "role_of_administrators": _(
        "Quien dirige no le quita el papel a quien administra la oficina: lo cambia o termina alguien que administra."
    ),
    "handover_future": _("Esa fecha está por venir: la entrega dice lo que se sabía en un día que ya pasó, o hoy."),
    "handover_received": _("Esta entrega ya fue recibida; lo asentado no cambia."),
    "handover_same_person": _("Quien prepara la entrega no la recibe: la recibe otra persona de la oficina."),
    "role_not_of_level": _("Una oficina de este nivel no tiene ese papel."),
}

# What each verb is, as read after «puede».
VERBS = {
    Verb.RECORD_AGREEMENT: _("asentar acuerdos del pasado"),
    Verb.CORRECT_AGREEMENT: _("corregir acuerdos del registro"),
    Verb.PUBLISH_AGREEMENT: _("publicar un acuerdo"),
    Verb.UNPUBLISH_AGREEMENT: _("retirar un acuerdo de lo público"),
    Verb.RECORD_ACTIVITY: _("asentar actividades"),
    Verb.ADD_PLACE: _("agregar lugares"),
    Verb.RECORD_SOURCE: _("agregar fuentes"),
    Verb.STATE_FACTS: _("asentar lo que dice una fuente"),
    Verb.LOAD_CAPTURE: _("cargar capturas"),
    Verb.READ_FILES: _("leer los expedientes"),
    Verb.DRAFT: _("abrir expedientes"),
    Verb.TAKE_OVER: _("tomar como expedientes los acuerdos anteriores"),
    Verb.EDIT_FILE: _("editar expedientes"),
    Verb.ADD_TEXT: _("agregar textos"),
    Verb.RECORD_COUNCIL_VOTE: _("asentar la votación del ayuntamiento"),
    Verb.INFORM_MINISTRY: _("avisar a la Cancillería"),
    Verb.REQUEST_OPINION: _("pedir el dictamen"),
    Verb.RECORD_OBSERVATIONS: _("asentar observaciones"),
    Verb.RECORD_OPINION: _("asentar el dictamen"),
    Verb.SIGN: _("asentar la firma"),
    Verb.SEND_SIGNED_COPIES: _("enviar las copias firmadas"),
    Verb.RECORD_REGISTRATION: _("inscribir en el registro"),
    Verb.RENEW: _("renovar"),
    Verb.SUSPEND: _("suspender"),
    Verb.RESUME: _("reanudar"),
    Verb.TERMINATE: _("dar por terminado"),
    Verb.REAFFIRM: _("refrendar"),
    Verb.ABANDON: _("abandonar un expediente"),
    Verb.ASK_COUNTERPART: _("preguntar a la contraparte"),
    Verb.REVIEW_FILES: _("revisar los expedientes que otras oficinas envían"),
    Verb.READ_REGISTER: _("leer el registro de todas las oficinas"),
    Verb.NOTE_ACTIVITY: _("anotar lo que se hizo con cada ciudad"),
    Verb.WITHDRAW_ACTIVITY: _("retirar una actividad anotada"),
    Verb.PUBLISH_ACTIVITY: _("publicar una actividad, o dejar de mostrarla"),
    Verb.RECORD_GIFT: _("asentar regalos y donaciones"),
    Verb.MEND_GIFT: _("corregir lo dicho de un regalo y decir dónde se guarda"),
    Verb.WITHDRAW_GIFT: _("retirar el registro de un regalo"),
    Verb.PUBLISH_GIFT: _("publicar un regalo, o dejar de mostrarlo"),
    Verb.PREPARE_PROOF: _("preparar la constancia de un encuentro"),
    Verb.PUBLISH_PROOF: _("publicar la constancia de un encuentro, o retirarla"),
    Verb.KEEP_PROJECTS: _("asentar y corregir proyectos de cooperación"),
    Verb.CANCEL_PROJECT: _("cancelar un proyecto"),
    Verb.PUBLISH_PROJECT: _("publicar un proyecto, o dejar de mostrarlo"),
    Verb.FOUND_OFFICE: _("fundar oficinas"),
    Verb.CHANGE_OFFICE: _("cambiar los datos de la oficina"),
    Verb.MANAGE_MEMBERS: _("invitar personas y cambiar sus papeles"),
    Verb.NAME_ADMINISTRATORS: _("nombrar a quien administra la oficina"),
    Verb.KEEP_CALENDAR: _("llevar el calendario de días hábiles"),
    Verb.KEEP_TEMPLATES: _("cambiar los modelos de documentos"),
    Verb.HAND_OVER: _("hacer la entrega de la oficina"),
    Verb.RECEIVE_OFFICE: _("recibir la oficina"),
    Verb.KEEP_OUTLINES: _("cambiar las guías de preguntas"),
    Verb.ASSESS: _("evaluar los lazos y la capacidad de la ciudad"),
    Verb.CLOSE_ASSESSMENT: _("cerrar evaluaciones"),
    Verb.READ_COMMITTEES: _("leer los comités"),
    Verb.KEEP_COMMITTEES: _("llevar los comités, sus sesiones y sus tareas"),
    Verb.DO_OWN_TASKS: _("dar por cumplidas sus propias tareas de un comité"),
    Verb.RECEIVE_REQUEST: _("recibir solicitudes de otras ciudades"),
    Verb.ANSWER_REQUEST: _("asentar la respuesta a una solicitud"),
    Verb.WEIGH_CITIES: _("comparar ciudades candidatas"),
    Verb.DECIDE_CITY: _("asentar la ciudad elegida"),
    Verb.NAME_STAKEHOLDERS: _("nombrar a quienes participan en un lazo"),
    Verb.KEEP_PLANS: _("llevar los planes de trabajo y sus programas"),
    Verb.KEEP_CALLS: _("asentar convocatorias y su resultado"),
    Verb.WITHDRAW_CALL: _("retirar una convocatoria"),
    Verb.PUBLISH_CALL: _("publicar una convocatoria, o dejar de mostrarla"),
    Verb.EDIT_ROOMS: _("editar las salas del museo de su ciudad"),
    Verb.APPROVE_ROOMS: _("abrir salas del museo, decir quién las edita y publicarlas"),
    Verb.KEEP_EXHIBITS: _("escribir y mostrar las piezas de la colección"),
    Verb.KEEP_COURSES: _("escribir y publicar cursos"),
    Verb.KEEP_AGENDA: _("llevar la agenda de actos"),
    Verb.PUBLISH_AGENDA: _("publicar un acto de la agenda, o dejar de mostrarlo"),
    Verb.KEEP_OFFERS: _("llevar el rincón de negocios"),
    Verb.PUBLISH_OFFER: _("publicar una oferta, o dejar de mostrarla"),
    Verb.KEEP_SUPPORT: _("decir cómo se apoya al museo"),
    Verb.CONTRIBUTE: _("enviar una aportación al museo"),
    Verb.REPORT_CONTRIBUTION: _("avisar de una aportación"),
    Verb.MODERATE: _("decidir qué aportaciones del público se publican"),
    Verb.REMOVE_CONTRIBUTION: _("retirar una aportación publicada"),
    Verb.KEEP_BOARD: _("llevar el tablero de diálogo"),
    Verb.KEEP_OPEN_CALL: _("llevar convocatorias de obras para regalar"),
    Verb.PUBLISH_OPEN_CALL: _("publicar una convocatoria de obras y dar su resultado"),
    Verb.JUDGE_WORKS: _("juzgar las obras de una convocatoria"),
    Verb.KEEP_GUESTS: _("invitar a la contraparte a la sala de un lazo y terminar su acceso"),
    Verb.TAKE_PART: _("participar en la sala de su lazo, como contraparte"),
}
