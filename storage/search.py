"""Full-text search over the sentences that hold facts: ranked or newest first, with filters."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from content.query import FigureFilter
from content.ranking import Candidate, inverse_frequency, rank
from content.records import SearchHit
from content.tokens import QueryTerms, index_terms, marks
from storage import rows
from storage.database import Database, Row
from storage.matching import Expression, Match, any_name, match_query
from storage.queries import statements

WINDOW = 2_000
"""Passages that are looked at, the newest; of more it is only known that there are more."""
RANKED = 500
"""Of these the newest that are ordered by how well they fit."""
_FEW = 3
"""Full matches below which sentences with some of the words are looked for too."""
_SOME = 300
"""Of them those that are read."""
_TERMS = 12
"""Words of a query that sentences with some of them are looked for by."""
_SHARE = 0.05
"""The part of a query's weight that a sentence with some of its words has at least."""


@dataclass(frozen=True, slots=True)
class Filters:
    """What passages have to be besides holding words; None where it does not matter."""

    people: tuple[int, ...] | None = None
    organizations: tuple[int, ...] | None = None
    events: tuple[int, ...] | None = None
    years: tuple[int, ...] | None = None
    figure: FigureFilter | None = None

    def parameters(self) -> dict[str, Any]:
        """As parameters of a statement."""
        figure = self.figure or FigureFilter()
        return {
            "people": _listed(self.people),
            "organizations": _listed(self.organizations),
            "events": _listed(self.events),
            "years": _listed(self.years),
            "figures": None if self.figure is None else 1,
            "word": f"%{figure.word}%" if figure.word else None,
            "low": figure.low,
            "high": figure.high,
            "percent": 1 if figure.percent else None,
        }


@dataclass(frozen=True, slots=True)
class Found:
    """What a search finds."""

    hits: tuple[SearchHit, ...] = ()
    """The page that was asked for of the passages that hold all the words."""
    total: int = 0
    more: bool = False
    """Whether there are more than ``total``."""
    partial: tuple[SearchHit, ...] = ()
    """Passages that hold some of the words, where hardly any holds all."""


