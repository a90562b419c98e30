"""Faults that a test can put between the bot and the server."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from bot.memory_api.errors import ConnectionDroppedError
from bot.memory_api.wire import Response

Fault = Callable[[str, Mapping[str, Any]], Response | None]
"""Given the method and its parameters, the answer to give instead, or None to let the request through."""

HANG = Response(0, {"fault": "hang"})
"""A fault: the request is not carried out and never answered."""
DROP = Response(0, {"fault": "drop"})
"""A fault: the connection breaks before the request is carried out."""
LOSE = Response(0, {"fault": "lose"})
"""A fault: the request is carried out, then the connection breaks before the answer."""


async def injected(fault: Response) -> Response:
    """Answer with a fault.

    Raises:
        ConnectionDroppedError: the fault is a broken connection.
    """
    if fault is DROP:
        raise ConnectionDroppedError("the connection broke")
    if fault is HANG:
        await asyncio.get_running_loop().create_future()
    return fault


async def lost(response: Response | Awaitable[Response]) -> Response:
    """Break the connection after a request was carried out.

    Raises:
        ConnectionDroppedError: always.
    """
    if not isinstance(response, Response):
        await response
    raise ConnectionDroppedError("the answer was lost")
