"""A server in memory with three people and three chats, and python-telegram-bot's own Bot on it."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from memory_world import CHANNEL, EDITOR, FORUM, GROUP, NOW, READER, STRANGER
from telegram import Bot

from bot.memory_api import BotApi
from bot.memory_api.request import MemoryRequest


@pytest.fixture
def api() -> BotApi:
    """A server whose clock stands still."""
    api = BotApi(now=lambda: NOW)
    api.add_user(READER, "读者", username="reader", language_code="zh")
    api.add_user(EDITOR, "编辑")
    api.add_user(STRANGER, "路人")
    api.add_chat(GROUP, "group", "论坛讨论群", members=[READER, STRANGER], admins=[EDITOR])
    api.add_chat(FORUM, "supergroup", "论坛专题群", members=[READER], admins=[EDITOR], forum=True)
    api.add_chat(CHANNEL, "channel", "论坛频道", admins=[EDITOR, api.state.bot_id])
    return api


@pytest.fixture
async def bot(api: BotApi) -> AsyncIterator[Bot]:
    """The library's Bot, talking to the server in memory only."""
    bot = Bot(api.token, request=MemoryRequest(api), get_updates_request=MemoryRequest(api))
    async with bot:
        yield bot
