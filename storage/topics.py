"""Topics and the statements that name them."""

from __future__ import annotations

from content.records import Counted, Page, StatementRecord
from storage.database import Database


class Topics:
    """Topics and the statements that name them."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def list(self, limit: int, offset: int = 0) -> Page:
        """Topics by the number of statements that name them."""
        raise NotImplementedError

    async def statements(
        self, topic_id: int, limit: int, offset: int = 0
    ) -> tuple[tuple[StatementRecord, ...], int]:
        """Every statement that names the topic, speaker by speaker (most statements first, groups last)."""
        raise NotImplementedError

    async def people(self, topic_id: int) -> tuple[Counted, ...]:
        """Who speaks about the topic, by number of statements."""
        raise NotImplementedError
