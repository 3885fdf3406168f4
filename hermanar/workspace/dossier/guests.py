"""The counterpart in the dossier: who took part on the day, and what it had told that still waited."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext as _

from hermanar.agreements.models import Guest
from hermanar.cooperation.models import GuestEntry

if TYPE_CHECKING:
    from hermanar.workspace.dossier.knowing import Known


def add_guests(known: Known) -> None:
    """Add who had come into a room of the office's ties by the end of the day, and what waited to be taken in."""
    in_ties = Guest.objects.filter(agreement__office=known.office, began_at__lte=known.until)
    for one in in_ties.exclude(ended_at__lte=known.until).select_related("agreement", "party__place", "user"):
        name = one.user.get_full_name() if one.user else ""
        contact = f"{name} <{one.email}>" if name else one.email
        about = {"contact": contact, "language": one.language, "since": known.day(one.began_at)}
        known.rows["contacts"].append({"file": one.agreement.number, "party": str(one.party)} | about)
    for told in _waiting(known):
        what = _("Lo que contó la contraparte, por recibir: %(what)s") % {"what": told.description}
        row = {"file": told.guest.agreement.number, "what": what, "detail": told.guest.email}
        known.rows["open_matters"].append(row | {"since": known.day(told.sent_at)})


def _waiting(known: Known) -> list[GuestEntry]:
    """Return what had been sent and had no answer then; what was taken back later had waited too, and is not told."""
    sent = GuestEntry.objects.filter(guest__agreement__office=known.office, sent_at__lte=known.until)
    unanswered = sent.filter(Q(answered_at__isnull=True) | Q(answered_at__gt=known.until)).exclude(state="taken_back")
    return list(unanswered.select_related("guest__agreement").order_by("sent_at"))
