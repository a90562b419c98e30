"""Updates that came by the webhook: stored before they are acknowledged, and kept until they are worked."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from storage.database import Database
from storage.queries import statements

REMEMBERED = timedelta(days=3)
"""How long the id of a worked update is kept; Telegram repeats none that is older than a day."""


class Inbox:
    """One row an update; what it said is forgotten once it is worked."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._sql = statements("inbox")

    async def add(self, update: Mapping[str, Any], *, now: datetime) -> bool:
        """Store an update for good; False where it is known already.

        Args:
            update: the Update object as it came, with its ``update_id``.
            now: the instant.
        """
        # In ASCII, for half a surrogate pair must not stop it.
        content = json.dumps(update, separators=(",", ":"))
        parameters = {"update_id": update["update_id"], "content": content, "now": now.timestamp()}
        async with self._database.write() as transaction:
            return await transaction.fetch_one(self._sql["add"], parameters) is not None

    async def done(self, update_id: int) -> None:
        """Note that an update was worked."""
        async with self._database.write() as transaction:
            await transaction.execute(self._sql["done"], {"update_id": update_id})

    async def open(self) -> list[dict[str, Any]]:
        """The updates that were stored and not worked, in order."""
        return [json.loads(row["content"]) for row in await self._database.fetch_all(self._sql["open"])]

    async def forget(self, *, now: datetime) -> None:
        """Drop the ids that nobody will send again."""
        before = (now - REMEMBERED).timestamp()
        async with self._database.write() as transaction:
            await transaction.execute(self._sql["forget"], {"before": before})
