"""What operators watch."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from storage.operations import WATCHED
from storage.repositories import Repositories

NOW = datetime(2024, 5, 1, tzinfo=UTC)


async def put(repositories: Repositories, chat_id: int, state: str, made: datetime) -> None:
    """A row of the outbox in some state."""
    async with repositories.database.write() as transaction:
        await transaction.execute(
            "INSERT INTO outbox (chat_id, part, method, parameters, state, created_at, changed_at)"
            " VALUES (:chat_id, 0, 'sendMessage', '{}', :state, :made, :made)",
            {"chat_id": chat_id, "state": state, "made": made.timestamp()},
        )


async def test_the_backlog_counts_what_is_on_its_way_or_stuck(repositories: Repositories) -> None:
    """Its age is that of the oldest on its way: what is held or sent does not grow old."""
    empty = await repositories.operations.backlog(now=NOW)
    assert (empty.age, empty.counts) == (0, dict.fromkeys(WATCHED, 0))
    await put(repositories, 1, "sent", NOW - timedelta(days=3))
    await put(repositories, 2, "held", NOW - timedelta(days=2))
    await put(repositories, 3, "pending", NOW - timedelta(minutes=1))
    await put(repositories, 4, "pending", NOW)
    backlog = await repositories.operations.backlog(now=NOW)
    assert backlog.age == 60
    assert backlog.counts == {**dict.fromkeys(WATCHED, 0), "held": 1, "pending": 2}


async def test_the_size_takes_in_the_log(repositories: Repositories) -> None:
    """A commit makes it grow before anything is in the file itself."""
    before = await repositories.operations.size()
    await put(repositories, 1, "sent", NOW)
    assert await repositories.operations.size() > before
    await repositories.inbox.add({"update_id": 1}, now=NOW)
    assert await repositories.operations.unworked() == 1
