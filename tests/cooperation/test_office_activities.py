"""What an office tells of common life: entered once, mended with its past kept, withdrawn, shown when it may be."""

from __future__ import annotations

import dataclasses
import datetime as dt
import io
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from PIL import Image

from hermanar.agreements import actions as files
from hermanar.agreements.models import Agreement, Listing
from hermanar.agreements.queries import AGREEMENT_INDEX
from hermanar.catalogue import read
from hermanar.catalogue.read.bulk import activity_rows
from hermanar.console.proving import flaws
from hermanar.cooperation.actions import (
    EntryDraft,
    MaybeSameError,
    PhotographDraft,
    PhotographWords,
    Sent,
    mend_activity,
    publish_activity,
    record_activity,
    tell_apart,
    unpublish_activity,
    withdraw_activity,
)
from hermanar.cooperation.models import Activity, ActivityVersion
from hermanar.cooperation.queries import evidence_of, unlike_their_trail
from hermanar.cooperation.rules import ActivityRefusedError
from hermanar.cooperation.vocabulary import ActivityKind, Direction, Fault, Rights
from hermanar.foundation import trail
from hermanar.foundation.access import NotAllowedError
from hermanar.foundation.calendar import parse_partial
from hermanar.foundation.documents import RefusedDocumentError, path_of
from hermanar.foundation.editing import EditConflictError
from hermanar.foundation.models import Document, Revision, TrailEntry
from tests import factories as make
from tests.cast import document
from tests.foundation import samples

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 5, 4)


def picture(colour="red", *, with_place=False):
    made, stream = Image.new("RGB", (40, 30), colour), io.BytesIO()
    exif = Image.Exif()
    if with_place:
        exif.get_ifd(0x8825)[1] = "N"
        exif.get_ifd(0x8825)[2] = (21.0, 1.0, 0.0)
        exif[0x010F] = "Teléfono de Ana"
    made.save(stream, "JPEG", exif=exif)
    return stream.getvalue()


def photograph(data=None, name="foto.jpg", alternative="Dos alcaldes plantan un árbol", **words):
    sent = Sent(io.BytesIO(picture() if data is None else data), name)
    return PhotographDraft(sent, PhotographWords(alternative, **words))


def entry(start="2026-05-03", end="", **values):
    told = {"kind": ActivityKind.VISIT, "description_es": "Visita de la delegación", **values}
    return EntryDraft(start=parse_partial(start), end=parse_partial(end or start), **told)


class Told:
    """An office's file and the verbs done to its activities."""

    def __init__(self, cast):
        self.cast, self.by = cast, cast.of("director")
        self.file = files.draft(cast.file(), office=cast.office.pk, by=self.by, today=TODAY)

    def record(self, given=None, by=None, **values):
        values = {"key": uuid4(), "today": TODAY, **values}
        return record_activity(self.file.pk, by=by or self.by, entry=given or entry(), **values)

    def mend(self, made, given, by=None, version=None):
        version = version or Activity.objects.get(pk=made.pk).version
        return mend_activity(made.pk, by=by or self.by, version=version, entry=given, today=TODAY)

    def withdraw(self, made, reason="Fue otra ciudad", by=None, version=None):
        version = version or Activity.objects.get(pk=made.pk).version
        return withdraw_activity(made.pk, by=by or self.by, version=version, reason=reason)

    def publish(self, made, by=None):
        version = Activity.objects.get(pk=made.pk).version
        return publish_activity(made.pk, by=by or self.by, version=version)

    def seen(self):
        """Let the public see the file itself, signed past or not."""
        version = Agreement.objects.get(pk=self.file.pk).version
        files.publish(self.file.pk, by=self.by, version=version, at=timezone.now())
        return self


@pytest.fixture
def told(cast):
    return Told(cast)


def test_an_activity_is_the_office_s_own_word_and_evidence(told):
    made = told.record(entry("2026-05-01", "2026-05-03", direction=Direction.INBOUND, participants={"MX": 5, "US": 3}))
    kept = Activity.objects.get()
    assert (kept.source.kind, kept.passage) == ("office_file", "asentado el 2026-05-04")
    assert (str(kept.start), str(kept.end), kept.people_count) == ("2026-05-01", "2026-05-03", 8)
    assert evidence_of([told.file.pk], today=TODAY) == {told.file.pk: made}
    entry_of_trail = TrailEntry.objects.get(code="activity.entered")
    assert (entry_of_trail.subject, entry_of_trail.chain) == (str(made.pk), str(told.cast.office.pk))
    assert trail.first_break(str(told.cast.office.pk)) is None


