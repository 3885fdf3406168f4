"""Parts of addresses that are words of the procedure."""

from __future__ import annotations

from hermanar.agreements.vocabulary.procedure import Step

SLUGS = {
    Step.INFORM_MINISTRY: "informar-a-la-cancilleria",
    Step.REQUEST_OPINION: "solicitar-dictamen",
    Step.RECORD_OBSERVATIONS: "asentar-observaciones",
    Step.RECORD_OPINION: "asentar-dictamen",
    Step.SIGN: "asentar-firma",
    Step.SEND_SIGNED_COPIES: "enviar-copias-firmadas",
    Step.RECORD_REGISTRATION: "inscribir",
    Step.RENEW: "prorrogar",
    Step.SUSPEND: "suspender",
    Step.RESUME: "reanudar",
    Step.TERMINATE: "terminar",
    Step.REAFFIRM: "refrendar",
    Step.ABANDON: "abandonar",
    Step.PUBLISH: "publicar",
    Step.UNPUBLISH: "retirar",
}
_STEPS = {slug: step for step, slug in SLUGS.items()}


class StepConverter:
    """A step of the procedure in its Spanish words; opening a file has an address of its own."""

    regex = "|".join(sorted(_STEPS))

    def to_python(self, value: str) -> Step:
        """Return the step of a word."""
        return _STEPS[value]

    def to_url(self, value: str) -> str:
        """Return the word of a step or of its value. Raises ValueError for what has no address."""
        try:
            return SLUGS[Step(value)]
        except KeyError as error:
            raise ValueError(value) from error
