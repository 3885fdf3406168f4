"""The papers of a file: what each is made from, what the record says of it, what a person must still write."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
import typing
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from hermanar.agreements.models import Agreement, PaperFilling
from hermanar.agreements.rules import FileFacts, is_signed
from hermanar.agreements.vocabulary import Kind, Regime, Stage
from hermanar.agreements.vocabulary.procedure import Step
from hermanar.foundation.papers import (
    ActivityFacts,
    AgreementFacts,
    LetterFacts,
    Paper,
    PartyFacts,
    ProgrammeFacts,
    StaffFacts,
    cooperation,
    notice,
    programme,
    request_for_opinion,
    signed_copies,
    twinning,
)
from hermanar.foundation.papers.structure import label

LINE, LINES, DAY, NUMBER, ROWS = "line", "lines", "day", "number", "rows"
_COUNT = re.compile(r"[0-9]{1,6}")
_LETTER = (
    "number",
    "dated_on",
    "recipient",
    "recipient_title",
    "recipient_unit",
    "sender",
    "sender_title",
    "sender_office",
    "contact",
)
_PARTIES = tuple(
    f"{party}.{name}"
    for party in ("mexican", "counterpart")
    for name in ("name", "short_name", "state", "signatory", "signatory_title", "powers", "unit")
)
_DRAFT = (*_PARTIES, "considerations", "forms", "notice_days", "signing_place")
_PROGRAMME = (
    "year",
    "objectives",
    "activities",
    "staff",
    "mexican_duties",
    "counterpart_duties",
    "human_resources",
    "material_resources",
    "financial_resources",
    "evaluation",
    "other_information",
    "mexican.name",
    "mexican.signatory",
    "mexican.signatory_title",
    "counterpart.name",
    "counterpart.signatory",
    "counterpart.signatory_title",
)


@dataclass(frozen=True, slots=True)
class PaperKind:
    """A paper the program can write."""

    slug: str
    label: str | Promise
    facts: type[Any]
    write: Callable[[Any], Paper]
    asked: tuple[str, ...]  # the facts that no record holds
    language: str = "es"
    shared: str = ""  # papers of the same subject share what was written in them

    @property
    def filling(self) -> str:
        """Return under which name its particulars are kept."""
        return self.shared or self.slug


def _in(language: str, write: Callable[..., Paper]) -> Callable[[Any], Paper]:
    return lambda facts: write(facts, language=language)


KINDS: Mapping[str, PaperKind] = {
    one.slug: one
    for one in (
        PaperKind("aviso", _("Aviso a la Cancillería"), LetterFacts, notice, (*_LETTER, "planned_place")),
        PaperKind(
            "solicitud", _("Solicitud de dictamen"), LetterFacts, request_for_opinion, (*_LETTER, "planned_place")
        ),
        PaperKind("envio", _("Envío de las copias firmadas"), LetterFacts, signed_copies, _LETTER),
        PaperKind(
            "hermanamiento-es", _("Borrador de hermanamiento"), AgreementFacts, _in("es", twinning), _DRAFT
        ),
        PaperKind(
            "hermanamiento-en", _("Borrador de hermanamiento, en inglés"), AgreementFacts, _in("en", twinning),
            _DRAFT, "en",
        ),
        PaperKind(
            "cooperacion-es", _("Borrador de cooperación específica"), AgreementFacts, _in("es", cooperation),
            ("theme", *_DRAFT),
        ),
        PaperKind(
            "cooperacion-en", _("Borrador de cooperación específica, en inglés"), AgreementFacts,
            _in("en", cooperation), ("theme", *_DRAFT), "en",
        ),
        PaperKind("programa-es", _("Programa anual"), ProgrammeFacts, _in("es", programme), _PROGRAMME),
        PaperKind(
            "programa-en", _("Programa anual, en inglés"), ProgrammeFacts, _in("en", programme), _PROGRAMME, "en"
        ),
    )
}  # fmt: skip


# The paper that goes with a step, by the name of its address.
PAPER_OF = {
    Step.INFORM_MINISTRY: "aviso",
    Step.REQUEST_OPINION: "solicitud",
    Step.SEND_SIGNED_COPIES: "envio",
}
STEP_OF = {paper: step for step, paper in PAPER_OF.items()}


def kinds_for(kept: Agreement, *, facts: FileFacts) -> list[PaperKind]:
    """Return the papers that a file may need, in the order it meets them."""
    if facts.stage is Stage.RECORDED:  # what led to its signature is over, or was never here
        return [KINDS["programa-es"], KINDS["programa-en"]]
    found = []
    through_ministry = facts.regime is Regime.TREATIES_LAW or facts.is_filed
    if through_ministry and facts.regime is not Regime.PRIVATE_COUNTERPART:
        found += ["aviso", *(["solicitud"] if facts.regime is Regime.TREATIES_LAW else []), "envio"]
    drafts = "cooperacion" if kept.kind == Kind.SPECIFIC_COOPERATION else "hermanamiento"
    found += [f"{drafts}-es", f"{drafts}-en", "programa-es", "programa-en"]
    if not is_signed(facts.stage):
        found = [slug for slug in found if not slug.startswith(("envio", "programa"))]
    return [KINDS[slug] for slug in found]


# ── facts by dotted name ─────────────────────────────────────────────────────────────────────────────────────────────


def names_of(facts: type[Any]) -> Iterator[str]:
    """Yield the names of all facts of a paper, those of its parties dotted."""
    kinds = typing.get_type_hints(facts)
    for declared in dataclasses.fields(facts):
        if kinds[declared.name] is PartyFacts:
            yield from (f"{declared.name}.{part.name}" for part in dataclasses.fields(PartyFacts))
        else:
            yield declared.name


def kind_of(facts: type[Any], name: str) -> str:
    """Say how a fact is written in a form."""
    owner, last = (PartyFacts, name.split(".")[1]) if "." in name else (facts, name)
    said = str(typing.get_type_hints(owner)[last])
    if "ActivityFacts" in said or "StaffFacts" in said:
        return ROWS
    if "date" in said:
        return DAY
    if "tuple" in said:
        return LINES
    return NUMBER if "int" in said else LINE


def words_of(facts: type[Any], name: str, *, language: str) -> str:
    """Return the words of a fact, as a blank in the paper says them."""
    path, _dot, last = name.rpartition(".")
    if path:
        return f"{label(PartyFacts(), last, language)} ({label(facts(), path, language)})"
    return label(facts(), name, language)


def built(facts: type[Any], values: Mapping[str, Any]) -> Any:
    """Make the facts of a paper from values by dotted name."""
    own: dict[str, Any] = {}
    parties: dict[str, dict[str, str]] = {}
    for name, value in values.items():
        path, _dot, last = name.rpartition(".")
        if path:
            parties.setdefault(path, {})[last] = value
        else:
            own[name] = value
    return facts(**own, **{path: PartyFacts(**party) for path, party in parties.items()})


def template_fields(facts: Any) -> dict[str, Any]:
    """Return the facts of a paper under the Spanish names that an office's own Word file may use."""
    found: dict[str, Any] = {}
    for name in names_of(type(facts)):
        path, _dot, last = name.rpartition(".")
        value = getattr(getattr(facts, path), last) if path else getattr(facts, last)
        found[field_name(type(facts), name)] = _as_rows(value)
    return found


