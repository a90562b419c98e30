"""The real application over a Bot API in memory and a real database with fictional articles.

The folder is on the path of the tests, so that they can import ``builders`` and ``scoring``.
"""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from builders import rivers, stars

from bot.application import ForumBot, build_application
from bot.memory_api import BotApi
from bot.memory_api.request import MemoryRequest
from bot.settings import Settings

READER, EDITOR, OWNER = 1001, 1002, 1003
GROUP = -1_000_000_000_001
Json = dict[str, Any]


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
        async with asyncio.timeout(20):
            while self.api.state.updates.waiting:  # noqa: ASYNC110 - the server has no event for it
                await asyncio.sleep(0.001)

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


@asynccontextmanager
async def running(database: Path, language: str = "zh-hans") -> AsyncIterator[App]:
    """The application over a database file, with a reader, an editor, an owner and a group."""
    api = BotApi()
    api.add_user(READER, "读者", language_code="zh-hans")
    api.add_user(EDITOR, "编辑", language_code="zh-hans")
    api.add_user(OWNER, "主人", language_code="zh-hans")
    api.add_chat(GROUP, "supergroup", "群", members=[READER, EDITOR], admins=[OWNER])
    settings = Settings(
        _env_file=None,  # type: ignore[call-arg]  # pydantic-settings takes it
        bot_token=api.token,  # type: ignore[arg-type]  # becomes a SecretStr
        database_url=f"sqlite:///{database}",
        owner_ids=(OWNER,),
        default_language=language,  # type: ignore[arg-type]  # one of the three
        backup_dir=str(database.parent / "backups"),
    )
    bot = build_application(settings, request=MemoryRequest(api))
    await bot.start()
    await asyncio.wait_for(bot.services.ready.wait(), 60)
    try:
        yield App(api, bot)
    finally:
        await bot.stop()


@pytest.fixture(scope="session")
def seeded_database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A database with the shipped article and the two fictional ones of ``builders``, made once."""
    path = tmp_path_factory.mktemp("seeded") / "forum.db"

    async def make() -> None:
        async with running(path) as app:
            articles = app.bot.services.repositories.articles
            await articles.add(stars().prepared())
            await articles.add(rivers().prepared())
            await app.bot.services.repositories.users.grant(EDITOR, "editor")

    asyncio.run(make())
    return path


@pytest.fixture
async def app(seeded_database: Path, tmp_path: Path) -> AsyncIterator[App]:
    """The application over a copy of the seeded database; whatever Telegram would refuse fails the test."""
    copy = tmp_path / "forum.db"
    shutil.copyfile(seeded_database, copy)
    async with running(copy) as started:
        yield started
        assert started.api.violations == []
