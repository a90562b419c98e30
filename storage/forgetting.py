"""Everything that is kept about one person, found in one place and deleted in one transaction."""

from __future__ import annotations

from storage.database import Database
from storage.queries import statements

PLACES = (
    "outbox",
    "subscriptions",
    "follows",
    "chats",
    "intakes",
    "roles",
    "invitations",
    "invitations_made",
    "history",
    "articles",
    "broadcasts",
    "feeds",
)
"""Statements that each forget somebody in one table."""


class Forgetting:
    """Forgets people."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._sql = statements("forgetting")

    async def forget(self, user_id: int) -> None:
        """Delete everything about a person, or take their number off what stays. All or nothing."""
        async with self._database.write() as transaction:
            for place in PLACES:
                await transaction.execute(self._sql[place], {"user_id": user_id})

    async def people(self) -> tuple[int, ...]:
        """Everybody of whom anything is kept."""
        return tuple(row["user_id"] for row in await self._database.fetch_all(self._sql["people"]))
