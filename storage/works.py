"""Titled works over all articles."""

from __future__ import annotations

from content.records import WorkRecord
from storage.database import Database


class Works:
    """Titled works over all articles."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def list(
        self, limit: int, offset: int = 0, event_id: int | None = None
    ) -> tuple[tuple[WorkRecord, ...], int]:
        """Works, newest article first, in text order."""
        raise NotImplementedError
