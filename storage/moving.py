"""From a SQLite file to PostgreSQL: every table with its ids, in one transaction, compared afterwards."""

from __future__ import annotations

import asyncio
import hashlib
import json
import sqlite3
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from graphlib import TopologicalSorter
from pathlib import Path
from typing import Any

import asyncpg

from storage.errors import MoveError
from storage.postgresql import WRITER_LOCK
from storage.postgresql_errors import FAILURES, opening_error, storage_error
from storage.postgresql_migrations import TABLE as LEDGER
from storage.postgresql_migrations import migrate
from storage.postgresql_texts import prepare_connection

_BATCH = 2_000
"""Rows that pass through memory at once."""
_OWN = (LEDGER, "passage_index")
"""Tables of PostgreSQL's own: the record of migrations, and what is made anew from the passages."""
_COLUMNS = """
    SELECT c.table_name, array_agg(CAST(c.column_name AS TEXT) ORDER BY c.ordinal_position) AS columns
    FROM information_schema.columns AS c
    INNER JOIN information_schema.tables AS t USING (table_schema, table_name)
    WHERE c.table_schema = current_schema() AND t.table_type = 'BASE TABLE'
    GROUP BY c.table_name
"""
_REFERENCES = """
    SELECT CAST(c.conrelid::regclass AS TEXT) AS "from", CAST(c.confrelid::regclass AS TEXT) AS "to"
    FROM pg_constraint AS c
    WHERE c.contype = 'f' AND c.conrelid <> c.confrelid AND c.connamespace = current_schema()::regnamespace
"""
_SEQUENCES = """
    SELECT CAST(table_name AS TEXT) AS name FROM information_schema.columns
    WHERE table_schema = current_schema() AND is_identity = 'YES' AND column_name = 'id'
"""
_INDEX = """
    INSERT INTO passage_index (passage_id, tokens, line)
    SELECT id, passage_tokens(words, grams), ' ' || grams || ' ' FROM passages WHERE indexed = 1
"""


@dataclass(frozen=True, slots=True)
class Content:
    """What a table holds."""

    rows: int = 0
    digest: int = 0
    """The SHA-256 of every row, added up: the order of the rows makes no difference."""

    def with_rows(self, rows: Iterable[Sequence[Any]]) -> Content:
        """The content with some more rows."""
        number, digest = self.rows, self.digest
        for row in rows:
            text = json.dumps(list(row), ensure_ascii=False).encode()
            number, digest = number + 1, digest + int.from_bytes(hashlib.sha256(text).digest(), "big")
        return Content(number, digest % (1 << 256))

    @property
    def sha256(self) -> str:
        """The digest as it is shown."""
        return f"{self.digest:064x}"


@dataclass(frozen=True, slots=True)
class Moved:
    """What was copied, or was found to be there already."""

    tables: dict[str, Content]
    copied: bool
    """False where the target held exactly this before."""


async def move(source: Path, url: str) -> Moved:
    """Copy a database to PostgreSQL. Nobody should write to it meanwhile: what comes later is not copied.

    The copy is compared with the source before it is committed. Where the target holds exactly the same
    already nothing is done, so the move can be repeated.

    Args:
        source: a SQLite database with the present schema.
        url: the address of a database that exists; its schema is brought up to date.

    Raises:
        MoveError: the source cannot be read, the target holds other data, or the copy differs; nothing of it
            is kept.
        StorageError: the target cannot be opened or written.
    """
    with opening_error(url):
        await migrate(url)
        connection = await asyncpg.connect(url)
    try:
        await prepare_connection(connection)
        with closing(_opened(source)) as reader:
            moved = await _move(reader, connection)
        if moved.copied:
            await connection.execute("ANALYZE")
    except sqlite3.Error as error:
        raise MoveError(f"{source} cannot be read: {error}") from error
    except ValueError as error:
        raise MoveError(f"a row of {source} cannot be stored: {error}") from error
    except FAILURES as error:
        raise storage_error(error) from error
    finally:
        await connection.close()
    return moved


def _opened(source: Path) -> sqlite3.Connection:
    uri = f"{source.absolute().as_uri()}?mode=ro"
    reader = sqlite3.connect(uri, uri=True, isolation_level=None, check_same_thread=False)
    reader.execute("BEGIN")  # One state for all tables.
    return reader


