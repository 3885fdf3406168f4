"""What a proof page tells of an event: one telling, for the page of the office, the one on the web, paper and table."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hermanar.cooperation.models import Activity, ActivityFile, ProofPage
from hermanar.cooperation.queries.proofs import activities_of_proof, held, left_out_of, photographs_of
from hermanar.cooperation.rules.proofs import LEAST_INVITED, LEAST_PEOPLE, at_least, falls_short, programme
from hermanar.cooperation.vocabulary import Rights
from hermanar.directory.models import Country
from hermanar.foundation.access import Verb
from hermanar.ui.templatetags.ui import in_language, long_date
from hermanar.workspace.countries import with_country
from hermanar.workspace.reports.shape import Figure, Grid, Lack, Report, Row, Section


@dataclass(frozen=True, slots=True)
class Done:
    """An activity on a day of the programme."""

    activity: UUID
    what: str
    kind: str
    place: str
    people: tuple[tuple[str, int], ...]  # country, number


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the programme."""

    on: dt.date
    done: tuple[Done, ...]


@dataclass(frozen=True, slots=True)
class ProofTold:
    """All that a proof page says; `lacks` stays in the office."""

    proof: ProofPage
    title: str
    towns: tuple[str, ...]
    country: str
    days: str
    people: tuple[tuple[str, int], ...]
    programme: tuple[Day, ...]
    photographs: tuple[ActivityFile, ...]
    lacks: tuple[Lack, ...]

    @property
    def total(self) -> int:
        """Return how many people took part, at the least."""
        return sum(count for _country, count in self.people)


def told_of(proof: ProofPage) -> ProofTold:
    """Gather what a proof page says, in the reader's language."""
    found = list(activities_of_proof(proof))
    facts = [held(one) for one in found]
    people = at_least(facts)
    names = _names(found, proof.country_id)
    known = {one.pk: one for one in found}
    days = tuple(Day(on, tuple(_done(known[key], names) for key in keys)) for on, keys in programme(facts))
    first, last = long_date(proof.starts_on), long_date(proof.ends_on)
    parties = proof.agreement.parties.select_related("place__country").order_by("position")
    return ProofTold(
        proof=proof,
        title=in_language(proof, "title"),
        towns=tuple(with_country(one.place) for one in parties),
        country=names[proof.country_id],
        days=first if first == last else f"{first} – {last}",
        people=tuple((names[code], count) for code, count in people.items()),
        programme=days,
        photographs=tuple(photographs_of(found)),
        lacks=tuple(_lacks(proof, found, people)),
    )


def _names(found: list[Activity], host: str) -> dict[str, str]:
    codes = {host, *(code for one in found for code in one.participants)}
    told = {one.code: in_language(one, "name") for one in Country.objects.filter(pk__in=codes)}
    return {code: told.get(code, code) for code in codes}


def _done(one: Activity, names: Mapping[str, str]) -> Done:
    people = tuple((names[code], count) for code, count in sorted(one.participants.items()))
    return Done(one.pk, in_language(one, "description"), str(one.get_kind_display()), one.place, people)


def _lacks(proof: ProofPage, found: list[Activity], people: Mapping[str, int]) -> Iterator[Lack]:
    """List what the programmes ask for and the page cannot say."""
    own = [one for one in found if one.office_id == proof.office_id]
    told = {True: _("«%(what)s»: falta cuántas personas de cada país"), False: _("«%(what)s»: falta dónde fue")}
    for one in own:
        if not one.participants:
            yield _of_activity(one, told[True], "id_people_1")
        if not one.place:
            yield _of_activity(one, told[False], "id_place")
        if not one.description_en:
            yield _of_activity(one, _("«%(what)s»: falta la descripción en inglés"), "id_description_en")
        for shot in one.files.filter(is_photograph=True, removed_at__isnull=True, rights=Rights.OFFICE_ONLY):
            words = _("«%(what)s»: una fotografía no tiene permiso para publicarse")
            yield _of_activity(one, words, f"id_told_rights_{shot.pk}")
    if not photographs_of(found).exists():
        for one in own[:1]:
            yield _of_activity(one, _("«%(what)s»: no hay fotografía que pueda publicarse"), "id_photograph_1")
    for one in left_out_of(proof):
        what = {"what": one.description_es[:120]}
        words = _("«%(what)s»: ya no cae en los días de la constancia, que no la dice") % what
        yield Lack.at(words, "change_proof", proof.pk, field="id_starts_on", verb=Verb.PREPARE_PROOF)
    yield from _of_page(proof, people)


