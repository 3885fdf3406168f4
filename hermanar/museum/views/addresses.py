"""Where a tie is told: in its room where one is open, else by its record."""

from __future__ import annotations

from django.urls import reverse

from hermanar.catalogue import read
from hermanar.catalogue.sheets import AgreementLine
from hermanar.museum.queries.room_pages import open_rooms


class Doors:
    """The rooms that are open now, asked for once."""

    def __init__(self) -> None:
        self.rooms = open_rooms()

    def slug(self, line: AgreementLine) -> str:
        """Return the address of the room of a tie; nothing where none is open."""
        ends = read.ends_of(line)
        return self.rooms.get((ends[0].slug, ends[1].slug), "") if ends else ""

    def room(self, line: AgreementLine) -> str:
        """Return where the room of a tie is; nothing where none is open."""
        slug = self.slug(line)
        return reverse("museum:room", args=[slug]) if slug else ""

    def address(self, line: AgreementLine) -> str:
        """Return where a tie is told: its room, or its record."""
        return self.room(line) or reverse("museum:agreement", args=[line.slug])
