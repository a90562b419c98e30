"""What full text is asked for: as an expression for FTS5, or as tokens for PostgreSQL's arrays.

For FTS5 every term stands in quotes, so that no reader's word is an operator. PostgreSQL has no search engine
that cuts Chinese; there a passage is the array of the same terms (``passage_index.tokens``), and that pairs
follow on each other is seen in the line of its pairs.
"""

from __future__ import annotations

import asyncio
import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise, product

from content.folding import fold_text
from content.lexicon import table
from content.tokens import QueryTerms, query_terms

_CHOICES = 16
"""Combinations of words and their like that are looked for."""


@dataclass(frozen=True, slots=True)
class All:
    """Passages that hold each of some words as words, and each of some runs of characters anywhere."""

    words: tuple[str, ...] = ()
    runs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Expression:
    """Passages that one of the alternatives finds; a parameter of statements."""

    alternatives: tuple[All, ...]

    def __conform__(self, protocol: object) -> str | None:
        """What SQLite is given for it."""
        return self.fts5() if protocol is sqlite3.PrepareProtocol else None

    def fts5(self) -> str:
        """As an expression for FTS5; the empty phrase, which nothing holds, where there is no alternative."""
        alternatives = (
            f"({' AND '.join([*map(_word, each.words), *map(_part, each.runs)])})"
            for each in self.alternatives
        )
        return " OR ".join(alternatives) or _quoted("")

    def tokens(self) -> str:
        """As JSON for ``passages_holding``: the tokens to hold, and the lines that pairs stand in."""
        return json.dumps(
            [
                {
                    "tokens": [*(f" {word}" for word in each.words), *_run_tokens(each.runs)],
                    "lines": [f" {_pairs(run)} " for run in each.runs if len(run) > 1],
                }
                for each in self.alternatives
            ],
            # Unescaped, so that a NUL is written as every other text on its way to PostgreSQL is.
            ensure_ascii=False,
        )


@dataclass(frozen=True, slots=True)
class Match:
    """What a reader's words look for."""

    terms: QueryTerms
    words: Mapping[str, tuple[str, ...]]
    """Each word with what counts as the same, itself first."""
    parts: Expression
    """Passages that hold all the words, be it inside other words, or what counts as the same."""


async def match_query(words: str, alike: Mapping[str, Sequence[str]] | None = None) -> Match | None:
    """The expressions for a reader's words; None where they hold nothing that could be found.

    Args:
        words: as the reader typed them.
        alike: folded runs of them with what counts as the same: other names, another script.
    """
    # In a thread, for the first query that must be cut into words loads jieba.
    return await asyncio.to_thread(_match, words, alike or {})


def _match(words: str, alike: Mapping[str, Sequence[str]]) -> Match | None:
    terms = query_terms(words)
    if not terms:
        return None
    named: dict[str, tuple[str, ...]] = {}
    for phrase in terms.phrases:
        others = tuple(fold_text(other) for other in alike.get(phrase, ()))
        parts = (phrase,) if others else query_terms(phrase).words
        named |= {part: (part, *(others or table("question_synonyms").get(part, ()))) for part in parts}
    choices = islice(product(*named.values()), _CHOICES)
    runs = (tuple(run for name in choice for run in name.split()) for choice in choices)
    found = QueryTerms(tuple(name for names in named.values() for name in names), terms.phrases)
    return Match(found, named, Expression(tuple(All(runs=each) for each in dict.fromkeys(runs))))


def any_name(names: Iterable[str]) -> Expression:
    """Passages that hold one of the names."""
    return Expression(tuple(All(runs=tuple(fold_text(name).split())) for name in names))


def _word(word: str) -> str:
    return f"words : {_quoted(word)}"


def _part(run: str) -> str:
    """A run of characters anywhere; see ``content.tokens.grams``."""
    if len(run) == 1:
        return f"grams : {_quoted(run)} *"
    return f"grams : {_quoted(_pairs(run))}"


def _pairs(run: str) -> str:
    return " ".join(first + second for first, second in pairwise(run))


def _run_tokens(runs: Iterable[str]) -> list[str]:
    """Its pairs; the one character where there is none."""
    return [token for run in runs for token in (_pairs(run).split() or [run])]


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'
