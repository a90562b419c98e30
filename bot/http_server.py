"""Serving HTTP beside everything else: a server that leaves signals alone, and bodies within limits."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator, Iterator
from typing import TYPE_CHECKING

import uvicorn
from starlette.exceptions import HTTPException

if TYPE_CHECKING:
    from starlette.applications import Starlette
    from starlette.requests import Request


class Server(uvicorn.Server):
    """Leaves signals to the caller: uvicorn raises them again when it has ended, before the bot has."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Catch none."""
        yield


def listen(address: str) -> socket.socket:
    """A listening socket.

    Args:
        address: ``host:port``; an IPv6 host in brackets.

    Raises:
        OSError: the address is taken, or is none of this machine's.
    """
    host, _, port = address.rpartition(":")
    host = host.strip("[]")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    return socket.create_server((host, int(port)), family=family, backlog=128)


@contextlib.asynccontextmanager
async def serving(app: Starlette, listener: socket.socket) -> AsyncIterator[None]:
    """Serve an application while the block runs; requests in hand are finished at the end.

    Args:
        app: the application; it has no lifespan.
        listener: from :func:`listen`; closed at the end.
    """
    config = uvicorn.Config(
        app,
        log_config=None,
        access_log=False,
        lifespan="off",
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=5,
    )
    server = Server(config)
    task = asyncio.create_task(server.serve(sockets=[listener]))
    try:
        yield
    finally:
        server.should_exit = True
        await asyncio.shield(task)
        listener.close()


async def read_bytes(request: Request, limit: int) -> bytes:
    """The body of a request.

    Raises:
        HTTPException: 413 as soon as it is longer than the limit, in bytes.
    """
    data = bytearray()
    async for chunk in request.stream():
        data += chunk
        if len(data) > limit:
            raise HTTPException(413, f"太大了，最多 {limit // 1024} KB")
    return bytes(data)
