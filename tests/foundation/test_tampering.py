"""Two thousand ways to alter the trail: all are found with the checkpoint at hand, and some only with it."""

from __future__ import annotations

import json
import random
from dataclasses import replace

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from hermanar.foundation import trail
from hermanar.foundation.access import CONSOLE
from hermanar.foundation.models import TrailEntry
from hermanar.foundation.trail import checkpoints
from hermanar.foundation.trail.verifying import START, Fault, Head, Link, digest_of_link, examine

LENGTH = 60
ALTERATIONS = 2000
pytestmark = pytest.mark.row(18)


def linked(links, *, numbers=None):
    """Number and link entries anew, as whoever holds the database could."""
    made, previous = [], START
    for number, link in zip(numbers or range(1, len(links) + 1), links, strict=True):
        fresh = replace(link, number=number, previous_digest=previous)
        fresh = replace(fresh, digest=digest_of_link(fresh))
        made.append(fresh)
        previous = fresh.digest
    return made


def entry(word):
    return Link("a", 0, f"2026-01-01T00:00:{word % 60:02d}+00:00", f"u{word}", f"code.{word}", "s", "c", "", "")


CHAIN = linked([entry(number) for number in range(LENGTH)])
HEAD = Head("a", LENGTH, CHAIN[-1].digest, "2026-01-02")
EARLIER = Head("a", LENGTH // 2, CHAIN[LENGTH // 2 - 1].digest, "2026-01-01")


def edit(links, chance):
    place = chance.randrange(len(links))
    field = chance.choice(["at", "actor", "code", "subject", "content_digest", "previous_digest", "digest"])
    links[place] = replace(links[place], **{field: f"otra cosa {chance.random()}"})
    return links


def delete(links, chance):
    del links[chance.randrange(len(links))]
    return links


def swap(links, chance):
    one, other = chance.sample(range(len(links)), 2)
    first, second = links[one], links[other]
    links[one], links[other] = replace(second, number=first.number), replace(first, number=second.number)
    return links


def insert(links, chance):
    place = chance.randrange(len(links))
    links.insert(place, replace(links[place], actor="nadie"))
    return [replace(link, number=number) for number, link in enumerate(links, start=1)]


def cut_tail(links, chance):
    return links[: -chance.randrange(1, len(links))]


def rewrite_all(links, chance):
    place = chance.randrange(len(links))
    links[place] = replace(links[place], actor="otra persona")
    return linked(links)


def forge(links, chance):
    """Change an entry and give it the digest it must have; the one after it still names the old."""
    place = chance.randrange(len(links) - 1)
    forged = replace(links[place], actor="otra persona")
    links[place] = replace(forged, digest=digest_of_link(forged))
    return links


WAYS = [edit, delete, swap, insert, cut_tail, rewrite_all, forge]
# These leave a chain that is whole in itself: without a head kept elsewhere nothing shows them.
ONLY_WITH_CHECKPOINT = {cut_tail, rewrite_all}


def newer_head(links):
    """Return what a checkpoint made after the alteration says."""
    last = links[-1]
    return [Head("a", last.number, last.digest, "2026-01-03")]


@pytest.mark.parametrize(
    "heads_after",
    [
        lambda _links: [HEAD],
        lambda links: [EARLIER, HEAD, *newer_head(links)],
        lambda links: [*newer_head(links), HEAD],
    ],
    ids=["one head", "a newer head after", "a newer head before"],
)
def test_every_alteration_is_found_with_the_checkpoint(heads_after, figure):
    chance = random.Random(20261121)  # noqa: S311  the same alterations each time
    missed = []
    for number in range(ALTERATIONS):
        way = WAYS[number % len(WAYS)]
        altered = way(list(CHAIN), chance)
        if not examine(altered, chain="a", heads=heads_after(altered)):
            missed.append((number, way.__name__))
    assert missed == []
    figure(f"{ALTERATIONS} changes of {len(WAYS)} kinds, all told")


def test_a_newer_head_of_the_same_number_hides_no_older_one():
    rewritten = rewrite_all(list(CHAIN), random.Random(1))  # noqa: S311
    newer = Head("a", LENGTH, rewritten[-1].digest, "2026-01-03")
    for heads in ([HEAD, newer], [newer, HEAD]):
        [found] = examine(rewritten, chain="a", heads=heads)
        assert (found.number, found.fault, found.since) == (LENGTH, Fault.REWRITTEN, HEAD.made_at)
    again = Head("a", LENGTH, HEAD.digest, "2026-01-04")
    assert len(examine(rewritten, chain="a", heads=[HEAD, again])) == 1, "two that say the same are told once"


@pytest.mark.parametrize("way", WAYS)
def test_without_the_checkpoint_some_are_not(way):
    found = examine(way(list(CHAIN), random.Random(1)), chain="a")  # noqa: S311
    assert (found == []) is (way in ONLY_WITH_CHECKPOINT)


def test_an_entry_taken_out_is_told_by_its_number_though_all_was_linked_anew():
    left = [link for link in CHAIN if link.number != 7]
    [found] = examine(linked(left, numbers=[link.number for link in left]), chain="a")
    assert (found.number, found.fault) == (7, Fault.MISSING)


def test_a_whole_chain_has_no_fault():
    assert examine(CHAIN, chain="a", heads=[HEAD]) == []
    longer = linked([*CHAIN, entry(99)])
    assert examine(longer, chain="a", heads=[HEAD]) == []


def test_a_chain_that_only_a_checkpoint_knows_is_missed():
    assert [one.fault for one in examine([], chain="a", heads=[HEAD])] == [Fault.CUT_OFF]


@pytest.mark.django_db
@pytest.mark.parametrize("change", [lambda rows: rows.update(actor="x"), lambda rows: rows.delete()])
def test_the_database_itself_refuses(change):
    trail.record("agreement.recorded", by=CONSOLE)
    with pytest.raises(DatabaseError), transaction.atomic():
        change(TrailEntry.objects.all())
    assert TrailEntry.objects.get().actor == "console"


@pytest.mark.django_db
def test_the_trail_keeps_no_value():
    made = trail.record("agreement.recorded", by=CONSOLE, content="Canario Amarillo")
    held = " ".join(str(value) for value in TrailEntry.objects.filter(pk=made.pk).values()[0].values())
    assert "Canario" not in held
    assert made.content_digest not in {trail.digest_of("Canario Amarillo"), ""}
    assert made.content_digest == trail.keyed_digest("Canario Amarillo")


@pytest.mark.django_db
class TestCommand:
    @pytest.fixture(autouse=True)
    def _kept(self, settings, tmp_path, no_wall):  # noqa: ARG002  asked for by name
        settings.CHECKPOINTS = tmp_path / "elsewhere" / "checkpoints.jsonl"
        self.path = settings.CHECKPOINTS
        for number in range(4):
            trail.record("agreement.recorded", by=CONSOLE, content=number, chain="a" if number % 2 else "b")

    def test_a_whole_trail_is_told_and_kept(self, capsys):
        call_command("verify", "--keep")
        call_command("verify", "--keep")
        assert "4 entradas" in capsys.readouterr().out
        assert len(self.path.read_text().splitlines()) == 2

    def test_a_cut_tail_is_told_with_the_checkpoint_that_knows(self, capsys):
        call_command("verify", "--keep")
        TrailEntry.objects.filter(chain="a", number=2).delete()
        with pytest.raises(CommandError, match="1 falta"):
            call_command("verify")
        made_at = json.loads(self.path.read_text())["made_at"]
        assert (
            f"a: falta el final: el punto de control conoce la entrada 2 (desde el punto de control de {made_at})"
            in (capsys.readouterr().err)
        )

    def test_a_printed_checkpoint_is_accepted_back(self, capsys, tmp_path):
        call_command("verify", "--print")
        mailed = tmp_path / "carta.json"
        mailed.write_text(capsys.readouterr().out)
        call_command("verify", "--checkpoint", str(mailed))
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM foundation_trailentry WHERE chain = 'b'")
        with pytest.raises(CommandError):
            call_command("verify", "--checkpoint", str(mailed))

    @pytest.mark.parametrize("text", ["no es nada", "{}", '{"made_at": "x", "chains": {}, "digest": "y"}', "[1]"])
    def test_what_is_no_checkpoint_is_refused(self, tmp_path, text):
        path = tmp_path / "x.json"
        path.write_text(text)
        with pytest.raises(CommandError, match=r"x\.json"):
            call_command("verify", "--checkpoint", str(path))

    def test_a_missing_file_is_named(self, tmp_path):
        with pytest.raises(CommandError, match=r"nada\.json"):
            call_command("verify", "--checkpoint", str(tmp_path / "nada.json"))

    def test_a_changed_checkpoint_is_refused(self, tmp_path):
        made = checkpoints.make_checkpoint()
        made["chains"]["a"]["number"] = 1
        path = tmp_path / "x.json"
        path.write_text(json.dumps(made))
        with pytest.raises(CommandError, match=r"x\.json"):
            call_command("verify", "--checkpoint", str(path))
