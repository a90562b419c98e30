"""The outbox's states."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, date, datetime, timedelta
from typing import Any

from builders import edition, settle

from storage.outbox import Conclusion, State
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


async def due(repositories: Repositories, at: datetime = NOW, **clock: Collection[int]) -> list[int]:
    """The chats that may be written to at an instant."""
    return [row.chat_id for row in await repositories.outbox.due(at, 10, **clock)]


async def row_of(repositories: Repositories, chat_id: int) -> int:
    """The id of the first open row of a chat."""
    return next(
        row.id for row in await repositories.outbox.of_chat(chat_id) if row.state in {"pending", "sending"}
    )


async def conclude(
    repositories: Repositories, chat_id: int, state: State, run: str = "r", **more: Any
) -> int:
    """Claim a chat's first open row and conclude it."""
    row_id = await row_of(repositories, chat_id)
    await repositories.outbox.claim([row_id], run, now=NOW)
    conclusion = Conclusion(row_id=row_id, state=state, **more)
    await repositories.outbox.conclude([conclusion], run, now=NOW)
    return row_id


async def states(repositories: Repositories, chat_id: int) -> list[str]:
    """The states of a chat's rows in order."""
    return [row.state for row in await repositories.outbox.of_chat(chat_id)]


async def test_parts_go_one_after_the_other_and_chats_side_by_side(repositories: Repositories) -> None:
    """A chat's second part waits for the end of its first."""
    await put(repositories, 1, "一", "二")
    await put(repositories, 2, "甲")
    assert await due(repositories) == [1, 2]
    await repositories.outbox.claim([await row_of(repositories, 1)], "r", now=NOW)
    assert await due(repositories) == [2]
    await conclude(repositories, 1, "sent", message_id=5)
    assert await due(repositories) == [1, 2]


async def test_a_row_is_claimed_once(repositories: Repositories) -> None:
    """Claims of many rows go together; what is not pending any more is nobody's."""
    await put(repositories, 1, "一")
    await put(repositories, 2, "甲")
    ids = [await row_of(repositories, chat) for chat in (1, 2)]
    claimed = await repositories.outbox.claim(ids, "r", now=NOW)
    assert [(row.chat_id, row.state, row.attempts) for row in claimed.values()] == [
        (1, "sending", 1),
        (2, "sending", 1),
    ]
    assert await repositories.outbox.claim(ids, "other", now=NOW) == {}


async def test_the_late_word_of_another_run_is_refused(repositories: Repositories) -> None:
    """Only who claimed a row may conclude it."""
    await put(repositories, 1, "一")
    row_id = await row_of(repositories, 1)
    await repositories.outbox.claim([row_id], "r", now=NOW)
    late = Conclusion(row_id=row_id, state="failed")
    await repositories.outbox.conclude([late], "other", now=NOW)
    assert await states(repositories, 1) == ["sending"]


async def test_a_parked_row_waits_and_keeps_its_successors_waiting(repositories: Repositories) -> None:
    """By the wall clock of a later run, by the sender's own clock in this one."""
    await put(repositories, 1, "一", "二")
    later = NOW + timedelta(hours=3)
    row_id = await conclude(repositories, 1, "pending", not_before=later, free=True)
    assert await due(repositories) == []
    assert await repositories.outbox.next_due() == later
    assert await due(repositories, later) == [1]
    assert await due(repositories, later, parked=[row_id]) == []
    assert await due(repositories, NOW - timedelta(days=1), released=[row_id]) == [1]
    (row, _) = await repositories.outbox.of_chat(1)
    assert row.attempts == 0


async def test_a_failed_or_held_part_lets_the_next_one_go(repositories: Repositories) -> None:
    """Only open rows keep the others waiting."""
    await put(repositories, 1, "一", "二", "三")
    await conclude(repositories, 1, "failed", error="x")
    await conclude(repositories, 1, "held", error="x")
    await conclude(repositories, 1, "sent")
    assert await states(repositories, 1) == ["failed", "held", "sent"]
    assert await repositories.outbox.counts() == {"failed": 1, "held": 1, "sent": 1}


