"""What only the PostgreSQL backend has: other processes, lost connections, its schema, its statements."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import suppress

import asyncpg
import pytest
from app import add_fictional_articles, until
from postgres_server import Server

from storage.errors import (
    DatabaseTooNewError,
    DatabaseUnavailableError,
    DatabaseURLError,
    MigrationError,
    QueryError,
)
from storage.postgresql import PostgreSQLDatabase
from storage.postgresql_errors import storage_error
from storage.postgresql_migrations import FOLDER, migrate
from storage.queries import all_statements, postgresql_statements
from storage.repositories import Repositories, open_repositories

INSERT = "INSERT INTO notes (name, value) VALUES (:name, :value)"
COUNT = "SELECT count(*) AS total FROM notes"
KILL = """
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid() AND application_name = 'forum-bot'
"""


@pytest.fixture
def address(postgres: Server) -> str:
    return postgres.new_database()


@pytest.fixture
def empty(postgres: Server) -> str:
    return postgres.new_database("template0")


@pytest.fixture
async def database(address: str) -> AsyncIterator[PostgreSQLDatabase]:
    opened = await PostgreSQLDatabase.open(address)
    yield opened
    await opened.close()


async def _ask(url: str, sql: str) -> object:
    connection = await asyncpg.connect(url)
    try:
        return await connection.fetchval(sql)
    finally:
        await connection.close()


async def test_writers_of_several_processes_take_turns(address: str) -> None:
    """What one reads inside a transaction is still so when it writes: no update is lost."""
    databases = [await PostgreSQLDatabase.open(address) for _ in range(3)]
    async with databases[0].write() as transaction:
        await transaction.execute(INSERT, {"name": "n", "value": "0"})

    async def add_one(database: PostgreSQLDatabase) -> None:
        async with database.write() as transaction:
            row = await transaction.fetch_one("SELECT value FROM notes WHERE name = 'n'")
            assert row is not None
            value = {"value": str(int(row["value"]) + 1)}
            await transaction.execute("UPDATE notes SET value = :value WHERE name = 'n'", value)

    await asyncio.gather(*(add_one(database) for database in databases for _ in range(10)))
    assert await _ask(address, "SELECT value FROM notes WHERE name = 'n'") == "30"
    for database in databases:
        await database.close()


async def test_content_that_another_process_changes_is_heard_of(address: str) -> None:
    """Nobody has to ask: the revision follows, also after the connection that listened was lost."""
    one, other = [await PostgreSQLDatabase.open(address) for _ in range(2)]
    async with other.write() as transaction:
        transaction.changes_content = True
    await until(lambda: one.content_revision == 1)
    await _ask(address, KILL.replace("AND application_name = 'forum-bot'", ""))
    with suppress(DatabaseUnavailableError):
        await other.fetch_all(COUNT)
    async with other.write() as transaction:
        transaction.changes_content = True
    await until(lambda: one.content_revision == 2)
    await one.close()
    await other.close()


async def test_a_lost_connection_costs_its_transaction_only(
    address: str, database: PostgreSQLDatabase
) -> None:
    """Nothing of it stays, the error is one of ours, and the next transaction has a new connection."""
    with pytest.raises(DatabaseUnavailableError):
        async with database.write() as transaction:
            await transaction.execute(INSERT, {"name": "a", "value": "b"})
            await _ask(address, KILL)
            await transaction.execute(INSERT, {"name": "c", "value": "d"})
    async with database.write() as transaction:
        await transaction.execute(INSERT, {"name": "e", "value": "f"})
    assert await _ask(address, "SELECT string_agg(name, '') FROM notes") == "e"


async def test_a_process_that_rests_in_a_transaction_holds_nobody_up(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The server ends what rests too long; its late commit is refused and leaves nothing."""
    monkeypatch.setitem(
        __import__("storage.postgresql").postgresql._SETTINGS, "idle_in_transaction_session_timeout", "200ms"
    )
    stopped, lively = [await PostgreSQLDatabase.open(address) for _ in range(2)]
    with pytest.raises(DatabaseUnavailableError):
        async with stopped.write() as late:
            await late.execute(INSERT, {"name": "late", "value": ""})
            async with asyncio.timeout(5), lively.write() as transaction:
                await transaction.execute(INSERT, {"name": "lively", "value": ""})
    assert await _ask(address, "SELECT string_agg(name, '') FROM notes") == "lively"
    await stopped.close()
    await lively.close()


@pytest.mark.parametrize("text", ["\0", "a\0b", "\\u0000", "\U0001f680", ""])
async def test_any_text_comes_back(database: PostgreSQLDatabase, text: str) -> None:
    """Also a NUL, which PostgreSQL does not store."""
    async with database.write() as transaction:
        await transaction.execute(INSERT, {"name": "a", "value": text})
    row = await database.fetch_one("SELECT value FROM notes WHERE value = :value", {"value": text})
    assert row is not None
    assert row["value"] == text


async def test_what_cannot_come_back_is_refused(database: PostgreSQLDatabase) -> None:
    """The stand-in for NUL is no character of any text."""
    with pytest.raises(QueryError, match="FDD0"):
        async with database.write() as transaction:
            await transaction.execute(INSERT, {"name": "a", "value": "\ufdd0"})


async def test_a_wrong_value_is_an_error_of_ours(database: PostgreSQLDatabase) -> None:
    """A value of another type is refused, and the transaction leaves nothing."""
    with pytest.raises(QueryError):
        async with database.write() as transaction:
            await transaction.execute(INSERT, {"name": "a", "value": "b"})
            await transaction.execute(INSERT, {"name": "c", "value": 1})
    row = await database.fetch_one(COUNT)
    assert row is not None
    assert row["total"] == 0


