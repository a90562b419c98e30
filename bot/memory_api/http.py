"""The Bot API in memory over HTTP on loopback, for a bot that runs as a process of its own.

A server of its own, as small as the protocol allows, because benchmarks run against it: what it costs
must not count for the bot.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager
from http import HTTPStatus
from urllib.parse import unquote

from bot.memory_api.api import BotApi
from bot.memory_api.errors import ConnectionDroppedError, bad_request, not_found, unauthorized
from bot.memory_api.forms import read_form
from bot.memory_api.wire import Response

BODY_LIMIT = 64 * 1024 * 1024
"""Bytes of a request's body; more than the Bot API takes of a file."""

_PHRASES = {status.value: status.phrase for status in HTTPStatus}


@asynccontextmanager
async def serve(api: BotApi, port: int = 0) -> AsyncIterator[str]:
    """Serve a Bot API on loopback while the context lasts.

    Args:
        api: the server in memory.
        port: the port; 0 takes a free one.

    Yields:
        Its address, such as ``http://127.0.0.1:8081``; the bot's base URL is this and ``/bot``, that of
        files this and ``/file/bot``.
    """
    connections: set[_Connection] = set()
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: _Connection(api, connections), "127.0.0.1", port)
    try:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    finally:
        server.close()
        for connection in list(connections):
            connection.abort()
        await server.wait_closed()


class _Connection(asyncio.Protocol):
    """One client: requests are answered one after the other, in the order they came."""

    def __init__(self, api: BotApi, connections: set[_Connection]) -> None:
        self._api = api
        self._connections = connections
        self._buffer = bytearray()
        self._task: asyncio.Task[None] | None = None
        self._transport: asyncio.Transport

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)  # noqa: S101 - a TCP server makes no other kind
        self._transport = transport
        self._connections.add(self)

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 - the protocol's signature
        self._connections.discard(self)
        if self._task is not None:
            self._task.cancel()

    def abort(self) -> None:
        """Break the connection."""
        self._transport.abort()

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        self._advance()

    def _advance(self) -> None:
        """Answer the requests that are complete, up to one that has to wait."""
        try:
            while self._task is None and self._next():
                pass
        except ValueError as error:
            self._write(bad_request(f"can't parse request: {error}").response())
            self._transport.close()

    def _next(self) -> bool:
        """Answer the next request, if it is complete."""
        end = self._buffer.find(b"\r\n\r\n")
        if end < 0:
            return False
        target, headers = _parse_head(self._buffer[:end].decode("latin-1"))
        taken = self._body(headers, end + 4)
        if taken is None:
            return False
        body, rest = taken
        del self._buffer[:rest]
        self._answer(target, headers.get("content-type", ""), body)
        return True

    def _body(self, headers: dict[str, str], start: int) -> tuple[bytes, int] | None:
        """The body and where it ends; None where it is not complete yet."""
        if headers.get("transfer-encoding", "").lower() == "chunked":
            return _unchunk(self._buffer, start)
        length = int(headers.get("content-length", 0))
        if length > BODY_LIMIT:
            raise ValueError("request entity too large")
        end = start + length
        if len(self._buffer) < end:
            if headers.get("expect") and len(self._buffer) == start:
                self._transport.write(b"HTTP/1.1 100 Continue\r\n\r\n")
            return None
        return bytes(self._buffer[start:end]), end

    def _answer(self, target: str, content_type: str, body: bytes) -> None:
        path, _, query = target.partition("?")
        if path.startswith("/file/bot"):
            self._download(unquote(path))
            return
        token, _, method = unquote(path).removeprefix("/bot").partition("/")
        if ":" not in token:
            self._write(not_found().response())
        elif token != self._api.token:
            self._write(unauthorized().response())
        else:
            params, files = read_form(content_type, body, query)
            response = self._api.respond(method, params, files)
            if isinstance(response, Response):
                self._write(response)
            else:
                self._task = asyncio.get_running_loop().create_task(self._write_later(response))

    async def _write_later(self, response: Awaitable[Response]) -> None:
        try:
            self._write(await response)
        except ConnectionDroppedError:
            self.abort()
        finally:
            self._task = None
        self._advance()

    def _download(self, path: str) -> None:
        token, _, name = path.removeprefix("/file/bot").partition("/")
        data = self._api.state.files.at(name) if token == self._api.token else None
        if data is None:
            self._write(not_found().response())
        else:
            self._write_raw(200, "application/octet-stream", data)

    def _write(self, response: Response) -> None:
        self._write_raw(response.status, "application/json", json.dumps(response.payload).encode())

    def _write_raw(self, status: int, content_type: str, body: bytes) -> None:
        head = (
            f"HTTP/1.1 {status} {_PHRASES.get(status, 'Unknown')}\r\n"
            f"Content-Type: {content_type}\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        self._transport.write(head.encode() + body)


def _parse_head(head: str) -> tuple[str, dict[str, str]]:
    request, *lines = head.split("\r\n")
    _, target, _ = request.split(" ")
    headers = {}
    for line in lines:
        name, _, value = line.partition(":")
        headers[name.lower()] = value.strip()
    return target, headers


def _unchunk(buffer: bytearray, start: int) -> tuple[bytes, int] | None:
    chunks: list[bytes] = []
    while True:
        line_end = buffer.find(b"\r\n", start)
        if line_end < 0:
            return None
        size = int(buffer[start:line_end].partition(b";")[0], 16)
        start = line_end + 2 + size + 2
        if len(buffer) < start:
            return None
        if size == 0:
            return b"".join(chunks), start
        chunks.append(bytes(buffer[line_end + 2 : start - 2]))
