"""What an answer of the Bot API, or none, means for a message of the outbox."""

from __future__ import annotations

from datetime import datetime, timedelta

from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)

from bot.transport import Outcome, outcome
from storage.outbox import AMBIGUOUS_LIMIT, Conclusion, Outgoing

ATTEMPTS = 8
"""Refusals by a failing server after which a row has failed; with the pauses about 20 minutes."""
_PAUSES = (5, 15, 30, 60, 120, 300, 600)
_BOT_TROUBLE = timedelta(minutes=5)
_UNREACHABLE = (
    "chat not found",
    "user not found",
    "peer_id_invalid",
    "have no rights to send",
    "not enough rights to send",
    "need administrator rights in the channel",
    "chat_write_forbidden",
    "group chat was deactivated",
)
"""What the server says, with a 400, of chats that take no messages until somebody there does something."""
_ALREADY = "message is not modified"
_REASON = 300
"""Characters of the server's words that are kept."""


def sent(row: Outgoing, result: object) -> Conclusion:
    """The server took it."""
    message_id = result.get("message_id") if isinstance(result, dict) else None
    return Conclusion(row_id=row.id, state="sent", message_id=message_id)


def refused(row: Outgoing, error: TelegramError, now: datetime) -> Conclusion:
    """Each class of error has its own consequence.

    Args:
        row: what was sent.
        error: what came back.
        now: the instant.
    """
    reason = f"{type(error).__name__}: {error.message}"[:_REASON]
    if isinstance(error, Forbidden):
        return _blocked(row, reason)
    if isinstance(error, BadRequest):
        return _bad_request(row, reason)
    if isinstance(error, RetryAfter | ChatMigrated | InvalidToken | Conflict):
        # Not the message's fault: the attempt does not count.
        return Conclusion(
            row_id=row.id, state="pending", error=reason, not_before=_until(error, now), free=True
        )
    known = outcome(error) if isinstance(error, NetworkError) else Outcome.UNKNOWN
    return _again(row, known, reason, now)


def is_general(error: TelegramError) -> bool:
    """Whether it would have happened to any message: there is no way to the server, or no right to use it."""
    if isinstance(error, InvalidToken | Conflict):
        return True
    return isinstance(error, NetworkError) and outcome(error) is Outcome.NOT_SENT


def broken(row: Outgoing, error: Exception) -> Conclusion:
    """Something of ours failed over this message before or while it was sent: it harms only itself."""
    return Conclusion(row_id=row.id, state="failed", error=type(error).__name__)


def seconds(error: RetryAfter) -> timedelta:
    """How long the server wants to be left alone."""
    after = error.retry_after
    return after if isinstance(after, timedelta) else timedelta(seconds=float(after))


def _bad_request(row: Outgoing, reason: str) -> Conclusion:
    words = reason.lower()
    if _ALREADY in words:
        return Conclusion(row_id=row.id, state="sent")
    if any(phrase in words for phrase in _UNREACHABLE):
        return _blocked(row, reason)
    return Conclusion(row_id=row.id, state="failed", error=reason)


def _blocked(row: Outgoing, reason: str) -> Conclusion:
    return Conclusion(row_id=row.id, state="blocked", error=reason, block_chat=row.chat_id)


def _until(error: TelegramError, now: datetime) -> datetime | None:
    """When to try again; at once where the chat has only moved."""
    if isinstance(error, RetryAfter):
        return now + seconds(error)
    return None if isinstance(error, ChatMigrated) else now + _BOT_TROUBLE


def _again(row: Outgoing, known: Outcome, reason: str, now: datetime) -> Conclusion:
    at = now + timedelta(seconds=_PAUSES[min(row.attempts - 1, len(_PAUSES) - 1)])
    if known is Outcome.UNKNOWN and row.ambiguous >= AMBIGUOUS_LIMIT:
        return Conclusion(row_id=row.id, state="held", error=reason)
    if known is Outcome.REFUSED and row.attempts >= ATTEMPTS:
        return Conclusion(row_id=row.id, state="failed", error=reason)
    unsure = known is Outcome.UNKNOWN
    return Conclusion(row_id=row.id, state="pending", error=reason, not_before=at, ambiguous=unsure)
