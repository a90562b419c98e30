"""One SQLite database: one writer, a few readers, transactions that own their connection.

Readers never wait for the writer (WAL) and see committed states only. A transaction belongs to the task
that began it; an exception or a cancellation inside it rolls everything back.
"""

from __future__ import annotations

import asyncio
import itertools
import sqlite3
from collections.abc import AsyncIterator, Iterable
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import aiosqlite

from storage.database import MEMORY, SQLITE, Database, Parameters, Row, Transaction, finish
from storage.errors import (
    DatabaseDamagedError,
    DatabaseFullError,
    DatabaseURLError,
    NestedTransactionError,
    StatementError,
)
from storage.migrate import migrate
from storage.queries import all_statements, statements

READERS = 2
"""Reading connections; a long search then holds up one of them, not every reader."""
BUSY_TIMEOUT_MS = 10_000
"""How long a connection waits for a writer of another process."""

_PRAGMAS = (
    f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}",
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    # What a person wrote and what was forgotten is overwritten, not just left free.
    "PRAGMA secure_delete = ON",
)
_NO_SPACE = frozenset(
    {
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_IOERR_WRITE,  # A quota or a limit on file sizes.
        sqlite3.SQLITE_IOERR_FSYNC,
        sqlite3.SQLITE_IOERR_SHMSIZE,
        sqlite3.SQLITE_IOERR_TRUNCATE,
    }
)
"""What SQLite calls a disk that takes no more."""
_READER = "PRAGMA query_only = ON"


class SQLiteTransaction(Transaction):
    """The writer's connection for the length of one transaction."""

    def __init__(self, connection: aiosqlite.Connection) -> None:
        self._connection = connection

    async def fetch_all(self, sql: str, parameters: Parameters | None = None) -> list[Row]:
        """Run one statement and give its rows."""
        return list(await self._connection.execute_fetchall(sql, parameters or {}))

    async def execute(self, sql: str, parameters: Parameters | None = None) -> None:
        """Run one statement for its effect."""
        await self._connection.execute_fetchall(sql, parameters or {})

    async def execute_many(self, sql: str, rows: Iterable[Parameters]) -> None:
        """Run one statement once for every row of parameters, in one hop to the connection's thread."""
        batch = list(rows)
        if batch:
            await self._connection.executemany(sql, batch)


class SQLiteDatabase(Database):
    """A database file and its connections. Made by :meth:`open`, ended by :meth:`close`."""

    def __init__(
        self,
        path: Path,
        writer: aiosqlite.Connection,
        readers: list[aiosqlite.Connection],
        resources: AsyncExitStack,
    ) -> None:
        self.path: Path = path
        self._writer = writer
        self._turns = itertools.cycle(readers)
        self._resources = resources
        self._lock = asyncio.Lock()
        self._owner: asyncio.Task[Any] | None = None

    @classmethod
    async def open(cls, url: str) -> SQLiteDatabase:
        """Open a database, creating it where there is none, and bring its schema up to date.

        Args:
            url: ``sqlite:///data/forum.db`` (relative), ``sqlite:////var/lib/forum.db`` (absolute) or
                ``sqlite:///:memory:``, a private database that is gone after ``close``: a file in a temporary
                folder, so that readers and the writer behave as they do in service.

        Raises:
            DatabaseURLError: the address has another scheme, or the file cannot be opened as a database.
            DatabaseTooNewError: a newer program has migrated the database.
        """
        name = _file_name(url)
        async with AsyncExitStack() as resources:
            path = Path(name)
            if url == MEMORY:
                path = Path(resources.enter_context(TemporaryDirectory(prefix="forum-")), "forum.db")
            await asyncio.to_thread(migrate, path)
            writer = await _connect(resources, path)
            readers = [await _connect(resources, path, _READER) for _ in range(READERS)]
            database = cls(path, writer, readers, resources.pop_all())
        await database.refresh_revision()
        return database

    async def close(self) -> None:
        """Wait for the running transaction, then close every connection."""
        async with self._lock:
            await self._resources.aclose()

    async def fetch_all(self, sql: str, parameters: Parameters | None = None) -> list[Row]:
        """The rows of one statement, read from the last committed state."""
        return list(await next(self._turns).execute_fetchall(sql, parameters or {}))

    @asynccontextmanager
    async def write(self) -> AsyncIterator[SQLiteTransaction]:
        """One transaction: ``BEGIN IMMEDIATE``, then commit, or roll back on any exception or cancellation.

        Raises:
            NestedTransactionError: this task already writes.
            DatabaseFullError: the disk takes no more; nothing of the transaction is kept.
        """
        task = asyncio.current_task()
        if self._owner is task:
            raise NestedTransactionError("this task already holds the writer")
        async with self._lock:
            self._owner = task
            transaction = SQLiteTransaction(self._writer)
            try:
                await finish(self._writer.execute_fetchall("BEGIN IMMEDIATE"))
                yield transaction
                await finish(self._commit(transaction))
            except BaseException as error:
                await finish(self._writer.rollback())
                if isinstance(error, sqlite3.Error) and error.sqlite_errorcode in _NO_SPACE:
                    raise DatabaseFullError(f"{self.path}: {error}") from error
                raise
            finally:
                self._owner = None

    async def _commit(self, transaction: SQLiteTransaction) -> None:
        grow = statements("database")["grow_revision"]
        row = await transaction.fetch_one(grow) if transaction.changes_content else None
        await self._writer.commit()
        if row is not None:
            self.content_revision = row["value"]

    async def size(self) -> int:
        """Bytes of the file with its log."""
        files = (self.path, self.path.with_name(f"{self.path.name}-wal"))
        return sum(file.stat().st_size for file in files if file.exists())

    async def check_integrity(self) -> None:
        """Have SQLite look the file over (``quick_check``), about a second for a gigabyte.

        Raises:
            DatabaseDamagedError: it found something.
        """
        row = await self.fetch_one("PRAGMA quick_check(1)")
        if row is None or row[0] != "ok":
            raise DatabaseDamagedError(f"{self.path} is damaged: {row[0] if row else 'no verdict'}")

    async def prepare_statements(self) -> None:
        """Have the database parse every named statement, so that a typo stops the start.

        Raises:
            StatementError: a statement does not fit the schema.
        """
        for name, sql in all_statements().items():
            try:
                await self._writer.execute_fetchall(f"EXPLAIN {sql}", _Nulls())
            except sqlite3.Error as error:
                raise StatementError(f"{name}: {error}") from error


class _Nulls(dict[str, None]):
    """Parameters of any name."""

    def __missing__(self, _name: str) -> None:
        return None


def _file_name(url: str) -> str:
    if not url.startswith(SQLITE) or url == SQLITE:
        _, _, shown = url.rpartition("@")  # never the password
        raise DatabaseURLError(f"{shown!r} is no database address; expected {SQLITE}PATH")
    return url.removeprefix(SQLITE)


async def _connect(resources: AsyncExitStack, path: Path, *pragmas: str) -> aiosqlite.Connection:
    connection = await resources.enter_async_context(aiosqlite.connect(path, isolation_level=None))
    connection.row_factory = sqlite3.Row
    for pragma in (*_PRAGMAS, *pragmas):
        await connection.execute_fetchall(pragma)
    return connection
