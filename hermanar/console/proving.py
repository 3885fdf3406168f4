"""Whether the trail and the files still are what was written, as sentences: for `verify` and for `digest`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

from django.conf import settings
from django.core.management.base import CommandError
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hermanar.agreements.models import Agreement
from hermanar.agreements.queries.proof import Unlike as UnlikeFile
from hermanar.agreements.queries.proof import unlike_their_trail
from hermanar.agreements.vocabulary.proof import Trace
from hermanar.cooperation.queries import (
    UnlikeActivity,
    UnlikeCommittee,
    UnlikeTold,
    committees_unlike_their_trail,
    guests_unlike_their_trail,
)
from hermanar.cooperation.queries import unlike_their_trail as unlike_activities
from hermanar.cooperation.queries.contents import UnlikeGift, gifts_unlike_their_trail
from hermanar.cooperation.queries.plans import UnlikePlan, plans_unlike_their_trail
from hermanar.cooperation.queries.project_contents import projects_unlike_their_trail
from hermanar.cooperation.queries.proofs import UnlikeProof, proofs_unlike_their_trail
from hermanar.cooperation.queries.tie_contents import UnlikeTie, ties_unlike_their_trail
from hermanar.foundation.intake.queries import contributions_unlike_their_trail
from hermanar.foundation.trail.checkpoints import CheckpointError, read_checkpoints, verify
from hermanar.foundation.trail.latest import Unlike
from hermanar.foundation.trail.verifying import Fault, Finding, Head
from hermanar.museum.queries.contents import museum_unlike_its_trail
from hermanar.planning.models import Assessment
from hermanar.planning.queries.contents import unlike_their_trail as assessments_unlike_their_trail


class Flaw(NamedTuple):
    """Something that is not as it was written, and the chain it is told in."""

    chain: str
    sentence: str


def of_chain() -> dict[Fault, str]:
    """Return what each fault of a chain means, in the reader's language."""
    return {
        Fault.ALTERED: _("la entrada %(number)s fue alterada"),
        Fault.MISSING: _("falta la entrada %(number)s"),
        Fault.UNLINKED: _("la entrada %(number)s no sigue a la anterior: se quitó, se insertó o se movió algo"),
        Fault.CUT_OFF: _("falta el final: el punto de control conoce la entrada %(number)s"),
        Fault.REWRITTEN: _("la cadena se escribió de nuevo: la entrada %(number)s era otra"),
    }


def of_file() -> dict[Trace, str]:
    """Return what it means that something of a file is unlike its trail, in the reader's language."""
    return {
        Trace.STEP: _("%(file)s: el paso %(number)s no dice lo que la bitácora guardó de él"),
        Trace.RECORD: _("%(file)s: título, partes, plazo, áreas, firma o registro no son los que la bitácora guardó"),
        Trace.TEXT: _("%(file)s: la versión %(number)s de sus textos no es la que la bitácora guardó"),
        Trace.OBSERVATION: _("%(file)s: la observación %(number)s no está como la bitácora la guardó"),
        Trace.PAPER: _("%(file)s: el papel %(number)s de los que llegaron después no es el que la bitácora guardó"),
        Trace.VOTE: _("%(file)s: el voto %(number)s del cabildo no es el que la bitácora guardó"),
        Trace.PROPOSAL: _("%(file)s: la propuesta %(number)s para una segunda persona no es la que la bitácora guardó"),
        Trace.WORD: _("%(file)s: la palabra %(number)s de la ciudad hermana no es la que la bitácora guardó"),
    }  # fmt: skip


def flaws(heads: Iterable[Head]) -> list[Flaw]:
    """Return all that is wrong: with the chains, with these heads of theirs, and with the files."""
    found = [Flaw(one.chain, _told(one)) for one in verify(heads)]
    unlike = unlike_their_trail()
    numbers = {one.file for one in unlike}
    files = Agreement.objects.filter(Q(file_number__in=numbers) | Q(reference__in=numbers), office__isnull=False)
    chains = {file.number: str(file.office_id) for file in files}
    found += [Flaw(chains[one.file], _told_of_file(one)) for one in unlike]
    found += [Flaw(str(one.office), _told_of_activity(one)) for one in unlike_activities()]
    found += [Flaw(one.chain, _told_of_committee(one)) for one in committees_unlike_their_trail()]
    found += [Flaw(str(one.office_id), _told_of_assessment(one)) for one in assessments_unlike_their_trail()]
    found += [Flaw(one.chain, _told_of_proof(one)) for one in proofs_unlike_their_trail()]
    found += [Flaw(one.chain, _told_of_project(one.project)) for one in projects_unlike_their_trail()]
    found += [Flaw(one.chain, _told_of_guest(one)) for one in guests_unlike_their_trail()]
    found += [Flaw(one.chain, _told_of_plan(one)) for one in plans_unlike_their_trail()]
    found += [Flaw(one.chain, _told_of_tie(one)) for one in ties_unlike_their_trail()]
    public = [*museum_unlike_its_trail(), *contributions_unlike_their_trail()]
    found += [Flaw(one.chain, _told_of_museum(one)) for one in public]
    return found + [Flaw(one.chain, _told_of_gift(one)) for one in gifts_unlike_their_trail()]


