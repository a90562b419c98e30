"""The queue of updates: ids that grow, offsets that confirm, one poller at a time."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Iterable

from bot.memory_api.errors import OTHER_GET_UPDATES, conflict
from bot.memory_api.wire import Json

FIRST_ID = 1001
OPT_IN = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
"""Kinds of update that come only when they are asked for by name."""


class UpdateQueue:
    """Updates waiting for the bot."""

    def __init__(self) -> None:
        self.waiting: deque[Json] = deque()
        self.allowed: frozenset[str] | None = None
        """Kinds the bot asked for; None stands for all but the opt-in ones."""
        self._next_id = FIRST_ID
        self._poll: asyncio.Future[None] | None = None

    def allow(self, kinds: Iterable[str]) -> None:
        """Set what later updates are queued; no kinds at all means the default set."""
        self.allowed = frozenset(kinds) or None

    def push(self, kind: str, content: Json) -> None:
        """Queue an update, unless the bot did not ask for its kind."""
        if kind not in self.allowed if self.allowed is not None else kind in OPT_IN:
            return
        self.waiting.append({"update_id": self._next_id, kind: content})
        self._next_id += 1
        self.wake()

    def wake(self) -> None:
        """Let the waiting poll look again."""
        if self._poll is not None and not self._poll.done():
            self._poll.set_result(None)

    def abort(self, reason: str) -> None:
        """Refuse the waiting poll.

        Args:
            reason: what the conflict is called: ``terminated by setWebhook request``.
        """
        if self._poll is not None and not self._poll.done():
            self._poll.set_exception(conflict(reason))

    def confirm(self, offset: int) -> None:
        """Forget the updates before the offset; a negative one keeps that many of the newest."""
        if offset < 0:
            while len(self.waiting) > -offset:
                self.waiting.popleft()
        while self.waiting and self.waiting[0]["update_id"] < offset:
            self.waiting.popleft()

    async def get(self, offset: int, limit: int, timeout: float) -> list[Json]:  # noqa: ASYNC109 - the API's own
        """Wait for updates.

        Args:
            offset: the first update wanted; those before it are confirmed.
            limit: how many at most, 1–100.
            timeout: seconds to wait while there are none.

        Raises:
            ApiError: 409 when another poll or a webhook takes over.
        """
        self.abort(OTHER_GET_UPDATES)
        self.confirm(offset)
        if not self.waiting and timeout > 0:
            await self._wait(timeout)
        return [self.waiting[i] for i in range(min(limit, len(self.waiting)))]

    async def _wait(self, seconds: float) -> None:
        poll = self._poll = asyncio.get_running_loop().create_future()
        try:
            async with asyncio.timeout(seconds):
                await poll
        except TimeoutError:
            pass
        finally:
            if self._poll is poll:
                self._poll = None
