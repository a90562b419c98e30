"""From SQLite to PostgreSQL: everything, once, or nothing."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import asyncpg
import pytest
from app import add_fictional_articles
from postgres_server import Server

from storage import moving
from storage.errors import DatabaseURLError, MoveError
from storage.history import Deed
from storage.migrate import migrate
from storage.moving import Content, move
from storage.repositories import Repositories, open_repositories

NOW = datetime(2026, 3, 1, tzinfo=UTC)
EDITOR = Deed(by=102, now=NOW)


@pytest.fixture
def target(postgres: Server) -> Iterator[str]:
    url = postgres.new_database("template0")
    yield url
    postgres.drop(url)


@pytest.fixture
async def source(tmp_path: Path) -> Path:
    """A database with rows in many tables, a gap in its ids, a fact that is hidden and one that says NUL."""
    path = tmp_path / "forum.db"
    repositories = await open_repositories(f"sqlite:///{path}")
    await add_fictional_articles(repositories)
    await repositories.desk.retract(1, EDITOR)
    async with repositories.database.write() as transaction:
        await transaction.execute(
            """
            INSERT INTO outbox (chat_id, part, method, parameters, state, created_at, changed_at)
            VALUES (7, 1, 'sendMessage', '{}', 'sent', 0.1, 1e9)
            """
        )
    await repositories.subscriptions.subscribe(7, None, 480, "Asia/Shanghai", now=NOW)
    topic = (await repositories.topics.list(1)).items[0].ref
    await repositories.follows.add((7, None), topic)
    await repositories.users.grant(102, "editor")
    await repositories.notes.set("nul", "a\0b")
    purged = await repositories.feeds.add("https://example.org/feed", None, 102, now=NOW)
    assert purged is not None
    await repositories.feeds.remove(purged)
    await repositories.database.close()
    return path


async def _everything(repositories: Repositories) -> list[object]:
    (person, *_) = await repositories.names.resolve("林知远")
    return [
        await repositories.people.statements(person.id, 99),
        await repositories.figures.list(99),
        await repositories.events.list(99),
        await repositories.search.search("算力", 99),
        await repositories.search.search("算", 99),
        await repositories.history.list(9),
        await repositories.outbox.of_chat(7),
        await repositories.subscriptions.get(7),
        await repositories.notes.get("nul"),
        repositories.database.content_revision,
    ]


async def test_everything_is_the_same_afterwards(source: Path, target: str) -> None:
    """Readers see what they saw, editors the history, and each table has the rows and the hash it had."""
    before = await open_repositories(f"sqlite:///{source}")
    moved = await move(source, target)
    after = await open_repositories(target)
    assert await _everything(after) == await _everything(before)
    with closing(sqlite3.connect(source)) as connection:
        for name, content in moved.tables.items():
            assert content.rows == connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0]
    assert moved.copied
    assert sum(1 for content in moved.tables.values() if content.rows) > 15
    await before.database.close()
    await after.database.close()


async def test_ids_go_on_where_they_were(source: Path, target: str) -> None:
    """New rows take no number that a row has or a deleted one had."""
    await move(source, target)
    repositories = await open_repositories(target)
    feed = await repositories.feeds.add("https://example.org/other", None, 102, now=NOW)
    assert feed == 2
    last = await repositories.database.fetch_one("SELECT max(id) AS id FROM history")
    entry = await repositories.desk.retract(2, EDITOR)
    assert last is not None
    assert entry == last["id"] + 1
    await repositories.database.close()


async def test_a_second_move_finds_everything_there(source: Path, target: str) -> None:
    """It changes nothing and says so."""
    first = await move(source, target)
    second = await move(source, target)
    assert (first.copied, second.copied) == (True, False)
    assert first.tables == second.tables


async def test_other_data_is_refused(source: Path, target: str) -> None:
    """A target that somebody uses keeps what it has, also where it was moved to once."""
    await move(source, target)
    connection = await asyncpg.connect(target)
    await connection.execute("UPDATE articles SET title = 'changed' WHERE id = 2")
    with pytest.raises(MoveError, match=r"other data \(articles\)"):
        await move(source, target)
    assert await connection.fetchval("SELECT title FROM articles WHERE id = 2") == "changed"
    await connection.close()


async def test_a_copy_that_differs_is_not_kept(
    source: Path, target: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A row that is changed on its way is found, nothing stays, and a repetition succeeds."""
    monkeypatch.setattr(moving, "_INDEX", "UPDATE notes SET value = value || '!'")
    with pytest.raises(MoveError, match=r"notes: 1 rows"):
        await move(source, target)
    monkeypatch.undo()
    connection = await asyncpg.connect(target)
    assert await connection.fetchval("SELECT count(*) FROM articles") == 0
    assert await connection.fetchval("SELECT value FROM content_revision") == 0
    await connection.close()
    assert (await move(source, target)).copied


async def test_a_text_that_cannot_be_stored_stops_the_move(source: Path, target: str) -> None:
    """The one code point that stands in for NUL is told, and nothing is copied."""
    with closing(sqlite3.connect(source)) as connection:
        connection.execute("UPDATE notes SET value = '\ufdd0'")
        connection.commit()
    with pytest.raises(MoveError, match="FDD0"):
        await move(source, target)
    again = await asyncpg.connect(target)
    assert await again.fetchval("SELECT count(*) FROM articles") == 0
    await again.close()


async def test_an_empty_database_can_be_moved(tmp_path: Path, target: str) -> None:
    """Nothing is copied but the revision, and the bot can start."""
    migrate(tmp_path / "empty.db")
    moved = await move(tmp_path / "empty.db", target)
    assert {name for name, content in moved.tables.items() if content.rows} == {"content_revision"}
    repositories = await open_repositories(target)
    await add_fictional_articles(repositories)
    assert await repositories.articles.count() == 2
    await repositories.database.close()


async def test_no_server_is_told(source: Path) -> None:
    """Without the password."""
    with pytest.raises(DatabaseURLError) as raised:
        await move(source, "postgresql://u:secret@127.0.0.1:9/db")
    assert "secret" not in str(raised.value)


def test_a_table_is_known_by_its_rows_in_any_order() -> None:
    """The hash tells one row from another, one from two, and nothing of their order."""
    rows = [(1, "a", None), (2, "b", 1.5), (2, "b", 1.5)]
    content = Content().with_rows(rows)
    assert content == Content().with_rows(rows[:1]).with_rows(reversed(rows[1:]))
    assert content == Content().with_rows(reversed(rows))
    assert len({Content().with_rows(rows[:number]).sha256 for number in range(4)}) == 4
    assert Content().with_rows([(1, "a")]) != Content().with_rows([("1", "a")])
