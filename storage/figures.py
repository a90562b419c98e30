"""Quantities over all articles."""

from __future__ import annotations

from content.records import FigureRecord
from storage.database import Database


class Figures:
    """Quantities over all articles."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def list(
        self, limit: int, offset: int = 0, words: str | None = None, event_id: int | None = None
    ) -> tuple[tuple[FigureRecord, ...], int]:
        """Figures, newest article first, in text order; of one event, or whose sentence has the words."""
        raise NotImplementedError
