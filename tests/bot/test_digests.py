"""Digests from the subscription to the chat, with the clock moved by hand."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from app import EDITOR, READER, App, running, say, spans, texts
from builders import stars

from bot.application import ForumBot
from bot.clock import Clock
from bot.local_chat import advance_clock
from bot.planner import plan
from storage.history import Deed
from storage.subscriptions import Quiet

SHANGHAI = ZoneInfo("Asia/Shanghai")
pytestmark = pytest.mark.usefixtures("unseeded")


async def subscribed(bot: ForumBot) -> int:
    """Subscribe the reader, for one to two minutes from now and with a day to report; gives the id."""
    now = bot.clock.now()
    soon = (now + timedelta(minutes=2)).astimezone(SHANGHAI)
    subscription = await bot.services.repositories.subscriptions.subscribe(
        READER,
        None,
        soon.hour * 60 + soon.minute,
        SHANGHAI.key,
        now=now - timedelta(days=1),
        covered_revision=0,
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


async def test_news_comes_at_once_to_who_wants_it(filled: Path) -> None:
    """What is published later comes with the next tick, once; in the quiet hours it waits for their end."""
    clock = Clock()
    async with running(filled, clock=clock) as (bot, api):
        repositories = bot.services.repositories
        await repositories.subscriptions.subscribe(READER, None, 0, "UTC", "instant", now=clock.now())
        await bot.backstage.digests()
        assert texts(api, READER) == []
        await repositories.desk.unpublish(1)
        await repositories.articles.purge(1)
        minute = clock.now().hour * 60 + clock.now().minute
        quiet = Quiet((minute - 1) % 1440, (minute + 30) % 1440)
        await repositories.subscriptions.change(
            (READER, None), quiet=quiet, paused_until=None, send_empty=False
        )
        await repositories.articles.add(stars().prepared())
        await advance_clock(bot, 1)
        assert texts(api, READER) == []
        await advance_clock(bot, 31 * 60)
        (news,) = texts(api, READER)
        assert news.startswith("⚡️ 新内容")
        assert "星河" in news
        await advance_clock(bot, 3600)
        assert len(texts(api, READER)) == 1


async def test_a_digest_in_the_quiet_hours_makes_no_sound(filled: Path) -> None:
    """Who asks for a time within them gets it then, silently."""
    async with running(filled) as (bot, api):
        await subscribed(bot)
        subscriptions = bot.services.repositories.subscriptions
        await subscriptions.change((READER, None), quiet=Quiet(0, 1439), paused_until=None, send_empty=False)
        await advance_clock(bot, 180)
        (row, *_) = await bot.services.repositories.outbox.of_chat(READER)
        assert row.parameters["disable_notification"] == "true"
        assert "星河" in texts(api, READER)[0]


async def test_a_correction_reaches_who_had_the_fact(filled: Path) -> None:
    """The message is struck through with a line that says why; the next digest says it once more, once."""
    clock = Clock()
    async with running(filled, clock=clock) as (bot, api):
        repositories = bot.services.repositories
        await subscribed(bot)
        await advance_clock(bot, 180)
        shown = "".join(texts(api, READER))
        facts = await repositories.news.after(0)
        figures = await repositories.news.figures([fact.fact_id for fact in facts])
        wrong = next(record for record in figures if record.text in shown)
        assert await repositories.desk.retract(wrong.evidence.fact_id, Deed(reason="原文有误"))
        await advance_clock(bot, 60)
        changed = next(m for m in api.history(READER) if "更正" in m.get("text", ""))
        assert "原文有误" in changed["text"]
        (struck,) = spans(changed, "strikethrough")
        assert wrong.text in struck
        await advance_clock(bot, 86400)
        follow_up = texts(api, READER)[-1]
        assert f"“{wrong.text}”已撤回" in follow_up
        count = len(texts(api, READER))
        await advance_clock(bot, 86400)
        assert len(texts(api, READER)) == count


async def test_an_edit_reaches_who_had_the_fact(filled: Path) -> None:
    """By the editor's command: the message says what stands there now; the next digest does, once."""
    clock = Clock()
    async with running(filled, clock=clock) as (bot, api):
        repositories = bot.services.repositories
        await repositories.users.grant(EDITOR, "editor")
        await subscribed(bot)
        await advance_clock(bot, 180)
        shown = "".join(texts(api, READER))
        facts = await repositories.news.after(0)
        figures = await repositories.news.figures([fact.fact_id for fact in facts])
        wrong = next(record for record in figures if record.text in shown and record.unit == "开发者")
        app = App(api, bot)
        await app.say(f"/edit {wrong.evidence.fact_id} subject 开发者", user=EDITOR)
        await advance_clock(bot, 60)
        changed = next(m for m in api.history(READER) if "更正" in m.get("text", ""))
        assert "改为“开发者”" in changed["text"]
        await advance_clock(bot, 86400)
        assert f"“{wrong.text}”改为“开发者”" in texts(api, READER)[-1]


