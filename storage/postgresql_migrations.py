"""Brings a PostgreSQL database's schema up to date with the files of ``storage/migrations/postgresql``.

PostgreSQL changes schemas inside transactions, so all that is pending is applied and noted in one: it happens
whole or not at all, and an advisory lock makes programs that start together take turns.
"""

from __future__ import annotations

from pathlib import Path

import asyncpg

from storage.errors import DatabaseTooNewError, MigrationError
from storage.postgresql_errors import opening_error

FOLDER = Path(__file__).parent / "migrations" / "postgresql"
TABLE = "schema_migrations"
"""Where it is noted what was applied."""
_LOCK = 0x6D69677261746500
"""The advisory lock of whoever migrates (``migrate``)."""
_MAKE_TABLE = f"""
    CREATE TABLE IF NOT EXISTS {TABLE} (
        name TEXT PRIMARY KEY,
        applied_at TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now()
    )
"""


async def migrate(url: str, folder: Path = FOLDER) -> tuple[str, ...]:
    """Apply the migrations that a database has not seen yet.

    Returns:
        The names of the migrations applied.

    Raises:
        DatabaseTooNewError: the database was migrated by a newer program.
        MigrationError: a migration failed; nothing was changed.
        asyncpg.PostgresError: the server does not let us in, likewise ``OSError``.
    """
    connection = await asyncpg.connect(url)
    try:
        async with connection.transaction():
            await connection.execute("SELECT pg_advisory_xact_lock($1)", _LOCK)
            names = await pending(connection, folder)
            if names:
                await connection.execute(_MAKE_TABLE)
            for name in names:
                try:
                    await connection.execute((folder / f"{name}.sql").read_text("utf-8"))
                except asyncpg.PostgresError as error:
                    raise MigrationError(f"{name} failed and was undone: {error}") from error
                await connection.execute(f"INSERT INTO {TABLE} (name) VALUES ($1)", name)  # noqa: S608 - a constant  # nosec B608
    finally:
        await connection.close()
    return names


async def look(url: str) -> tuple[str, tuple[str, ...]]:
    """The version of the server, and the migrations that the database has not seen yet; nothing is changed.

    Raises:
        DatabaseURLError: there is no such server or database, or it does not let us in.
        DatabaseTooNewError: a newer program has migrated the database.
    """
    with opening_error(url):
        connection = await asyncpg.connect(url)
        try:
            return str(await connection.fetchval("SHOW server_version")), await pending(connection)
        finally:
            await connection.close()


async def pending(connection: asyncpg.Connection, folder: Path = FOLDER) -> tuple[str, ...]:
    """The migrations that a database has not seen yet, in order.

    Raises:
        DatabaseTooNewError: the database carries migrations that the folder does not have.
    """
    known = _names(folder)
    noted = await connection.fetchval("SELECT to_regclass($1) IS NOT NULL", TABLE)
    rows = await connection.fetch(f"SELECT name FROM {TABLE}") if noted else []  # noqa: S608 - a constant  # nosec B608
    applied = {row["name"] for row in rows}
    if unknown := applied - set(known):
        raise DatabaseTooNewError(
            f"the database was migrated by a newer program: {', '.join(sorted(unknown))}"
        )
    return tuple(name for name in known if name not in applied)


def _names(folder: Path) -> list[str]:
    return sorted(file.stem for file in folder.glob("*.sql"))
