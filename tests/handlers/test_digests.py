"""Subscribing, and what a digest holds."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from app import READER, App, labels, spans

from handlers.digests import Wish, compose_digest, parse_wish
from storage.chats import ChatRecord


@pytest.mark.parametrize(
    ("argument", "wish"),
    [
        ("", Wish("daily", None, None)),
        ("18:05", Wish("daily", 1085, None)),
        ("8：30", Wish("daily", 510, None)),
        ("8点半", Wish("daily", 510, None)),
        ("21點", Wish("daily", 1260, None)),
        ("weekly 18:00 Asia/Tokyo", Wish("weekly", 1080, "Asia/Tokyo")),
        ("每周 europe/berlin 07:00", Wish("weekly", 420, "Europe/Berlin")),
        ("utc", Wish("daily", None, "UTC")),
        ("25:00", "25:00"),
        ("明天", "明天"),
        ("../../etc/passwd", "../../etc/passwd"),
    ],
)
def test_wishes(argument: str, wish: Wish | str) -> None:
    """Cadence, time and zone in any order; anything else is named."""
    assert parse_wish(argument) == wish


async def test_subscribing_and_leaving(app: App) -> None:
    """A subscription starts, its time changes by a button in place, and it ends."""
    answer = await app.ask("/subscribe 18:00")
    assert "每天 18:00（Asia/Shanghai）" in answer["text"]
    await app.press(answer, "07:30")
    assert "每天 07:30" in app.now(answer)["text"]
    assert "每天 07:30" in (await app.ask("/settings"))["text"]
    await app.press(answer, "退订")
    assert "已退订" in app.now(answer)["text"]
    assert "还没有订阅" in (await app.ask("/unsubscribe"))["text"]


async def test_a_weekly_digest_stays_weekly(app: App) -> None:
    """Changing the time of a weekly digest does not make it daily."""
    answer = await app.ask("/subscribe weekly 18:00")
    assert "每周" in answer["text"]
    await app.press(answer, "07:30")
    assert "每周" in app.now(answer)["text"]
    assert "每周 07:30" in (await app.ask("/settings"))["text"]


async def test_a_wish_that_is_not_understood(app: App) -> None:
    """The word that means nothing is named, with examples."""
    answer = await app.ask("/subscribe 明天早上")
    assert "没看懂“明天早上”" in answer["text"]
    assert "08:30" in labels(answer)


async def test_the_digest_of_now(app: App) -> None:
    """/digest shows the events whose articles came in, with quotations and a button to each briefing."""
    messages = await app.say("/digest")
    text = "\n".join(message["text"] for message in messages)
    assert "第三届星河开源论坛" in text
    assert any("2022春江智能大会" in label for label in labels(messages[-1]))
    assert any(spans(message, "blockquote") for message in messages)


async def test_nothing_new_is_no_digest(app: App) -> None:
    """After everything was seen there is nothing to send; asked for, the bot says so."""
    chat = ChatRecord(chat_id=READER, language="zh-hans")
    assert await compose_digest(app.bot.services, chat, datetime.now(UTC) + timedelta(hours=1)) is None
    assert await compose_digest(app.bot.services, chat, datetime.now(UTC) - timedelta(days=1)) is not None


async def test_a_digest_speaks_the_language_of_its_chat(app: App) -> None:
    """Headings come in the chat's language, quotations as they are."""
    chat = ChatRecord(chat_id=READER, language="en")
    reply = await compose_digest(app.bot.services, chat, datetime.now(UTC) - timedelta(days=1))
    assert reply is not None
    assert reply.messages[0].text.text.startswith("📰 Forum digest")
