"""Replies to calls of the Bot API. Results stay dictionaries: nobody reads them as Message objects."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from io import BytesIO
from typing import TYPE_CHECKING, Any

from telegram import InputFile
from telegram.error import BadRequest, ChatMigrated, RetryAfter
from telegram.request import RequestData

from handlers.reply import Message, dumps

if TYPE_CHECKING:
    from telegram import Bot

_SAME = "message is not modified"
_GONE = ("message to edit not found", "message can't be edited", "there is no text in the message to edit")
_PATIENCE = 30
"""Seconds that a reply waits at most when Telegram asks to slow down."""


class Prepared(RequestData):  # type: ignore[misc]  # final for the sake of its constructor
    """A request whose fields are strings already, its JSON body put together from prepared parts."""

    __slots__ = ("_fields", "_payload")

    def __init__(self, fields: Mapping[str, str], payload: bytes | None = None) -> None:
        super().__init__()
        self._fields = dict(fields)
        self._payload = payload

    @property
    def parameters(self) -> dict[str, Any]:
        """The fields."""
        return dict(self._fields)

    @property
    def json_parameters(self) -> dict[str, str]:
        """The fields."""
        return self._fields

    @property
    def json_payload(self) -> bytes:
        """The fields as one JSON object."""
        return self._payload if self._payload is not None else dumps(self._fields).encode()


async def call(bot: Bot, method: str, fields: Mapping[str, str], payload: bytes | None = None) -> Any:
    """One call of the Bot API.

    Args:
        bot: whose token and transport to use.
        method: ``sendMessage``.
        fields: its parameters as strings.
        payload: the same as a JSON object, where it was prepared.

    Returns:
        The result as it came: a dictionary or a truth value.

    Raises:
        TelegramError: the server refused it, or could not be reached.
    """
    return await bot.request.post(f"{bot.base_url}/{method}", Prepared(fields, payload))


async def send(bot: Bot, chat_id: int, message: Message, thread_id: int | None = None) -> Any:
    """Send one message; a short request to slow down is waited out, a group that moved is followed.

    Raises:
        TelegramError: the server refused it, or could not be reached.
    """
    try:
        return await _send(bot, chat_id, message, thread_id)
    except ChatMigrated as moved:
        return await _send(bot, moved.new_chat_id, message, thread_id)
    except RetryAfter as wait:
        seconds = _seconds(wait)
        if seconds > _PATIENCE:
            raise
        await asyncio.sleep(seconds)
        return await _send(bot, chat_id, message, thread_id)


async def edit(
    bot: Bot, chat_id: int, message_id: int, message: Message, thread_id: int | None = None
) -> Any:
    """Put a message in the place of one of ours; where that cannot be changed any more a new one is sent.

    Raises:
        TelegramError: the server refused it, or could not be reached.
    """
    fields = {"chat_id": str(chat_id), "message_id": str(message_id), **message.payload}
    try:
        return await call(bot, "editMessageText", fields)
    except BadRequest as refusal:
        reason = refusal.message.lower()
        if _SAME in reason:
            return None
        if any(gone in reason for gone in _GONE):
            return await send(bot, chat_id, message, thread_id)
        raise


async def answer_press(bot: Bot, callback_id: str, toast: str | None = None, *, alert: bool = False) -> None:
    """Take the clock off the button, with a notice where there is one; too late is no error."""
    fields = {"callback_query_id": callback_id}
    if toast:
        fields |= {"text": toast[:200], "show_alert": "true" if alert else "false"}
    try:
        await call(bot, "answerCallbackQuery", fields)
    except BadRequest as refusal:
        if "query is too old" not in refusal.message.lower():
            raise


async def _send(bot: Bot, chat_id: int, message: Message, thread_id: int | None) -> Any:
    if message.upload is not None:
        return await _send_file(bot, chat_id, message, thread_id)
    place = {"chat_id": str(chat_id)}
    if thread_id is not None:
        place["message_thread_id"] = str(thread_id)
    head = dumps(place).encode()[:-1]
    return await call(bot, "sendMessage", place | message.payload, head + b"," + message.body)


async def _send_file(bot: Bot, chat_id: int, message: Message, thread_id: int | None) -> Any:
    upload = message.upload
    assert upload is not None  # noqa: S101 - for the type checker; the caller asked
    kind = "photo" if upload.photo else "document"
    fields: dict[str, Any] = {
        "chat_id": chat_id,
        "message_thread_id": thread_id,
        "caption": message.text.text or None,
        "caption_entities": [entity.payload() for entity in message.text.entities] or None,
        "reply_markup": json.loads(message.markup) if message.keyboard else None,
        kind: InputFile(BytesIO(upload.data), filename=upload.name),
    }
    known = {key: value for key, value in fields.items() if value is not None}
    # The capital keeps python-telegram-bot from pointing to its own method, which would parse the result.
    return await bot.do_api_request(f"Send{kind.capitalize()}", api_kwargs=known)


def _seconds(wait: RetryAfter) -> float:
    after = wait.retry_after
    return float(after) if isinstance(after, int | float) else after.total_seconds()
