"""Agreements by the million, the same ones every time, with the shape of the real ones.

Few cities have many ties (Zipf), names carry their accents, half the dates are unknown or only a year. The rows go
through the product's own derivation (`build_listing`) and past its verbs, which would take hours; the same rows are
written once more as one flat table with full-text search, as Datasette's users make it.
"""

from __future__ import annotations

import datetime as dt
import itertools
import json
import random
import sqlite3
from pathlib import Path
from uuid import UUID

from django.db import connection
from tqdm import tqdm

from hermanar.agreements import rules
from hermanar.agreements.actions.listing import ListedParty, build_listing, mark_changed
from hermanar.agreements.models import Agreement, AgreementArea, LegalAct, Listing, Party
from hermanar.agreements.queries import party_cards
from hermanar.agreements.vocabulary import AreaOfCooperation, Kind, Registered, Role
from hermanar.catalogue.search.documents import facts_of, force_on, vitality_on
from hermanar.cooperation.models import Activity
from hermanar.directory.models import Country, Place
from hermanar.directory.vocabulary import PlaceKind
from hermanar.foundation.models import Source, Statement

SEED = 20261121
FIRST_MOMENT = 1_700_000_000_000
PUBLISHED = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
KINDS = {Kind.TWINNING: 70, Kind.SPECIFIC_COOPERATION: 12, Kind.OTHER: 5, Kind.UNKNOWN: 13}
WORDS = {Kind.TWINNING: "Hermanamiento", Kind.SPECIFIC_COOPERATION: "Cooperación específica", Kind.OTHER: "Instrumento"}
SOURCES = 40
BATCH = 5000
FLAT = [
    "slug",
    "title",
    "kind",
    "regime",
    "scope",
    "stage",
    "force",
    "vitality",
    "registered",
    "decade",
    "host",
    "country",
    "state",
    "area",
    "source",
    "signed_on",
    "parties",
    "party_ids",
    "countries",
    "evidence_on",
    "words",
]
FACETS = [
    "host",
    "country",
    "state",
    "kind",
    "regime",
    "scope",
    "force",
    "vitality",
    "registered",
    "decade",
    "area",
    "source",
]


class Dice:
    """Everything random, from one seed."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.clock = itertools.count(FIRST_MOMENT)
        self.kinds, self.kind_weights = list(KINDS), list(itertools.accumulate(KINDS.values()))
        self.areas = AreaOfCooperation.values

    def key(self, moment):
        bits = self.random.getrandbits(74)
        return UUID(int=moment << 80 | 7 << 76 | bits >> 62 << 64 | 2 << 62 | bits & (1 << 62) - 1)

    def kind(self):
        return self.random.choices(self.kinds, cum_weights=self.kind_weights)[0]

    def signed(self):
        draw = self.random.random()
        if draw < 0.4:
            return None, "unknown"
        year = min(2026, 1950 + int(76 * self.random.betavariate(4, 2)))
        if draw < 0.7:
            return dt.date(year, 1, 1), "year"
        if draw < 0.8:
            return dt.date(year, self.random.randint(1, 12), 1), "month"
        return dt.date(year, self.random.randint(1, 12), self.random.randint(1, 28)), "day"


def zipf(count, power):
    """Return cumulative weights of ranks."""
    return list(itertools.accumulate((rank + 3) ** -power for rank in range(count)))


def cast():
    """Return who takes part: municipalities and cities abroad, largest first, as listings keep them."""
    by_size = Place.objects.order_by("-population", "slug")
    hosts = list(by_size.filter(kind=PlaceKind.MUNICIPALITY, population__isnull=False).values_list("pk", flat=True))
    abroad = by_size.filter(kind=PlaceKind.CITY, population__isnull=False).exclude(country="MX")
    partners = list(abroad.values_list("pk", flat=True)[:20_000])
    return hosts, partners, party_cards([*hosts, *partners])


def sources():
    """Make the sources that the agreements rest on."""
    made = []
    for number in range(SOURCES):
        values = {"kind": "press", "title_es": f"Fuente de prueba {number}"}
        made.append(Source.objects.get_or_create(key=f"prueba-{number}", defaults=values)[0])
    return made


class Tables:
    """Rows on their way into the product's tables, past the ORM."""

    MODELS = (Agreement, Party, AgreementArea, LegalAct, Statement, Activity, Listing)

    def __init__(self, file):
        self.database = file
        self.rows = {model: [] for model in self.MODELS}
        self.fields = {model: model._meta.concrete_fields for model in self.MODELS}

    def add(self, made):
        fields = self.fields[type(made)]
        self.rows[type(made)].append([plain(getattr(made, field.attname)) for field in fields])

    def flush(self):
        for model, rows in self.rows.items():
            columns = ", ".join(f'"{field.column}"' for field in self.fields[model])
            marks = ", ".join("?" * len(self.fields[model]))
            self.database.executemany(f"INSERT INTO {model._meta.db_table} ({columns}) VALUES ({marks})", rows)
            rows.clear()
        self.database.commit()


