"""The outbox's states."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from builders import settle

from storage.outbox import Outgoing
from storage.repositories import Repositories
from storage.subscriptions import DueRange

NOW = datetime(2024, 5, 1, tzinfo=UTC)
ZONE = "Asia/Shanghai"


async def put(repositories: Repositories, chat_id: int, *texts: str) -> None:
    """Put messages to a chat into the outbox, as a digest does."""
    subscriptions = repositories.subscriptions
    await subscriptions.subscribe(chat_id, None, 0, ZONE, now=NOW)
    await subscriptions.plan(
        [(ZONE, DueRange(date(2024, 5, 1), 0, 0, NOW.timestamp(), 60))], oldest=NOW, until=NOW
    )
    for slot in await subscriptions.planned(10):
        await settle(repositories, slot, *texts, now=NOW)


async def due(repositories: Repositories, at: datetime = NOW) -> list[Outgoing]:
    """What may be sent at an instant."""
    return await repositories.outbox.due(at, 10)


async def state(repositories: Repositories, chat_id: int) -> list[str]:
    """The states of a chat's rows in order."""
    return [row.state for row in await repositories.outbox.of_chat(chat_id)]


async def test_parts_go_one_after_the_other_and_chats_side_by_side(repositories: Repositories) -> None:
    """A chat's second part waits for the end of its first."""
    await put(repositories, 1, "一", "二")
    await put(repositories, 2, "甲")
    assert [(row.chat_id, row.parameters["text"]) for row in await due(repositories)] == [
        (1, "一"),
        (2, "甲"),
    ]
    first = (await due(repositories))[0]
    assert await repositories.outbox.begin(first.id, now=NOW) == 1
    assert [row.chat_id for row in await due(repositories)] == [2]
    await repositories.outbox.sent(first.id, 77, now=NOW)
    assert [row.parameters["text"] for row in await due(repositories)] == ["二", "甲"]


async def test_a_row_is_begun_once(repositories: Repositories) -> None:
    """Whoever comes second gets None and must not send."""
    await put(repositories, 1, "一")
    (row,) = await due(repositories)
    assert await repositories.outbox.begin(row.id, now=NOW) == 1
    assert await repositories.outbox.begin(row.id, now=NOW) is None


async def test_a_parked_row_waits_and_keeps_its_successors_waiting(repositories: Repositories) -> None:
    """``not_before`` holds the chat's later parts back too."""
    await put(repositories, 1, "一", "二")
    (row,) = await due(repositories)
    await repositories.outbox.begin(row.id, now=NOW)
    at = NOW + timedelta(seconds=30)
    await repositories.outbox.retry(row.id, "RetryAfter", now=NOW, at=at, free=True)
    assert await due(repositories) == []
    assert await repositories.outbox.next_due() is not None
    (again,) = await due(repositories, at)
    assert (again.id, again.attempts, again.ambiguous) == (row.id, 0, 0)


async def test_a_failed_or_held_part_lets_the_next_one_go(repositories: Repositories) -> None:
    """One bad part does not take the rest with it."""
    await put(repositories, 1, "一", "二", "三")
    for end in (repositories.outbox.fail, repositories.outbox.hold):
        (row,) = await due(repositories)
        await repositories.outbox.begin(row.id, now=NOW)
        await end(row.id, "reason", now=NOW)
    assert await state(repositories, 1) == ["failed", "held", "pending"]


async def test_a_block_ends_everything_for_the_chat(repositories: Repositories) -> None:
    """All waiting rows of that chat are blocked, no others."""
    await put(repositories, 1, "一", "二")
    await put(repositories, 2, "甲")
    row = (await due(repositories))[0]
    await repositories.outbox.begin(row.id, now=NOW)
    await repositories.outbox.block(row.id, 1, "Forbidden", now=NOW)
    assert await state(repositories, 1) == ["blocked", "blocked"]
    assert await state(repositories, 2) == ["pending"]


async def test_an_interrupted_send_is_repeated_once_and_then_held(repositories: Repositories) -> None:
    """A process that died while sending: the next one sends again; if that dies too, the owner decides."""
    await put(repositories, 1, "一")
    for expected in ("pending", "held"):
        (row,) = await due(repositories)
        await repositories.outbox.begin(row.id, now=NOW)
        await repositories.outbox.recover(now=NOW)
        assert await state(repositories, 1) == [expected]
    assert await repositories.outbox.counts() == {"held": 1}


async def test_unsent_messages_follow_a_group(repositories: Repositories) -> None:
    """Migration rewrites the chat of what is not sent yet."""
    await put(repositories, -5, "一", "二")
    (row,) = await due(repositories)
    await repositories.outbox.begin(row.id, now=NOW)
    await repositories.outbox.sent(row.id, 1, now=NOW)
    await repositories.chats.migrate(-5, -100)
    assert [row.chat_id for row in await due(repositories)] == [-100]
    assert await state(repositories, -5) == ["sent"]
