"""Subscriptions and their slots."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from storage.chats import ChatRecord
from storage.repositories import Repositories
from storage.subscriptions import DueRange

NOW = datetime(2024, 5, 1, 0, 0, tzinfo=UTC)
DAY = date(2024, 5, 1)
ZONE = "Asia/Shanghai"


def due(first: int, last: int, at: datetime, step: int = 60, day: date = DAY) -> tuple[str, DueRange]:
    """Some minutes of Shanghai's day."""
    return ZONE, DueRange(day, first, last, at.timestamp(), step)


async def plan(repositories: Repositories, *ranges: tuple[str, DueRange], until: datetime) -> None:
    """Plan with a catch-up of an hour."""
    await repositories.subscriptions.plan(ranges, oldest=until - timedelta(hours=1), until=until)


async def test_a_chat_has_one_subscription_and_a_topic_its_own(repositories: Repositories) -> None:
    """A second wish changes the first; forum topics are apart."""
    subscriptions = repositories.subscriptions
    first = await subscriptions.subscribe(1, None, 510, ZONE, now=NOW)
    topic = await subscriptions.subscribe(1, 9, 600, ZONE, "weekly", now=NOW, weekday=4)
    changed = await subscriptions.subscribe(1, None, 540, "Asia/Tokyo", now=NOW)
    assert changed.id == first.id
    assert await subscriptions.get(1) == changed
    assert await subscriptions.get(1, 9) == topic
    assert (topic.thread_id, topic.weekday, topic.cadence) == (9, 4, "weekly")
    assert set(await subscriptions.zones()) == {ZONE, "Asia/Tokyo"}
    assert await subscriptions.unsubscribe(1)
    assert not await subscriptions.unsubscribe(1)
    assert await subscriptions.get(1, 9) is not None


async def test_a_date_gets_one_slot_however_often_it_is_planned(repositories: Repositories) -> None:
    """Two ticks over the same minutes write one row."""
    subscription = await repositories.subscriptions.subscribe(1, None, 510, ZONE, now=NOW)
    for _ in range(2):
        await plan(repositories, due(500, 520, NOW + timedelta(minutes=20)), until=NOW + timedelta(hours=1))
    slots = await repositories.subscriptions.planned(10)
    assert [(slot.subscription, slot.local_date) for slot in slots] == [(subscription, DAY)]
    assert slots[0].due_at == NOW + timedelta(minutes=30)
    assert await repositories.subscriptions.planned_until() == NOW + timedelta(hours=1)


async def test_what_is_too_late_is_recorded_as_skipped(repositories: Repositories) -> None:
    """Older than the catch-up: a row, but no digest."""
    subscription = await repositories.subscriptions.subscribe(1, None, 510, ZONE, now=NOW)
    await plan(repositories, due(510, 510, NOW + timedelta(hours=1)), until=NOW + timedelta(hours=3))
    assert await repositories.subscriptions.planned(10) == []
    assert await repositories.subscriptions.slots(subscription.id) == {DAY: "skipped"}


async def test_only_the_subscriptions_meant_are_planned(repositories: Repositories) -> None:
    """Another minute, zone or weekday, a chat that blocked us, and a time before the wish are left out."""
    subscriptions = repositories.subscriptions
    wanted = await subscriptions.subscribe(1, None, 510, ZONE, "weekly", now=NOW, weekday=DAY.weekday())
    await subscriptions.subscribe(2, None, 511, ZONE, now=NOW)
    await subscriptions.subscribe(3, None, 510, "Asia/Tokyo", now=NOW)
    await subscriptions.subscribe(4, None, 510, ZONE, "weekly", now=NOW, weekday=(DAY.weekday() + 1) % 7)
    await subscriptions.subscribe(5, None, 510, ZONE, now=NOW)
    await repositories.chats.save(ChatRecord(chat_id=5, active=False))
    await subscriptions.subscribe(6, None, 510, ZONE, now=NOW + timedelta(minutes=31))
    at = NOW + timedelta(minutes=30)
    await plan(repositories, due(510, 510, at), until=at)
    assert [slot.subscription.id for slot in await subscriptions.planned(10)] == [wanted.id]


async def test_minutes_of_a_gap_are_due_together(repositories: Repositories) -> None:
    """A step of 0 gives every minute the same instant."""
    for chat, minute in ((1, 120), (2, 150), (3, 179)):
        await repositories.subscriptions.subscribe(chat, None, minute, ZONE, now=NOW)
    at = NOW + timedelta(minutes=5)
    await plan(repositories, due(120, 179, at, step=0), until=at)
    assert {slot.due_at for slot in await repositories.subscriptions.planned(10)} == {at}


async def test_settling_puts_the_parts_into_the_outbox_once(repositories: Repositories) -> None:
    """Slot, coverage and messages change together; a second settling does nothing."""
    subscriptions = repositories.subscriptions
    await subscriptions.subscribe(1, 9, 510, ZONE, now=NOW)
    await plan(repositories, due(510, 510, NOW), until=NOW)
    (slot,) = await subscriptions.planned(10)
    later = NOW + timedelta(minutes=1)
    for _ in range(2):
        await subscriptions.settle(slot, [{"text": "一"}, {"text": "二"}], now=later)
    rows = await repositories.outbox.of_chat(1)
    assert [row.parameters for row in rows] == [
        {"text": "一", "message_thread_id": "9"},
        {"text": "二", "message_thread_id": "9"},
    ]
    assert await subscriptions.slots(slot.subscription.id) == {DAY: "composed"}
    known = await subscriptions.get(1, 9)
    assert known is not None
    assert known.covered_until == later
    assert await subscriptions.planned(10) == []


async def test_settling_after_the_subscriber_left_sends_nothing(repositories: Repositories) -> None:
    """Unsubscribing between planning and composing wins."""
    await repositories.subscriptions.subscribe(1, None, 510, ZONE, now=NOW)
    await plan(repositories, due(510, 510, NOW), until=NOW)
    (slot,) = await repositories.subscriptions.planned(10)
    await repositories.subscriptions.unsubscribe(1)
    await repositories.subscriptions.settle(slot, [{"text": "一"}], now=NOW)
    assert await repositories.outbox.of_chat(1) == []


async def test_nothing_new_settles_as_empty(repositories: Repositories) -> None:
    """No parts: the slot is done and nothing is sent."""
    subscription = await repositories.subscriptions.subscribe(1, None, 510, ZONE, now=NOW)
    await plan(repositories, due(510, 510, NOW), until=NOW)
    (slot,) = await repositories.subscriptions.planned(10)
    await repositories.subscriptions.settle(slot, [], now=NOW)
    assert await repositories.subscriptions.slots(subscription.id) == {DAY: "empty"}
    assert await repositories.outbox.counts() == {}