async def test_a_message_on_its_way_is_corrected_before_it_is_sent(filled: Path) -> None:
    """Composed, not yet sent, then corrected: the reader only ever sees the corrected one."""
    async with running(filled) as (bot, _):
        repositories = bot.services.repositories
        await bot.backstage.delivery.drain(1)
        await subscribed(bot)
        bot.clock.advance(180)
        await bot.backstage.digests()
        facts = await repositories.news.after(0)
        (row, *_) = await repositories.outbox.of_chat(READER)
        wrong = next(
            record
            for record in await repositories.news.figures([fact.fact_id for fact in facts])
            if record.text in row.parameters["text"]
        )
        assert await repositories.desk.retract(wrong.evidence.fact_id)
        await bot.backstage.digests()
        rows = await repositories.outbox.of_chat(READER)
        assert [one.method for one in rows if one.method == "editMessageText"] == []
        assert any("strikethrough" in one.parameters.get("entities", "") for one in rows)


async def test_a_changed_time_gives_no_second_digest_on_a_date(filled: Path) -> None:
    """Neither another time, nor another zone, nor leaving and coming back."""
    async with running(filled) as (bot, api):
        subscription = await subscribed(bot)
        await advance_clock(bot, 180)
        count = len(texts(api, READER))
        assert count > 0
        subscriptions = bot.services.repositories.subscriptions
        for zone in (SHANGHAI.key, "Asia/Taipei"):
            soon = (bot.clock.now() + timedelta(minutes=2)).astimezone(ZoneInfo(zone))
            await subscriptions.unsubscribe(READER)
            await subscriptions.subscribe(
                READER, None, soon.hour * 60 + soon.minute, zone, now=bot.clock.now(), covered_revision=0
            )
            await advance_clock(bot, 180)
        assert len(texts(api, READER)) == count
        assert await slots(bot, subscription) == ["composed"]


async def test_a_clock_that_ran_ahead_loses_no_digest(filled: Path) -> None:
    """A month ahead and back again: the next date gets its digest."""
    async with running(filled) as (bot, api):
        subscription = await subscribed(bot)
        await bot.backstage.digests()
        ahead = Clock()
        ahead.advance(timedelta(days=30).total_seconds())
        right, bot.services.now = bot.services.now, ahead.now
        await plan(bot.services)
        assert len(await slots(bot, subscription)) >= 29
        bot.services.now = right
        await advance_clock(bot, 1)
        await advance_clock(bot, 180)
        assert await slots(bot, subscription) == ["composed"]
        assert "星河" in texts(api, READER)[0]


async def test_a_clock_that_goes_back_repeats_nothing(filled: Path) -> None:
    """Some minutes back: the date has its row already."""
    async with running(filled) as (bot, api):
        subscription = await subscribed(bot)
        await advance_clock(bot, 180)
        count = len(texts(api, READER))
        right = bot.services.now
        bot.services.now = lambda: right() - timedelta(minutes=20)
        await bot.backstage.digests()
        bot.services.now = right
        await advance_clock(bot, 1)
        assert len(texts(api, READER)) == count
        assert await slots(bot, subscription) == ["composed"]


async def test_a_zone_changed_in_the_settings_moves_the_digest(filled: Path) -> None:
    """The time stays the reader's own: half past eight there."""
    async with running(filled) as (bot, api):
        await say(api, "/subscribe 08:30")
        await say(api, "/settings zone 纽约")
        subscription = await bot.services.repositories.subscriptions.get(READER)
    assert subscription is not None
    assert (subscription.minute_of_day, subscription.zone) == (510, "America/New_York")


async def test_commands_come_first(filled: Path) -> None:
    """While thousands of digests of one minute are composed and sent, a question is answered at once."""
    async with running(filled) as (bot, api):
        subscriptions = bot.services.repositories.subscriptions
        now = bot.clock.now()
        soon = (now + timedelta(minutes=2)).astimezone(SHANGHAI)
        for number in range(3_000):
            await subscriptions.subscribe(
                5_000_000 + number,
                None,
                soon.hour * 60 + soon.minute,
                SHANGHAI.key,
                now=now - timedelta(days=1),
                covered_revision=0,
            )
        bot.clock.advance(180)
        sending = asyncio.create_task(bot.backstage.digests())
        await say(api, "/speaker 林知远")
        counts = await bot.services.repositories.outbox.counts()
        await sending
        assert counts.get("sent", 0) < 3_000
        assert sum((await bot.services.repositories.outbox.counts()).values()) >= 3_000
