"""Fetches updates and hands them out: in order within a chat, side by side across chats.

Telegram forgets updates below the offset that is asked for. The offset therefore moves past an update only
when it has been answered (or held up the others for too long), so that a process that dies loses none.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable

from telegram.error import Conflict, InvalidToken, NetworkError, RetryAfter, TelegramError

from bot.errors import StartError
from bot.lanes import Lanes, Update
from bot.logs import log

Fetch = Callable[[int, int, float], Awaitable[list[Update]]]

LIMIT = 100
"""Updates a request; Telegram gives no more."""
LONG_POLL = 30.0
"""Seconds that Telegram may wait for the next update."""
_PATIENCE = 0.2
"""Seconds to wait for slow answers before looking for other people's updates."""
_HOLD = 30.0
"""Seconds that an unanswered update keeps the offset back."""
_BACKOFF = (0.5, 1, 2, 5, 10, 20, 30)
_CONFLICTS_AT_START = 3
_SILENCE = 2 * LONG_POLL
"""Seconds without a reply to a long poll after which updates do not flow."""
_CROWD = 1000
"""Unanswered updates at which no more are fetched."""

_log = log("bot.polling")


class Poller:
    """The long poll. ``run`` it in a task; ``stop`` finishes what is in hand and confirms it."""

    def __init__(
        self,
        fetch: Fetch,
        handle: Callable[[Update], Awaitable[None]],
        leave_webhook: Callable[[], Awaitable[object]],
    ) -> None:
        """Prepare, without asking anything yet.

        Args:
            fetch: ``getUpdates`` with offset, limit and seconds to wait.
            handle: answers one update; it never raises.
            leave_webhook: ``deleteWebhook``, for a bot that was run with one before.
        """
        self.polled = asyncio.Event()
        """Set once the first request went through."""
        self.last_contact = 0.0
        """When the last request went through, or else the first was sent, in monotonic seconds."""
        self._fetch = fetch
        self._leave_webhook = leave_webhook
        self._lanes = Lanes(handle)
        self._next = 0
        self._failures = 0

    async def run(self) -> None:
        """Poll until cancelled.

        Raises:
            StartError: the token is refused, or another program polls with it from the start.
        """
        self.last_contact = time.monotonic()
        while True:
            try:
                await self._poll()
            except RetryAfter as wait:
                await asyncio.sleep(_seconds(wait))
            except InvalidToken:
                raise StartError("Telegram refuses BOT_TOKEN: check it with @BotFather") from None
            except Conflict as conflict:
                await self._resolve(conflict)
            except TelegramError as error:
                await self._pause(error)

    def flowing(self) -> bool:
        """Whether a long poll is open, and the one before came back when it should have."""
        return self._failures == 0 and time.monotonic() - self.last_contact < _SILENCE

    async def stop(self, seconds: float) -> None:
        """Wait for what is in hand, then confirm what was answered.

        Args:
            seconds: how long to wait; what is unanswered then comes again after the next start.
        """
        if not await self._lanes.wait(seconds):
            self._lanes.cancel()
        if self._next == 0:
            return
        try:
            await self._fetch(self._offset(time.monotonic()), 1, 0)
        except Exception as error:
            _log.warning("offset_not_confirmed", exc_info=error)

    async def _poll(self) -> None:
        offset = self._offset(time.monotonic())
        waiting = offset < self._next
        updates = await self._fetch(offset, LIMIT, 0 if waiting else LONG_POLL)
        self.polled.set()
        self.last_contact = time.monotonic()
        self._failures = 0
        known = [update for update in updates if _has_id(update)]
        fresh = [update for update in known if update["update_id"] >= self._next]
        for update in fresh:
            self._next = update["update_id"] + 1
            self._lanes.add(update)
        if waiting and not fresh and len(updates) >= LIMIT:
            self._release()
        if len(known) < len(updates):
            await self._pause(NetworkError("an update without an id"))  # No offset can move past it.
        while not await self._lanes.wait(_PATIENCE) and len(self._lanes.unanswered) >= _CROWD:
            pass

    def _offset(self, now: float) -> int:
        """The first update that Telegram must keep; 0 before any has come."""
        held = (update for update, since in self._lanes.unanswered.items() if now - since < _HOLD)
        return next(held, self._next)

    def _release(self) -> None:
        """Let go of updates whose answers keep a full window of others waiting."""
        for update in self._lanes.unanswered:
            self._lanes.unanswered[update] = -_HOLD

    async def _resolve(self, conflict: Conflict) -> None:
        if "webhook" in conflict.message.lower():
            _log.warning("webhook_left_for_polling")
            await self._leave_webhook()
        elif not self.polled.is_set() and self._failures >= _CONFLICTS_AT_START:
            raise StartError("another program polls with this BOT_TOKEN: stop it first") from None
        else:
            await self._pause(conflict)

    async def _pause(self, error: TelegramError) -> None:
        seconds = _BACKOFF[min(self._failures, len(_BACKOFF) - 1)]
        self._failures += 1
        _log.warning("polling_failed", error=type(error).__name__, again_in=seconds)
        await asyncio.sleep(seconds)


def _has_id(update: object) -> bool:
    return isinstance(update, dict) and type(update.get("update_id")) is int


def _seconds(wait: RetryAfter) -> float:
    after = wait.retry_after
    return float(after) if isinstance(after, int | float) else after.total_seconds()