@pytest.mark.parametrize(
    ("error", "name"),
    [
        (asyncpg.DiskFullError("no space left"), "DatabaseFullError"),
        (asyncpg.DataCorruptedError("invalid page"), "DatabaseDamagedError"),
        (asyncpg.UniqueViolationError("twice"), "ConstraintError"),
        (asyncpg.TooManyConnectionsError("sorry"), "DatabaseUnavailableError"),
        (asyncpg.LockNotAvailableError("timeout"), "DatabaseUnavailableError"),
        (asyncpg.InterfaceError("connection is closed"), "DatabaseUnavailableError"),
        (ConnectionRefusedError("refused"), "DatabaseUnavailableError"),
        (asyncpg.UndefinedTableError("nobody"), "QueryError"),
    ],
)
def test_errors_are_told_in_our_own_terms(error: Exception, name: str) -> None:
    """Each kind of failure is the one that callers know from SQLite."""
    assert type(storage_error(error)).__name__ == name


async def test_no_such_database_is_told(address: str) -> None:
    """A database is not made by a misspelt address."""
    with pytest.raises(DatabaseURLError, match="nobody"):
        await PostgreSQLDatabase.open(address.replace("/test_", "/nobody_"))


async def test_programs_that_start_together_migrate_once(empty: str) -> None:
    """One applies everything, the others find nothing to do."""
    applied = await asyncio.gather(*(migrate(empty) for _ in range(4)))
    names = tuple(sorted(file.stem for file in FOLDER.glob("*.sql")))
    assert sorted(applied) == [(), (), (), names]


async def test_a_migration_that_fails_leaves_nothing(
    empty: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Neither of itself nor of those before it; the next run applies all of them."""
    folder = tmp_path_factory.mktemp("migrations")
    (folder / "0001.one.sql").write_text("CREATE TABLE one (id BIGINT);")
    (folder / "0002.two.sql").write_text("CREATE TABLE two (id BIGINT); SELECT nobody;")
    with pytest.raises(MigrationError, match=r"0002\.two"):
        await migrate(empty, folder)
    assert await _ask(empty, "SELECT to_regclass('one') IS NULL")
    (folder / "0002.two.sql").write_text("CREATE TABLE two (id BIGINT);")
    assert await migrate(empty, folder) == ("0001.one", "0002.two")


async def test_a_database_of_a_newer_program_is_left_alone(address: str) -> None:
    """It carries a migration that this program does not have."""
    await _ask(address, "INSERT INTO schema_migrations (name) VALUES ('9999.later') RETURNING 1")
    with pytest.raises(DatabaseTooNewError, match=r"9999\.later"):
        await PostgreSQLDatabase.open(address)


async def _columns_of_sqlite(repositories: Repositories) -> dict[str, set[tuple[str, str, bool]]]:
    kinds = {"INTEGER": "bigint", "REAL": "double precision", "TEXT": "text", "": "text"}
    rows = await repositories.database.fetch_all(
        """
        SELECT tables.name AS "table", columns.name, columns.type, columns."notnull" OR columns.pk AS required
        FROM sqlite_master AS tables, pragma_table_info(tables.name) AS columns WHERE tables.type = 'table'
        """
    )
    tables: dict[str, set[tuple[str, str, bool]]] = {}
    for row in rows:
        if not re.match("_?yoyo|sqlite_|passage_index", row["table"]):
            column = (row["name"], kinds[row["type"]], bool(row["required"]))
            tables.setdefault(row["table"], set()).add(column)
    return tables


async def test_both_backends_have_the_same_tables(database: PostgreSQLDatabase) -> None:
    """The same columns of the same types, required or not; full text and the record of migrations apart."""
    sqlite = await open_repositories("sqlite:///:memory:")
    expected = await _columns_of_sqlite(sqlite)
    await sqlite.database.close()
    rows = await database.fetch_all(
        """
        SELECT c.table_name, c.column_name, c.data_type, c.is_nullable = 'NO' AS required
        FROM information_schema.columns AS c
        INNER JOIN information_schema.tables AS t USING (table_schema, table_name)
        WHERE c.table_schema = 'public' AND t.table_type = 'BASE TABLE'
        """
    )
    tables: dict[str, set[tuple[str, str, bool]]] = {}
    for row in rows:
        column = (row["column_name"], row["data_type"], row["required"])
        tables.setdefault(row["table_name"], set()).add(column)
    del tables["passage_index"], tables["schema_migrations"]
    assert tables == expected


def test_statements_that_stand_apart_have_a_shared_name() -> None:
    """None of them outlives the statement that it stands for, and each is needed."""
    shared = all_statements()
    assert set(postgresql_statements()) <= set(shared)
    assert all(sql != shared[name] for name, sql in postgresql_statements().items())


async def test_full_text_is_read_off_its_index(address: str) -> None:
    """A search does not read all passages, in whichever length of query."""
    repositories = await open_repositories(address)
    await add_fictional_articles(repositories)
    connection = await asyncpg.connect(address)
    # With so few rows it would not be worth an index.
    await connection.execute("SET enable_seqscan = off")
    for tokens in (["算力"], ["算"], [" 算力", "开源"]):
        plan = await connection.fetch(
            "EXPLAIN SELECT passage_id FROM passage_index WHERE tokens @> $1::text[]", tokens
        )
        assert any("passage_index_by_token" in row[0] for row in plan)
    await connection.close()
    await repositories.database.close()
