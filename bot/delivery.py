"""Sends what the outbox holds, at a pace that Telegram takes, and notes what became of each row.

A row waits for its turn unclaimed, is claimed (committed), sent, and concluded (committed); claims and
conclusions of many rows share their commits. Waiting times run on the loop's own clock, so that a wall
clock that jumps neither repeats nor stalls a message.
"""

from __future__ import annotations

import asyncio
import contextlib
import sqlite3
import uuid
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from telegram.error import ChatMigrated, TelegramError

from bot import verdicts
from bot.batching import Batcher
from bot.logs import log
from bot.pace import Pace
from storage.errors import StorageError
from storage.outbox import Conclusion, Due, Outgoing
from storage.repositories import Repositories

Send = Callable[[str, Mapping[str, str]], Awaitable[Any]]
"""Calls a method of the Bot API with parameters and gives its result as JSON."""

DRAIN = 10.0
"""Seconds that a stop waits for messages on their way."""
IN_FLIGHT = 64
"""Messages on their way at once, at most: so many may come twice when the process is killed."""
FIRST = 4
"""On their way at once when a run begins; each that arrives adds one, so that a program that keeps dying soon
after its start leaves few messages in doubt."""
_WINDOW = 256
"""Rows that wait for their turn at once."""
_IDLE = 60.0
"""Seconds after which the outbox is looked at without being woken."""
_AGAIN = 1.0
"""Seconds before a commit that failed is tried again."""
_LOOK = 0.02
_CLOSED = (1.0, 2.0, 5.0, 15.0, 30.0)
"""Seconds for which nothing is tried where nothing can be sent at all."""

