"""From an update to the request it makes, or to nothing: what is typed, pressed, linked and said plainly."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, NamedTuple

from handlers.commands import BY_ALIAS, Command
from handlers.request import FileRef

if TYPE_CHECKING:
    from telegram import Message

_COMMAND = re.compile(r"/([A-Za-z0-9_]{1,64})(?:@([A-Za-z0-9_]{3,32}))?(?:\s+|$)(.*)", re.DOTALL)
_SEPARATOR = re.compile(r"[\s:：,，]+")


class Typed(NamedTuple):
    """A slash command as it was typed."""

    name: str
    addressee: str | None
    argument: str


def typed_command(text: str) -> Typed | None:
    """The command that a message begins with; None for any other message."""
    match = _COMMAND.match(text)
    return Typed(match[1].lower(), match[2], match[3].strip()) if match else None


def spoken_command(text: str) -> tuple[Command, str] | None:
    """The row and the argument of ``演讲人 王海峰``; None where the text begins with no alias."""
    folded = unicodedata.normalize("NFKC", text[:500]).strip().lstrip("/").strip()
    first, *rest = _SEPARATOR.split(folded, maxsplit=1)
    row = BY_ALIAS.get(first.lower())
    return None if row is None else (row, rest[0].strip() if rest else "")


def addressed(text: str, bot_username: str) -> str | None:
    """What is said to the bot by ``@name …`` in a group; None where it is not spoken to."""
    name = f"@{bot_username}".lower()
    if text[: len(name)].lower() != name or text[len(name) : len(name) + 1].isalnum():
        return None
    return text[len(name) :].lstrip(" ,，:：\n").strip()


def file_of(message: Message | None) -> FileRef | None:
    """The document that a message carries."""
    document = message.document if message is not None else None
    if document is None:
        return None
    return FileRef(
        file_id=document.file_id, name=document.file_name, mime=document.mime_type, size=document.file_size
    )
