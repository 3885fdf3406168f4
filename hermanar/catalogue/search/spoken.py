"""What matches the words that a person types: any form of them, their beginning, or what they are a slip of.

One for every index of the house, so that accents, endings, slips and both languages behave alike wherever one searches.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol

import tantivy
from tantivy import Query

from hermanar.foundation.search import Reader
from hermanar.foundation.words import forms, words

_MOST_WORDS = 12
SHORT_WORD, LONG_WORD = 3, 8  # what may be a beginning or a slip, and what may hold two slips
# Words that bind names and say nothing alone; asked for only when nothing else is.
BINDING = frozenset(
    [
        "a",
        "al",
        "and",
        "con",
        "de",
        "del",
        "e",
        "el",
        "en",
        "entre",
        "la",
        "las",
        "los",
        "o",
        "of",
        "the",
        "u",
        "with",
        "y",
    ]
)


class Searched(Protocol):
    """An index as it stood at one moment."""

    @property
    def schema(self) -> tantivy.Schema:
        """Its fields."""
        ...

    @property
    def searcher(self) -> Reader:
        """What is asked of it."""
        ...


def any_of(index: Searched, field: str, values: Sequence[str]) -> Query:
    """Match what has any of these values."""
    if len(values) == 1:
        return Query.term_query(index.schema, field, values[0], index_option="basic")
    return Query.term_set_query(index.schema, field, list(values))


def telling_words(text: str) -> list[str]:
    """Return the words of a text that are looked for, those that only bind others left out."""
    asked = list(dict.fromkeys(words(text)))[:_MOST_WORDS]
    return [word for word in asked if word not in BINDING] or asked


def are_known(index: Searched, text: str, *, field: str = "text") -> bool:
    """Say whether every word of a text stands somewhere in a field as it was typed, in any of its forms."""
    asked = telling_words(text)
    return bool(asked) and all(any(index.searcher.doc_freq(field, form) for form in forms(word)) for word in asked)


def words_asked(index: Searched, text: str, *, field: str = "text") -> list[Query]:
    """Return what each telling word of a text asks of a field; all of them are to match."""
    return [_word_asked(index, word, field) for word in telling_words(text)] or [Query.empty_query()]


def _word_asked(index: Searched, word: str, field: str) -> Query:
    """Match a word in any of its forms; one that stands nowhere is taken for a beginning, then for a slip."""
    known = [form for form in forms(word) if index.searcher.doc_freq(field, form)]
    if known:
        return any_of(index, field, known)
    return next(
        (query for query in _guesses(index, word, field) if index.searcher.search(query, limit=1, count=False).hits),
        Query.empty_query(),
    )


def _guesses(index: Searched, word: str, field: str) -> Iterator[Query]:
    schema = index.schema
    if len(word) >= SHORT_WORD:
        yield Query.fuzzy_term_query(schema, field, word, distance=0, prefix=True)
        yield Query.fuzzy_term_query(schema, field, word, distance=1)
    if len(word) >= LONG_WORD:
        yield Query.fuzzy_term_query(schema, field, word, distance=2)
    if len(word) > SHORT_WORD + 1:
        yield Query.fuzzy_term_query(schema, field, word, distance=1, prefix=True)
