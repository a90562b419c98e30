"""Sends what the outbox holds, at a pace that Telegram takes, and notes what became of each row."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from aiolimiter import AsyncLimiter
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

from bot.logs import log
from bot.transport import Outcome, outcome
from storage.outbox import AMBIGUOUS_LIMIT, Outgoing
from storage.repositories import Repositories

Send = Callable[[str, Mapping[str, str]], Awaitable[Any]]
"""Calls a method of the Bot API with parameters and gives its result as JSON."""

DRAIN = 10.0
"""Seconds that a stop waits for messages on their way."""
ATTEMPTS = 8
"""Refusals by a failing server after which a row has failed; with the pauses about 20 minutes."""
_PAUSES = (5, 15, 30, 60, 120, 300, 600)
_BOT_TROUBLE = timedelta(minutes=5)
_AT_ONCE = 20
_IDLE = 60.0
"""Seconds after which the outbox is looked at without being woken."""
_CHATS = 10_000
_LOOK = 0.02

_log = log("bot.delivery")


class Pace:
    """How fast messages may go out: overall, to one chat, to one group."""

    def __init__(self, rate: float) -> None:
        """Set the pace.

        Args:
            rate: messages a second, overall.
        """
        self._overall = AsyncLimiter(max(rate, 1), max(1 / rate, 1))
        self._chats: OrderedDict[int, tuple[AsyncLimiter, ...]] = OrderedDict()

    async def turn(self, chat_id: int) -> None:
        """Wait until a message may go to a chat."""
        for limiter in self._of(chat_id):
            await limiter.acquire()
        await self._overall.acquire()

    def _of(self, chat_id: int) -> tuple[AsyncLimiter, ...]:
        limiters = self._chats.get(chat_id)
        if limiters is None:
            limiters = (AsyncLimiter(1, 1), AsyncLimiter(20, 60)) if chat_id < 0 else (AsyncLimiter(1, 1),)
            self._chats[chat_id] = limiters
            if len(self._chats) > _CHATS:
                self._chats.popitem(last=False)
        self._chats.move_to_end(chat_id)
        return limiters


class Delivery:
    """The outbox loop."""

    def __init__(
        self, repositories: Repositories, send: Send, *, rate: float, now: Callable[[], datetime]
    ) -> None:
        """Prepare; ``run`` sends.

        Args:
            repositories: whose outbox and chats.
            send: the Bot API.
            rate: messages a second, overall.
            now: the clock.
        """
        self._outbox = repositories.outbox
        self._chats = repositories.chats
        self._send = send
        self._now = now
        self._pace = Pace(rate)
        self._wake = asyncio.Event()
        self._tasks: dict[int, asyncio.Task[None]] = {}
        self._sending: set[int] = set()
        self._stopping = False

    def wake(self) -> None:
        """Look at the outbox now."""
        self._wake.set()

    async def run(self) -> None:
        """Send until cancelled; rows that a dead process was sending come first."""
        await self._outbox.recover(now=self._now())
        while True:
            self._wake.clear()
            for row in await self._outbox.due(self._now(), _AT_ONCE + len(self._tasks)):
                if row.chat_id not in self._tasks and len(self._tasks) < _AT_ONCE:
                    task = asyncio.create_task(self._deliver(row))
                    self._tasks[row.chat_id] = task
                    task.add_done_callback(partial(self._done, row.chat_id))
            await self._rest()

    async def drain(self, seconds: float = DRAIN) -> None:
        """Let what is being sent come to its end; what only waits for its turn stays in the outbox."""
        self._stopping = True
        for chat_id, task in self._tasks.items():
            if chat_id not in self._sending:
                task.cancel()
        if self._tasks:
            _, late = await asyncio.wait(self._tasks.values(), timeout=seconds)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    async def settle(self, seconds: float) -> None:
        """Wait until nothing is left that may be sent now, or some seconds."""
        try:
            async with asyncio.timeout(seconds):
                while self._tasks or await self._outbox.due(self._now(), 1):  # noqa: ASYNC110 - told by the database
                    await asyncio.sleep(_LOOK)
        except TimeoutError:
            pass

    async def _rest(self) -> None:
        soonest = await self._outbox.next_due()
        seconds = _IDLE
        if soonest is not None and soonest > self._now():
            seconds = min(seconds, (soonest - self._now()).total_seconds())
        try:
            async with asyncio.timeout(seconds):
                await self._wake.wait()
        except TimeoutError:
            pass

    def _done(self, chat_id: int, task: asyncio.Task[None]) -> None:
        del self._tasks[chat_id]
        if not task.cancelled() and task.exception() is not None:
            _log.error("delivery_failed", exc_info=task.exception())
        self.wake()

    async def _deliver(self, row: Outgoing) -> None:
        await self._pace.turn(row.chat_id)
        if self._stopping:
            return
        self._sending.add(row.chat_id)
        try:
            await self._send_one(row)
        finally:
            self._sending.discard(row.chat_id)

    async def _send_one(self, row: Outgoing) -> None:
        chat_id = await self._outbox.begin(row.id, now=self._now())
        if chat_id is None:
            return
        try:
            result = await self._send(row.method, {"chat_id": str(chat_id), **row.parameters})
        except TelegramError as error:
            await self._note(row, chat_id, error)
        else:
            message_id = result.get("message_id") if isinstance(result, dict) else None
            await self._outbox.sent(row.id, message_id, now=self._now())

    async def _note(self, row: Outgoing, chat_id: int, error: TelegramError) -> None:
        """What each class of error means for the row."""
        now, reason = self._now(), _reason(error)
        _log.warning("not_delivered", row=row.id, error=type(error).__name__, attempts=row.attempts + 1)
        match error:
            case RetryAfter():
                await self._outbox.retry(row.id, reason, now=now, at=now + _seconds(error), free=True)
            case ChatMigrated():
                await self._outbox.retry(row.id, reason, now=now, at=now, free=True)
                await self._chats.migrate(chat_id, error.new_chat_id)
            case Forbidden():
                await self._outbox.block(row.id, chat_id, reason, now=now)
                await self._chats.set_active(chat_id, False)
            case BadRequest():
                await self._outbox.fail(row.id, reason, now=now)
            case NetworkError():
                await self._retry(row, outcome(error), reason, now)
            case InvalidToken() | Conflict():
                # Not the message's fault: it waits until somebody has seen to the bot.
                await self._outbox.retry(row.id, reason, now=now, at=now + _BOT_TROUBLE, free=True)
            case _:
                await self._retry(row, Outcome.UNKNOWN, reason, now)

    async def _retry(self, row: Outgoing, known: Outcome, reason: str, now: datetime) -> None:
        at = now + timedelta(seconds=_PAUSES[min(row.attempts, len(_PAUSES) - 1)])
        if known is Outcome.UNKNOWN:
            if row.ambiguous >= AMBIGUOUS_LIMIT:
                await self._outbox.hold(row.id, reason, now=now)
            else:
                await self._outbox.retry(row.id, reason, now=now, at=at, ambiguous=True)
        elif known is Outcome.NOT_SENT:
            await self._outbox.retry(row.id, reason, now=now, at=at)
        elif row.attempts + 1 >= ATTEMPTS:
            await self._outbox.fail(row.id, reason, now=now)
        else:
            await self._outbox.retry(row.id, reason, now=now, at=at)


def _reason(error: TelegramError) -> str:
    return f"{type(error).__name__}: {error.message}"[:300]


def _seconds(error: RetryAfter) -> timedelta:
    after = error.retry_after
    return after if isinstance(after, timedelta) else timedelta(seconds=float(after))
