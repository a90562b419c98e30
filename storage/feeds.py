"""Feeds whose new entries become drafts: when each is asked again, and what it brought already."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from storage.database import Database, Row
from storage.queries import statements


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A feed and how it is doing."""

    id: int
    url: str
    title: str | None = None
    added_by: int | None = None
    etag: str | None = None
    last_modified: str | None = None
    next_at: datetime | None = None
    """None for one that is gone for good."""
    failures: int = 0
    reported: bool = False
    error: str | None = None
    """The catalogue's key of what went wrong last."""
    succeeded_at: datetime | None = None


class Feeds:
    """The feeds."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._sql = statements("feeds")

    async def add(self, url: str, title: str | None, added_by: int, *, now: datetime) -> int | None:
        """Follow a feed from now on; None where it is followed already."""
        parameters = {"url": url, "title": title, "added_by": added_by, "now": now.timestamp()}
        async with self._database.write() as transaction:
            row = await transaction.fetch_one(self._sql["add"], parameters)
        return row["id"] if row else None

    async def remove(self, feed_id: int) -> str | None:
        """Follow a feed no longer; gives its address, None where there is none."""
        async with self._database.write() as transaction:
            row = await transaction.fetch_one(self._sql["remove"], {"id": feed_id})
        return row["url"] if row else None

    async def list(self) -> tuple[Feed, ...]:
        """All feeds, in the order in which they were added."""
        return tuple(map(_feed, await self._database.fetch_all(self._sql["list"])))

    async def due(self, *, now: datetime, limit: int = 20) -> tuple[Feed, ...]:
        """Feeds that may be asked again, the one that has waited longest first."""
        parameters = {"now": now.timestamp(), "limit": limit}
        return tuple(map(_feed, await self._database.fetch_all(self._sql["due"], parameters)))

    async def settle(self, feed: Feed) -> None:
        """Note how asking a feed went."""
        async with self._database.write() as transaction:
            await transaction.execute(
                self._sql["settle"],
                {
                    "id": feed.id,
                    "title": feed.title,
                    "etag": feed.etag,
                    "last_modified": feed.last_modified,
                    "next_at": feed.next_at.timestamp() if feed.next_at else None,
                    "failures": feed.failures,
                    "reported": int(feed.reported),
                    "error": feed.error,
                    "succeeded_at": feed.succeeded_at.timestamp() if feed.succeeded_at else None,
                },
            )

    async def unseen(self, feed_id: int, entries: Collection[str]) -> tuple[str, ...]:
        """Which entries were not dealt with yet, in their order."""
        hashes = {_hash(entry): entry for entry in entries}
        parameters = {"id": feed_id, "entries": json.dumps(list(hashes))}
        seen = {row["entry"] for row in await self._database.fetch_all(self._sql["seen"], parameters)}
        return tuple(entry for one, entry in hashes.items() if one not in seen)

    async def fresh(self, feed_id: int) -> bool:
        """Whether nothing of it was ever dealt with."""
        row = await self._database.fetch_one(self._sql["fresh"], {"id": feed_id})
        return bool(row and row["fresh"])

    async def see(self, feed_id: int, entries: Iterable[str]) -> None:
        """Note that entries were dealt with."""
        async with self._database.write() as transaction:
            rows = [{"id": feed_id, "entry": _hash(entry)} for entry in entries]
            await transaction.execute_many(self._sql["see"], rows)


def _feed(row: Row) -> Feed:
    return Feed(
        id=row["id"],
        url=row["url"],
        title=row["title"],
        added_by=row["added_by"],
        etag=row["etag"],
        last_modified=row["last_modified"],
        next_at=_instant(row["next_at"]),
        failures=row["failures"],
        reported=bool(row["reported"]),
        error=row["error"],
        succeeded_at=_instant(row["succeeded_at"]),
    )


def _instant(seconds: float | None) -> datetime | None:
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC)


def _hash(entry: str) -> str:
    return hashlib.sha256(entry.encode("utf-8", "replace")).hexdigest()