def test_an_activity_sent_twice_is_kept_once(told):
    key = uuid4()
    first = told.record(entry(photographs=(photograph(),)), key=key)
    second = told.record(entry(photographs=(photograph(),)), key=key)
    assert first.pk == second.pk == key
    assert (Activity.objects.count(), ActivityVersion.objects.count(), Document.objects.count()) == (1, 1, 1)


def test_entering_keeps_no_other_office_waiting(told):
    Revision.objects.filter(name=AGREEMENT_INDEX).delete()
    told.record(entry(photographs=(photograph(),)))
    assert not Revision.objects.filter(name=AGREEMENT_INDEX).exists(), "held while photographs are written anew"


def test_a_document_of_another_office_is_nothing(told, cast):
    foreign = document(cast.other_office)
    with pytest.raises(Document.DoesNotExist):
        told.record(entry(documents=[foreign.pk]))
    assert not Activity.objects.exists()


def test_a_key_of_another_office_s_activity_is_nothing(told, cast):
    key = told.record().pk
    stranger = cast.at(cast.other_office, "director")
    draft = dataclasses.replace(cast.file(), parties=[make.party(cast.leon, "declaring"), make.party(cast.ashland)])
    other = files.draft(draft, office=cast.other_office.pk, by=stranger, today=TODAY)
    with pytest.raises(Agreement.DoesNotExist):
        record_activity(other.pk, by=stranger, key=key, entry=entry(), today=TODAY)


def test_outside_one_s_office_nothing_exists(told, cast):
    made, stranger = told.record(), cast.at(cast.other_office, "director")
    with pytest.raises(Agreement.DoesNotExist):
        told.record(by=stranger)
    for verb in (told.withdraw, told.publish):
        with pytest.raises(Activity.DoesNotExist):
            verb(made, by=stranger)
    with pytest.raises(Activity.DoesNotExist):
        told.mend(made, entry(), by=stranger)


ROLES = [("reader", False, False, False), ("analyst", True, False, False), ("coordinator", True, True, False),
         ("director", True, True, True)]  # fmt: skip


@pytest.mark.parametrize(("role", "notes", "withdraws", "publishes"), ROLES)
def test_who_may_do_what(told, cast, role, notes, withdraws, publishes):
    told.seen()
    by, made = cast.of(role), told.record()
    for may, verb in (
        (notes, lambda: told.record(entry("2026-04-01"), by=by)),
        (notes, lambda: told.mend(made, entry("2026-05-02"), by=by)),
        (publishes, lambda: told.publish(made, by=by)),
        (withdraws, lambda: told.withdraw(made, by=by)),
    ):
        if may:
            verb()
        else:
            with pytest.raises(NotAllowedError):
                verb()


REFUSED = [
    ({"start": "2026-05-05"}, Fault.TO_COME),
    ({"start": "2026-06"}, Fault.TO_COME),
    ({"start": "2027"}, Fault.TO_COME),
    ({"start": "2026-05-01", "end": "2026-05-05"}, Fault.GOES_ON),
    ({"start": "2026-05-02", "end": "2026-05-01"}, Fault.ENDS_BEFORE_BEGIN),
    ({"start": ""}, Fault.NO_DATE),
    ({"description_es": "  "}, Fault.NO_DESCRIPTION),
    ({"participants": {"MX": -1}}, Fault.PEOPLE_OUT_OF_RANGE),
    ({"participants": {"MX": 1_000_001}}, Fault.PEOPLE_OUT_OF_RANGE),
    ({"participants": {"ZZ": 3}}, Fault.NO_COUNTRY),
    ({"press": ["javascript:alert(1)"]}, Fault.NOT_A_WEB_ADDRESS),
    ({"press": ["https://nota"]}, Fault.NOT_A_WEB_ADDRESS),
    ({"press": ["https://[nota.mx"]}, Fault.NOT_A_WEB_ADDRESS),
    ({"press": ["https://nota.mx/a b"]}, Fault.NOT_A_WEB_ADDRESS),
    ({"photographs": [photograph(alternative=" ")]}, Fault.NO_ALTERNATIVE),
    ({"photographs": [photograph()] * 13}, Fault.TOO_MANY_PHOTOGRAPHS),
    ({"documents": [Sent(io.BytesIO(samples.pdf()), "a.pdf")] * 7}, Fault.TOO_MANY_DOCUMENTS),
]


