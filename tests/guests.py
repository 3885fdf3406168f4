"""A guest of a tie of Guanajuato's office, driven verb by verb."""

from __future__ import annotations

import datetime as dt

from hermanar.agreements.actions import PartyDraft, ask_guest, open_guest_account
from hermanar.agreements.queries.guests import acting_guest
from hermanar.agreements.vocabulary import Role as Side
from hermanar.cooperation import actions
from hermanar.cooperation.actions import EntryDraft
from hermanar.cooperation.vocabulary import ActivityKind
from hermanar.foundation.access import Role
from hermanar.foundation.calendar import parse_partial
from hermanar.foundation.models import User, uuid7
from tests import factories as make
from tests.files import DrivenFile
from tests.workspace.signing_in import PASSWORD

TODAY = dt.date(2026, 5, 4)


def told(on="2026-05-01", description="Students from Ashland sang in the theatre", **values):
    start = parse_partial(on)
    end = parse_partial(values.pop("until", on))
    kind = values.pop("kind", ActivityKind.VISIT)
    return EntryDraft(kind, start, end, description, **values)


def two_cities(cast):
    """Return the guests of two cities that are joined to Guanajuato by one tie."""
    cordoba = make.place("Córdoba", code="AR")
    first = PartyDraft(cast.guanajuato.pk, Side.DECLARING)
    others = [PartyDraft(place.pk, Side.COUNTERPART) for place in (cast.ashland, cordoba)]
    file = DrivenFile(cast, parties=[first, *others])
    sides = {one.place_id: one for one in file.now.parties.all()}
    ann = DrivenGuest(cast, file, party=sides[cast.ashland.pk])
    return ann, DrivenGuest(cast, file, email="eva@cordoba.example.org", party=sides[cordoba.pk])


class DrivenGuest:
    """A person of Ashland in the room of one tie."""

    def __init__(self, cast, file=None, email="", party=None):
        email = email or f"ann{User.objects.filter(email__startswith='ann').count() or ''}@ashland.example.org"
        self.cast = cast
        self.file = file or DrivenFile(cast)
        asked = ask_guest((party or self.file.counterpart).pk, by=cast.of(Role.DIRECTOR), email=email, language="en")
        self.token = asked.token
        self.guest = open_guest_account(asked.token, name="Ann Mayor", password=PASSWORD)
        self.by = acting_guest(self.guest)

    @property
    def user(self):
        return self.guest.user_id

    def tells(self, *args, key=None, today=TODAY, **values):
        draft = told(*args, **values)
        return actions.tell_entry(self.guest.pk, by=self.by, key=key or uuid7(), told=draft, today=today)

    def shared(self, on="2026-05-01", description="Concierto", kind=ActivityKind.VISIT, share=True, **values):
        by = self.cast.of(Role.DIRECTOR)
        draft = told(on, description, kind=kind, **values)
        made = actions.record_activity(self.file.key, by=by, key=uuid7(), entry=draft, today=TODAY, is_other=True)
        return actions.share_activity(made.pk, by=by, version=made.version) if share else made

    def told_again(self, on="2026-04-30", description="Told anew"):
        return told(on, description)
