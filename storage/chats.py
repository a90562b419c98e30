"""Chats and users: settings, roles, and whether the bot may write there. Read through a small memory."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from storage.database import Database

ChatType = Literal["private", "group", "supergroup", "channel"]
Role = Literal["reader", "editor", "owner"]

_REMEMBERED = 50_000
"""Chats and users kept in memory; the memory is emptied when it is full."""


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


class Chats:
    """The chats, with a write-through memory so that an update needs no trip to the database."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._memory: dict[int, ChatRecord | None] = {}

    async def get(self, chat_id: int) -> ChatRecord | None:
        """The chat, or None where nothing was ever saved about it."""
        raise NotImplementedError

    async def save(self, chat: ChatRecord) -> None:
        """Store a chat in place of what was known of it."""
        raise NotImplementedError

    async def set_active(self, chat_id: int, active: bool) -> None:
        """Note that the bot may write to the chat again, or no longer."""
        raise NotImplementedError

    async def migrate(self, old_id: int, new_id: int) -> None:
        """Give the settings, subscriptions and unsent messages of a group to its supergroup."""
        raise NotImplementedError

    async def forget(self, chat_id: int) -> None:
        """Delete everything that is kept about a chat."""
        raise NotImplementedError


class Users:
    """The roles that users were given; everybody else is a reader."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._roles: dict[int, Role] = {}

    async def load(self) -> None:
        """Read all roles into memory; they are few."""
        raise NotImplementedError

    def role(self, user_id: int) -> Role:
        """The role of a user, from memory."""
        return self._roles.get(user_id, "reader")

    async def grant(self, user_id: int, role: Role) -> None:
        """Give a role; ``reader`` takes any other away."""
        raise NotImplementedError
