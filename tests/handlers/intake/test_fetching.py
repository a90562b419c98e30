"""Fetching over a real server: redirects, rebinding, sizes, encodings, patience."""

from __future__ import annotations

import asyncio
import gzip
import socket
import zlib
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest
from aiohttp import web
from aiohttp.abc import AbstractResolver, ResolveResult

from handlers.intake import fetching
from handlers.intake.fetching import Fetched, Fetcher
from handlers.intake.model import Refused

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Names(AbstractResolver):
    """Every name leads to the addresses given, in turn; the port is the test server's."""

    def __init__(self, port: int, *answers: str) -> None:
        self.port = port
        self.answers = list(answers)
        self.asked = 0

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        answer = self.answers[min(self.asked, len(self.answers) - 1)]
        self.asked += 1
        return [
            ResolveResult(hostname=host, host=answer, port=self.port, family=socket.AF_INET, proto=0, flags=0)
        ]

    async def close(self) -> None:
        """Nothing to close."""


@asynccontextmanager
async def serving(handler: Handler) -> AsyncIterator[int]:
    """A server on loopback; gives its port."""
    runner = web.AppRunner(_application(handler))
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    try:
        yield runner.addresses[0][1]
    finally:
        await runner.cleanup()


def _application(handler: Handler) -> web.Application:
    application = web.Application()
    application.router.add_route("*", "/{tail:.*}", handler)
    return application


async def fetch(handler: Handler, url: str = "http://news.example.com/a") -> Fetched:
    """Fetch from a server that a public name leads to; its loopback address is allowed for the test."""
    async with serving(handler) as port:
        return await Fetcher(lambda address: address == "127.0.0.1", Names(port, "127.0.0.1")).fetch(url)


async def refused(handler: Handler, url: str = "http://news.example.com/a") -> str:
    with pytest.raises(Refused) as refusal:
        await fetch(handler, url)
    return refusal.value.key


def answer(body: bytes, **headers: str) -> Handler:
    async def handler(_: web.Request) -> web.Response:
        return web.Response(body=body, headers={"Content-Type": "text/html; charset=gbk", **headers})

    return handler


async def test_a_page_is_fetched() -> None:
    """With its type and encoding; without cookies, in our own name."""
    seen: list[web.Request] = []

    async def handler(request: web.Request) -> web.Response:
        seen.append(request)
        return web.Response(
            body="页面".encode("gbk"), headers={"Content-Type": "text/html; charset=gbk", "ETag": '"1"'}
        )

    fetched = await fetch(handler)
    assert (fetched.data, fetched.type, fetched.charset) == ("页面".encode("gbk"), "text/html", "gbk")
    assert fetched.headers == {"etag": '"1"'}
    assert "forum-briefing-bot" in seen[0].headers["User-Agent"]
    assert "Cookie" not in seen[0].headers


@pytest.mark.parametrize("address", ["127.0.0.1", "10.1.2.3", "169.254.169.254", "100.64.1.1"])
async def test_a_name_that_leads_inward_is_refused(address: str) -> None:
    """The name looks public, its address is not; no connection is made."""
    asked: list[str] = []

    async def handler(request: web.Request) -> web.Response:
        asked.append(request.path)
        return web.Response(text="secret")

    async with serving(handler) as port:
        with pytest.raises(Refused) as refusal:
            await Fetcher(resolver=Names(port, address)).fetch("http://news.example.com/")
    assert refusal.value.key == "intake.inner_address"
    assert asked == []


async def test_rebinding_leads_nowhere() -> None:
    """A name that is public when it is asked for and not when it is connected to."""
    connected: list[str] = []

    async def handler(_: web.Request) -> web.Response:
        connected.append("x")
        return web.Response(text="secret")

    async with serving(handler) as port:
        names = Names(port, "93.184.216.34", "127.0.0.1")
        fetcher = Fetcher(resolver=names)
        guard = fetcher._socket
        with pytest.raises(OSError, match="not public"):
            guard((socket.AF_INET, socket.SOCK_STREAM, 0, "", ("127.0.0.1", port)))
        with pytest.raises(Refused):
            async with asyncio.timeout(2):
                # One request resolves once and connects to what it was told then; the next is asked anew.
                names.asked = 1
                await fetcher.fetch("http://news.example.com/")
    assert connected == []


