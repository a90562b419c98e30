"""The whole bot over PostgreSQL."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from app import EDITOR, OWNER, READER, new_api, running, say, settings_for, texts
from postgres_server import Server

from bot.check import check
from bot.clock import Clock
from bot.local_chat import advance_clock

SHANGHAI = ZoneInfo("Asia/Shanghai")


async def test_the_bot_runs_over_postgresql(postgres: Server, tmp_path: Path) -> None:
    """It starts, stores its article, answers readers, sends a digest, and knows all of it after a restart."""
    url, clock = postgres.new_database(), Clock()
    api = new_api(clock)
    async with running(tmp_path / "none.db", api=api, clock=clock, database_url=url) as (bot, _):
        assert "百度" in await say(api, "/speaker 王海峰")
        assert "开源" in await say(api, "/search 开源")
        assert "云从科技" not in await say(api, "/search 没有这样的词")
        soon = (bot.clock.now() + timedelta(minutes=2)).astimezone(SHANGHAI)
        assert f"{soon:%H:%M}" in await say(api, f"/subscribe {soon:%H:%M}", EDITOR)
        follow = await say(api, "/follow 开源", EDITOR)
        assert "开源" in follow
        assert await bot.services.repositories.subscriptions.get(EDITOR) is not None
        # News of before the subscription are not news to it: it is given a day to report.
        await bot.services.repositories.subscriptions.subscribe(
            READER,
            None,
            soon.hour * 60 + soon.minute,
            SHANGHAI.key,
            now=bot.clock.now() - timedelta(days=1),
            covered_revision=0,
        )
        before = len(texts(api, READER))
        await advance_clock(bot, 180)
        digest = texts(api, READER)[before:]
        assert "中关村论坛" in "".join(digest)
        assert "MB" in await say(api, "/health", OWNER)
        await say(api, "/stats", OWNER)
        assert "photo" in api.history(OWNER)[-1]
    assert api.violations == []
    async with running(tmp_path / "none.db", api=api, clock=clock, database_url=url) as (bot, _):
        assert "百度" in await say(api, "/speaker wanghaifeng")
        await advance_clock(bot, 3600)
    assert texts(api, READER)[before : before + len(digest)] == digest
    assert len(texts(api, READER)) == before + len(digest) + 1
    postgres.drop(url)


async def test_check_looks_at_the_server(postgres: Server, tmp_path: Path) -> None:
    """It tells what is to be migrated, that the content is sound, and which article was changed."""
    url = postgres.new_database("template0")
    settings = settings_for(new_api(Clock()), tmp_path / "none.db", database_url=url)

    async def look() -> dict[str, tuple[bool, str]]:
        return {one.subject: (one.good, one.text) for one in await check(settings)}

    found = await look()
    assert found["database"][0] and "0001.schema" in found["database"][1]
    assert found["content"] == (True, "not compared before the database is migrated")
    async with running(tmp_path / "none.db", database_url=url) as (bot, _):
        found = await look()
        assert found["database"][0] and "migrations" not in found["database"][1]
        assert found["content"][0] and found["content"][1].startswith("1 articles")
        async with bot.services.repositories.database.write() as transaction:
            await transaction.execute("UPDATE articles SET text = text || '!'")
        good, text = (await look())["content"]
        assert not good and "article 1 differs from its hash" in text
    postgres.drop(url)
