"""One connection of the HTTP client.

Every failure says whether the server can have seen the whole request, because a message that may have been
sent must not be sent again by itself:

    HttpError
    ├── NotSentError      the server cannot have accepted it; repeating is safe
    │   └── NoConnectionInTimeError
    └── ReplyLostError    it may have been carried out; nobody knows
        └── ReplyTimeoutError
"""

from __future__ import annotations

import asyncio
import select
from typing import cast

from bot.http_reply import MalformedReplyError, Reply

_CHUNK = 64 * 1024
"""Bytes handed over at once; a longer request waits for the server to take them."""


class HttpError(Exception):
    """A request that got no usable reply."""


class NotSentError(HttpError):
    """The server cannot have accepted the request."""


class NoConnectionInTimeError(NotSentError):
    """No connection was free or could be made in time."""


class ReplyLostError(HttpError):
    """The request went out, and no usable reply came; it may have been carried out."""


class ReplyTimeoutError(ReplyLostError):
    """The request went out, and the reply did not come in time."""


class Connection(asyncio.Protocol):
    """One connection; it serves one exchange at a time."""

    def __init__(self, loop: asyncio.AbstractEventLoop, body_limit: int) -> None:
        self._loop = loop
        self._body_limit = body_limit
        self._transport: asyncio.Transport
        self._reply: Reply | None = None
        self._waiter: asyncio.Future[Reply] | None = None
        self._writable: asyncio.Future[None] | None = None
        self._heard = 0.0
        self.closed = False
        self.idle_since = 0.0

    # --- what asyncio calls

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the transport."""
        self._transport = cast("asyncio.Transport", transport)
        self._poll = select.poll()
        self._poll.register(transport.get_extra_info("socket"), select.POLLIN)

    def data_received(self, data: bytes) -> None:
        """Feed the reply; bytes that nobody waits for end the connection."""
        reply = self._reply
        if reply is None:
            self.close()
            return
        self._heard = self._loop.time()
        try:
            reply.feed(data)
        except MalformedReplyError as error:
            self._fail(ReplyLostError(str(error)))
            return
        if reply.complete:
            self._succeed(reply)

    def eof_received(self) -> None:
        """The end of the connection completes a reply without a length and cuts off any other."""
        if self._reply is None:
            self.close()
            return
        try:
            self._reply.feed_eof()
        except MalformedReplyError as error:
            self._fail(ReplyLostError(str(error)))
        else:
            self._succeed(self._reply)

    def connection_lost(self, exc: Exception | None) -> None:
        """Tell whoever waits."""
        self._fail(ReplyLostError(f"the connection broke ({type(exc).__name__})"))

    def pause_writing(self) -> None:
        """The send buffer is full."""
        self._writable = self._loop.create_future()

    def resume_writing(self) -> None:
        """The send buffer has room again."""
        if self._writable is not None and not self._writable.done():
            self._writable.set_result(None)
        self._writable = None

    # --- what the pool calls

    def usable(self, idle_limit: float) -> bool:
        """Whether an idle connection may be used again: young enough, and no word from the server.

        A server that closes leaves readable bytes in the socket before the event loop sees them.
        """
        if self.closed or self._loop.time() - self.idle_since > idle_limit:
            return False
        return not self._poll.poll(0)

    async def exchange(self, head: bytes, body: bytes, write: float | None, read: float | None) -> Reply:
        """Send a request and wait for its reply.

        Args:
            head: request line and headers, with the empty line.
            body: what follows them.
            write: seconds that the server may take none of the request.
            read: seconds that the server may send none of the reply.

        Raises:
            NotSentError: the connection broke or stalled before the whole request had gone out.
            ReplyLostError: it went out, and no usable reply came (``ReplyTimeoutError``: in time).
        """
        if self.closed:
            raise NotSentError("the connection was closed while it waited")
        self._reply = Reply(self._body_limit)
        waiter: asyncio.Future[Reply] = self._loop.create_future()
        self._waiter = waiter
        timer: asyncio.TimerHandle | None = None
        try:
            if len(body) <= _CHUNK:
                self._transport.write(head + body)
            else:
                await self._write(head, body, write)
            if read is not None and not waiter.done():
                self._heard = self._loop.time()
                timer = self._loop.call_later(read, self._check_time, read, waiter)
            return await waiter
        finally:
            if timer is not None:
                timer.cancel()
            if not (waiter.done() and self._reply.complete and self._reply.keep_alive):
                self.close()
            self._reply = self._waiter = None
            self.idle_since = self._loop.time()

    def close(self) -> None:
        """End the connection at once."""
        self.closed = True
        self._transport.abort()

    # --- inside

    async def _write(self, head: bytes, body: bytes, seconds: float | None) -> None:
        waiter = cast("asyncio.Future[Reply]", self._waiter)
        self._transport.write(head)
        for start in range(0, len(body), _CHUNK):
            if self._writable is not None:
                await self._room(self._writable, waiter, seconds)
            if waiter.done():
                break  # The server answered (413, say) or hung up before the end.
            self._transport.write(body[start : start + _CHUNK])
        else:
            return
        if waiter.exception() is not None:
            raise NotSentError("the connection broke while the request was being sent")

    async def _room(
        self, writable: asyncio.Future[None], waiter: asyncio.Future[Reply], seconds: float | None
    ) -> None:
        done, _ = await asyncio.wait((writable, waiter), timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        if not done:
            waiter.cancel()
            raise NotSentError("the server takes no more of the request")

    def _check_time(self, seconds: float, waiter: asyncio.Future[Reply]) -> None:
        if waiter.done():
            return
        left = self._heard + seconds - self._loop.time()
        if left > 0.001:
            self._loop.call_later(left, self._check_time, seconds, waiter)
        else:
            waiter.set_exception(ReplyTimeoutError("no reply in time"))

    def _succeed(self, reply: Reply) -> None:
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(reply)

    def _fail(self, error: HttpError) -> None:
        self.closed = True
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_exception(error)
            self._waiter.exception()  # It is read where it matters; an early reply may win over it.
        self.resume_writing()
        self._transport.abort()
