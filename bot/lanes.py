"""Works updates off: in order within a chat, side by side across chats."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Awaitable, Callable
from typing import Any

Update = dict[str, Any]


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


def lane_of(update: Update) -> int:
    """The chat that an update belongs to, or the person where there is no chat; 0 where there is neither."""
    content: Any = next((content for kind, content in update.items() if kind != "update_id"), None)
    try:
        place = content.get("message") or content
        return int((place.get("chat") or content.get("from") or {}).get("id", 0))
    except (AttributeError, TypeError, ValueError):
        return 0  # It has no shape that we know; what becomes of it is the handler's business.
