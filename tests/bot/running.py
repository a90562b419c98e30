"""The whole bot over a Bot API in memory, for the tests of what it does as one."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from builders import rivers, stars

from bot.application import ForumBot, build_application
from bot.clock import Clock
from bot.logs import configure
from bot.memory_api import BotApi
from bot.memory_api.request import MemoryRequest
from bot.settings import Settings

READER, OWNER = 101, 103


async def until(condition: Callable[[], Any], seconds: float = 10) -> None:
    """Wait for something to become true.

    Raises:
        TimeoutError: it does not.
    """
    async with asyncio.timeout(seconds):
        while not condition():  # noqa: ASYNC110 - told by nobody
            await asyncio.sleep(0.005)


def new_api(clock: Clock) -> BotApi:
    """A server with a reader and an owner."""
    api = BotApi(now=clock.timestamp)
    api.add_user(READER, "读者", language_code="zh-hans")
    api.add_user(OWNER, "主人", language_code="en")
    return api


def settings_for(api: BotApi, database: Path, **values: Any) -> Settings:
    """Settings that read neither environment nor ``.env``."""
    url = f"sqlite:///{database}"
    return Settings(
        _env_file=None,  # type: ignore[call-arg]
        **{"bot_token": api.token, "database_url": url, "owner_ids": (OWNER,), "send_rate": 1000, **values},
    )


@asynccontextmanager
async def running(
    database: Path, *, api: BotApi | None = None, clock: Clock | None = None, **values: Any
) -> AsyncIterator[tuple[ForumBot, BotApi]]:
    """A bot that has started, with the two fictional articles of ``builders`` in its database."""
    configure("DEBUG", "json")
    clock = clock or Clock()
    api = api or new_api(clock)
    bot = build_application(settings_for(api, database, **values), request=MemoryRequest(api), clock=clock)
    await bot.start()
    try:
        for article in (stars(), rivers()):
            await bot.services.repositories.articles.add(article.prepared())
        await bot.services.ready.wait()
        yield bot, api
    finally:
        await bot.stop()


def texts(api: BotApi, chat_id: int) -> list[str]:
    """What the bot has written in a chat."""
    return [
        message.get("text", "")
        for message in api.history(chat_id)
        if message["from"]["id"] == api.state.bot_id
    ]


async def say(api: BotApi, text: str, user_id: int = READER) -> str:
    """Write to the bot in private and wait for its first answer."""
    before = len(texts(api, user_id))
    api.send(user_id, user_id, text)
    await until(lambda: len(texts(api, user_id)) > before)
    return texts(api, user_id)[before]