def field_name(facts: type[Any], name: str) -> str:
    """Return the Spanish name of a fact in a Word template: `numero_de_oficio`, `nombre_de_la_parte_contraparte`."""
    return slugify(words_of(facts, name, language="es")).replace("-", "_")


def _as_rows(value: Any) -> Any:
    if isinstance(value, tuple) and value and dataclasses.is_dataclass(value[0]):
        return [
            {
                slugify(label(one, part.name, "es")).replace("-", "_"): str(getattr(one, part.name) or "")
                for part in dataclasses.fields(one)
            }
            for one in value
        ]
    if isinstance(value, dt.date):
        from hermanar.foundation.papers.structure import written  # noqa: PLC0415

        return written(value, "es")
    return list(value) if isinstance(value, tuple) else value


# ── what was written in a form ───────────────────────────────────────────────────────────────────────────────────────


def read(facts: type[Any], name: str, *, text: str) -> Any:
    """Return the value of what a person wrote. Raises ValueError for a number or a day that is none."""
    kind = kind_of(facts, name)
    if kind == ROWS:
        return tuple(_row(name, line) for line in text.splitlines() if line.strip())
    if kind == LINES:
        return tuple(line.strip() for line in text.splitlines() if line.strip())
    if not text.strip():
        return None if kind in {DAY, NUMBER} else ""
    if kind == DAY:
        return dt.date.fromisoformat(text.strip())
    return int(text) if kind == NUMBER else text.strip()


