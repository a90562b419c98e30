"""What a command is given, free of Telegram's types."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Role = Literal["reader", "editor", "owner"]
ROLES: tuple[Role, ...] = ("reader", "editor", "owner")
"""In rising order: each role may do all that the ones before it may."""

Entry = Literal["command", "text", "button", "link", "inline"]
"""How the request came: ``link`` is ``/start`` with a payload."""
ChatType = Literal["private", "group", "supergroup", "channel"]


@dataclass(frozen=True, slots=True, kw_only=True)
class FileRef:
    """A file that a message carries."""

    file_id: str
    name: str | None
    mime: str | None
    size: int | None
    """Bytes, as Telegram says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One call of one row of the command table.

    A typed command, a button, a deep link and a plain message all become the same thing, so that
    whatever holds for one entry (permission, limits, answers) holds for every one.
    """

    command: str
    """Name of the row: ``speaker``."""
    argument: str = ""
    """What stands after the command, trimmed; ``#12`` names an entity or a fact by its id."""
    page: int = 0
    entry: Entry = "command"
    chat_id: int
    chat_type: ChatType = "private"
    thread_id: int | None = None
    user_id: int
    message_id: int | None = None
    """The message that asked, or the one whose button was pressed."""
    user_name: str | None = None
    """The person's Telegram name without ``@``."""
    first_name: str | None = None
    role: Role = "reader"
    language: str = "zh-hans"
    zone: str = "Asia/Shanghai"
    theme: Literal["light", "dark"] = "light"
    """How pictures are drawn."""
    converted: bool = False
    """Whether articles are shown in traditional characters."""
    callback_id: str | None = None
    document: FileRef | None = None
    reply_text: str | None = None
    """Text of the message that was replied to."""
    reply_document: FileRef | None = None
    reply_user: tuple[int, str | None] | None = None
    """Who wrote the message that was replied to: number and name; None for a bot."""

    @property
    def private(self) -> bool:
        """Whether the bot talks with one person alone."""
        return self.chat_type == "private"


def permits(role: Role, needed: Role) -> bool:
    """Whether a role may do what another is needed for."""
    return ROLES.index(role) >= ROLES.index(needed)
