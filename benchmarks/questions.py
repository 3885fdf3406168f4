"""The questions both servers are asked, drawn from the rows by one seed, and their right answers."""

from __future__ import annotations

import json
import random
import sqlite3
import unicodedata
from urllib.parse import quote, urlencode

from benchmarks import load
from benchmarks.generate import FACETS, SEED
from hermanar.catalogue import read
from hermanar.catalogue.search import Filters
from hermanar.catalogue.search.documents import AgreementContent
from hermanar.catalogue.search.spoken import BINDING
from hermanar.foundation.words import forms, words

MANY = 4000
SPANISH = {
    "country": "pais", "kind": "tipo", "regime": "regimen", "scope": "alcance", "force": "vigencia",
    "vitality": "vitalidad", "registered": "inscrito", "decade": "decada", "source": "fuente",
}  # fmt: skip
FACETED = [("_facet", name) for name in FACETS]
TABLE = "/flat/agreements"


class Questions:
    """Distinct questions of one data set."""

    def __init__(self, flat):
        dice = random.Random(SEED)
        with sqlite3.connect(f"file:{flat}?mode=ro", uri=True) as file:
            count = file.execute("SELECT count(*) FROM agreements").fetchone()[0]
            picked = dice.sample(range(1, count + 1), min(MANY * 6, count))
            self.slugs = [
                file.execute("SELECT slug FROM agreements WHERE rowid = ?", [number]).fetchone()[0] for number in picked
            ]
            values = {
                name: [value for (value,) in file.execute(f"SELECT DISTINCT {name} FROM agreements ORDER BY 1")]
                for name in SPANISH
            }
            names = file.execute("SELECT DISTINCT parties FROM agreements WHERE rowid % 7 = 0 LIMIT 60000").fetchall()
        self.filters = self._filters(dice, values)
        self.texts = self._texts(dice, [part for (parties,) in names for part in parties.split("; ")], values)
        self.flat = flat

    @staticmethod
    def _filters(dice, values):
        found = {}
        while len(found) < MANY // 2:
            names = sorted(dice.sample(list(SPANISH), dice.choice((1, 2, 2, 3))))
            chosen = {name: dice.choice(values[name]) for name in names}
            found[tuple(chosen.items())] = {name: value for name, value in chosen.items() if value}
        return list(found.values())

    @staticmethod
    def _texts(dice, names, values):
        names = sorted({name for name in names if words(name) and name.isprintable()})  # what can be typed
        dice.shuffle(names)
        found = []
        for number, name in enumerate(names[:MANY]):
            plain = "".join(sign for sign in unicodedata.normalize("NFKD", name) if not unicodedata.combining(sign))
            kind = {"kind": dice.choice(values["kind"])} if number % 3 == 0 else {}
            found.append((plain if number % 2 else name, kind))
        return found

    def ours(self, task):
        """Return the addresses of a task at Hermanar."""
        return {
            "page": [f"/acuerdos/{slug}/" for slug in self.slugs],
            "list": [f"/acuerdos/?{urlencode(spanish(chosen))}" for chosen in self.filters],
            "text": [f"/acuerdos/?{urlencode({'q': text} | spanish(chosen))}" for text, chosen in self.texts],
            "statistics": [f"/api/v1/statistics?utm_id={number}" for number in range(99_999)],
        }[task]

    def theirs(self, task):
        """Return the addresses of the same task at Datasette."""
        return {
            "page": [f"{TABLE}/{quote(slug)}" for slug in self.slugs],
            "list": [f"{TABLE}?{urlencode([*chosen.items(), *FACETED])}" for chosen in self.filters],
            "text": [
                f"{TABLE}?{urlencode([('_search', _quoted(text)), *chosen.items(), *FACETED])}"
                for text, chosen in self.texts
            ],
            "statistics": [
                f"{TABLE}.json?{urlencode([('_size', 1), ('_n', number), *FACETED])}" for number in range(9999)
            ],
        }[task]

    def check_lists(self, today, *, samples=20):
        """Raise unless Hermanar counts what SQL counts; the counts of the facets too."""
        with sqlite3.connect(f"file:{self.flat}?mode=ro", uri=True) as file:
            for chosen in self.filters[:samples]:
                where = " AND ".join(f"{name} = ?" for name in chosen) or "1"
                rows = "FROM agreements WHERE " + where
                page = read.agreements(_filters(chosen), today=today, language="es")
                assert page.count == file.execute(f"SELECT count(*) {rows}", [*chosen.values()]).fetchone()[0], chosen
                for facet in page.facets:
                    if facet.name in {"host", "state", "area", *chosen}:
                        continue  # of several values here and of one there, or freed of its own filter
                    counted = dict(
                        file.execute(f"SELECT {facet.name}, count(*) {rows} GROUP BY 1", [*chosen.values()]).fetchall()
                    )
                    assert counted == {option.value: option.count for option in facet.options}, (chosen, facet.name)

    def check_texts(self, today, *, samples=40):
        """Raise unless the index finds what reading every document finds; words that stand nowhere left aside."""
        asked = [(text, [set(forms(word)) for word in words(text)]) for text, _chosen in self.texts[:samples]]
        found = [0] * len(asked)
        for _key, document in AgreementContent().documents(None, day=today):
            tokens = set(document["text"].split())
            for number, (_text, wanted) in enumerate(asked):
                found[number] += all(one & tokens for one in wanted)
        for (text, _wanted), count in zip(asked, found, strict=True):
            page = read.agreements(Filters(q=text), today=today, language="es")
            is_bound = any(word in BINDING for word in words(text))  # left out of a question that has other words
            assert page.count == count or (is_bound and page.count > count), (text, page.count, count)

    def check_datasette(self, server, *, samples=10):
        """Raise unless Datasette counts what SQL counts."""
        with sqlite3.connect(f"file:{self.flat}?mode=ro", uri=True) as file:
            for chosen in self.filters[:samples]:
                where = " AND ".join(f"{name} = ?" for name in chosen) or "1"
                right = file.execute(f"SELECT count(*) FROM agreements WHERE {where}", [*chosen.values()]).fetchone()[0]
                told = json.loads(load.ask(server.port, f"{TABLE}.json?{urlencode(chosen)}&_extra=count"))
                assert told.get("count", told.get("filtered_table_rows_count")) == right, chosen


def spanish(chosen):
    return {SPANISH[name]: value for name, value in chosen.items()}


def _filters(chosen):
    return Filters.parse({name: [value] for name, value in chosen.items()})


def _quoted(text):
    """Write words so that FTS5 takes none of them for an operator."""
    return " ".join(f'"{word}"' for word in words(text))