_log = log("bot.delivery")


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
        self._run = uuid.uuid4().hex
        self._pace = Pace(rate)
        self._wake = asyncio.Event()
        self._open_slots = FIRST
        self._slots = asyncio.Semaphore(FIRST)
        self._commits: Batcher[int | Conclusion, Outgoing | None] = Batcher(self._commit)
        self._waiting: dict[int, asyncio.Task[None]] = {}
        """Rows that wait for their turn."""
        self._sending: dict[int, asyncio.Task[None]] = {}
        """Rows that are claimed, or about to be."""
        self._parked: dict[int, float] = {}
        """Rows that are to be tried again, with the loop time from which they may be."""
        self._closures = 0
        self._closed_until = 0.0
        self._stopping = False

    @property
    def busy(self) -> bool:
        """Whether any message is in hand."""
        return bool(self._waiting or self._sending)

    def wake(self) -> None:
        """Look at the outbox now."""
        self._wake.set()

    def hurry(self) -> None:
        """Look again at rows that wait for a time, by the clock that was given: it was moved by hand."""
        self._parked.clear()
        self._closed_until = 0.0
        self._wake.set()

    async def run(self) -> None:
        """Send until cancelled; rows that a dead process was sending come first."""
        await self._recover()
        while not self._stopping:
            self._wake.clear()
            if len(self._waiting) >= _WINDOW // 2 or not await self._scout():
                await self._rest()

    async def drain(self, seconds: float = DRAIN) -> None:
        """Let what is being sent come to its end; what only waits for its turn stays in the outbox."""
        self._stopping = True
        for task in list(self._waiting.values()):
            task.cancel()
        if self._sending:
            _, late = await asyncio.wait(self._sending.values(), timeout=seconds)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    async def settle(self, seconds: float) -> None:
        """Wait until nothing is left that may be sent now, or some seconds."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                while self.busy or await self._due(1):  # noqa: ASYNC110 - told by the database
                    await asyncio.sleep(_LOOK)

    async def _recover(self) -> None:
        """Look after what a dead process left, as soon as the database takes it."""
        while True:
            try:
                return await self._outbox.recover(self._run, now=self._now())
            except (StorageError, sqlite3.Error) as error:
                _log.error("outbox_not_written", exc_info=error, again_in=_AGAIN)
                await asyncio.sleep(_AGAIN)

    async def _scout(self) -> int:
        """Line up rows whose turn has come; gives how many."""
        due = await self._due(_WINDOW + len(self._waiting) + len(self._sending))
        lined_up = 0
        for row in due:
            if len(self._waiting) >= _WINDOW or self._stopping:
                break
            if row.id not in self._waiting and row.id not in self._sending:
                task = asyncio.create_task(self._deliver(row))
                self._waiting[row.id] = task
                task.add_done_callback(partial(self._done, row.id))
                lined_up += 1
        return lined_up

    async def _due(self, limit: int) -> list[Due]:
        time = asyncio.get_running_loop().time()
        released = [row for row, at in self._parked.items() if at <= time]
        parked = [row for row, at in self._parked.items() if at > time]
        return await self._outbox.due(self._now(), limit, parked=parked, released=released)

    async def _rest(self) -> None:
        """Sleep until woken or until a parked row's time comes."""
        loop = asyncio.get_running_loop()
        seconds = min([_IDLE, *(max(at - loop.time(), 0) for at in self._parked.values())])
        if not self.busy and (soonest := await self._outbox.next_due()) is not None:
            seconds = min(seconds, max((soonest - self._now()).total_seconds(), _LOOK))
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._wake.wait()

    def _done(self, row_id: int, task: asyncio.Task[None]) -> None:
        self._waiting.pop(row_id, None)
        self._sending.pop(row_id, None)
        if not task.cancelled() and (error := task.exception()) is not None:
            _log.error("delivery_failed", row=row_id, exc_info=error)
        self.wake()

    async def _deliver(self, due: Due) -> None:
        await self._pace.turn(due.chat_id)
        async with self._slots:
            await self._way_is_open()
            if self._stopping:
                return
            # From here on a stop waits for it.
            self._sending[due.id] = self._waiting.pop(due.id)
            row = await self._committed(due.id)
            if row is not None:
                await self._note(row, await self._attempt(row))

    async def _way_is_open(self) -> None:
        """Wait while no message at all can be sent; none is claimed meanwhile."""
        loop = asyncio.get_running_loop()
        while (wait := self._closed_until - loop.time()) > 0:  # noqa: ASYNC110 - it waits for a time
            await asyncio.sleep(min(wait, _AGAIN))

    def _close_the_way(self) -> None:
        """Try nothing for a while, longer each time in a row; what was on its way counts once."""
        time = asyncio.get_running_loop().time()
        if time < self._closed_until:
            return
        self._closures += 1
        self._closed_until = time + _CLOSED[min(self._closures, len(_CLOSED)) - 1]

    async def _attempt(self, row: Outgoing) -> Conclusion:
        """Send a row; what became of it."""
        try:
            if row.parameters is None:
                return verdicts.broken(row, ValueError("unreadable"))
            result = await self._send(row.method, {"chat_id": str(row.chat_id), **row.parameters})
        except TelegramError as error:
            _log.warning("not_delivered", row=row.id, error=type(error).__name__, attempts=row.attempts)
            if isinstance(error, ChatMigrated):
                await self._chats.migrate(row.chat_id, error.new_chat_id)
            if verdicts.is_general(error):
                self._close_the_way()
            return verdicts.refused(row, error, self._now())
        except Exception as error:
            _log.error("message_broken", row=row.id, exc_info=error)
            return verdicts.broken(row, error)
        self._closures = 0
        if self._open_slots < IN_FLIGHT:
            self._open_slots += 1
            self._slots.release()
        return verdicts.sent(row, result)

    async def _note(self, row: Outgoing, conclusion: Conclusion) -> None:
        """Commit a conclusion, however long the database cannot; then what follows from it."""
        if conclusion.not_before is not None:
            wait = (conclusion.not_before - self._now()).total_seconds()
            self._parked[row.id] = asyncio.get_running_loop().time() + wait
        else:
            self._parked.pop(row.id, None)
        await self._committed(conclusion)
        if conclusion.block_chat is not None:
            await self._chats.set_active(conclusion.block_chat, False)

    async def _committed(self, item: int | Conclusion) -> Outgoing | None:
        """Commit with others, waiting while the database cannot: what was sent must not be forgotten."""
        while True:
            try:
                return await self._commits.submit(item)
            except (StorageError, sqlite3.Error) as error:
                _log.error("outbox_not_written", exc_info=error, again_in=_AGAIN)
                await asyncio.sleep(_AGAIN)

    async def _commit(self, items: Sequence[int | Conclusion]) -> list[Outgoing | None]:
        """Claim rows (given by their ids) and conclude others, in one transaction."""
        claimed = await self._outbox.exchange(
            [item for item in items if isinstance(item, int)],
            [item for item in items if isinstance(item, Conclusion)],
            self._run,
            now=self._now(),
        )
        return [claimed.get(item) if isinstance(item, int) else None for item in items]
