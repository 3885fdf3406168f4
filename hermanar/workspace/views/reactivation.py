"""The ties that sleep, are silent or of which nobody knows, each with a letter that takes them up again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.text import slugify
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hermanar.agreements.models import Party
from hermanar.foundation.access import Verb
from hermanar.foundation.papers import ReactivationFacts
from hermanar.foundation.papers import reactivation as letter_of
from hermanar.foundation.papers.structure import LANGUAGES
from hermanar.foundation.tables import Column
from hermanar.observatory.queries import Life, lives_of
from hermanar.observatory.vocabulary import Vitality
from hermanar.offices.models import Office
from hermanar.ui.templatetags.ui import long_date
from hermanar.workspace.due import reason_of, today_of
from hermanar.workspace.forms.activities import tie_of
from hermanar.workspace.letters import FORMATS, answer_with
from hermanar.workspace.tables import table_answer
from hermanar.workspace.views.door import MemberRequest, member

# The longest asleep first: what is silent, then what sleeps; of the rest nobody knows.
_ORDER = (Vitality.SILENT, Vitality.DORMANT, Vitality.UNKNOWN)


@dataclass(frozen=True, slots=True)
class TieLine:
    """A tie to take up again."""

    life: Life
    tie: str

    @property
    def description(self) -> str:
        """Return the last that was done, in the reader's language where it is told in it."""
        one = self.life.evidence
        return _told(one.description_es, one.description_en, get_language() or "es") if one else ""

    @property
    def letters(self) -> Iterator[dict[str, str]]:
        """Yield the letter in each language and format."""
        names = {"es": _("español"), "en": _("inglés")}
        words = {"docx": "Word", "pdf": "PDF"}
        for language in LANGUAGES:
            for format_, name in words.items():
                told = {"tie": self.tie}
                yield {
                    "short": f"{name}, {names[language]}",
                    "label": _("carta para %(tie)s") % told,
                    "address": reverse(
                        "workspace:reactivation_letter",
                        kwargs={"agreement": self.life.agreement.pk, "language": language, "format_": format_},
                    ),
                }


def _told(es: str, en: str, language: str) -> str:
    return (en if language.startswith("en") else es) or es


def _lines(office: Office) -> tuple[list[TieLine], int]:
    """Return the ties to take up again, the longest asleep first, and how many ties there are in all."""
    every = lives_of(office.pk, today=today_of(office))
    sleeping = [one for one in every if one.vitality in _ORDER]
    sleeping.sort(key=lambda one: (_ORDER.index(one.vitality), one.evidence_on is None, str(one.evidence_on)))
    return [TieLine(one, tie_of(one.agreement, own=office.place_id)) for one in sleeping], len(every)


@member(Verb.READ_FILES)
def reactivation(request: MemberRequest) -> HttpResponse:
    """List the ties that should be taken up again."""
    lines, total = _lines(request.office)
    return render(request, "workspace/reactivation/list.html", {"lines": lines, "total": total})


@member(Verb.READ_FILES)
def take_away(request: MemberRequest, format_: str) -> HttpResponse:
    """Give the list as a table."""
    name, today = _("por-reactivar"), today_of(request.office)
    lines, _total = _lines(request.office)
    return table_answer(_columns(), lines, format_=format_, name=f"{name}-{today}", sheet=_("Por reactivar"))


def _columns() -> tuple[Column, ...]:
    return (
        Column(_("expediente"), lambda line: line.life.agreement.number),
        Column(_("título"), lambda line: line.life.agreement.title_es),
        Column(_("con"), lambda line: line.tie),
        Column(_("vitalidad"), lambda line: str(line.life.vitality.label)),
        Column(_("suspendido"), lambda line: _("sí") if line.life.is_suspended else _("no")),
        Column(_("última evidencia"), lambda line: line.life.evidence_on),
        Column(_("qué fue"), lambda line: line.description),
        Column(_("por qué"), lambda line: reason_of(line.life)),
    )


@member(Verb.READ_FILES)
def letter(request: MemberRequest, agreement: UUID, language: str, format_: str) -> HttpResponse:
    """Give the letter to the sister city as Word or PDF; of a tie of another office there is none."""
    lives = lives_of(request.office.pk, today=today_of(request.office))
    life = next((one for one in lives if one.agreement.pk == agreement), None)
    if life is None or language not in LANGUAGES or format_ not in FORMATS:
        raise Http404
    with translation.override(language):
        facts = letter_facts(request.office, life, language=language)
    paper = letter_of(facts, language=language)
    name = f"carta-{slugify(facts.sister_city)}-{language}"
    return answer_with(paper, format_, name=name)


def letter_facts(office: Office, life: Life, *, language: str) -> ReactivationFacts:
    """Gather what the letter says, in its language; what nobody wrote down stays open in it."""
    kept, last = life.agreement, life.evidence
    others = [party for party in kept.parties.all() if party.place_id != office.place_id]
    return ReactivationFacts(
        letterhead=tuple(row for row in (office.name, office.address) if row),
        place=office.letter_place,
        dated_on=today_of(office),
        own_city=office.place.name if office.place else "",
        sister_city=", ".join(_city(party, language) for party in others),
        country=", ".join(dict.fromkeys(_country(party, language) for party in others)),
        agreement_title=_told(kept.title_es, kept.title_en, language),
        signed=long_date(str(kept.signed)) if kept.signed_on else "",
        last_activity=_told(last.description_es, last.description_en, language) if last else "",
        last_on=long_date(str(last.end)) if last else "",
        sender=office.head_name,
        sender_title=office.head_post,
        sender_office=office.name,
    )


def _city(party: Party, language: str) -> str:
    place = party.place
    return (place.name_en if language == "en" else place.name_es) or place.name


def _country(party: Party, language: str) -> str:
    country = party.place.country
    return country.name_en if language == "en" else country.name_es
