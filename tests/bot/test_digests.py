"""Digests from the subscription to the chat, with the clock moved by hand."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from app import READER, running, say, texts

from bot.application import ForumBot
from bot.clock import Clock
from bot.local_chat import advance_clock

SHANGHAI = ZoneInfo("Asia/Shanghai")
pytestmark = pytest.mark.usefixtures("unseeded")


async def subscribed(bot: ForumBot) -> int:
    """Subscribe the reader, for one to two minutes from now and with a day to report; gives the id."""
    now = bot.clock.now()
    soon = (now + timedelta(minutes=2)).astimezone(SHANGHAI)
    subscription = await bot.services.repositories.subscriptions.subscribe(
        READER, None, soon.hour * 60 + soon.minute, SHANGHAI.key, now=now - timedelta(days=1)
    )
    return subscription.id


async def slots(bot: ForumBot, subscription: int) -> list[str]:
    """What became of each date, in order."""
    return list((await bot.services.repositories.subscriptions.slots(subscription)).values())


async def test_a_subscriber_gets_the_digest_at_the_local_time(filled: Path) -> None:
    """Not before, once when it is due, and not again on the same day."""
    async with running(filled) as (bot, api):
        subscription = await subscribed(bot)
        await advance_clock(bot, 30)
        assert texts(api, READER) == []
        await advance_clock(bot, 120)
        digest = texts(api, READER)
        assert "星河" in digest[0]
        await advance_clock(bot, 3600)
        assert texts(api, READER) == digest
        assert await slots(bot, subscription) == ["composed"]
    assert api.violations == []


async def test_after_downtime_one_digest_catches_up(filled: Path) -> None:
    """Four days down: the older dates are recorded as skipped, the last one is sent as it is not too late."""
    clock = Clock()
    async with running(filled, clock=clock) as (bot, api):
        subscription = await subscribed(bot)
        await bot.backstage.digests()
    clock.advance(timedelta(days=4, hours=1).total_seconds())
    async with running(filled, api=api, clock=clock) as (bot, _):
        await advance_clock(bot, 1)
        assert await slots(bot, subscription) == ["skipped"] * 4 + ["composed"]
    assert sum("星河" in text for text in texts(api, READER)) == 1


async def test_downtime_beyond_the_window_sends_nothing(filled: Path) -> None:
    """Back seven hours after the time: recorded as skipped, and the next day's digest tells of it all."""
    clock = Clock()
    async with running(filled, clock=clock) as (bot, api):
        subscription = await subscribed(bot)
        await bot.backstage.digests()
    clock.advance(timedelta(hours=7).total_seconds())
    async with running(filled, api=api, clock=clock) as (bot, _):
        await advance_clock(bot, 1)
        assert await slots(bot, subscription) == ["skipped"]
        assert texts(api, READER) == []
        await advance_clock(bot, 86400)
        assert await slots(bot, subscription) == ["skipped", "composed"]
    assert "星河" in texts(api, READER)[0]


async def test_nothing_new_sends_nothing(filled: Path) -> None:
    """The slot is settled as empty."""
    clock = Clock()
    async with running(filled, clock=clock) as (bot, api):
        subscription = (
            await bot.services.repositories.subscriptions.subscribe(
                READER, None, 510, "Asia/Shanghai", now=clock.now() + timedelta(seconds=5)
            )
        ).id
        await advance_clock(bot, 2 * 86400)
        assert set(await slots(bot, subscription)) == {"empty"}
        assert texts(api, READER) == []


async def test_a_reader_can_subscribe_by_a_message(filled: Path) -> None:
    """``/subscribe`` goes through to the row that the planner reads."""
    async with running(filled) as (bot, api):
        await say(api, "/subscribe 18:00")
        subscription = await bot.services.repositories.subscriptions.get(READER)
    assert subscription is not None
    assert (subscription.minute_of_day, subscription.zone) == (18 * 60, "Asia/Shanghai")


async def test_the_clock_only_goes_forward() -> None:
    """Backwards is refused, and the listeners hear of every move."""
    clock = Clock()
    heard: list[int] = []
    clock.on_advance(lambda: heard.append(1))
    before = clock.now()
    clock.advance(3600)
    assert clock.now() - before >= timedelta(hours=1)
    assert abs(clock.timestamp() - (datetime.now(UTC).timestamp() + 3600)) < 5
    with pytest.raises(ValueError, match="forward"):
        clock.advance(-1)
    assert heard == [1]
