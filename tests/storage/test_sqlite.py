"""What only the SQLite backend has: pragmas, files, a database in memory."""

from __future__ import annotations

from pathlib import Path

import pytest

from storage.errors import DatabaseURLError
from storage.sqlite import BUSY_TIMEOUT_MS, SQLiteDatabase

INSERT = "INSERT INTO notes (name, value) VALUES (:name, :value)"
COUNT = "SELECT count(*) AS total FROM notes"


async def test_every_connection_is_durable_and_keeps_references(tmp_path: Path) -> None:
    """WAL, synchronous FULL (2), foreign keys and the busy time-out hold for writer and readers."""
    database = await SQLiteDatabase.open(f"sqlite:///{tmp_path / 'forum.db'}")
    expected = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": BUSY_TIMEOUT_MS}
    for name, value in expected.items():
        async with database.write() as transaction:
            row = await transaction.fetch_one(f"PRAGMA {name}")
        assert row is not None
        assert row[0] == value
        for _ in range(3):
            row = await database.fetch_one(f"PRAGMA {name}")
            assert row is not None
            assert row[0] == value
    await database.close()


async def test_a_database_in_memory_is_gone_afterwards() -> None:
    """``:memory:`` is private to whoever opened it and leaves no file."""
    one, two = [await SQLiteDatabase.open("sqlite:///:memory:") for _ in range(2)]
    async with one.write() as transaction:
        await transaction.execute(INSERT, {"name": "a", "value": "b"})
    assert [row["total"] for each in (one, two) for row in await each.fetch_all(COUNT)] == [1, 0]
    await one.close()
    await two.close()
    assert not one.path.parent.exists()


async def test_a_file_that_is_no_database_is_told(tmp_path: Path) -> None:
    """Another kind of file is left alone."""
    path = tmp_path / "notes.txt"
    path.write_text("not a database, but long enough to be read as a header " * 3)
    with pytest.raises(DatabaseURLError):
        await SQLiteDatabase.open(f"sqlite:///{path}")
    assert path.read_text().startswith("not a database")
