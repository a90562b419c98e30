"""Titled works over all articles."""

from __future__ import annotations

from content.records import WorkRecord
from storage import rows
from storage.database import Database
from storage.queries import statements


class Works:
    """Titled works over all articles."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._sql = statements("works")

    async def list(
        self, limit: int, offset: int = 0, event_id: int | None = None
    ) -> tuple[tuple[WorkRecord, ...], int]:
        """Works, newest article first, in text order; all, or of one event."""
        parameters = {"limit": limit, "offset": offset, "event_id": event_id}
        name = "listed" if event_id is None else "of_event"
        return await rows.fetch_slice(self._database, self._sql[name], parameters, rows.work)