async def test_a_block_ends_everything_for_the_chat(repositories: Repositories) -> None:
    """What waits is blocked with it; other chats are not touched."""
    await put(repositories, 1, "一", "二")
    await put(repositories, 2, "甲")
    await conclude(repositories, 1, "blocked", error="x", block_chat=1)
    assert await states(repositories, 1) == ["blocked", "blocked"]
    assert await states(repositories, 2) == ["pending"]


async def test_an_interrupted_send_is_repeated_once_and_then_held(repositories: Repositories) -> None:
    """Two runs that died while sending: the owner decides; the rows of this run are left alone."""
    await put(repositories, 1, "一")
    for run, expected in (("one", "pending"), ("two", "held")):
        await repositories.outbox.claim([await row_of(repositories, 1)], run, now=NOW)
        await repositories.outbox.recover(run, now=NOW)
        assert await states(repositories, 1) == ["sending"]
        await repositories.outbox.recover("next", now=NOW)
        assert await states(repositories, 1) == [expected]


async def test_unsent_messages_follow_a_group(repositories: Repositories) -> None:
    """The rows of a group that became a supergroup go there."""
    await put(repositories, -5, "一")
    await repositories.chats.migrate(-5, -1005)
    assert await due(repositories) == [-1005]


async def test_a_row_that_cannot_be_read_is_told_apart(repositories: Repositories) -> None:
    """Its parameters are None; the other rows of the claim are as good as ever."""
    await put(repositories, 1, "一")
    await put(repositories, 2, "甲")
    spoilt = await row_of(repositories, 1)
    async with repositories.database.write() as transaction:
        await transaction.execute("UPDATE outbox SET parameters = '{' WHERE id = :id", {"id": spoilt})
    claimed = await repositories.outbox.claim([spoilt, spoilt + 1], "r", now=NOW)
    assert [row.parameters for row in claimed.values()] == [None, {"text": "甲"}]


async def test_the_owner_resends_and_drops(repositories: Repositories) -> None:
    """Held rows either way; what is dropped does not come back into the list."""
    for chat in (1, 2, 3):
        await put(repositories, chat, "一")
        await conclude(repositories, chat, "held", error="twice unsure")
    outbox = repositories.outbox
    lines, total = await outbox.troubles("held", 2)
    assert (total, [line.chat_id for line in lines]) == (3, [3, 2])
    assert await outbox.resend([lines[0].id], now=NOW) == 1
    assert await outbox.drop([lines[1].id], now=NOW) == 1
    assert [await states(repositories, chat) for chat in (1, 2, 3)] == [["held"], ["failed"], ["pending"]]
    assert await outbox.in_state("held") == [await outbox_id(repositories, 1)]
    assert await outbox.in_state("failed") == []
    assert [line.error for line in await outbox.log_of_chat(2, 5)] == ["dropped"]


async def outbox_id(repositories: Repositories, chat_id: int) -> int:
    (row,) = await repositories.outbox.of_chat(chat_id)
    return row.id


async def test_batches_show_how_far_they_have_come(repositories: Repositories) -> None:
    """A digest's date and an edition of its own, with their states; what waits can be cancelled."""
    await put(repositories, 1, "一")
    await put(repositories, 2, "甲")
    await conclude(repositories, 1, "sent")
    number = await repositories.editions.publish(edition("大家好"), [(7, None), (8, None)], now=NOW)
    broadcast, digest = await repositories.outbox.batches()
    assert (broadcast.name, broadcast.waiting) == (f"e{number}", 2)
    assert (digest.name, digest.waiting, digest.sent) == ("2024-05-01", 1, 1)
    await conclude(repositories, 7, "sent")
    assert await repositories.outbox.cancel(number, now=NOW) == 1
    assert await repositories.outbox.progress(number) == {"sent": 1, "failed": 1}


async def test_a_clock_that_ran_ahead_parks_nothing_for_years(repositories: Repositories) -> None:
    """After the next start such a row is due; one that waits for hours goes on waiting."""
    await put(repositories, 1, "一")
    await put(repositories, 2, "甲")
    await conclude(repositories, 1, "pending", not_before=NOW + timedelta(days=900))
    await conclude(repositories, 2, "pending", not_before=NOW + timedelta(hours=3))
    await repositories.outbox.recover("next", now=NOW)
    assert await due(repositories) == [1]
