"""A lean HTTP/1.1 client: connections are kept and reused, each with one request at a time."""

from __future__ import annotations

import asyncio
import os
import ssl
from collections import deque
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote, urlsplit

from bot.http_connection import Connection, NoConnectionInTimeError, NotSentError
from bot.http_reply import Reply

_HAPPY_EYEBALLS_DELAY = 0.25
_URL_CHARACTERS = "/:?&=%+~,;@!$'()*[]"


@dataclass(frozen=True, slots=True)
class Origin:
    """Whom to connect to."""

    host: str
    port: int
    tls: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeouts:
    """Seconds to wait in each phase; None waits for ever."""

    pool: float | None = 5
    connect: float | None = 5
    write: float | None = 20
    read: float | None = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What the client holds at most."""

    connections: int = 64
    """Open at once to one origin."""
    body: int = 32 * 1024 * 1024
    """Bytes of a reply's body; the Bot API serves files up to 20 MB."""
    idle: float = 30
    """Seconds that an unused connection is trusted; servers close theirs after a minute or so."""


class Pool:
    """The connections to one origin; the one used last is used next."""

    def __init__(self, origin: Origin, limits: Limits) -> None:
        self._origin = origin
        self._limits = limits
        self._idle: list[Connection] = []
        self._open = 0
        self._waiters: deque[asyncio.Future[Connection | None]] = deque()

    async def acquire(self, timeouts: Timeouts) -> Connection:
        """A connection for one exchange; ``release`` it afterwards.

        Raises:
            NotSentError: none could be made (``NoConnectionInTimeError``: or became free in time).
        """
        while self._idle:
            connection = self._idle.pop()
            if connection.usable(self._limits.idle):
                return connection
            connection.close()
            self._open -= 1
        if self._open < self._limits.connections:
            self._open += 1
        else:
            waiting = await self._wait(timeouts.pool)
            if waiting is not None:
                return waiting
        try:
            return await self._connect(timeouts.connect)
        except BaseException:
            self._free()
            raise

    def release(self, connection: Connection) -> None:
        """Take a connection back, alive or closed."""
        if connection.closed:
            self._free()
        elif not self._hand_over(connection):
            self._idle.append(connection)

    def close(self) -> None:
        """Close the idle connections; those in use close when they are released."""
        for connection in self._idle:
            connection.close()
        self._open -= len(self._idle)
        self._idle.clear()

    async def _wait(self, seconds: float | None) -> Connection | None:
        """A connection that became free, or None for the right to make one."""
        waiter: asyncio.Future[Connection | None] = asyncio.get_running_loop().create_future()
        self._waiters.append(waiter)
        try:
            async with asyncio.timeout(seconds):
                return await waiter
        except BaseException as error:
            if waiter.done() and not waiter.cancelled():
                connection = waiter.result()
                self._free() if connection is None else self.release(connection)
            if isinstance(error, TimeoutError):
                raise NoConnectionInTimeError("all connections are in use") from None
            raise

    def _free(self) -> None:
        if not self._hand_over(None):
            self._open -= 1

    def _hand_over(self, connection: Connection | None) -> bool:
        while self._waiters:
            waiter = self._waiters.popleft()
            if not waiter.done():
                waiter.set_result(connection)
                return True
        return False

    async def _connect(self, seconds: float | None) -> Connection:
        loop = asyncio.get_running_loop()
        try:
            async with asyncio.timeout(seconds):
                _, connection = await loop.create_connection(
                    lambda: Connection(loop, self._limits.body),
                    self._origin.host,
                    self._origin.port,
                    ssl=tls_context() if self._origin.tls else None,
                    happy_eyeballs_delay=_HAPPY_EYEBALLS_DELAY,
                )
        except TimeoutError:
            raise NoConnectionInTimeError("no connection in time") from None
        except (OSError, ssl.CertificateError) as error:
            raise NotSentError(f"no connection: {error.strerror or type(error).__name__}") from error
        return connection


class HttpClient:
    """Pools for all origins that are asked."""

    def __init__(self, limits: Limits | None = None) -> None:
        self._limits = limits or Limits()
        self._pools: dict[Origin, Pool] = {}

    async def request(
        self, method: str, url: str, timeouts: Timeouts, content_type: bytes = b"", body: bytes = b""
    ) -> Reply:
        """One exchange. Redirects are given back, not followed.

        Raises:
            NotSentError: the server cannot have accepted the request.
            ReplyLostError: it may have been carried out, and no usable reply came.
        """
        origin, lines = _target(method, url)
        head = lines + b"\r\n"
        if method == "POST" and not body:
            head = b"%sContent-Length: 0\r\n\r\n" % lines
        elif method == "POST":
            head = b"%sContent-Type: %s\r\nContent-Length: %d\r\n\r\n" % (lines, content_type, len(body))
        pool = self._pools.get(origin)
        if pool is None:
            pool = self._pools[origin] = Pool(origin, self._limits)
        connection = await pool.acquire(timeouts)
        try:
            return await connection.exchange(head, body, timeouts.write, timeouts.read)
        finally:
            pool.release(connection)

    def close(self) -> None:
        """Close all idle connections."""
        for pool in self._pools.values():
            pool.close()


@lru_cache(maxsize=256)
def _target(method: str, url: str) -> tuple[Origin, bytes]:
    """Whom to ask, and the request line and the headers that are always the same."""
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise NotSentError("the address is not http(s)")
    tls = parts.scheme == "https"
    origin = Origin(parts.hostname, parts.port or (443 if tls else 80), tls)
    # Quoting leaves no blank, line end or other character that could end the line early.
    path = quote(parts.path or "/", safe=_URL_CHARACTERS) + (
        f"?{quote(parts.query, safe=_URL_CHARACTERS)}" if parts.query else ""
    )
    host = parts.netloc.rpartition("@")[2].encode("idna").decode()
    return origin, f"{method} {path} HTTP/1.1\r\nHost: {host}\r\nUser-Agent: forum-briefing-bot\r\n".encode()


@lru_cache(maxsize=1)
def tls_context() -> ssl.SSLContext:
    """Certificates and host names are checked, against SSL_CERT_FILE where set, else certifi's list."""
    cafile = os.environ.get("SSL_CERT_FILE")
    if cafile is None and "SSL_CERT_DIR" not in os.environ:
        import certifi  # noqa: PLC0415 - not needed without TLS

        cafile = certifi.where()
    context = ssl.create_default_context(cafile=cafile, capath=os.environ.get("SSL_CERT_DIR"))
    context.set_alpn_protocols(["http/1.1"])
    return context
