"""The inbox of the webhook, and what operators ask."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from storage.inbox import REMEMBERED
from storage.repositories import Repositories

NOW = datetime(2024, 5, 1, tzinfo=UTC)


async def test_an_update_is_known_by_its_id(repositories: Repositories) -> None:
    """Whatever it says the second time, before and after it was worked."""
    inbox = repositories.inbox
    assert await inbox.add({"update_id": 5, "message": {}}, now=NOW)
    assert not await inbox.add({"update_id": 5}, now=NOW)
    assert await inbox.open() == [{"update_id": 5, "message": {}}]
    await inbox.done(5)
    assert await inbox.open() == []
    assert not await inbox.add({"update_id": 5}, now=NOW)


async def test_worked_ids_are_forgotten_after_some_days(repositories: Repositories) -> None:
    """What was not worked is kept however old it is."""
    inbox = repositories.inbox
    for number in (1, 2, 3):
        await inbox.add({"update_id": number}, now=NOW)
    await inbox.done(1)
    await inbox.forget(now=NOW + REMEMBERED)
    assert not await inbox.add({"update_id": 1}, now=NOW)
    await inbox.forget(now=NOW + REMEMBERED + timedelta(seconds=1))
    assert await inbox.add({"update_id": 1}, now=NOW)
    assert [update["update_id"] for update in await inbox.open()] == [1, 2, 3]