def _row(name: str, line: str) -> Any:
    cells = _cells(line)
    if name == "activities":
        return ActivityFacts(
            **dict(zip(("objective", "activity", "starts", "ends", "responsible"), cells, strict=False))
        )
    values: dict[str, Any] = dict(zip(("profile", "count", "stay"), cells, strict=False))
    count = values.get("count", "")
    values["count"] = int(count) if _COUNT.fullmatch(count) else None
    return StaffFacts(**values)


def _cells(line: str) -> list[str]:
    return re.split(r"\s*\|\s*", line.strip())


def uncounted(text: str) -> list[tuple[int, str]]:
    """Return the rows of staff that say something else where their number belongs, by their place in the text."""
    second = [(at, [*_cells(line), ""][1]) for at, line in enumerate(text.splitlines(), 1)]
    return [(at, said) for at, said in second if said and not _COUNT.fullmatch(said)]


def written_as(value: Any) -> str:
    """Return a value as the form shows it."""
    if value is None:
        return ""
    if isinstance(value, tuple):
        return "\n".join(map(_row_written, value))
    return value.isoformat() if isinstance(value, dt.date) else str(value)


def _row_written(row: Any) -> str:
    """Write a row as the form asks for it: its parts between bars."""
    if not dataclasses.is_dataclass(row):
        return str(row)
    parts = [getattr(row, part.name) for part in dataclasses.fields(row)]
    return " | ".join("" if part is None else str(part).replace("|", "/") for part in parts).rstrip(" |")


def filling_of(kept: Agreement, kind: PaperKind) -> PaperFilling | None:
    """Return what was written in a paper of a file."""
    return PaperFilling.objects.filter(agreement=kept, paper=kind.filling).first()


def last_filling(kept: Agreement, kind: PaperKind) -> dict[str, str]:
    """Return what the office last wrote in a paper of the same sort: addressees seldom change.

    The place of the signature is taken over from another letter of the same file only.
    """
    if kind.facts is not LetterFacts:
        return {}
    letters = [one.filling for one in KINDS.values() if one.facts is LetterFacts]
    found = PaperFilling.objects.filter(agreement__office=kept.office_id, paper__in=letters).order_by("-edited_at")
    written = found.first()
    ours = found.filter(agreement=kept).first()
    return {
        **_only(written, "recipient", "recipient_title", "recipient_unit", "contact"),
        **_only(written, "sender", "sender_title", "sender_office"),
        **_only(ours, "planned_place"),
    }


def _only(filling: PaperFilling | None, *names: str) -> dict[str, str]:
    return {name: value for name, value in filling.values.items() if name in names} if filling else {}


def letter_number(kept: Agreement, step: Step) -> str:
    """Return the number that was written in the letter of a step, so that nobody writes it twice."""
    kind = KINDS.get(PAPER_OF.get(step, ""))
    filling = filling_of(kept, kind) if kind else None
    return str(filling.values.get("number", "")) if filling else ""