@pytest.mark.parametrize(
    ("target", "key"),
    [
        ("http://127.0.0.1/", "intake.inner_address"),
        ("http://[::1]/", "intake.inner_address"),
        ("http://2130706433/", "intake.bad_link"),
        ("file:///etc/passwd", "intake.other_scheme"),
        ("//localhost/", "intake.inner_address"),
        ("/again", "intake.many_redirects"),
    ],
)
async def test_redirects_are_checked(target: str, key: str) -> None:
    """Each as the first link was; a ring of them ends."""

    async def handler(_: web.Request) -> web.Response:
        return web.Response(status=302, headers={"Location": target})

    assert await refused(handler) == key


async def test_a_redirect_is_followed() -> None:
    """To another page of the site, whose address is then the article's."""

    async def handler(request: web.Request) -> web.Response:
        if request.path == "/a":
            return web.Response(status=301, headers={"Location": "/b"})
        return web.Response(text="好")

    assert (await fetch(handler)).url == "http://news.example.com/b"


async def test_encodings_are_unpacked() -> None:
    """One, another, and one in the other."""
    body = "开源".encode() * 100
    raw = zlib.compressobj(wbits=-15)
    packed = {
        "gzip": gzip.compress(body),
        "deflate": zlib.compress(body),
        "gzip, gzip": gzip.compress(gzip.compress(body)),
        "identity": body,
    }
    for encoding, data in packed.items():
        assert (await fetch(answer(data, **{"Content-Encoding": encoding}))).data == body
    headless = raw.compress(body) + raw.flush()
    assert (await fetch(answer(headless, **{"Content-Encoding": "deflate"}))).data == body


@pytest.mark.parametrize(
    ("data", "encoding", "key"),
    [
        (gzip.compress(bytes(200_000_000), 1), "gzip", "intake.too_large"),
        (gzip.compress(gzip.compress(bytes(200_000_000), 1)), "gzip, gzip", "intake.too_large"),
        (b"x", "gzip, gzip, gzip", "intake.encoding"),
        (b"x", "br", "intake.encoding"),
        (b"no gzip at all", "gzip", "intake.encoding"),
    ],
    ids=["bomb", "stacked bomb", "three", "unasked", "damaged"],
)
async def test_bombs_are_refused(data: bytes, encoding: str, key: str) -> None:
    """Before they are unpacked to more than a page may have."""
    assert await refused(answer(data, **{"Content-Encoding": encoding})) == key


async def test_what_is_too_large_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """Said by its length, or found out on the way where none is said."""
    monkeypatch.setattr(fetching, "LARGEST", 1000)
    assert await refused(answer(bytes(2000))) == "intake.too_large"

    async def endless(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        try:
            while True:
                await response.write(bytes(500))
        except (ConnectionError, asyncio.CancelledError):
            return response

    assert await refused(endless) == "intake.too_large"


async def test_a_slow_site_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """One limit for the whole, however often a byte comes."""
    monkeypatch.setattr(fetching, "SECONDS", 0.5)

    async def dripping(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        try:
            while True:
                await response.write(b"x")
                await asyncio.sleep(0.05)
        except (ConnectionError, asyncio.CancelledError):
            return response

    assert await refused(dripping) == "intake.slow"


async def test_an_error_page_says_its_status() -> None:
    """Its text is no article."""

    async def handler(_: web.Request) -> web.Response:
        return web.Response(status=404, text="not here")

    fetched = await fetch(handler)
    assert (fetched.status, fetched.data) == (404, b"")
