"""The words of an office: its level, and the roles of those who work in it."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from hermanar.foundation.access import Role


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
