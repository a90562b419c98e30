"""Chats: their settings, and whether the bot may write there. Read through a small memory.

One process writes these tables; a second one would need to hear of changes before it may trust its memory.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from storage.database import Database
from storage.queries import statements

ChatType = Literal["private", "group", "supergroup", "channel"]
Theme = Literal["light", "dark"]

_REMEMBERED = 50_000
"""Chats kept in memory, about 200 bytes each; the memory is emptied when it is full."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatRecord:
    """What is known of a chat; None in a setting stands for the default."""

    chat_id: int
    type: ChatType = "private"
    language: str | None = None
    zone: str | None = None
    """IANA name of the time zone."""
    active: bool = True
    """False once the bot was blocked or thrown out; the settings stay."""
    theme: Theme | None = None
    """Whether pictures are light or dark."""
    converted: bool = False
    """Whether articles are shown in the characters of the chat's language."""


class Chats:
    """The chats, with a write-through memory so that an update needs no trip to the database."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._sql = statements("chats")
        self._memory: dict[int, ChatRecord | None] = {}

    async def get(self, chat_id: int) -> ChatRecord | None:
        """The chat, or None where nothing was ever saved about it."""
        try:
            return self._memory[chat_id]
        except KeyError:
            pass
        row = await self._database.fetch_one(self._sql["get"], {"chat_id": chat_id})
        if chat_id in self._memory:
            return self._memory[chat_id]  # Saved while we read.
        chat = None
        if row is not None:
            flags = {name: bool(row[name]) for name in ("active", "converted")}
            chat = ChatRecord(**{**dict(row), **flags})
        self._remember(chat_id, chat)
        return chat

    async def save(self, chat: ChatRecord) -> None:
        """Store a chat in place of what was known of it."""
        parameters = {
            "chat_id": chat.chat_id,
            "type": chat.type,
            "language": chat.language,
            "zone": chat.zone,
            "active": int(chat.active),
            "theme": chat.theme,
            "converted": int(chat.converted),
        }
        async with self._database.write() as transaction:
            await transaction.execute(self._sql["save"], parameters)
        self._remember(chat.chat_id, chat)

    async def set_active(self, chat_id: int, active: bool) -> None:
        """Note that the bot may write to the chat again, or no longer."""
        kind: ChatType = "private" if chat_id > 0 else "supergroup"
        chat = await self.get(chat_id) or ChatRecord(chat_id=chat_id, type=kind)
        if chat.active != active:
            await self.save(replace(chat, active=active))

    async def reach(self, chat_id: int) -> None:
        """Note that a chat which had turned us away has written to us; a chat not known stays so."""
        chat = await self.get(chat_id)
        if chat is not None and not chat.active:
            await self.save(replace(chat, active=True))

    async def migrate(self, old_id: int, new_id: int) -> None:
        """Give the settings, subscriptions and unsent messages of a group to its supergroup."""
        ids = {"old_id": old_id, "new_id": new_id}
        async with self._database.write() as transaction:
            for name in ("migrate_chat", "migrate_subscriptions", "migrate_follows", "migrate_outbox"):
                await transaction.execute(self._sql[name], ids)
            # What is left there already has its like in the supergroup.
            for name in ("forget_subscriptions", "forget_follows", "forget"):
                await transaction.execute(self._sql[name], {"chat_id": old_id})
        self._memory.pop(old_id, None)
        self._memory.pop(new_id, None)

    def unlearn(self, chat_id: int) -> None:
        """Read a chat anew when it is needed next."""
        self._memory.pop(chat_id, None)

    def _remember(self, chat_id: int, chat: ChatRecord | None) -> None:
        if len(self._memory) >= _REMEMBERED:
            self._memory.clear()
        self._memory[chat_id] = chat


class Notes:
    """Small things to know again after a restart."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._sql = statements("chats")

    async def get(self, name: str) -> str | None:
        """What was noted under a name."""
        row = await self._database.fetch_one(self._sql["note"], {"name": name})
        return row["value"] if row is not None else None

    async def set(self, name: str, value: str) -> None:
        """Note something in place of what stood there."""
        async with self._database.write() as transaction:
            await transaction.execute(self._sql["set_note"], {"name": name, "value": value})
