"""Replies to calls of the Bot API. Results stay dictionaries: nobody reads them as Message objects."""

from __future__ import annotations

import asyncio
import contextlib
import mimetypes
from collections.abc import Mapping
from typing import Any, Protocol

from telegram.error import BadRequest, ChatMigrated, RetryAfter, TelegramError

from handlers.reply import Message, Upload

_SAME = "message is not modified"
_GONE = (
    "message to edit not found",
    "message can't be edited",
    "there is no text in the message to edit",
    "there is no media in the message to edit",
)
_PATIENCE = 30
"""Seconds that a reply waits at most when Telegram asks to slow down."""


class Api(Protocol):
    """The Bot API, one method call at a time."""

    async def call(
        self,
        method: str,
        fields: Mapping[str, str],
        files: Mapping[str, tuple[str, bytes, str]] | None = None,
    ) -> Any:
        """The result of a method as it came: a dictionary or a truth value.

        Args:
            method: ``sendMessage``.
            fields: its parameters, as the strings that cross the wire.
            files: name, bytes and media type of each file by the name of its field.

        Raises:
            TelegramError: the server refused it, or could not be reached.
        """


async def send(api: Api, chat_id: int, message: Message, thread_id: int | None = None) -> Any:
    """Send one message; a short request to slow down is waited out, a group that moved is followed.

    Raises:
        TelegramError: the server refused it, or could not be reached.
    """
    try:
        return await _send(api, chat_id, message, thread_id)
    except ChatMigrated as moved:
        return await _send(api, moved.new_chat_id, message, thread_id)
    except RetryAfter as wait:
        seconds = _seconds(wait)
        if seconds > _PATIENCE:
            raise
        await asyncio.sleep(seconds)
        return await _send(api, chat_id, message, thread_id)


async def edit(
    api: Api, chat_id: int, message_id: int, message: Message, thread_id: int | None = None
) -> Any:
    """Put a message in the place of one of ours; where that cannot be changed any more a new one is sent.

    Raises:
        TelegramError: the server refused it, or could not be reached.
    """
    place = {"chat_id": str(chat_id), "message_id": str(message_id)}
    try:
        if message.upload is None:
            return await api.call("editMessageText", {**place, **message.payload})
        keyboard = {"reply_markup": message.markup} if message.keyboard else {}
        return await api.call(
            "editMessageMedia",
            {**place, "media": message.media, **keyboard},
            {"upload": _file(message.upload)},
        )
    except BadRequest as refusal:
        reason = refusal.message.lower()
        if _SAME in reason:
            return None
        if any(gone in reason for gone in _GONE):
            return await send(api, chat_id, message, thread_id)
        raise


async def show_action(api: Api, chat_id: int, action: str, thread_id: int | None = None) -> None:
    """Show in the chat what the bot is doing; that it cannot be shown is no error."""
    with contextlib.suppress(TelegramError):
        await api.call("sendChatAction", {**_place(chat_id, thread_id), "action": action})


async def answer_press(api: Api, callback_id: str, toast: str | None = None, *, alert: bool = False) -> None:
    """Take the clock off the button, with a notice where there is one; too late is no error.

    Raises:
        TelegramError: the server refused it, or could not be reached.
    """
    fields = {"callback_query_id": callback_id}
    if toast:
        fields |= {"text": toast[:200], "show_alert": "true" if alert else "false"}
    try:
        await api.call("answerCallbackQuery", fields)
    except BadRequest as refusal:
        if "query is too old" not in refusal.message.lower():
            raise


async def answer_inline(api: Api, query_id: str, fields: Mapping[str, str]) -> None:
    """Show the results of an inline query; too late is no error, for the person has typed on.

    Raises:
        TelegramError: the server refused it, or could not be reached.
    """
    try:
        await api.call("answerInlineQuery", {"inline_query_id": query_id, **fields})
    except BadRequest as refusal:
        if "query is too old" not in refusal.message.lower():
            raise


async def _send(api: Api, chat_id: int, message: Message, thread_id: int | None) -> Any:
    place = _place(chat_id, thread_id)
    upload = message.upload
    if upload is None:
        return await api.call("sendMessage", {**place, **message.payload})
    method, field = ("sendPhoto", "photo") if upload.photo else ("sendDocument", "document")
    return await api.call(method, {**place, **message.caption}, {field: _file(upload)})


def _place(chat_id: int, thread_id: int | None) -> dict[str, str]:
    thread = {} if thread_id is None else {"message_thread_id": str(thread_id)}
    return {"chat_id": str(chat_id), **thread}


def _file(upload: Upload) -> tuple[str, bytes, str]:
    """Name, bytes and media type as they cross the wire."""
    mime = mimetypes.guess_type(upload.name)[0] or "application/octet-stream"
    return upload.name, upload.data, mime


def _seconds(wait: RetryAfter) -> float:
    after = wait.retry_after
    return float(after) if isinstance(after, int | float) else after.total_seconds()