def _told(finding: Finding) -> str:
    said = of_chain()[finding.fault] % {"number": finding.number}
    since = _(" (desde el punto de control de %(since)s)") % {"since": finding.since} if finding.since else ""
    return f"{finding.chain}: {said}{since}"


def _told_of_activity(one: UnlikeActivity) -> str:
    if not one.file:
        return _("falta una actividad que la bitácora guardó")
    return _("%(file)s: una de sus actividades no dice lo que la bitácora guardó de ella") % {"file": one.file}


def _told_of_committee(one: UnlikeCommittee) -> str:
    if not one.committee:
        return _("falta algo de un comité que la bitácora guardó (%(key)s)") % {"key": one.subject}
    told = {"committee": one.committee, "key": one.subject}
    return _("%(committee)s: algo suyo (%(key)s) no dice lo que la bitácora guardó de él") % told


def _told_of_guest(one: UnlikeTold) -> str:
    if not one.file:
        return _("falta algo que la contraparte contó y que la bitácora guardó")
    return _("%(file)s: algo que contó la contraparte no dice lo que la bitácora guardó de ello") % {"file": one.file}


def _told_of_file(one: UnlikeFile) -> str:
    return of_file()[one.trace] % {"file": one.file, "number": one.number}


def _told_of_assessment(one: Assessment) -> str:
    told = {"what": one.outline.title_es, "on": one.on.isoformat(), "key": one.pk}
    return _("La evaluación «%(what)s» del %(on)s (%(key)s) no dice lo que decía al cerrarse") % told


def _told_of_proof(one: UnlikeProof) -> str:
    return _("la constancia %(proof)s no dice lo que la bitácora guardó de ella") % {"proof": one.proof}


def _told_of_plan(one: UnlikePlan) -> str:
    return _("el plan de trabajo %(plan)s no dice lo que la bitácora guardó de él") % {"plan": one.plan}


def _told_of_tie(one: UnlikeTie) -> str:
    words = {
        "request": _("la solicitud de hermanamiento %(key)s no dice lo que la bitácora guardó de ella"),
        "selection": _("la selección de ciudades %(key)s no dice lo que la bitácora guardó de ella"),
        "stakeholder": _("el actor %(key)s de un lazo no dice lo que la bitácora guardó de él"),
        "call": _("la convocatoria %(key)s no dice lo que la bitácora guardó de ella"),
    }
    return words[one.what] % {"key": one.subject}


def _told_of_gift(one: UnlikeGift) -> str:
    told = {"gift": one.gift}
    return _("el regalo %(gift)s no dice lo que la bitácora guardó de él, de lo que decía o de dónde estaba") % told


def _told_of_museum(one: Unlike) -> str:
    words = {
        "event": _("la actividad de la agenda %(key)s no dice lo que la bitácora guardó de ella"),
        "offer": _("la oferta %(key)s no dice lo que la bitácora guardó de ella"),
        "support": _("el enlace de apoyo %(key)s no dice lo que la bitácora guardó de él"),
        "open_call": _("la convocatoria %(key)s, su jurado o su resultado no dicen lo que la bitácora guardó"),
        "exhibit": _("lo que el museo dice de la obra %(key)s no es lo que la bitácora guardó"),
        "course": _("el curso %(key)s no dice lo que la bitácora guardó de él"),
        "problem": _("la pregunta del tablero %(key)s no dice lo que la bitácora guardó de ella"),
        "practice": _("la buena práctica %(key)s no dice lo que la bitácora guardó de ella"),
        "pair": _("la comparación %(key)s no dice lo que la bitácora guardó de ella"),
        "contribution": _("lo que mandó una persona (%(key)s) no está como la bitácora lo guardó"),
    }
    return words[one.what] % {"key": one.subject}


def _told_of_project(project: UUID) -> str:
    return _("el proyecto %(project)s no dice lo que la bitácora guardó de él") % {"project": project}


def count_of(found: Sequence[Flaw]) -> str:
    """Say how much is wrong."""
    count = len(found)
    return ngettext("Se encontró %(count)s falta.", "Se encontraron %(count)s faltas.", count) % {"count": count}


def kept_heads(files: Sequence[Path] = ()) -> list[Head]:
    """Read the checkpoints kept here and those given. Raises CommandError for a file that is none."""
    kept = [settings.CHECKPOINTS] if settings.CHECKPOINTS.exists() else []
    heads: list[Head] = []
    for path in [*kept, *files]:
        try:
            heads += read_checkpoints(path.read_text(encoding="utf-8"), name=path.name)
        except OSError as error:
            raise CommandError(_("No se puede leer %(path)s: %(why)s") % {
                "path": path, "why": error.strerror,
            }) from error  # fmt: skip
        except (CheckpointError, UnicodeDecodeError) as error:
            raise CommandError(
                _("No es un punto de control, o fue cambiado después de hecho: %(where)s") % {"where": error}
            ) from error
    return heads
