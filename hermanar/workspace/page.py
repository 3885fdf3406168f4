"""What the page of a file shows below its guide."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from hermanar.agreements.actions import may_correct
from hermanar.agreements.models import Agreement, CounterpartWord, ProcedureStep, TextVersion
from hermanar.agreements.vocabulary import Stage
from hermanar.foundation.access import Actor, Verb, can_in
from hermanar.foundation.statements import stated_about
from hermanar.workspace.corrections import corrections_of
from hermanar.workspace.forms.words import language_name


def page_of(kept: Agreement, *, actor: Actor) -> dict[str, Any]:
    """Gather the parts of a file for a person."""
    office = kept.office_id
    texts = []
    for text in kept.texts.prefetch_related("versions__document"):
        versions = list(reversed(text.versions.all()))
        texts.append({"text": text, "language": language_name(text.language), "versions": versions})
    steps = kept.steps.select_related("by_user", "by_office", "seconded_by").prefetch_related("papers__document")
    words = CounterpartWord.objects.filter(link__agreement=kept).select_related("link__party__place").order_by("-at")
    may_edit = can_in(actor, Verb.EDIT_FILE, office=office) and kept.stage != Stage.ABANDONED
    return {
        "parties": kept.parties.select_related("place__country"),
        "areas": list(kept.areas.order_by("pk")),
        "languages": [language_name(code) for code in kept.languages.split()],
        "texts": texts,
        "observations": kept.observations.select_related("version__text", "answered_in__text").order_by("-at"),
        "votes": kept.council_votes.prefetch_related("cast").select_related("minutes"),
        "sources": _sources_of(kept) if kept.stage == Stage.RECORDED else [],
        "history": _history(kept, steps),
        "words": words,
        "proposals": kept.proposals.filter(decided_at__isnull=True).select_related("proposed_by"),
        "may_edit": may_edit,
        "may_correct": may_correct(kept, by=actor),
        "may_add_text": can_in(actor, Verb.ADD_TEXT, office=office) and kept.stage != Stage.ABANDONED,
        "may_record_vote": can_in(actor, Verb.RECORD_COUNCIL_VOTE, office=office) and kept.stage != Stage.ABANDONED,
        "may_keep_templates": can_in(actor, Verb.KEEP_TEMPLATES, office=office),
        "me": actor.user,
    }


def _history(kept: Agreement, steps: Iterable[ProcedureStep]) -> list[dict[str, Any]]:
    """Return the steps, and the texts and corrections that came in between, the newest first."""
    came = TextVersion.objects.filter(text__agreement=kept).select_related("text", "by_user", "document")
    found: list[dict[str, Any]] = [{"at": one.at, "step": one} for one in steps]
    found += [{"at": one.at, "correction": one} for one in corrections_of(kept)]
    found += [{"at": one.at, "text": one, "language": language_name(one.text.language)} for one in came]
    return sorted(found, key=lambda one: one["at"], reverse=True)


def _sources_of(kept: Agreement) -> list[tuple[str, list[str]]]:
    """Return each source of a past agreement with the passages that speak of it."""
    said = [(one.source.title_es, one.passage) for one in stated_about([kept.pk])[kept.pk]]
    said += kept.acts.values_list("source__title_es", "passage")
    found: dict[str, list[str]] = {}
    for title, passage in dict.fromkeys(said):
        found.setdefault(title, []).extend([passage] if passage else [])
    return list(found.items())
