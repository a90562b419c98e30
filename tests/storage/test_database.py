"""Connections and transactions, the same over either backend."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest
from backends import READ_ONLY, REFUSED

from storage.database import Database
from storage.errors import DatabaseURLError, NestedTransactionError
from storage.repositories import open_database

INSERT = "INSERT INTO notes (name, value) VALUES (:name, :value)"
COUNT = "SELECT count(*) AS total FROM notes"


@pytest.fixture
async def database(url: str) -> AsyncIterator[Database]:
    opened = await open_database(url)
    yield opened
    await opened.close()


async def _count(database: Database) -> int:
    row = await database.fetch_one(COUNT)
    assert row is not None
    return int(row["total"])


async def test_readers_cannot_write(database: Database) -> None:
    """A statement that writes is refused outside a transaction."""
    with pytest.raises(READ_ONLY, match=r"read-?only"):
        await database.fetch_all(INSERT, {"name": "a", "value": "b"})


async def test_an_exception_rolls_everything_back(database: Database) -> None:
    """Nothing of a transaction stays if it ends by an exception, and the writer is free again."""
    with pytest.raises(ZeroDivisionError):
        async with database.write() as transaction:
            await transaction.execute(INSERT, {"name": "a", "value": "b"})
            raise ZeroDivisionError
    assert await _count(database) == 0
    async with database.write() as transaction:
        await transaction.execute(INSERT, {"name": "a", "value": "b"})
    assert await _count(database) == 1


async def test_a_failing_statement_rolls_everything_back(database: Database) -> None:
    """A broken constraint undoes the rows before it."""
    with pytest.raises(REFUSED):
        async with database.write() as transaction:
            await transaction.execute(INSERT, {"name": "a", "value": "b"})
            await transaction.execute(INSERT, {"name": "a", "value": "c"})
    assert await _count(database) == 0


@pytest.mark.parametrize("turns", range(12))
async def test_cancellation_anywhere_leaves_all_or_nothing(database: Database, turns: int) -> None:
    """A task cancelled after any number of loop turns has written both rows or none, and blocks nobody."""

    async def write_two() -> None:
        async with database.write() as transaction:
            await transaction.execute(INSERT, {"name": "a", "value": "b"})
            await transaction.execute(INSERT, {"name": "c", "value": "d"})
            transaction.changes_content = True

    task = asyncio.create_task(write_two())
    for _ in range(turns):
        await asyncio.sleep(0.0005)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    written = await _count(database)
    assert written in {0, 2}
    assert database.content_revision == written // 2
    async with database.write() as transaction:
        await transaction.execute(INSERT, {"name": "e", "value": "f"})
    assert await _count(database) == written + 1


async def test_cancellation_during_the_commit_is_told_after_it(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A commit that has begun ends; the revision then counts it although the task was cancelled."""
    reached, go_on = asyncio.Event(), asyncio.Event()
    commit = database._commit

    async def slow_commit(*arguments: object) -> None:
        reached.set()
        await go_on.wait()
        await commit(*arguments)  # type: ignore[arg-type]  # whatever it is given

    monkeypatch.setattr(database, "_commit", slow_commit)

    async def write_one() -> None:
        async with database.write() as transaction:
            await transaction.execute(INSERT, {"name": "a", "value": "b"})
            transaction.changes_content = True

    task = asyncio.create_task(write_one())
    await reached.wait()
    task.cancel()
    await asyncio.sleep(0)
    task.cancel()
    go_on.set()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert (await _count(database), database.content_revision) == (1, 1)


async def test_readers_see_only_committed_states(database: Database) -> None:
    """While a transaction is open, concurrent readers see what was committed before it, never half of it."""
    seen: set[int] = set()
    done = asyncio.Event()

    async def read() -> None:
        while not done.is_set():
            seen.add(await _count(database))

    readers = [asyncio.create_task(read()) for _ in range(4)]
    for round_ in range(20):
        async with database.write() as transaction:
            for place in range(3):
                await transaction.execute(INSERT, {"name": f"{round_}.{place}", "value": ""})
                await asyncio.sleep(0)
    done.set()
    await asyncio.gather(*readers)
    assert len(seen) > 1
    assert all(count % 3 == 0 for count in seen)


async def test_writers_take_turns(database: Database) -> None:
    """Tasks that write at the same time run one after the other; no update is lost."""
    async with database.write() as transaction:
        await transaction.execute(INSERT, {"name": "n", "value": "0"})

    async def add_one() -> None:
        async with database.write() as transaction:
            row = await transaction.fetch_one("SELECT value FROM notes WHERE name = 'n'")
            assert row is not None
            await asyncio.sleep(0)
            value = {"value": str(int(row["value"]) + 1)}
            await transaction.execute("UPDATE notes SET value = :value WHERE name = 'n'", value)

    await asyncio.gather(*(add_one() for _ in range(25)))
    row = await database.fetch_one("SELECT value FROM notes WHERE name = 'n'")
    assert row is not None
    assert row["value"] == "25"


async def test_a_transaction_inside_a_transaction_is_an_error(database: Database) -> None:
    """A task that already writes is told so; it would wait for itself for ever."""
    async with database.write():
        with pytest.raises(NestedTransactionError):
            async with database.write():
                pass
    assert await _count(database) == 0


async def test_the_revision_grows_only_with_content(database: Database) -> None:
    """Commits that change content count, others and those rolled back do not."""
    async with database.write() as transaction:
        await transaction.execute(INSERT, {"name": "a", "value": "b"})
    assert database.content_revision == 0
    with pytest.raises(ZeroDivisionError):
        async with database.write() as transaction:
            transaction.changes_content = True
            raise ZeroDivisionError
    assert database.content_revision == 0
    async with database.write() as transaction:
        transaction.changes_content = True
    assert database.content_revision == 1


async def test_the_revision_of_another_process_is_seen_when_asked_for(database: Database, url: str) -> None:
    """Content that was changed through another connection counts after ``refresh_revision``."""
    other = await open_database(url)
    async with other.write() as transaction:
        transaction.changes_content = True
    await other.close()
    assert await database.refresh_revision() == 1
    assert database.content_revision == 1


@pytest.mark.parametrize(
    "wrong",
    [
        "",
        "sqlite:///",
        "forum.db",
        "mysql://u:secret@host/db",
        "sqlite:////proc/no/forum.db",
        "postgresql://u:secret@127.0.0.1:9/db",
        "postgresql://u:secret@127.0.0.1:port/db",
    ],
)
async def test_an_address_that_cannot_be_opened_is_told_without_its_password(wrong: str) -> None:
    """A wrong address is one clear error, and no secret stands in it."""
    with pytest.raises(DatabaseURLError) as raised:
        await open_database(wrong)
    assert "secret" not in str(raised.value)
