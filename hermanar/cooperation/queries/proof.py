"""What the trail digests of each thing of a committee, and whether it still says so."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple
from uuid import UUID

from hermanar.cooperation.models import Committee, CommitteeMember, Decision, Session, Task
from hermanar.foundation.models import TrailEntry
from hermanar.foundation.trail import keyed_digest

CommitteeRow = Committee | CommitteeMember | Session | Decision | Task
_CODES = "committee."


class UnlikeCommittee(NamedTuple):
    """Something of a committee that does not say what the trail kept of it, or that is gone."""

    subject: UUID
    chain: str
    committee: str  # its name; empty when the thing is gone


def committee_content(row: CommitteeRow) -> dict[str, Any]:
    """Return all that is kept of a committee, a member, a session, a decision or a task."""
    content: dict[str, Any] = {one.attname: str(getattr(row, one.attname)) for one in row._meta.concrete_fields}
    content.pop("version", None)  # counts the writings, says nothing
    if isinstance(row, Session):
        former = row.former_minutes.select_related("document")
        content["items"] = [[one.position, one.title, one.said] for one in row.items.all()]
        content["attendance"] = sorted(str(one.member_id) for one in row.attendance.all())
        content["signed"] = row.minutes.digest if row.minutes else ""
        content["former"] = [[one.document.digest, one.reason] for one in former]
    return content


def committees_unlike_their_trail() -> list[UnlikeCommittee]:
    """Return what does not say what its last entry in the trail kept, what is gone, and what was never told."""
    last: dict[tuple[str, str], str] = {}
    entries = TrailEntry.objects.filter(code__startswith=_CODES).order_by("chain", "number")
    for subject, chain, digest in entries.values_list("subject", "chain", "content_digest"):
        last[subject, chain] = digest
    found = [
        UnlikeCommittee(row.pk, str(committee.office_id), committee.name)
        for committee, row in _rows()
        if last.pop((str(row.pk), str(committee.office_id)), "") != keyed_digest(committee_content(row))
    ]
    return found + [UnlikeCommittee(UUID(subject), chain, "") for subject, chain in sorted(last)]


def _rows() -> Iterator[tuple[Committee, CommitteeRow]]:
    for committee in Committee.objects.order_by("pk").iterator():
        yield committee, committee
    for model in (CommitteeMember, Decision, Task):
        for row in model.objects.select_related("committee").order_by("pk").iterator():
            yield row.committee, row
    sessions = Session.objects.select_related("committee", "minutes").prefetch_related("items", "attendance")
    for session in sessions.order_by("pk").iterator(chunk_size=500):
        yield session.committee, session
