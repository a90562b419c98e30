"""Topics and the statements that name them."""

from __future__ import annotations

from content.records import Counted, Page, StatementRecord
from storage import rows
from storage.database import Database
from storage.queries import statements


class Topics:
    """Topics and the statements that name them."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._sql = statements("topics")

    async def list(self, limit: int, offset: int = 0) -> Page:
        """Topics by the number of statements that name them."""
        parameters = {"kind": "topic", "limit": limit, "offset": offset}
        return await rows.fetch_page(self._database, statements("entities")["listed"], parameters)

    async def statements(
        self, topic_id: int, limit: int, offset: int = 0
    ) -> tuple[tuple[StatementRecord, ...], int]:
        """Every statement that names the topic, speaker by speaker (most statements first, groups last)."""
        parameters = {"id": topic_id, "limit": limit, "offset": offset}
        sql = statements("entities")["statements_about"]
        return await rows.fetch_slice(self._database, sql, parameters, rows.statement)

    async def people(self, topic_id: int) -> tuple[Counted, ...]:
        """Who speaks about the topic, by number of statements."""
        return await rows.fetch(self._database, self._sql["people"], {"id": topic_id}, rows.counted)