def plain(value):
    if isinstance(value, UUID):
        return value.hex
    if isinstance(value, dt.datetime):
        return value.isoformat(" ")
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False)
    return str(value) if isinstance(value, str) else value


def agreement(dice, number, places, cards):
    """Make one agreement with what hangs on it, not yet kept."""
    moment = next(dice.clock)
    kind, (signed_on, precision) = dice.kind(), dice.signed()
    draw = dice.random.random()
    names = " – ".join(cards[place]["name_es"] or cards[place]["name"] for place in places)
    slug = f"{'-'.join(cards[place]['slug'] for place in places)}"[:140] + f"-{number}"
    record = Agreement(
        id=dice.key(moment),
        reference=f"prueba-{number}",
        slug=slug,
        title_es=f"{WORDS.get(kind, 'Acuerdo')} {names}"[:300],
        title_en=f"Agreement {names}"[:300],
        kind=kind,
        signed_on=signed_on,
        signed_precision=precision,
        term_years=dice.random.choice((2, 4, 5, 10, 25)) if signed_on and draw < 0.12 else None,
        is_open_ended=draw > 0.95,
        registered=Registered.YES if draw < 0.06 else Registered.NO if draw < 0.15 else Registered.UNKNOWN,
        published_at=PUBLISHED,
    )
    parties = [
        Party(
            id=dice.key(moment),
            agreement=record,
            place_id=place,
            role=role,
            position=position,
            name_as_written=cards[place]["name"],
        )
        for position, (place, role) in enumerate(zip(places, (Role.DECLARING, Role.COUNTERPART), strict=True))
    ]
    areas = dice.random.sample(dice.areas, dice.random.choice((0, 0, 0, 1, 1, 2, 3)))
    return record, parties, areas


def attachments(dice, record, areas, source):
    """Make acts, areas, statements and activities of an agreement."""
    moment = next(dice.clock)
    acts = []
    if record.signed_on and dice.random.random() < 0.02:
        ended = record.signed_on.replace(day=1) + dt.timedelta(days=dice.random.randint(200, 6000))
        values = {"on": ended, "precision": "day", "source": source}
        acts.append(LegalAct(id=dice.key(moment), agreement=record, kind="termination", **values))
    hung = [AgreementArea(id=dice.key(moment), agreement=record, area=area, as_written=area) for area in areas]
    said = {"listed": "sí"} | ({"signed_on": record.signed_on.isoformat()} if record.signed_on else {})
    hung += [
        Statement(id=dice.key(moment), subject=record.pk, field=field, value=value, source=source, as_of="2025")
        for field, value in said.items()
    ]
    evidence_on = None
    for number in range(dice.random.choice((1, 1, 2)) if dice.random.random() < 0.08 else 0):
        on = dt.date(2026, 11, 1) - dt.timedelta(days=int(9000 * dice.random.random() ** 2))
        evidence_on = max(evidence_on or on, on)
        hung.append(
            Activity(
                id=dice.key(moment),
                agreement=record,
                kind="visit",
                direction="mutual",
                started_on=on,
                ended_on=on,
                precision="day",
                description_es=f"Visita de una delegación, número {number}.",
                description_en="",
                source=source,
            )
        )
    return acts, hung, evidence_on


