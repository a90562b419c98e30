"""Organisations: members, products, works, figures."""

from __future__ import annotations

from content.records import FigureRecord, Page, PostRecord, ProductRecord, WorkRecord
from storage.database import Database


class Organizations:
    """Organisations: members, products, works, figures."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def list(self, limit: int, offset: int = 0) -> Page:
        """Organisations by number of facts."""
        raise NotImplementedError

    async def members(self, organization_id: int) -> tuple[PostRecord, ...]:
        """The posts that articles place in the organisation."""
        raise NotImplementedError

    async def products(self, organization_id: int) -> tuple[ProductRecord, ...]:
        """Products that articles give the organisation, each once."""
        raise NotImplementedError

    async def figures(self, organization_id: int) -> tuple[FigureRecord, ...]:
        """Figures whose subject or clause names the organisation."""
        raise NotImplementedError

    async def works(self, organization_id: int) -> tuple[WorkRecord, ...]:
        """Reports and other titled works of the organisation."""
        raise NotImplementedError
