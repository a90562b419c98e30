"""Subscribing, and what a digest holds."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import Any

from app import READER, App, labels, spans

from content.news import Interest
from handlers.editions import Composer, open_desk
from storage.editions import Edition
from storage.subscriptions import Slot, Subscription


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
    assert re.search("每周. 07:30", (await app.ask("/settings"))["text"])


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


async def composed(app: App, after: int = 0, *, language: str = "zh-hans", **changes: Any) -> Edition | None:
    """The digest that a subscriber of everything gets of what was shown after a revision."""
    services = app.bot.services
    subscription = Subscription(
        id=1,
        chat_id=READER,
        thread_id=None,
        minute_of_day=0,
        zone="UTC",
        cadence="daily",
        covered_revision=after,
    )
    slot = Slot(replace(subscription, **changes), date(2024, 5, 1), services.now(), language)
    composer = Composer(services, await open_desk(services, after))
    follows = await services.repositories.follows.of((READER, None))
    return await composer.edition(slot, Interest.of(follows), (), services.now())


def shown(edition: Edition | None) -> str:
    """All that an edition says."""
    assert edition is not None
    return "\n".join(part.parameters["text"] for part in edition.parts)


async def test_nothing_new_is_no_digest(app: App) -> None:
    """After everything was seen there is nothing to send, but to who wants to be told so."""
    revision = app.bot.services.repositories.database.content_revision
    assert await composed(app, revision) is None
    assert "没有新内容" in shown(await composed(app, revision, send_empty=True))
    assert await composed(app) is not None


async def test_a_digest_speaks_the_language_of_its_chat(app: App) -> None:
    """Headings come in the chat's language, quotations as they are."""
    assert shown(await composed(app, language="en")).startswith("📰 Forum digest")


async def test_a_digest_is_grouped_by_event_and_every_item_leads_to_its_fact(app: App) -> None:
    """Speakers with one headline each, figures and works; at most two messages, the rest behind a button."""
    edition = await composed(app)
    text = shown(edition)
    assert edition is not None
    assert 1 <= len(edition.parts) <= 2
    assert text.index("2022春江智能大会") < text.index("第三届星河开源论坛")
    assert text.count("👤 林知远") == 2
    assert "“超过300万”" in text
    assert "《算力与开源》" in text
    facts = {fact.fact_id for fact in await app.bot.services.repositories.news.after(0)}
    assert set.union(*(set(part.facts) for part in edition.parts)) <= facts
    assert "条新内容" in text
    assert "📄 全部新内容" in edition.parts[-1].parameters["reply_markup"]


async def test_a_digest_holds_what_is_followed(app: App) -> None:
    """A person, an organisation (by who speaks for it), a word in either script; nothing else."""
    await app.ask("/follow 沈若琳")
    text = shown(await composed(app))
    assert "70%的计算需求" in text
    assert "土壤" not in text
    await app.ask("/unfollow 沈若琳")
    await app.ask("/follow 計算需求")
    assert "70%的计算需求" in shown(await composed(app))
    assert "土壤" not in shown(await composed(app))
    await app.ask("/unfollow 計算需求")
    await app.ask("/follow 远帆科技")
    text = shown(await composed(app))
    assert "70%的计算需求" in text
    assert "土壤" not in text


async def test_followed_things_without_news_make_no_digest(app: App) -> None:
    """Nothing of what is followed is new."""
    await app.ask("/follow 从未出现的词")
    assert await composed(app) is None


async def test_all_the_news_behind_the_button(app: App) -> None:
    """The button of a digest lists everything that it left out."""
    (page,) = await app.say("/digest r0")
    assert "2022春江智能大会" in page["text"]
    (nothing,) = await app.say("/digest r99999999999999999999")
    assert "论坛摘要" in nothing["text"] or "没有新内容" in nothing["text"]
