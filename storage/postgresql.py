"""A PostgreSQL database over asyncpg: one writer at a time over all processes, readers beside it.

Every transaction takes one advisory lock before anything else. So it sees all that was committed before it,
as with SQLite, and what repositories read before they write is still so when they write. A process that is
stopped inside a transaction holds others up for :data:`IDLE_S` at most: the server then rolls it back.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from typing import Any

import asyncpg

from storage.database import Database, Parameters, Row, Transaction, finish
from storage.dialect import translate
from storage.errors import NestedTransactionError, StatementError
from storage.postgresql_errors import FAILURES, opening_error, told
from storage.postgresql_migrations import migrate
from storage.postgresql_texts import prepare_connection
from storage.queries import all_statements, statements

READERS = 4
"""Reading connections of one process."""
IDLE_S = 30
"""How long a transaction may rest before the server takes it for dead."""
PATIENCE_S = 60
"""How long a transaction waits for those of other processes."""
CHANNEL = "content_revision"
"""Where processes tell each other of changed content."""
HEARTBEAT_S = 30
"""How often a process makes sure that it still hears of that."""
_RECONNECT_S = 1.0
_COMMAND_S = 120
"""How long any statement may take; a server that is silent for longer is taken for lost."""
WRITER_LOCK = 0x666F72756D
"""The advisory lock of whoever writes (``forum``)."""
_SETTINGS = {
    "application_name": "forum-bot",
    "idle_in_transaction_session_timeout": f"{IDLE_S}s",
    "lock_timeout": f"{PATIENCE_S}s",
    # Short statements over indexes: compiling them costs more than running them.
    "jit": "off",
}


class _Connection(asyncpg.Connection):  # type: ignore[misc, unused-ignore]  # the class is generic in its stubs only
    """A connection that is never given settings of its own, so that none must be taken back."""

    def get_reset_query(self) -> str:
        """Nothing to do between two users."""
        return ""


class PostgreSQLTransaction(Transaction):
    """A connection for the length of one transaction."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection

    async def fetch_all(self, sql: str, parameters: Parameters | None = None) -> list[Row]:
        """Run one statement and give its rows."""
        statement = translate(sql)
        with told():
            rows: list[Row] = await self._connection.fetch(statement.sql, *statement.values(parameters))
        return rows

    async def execute(self, sql: str, parameters: Parameters | None = None) -> None:
        """Run one statement for its effect."""
        statement = translate(sql)
        with told():
            await self._connection.execute(statement.sql, *statement.values(parameters))

    async def execute_many(self, sql: str, rows: Iterable[Parameters]) -> None:
        """Run one statement once for every row of parameters, pipelined."""
        statement = translate(sql)
        batch = [statement.values(row) for row in rows]
        if batch:
            with told():
                await self._connection.executemany(statement.sql, batch)


