"""What is said of the term of an agreement: only what its signature and its renewals bear out (D1.5, D1.6)."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hermanar.agreements.rules import term_end
from hermanar.agreements.vocabulary import ActKind, Force
from hermanar.catalogue.read.labels import written_date
from hermanar.catalogue.sheets import AgreementSheet
from hermanar.foundation.calendar import parse_partial

_WHOLE_DAY = len("2026-01-31")


def term_said(sheet: AgreementSheet) -> str:
    """Return what to say beside the force of an agreement; nothing of the term of one that was ended."""
    if sheet.line.force == Force.TERMINATED:
        return ""
    if sheet.line.force == Force.EXPIRED:
        return _of_expired(sheet)
    if sheet.ends_on:
        is_day = len(sheet.ends_on) == _WHOLE_DAY
        return (_("Hasta el %(end)s.") if is_day else _("Hasta %(end)s.")) % {"end": written_date(sheet.ends_on)}
    return _("Se firmó sin término.") if sheet.is_open_ended else ""


def _of_expired(sheet: AgreementSheet) -> str:
    is_renewed = any(act.kind == ActKind.RENEWAL for act in sheet.acts)
    end = {"end": _on_or_in(sheet.ends_on or "")}
    if is_renewed and _is_of_signature(sheet):
        return _("El plazo de la firma terminó %(end)s; consta una prórroga, pero no hasta cuándo.") % end
    if is_renewed or not sheet.term_years:
        return _("La última prórroga terminó %(end)s.") % end
    return ngettext(
        "Se firmó por %(years)s año y terminó %(end)s; no consta renovación.",
        "Se firmó por %(years)s años y terminó %(end)s; no consta renovación.",
        sheet.term_years,
    ) % {"years": sheet.term_years, **end}


def _is_of_signature(sheet: AgreementSheet) -> bool:
    """Say whether the end shown is that of the term signed, not one that a renewal states."""
    counted = term_end(parse_partial(sheet.line.signed_on or ""), sheet.term_years)
    return str(counted).startswith(sheet.ends_on or "-")


def _on_or_in(date: str) -> str:
    words = _("el %(day)s") if len(date) == _WHOLE_DAY else _("en %(span)s")
    return words % {"day": written_date(date), "span": written_date(date)}