@pytest.mark.parametrize(("values", "fault"), REFUSED)
def test_what_cannot_be_is_refused_and_nothing_of_it_stays(told, values, fault):
    with pytest.raises(ActivityRefusedError) as refused:
        told.record(entry(**values))
    assert fault in refused.value.faults
    assert fault.label
    assert (Activity.objects.count(), Document.objects.count()) == (0, 0)


@pytest.mark.parametrize("start", ["2026-05-04", "2026-05", "2026", "1987", "2024-02"])
def test_a_month_or_a_year_that_has_begun_is_taken(told, start):
    assert str(told.record(entry(start)).start) == start


def test_of_two_dates_the_vaguer_one_says_how_much_is_known(told):
    made = told.record(entry("2025-03-14", "2025-05"))
    assert (made.precision, made.started_on, made.ended_on) == ("month", dt.date(2025, 3, 14), dt.date(2025, 5, 31))


NO_PHOTOGRAPHS = [(b"no es una foto", "a.jpg"), (b"", "a.jpg"), (b"\xff\xd8\xff", "a.jpg"), (samples.pdf(), "a.pdf")]


@pytest.mark.row(13)
@pytest.mark.parametrize(("data", "name"), NO_PHOTOGRAPHS)
def test_what_is_no_photograph_is_refused_whole(told, data, name):
    with pytest.raises(RefusedDocumentError):
        told.record(entry(photographs=[photograph(), photograph(data, name)]))
    assert (Activity.objects.count(), Document.objects.count()) == (0, 0)


@pytest.mark.row(12)
def test_a_photograph_of_too_many_points_is_refused(told):
    bomb = io.BytesIO()
    Image.new("1", (20_000, 20_000)).save(bomb, "PNG")
    with pytest.raises(RefusedDocumentError) as refused:
        told.record(entry(photographs=[photograph(bomb.getvalue(), "a.png")]))
    assert refused.value.code == "pixels"


def test_where_a_photograph_was_taken_does_not_stay(told):
    data = picture(with_place=True)
    assert Image.open(io.BytesIO(data)).getexif().get_ifd(0x8825)
    made = told.record(entry(photographs=[photograph(data, author="Ana", rights=Rights.PERMITTED)]))
    kept = made.files.get()
    assert (kept.author, kept.rights, kept.is_photograph) == ("Ana", "permitted", True)
    stored = path_of(kept.document.digest).read_bytes()
    assert not Image.open(io.BytesIO(stored)).getexif()
    assert "Teléfono".encode() not in stored


def test_the_same_photograph_hangs_once(told):
    made = told.record(entry(photographs=[photograph(), photograph(name="copia.jpg"), photograph(picture("blue"))]))
    assert made.files.count() == 2


def test_a_mended_activity_keeps_what_it_said(told):
    made = told.record(entry(photographs=[photograph()]))
    [kept] = made.files.all()
    words = {kept.pk: PhotographWords("La plaza", "Luis", Rights.OWN)}
    mended = told.mend(made, entry("2026-05-02", description_es="Visita corta", words=words))
    assert mended.version == 2
    before, after = [one.values for one in made.versions.all()]
    assert (before["started_on"], after["started_on"]) == ("2026-05-03", "2026-05-02")
    assert (before["description_es"], after["description_es"]) == ("Visita de la delegación", "Visita corta")
    assert [one["files"][0]["alternative"] for one in (before, after)] == ["Dos alcaldes plantan un árbol", "La plaza"]
    told.mend(made, entry(removed=[kept.pk]))
    assert made.versions.last().values["files"] == []
    assert made.files.get().removed_at is not None


