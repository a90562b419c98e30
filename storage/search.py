"""Full-text search over the sentences that hold facts."""

from __future__ import annotations

from content.records import SearchHit
from content.tokens import QueryTerms, marks
from storage import rows
from storage.database import Database, Row
from storage.matching import match_query
from storage.queries import statements


class Search:
    """Full-text search over the sentences that hold facts."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._sql = statements("search")

    async def search(self, words: str, limit: int, offset: int = 0) -> tuple[tuple[SearchHit, ...], int]:
        """Sentences that hold all the words, whole words before parts, newest first; and how many.

        Any text is a fair query: what cannot be found finds nothing.
        """
        match = await match_query(words)
        if match is None:
            return (), 0
        parameters = {"best": match.best, "parts": match.parts, "limit": limit, "offset": offset}
        return await rows.fetch_slice(
            self._database, self._sql["hits"], parameters, lambda row: _hit(row, match.terms)
        )


def _hit(row: Row, terms: QueryTerms) -> SearchHit:
    evidence = rows.passage(row)
    return SearchHit(
        kind=row["fact_kind"],
        evidence=evidence,
        person=rows.ref(row, "person"),
        marks=marks(evidence.text, terms),
    )
