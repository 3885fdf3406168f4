"""Both sides of a tie: what the office holds beside what the sister city says of it."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from hermanar.agreements.models import Agreement, CounterpartWord
from hermanar.agreements.vocabulary import Field, Kind
from hermanar.foundation.calendar import PartialDate, Precision

_FIELDS = (("kind", Field.KIND), ("signed_on", Field.SIGNED_ON), ("term_years", Field.TERM_YEARS), ("note", Field.NOTE))


@dataclass(frozen=True, slots=True)
class Row:
    """A field as both sides have it."""

    label: str
    left: str
    right: str

    @property
    def differs(self) -> bool:
        """Say whether the sister city says something else."""
        return bool(self.right) and self.right != self.left


def held(kept: Agreement) -> dict[str, str]:
    """Return what the office holds, in words."""
    signed = PartialDate(kept.signed_on, Precision(kept.signed_precision))
    term = _("indefinida") if kept.is_open_ended else str(kept.term_years or "")
    return {"kind": str(kept.get_kind_display()), "signed_on": str(signed), "term_years": term, "note": ""}


def beside(kept: Agreement, word: CounterpartWord) -> list[Row]:
    """Return the fields as the office and this word have them; what a yes confirms stands on both sides."""
    own = held(kept)
    rows = []
    for name, field in _FIELDS:
        said = word.said.get(name, "")
        if name == "kind" and said in Kind.values:
            said = str(Kind(said).label)
        if not said and word.answer == "confirms":
            said = own[name]
        if said or own[name]:
            rows.append(Row(str(field.label).capitalize(), own[name], said))
    return rows
