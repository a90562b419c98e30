"""Full-text search over the sentences that hold facts."""

from __future__ import annotations

from content.records import SearchHit
from storage.database import Database


class Search:
    """Full-text search over the sentences that hold facts."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def search(self, words: str, limit: int, offset: int = 0) -> tuple[tuple[SearchHit, ...], int]:
        """Sentences that hold all the words, whole words before parts, newest first; and how many."""
        raise NotImplementedError
