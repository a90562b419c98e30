"""Fetches updates and hands them out: in order within a chat, side by side across chats.

Telegram forgets updates below the offset that is asked for. The offset therefore moves past an update only
when it has been answered (or held up the others for too long), so that a process that dies loses none.
"""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Awaitable, Callable
from typing import Any

from telegram.error import Conflict, InvalidToken, NetworkError, RetryAfter, TelegramError

from bot.errors import StartError
from bot.logs import log

Update = dict[str, Any]
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
_CROWD = 1000
"""Unanswered updates at which no more are fetched."""

_log = log("bot.polling")


class Lanes:
    """One queue a chat; each is worked off by one task while it has anything."""

    def __init__(self, handle: Callable[[Update], Awaitable[None]]) -> None:
        self._handle = handle
        self._lanes: dict[int, deque[Update]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._idle = asyncio.Event()
        self._idle.set()
        self.unanswered: dict[int, float] = {}
        """Update ids in hand, in order, with the time (monotonic seconds) of their arrival."""

    def add(self, update: Update) -> None:
        """Queue an update behind the others of its chat."""
        self.unanswered[update["update_id"]] = time.monotonic()
        self._idle.clear()
        key = lane_of(update)
        lane = self._lanes.get(key)
        if lane is not None:
            lane.append(update)
            return
        self._lanes[key] = deque((update,))
        task = asyncio.create_task(self._work(key))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def wait(self, seconds: float) -> bool:
        """Wait until all is answered; False where it takes longer."""
        if self._idle.is_set():
            return True
        try:
            async with asyncio.timeout(seconds):
                await self._idle.wait()
        except TimeoutError:
            return False
        return True

    def cancel(self) -> None:
        """Give up what is in hand."""
        for task in self._tasks:
            task.cancel()

    async def _work(self, key: int) -> None:
        lane = self._lanes[key]
        try:
            while lane:
                update = lane.popleft()
                await self._handle(update)
                del self.unanswered[update["update_id"]]
        finally:
            del self._lanes[key]
            if not self.unanswered:
                self._idle.set()


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


def lane_of(update: Update) -> int:
    """The chat that an update belongs to, or the person where there is no chat; 0 where there is neither."""
    content: Any = next((content for kind, content in update.items() if kind != "update_id"), None)
    try:
        place = content.get("message") or content
        return int((place.get("chat") or content.get("from") or {}).get("id", 0))
    except (AttributeError, TypeError, ValueError):
        return 0  # It has no shape that we know; what becomes of it is the handler's business.


def _has_id(update: object) -> bool:
    return isinstance(update, dict) and type(update.get("update_id")) is int


def _seconds(wait: RetryAfter) -> float:
    after = wait.retry_after
    return float(after) if isinstance(after, int | float) else after.total_seconds()
