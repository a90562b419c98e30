"""One SQLite database: one writer, a few readers, transactions that own their connection.

Readers never wait for the writer (WAL) and see committed states only. A transaction belongs to the task
that began it; an exception or a cancellation inside it rolls everything back.
"""

from __future__ import annotations

import asyncio
import itertools
import sqlite3
import tempfile
from collections.abc import AsyncIterator, Awaitable, Iterable, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, TypeVar

import aiosqlite

from storage.errors import DatabaseURLError, NestedTransactionError

_T = TypeVar("_T")
Parameters = Mapping[str, Any]
Row = sqlite3.Row

READERS = 2
"""Reading connections; a long search then holds up one of them, not every reader."""
BUSY_TIMEOUT_MS = 10_000
"""How long a connection waits for a writer of another process."""

_PRAGMAS = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}",
)
_SCHEME = "sqlite:///"
_MEMORY = ":memory:"


class Transaction:
    """The writer's connection for the length of one transaction."""

    def __init__(self, connection: aiosqlite.Connection) -> None:
        self._connection = connection

    async def fetch_all(self, sql: str, parameters: Parameters | None = None) -> list[Row]:
        """Run one statement and give all its rows; also for statements that return none."""
        return list(await self._connection.execute_fetchall(sql, parameters or {}))

    async def fetch_one(self, sql: str, parameters: Parameters | None = None) -> Row | None:
        """The first row, or None."""
        rows = await self.fetch_all(sql, parameters)
        return rows[0] if rows else None

    async def execute(self, sql: str, parameters: Parameters | None = None) -> None:
        """Run one statement for its effect."""
        await self._connection.execute_fetchall(sql, parameters or {})

    async def execute_many(self, sql: str, rows: Iterable[Parameters]) -> None:
        """Run one statement once for every row of parameters, in one hop to the connection's thread."""
        batch = list(rows)
        if batch:
            cursor = await self._connection.executemany(sql, batch)
            await cursor.close()


class Database:
    """A database file and its connections. Made by :meth:`open`, ended by :meth:`close`."""

    def __init__(self, path: Path, writer: aiosqlite.Connection, readers: list[aiosqlite.Connection]) -> None:
        self.path = path
        self.content_revision = 0
        """Grows with every commit that changes published content; what is computed from it may be kept by it."""
        self._writer = writer
        self._readers = readers
        self._next_reader = itertools.cycle(readers)
        self._lock = asyncio.Lock()
        self._owner: asyncio.Task[Any] | None = None
        self._directory: tempfile.TemporaryDirectory[str] | None = None

    @classmethod
    async def open(cls, url: str) -> Database:
        """Open the database, creating the file where there is none; the schema is not touched.

        Args:
            url: ``sqlite:///data/forum.db`` (relative), ``sqlite:////var/lib/forum.db`` (absolute) or
                ``sqlite:///:memory:``, a private database that is gone after ``close``.

        Raises:
            DatabaseURLError: the address has another scheme, or the file cannot be opened.
        """
        raise NotImplementedError

    async def close(self) -> None:
        """Wait for the running transaction, then close every connection."""
        raise NotImplementedError

    async def fetch_all(self, sql: str, parameters: Parameters | None = None) -> list[Row]:
        """The rows of one statement, read from the last committed state."""
        raise NotImplementedError

    async def fetch_one(self, sql: str, parameters: Parameters | None = None) -> Row | None:
        """The first row, or None."""
        raise NotImplementedError

    @asynccontextmanager
    async def write(self, *, content: bool = False) -> AsyncIterator[Transaction]:
        """One transaction: ``BEGIN IMMEDIATE``, then commit, or roll back on any exception or cancellation.

        Args:
            content: the transaction changes what readers may see of articles; the revision grows with it.

        Raises:
            NestedTransactionError: this task already writes.
        """
        raise NotImplementedError
        yield
