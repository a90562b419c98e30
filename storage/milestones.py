"""Dated things over all articles."""

from __future__ import annotations

from content.records import MilestoneRecord
from storage.database import Database


class Milestones:
    """Dated things over all articles."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def list(
        self, limit: int, offset: int = 0, words: str | None = None
    ) -> tuple[tuple[MilestoneRecord, ...], int]:
        """Milestones, oldest date first; with these words in their sentence."""
        raise NotImplementedError
