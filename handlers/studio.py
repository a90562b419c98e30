"""Where pictures and files are made: beside the event loop, each once as long as it is remembered."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from typing import Any

Run = Callable[..., Awaitable[Any]]
"""Runs a function of a module with its arguments somewhere else; both can be pickled."""
CAPACITY = 48
"""Pictures and files kept; a picture takes about 0.2 MB."""
LARGEST = 2_000_000
"""Bytes of what is kept; larger files are made anew."""


class Studio:
    """Makes bytes of frozen values; the same values are the same bytes."""

    def __init__(self, run: Run = asyncio.to_thread, capacity: int = CAPACITY) -> None:
        """Make nothing yet.

        Args:
            run: does the work: a thread, or a worker process.
            capacity: results kept.
        """
        self._run = run
        self._capacity = capacity
        self._made: OrderedDict[tuple[Any, ...], bytes] = OrderedDict()

    async def make(self, function: Callable[..., bytes], *arguments: Any) -> bytes:
        """What a function makes of its arguments, which are hashable."""
        key = (function, *arguments)
        made = self._made.get(key)
        if made is None:
            made = await self._run(function, *arguments)
            if len(made) <= LARGEST:
                self._made[key] = made
            if len(self._made) > self._capacity:
                self._made.popitem(last=False)
        else:
            self._made.move_to_end(key)
        return made
