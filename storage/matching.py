"""Expressions for FTS5. Every term stands in quotes, so that no reader's word is an operator."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from content.folding import fold_text
from content.tokens import QueryTerms, query_terms


@dataclass(frozen=True, slots=True)
class Match:
    """What a reader's words look for."""

    terms: QueryTerms
    best: str
    """Passages that hold all the words as words, or the runs just as they were written."""
    parts: str
    """Passages that hold all the words, be it inside other words; the best are among them."""


async def match_query(words: str) -> Match | None:
    """The expressions for a reader's words; None where they hold nothing that could be found."""
    # In a thread, for the first query that must be cut into words loads jieba.
    terms = await asyncio.to_thread(query_terms, words)
    if not terms:
        return None
    as_words = _all(f"words : {_quoted(word)}" for word in terms.words)
    parts = _all(_part(word) for word in terms.words)
    if terms.words == terms.phrases:
        return Match(terms, as_words, parts)
    return Match(terms, f"{as_words} OR {_all(_part(phrase) for phrase in terms.phrases)}", parts)


def any_name(names: Iterable[str]) -> str:
    """Passages that hold one of the names."""
    return " OR ".join(_all(_part(run) for run in fold_text(name).split()) for name in names)


def _all(expressions: Iterable[str]) -> str:
    return f"({' AND '.join(expressions)})"


def _part(run: str) -> str:
    """A run of characters anywhere; see ``content.tokens.grams``."""
    if len(run) == 1:
        return f"grams : {_quoted(run)} *"
    pairs = " ".join(first + second for first, second in pairwise(run))
    return f"grams : {_quoted(pairs)}"


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'