def test_two_who_mend_at_once_lose_nothing(told):
    made = told.record()
    told.mend(made, entry("2026-05-02"), version=1)
    with pytest.raises(EditConflictError):
        told.mend(made, entry("2026-05-01"), version=1)
    with pytest.raises(EditConflictError):
        told.withdraw(made, version=1)
    assert str(Activity.objects.get().start) == "2026-05-02"


def test_a_mended_photograph_needs_its_words_too(told):
    made = told.record(entry(photographs=[photograph()]))
    words = {made.files.get().pk: PhotographWords("")}
    with pytest.raises(ActivityRefusedError):
        told.mend(made, entry(words=words))


def test_what_was_withdrawn_proves_nothing_and_stays_readable(told):
    made = told.record()
    with pytest.raises(ActivityRefusedError):
        told.withdraw(made, reason=" ")
    told.withdraw(made)
    kept = Activity.objects.get()
    assert (kept.withdrawal_reason, kept.version) == ("Fue otra ciudad", 2)
    assert evidence_of([told.file.pk], today=TODAY) == {}
    for verb in (told.withdraw, told.publish, lambda one: told.mend(one, entry())):
        with pytest.raises(ActivityRefusedError):
            verb(made)


def test_nothing_is_entered_in_an_abandoned_file(told):
    step = files.StepDraft(on=TODAY, reason="No hubo respuesta")
    version = Agreement.objects.get(pk=told.file.pk).version
    files.abandon(told.file.pk, by=told.by, version=version, step=step, today=TODAY)
    with pytest.raises(ActivityRefusedError):
        told.record()


# ── told twice ───────────────────────────────────────────────────────────────────────────────────────────────────────


ALIKE = [
    ("2026-05-03", "2026-05-03", {}, True),
    ("2026-05-01", "2026-05-02", {}, True),
    ("2026-05", "2026-05", {}, True),
    ("2026-04-01", "2026-04-30", {}, False),
    ("2026-05-04", "2026-05-04", {}, False),
    ("2026-05-03", "2026-05-03", {"kind": ActivityKind.CULTURE}, False),
]


@pytest.mark.parametrize(("start", "end", "values", "asked"), ALIKE)
def test_what_is_told_twice_is_asked_about(told, start, end, values, asked):
    first = told.record(entry("2026-05-02", "2026-05-03"))
    if not asked:
        told.record(entry(start, end, **values))
        return
    with pytest.raises(MaybeSameError) as maybe:
        told.record(entry(start, end, **values))
    assert maybe.value.found == (first,)
    assert Activity.objects.count() == 1


def test_the_same_by_choice_is_counted_once_and_can_be_told_apart(told):
    first = told.record()
    second = told.record(same_as=first.pk)
    assert second.same_as == first
    with pytest.raises(MaybeSameError):
        told.record(same_as=uuid4())
    told.seen()
    with pytest.raises(ActivityRefusedError) as refused:
        told.publish(second)
    assert refused.value.faults == (Fault.TOLD_ELSEWHERE,)
    assert tell_apart(second.pk, by=told.by, version=1).same_as is None
    assert told.record(is_other=True).same_as is None


def test_what_was_the_same_as_a_withdrawn_one_stands_by_itself(told):
    first = told.record()
    second = told.record(same_as=first.pk)
    told.withdraw(first)
    assert Activity.objects.get(pk=second.pk).same_as is None
    assert evidence_of([told.file.pk], today=TODAY) == {told.file.pk: second}


# ── what sources tell, and what the public sees ──────────────────────────────────────────────────────────────────────


def test_what_a_source_tells_is_never_an_office_s_to_change(told):
    told.seen()
    make.activity(told.file, "2024-06")
    shipped = Activity.objects.get()
    for verb in (told.withdraw, told.publish, lambda one: told.mend(one, entry())):
        with pytest.raises(Activity.DoesNotExist):
            verb(shipped)
    same = told.record(entry("2024-06-20"), same_as=shipped.pk)
    assert same.same_as == shipped
    assert Activity.objects.get(pk=shipped.pk).version == 1


def public_view(told):
    kept = Listing.objects.get(pk=told.file.pk)
    sheet = read.agreement(kept.slug, today=TODAY, language="en")
    rows = list(activity_rows(language="es", agreement=kept.slug))
    return kept.evidence_on, [one.description for one in sheet.activities], [one.description for one in rows]