class Search:
    """Full-text search over the sentences that hold facts."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._sql = statements("search")
        self._highest_at = (-1, 0)
        # The revision of the content, and how many passages there were.

    async def search(self, words: str, limit: int, offset: int = 0) -> tuple[tuple[SearchHit, ...], int]:
        """Sentences that hold all the words, the best first; and how many, ``WINDOW`` at most."""
        found = await self.find(words, limit, offset, some=False)
        return found.hits, found.total

    async def find(
        self,
        words: str,
        limit: int,
        offset: int = 0,
        *,
        filters: Filters | None = None,
        newest: bool = False,
        some: bool = True,
        alike: Mapping[str, Sequence[str]] | None = None,
    ) -> Found:
        """Look for sentences. Any text is a fair query: what cannot be found finds nothing.

        Args:
            words: what they have to hold.
            limit: sentences of a page.
            offset: how many come before the page.
            filters: what else they have to be.
            newest: whether the newest come first, instead of the best.
            some: whether sentences with some of the words are wanted where hardly any has all.
            alike: what counts as the same as a run of the words, folded.
        """
        match = await match_query(words, alike)
        if match is None and (filters is None or words.strip()):
            return Found()
        ids = await self._newest(match, filters, WINDOW + 1)
        known = ids[:WINDOW]
        if match is not None and not newest:
            best = known[:RANKED]
            known = [*await self._ranked(match, best), *known[len(best) :]]
        terms = match.terms if match is not None else QueryTerms((), ())
        hits = await self._hits(known[offset : offset + limit], terms)
        partial: tuple[SearchHit, ...] = ()
        wanted = some and not newest and not offset and len(known) < _FEW
        if wanted and match is not None and len(match.words) > 1:
            partial = await self._hits((await self._some(match, filters, set(known)))[:limit], terms)
        return Found(hits, len(known), len(ids) > WINDOW, partial)

    async def _newest(self, match: Match | None, filters: Filters | None, limit: int) -> list[int]:
        parameters: dict[str, Any] = {
            "match": Expression(()) if match is None else match.parts,
            "unmatched": int(match is None),
            "limit": limit,
            **(filters.parameters() if filters is not None else {}),
        }
        name = "newest" if filters is None else "filtered"
        found = await self._database.fetch_all(self._sql[name], parameters)
        return [row["passage_id"] for row in found]

    async def _ranked(self, match: Match, ids: Sequence[int]) -> list[int]:
        if len(ids) < 2:
            return list(ids)
        weights = {word: (await self._weight(names))[0] for word, names in match.words.items()}
        scored = rank(await self._candidates(ids), match.words, weights, match.terms.phrases)
        return [number for _, number in scored]

    async def _some(self, match: Match, filters: Filters | None, full: set[int]) -> list[int]:
        """Passages with some of the words, those first that hold most of their weight."""
        # Words inside the words count too: 国际 and 人工 of 国际人工智能.
        within = await asyncio.to_thread(index_terms, " ".join(match.terms.phrases))
        parts = {word: (word,) for word in within.words.split() if word not in match.words}
        words = {**parts, **match.words}
        weighed = {word: await self._weight(names) for word, names in list(words.items())[: 2 * _TERMS]}
        rarest = sorted(weighed, key=lambda word: -weighed[word][0])[:_TERMS]
        scores: dict[int, float] = {}
        for word in rarest:
            weight, ids = weighed[word]
            for number in ids:
                scores[number] = scores.get(number, 0.0) + weight
        least = _SHARE * sum(weighed[word][0] for word in rarest)
        wanted = [number for number, score in scores.items() if score >= least and number not in full]
        if filters is not None:
            allowed = set(await self._newest(None, filters, 10 * WINDOW))
            wanted = [number for number in wanted if number in allowed]
        best = sorted(wanted, key=lambda number: (-scores[number], -number))[:_SOME]
        weights = {word: weight for word, (weight, _) in weighed.items()}
        words = {word: words[word] for word in weighed}
        return [n for _, n in rank(await self._candidates(best), words, weights, match.terms.phrases)]

    async def _weight(self, names: Sequence[str]) -> tuple[float, list[int]]:
        """The weight of a word under all its names, and the newest passages that hold it.

        How many hold a frequent word is told from how far back its newest reach: that needs no count.
        """
        parameters = {"match": any_name(names), "limit": WINDOW}
        found = await self._database.fetch_all(self._sql["newest"], parameters)
        ids = [row["passage_id"] for row in found]
        highest = await self._highest()
        held = float(len(ids))
        if len(ids) == WINDOW:
            held = WINDOW * highest / max(1, highest - ids[-1] + 1)
        return inverse_frequency(held, highest), ids

    async def _highest(self) -> int:
        """How many passages there are, about; read again when the content has changed."""
        revision = self._database.content_revision
        if self._highest_at[0] != revision:
            row = await self._database.fetch_one(self._sql["indexed"])
            self._highest_at = (revision, row["highest"] if row else 0)
        return self._highest_at[1]

    async def _candidates(self, ids: Sequence[int]) -> list[Candidate]:
        found = await self._database.fetch_all(self._sql["texts"], {"ids": json.dumps(list(ids))})
        return [Candidate(row["id"], row["words"], row["grams"]) for row in found]

    async def _hits(self, ids: Sequence[int], terms: QueryTerms) -> tuple[SearchHit, ...]:
        if not ids:
            return ()
        found = await self._database.fetch_all(self._sql["hits"], {"ids": json.dumps(list(ids))})
        by_passage = {row["passage_id"]: row for row in found}
        return tuple(_hit(by_passage[number], terms) for number in ids if number in by_passage)


def _listed(values: tuple[int, ...] | None) -> str | None:
    return None if values is None else json.dumps(values)


def _hit(row: Row, terms: QueryTerms) -> SearchHit:
    evidence = rows.passage(row)
    return SearchHit(
        kind=row["fact_kind"],
        evidence=evidence,
        person=rows.ref(row, "person"),
        marks=marks(evidence.text, terms),
    )
