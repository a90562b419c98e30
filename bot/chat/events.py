"""What happened, numbered, so that a page that lost its connection can catch up."""

from __future__ import annotations

import asyncio
import json
import secrets
from collections import deque
from collections.abc import AsyncIterator, Sequence

from bot.memory_api.wire import Json

HEARTBEAT = 15.0
"""Seconds of silence after which a stream sends a comment, so that a dead connection shows."""


class EventsLostError(LookupError):
    """The log cannot go on from the given event: it is too old, or of another run."""


class EventLog:
    """The newest events of one run of the server."""

    def __init__(self, capacity: int = 2000) -> None:
        """Start empty.

        Args:
            capacity: how many events are kept for pages that come back.
        """
        self.epoch = secrets.token_hex(4)
        self.count = 0
        self._events: deque[Json] = deque(maxlen=capacity)
        self._news = asyncio.Event()

    @property
    def last_id(self) -> str:
        """Id of the newest event; a page that knows everything up to it goes on from here."""
        return self._id(self.count)

    def add(self, event: Json) -> None:
        """Append an event and wake every stream."""
        self._events.append(event)
        self.count += 1
        self._news.set()
        self._news = asyncio.Event()

    def after(self, last_id: str) -> Sequence[tuple[str, Json]]:
        """The events after an id, each with its own id.

        Raises:
            EventsLostError: some of them are gone, or the id is of another run.
        """
        epoch, _, digits = last_id.partition("-")
        seen = int(digits) if digits.isascii() and digits.isdigit() else -1
        oldest = self.count - len(self._events)
        if epoch != self.epoch or not oldest <= seen <= self.count:
            raise EventsLostError(last_id)
        events = list(self._events)[seen - oldest :]
        return [(self._id(seen + step), event) for step, event in enumerate(events, start=1)]

    async def news(self) -> bool:
        """Wait for the next event; False when none came within a heartbeat."""
        try:
            async with asyncio.timeout(HEARTBEAT):
                await self._news.wait()
        except TimeoutError:
            return False
        return True

    async def stream(self, last_id: str) -> AsyncIterator[str]:
        """Server-sent events from an id on, without end; ``reset`` where the log cannot go on from it."""
        yield "retry: 1000\n\n"
        while True:
            try:
                events = self.after(last_id)
            except EventsLostError:
                yield "event: reset\ndata: {}\n\n"
                return
            for last_id, event in events:  # noqa: PLR1704 - the last one sent is where to go on from
                yield f"id: {last_id}\ndata: {json.dumps(event, ensure_ascii=False)}\n\n"
            if not events and not await self.news():
                yield ": still here\n\n"

    def _id(self, number: int) -> str:
        return f"{self.epoch}-{number}"