async def _move(reader: sqlite3.Connection, connection: Any) -> Moved:
    async with connection.transaction():
        await connection.execute("SELECT pg_advisory_xact_lock($1)", WRITER_LOCK)
        tables = await _tables(connection)
        await asyncio.to_thread(_compare_schemas, reader, tables)
        held = {name: await _content(_stored(connection, name, tables[name])) for name in tables}
        if any(content.rows for name, content in held.items() if name != "content_revision"):
            there = {name: await _content(_read(reader, name, tables[name])) for name in tables}
            _refuse_others(there, held)
            return Moved(held, copied=False)
        await connection.execute("DELETE FROM content_revision")
        copied = {name: await _copy(reader, connection, name, tables[name]) for name in tables}
        await connection.execute(_INDEX)
        await _set_sequences(reader, connection)
        for name, expected in copied.items():
            found = await _content(_stored(connection, name, tables[name]))
            if found != expected:
                raise MoveError(
                    f"{name}: {found.rows} rows {found.sha256}, not {expected.rows} {expected.sha256}"
                )
    return Moved(copied, copied=True)


async def _tables(connection: Any) -> dict[str, list[str]]:
    """The columns of each table; what others refer to comes first."""
    columns = {row["table_name"]: row["columns"] for row in await connection.fetch(_COLUMNS)}
    order: TopologicalSorter[str] = TopologicalSorter(dict.fromkeys(columns, ()))
    for row in await connection.fetch(_REFERENCES):
        order.add(row["from"], row["to"])
    return {name: columns[name] for name in order.static_order() if name not in _OWN}


def _compare_schemas(reader: sqlite3.Connection, tables: dict[str, list[str]]) -> None:
    for name, columns in tables.items():
        found = {row[0] for row in reader.execute("SELECT name FROM pragma_table_info(?)", (name,))}
        if found != set(columns):
            raise MoveError(f"{name} has other columns than this program's: bring both databases up to date")


def _refuse_others(there: dict[str, Content], held: dict[str, Content]) -> None:
    if different := [name for name, content in there.items() if held[name] != content]:
        names = ", ".join(sorted(different))
        raise MoveError(f"the target holds other data ({names}) and was left alone; an empty one is needed")


async def _copy(reader: sqlite3.Connection, connection: Any, name: str, columns: list[str]) -> Content:
    content = Content()
    async for rows in _read(reader, name, columns):
        await connection.copy_records_to_table(name, records=rows, columns=columns)
        content = await asyncio.to_thread(content.with_rows, rows)
    return content


async def _content(batches: AsyncIterator[list[Any]]) -> Content:
    content = Content()
    async for rows in batches:
        content = await asyncio.to_thread(content.with_rows, rows)
    return content


async def _read(reader: sqlite3.Connection, name: str, columns: list[str]) -> AsyncIterator[list[Any]]:
    cursor = await asyncio.to_thread(reader.execute, _select(name, columns))
    while rows := await asyncio.to_thread(cursor.fetchmany, _BATCH):
        yield rows


async def _stored(connection: Any, name: str, columns: list[str]) -> AsyncIterator[list[Any]]:
    cursor = await connection.cursor(_select(name, columns))
    while rows := await cursor.fetch(_BATCH):
        yield rows


def _select(name: str, columns: list[str]) -> str:
    return f"SELECT {', '.join(columns)} FROM {name}"  # noqa: S608 - names of the schema  # nosec B608


async def _set_sequences(reader: sqlite3.Connection, connection: Any) -> None:
    """New rows get the numbers that SQLite would have given them: none of a row that was deleted."""
    given = dict(reader.execute("SELECT name, seq FROM sqlite_sequence").fetchall())
    for row in await connection.fetch(_SEQUENCES):
        name = row["name"]
        highest = await connection.fetchval(f"SELECT max(id) FROM {name}")  # noqa: S608 - a name of the schema  # nosec B608
        last = max(highest or 0, given.get(name, 0))
        if last:
            await connection.fetchval("SELECT setval(pg_get_serial_sequence($1, 'id'), $2)", name, last)
