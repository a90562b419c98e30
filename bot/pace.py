"""How fast messages may go out: overall, to one chat, to one group."""

from __future__ import annotations

from collections import OrderedDict

from aiolimiter import AsyncLimiter

_CHATS = 10_000
"""Chats whose pace is remembered; those written to least lately are forgotten first."""


class Pace:
    """Telegram takes about 30 messages a second, one a second to a chat, 20 a minute to a group."""

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
