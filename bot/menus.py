"""Keeps Telegram's command menus and the bot's description what they should be; asks only after changes."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

from telegram.error import TelegramError

from bot.logs import log

if TYPE_CHECKING:
    from bot.delivery import Send
    from storage.chats import Notes

_log = log("bot.menus")


async def refresh_menus(send: Send, notes: Notes, bot_id: int, default_language: str) -> int:
    """Set the menus and descriptions that are not set like this yet.

    Args:
        send: the Bot API.
        notes: where it stands what was set last.
        bot_id: the bot; another bot over the same database has menus of its own.
        default_language: for clients of any other language.

    Returns:
        How many were set.
    """
    from handlers.menus import descriptions, menus  # noqa: PLC0415 - reads the catalogues

    changed = 0
    for setting in (*menus(default_language), *descriptions(default_language)):
        fields = setting.parameters()
        name = f"{setting.method} {bot_id} {fields.get('scope', '')} {fields['language_code']}"
        digest = hashlib.sha256(json.dumps(fields, sort_keys=True).encode()).hexdigest()
        if await notes.get(name) == digest:
            continue
        try:
            await send(setting.method, fields)
        except TelegramError as error:
            _log.warning("menu_not_set", error=type(error).__name__)
            return changed
        await notes.set(name, digest)
        changed += 1
    return changed
