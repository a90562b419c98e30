"""Backups."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.backups import back_up, drill, due, newest, restore
from storage.chats import ChatRecord
from storage.errors import BackupError, DatabaseDamagedError
from storage.repositories import open_repositories
from storage.snapshots import verify

NOW = datetime(2024, 5, 1, tzinfo=UTC)


async def fill(database: Path, chat_id: int) -> None:
    """A database that knows one more chat."""
    repositories = await open_repositories(f"sqlite:///{database}")
    await repositories.chats.save(ChatRecord(chat_id=chat_id))
    await repositories.database.close()


async def chats(database: Path) -> set[int]:
    """The chats that a database knows."""
    repositories = await open_repositories(f"sqlite:///{database}")
    rows = await repositories.database.fetch_all("SELECT chat_id FROM chats")
    await repositories.database.close()
    return {row["chat_id"] for row in rows}


async def test_a_backup_in_use_is_whole(database: Path, tmp_path: Path) -> None:
    """Taken while the bot has the file open, with what was committed a moment before."""
    repositories = await open_repositories(f"sqlite:///{database}")
    await repositories.chats.save(ChatRecord(chat_id=7))
    copy = back_up(database, tmp_path / "b", 3)
    await repositories.database.close()
    verify(copy)
    assert await chats(copy) == {7}


async def test_the_newest_are_kept(database: Path, tmp_path: Path) -> None:
    """BACKUP_KEEP copies, and nothing half-made beside them."""
    await fill(database, 1)
    made = [back_up(database, tmp_path / "b", 2, NOW + timedelta(days=day)) for day in range(4)]
    assert sorted((tmp_path / "b").iterdir()) == made[-2:]


async def test_restoring_brings_the_old_state_back_and_keeps_the_new(database: Path, tmp_path: Path) -> None:
    """The state before the restore is a backup itself; the restored file survives the pruning."""
    await fill(database, 1)
    copy = back_up(database, tmp_path / "b", 1, NOW)
    await fill(database, 2)
    before = restore(copy, database, tmp_path / "b", 1)
    assert await chats(database) == {1}
    assert before is not None
    assert await chats(before) == {1, 2}
    assert copy.exists()


async def test_restoring_where_nothing_is(database: Path, tmp_path: Path) -> None:
    """A new machine: there is no state before."""
    await fill(database, 1)
    copy = back_up(database, tmp_path / "b", 1)
    target = tmp_path / "new" / "forum.db"
    assert restore(copy, target, tmp_path / "b", 1) is None
    assert await chats(target) == {1}


async def test_a_damaged_or_strange_file_is_refused(database: Path, tmp_path: Path) -> None:
    """Cut off, not a database, somebody else's, or not there; the present database stays as it is."""
    await fill(database, 1)
    copy = back_up(database, tmp_path / "b", 3)
    damaged, text, strange = tmp_path / "d.db", tmp_path / "t.db", tmp_path / "s.db"
    damaged.write_bytes(copy.read_bytes()[:-5000])
    text.write_text("no database " * 500)
    with closing(sqlite3.connect(strange)) as connection:
        connection.execute("CREATE TABLE a (b)")
    for bad in (damaged, text, strange, tmp_path / "none.db"):
        with pytest.raises(BackupError):
            restore(bad, database, tmp_path / "b", 3)
    assert await chats(database) == {1}


def test_no_database_no_backup(database: Path, tmp_path: Path) -> None:
    """Nothing is made where there is nothing to save."""
    with pytest.raises(BackupError):
        back_up(database, tmp_path / "b", 1)
    assert not (tmp_path / "b").exists()


def test_one_a_day_is_due(database: Path, tmp_path: Path) -> None:
    """When there is none, when the last is a day old, and when a clock that ran ahead made it."""
    folder = tmp_path / "b"
    assert newest(folder) is None
    assert due(folder, NOW)
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("CREATE TABLE _yoyo_migration (migration_id TEXT)")
    back_up(database, folder, 3, NOW)
    (folder / "forum-mine.db").touch()
    assert newest(folder) == NOW
    assert not due(folder, NOW + timedelta(hours=23))
    assert due(folder, NOW + timedelta(hours=24))
    assert due(folder, NOW - timedelta(minutes=1))


def test_a_drill_says_what_the_newest_backup_holds(filled: Path, tmp_path: Path) -> None:
    """Two articles; neither the backup nor the database is touched."""
    back_up(filled, tmp_path / "b", 3, NOW)
    copy = back_up(filled, tmp_path / "b", 3, NOW + timedelta(days=1))
    before = copy.read_bytes()
    tried = drill(tmp_path / "b")
    assert tried.backup == copy
    assert tried.inventory.articles == 2
    assert tried.inventory.facts > 10
    assert copy.read_bytes() == before


@pytest.mark.parametrize(
    ("damage", "finding"),
    [
        ("UPDATE articles SET text = text || '了' WHERE id = 1", "article 1 differs"),
        ("UPDATE passages SET text = text || '了' WHERE id = 1", "passage 1 is not"),
        ("UPDATE facts SET span_end = span_end + 500 WHERE id = 1", "fact 1 is not"),
    ],
)
def test_a_drill_finds_content_that_was_changed(
    filled: Path, tmp_path: Path, damage: str, finding: str
) -> None:
    """Though every page is whole."""
    with closing(sqlite3.connect(filled)) as connection:
        connection.execute(damage)
        connection.commit()
    back_up(filled, tmp_path / "b", 3)
    with pytest.raises(DatabaseDamagedError, match=finding):
        drill(tmp_path / "b")


def test_a_drill_without_backups_says_so(tmp_path: Path) -> None:
    """In one line."""
    with pytest.raises(BackupError, match="no backup"):
        drill(tmp_path)
