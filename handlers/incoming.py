"""What an update of the Bot API says, as the plain objects that cross the wire.

Parsing updates into python-telegram-bot's classes costs more than answering them, so they are read raw.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Any, NamedTuple

from handlers.commands import BY_ALIAS, Command
from handlers.request import FileRef

Json = dict[str, Any]
_COMMAND = re.compile(r"/([A-Za-z0-9_]{1,64})(?:@([A-Za-z0-9_]{3,32}))?(?:\s+|$)(.*)", re.DOTALL)
_SEPARATOR = re.compile(r"[\s:：,，]+")

_CONTENT = frozenset(
    {
        *("animation", "audio", "contact", "dice", "document", "location", "photo", "poll"),
        *("sticker", "story", "venue", "video", "video_note", "voice"),
    }
)


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
    following = text[len(name) : len(name) + 1]
    if text[: len(name)].lower() != name or (
        following.isascii() and (following.isalnum() or following == "_")
    ):
        return None
    return text[len(name) :].lstrip(" ,，:：\n").strip()


def text_of(message: Json | None) -> str:
    """The text of a message, or the caption of its file."""
    return str(message.get("text") or message.get("caption") or "") if message else ""


def place_of(message: Json) -> str | None:
    """The place that a person shares, as ``latitude,longitude``."""
    location = message.get("location")
    return f"{location['latitude']:.4f},{location['longitude']:.4f}" if location else None


def file_of(message: Json | None) -> FileRef | None:
    """The document that a message carries."""
    document = message.get("document") if message else None
    if not document:
        return None
    return FileRef(
        file_id=document["file_id"],
        name=document.get("file_name"),
        mime=document.get("mime_type"),
        size=document.get("file_size"),
    )


def shows_something(message: Json) -> bool:
    """Whether a message without text shows a picture or the like; a notice of the service does not."""
    return not _CONTENT.isdisjoint(message)


def is_forwarded(message: Json) -> bool:
    """Whether somebody only passes on what another wrote: a command in it is nobody's wish."""
    return "forward_origin" in message


def author_of(message: Json | None) -> tuple[int, str | None] | None:
    """Number and name of the person who wrote a message; of a forwarded one, who wrote it first."""
    origin = (message or {}).get("forward_origin") or {}
    person = origin.get("sender_user") if origin else (message or {}).get("from")
    if not person or person.get("is_bot"):
        return None
    return person["id"], person.get("username") or person.get("first_name")


def thread_of(message: Json) -> int | None:
    """The forum topic that a message stands in; a plain thread of replies is none."""
    return message.get("message_thread_id") if message.get("is_topic_message") else None


def is_own_card(message: Json, bot_username: str) -> bool:
    """Whether a message is a card of ours that a person sent by inline mode: it asks nothing."""
    via = message.get("via_bot") or {}
    return str(via.get("username", "")).lower() == bot_username.lower()


def by_a_person(message: Json) -> bool:
    """Whether a person wrote it: a group's anonymous administrator did, other bots and channels did not."""
    sender = message.get("from")
    if sender is None or message.get("is_automatic_forward"):
        return False
    return not sender.get("is_bot") or "sender_chat" in message
