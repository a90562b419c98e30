"""The inbox of the webhook, and what operators ask."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path

from storage.inbox import REMEMBERED
from storage.repositories import Repositories, open_repositories
from storage.snapshots import snapshot

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


async def test_a_worked_update_leaves_nothing_in_the_file(tmp_path: Path) -> None:
    """What a person wrote is overwritten, in the database, its log and its copies."""
    path = tmp_path / "forum.db"
    repositories = await open_repositories(f"sqlite:///{path}")
    canary = "canary-金丝雀-7f3a"
    update = {"update_id": 5, "message": {"text": canary * 300}}
    await repositories.inbox.add(update, now=datetime(2026, 3, 1, tzinfo=UTC))
    await repositories.inbox.done(5)
    await repositories.notes.set("later", "write")
    await asyncio.to_thread(snapshot, path, tmp_path / "copy.db")
    await repositories.database.close()
    held = await asyncio.to_thread(lambda: [file.name for file in tmp_path.iterdir() if _holds(file, canary)])
    assert held == []


def _holds(file: Path, words: str) -> bool:
    return words.encode() in file.read_bytes()
