"""Products: where they are named, what was said about them, their figures and dates."""

from __future__ import annotations

from content.records import FigureRecord, MilestoneRecord, Page, ProductRecord, StatementRecord
from storage.database import Database


class Products:
    """Products: where they are named, what was said about them, their figures and dates."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def list(self, limit: int, offset: int = 0) -> Page:
        """Products by number of facts."""
        raise NotImplementedError

    async def mentions(self, product_id: int) -> tuple[ProductRecord, ...]:
        """Where articles name the product, one record an article."""
        raise NotImplementedError

    async def statements(
        self, product_id: int, limit: int, offset: int = 0
    ) -> tuple[tuple[StatementRecord, ...], int]:
        """Statements that name the product, speaker by speaker."""
        raise NotImplementedError

    async def figures(self, product_id: int) -> tuple[FigureRecord, ...]:
        """Figures whose subject or clause names the product."""
        raise NotImplementedError

    async def milestones(self, product_id: int) -> tuple[MilestoneRecord, ...]:
        """What articles date about the product, oldest first."""
        raise NotImplementedError
