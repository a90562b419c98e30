"""The HTTP client against a server that misbehaves."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator

import pytest
from raw_server import OK, Peer, raw_server

from bot.http_client import HttpClient, Limits, Timeouts
from bot.http_connection import (
    NoConnectionInTimeError,
    NotSentError,
    ReplyLostError,
    ReplyTimeoutError,
)
from bot.http_reply import Reply

QUICK = Timeouts(pool=0.2, connect=1, write=0.5, read=0.2)


@pytest.fixture
async def client() -> AsyncIterator[HttpClient]:
    """A client of two connections."""
    made = HttpClient(Limits(connections=2, body=1000, idle=5))
    yield made
    made.close()


async def post(client: HttpClient, url: str, body: bytes = b"a=1", timeouts: Timeouts = QUICK) -> Reply:
    """One request."""
    return await client.request("POST", f"{url}/bot1:T/sendMessage", timeouts, b"text/plain", body)


async def echo(peer: Peer) -> None:
    """Answer every request with its connection's number and its body."""
    while (await peer.request())[0]:
        text = str(peer.number).encode()
        await peer.send(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%b" % (len(text), text))


async def test_one_connection_serves_many_requests(client: HttpClient) -> None:
    """A connection is kept and used again."""
    async with raw_server(echo) as url:
        bodies = [(await post(client, url)).body for _ in range(5)]
    assert bodies == [b"0"] * 5


async def test_a_request_without_a_body_says_so(client: HttpClient) -> None:
    """Servers may refuse a POST of unknown length with 411."""
    heads: list[bytes] = []

    async def script(peer: Peer) -> None:
        while (request := await peer.request())[0]:
            heads.append(request[0])
            await peer.send(OK)

    async with raw_server(script) as url:
        await post(client, url, b"")
    assert b"\r\nContent-Length: 0\r\n" in heads[0] + b"\r\n"
    assert b"Content-Type" not in heads[0]


async def test_the_request_is_what_was_asked_for(client: HttpClient) -> None:
    """Path, host, type, length and body arrive; an address cannot smuggle in a line."""
    seen: list[tuple[bytes, bytes]] = []

    async def script(peer: Peer) -> None:
        while (request := await peer.request())[0]:
            seen.append(request)
            await peer.send(OK)

    async with raw_server(script) as url:
        await post(client, url, "王".encode())
        await client.request("GET", f"{url}/file/文 件\r\nX: y?q=1 2", QUICK)
    head, body = seen[0]
    assert head.startswith(b"POST /bot1:T/sendMessage HTTP/1.1\r\nHost: 127.0.0.1:")
    assert b"Content-Type: text/plain\r\nContent-Length: 3\r\n" in head
    assert body == "王".encode()
    assert b"X: y" not in seen[1][0]
    assert seen[1][0].startswith(b"GET /file/%E6%96%87%20%E4%BB%B6")


async def test_a_reply_in_two_pieces_is_whole(client: HttpClient) -> None:
    """Cut at every offset, with a pause between the pieces."""

    async def script(peer: Peer) -> None:
        for cut in range(len(OK)):
            await peer.request()
            await peer.send(OK[:cut])
            await asyncio.sleep(0)
            await peer.send(OK[cut:])

    async with raw_server(script) as url:
        for _ in range(len(OK)):
            assert (await post(client, url)).body == b"ok"


@pytest.mark.parametrize("cut", [0, 1, len(OK) - 1])
async def test_a_lost_reply_is_not_asked_for_again(client: HttpClient, cut: int) -> None:
    """The server took the request and hung up: it was sent once, and nobody knows what came of it."""
    requests = 0

    async def script(peer: Peer) -> None:
        nonlocal requests
        await peer.request()
        requests += 1
        await peer.send(OK[:cut])

    async with raw_server(script) as url:
        with pytest.raises(ReplyLostError):
            await post(client, url)
        await asyncio.sleep(0.05)
    assert requests == 1


async def test_a_reused_connection_that_breaks_after_the_request_is_not_retried(client: HttpClient) -> None:
    """Also where an earlier reply came over it: the second request may have been carried out."""
    requests = 0

    async def script(peer: Peer) -> None:
        nonlocal requests
        await peer.request()
        await peer.send(OK)
        await peer.request()
        requests += 1
        await peer.reset()

    async with raw_server(script) as url:
        await post(client, url)
        with pytest.raises(ReplyLostError):
            await post(client, url)
    assert requests == 1


async def test_a_connection_that_the_server_closed_is_replaced(client: HttpClient) -> None:
    """Nothing was sent over the stale one, so a new one may be taken without doubling anything."""

    async def script(peer: Peer) -> None:
        await peer.request()
        await peer.send(OK)

    async with raw_server(script) as url:
        for _ in range(3):
            assert (await post(client, url)).status == 200


async def test_a_server_that_speaks_unasked_is_not_believed(client: HttpClient) -> None:
    """A second reply on an idle connection is not taken for the next request's."""

    async def script(peer: Peer) -> None:
        await peer.request()
        if peer.number == 0:
            await peer.send(OK + b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil")
        await peer.send(OK)

    async with raw_server(script) as url:
        assert (await post(client, url)).body == b"ok"
        await asyncio.sleep(0.02)
        assert (await post(client, url)).body == b"ok"


async def test_a_silent_server_times_out(client: HttpClient) -> None:
    """The request went out, so the failure says that nobody knows."""

    async def script(peer: Peer) -> None:
        await peer.request()
        await asyncio.sleep(5)

    async with raw_server(script) as url:
        with pytest.raises(ReplyTimeoutError):
            await post(client, url)


async def test_a_slow_server_that_keeps_sending_does_not_time_out(client: HttpClient) -> None:
    """The read time-out is for silence, not for the whole reply."""
    slow = b"HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\n"

    async def trickle(peer: Peer) -> None:
        await peer.request()
        await peer.send(slow)
        for _ in range(8):
            await asyncio.sleep(0.05)
            await peer.send(b"x")

    async with raw_server(trickle) as url:
        assert (await post(client, url)).body == b"x" * 8


async def test_nobody_listening_is_not_sent(client: HttpClient) -> None:
    """A refused connection can be tried again without harm."""
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
    with pytest.raises(NotSentError):
        await post(client, f"http://127.0.0.1:{port}")


async def test_a_full_pool_times_out_and_recovers(client: HttpClient) -> None:
    """The third request waits for a connection; when one is free again it is used."""
    release = asyncio.Event()

    async def script(peer: Peer) -> None:
        while (await peer.request())[0]:
            await release.wait()
            await peer.send(OK)

    patient = Timeouts(pool=5, connect=1, write=1, read=5)
    async with raw_server(script) as url:
        busy = [asyncio.create_task(post(client, url, timeouts=patient)) for _ in range(2)]
        await asyncio.sleep(0.05)
        with pytest.raises(NoConnectionInTimeError):
            await post(client, url)
        waiting = asyncio.create_task(post(client, url, timeouts=patient))
        cancelled = asyncio.create_task(post(client, url, timeouts=patient))
        await asyncio.sleep(0.02)
        cancelled.cancel()
        release.set()
        assert {task.status for task in await asyncio.gather(*busy, waiting)} == {200}
        assert (await post(client, url)).status == 200


async def test_failures_give_their_places_back(client: HttpClient) -> None:
    """After more failures than there are connections the pool still works."""

    async def script(peer: Peer) -> None:
        await peer.request()
        if peer.number >= 6:
            await peer.send(OK)

    async with raw_server(script) as url:
        for _ in range(6):
            with pytest.raises(ReplyLostError):
                await post(client, url)
        assert (await post(client, url)).status == 200


async def test_a_cancelled_request_spoils_nothing(client: HttpClient) -> None:
    """Its connection is closed, so that its late reply cannot be taken for another's."""

    async def script(peer: Peer) -> None:
        await peer.request()
        if peer.number == 0:
            await asyncio.sleep(0.1)
            await peer.send(b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nlate")
        else:
            await peer.send(OK)

    async with raw_server(script) as url:
        task = asyncio.create_task(post(client, url))
        await asyncio.sleep(0.05)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert (await post(client, url)).body == b"ok"


async def test_an_upload_that_breaks_on_the_way_is_not_sent(client: HttpClient) -> None:
    """The server cannot have accepted a request that it never got whole."""

    async def script(peer: Peer) -> None:
        await peer.reader.readuntil(b"\r\n\r\n")
        await asyncio.sleep(0.05)
        await peer.reset()

    async with raw_server(script) as url:
        with pytest.raises(NotSentError):
            await post(client, url, b"x" * 50_000_000)


async def test_an_upload_that_nobody_takes_times_out_as_not_sent(client: HttpClient) -> None:
    """The write time-out is for a server that stops reading."""

    async def script(peer: Peer) -> None:
        await asyncio.sleep(5)

    async with raw_server(script) as url:
        with pytest.raises(NotSentError):
            await post(client, url, b"x" * 50_000_000)


async def test_an_answer_before_the_end_of_an_upload_counts(client: HttpClient) -> None:
    """A server that refuses a large body at once (413) is heard."""

    async def script(peer: Peer) -> None:
        await peer.reader.readuntil(b"\r\n\r\n")
        await peer.send(b"HTTP/1.1 413 Too Large\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
        await asyncio.sleep(0.2)

    async with raw_server(script) as url:
        assert (await post(client, url, b"x" * 50_000_000)).status == 413


@pytest.mark.parametrize("reply", [b"x" * 70_000, b"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n"])
async def test_a_reply_beyond_the_limits_is_lost(client: HttpClient, reply: bytes) -> None:
    """Endless headers and bodies are cut off."""

    async def script(peer: Peer) -> None:
        await peer.request()
        await peer.send(reply)
        await asyncio.sleep(1)

    async with raw_server(script) as url:
        with pytest.raises(ReplyLostError):
            await post(client, url)


@pytest.mark.parametrize("url", ["ftp://127.0.0.1", "http://", "127.0.0.1:80"])
async def test_other_addresses_are_refused(client: HttpClient, url: str) -> None:
    """Only http and https with a host."""
    with pytest.raises(NotSentError):
        await client.request("GET", url, QUICK)


async def test_an_idle_connection_grows_too_old() -> None:
    """After the idle limit a new one is made: the server may close the old one at any moment."""
    client = HttpClient(Limits(connections=2, idle=0.05))
    async with raw_server(echo) as url:
        assert (await post(client, url)).body == b"0"
        await asyncio.sleep(0.1)
        assert (await post(client, url)).body == b"1"
        client.close()


async def test_many_at_once_share_the_connections() -> None:
    """A hundred requests over four connections all come back, in whatever order."""
    client = HttpClient(Limits(connections=4))
    patient = Timeouts(pool=10, connect=5, write=5, read=10)
    async with raw_server(echo) as url:
        replies = await asyncio.gather(*(post(client, url, timeouts=patient) for _ in range(100)))
        assert {reply.body for reply in replies} <= {b"0", b"1", b"2", b"3"}
        client.close()
