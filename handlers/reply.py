"""What a command returns: messages, a file, a toast."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from content.records import EntityRef
from handlers.request import Role
from handlers.rich_text import Text


@dataclass(frozen=True, slots=True)
class Button:
    """An inline button: it either presses (``data``), opens (``url``) or copies (``copy``)."""

    text: str
    data: str | None = None
    url: str | None = None
    copy: str | None = None

    def payload(self) -> dict[str, Any]:
        """The InlineKeyboardButton object."""
        if self.url is not None:
            return {"text": self.text, "url": self.url}
        if self.copy is not None:
            return {"text": self.text, "copy_text": {"text": self.copy}}
        return {"text": self.text, "callback_data": self.data}


Keyboard = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that goes with a message."""

    name: str
    data: bytes
    photo: bool = False


@dataclass(frozen=True)
class Message:
    """One message: text with entities, a keyboard, or a file with the text as its caption."""

    text: Text
    keyboard: Keyboard = ()
    upload: Upload | None = None

    @cached_property
    def payload(self) -> dict[str, str]:
        """The fields of ``sendMessage`` without the chat, as the strings that cross the wire.

        Computed once: a memoised answer is not encoded again for the next reader.
        """
        fields = {"text": self.text.text, "link_preview_options": '{"is_disabled":true}'}
        if self.text.entities:
            fields["entities"] = dumps([entity.payload() for entity in self.text.entities])
        if self.keyboard:
            fields["reply_markup"] = self.markup
        return fields

    def shown_in(self, message: Mapping[str, Any]) -> bool:
        """Whether a message of the Bot API shows exactly this already."""
        rows = message.get("reply_markup", {}).get("inline_keyboard", [])
        ours = [[button.payload() for button in row] for row in self.keyboard]
        # A picture is known by its caption, which says all that it shows, and by the theme that it offers.
        kind = "text" if self.upload is None else "caption"
        return message.get(kind) == self.text.text and rows == ours

    @property
    def media(self) -> str:
        """The InputMedia object of a message that carries a file, whose bytes go as ``upload``."""
        kind = "photo" if self.upload is not None and self.upload.photo else "document"
        entities = [entity.payload() for entity in self.text.entities]
        media = {"type": kind, "media": "attach://upload", "caption": self.text.text}
        return dumps({**media, "caption_entities": entities})

    @cached_property
    def caption(self) -> dict[str, str]:
        """The fields of ``sendDocument`` or ``sendPhoto`` without the chat and the file."""
        names = {"text": "caption", "entities": "caption_entities", "reply_markup": "reply_markup"}
        return {names[key]: value for key, value in self.payload.items() if value and key in names}

    @cached_property
    def markup(self) -> str:
        """The inline keyboard as JSON."""
        return dumps({"inline_keyboard": [[button.payload() for button in row] for row in self.keyboard]})


@dataclass(frozen=True, slots=True)
class Expectation:
    """What the next plain message of the person will be taken for: an argument of a command."""

    command: str
    prefix: str = ""
    """What stands before the message in the argument."""
    yields: bool = False
    """Whether a message that begins with a command's Chinese word is that command instead."""


@dataclass(frozen=True, slots=True)
class ChatMenu:
    """The command menu of one chat."""

    chat_id: int
    role: Role
    language: str


@dataclass(frozen=True, slots=True)
class Reply:
    """The answer to one request; no messages and no toast means silence."""

    messages: tuple[Message, ...] = ()
    toast: str | None = None
    """A short notice over the chat when a button was pressed; at most 200 characters."""
    alert: bool = False
    """Whether the toast is a dialogue that wants to be closed."""
    expects: Expectation | None = None
    """What was asked, where a person in a private chat may simply type the answer."""
    menus: tuple[ChatMenu, ...] = ()
    """Chats whose command menu is to be another one from now on."""
    removes: int | None = None
    """An older message of ours in this chat that the reply takes the place of."""
    about: EntityRef | None = None
    """The one person whom the reply is about, for a question that goes on from it."""
    sent: Callable[[int], Awaitable[None]] | None = None
    """Told which message the first one has become."""


SILENCE = Reply()


def dumps(value: object) -> str:
    """Compact JSON that keeps Chinese characters as they are."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
