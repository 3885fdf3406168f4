"""What nobody has said, in one place and with what would settle it, so that what is known can be seen."""

from __future__ import annotations

from django.utils.translation import gettext as _

from hermanar.catalogue.sheets import AgreementSheet, Statistics


def of_city(counted: Statistics, *, under_law: Statistics) -> list[dict[str, object]]:
    """Return what is not known of the agreements of a city, each with the number of those it is not known of.

    `under_law` counts those of its agreements that the register of the ministry may hold (D1.1, D1.4): of no other is
    it asked whether it is there.
    """
    missing = [
        (_("desde cuándo"), counted.by_decade.get("unknown", 0)),
        (_("si viven"), counted.by_vitality.get("unknown", 0)),
        (_("si obligan"), counted.by_force.get("unknown", 0)),
        (_("si están en el RAI"), under_law.registered.get("unknown", 0)),
    ]
    return [{"what": what, "count": count} for what, count in missing if count]


def of_agreement(sheet: AgreementSheet) -> list[dict[str, str]]:
    """Return what is not known of an agreement, each with what would settle it.

    Whether it is in the register is asked only of one that the law of treaties lets in (D1.1, D1.4).
    """
    line = sheet.line
    may_be_registered = line.regime == "treaties_law"
    term, dated = _("el texto firmado"), _("una actividad con fecha y quién la cuenta")
    missing = [
        (not sheet.has_official_title, _("cómo se llama oficialmente"), term),
        (line.signed_on is None, _("cuándo se firmó"), _("el texto firmado o una nota de ese día")),
        (line.force == "unknown", _("por cuánto tiempo obliga"), term),
        (line.vitality == "unknown" and not sheet.activities, _("si vive y qué hicieron juntas"), dated),
        (line.vitality == "unknown" and bool(sheet.activities), _("si vive hoy"), dated),
        (
            may_be_registered and line.registered == "unknown",
            _("si está en el RAI"),
            _("el oficio de inscripción de la Cancillería"),
        ),
    ]
    return [{"what": what, "settled_by": settled_by} for is_missing, what, settled_by in missing if is_missing]
