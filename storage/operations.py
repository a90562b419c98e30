"""What operators watch: how much is on its way, how long it has waited, how large the database is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from storage.database import Database
from storage.outbox import State
from storage.queries import statements

HELD = (
    "published",
    "drafts",
    "people",
    "organizations",
    "statements",
    "figures",
    "works",
    "chats",
    "subscriptions",
)
"""What :meth:`Operations.held` counts."""
WATCHED: tuple[State, ...] = ("pending", "sending", "held", "blocked", "failed")


@dataclass(frozen=True, slots=True)
class Backlog:
    """The outbox without what was sent."""

    counts: dict[State, int]
    """Rows in each state; all states of ``WATCHED``."""
    age: float
    """Seconds since the oldest row that is still on its way was made; 0 where none is."""


class Operations:
    """Questions about the database itself."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._sql = statements("operations")

    async def backlog(self, *, now: datetime) -> Backlog:
        """What is on its way or stuck."""
        rows = {row["state"]: row for row in await self._database.fetch_all(self._sql["backlog"])}
        oldest = [rows[state]["oldest"] for state in ("pending", "sending") if state in rows]
        return Backlog(
            counts={state: rows[state]["number"] if state in rows else 0 for state in WATCHED},
            age=max(now.timestamp() - min(oldest), 0) if oldest else 0,
        )

    async def held(self) -> dict[str, int]:
        """How much there is of what: articles, facts, names, readers, by the keys of the wording."""
        return {row["name"]: row["number"] for row in await self._database.fetch_all(self._sql["held"])}

    async def sent_by_day(self, *, since: datetime) -> dict[str, int]:
        """Messages of the outbox that were sent, by ISO date (UTC)."""
        rows = await self._database.fetch_all(self._sql["sent_by_day"], {"since": since.timestamp()})
        return {row["day"]: row["number"] for row in rows}

    async def unworked(self) -> int:
        """Updates that were stored and not worked yet."""
        row = await self._database.fetch_one(self._sql["unworked"])
        return row["number"] if row else 0

    async def size(self) -> int:
        """Bytes of the database with its log."""
        return await self._database.size()
