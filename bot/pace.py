"""How fast messages may go out: overall, to one chat, to one group."""

from __future__ import annotations

import asyncio
from collections import OrderedDict, deque

from aiolimiter import AsyncLimiter

_CHATS = 10_000
"""Chats whose pace is remembered; those written to least lately are forgotten first."""
_APART = 1.0
"""Seconds between two messages to one chat."""
_GROUP, _MINUTE = 20, 60.0
"""Messages to a group in any so many seconds."""


class Pace:
    """Telegram takes about 30 messages a second, one a second to a chat, 20 a minute to a group.

    The overall rate is a leaky bucket; a chat's is kept exactly, by when it was last written to, for a
    bucket of 20 a minute would let nearly 40 through in its first minute.
    """

    def __init__(self, rate: float) -> None:
        """Set the pace.

        Args:
            rate: messages a second, overall.
        """
        self._overall = AsyncLimiter(max(rate, 1), max(1 / rate, 1))
        self._chats: OrderedDict[int, deque[float]] = OrderedDict()

    async def turn(self, chat_id: int) -> None:
        """Wait until a message may go to a chat."""
        time = asyncio.get_running_loop().time()
        if (wait := self._book(chat_id, time) - time) > 0:
            await asyncio.sleep(wait)
        await self._overall.acquire()

    def _book(self, chat_id: int, now: float) -> float:
        """The loop time at which the next message to a chat may go; it is taken."""
        times = self._chats.get(chat_id)
        if times is None:
            times = self._chats[chat_id] = deque(maxlen=_GROUP if chat_id < 0 else 1)
            if len(self._chats) > _CHATS:
                self._chats.popitem(last=False)
        self._chats.move_to_end(chat_id)
        at = now
        if times:
            at = max(at, times[-1] + _APART)
        if chat_id < 0 and len(times) == _GROUP:
            at = max(at, times[0] + _MINUTE)
        times.append(at)
        return at
