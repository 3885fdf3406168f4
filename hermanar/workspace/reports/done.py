"""What was done together in a year, with how many people of which country; what was given and received."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hermanar.cooperation.models import Activity, ActivityFile, Gift
from hermanar.cooperation.queries import counted, ledgers_of_office, of_office, standing_gifts
from hermanar.cooperation.vocabulary import GiftSide, Side
from hermanar.directory.models import Country
from hermanar.foundation.access import Verb
from hermanar.offices.models import Office
from hermanar.ui.templatetags.ui import in_language
from hermanar.workspace.activities import lines_of
from hermanar.workspace.gift_lines import row_of
from hermanar.workspace.reports.shape import Figure, Grid, Lack, Row, Section, Year


def activities_of(office: Office, year: Year) -> QuerySet[Activity]:
    """Return what was done under the ties of an office on some day of a year, each thing once."""
    found = counted().filter(pk__in=of_office(office.pk).values("pk"))
    return found.filter(started_on__lte=year.last, ended_on__gte=year.first)


def activities(office: Office, year: Year) -> Section:
    """Return the chapter on activities and on who took part in them."""
    related = activities_of(office, year).select_related("agreement__office", "source", "office")
    found = list(related.prefetch_related("agreement__parties__place__country").order_by("started_on", "pk"))
    people: Counter[str] = Counter()
    times: Counter[str] = Counter()
    for one in found:
        people.update(one.participants)
        times.update(one.participants.keys())
    shots = ActivityFile.objects.filter(activity__in=found, is_photograph=True, removed_at__isnull=True).count()
    listed = f"{reverse('workspace:activities')}?ano={year.number:04}&estado=standing"
    figures = (
        Figure(_("Actividades"), len(found), address=listed),
        Figure(_("Actividades con las personas contadas"), sum(bool(one.participants) for one in found)),
        Figure(_("Participaciones"), people.total()),
        Figure(_("Países de quienes participaron"), len(people)),
        Figure(_("Fotografías"), shots),
    )
    return Section(
        "activities",
        _("Actividades"),
        _("Quien participó en dos actividades cuenta en las dos: son participaciones, no personas distintas."),
        figures,
        tuple(_grids(found, people, times)),
        tuple(_lacks(office, found)),
    )


def _grids(found: list[Activity], people: Counter[str], times: Counter[str]) -> Iterator[Grid]:
    if people:
        countries = {one.code: in_language(one, "name") for one in Country.objects.filter(pk__in=people)}
        rows = [Row((countries.get(code, code), times[code], count)) for code, count in sorted(people.items())]
        yield Grid(_("Por país"), (_("País"), _("Actividades"), _("Participaciones")), tuple(rows))
    if found:
        headings = (_("Qué se hizo"), _("Con"), _("Cuándo"), _("Personas por país"), _("Personas"))
        listed = tuple(
            Row(
                (line.description, line.tie, line.days, line.people_said, line.activity.people_count or None),
                reverse("workspace:activity", args=[line.activity.pk]),
            )
            for line in lines_of(found)
        )
        yield Grid(_("Una por una"), headings, listed)


def _lacks(office: Office, found: list[Activity]) -> Iterator[Lack]:
    """List what the office may still tell of its own activities; what a source tells is not its to mend."""
    own = [one for one in found if one.office_id == office.pk]
    undated = counted().filter(agreement__office=office, office=office, started_on__isnull=True).order_by("pk")
    for one in undated:
        yield _lack(one, _("«%(what)s»: falta cuándo fue"), "id_known")
    for one in own:
        if not one.participants:
            yield _lack(one, _("«%(what)s»: falta cuántas personas de cada país"), "id_people_1")
    if (get_language() or "es").startswith("en"):
        for one in own:
            if not one.description_en:
                yield _lack(one, _("«%(what)s»: falta la descripción en inglés"), "id_description_en")


def _lack(one: Activity, words: str, field: str) -> Lack:
    what = words % {"what": one.description_es[:120]}
    return Lack.at(what, "mend_activity", one.pk, field=field, verb=Verb.NOTE_ACTIVITY)


# ── given and received ───────────────────────────────────────────────────────────────────────────────────────────────


def gifts(office: Office, year: Year) -> Section:
    """Return the chapter on gifts and donations and on the ledger of the year."""
    own = standing_gifts(office.pk).prefetch_related("whereabouts", "agreement__parties__place")
    found = list(own.filter(on__gte=year.first, on__lte=year.last).order_by("on", "pk"))
    kinds = Counter((one.side, one.is_donation) for one in found)
    figures = [
        Figure(_("Regalos recibidos"), kinds[GiftSide.RECEIVED, False]),
        Figure(_("Regalos dados"), kinds[GiftSide.GIVEN, False]),
        Figure(_("Donaciones recibidas"), kinds[GiftSide.RECEIVED, True]),
        Figure(_("Donaciones dadas"), kinds[GiftSide.GIVEN, True]),
        *_amounts(found),
        *_ledger(office, year),
    ]
    headings = (_("Qué es"), _("Con"), _("Cuándo"), _("Llegó o salió"), _("Valor"), _("Dónde está"))
    rows = tuple(_gift_row(one) for one in found)
    undated = own.filter(on__isnull=True).order_by("pk")
    return Section(
        "gifts",
        _("Regalos, donaciones y reciprocidad"),
        _("El balance suma regalos y actividades del año; lo hecho en común cuenta para las dos partes y las "
          "donaciones van aparte. Cada moneda se suma sola."),
        tuple(figures),
        (Grid(_("Regalos y donaciones del año"), headings, rows),) if rows else (),
        tuple(
            Lack.at(_("«%(what)s»: falta cuándo se dio") % {"what": one.title_es}, "mend_gift", one.pk, field="id_on",
                    verb=Verb.MEND_GIFT)
            for one in undated
        ),
    )  # fmt: skip


def _gift_row(gift: Gift) -> Row:
    row = row_of(gift)
    cells = (in_language(gift, "title"), row.counterpart, str(gift.given), row.side, row.value, row.kept)
    return Row(cells, reverse("workspace:gift", args=[gift.pk]))


def _amounts(found: list[Gift]) -> Iterator[Figure]:
    """Yield what was received and given in each currency, as far as its value is known."""
    for side, words in (
        (GiftSide.RECEIVED, _("Valor conocido de lo recibido")),
        (GiftSide.GIVEN, _("Valor conocido de lo dado")),
    ):
        currencies = sorted({one.currency for one in found if one.side == side and one.currency})
        for code in currencies:
            total = sum(one.value for one in found if one.side == side and one.currency == code and one.value)
            yield Figure(words, total, code)


def _ledger(office: Office, year: Year) -> Iterator[Figure]:
    whole, _ties = ledgers_of_office(office, span=(year.first, year.last))
    listed = f"{reverse('workspace:ledger')}?ano={year.number:04}"
    for side, words in (
        (Side.GIVEN, _("Balance: dimos")),
        (Side.RECEIVED, _("Balance: nos dieron")),
        (Side.TOGETHER, _("Balance: en común")),
    ):
        yield Figure(words, whole.count(side, is_donation=False), address=listed)
    for side, words in (
        (Side.GIVEN, _("Balance: donaciones dadas")),
        (Side.RECEIVED, _("Balance: donaciones recibidas")),
    ):
        yield Figure(words, whole.count(side, is_donation=True), address=listed)