class PostgreSQLDatabase(Database):
    """A database on a server. Made by :meth:`open`, ended by :meth:`close`."""

    def __init__(self, url: str, writers: Any, readers: Any, resources: AsyncExitStack) -> None:
        self._url = url
        self._writers = writers
        self._readers = readers
        self._resources = resources
        self._lock = asyncio.Lock()
        self._owner: asyncio.Task[Any] | None = None

    @classmethod
    async def open(cls, url: str) -> PostgreSQLDatabase:
        """Connect to a database, which must exist, and bring its schema up to date.

        Args:
            url: ``postgresql://USER:PASSWORD@HOST:PORT/DATABASE?sslmode=…``, as libpq reads it.

        Raises:
            DatabaseURLError: there is no such server or database, or it does not let us in.
            DatabaseTooNewError: a newer program has migrated the database.
        """
        async with AsyncExitStack() as resources:
            with opening_error(url):
                await migrate(url)
                writers = await _pool(resources, url, 1, _SETTINGS)
                readers = await _pool(
                    resources, url, READERS, {**_SETTINGS, "default_transaction_read_only": "on"}
                )
            database = cls(url, writers, readers, resources)
            await database.refresh_revision()
            listener = asyncio.create_task(database._listen())
            resources.push_async_callback(_cancelled, listener)
            database._resources = resources.pop_all()
        return database

    async def close(self) -> None:
        """Wait for the running transaction, then close every connection."""
        async with self._lock:
            await self._resources.aclose()

    async def fetch_all(self, sql: str, parameters: Parameters | None = None) -> list[Row]:
        """The rows of one statement, read from the last committed state."""
        statement = translate(sql)
        with told():
            rows: list[Row] = await self._readers.fetch(statement.sql, *statement.values(parameters))
        return rows

    @asynccontextmanager
    async def write(self) -> AsyncIterator[PostgreSQLTransaction]:
        """One transaction, alone over all processes; commit at its end, or roll back on any exception.

        Raises:
            NestedTransactionError: this task already writes.
            DatabaseFullError: the server's disk takes no more; nothing of the transaction is kept.
            DatabaseUnavailableError: the server cannot be reached, or another process writes for too long.
        """
        task = asyncio.current_task()
        if self._owner is task:
            raise NestedTransactionError("this task already holds the writer")
        async with self._lock:
            self._owner = task
            try:
                with told():
                    connection = await self._writers.acquire()
                try:
                    transaction = PostgreSQLTransaction(connection)
                    try:
                        await finish(_begin(connection))
                        yield transaction
                        await finish(self._commit(transaction))
                    except BaseException:
                        await finish(_roll_back(connection))
                        raise
                finally:
                    await finish(self._writers.release(connection))
            finally:
                self._owner = None

    async def _commit(self, transaction: PostgreSQLTransaction) -> None:
        row = None
        if transaction.changes_content:
            row = await transaction.fetch_one(statements("database")["grow_revision"])
            await transaction.execute(
                "SELECT pg_notify(:channel, CAST(CAST(:revision AS BIGINT) AS TEXT))",
                {"channel": CHANNEL, "revision": row["value"] if row else 0},
            )
        await transaction.execute("COMMIT")
        if row is not None:
            self.content_revision = max(self.content_revision, row["value"])

    async def _listen(self) -> None:
        """Learn of the content that other processes change; over a new connection where one is lost."""
        while True:
            lost = asyncio.Event()
            with suppress(*FAILURES):
                connection = await asyncpg.connect(self._url, timeout=PATIENCE_S)
                try:
                    connection.add_termination_listener(lambda _connection, lost=lost: lost.set())
                    await connection.add_listener(CHANNEL, self._hear)
                    while not lost.is_set():
                        # What was told while nobody listened; and whether anybody is there to tell.
                        self._hear(
                            None, 0, CHANNEL, await connection.fetchval(_REVISION, timeout=HEARTBEAT_S)
                        )
                        with suppress(TimeoutError):
                            await asyncio.wait_for(lost.wait(), HEARTBEAT_S)
                finally:
                    await finish(_closed(connection))
            await asyncio.sleep(_RECONNECT_S)

    def _hear(self, _connection: Any, _process: int, _channel: str, revision: object) -> None:
        self.content_revision = max(self.content_revision, int(str(revision)))

    async def check_integrity(self) -> None:
        """Ask the server for the revision: it checks its pages itself as it reads them.

        Raises:
            DatabaseDamagedError: it says that a page is damaged.
        """
        await self.refresh_revision()

    async def prepare_statements(self) -> None:
        """Have the server parse every named statement, so that a typo stops the start.

        Raises:
            StatementError: a statement does not fit the schema.
        """
        async with self._readers.acquire() as connection:
            for name, sql in all_statements().items():
                try:
                    await connection.prepare(translate(sql).sql)
                except asyncpg.PostgresError as error:
                    raise StatementError(f"{name}: {error}") from error

    async def size(self) -> int:
        """Bytes of the database on the server."""
        row = await self.fetch_one("SELECT pg_database_size(current_database()) AS size")
        return row["size"] if row else 0


_REVISION = "SELECT value FROM content_revision"


async def _begin(connection: Any) -> None:
    with told():
        await connection.execute("BEGIN")
        await connection.execute(f"SELECT pg_advisory_xact_lock({WRITER_LOCK})")


async def _roll_back(connection: Any) -> None:
    """Back to before the transaction; a connection that is lost has nothing to go back from."""
    with suppress(*FAILURES):
        if connection.is_in_transaction():
            await connection.execute("ROLLBACK")


async def _closed(connection: Any) -> None:
    with suppress(*FAILURES):
        await connection.close(timeout=1)


async def _cancelled(task: asyncio.Task[None]) -> None:
    task.cancel()
    await asyncio.wait([task])


async def _pool(resources: AsyncExitStack, url: str, size: int, settings: dict[str, str]) -> Any:
    pool = await asyncpg.create_pool(
        url,
        min_size=1,
        max_size=size,
        connection_class=_Connection,
        server_settings=settings,
        init=prepare_connection,
        statement_cache_size=1024,
        command_timeout=_COMMAND_S,
    )
    resources.push_async_callback(_ended, pool)
    return pool


async def _ended(pool: Any) -> None:
    with suppress(*FAILURES):
        await pool.close()
