"""Keeps the progress of broadcasts current in the message that the owner sees."""

from __future__ import annotations

from typing import TYPE_CHECKING

from telegram.error import TelegramError

from bot.logs import log

if TYPE_CHECKING:
    from bot.delivery import Send
    from handlers.services import Services

_log = log("bot.progress")


async def show_progress(services: Services, send: Send) -> None:
    """Edit the message of each broadcast on its way; one that has come to its end is told so, once."""
    for known in await services.repositories.broadcasts.sending():
        counts = (
            await services.repositories.outbox.progress(known.edition_id)
            if known.edition_id is not None
            else None
        )
        if counts is None:
            continue  # Its messages are just being put into the outbox.
        if not counts.get("pending", 0) + counts.get("sending", 0):
            await services.repositories.broadcasts.move(known.id, "sending", "done")
        await _show(services, send, known.id)


async def _show(services: Services, send: Send, broadcast_id: int) -> None:
    from handlers.broadcasting import progress_message  # noqa: PLC0415 - not before there is one
    from handlers.i18n import wording  # noqa: PLC0415 - likewise

    known = await services.repositories.broadcasts.get(broadcast_id)
    if known is None or known.chat_id is None or known.message_id is None:
        return
    chat = await services.repositories.chats.get(known.chat_id)
    language = (chat.language if chat else None) or services.default_language
    message = await progress_message(services, wording(language), known)
    place = {"chat_id": str(known.chat_id), "message_id": str(known.message_id)}
    try:
        await send("editMessageText", {**place, **message.payload})
    except TelegramError as error:
        # Unchanged, or deleted by the owner: the counts stand in /deliveries all the same.
        _log.debug("progress_not_edited", error=type(error).__name__)
