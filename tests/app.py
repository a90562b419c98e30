"""The whole bot over a Bot API in memory and a real database: what the tests of all folders share."""

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
from storage.repositories import Repositories

READER, EDITOR, OWNER = 101, 102, 103
GROUP = -1_000_000_000_001
Json = dict[str, Any]


async def until(condition: Callable[[], Any], seconds: float = 10) -> None:
    """Wait for something to become true.

    Raises:
        TimeoutError: it does not.
    """
    async with asyncio.timeout(seconds):
        while not condition():  # noqa: ASYNC110 - told by nobody
            await asyncio.sleep(0.001)


def new_api(clock: Clock) -> BotApi:
    """A server with a reader, an editor, an owner whose Telegram is English, and a group."""
    api = BotApi(now=clock.timestamp)
    api.add_user(READER, "读者", language_code="zh-hans")
    api.add_user(EDITOR, "编辑", language_code="zh-hans")
    api.add_user(OWNER, "主人", language_code="en")
    api.add_chat(GROUP, "supergroup", "群", members=[READER, EDITOR], admins=[OWNER])
    return api


def settings_for(api: BotApi, database: Path, **values: Any) -> Settings:
    """Settings that read neither environment nor ``.env``."""
    usual = {
        "bot_token": api.token,
        "database_url": f"sqlite:///{database}",
        "owner_ids": (OWNER,),
        "send_rate": 1000,
        "backup_dir": str(database.parent / "backups"),
    }
    return Settings(_env_file=None, **{**usual, **values})  # type: ignore[call-arg]  # pydantic-settings takes it


@asynccontextmanager
async def running(
    database: Path, *, api: BotApi | None = None, clock: Clock | None = None, **values: Any
) -> AsyncIterator[tuple[ForumBot, BotApi]]:
    """A bot that has started and has everything in its database that it ships."""
    configure("DEBUG", "json")
    clock = clock or Clock()
    api = api or new_api(clock)
    bot = build_application(settings_for(api, database, **values), request=MemoryRequest(api), clock=clock)
    await bot.start()
    try:
        await asyncio.wait_for(bot.services.ready.wait(), 60)
        yield bot, api
    finally:
        await bot.stop()


async def add_fictional_articles(repositories: Repositories) -> None:
    """Publish the two articles of ``builders``: 星河开源论坛 and 春江智能大会."""
    for article in (stars(), rivers()):
        await repositories.articles.add(article.prepared())


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


class App:
    """The bot and the people around it: what they send, press and get to see."""

    def __init__(self, api: BotApi, bot: ForumBot) -> None:
        self.api = api
        self.bot = bot

    async def say(
        self, text: str, *, user: int = READER, chat: int | None = None, **extra: Any
    ) -> list[Json]:
        """Send a message as a person; the messages that the bot sends for it."""
        place = chat or user
        before = self._last(place)
        self.api.send(user, place, text, **extra)
        await self.settle()
        return [message for message in self.api.history(place) if message["message_id"] > before + 1]

    async def ask(self, text: str, *, user: int = READER, chat: int | None = None) -> Json:
        """Send a message that has exactly one answer."""
        (answer,) = await self.say(text, user=user, chat=chat)
        return answer

    async def press(self, message: Json, label: str, *, user: int = READER) -> Json:
        """Press the button with a label (or a part of it); the answer to the press."""
        data = next(b["callback_data"] for b in buttons(message) if label in b["text"])
        return await self.press_data(message, data, user=user)

    async def press_data(self, message: Json, data: str, *, user: int = READER) -> Json:
        """Press a button that carries any data; the answer to the press."""
        answer = await self.api.press(user, message["chat"]["id"], message["message_id"], data)
        await self.settle()
        return answer

    def seen(self, chat: int = READER) -> Json:
        """The last message of a chat as it stands now."""
        return self.api.history(chat)[-1]

    def now(self, message: Json) -> Json:
        """A message as it stands now."""
        number = message["message_id"]
        return next(m for m in self.api.history(message["chat"]["id"]) if m["message_id"] == number)

    async def settle(self) -> None:
        """Wait until the bot has answered everything that waits for it."""
        await until(lambda: not self.api.state.updates.waiting, 20)

    def _last(self, chat: int) -> int:
        return self.api.state.chats[chat].last_id


def buttons(message: Json) -> list[Json]:
    """All inline buttons of a message."""
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return [button for row in rows for button in row]


def labels(message: Json) -> list[str]:
    """The labels of all inline buttons of a message."""
    return [button["text"] for button in buttons(message)]


def spans(message: Json, kind: str) -> list[str]:
    """The words that an entity type covers, one by one."""
    encoded = message["text"].encode("utf-16-le")
    return [
        encoded[entity["offset"] * 2 : (entity["offset"] + entity["length"]) * 2].decode("utf-16-le")
        for entity in message.get("entities", [])
        if entity["type"] == kind
    ]