def test_the_public_sees_only_what_was_published_and_its_lists_rest_on_no_more(told):
    made = told.record()
    with pytest.raises(ActivityRefusedError) as refused:
        told.publish(made)
    assert refused.value.faults == (Fault.AGREEMENT_NOT_PUBLISHED,)
    told.seen()
    assert public_view(told) == (None, [], [])
    told.publish(made)
    what = "Visita de la delegación"
    assert public_view(told) == (dt.date(2026, 5, 3), [what], [what])
    sheet = read.agreement(Listing.objects.get(pk=told.file.pk).slug, today=TODAY, language="en")
    assert (sheet.activities[0].passage, sheet.line.vitality) == ("recorded on 2026-05-04", "active")
    told.mend(made, entry("2019"))
    assert public_view(told)[0] == dt.date(2019, 12, 31)
    unpublish_activity(made.pk, by=told.by, version=Activity.objects.get().version)
    assert public_view(told) == (None, [], [])
    told.publish(made)
    told.withdraw(made)
    assert public_view(told) == (None, [], [])


@pytest.mark.parametrize("role", ["analyst", "coordinator"])
def test_what_the_public_sees_is_mended_by_who_may_publish_it(told, cast, role):
    told.seen()
    made = told.record()
    told.publish(made)
    with pytest.raises(ActivityRefusedError) as refused:
        told.mend(made, entry(description_es="Lo que nadie aprobó"), by=cast.of(role))
    assert refused.value.faults == (Fault.IS_PUBLIC,)
    assert public_view(told)[1] == ["Visita de la delegación"]
    told.mend(made, entry(description_es="Lo que se aprobó"))
    assert public_view(told)[1] == ["Lo que se aprobó"]


def test_a_demonstration_is_never_shown(told, cast):
    made = told.record()
    told.seen()
    told.publish(made)
    type(cast.office).objects.filter(pk=cast.office.pk).update(is_demonstration=True)
    assert public_view(told)[1:] == ([], []), "published before the office became one"
    other = told.record(entry("2026-04-01"))
    with pytest.raises(ActivityRefusedError) as refused:
        told.publish(other)
    assert refused.value.faults == (Fault.DEMONSTRATION,)


@pytest.mark.parametrize(
    "values",
    [
        {"withdrawn_at": timezone.now()},
        {"published_at": timezone.now(), "withdrawn_at": timezone.now(), "withdrawal_reason": "x"},
    ],
)
def test_the_database_holds_what_must_never_be_false(told, values):
    made = told.record()
    with pytest.raises(IntegrityError), transaction.atomic():
        Activity.objects.filter(pk=made.pk).update(**values)


# ── what the trail answers for ───────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.row(19)
def test_the_trail_answers_for_every_verb(told):
    told.seen()
    first = told.record(entry(participants={"US": 3, "MX": 4}, photographs=[photograph(), photograph(picture("blue"))]))
    told.mend(first, entry("2026-05-02", removed=[first.files.first().pk]))
    told.publish(first)
    unpublish_activity(first.pk, by=told.by, version=Activity.objects.get().version)
    other = told.record(entry("2026-05-02"), same_as=first.pk)
    told.withdraw(first)
    tell_apart(other.pk, by=told.by, version=Activity.objects.get(pk=other.pk).version)
    assert unlike_their_trail() == []


@pytest.mark.parametrize(
    "tamper",
    [
        lambda one: Activity.objects.filter(pk=one.pk).update(ended_on=dt.date(2030, 1, 1)),
        lambda one: Activity.objects.filter(pk=one.pk).update(participants={"MX": 900}),
        lambda one: one.files.update(alternative="Otra cosa"),
        lambda one: one.files.all().delete(),
        lambda one: ActivityVersion.objects.update(values={}),
    ],
)
def test_what_is_changed_behind_the_verbs_is_found(told, tamper):
    made = told.record(entry(photographs=[photograph()]))
    tamper(made)
    [found] = flaws([])
    assert (found.chain, made.agreement.number in found.sentence) == (str(told.cast.office.pk), True)


def test_an_activity_that_is_gone_is_missed(told):
    made = told.record()
    made.versions.all().delete()
    made.delete()
    [found] = flaws([])
    assert "falta una actividad" in found.sentence
