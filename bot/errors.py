"""What can stop the bot, and what becomes of an exception that leaves a handler."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from bot.logs import log

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

_log = log("bot.errors")


class StartError(Exception):
    """The bot cannot start or go on; the text is one clear line for the operator, without secrets."""


def new_incident() -> str:
    """An id by which a reader's complaint is found in the log: ``7F3A-90C2``."""
    digits = secrets.token_hex(4).upper()
    return f"{digits[:4]}-{digits[4:]}"


async def report(error: Exception, update_id: int, tell: Callable[[str], Awaitable[None]]) -> None:
    """Log what an update led to, and tell whoever sent it.

    Args:
        error: what left the handler.
        update_id: the update.
        tell: sends the notice with an incident id; that it fails is logged and goes no further.
    """
    incident = new_incident()
    _log.error("update_failed", incident=incident, update_id=update_id, exc_info=error)
    try:
        await tell(incident)
    except Exception as second:
        _log.warning("incident_not_told", incident=incident, exc_info=second)
