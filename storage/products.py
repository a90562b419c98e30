"""Products: where they are named, what was said about them, their figures and dates."""

from __future__ import annotations

from content.records import FigureRecord, MilestoneRecord, Page, ProductRecord, StatementRecord
from storage import rows
from storage.database import Database
from storage.queries import statements


class Products:
    """Products: where they are named, what was said about them, their figures and dates."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._sql = statements("products")

    async def list(self, limit: int, offset: int = 0) -> Page:
        """Products by number of facts."""
        parameters = {"kind": "product", "limit": limit, "offset": offset}
        return await rows.fetch_page(self._database, statements("entities")["listed"], parameters)

    async def mentions(self, product_id: int) -> tuple[ProductRecord, ...]:
        """Where articles name the product, newest article first, one record an article."""
        found = await rows.fetch(self._database, self._sql["mentions"], {"id": product_id}, rows.product)
        return rows.first_of_each(found, lambda one: one.evidence.source.article_id)

    async def statements(
        self, product_id: int, limit: int, offset: int = 0
    ) -> tuple[tuple[StatementRecord, ...], int]:
        """Statements that name the product, speaker by speaker."""
        parameters = {"id": product_id, "limit": limit, "offset": offset}
        sql = statements("entities")["statements_about"]
        return await rows.fetch_slice(self._database, sql, parameters, rows.statement)

    async def figures(self, product_id: int) -> tuple[FigureRecord, ...]:
        """Figures whose subject or clause names the product."""
        sql = statements("entities")["figures_about"]
        return await rows.fetch(self._database, sql, {"id": product_id}, rows.figure)

    async def milestones(self, product_id: int) -> tuple[MilestoneRecord, ...]:
        """What articles date about the product, oldest first."""
        return await rows.fetch(self._database, self._sql["milestones"], {"id": product_id}, rows.milestone)
