"""Subscriptions and their slots."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from builders import settle

from storage.chats import ChatRecord
from storage.repositories import Repositories
from storage.subscriptions import DueRange, Quiet

NOW = datetime(2024, 5, 1, 0, 0, tzinfo=UTC)
DAY = date(2024, 5, 1)
ZONE = "Asia/Shanghai"
TODAY, OTHER_DAY = 1 << DAY.weekday(), 1 << (DAY.weekday() + 1) % 7


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
    topic = await subscriptions.subscribe(1, 9, 600, ZONE, "weekly", now=NOW, days=0b0010001)
    changed = await subscriptions.subscribe(1, None, 540, "Asia/Tokyo", now=NOW)
    assert changed.id == first.id
    assert await subscriptions.get(1) == changed
    assert await subscriptions.get(1, 9) == topic
    assert (topic.thread_id, topic.days, topic.cadence) == (9, 0b0010001, "weekly")
    assert set(await subscriptions.zones()) == {ZONE, "Asia/Tokyo"}
    assert await subscriptions.unsubscribe(1)
    assert not await subscriptions.unsubscribe(1)
    assert await subscriptions.get(1) is None
    assert await subscriptions.get(1, 9) is not None


async def test_settings_outlive_the_end_of_a_subscription(repositories: Repositories) -> None:
    """Quiet hours stay; what was reported is not reported again; a pause is over with a new wish."""
    subscriptions = repositories.subscriptions
    await subscriptions.subscribe(1, None, 510, ZONE, now=NOW, covered_revision=7)
    later = NOW + timedelta(days=3)
    await subscriptions.change((1, None), quiet=Quiet(1320, 420), paused_until=later, send_empty=True)
    await subscriptions.unsubscribe(1)
    assert await subscriptions.change((1, None), quiet=None, paused_until=None, send_empty=False) is None
    again = await subscriptions.subscribe(1, None, 600, ZONE, now=NOW, covered_revision=3)
    assert (again.quiet, again.paused_until, again.send_empty) == (Quiet(1320, 420), None, True)
    assert again.covered_revision == 7


@pytest.mark.parametrize(
    ("quiet", "minute", "holds"),
    [
        (Quiet(60, 120), 60, True),
        (Quiet(60, 120), 120, False),
        (Quiet(1380, 420), 1439, True),
        (Quiet(1380, 420), 0, True),
        (Quiet(1380, 420), 419, True),
        (Quiet(1380, 420), 420, False),
        (Quiet(1380, 420), 720, False),
    ],
)
def test_quiet_hours_may_cross_midnight(quiet: Quiet, minute: int, holds: bool) -> None:
    """The first minute is quiet, the last one is not."""
    assert quiet.holds(minute) is holds


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
    wanted = await subscriptions.subscribe(1, None, 510, ZONE, "weekly", now=NOW, days=TODAY | OTHER_DAY)
    await subscriptions.subscribe(2, None, 511, ZONE, now=NOW)
    await subscriptions.subscribe(3, None, 510, "Asia/Tokyo", now=NOW)
    await subscriptions.subscribe(4, None, 510, ZONE, "weekly", now=NOW, days=OTHER_DAY)
    await subscriptions.subscribe(5, None, 510, ZONE, now=NOW)
    await repositories.chats.save(ChatRecord(chat_id=5, active=False))
    await subscriptions.subscribe(6, None, 510, ZONE, now=NOW + timedelta(minutes=31))
    await subscriptions.subscribe(7, None, 510, ZONE, "instant", now=NOW)
    await subscriptions.subscribe(8, None, 510, ZONE, now=NOW)
    await subscriptions.unsubscribe(8)
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


async def test_a_paused_subscription_records_its_dates_as_skipped(repositories: Repositories) -> None:
    """Nothing is sent before the pause ends; the first time after it is planned again."""
    subscriptions = repositories.subscriptions
    subscription = await subscriptions.subscribe(1, None, 510, ZONE, now=NOW)
    until = NOW + timedelta(minutes=31)
    await subscriptions.change((1, None), quiet=None, paused_until=until, send_empty=False)
    at, tomorrow = NOW + timedelta(minutes=30), DAY + timedelta(days=1)
    await plan(repositories, due(510, 510, at), until=at)
    later = at + timedelta(days=1)
    await plan(repositories, due(510, 510, later, day=tomorrow), until=later)
    assert await subscriptions.slots(subscription.id) == {DAY: "skipped", tomorrow: "planned"}


async def test_a_clock_that_ran_ahead_is_undone(repositories: Repositories) -> None:
    """Dates to come lose the rows that the wrong clock gave them, but for digests that went out."""
    subscriptions = repositories.subscriptions
    subscription = await subscriptions.subscribe(1, None, 510, ZONE, now=NOW)
    days = [DAY + timedelta(days=number) for number in range(3)]
    for number, day in enumerate(days):
        at = NOW + timedelta(days=number, minutes=30)
        await plan(repositories, due(510, 510, at, day=day), until=at)
    (first, *_) = await subscriptions.planned(10)
    await settle(repositories, first, "一", now=NOW)
    await subscriptions.rewind(NOW)
    assert await subscriptions.slots(subscription.id) == {DAY: "composed"}
    assert await subscriptions.planned_until() == NOW


async def test_news_waits_for_the_end_of_quiet_hours(filled: Repositories) -> None:
    """Who wants news at once gets it outside the quiet hours, after the pause, and once."""
    subscriptions = filled.subscriptions
    for chat in (1, 2, 3, 4):
        await subscriptions.subscribe(chat, None, 0, ZONE, "instant", now=NOW, covered_revision=0)
    await subscriptions.change((2, None), quiet=Quiet(1320, 420), paused_until=None, send_empty=False)
    later = NOW + timedelta(hours=1)
    await subscriptions.change((3, None), quiet=None, paused_until=later, send_empty=False)
    await filled.chats.save(ChatRecord(chat_id=4, active=False))

    async def waiting(minute: int, now: datetime) -> list[int]:
        slots = await subscriptions.waiting_for_news({ZONE: minute}, now=now, limit=10)
        return [slot.subscription.chat_id for slot in slots]

    assert await waiting(1380, NOW) == [1]
    assert await waiting(419, NOW) == [1]
    assert await waiting(420, later) == [1, 2, 3]
    (slot, *_) = await subscriptions.waiting_for_news({ZONE: 420}, now=NOW, limit=1)
    for _ in range(2):
        await settle(filled, slot, "新", now=NOW)
    assert len(await filled.outbox.of_chat(1)) == 1
    assert await waiting(420, later) == [2, 3]
