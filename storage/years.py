"""What the reports of one year say, and what any report dates in it."""

from __future__ import annotations

from typing import Any

from content.records import FigureRecord, MilestoneRecord, StatementRecord
from storage import rows
from storage.database import Database
from storage.matching import match_query
from storage.queries import statements


class Years:
    """What the reports of one year say, and what any report dates in it.

    A report is of the year in which its event was, or else of that in which it was published.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._sql = statements("years")

    async def list(self, limit: int) -> tuple[int, ...]:
        """The years that are known, those first that most is known of."""
        found = await self._database.fetch_all(self._sql["listed"], {"limit": limit})
        return tuple(row["year"] for row in found)

    async def events(self, year: int, limit: int) -> tuple[int, ...]:
        """The numbers of the events that were in a year, oldest first."""
        parameters = {**_bounds(year), "limit": limit}
        return tuple(row["id"] for row in await self._database.fetch_all(self._sql["events"], parameters))

    async def figures(
        self, year: int, limit: int, words: str | None = None
    ) -> tuple[tuple[FigureRecord, ...], int]:
        """Figures of the reports of a year, all or those whose sentence has the words; and how many."""
        parameters = await self._parameters(year, limit, words)
        return (
            ((), 0)
            if parameters is None
            else await rows.fetch_slice(self._database, self._sql["figures"], parameters, rows.figure)
        )

    async def statements(
        self, year: int, limit: int, words: str | None = None
    ) -> tuple[tuple[StatementRecord, ...], int]:
        """Statements in the reports of a year, all or those that have the words; and how many."""
        parameters = await self._parameters(year, limit, words)
        return (
            ((), 0)
            if parameters is None
            else await rows.fetch_slice(self._database, self._sql["statements"], parameters, rows.statement)
        )

    async def milestones(
        self, year: int, limit: int, words: str | None = None
    ) -> tuple[tuple[MilestoneRecord, ...], int]:
        """What any report dates in a year, all or what has the words, oldest first; and how many."""
        parameters = await self._parameters(year, limit, words)
        return (
            ((), 0)
            if parameters is None
            else await rows.fetch_slice(self._database, self._sql["milestones"], parameters, rows.milestone)
        )

    async def _parameters(self, year: int, limit: int, words: str | None) -> dict[str, Any] | None:
        """What a statement is given; None where the words are nothing that could be found."""
        match = None if words is None else await match_query(words)
        if words is not None and match is None:
            return None
        return {**_bounds(year), "match": match.parts if match else None, "limit": limit, "offset": 0}


def _bounds(year: int) -> dict[str, str]:
    """The first and the first no longer date of a year, as text sorts."""
    return {"year": f"{year:04}", "following": f"{year + 1:04}"}
