"""Which right each step asks for, and what else of it the office's pages must know."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from hermanar.agreements.vocabulary.procedure import Step
from hermanar.foundation.access import Verb

# What the button says of a step that a letter does: the program notes it down, it sends nothing.
NOTE_DOWN = {
    Step.INFORM_MINISTRY: _("Anotar que ya se informó"),
    Step.REQUEST_OPINION: _("Anotar que ya se solicitó"),
    Step.SEND_SIGNED_COPIES: _("Anotar que ya se enviaron"),
}

VERBS: dict[Step, Verb] = {
    Step.DRAFT: Verb.DRAFT,
    Step.INFORM_MINISTRY: Verb.INFORM_MINISTRY,
    Step.REQUEST_OPINION: Verb.REQUEST_OPINION,
    Step.RECORD_OBSERVATIONS: Verb.RECORD_OBSERVATIONS,
    Step.RECORD_OPINION: Verb.RECORD_OPINION,
    Step.SIGN: Verb.SIGN,
    Step.SEND_SIGNED_COPIES: Verb.SEND_SIGNED_COPIES,
    Step.RECORD_REGISTRATION: Verb.RECORD_REGISTRATION,
    Step.RENEW: Verb.RENEW,
    Step.SUSPEND: Verb.SUSPEND,
    Step.RESUME: Verb.RESUME,
    Step.TERMINATE: Verb.TERMINATE,
    Step.REAFFIRM: Verb.REAFFIRM,
    Step.ABANDON: Verb.ABANDON,
    Step.PUBLISH: Verb.PUBLISH_AGREEMENT,
    Step.UNPUBLISH: Verb.UNPUBLISH_AGREEMENT,
}
