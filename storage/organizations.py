"""Organisations: members, products, works, figures."""

from __future__ import annotations

from content.records import FigureRecord, Page, PostRecord, ProductRecord, WorkRecord
from storage import rows
from storage.database import Database
from storage.queries import statements


class Organizations:
    """Organisations: members, products, works, figures."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._sql = statements("organizations")

    async def list(self, limit: int, offset: int = 0) -> Page:
        """Organisations by number of facts."""
        parameters = {"kind": "organization", "limit": limit, "offset": offset}
        return await rows.fetch_page(self._database, statements("entities")["listed"], parameters)

    async def members(self, organization_id: int) -> tuple[PostRecord, ...]:
        """The posts that articles place in the organisation, newest article first, each post once."""
        posts = await rows.fetch(self._database, self._sql["members"], {"id": organization_id}, rows.post)
        return rows.first_of_each(posts, lambda post: (post.person, post.title))

    async def products(self, organization_id: int) -> tuple[ProductRecord, ...]:
        """Products that articles give the organisation, each once."""
        found = await rows.fetch(self._database, self._sql["products"], {"id": organization_id}, rows.product)
        return rows.first_of_each(found, lambda one: one.product)

    async def figures(self, organization_id: int) -> tuple[FigureRecord, ...]:
        """Figures whose subject or clause names the organisation."""
        sql = statements("entities")["figures_about"]
        return await rows.fetch(self._database, sql, {"id": organization_id}, rows.figure)

    async def works(self, organization_id: int) -> tuple[WorkRecord, ...]:
        """Reports and other titled works of the organisation."""
        return await rows.fetch(self._database, self._sql["works"], {"id": organization_id}, rows.work)
