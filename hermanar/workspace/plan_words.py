"""Advice about a plan and its refusals in words, with the figures they follow from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext as _

from hermanar.cooperation.models import WorkPlan
from hermanar.cooperation.rules.gradual import Hint
from hermanar.cooperation.rules.plans import PlanFault
from hermanar.cooperation.vocabulary import Advice
from hermanar.ui.templatetags.ui import long_date


@dataclass(frozen=True, slots=True)
class Told:
    """Something said of a plan, with where one mends it."""

    words: str
    address: str = ""
    why: str = ""


def hint_told(hint: Hint, *, plan: WorkPlan) -> Told:
    """Say an advice with its reason and where one follows it."""
    said = _in_words(hint.said)
    address = reverse("workspace:planned", args=[hint.planned]) if hint.planned else ""
    if hint.advice is Advice.RENEW:
        address = reverse("workspace:make_plan") + f"?expediente={plan.agreement_id}"
    return Told(str(hint.advice.label), address, _reasons()[hint.advice] % said)


def _reasons() -> dict[Advice, str]:
    return {
        Advice.NOTHING_SMALL_FIRST: _(
            "Lo primero del plan es «%(title)s», el %(day)s, y no es de lo que exige poco. La confianza se hace "
            "antes con lo pequeño: una reunión en línea, un intercambio de información, una carta entre escuelas."
        ),
        Advice.LARGE_TOO_EARLY: _(
            "«%(title)s» empieza el %(day)s. El método deja el primer año, hasta el %(until)s, a conocerse, y "
            "antes de algo así quiere ver terminado algo pequeño; hasta entonces el plan trae %(small)s."
        ),
        Advice.LARGE_WITHOUT_EVIDENCE: _(
            "«%(title)s» empieza el %(day)s y de todo el plan no hay todavía ninguna actividad anotada. Anote lo "
            "que ya se hizo; si no se ha hecho nada, haga antes algo pequeño."
        ),
        Advice.ONE_AREA: _(
            "Las %(count)s actividades son de la misma área. Con varias áreas hay más actores, y el lazo no "
            "depende de una sola persona."
        ),
        Advice.ONE_SIDED: _(
            "En las %(count)s actividades solo dice quién responde de un lado. Un hermanamiento es de dos: "
            "acuerde con la contraparte quién responde del suyo."
        ),
        Advice.LONGER_THAN_FIRST: _(
            "El método da a la primera etapa tres años, aquí hasta el %(usual)s; después se evalúa y se hace otro"
            " plan con lo aprendido. Este termina el %(last)s."
        ),
        Advice.RENEW: _(
            "La primera etapa termina el %(day)s. Desde el %(since)s conviene evaluar lo hecho y acordar la "
            "segunda, con proyectos mayores y más actores: los dos gobiernos tienen que aprobarla."
        ),
    }


def fault_told(fault: PlanFault) -> str:
    """Say why something of a plan is refused, with its figures."""
    return str(fault.why.label) % _in_words(fault.said) if fault.said else str(fault.why.label)


def _in_words(said: Mapping[str, object]) -> dict[str, object]:
    return {name: _word(value) for name, value in said.items()}


def _word(value: object) -> object:
    if isinstance(value, dt.date):
        return long_date(value)
    return f"{value:,.2f}" if isinstance(value, Decimal) else value