def _of_page(proof: ProofPage, people: Mapping[str, int]) -> Iterator[Lack]:
    for name, words in (
        ("title_en", _("Falta el nombre del encuentro en inglés")),
        ("grant", _("Falta el programa y el número del proyecto")),
        ("acknowledgement", _("Falta la frase de reconocimiento que pide el programa")),
    ):
        if not getattr(proof, name):
            yield Lack.at(words, "change_proof", proof.pk, field=f"id_{name}", verb=Verb.PREPARE_PROOF)
    if people and falls_short(people, host=proof.country_id):
        words = _("CERV pide al menos %(people)s personas, %(invited)s de ellas de fuera: aquí constan menos") % {
            "people": LEAST_PEOPLE, "invited": LEAST_INVITED,
        }  # fmt: skip
        yield Lack.at(words, "change_proof", proof.pk, field="id_activities_0", verb=Verb.PREPARE_PROOF)


def _of_activity(one: Activity, words: str, field: str) -> Lack:
    what = words % {"what": one.description_es[:120]}
    return Lack.at(what, "mend_activity", one.pk, field=field, verb=Verb.NOTE_ACTIVITY)


def report_of(told: ProofTold) -> Report:
    """Return a proof page as a report, for the paper and the table.

    The people of an activity stand on its first day: whoever adds up the column counts them once.
    """
    proof = told.proof
    first = {one.activity: day.on for day in reversed(told.programme) for one in day.done}
    people = Section(
        "people",
        _("Participantes por país"),
        counting_told(),
        (
            Figure(_("Personas, al menos"), told.total),
            *(Figure(_("Personas, al menos: %(country)s") % {"country": name}, count) for name, count in told.people),
        ),
    )
    headings = (_("Qué se hizo"), _("Día"), _("Dónde"), _("Personas por país"), _("Personas"))
    rows = tuple(
        Row(
            (
                one.what,
                long_date(day.on),
                one.place,
                *_people_on(one, is_first=first[one.activity] == day.on),
            )
        )
        for day in told.programme
        for one in day.done
    )
    programme_ = Section(
        "programme", _("Programa diario"), grids=(Grid(_("Cada día"), headings, rows),) if rows else ()
    )
    words = (proof.place, told.country, told.days, ", ".join(told.towns), proof.grant, proof.acknowledgement)
    return Report(
        title=told.title,
        subtitle=" · ".join(one for one in words if one),
        language="en" if (get_language() or "es").startswith("en") else "es",
        letterhead=(proof.office.name,),
        sections=(people, programme_),  # what it lacks is the office's own: it goes out in no paper
    )


def _people_on(one: Done, *, is_first: bool) -> tuple[str, int | None]:
    """Return the two cells of who took part."""
    if not is_first:
        return (_("como el primer día") if one.people else "", None)
    return people_said(one), sum(count for _name, count in one.people) or None


def counting_told() -> str:
    """Say how people are counted."""
    return _("De cada país, cuantas hubo en la actividad a la que más fueron: quien fue a varias cuenta una sola vez.")


def people_said(one: Done) -> str:
    """Return who took part in an activity, in words."""
    return ", ".join(f"{name}: {count}" for name, count in one.people)


def address_of(proof: ProofPage) -> str:
    """Return where the page is on the web; nothing while it is not."""
    return reverse("proof", args=[proof.token]) if proof.token else ""