def flat_row(listing, today, countries):
    """Return the same agreement as a row of one flat table."""
    own, other = listing.parties
    facts = facts_of(listing)
    words = [listing.title_es, listing.title_en]
    for card in listing.parties:
        words += [card["name"], card["name_es"], card["name_en"], card["head_town"], card["state"], card["region"]]
        words.append(countries[card["country"]])
    return (
        listing.slug,
        listing.title_es,
        str(listing.kind),
        str(listing.regime),
        str(listing.scope),
        listing.stage,
        force_on(facts, today).value,
        vitality_on(listing.evidence_on, today).value,
        str(listing.registered),
        rules.decade(listing.signed_on),
        own["id"],
        other["country"],
        own["state_slug"],
        listing.areas.partition(" ")[0],
        listing.sources,
        listing.signed_on.isoformat() if listing.signed_on else None,
        listing.party_names_es,
        listing.party_ids,
        listing.party_countries,
        listing.evidence_on.isoformat() if listing.evidence_on else None,
        " ".join(filter(None, words)),
    )


def open_fast(path):
    """Open a database file for one long load; it is thrown away when that fails."""
    file = sqlite3.connect(path)
    file.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-200000;")
    return file


def generate(count, *, product: Path, flat: Path, today: dt.date):
    """Write `count` agreements into the product's database and, flat, into another."""
    dice = Dice(SEED)
    hosts, partners, cards = cast()
    host_weights, partner_weights = zipf(len(hosts), 1.0), zipf(len(partners), 0.7)
    made_from = sources()
    countries = {code: f"{es} {en}" for code, es, en in Country.objects.values_list("code", "name_es", "name_en")}
    connection.close()
    file, table = open_fast(product), open_fast(flat)
    table.execute(f"CREATE TABLE agreements (slug TEXT PRIMARY KEY, {', '.join(f'{name} TEXT' for name in FLAT[1:])})")
    tables, rows = Tables(file), []
    for number in tqdm(range(count), desc="agreements", mininterval=2):
        host = dice.random.choices(hosts, cum_weights=host_weights)[0]
        domestic = dice.random.random() < 0.25
        partner = host
        while partner == host:
            pool, weights = (hosts, host_weights) if domestic else (partners, partner_weights)
            partner = dice.random.choices(pool, cum_weights=weights)[0]
        record, parties, areas = agreement(dice, number, (host, partner), cards)
        source = made_from[min(SOURCES - 1, int(dice.random.paretovariate(0.7)) - 1)]
        acts, hung, evidence_on = attachments(dice, record, areas, source)
        listed = [ListedParty(cards[one.place_id], one.role, one.standing, one.name_as_written) for one in parties]
        values = {"areas": areas, "acts": acts, "source_keys": [source.key], "has_documents": False}
        listing = build_listing(record, parties=listed, **values)
        listing.evidence_on = evidence_on
        for row in (record, *parties, *acts, *hung, listing):
            tables.add(row)
        rows.append(flat_row(listing, today, countries))
        if len(rows) == BATCH or number == count - 1:
            tables.flush()
            table.executemany(f"INSERT INTO agreements VALUES ({', '.join('?' * len(FLAT))})", rows)
            rows.clear()
    finish_flat(table)
    file.close()
    mark_changed(None)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def finish_flat(table):
    """Index the flat table as one who wants a fast Datasette does."""
    for name in FACETS:
        table.execute(f"CREATE INDEX flat_{name} ON agreements ({name})")
    table.execute(
        "CREATE VIRTUAL TABLE agreements_fts USING fts5"
        "(words, content='agreements', tokenize='unicode61 remove_diacritics 2')"
    )
    table.execute("INSERT INTO agreements_fts (agreements_fts) VALUES ('rebuild')")
    table.commit()
    table.execute("ANALYZE")
    table.close()
