"""Dated things over all articles."""

from __future__ import annotations

from typing import Any

from content.records import MilestoneRecord
from storage import rows
from storage.database import Database
from storage.matching import match_query
from storage.queries import statements


class Milestones:
    """Dated things over all articles."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._sql = statements("milestones")

    async def list(
        self, limit: int, offset: int = 0, words: str | None = None, event_id: int | None = None
    ) -> tuple[tuple[MilestoneRecord, ...], int]:
        """Milestones, oldest date first; of one event, or whose sentence has the words."""
        parameters: dict[str, Any] = {"limit": limit, "offset": offset, "event_id": event_id}
        name = "listed" if event_id is None else "of_event"
        if words is not None:
            match = await match_query(words)
            if match is None:
                return (), 0
            parameters, name = parameters | {"match": match.parts}, "with_words"
        return await rows.fetch_slice(self._database, self._sql[name], parameters, rows.milestone)
