"""Fetching what a link leads to: each address checked on the connection itself, everything within limits."""

from __future__ import annotations

import asyncio
import socket
import zlib
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import urljoin

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult

from handlers.intake.addresses import checked_link, is_public
from handlers.intake.model import Refused

SECONDS = 20.0
"""For the whole of a fetch, redirects included."""
LARGEST = 10 * 1024 * 1024
"""Bytes of what is fetched, before and after it is unpacked."""
_REDIRECTS = 5
_CHUNK = 64 * 1024
_LAYERS = 2
"""Encodings on top of each other at most; servers use one."""
_AGENT = "forum-briefing-bot/1.0 (+https://core.telegram.org/bots)"
_UNPACKED: Final = {"identity": None, "": None, "gzip": 31, "x-gzip": 31, "deflate": 15}
"""Window bits of zlib for each encoding of a body that is understood."""

Resolve = Callable[[str, int], Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """What a link led to."""

    url: str
    """The last address, after every redirect."""
    data: bytes
    type: str
    """Media type without its parameters, in lower case."""
    charset: str | None
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    """``etag``, ``last-modified`` and ``retry-after``, where they were given."""


class _ForbiddenAddressError(OSError):
    """A name leads to an address that is not public."""


class _Resolver(AbstractResolver):
    """Resolves a name and keeps the connection from every address that is not allowed."""

    def __init__(self, allowed: Callable[[str], bool], resolve: AbstractResolver) -> None:
        self._allowed = allowed
        self._resolve = resolve

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        """The addresses of a name; where one of them is not public the name is not trusted at all."""
        found = await self._resolve.resolve(host, port, family)
        if not found or not all(self._allowed(one["host"]) for one in found):
            raise _ForbiddenAddressError(f"{host} is not public")
        return found

    async def close(self) -> None:
        """Let the resolver go."""
        await self._resolve.close()


class Fetcher:
    """Fetches links, one connection for each, nothing kept between two."""

    def __init__(
        self, allowed: Callable[[str], bool] = is_public, resolver: AbstractResolver | None = None
    ) -> None:
        """Connect nothing yet.

        Args:
            allowed: whether an address may be connected to; tests allow their own server.
            resolver: finds the addresses of a name; the system's where None.
        """
        self._allowed = allowed
        self._resolver = resolver

    async def fetch(self, url: str, headers: dict[str, str] | None = None) -> Fetched:
        """What a link leads to.

        Args:
            url: as an editor or a feed gives it.
            headers: further request headers.

        Raises:
            Refused: the link, or where it redirects to, is not public, or too large, too slow, or gives none.
        """
        try:
            async with asyncio.timeout(SECONDS):
                return await self._follow(url, headers or {})
        except TimeoutError:
            raise Refused("intake.slow") from None
        except _ForbiddenAddressError:
            raise Refused("intake.inner_address") from None
        except (aiohttp.ClientError, OSError, ValueError) as error:
            if isinstance(error.__cause__, _ForbiddenAddressError) or "is not public" in str(error):
                raise Refused("intake.inner_address") from None
            raise Refused("intake.unreachable") from None

    async def _follow(self, url: str, headers: dict[str, str]) -> Fetched:
        for _ in range(_REDIRECTS + 1):
            url = checked_link(url)
            async with (
                self._session() as session,
                session.get(url, allow_redirects=False, headers=headers, max_line_size=16_384) as response,
            ):
                if response.status in {301, 302, 303, 307, 308}:
                    onward = urljoin(url, response.headers.get("Location", ""))
                    if url.startswith("https:") and onward.startswith("http:"):
                        raise Refused("intake.downgrade")
                    url = onward
                    continue
                return await self._read(url, response)
        raise Refused("intake.many_redirects")

    def _session(self) -> aiohttp.ClientSession:
        resolver = _Resolver(self._allowed, self._resolver or aiohttp.ThreadedResolver())
        connector = aiohttp.TCPConnector(
            resolver=resolver, use_dns_cache=False, force_close=True, socket_factory=self._socket
        )
        return aiohttp.ClientSession(
            connector=connector,
            auto_decompress=False,
            cookie_jar=aiohttp.DummyCookieJar(),
            trust_env=False,
            headers={"User-Agent": _AGENT, "Accept-Encoding": "gzip, deflate", "Accept": "*/*"},
        )

    def _socket(self, info: Any) -> socket.socket:
        """The socket to an address, checked once more where it is used: nothing can change it after that."""
        family, kind, protocol, _, address = info
        if not self._allowed(str(address[0])):
            raise _ForbiddenAddressError(f"{address[0]} is not public")
        return socket.socket(family=family, type=kind, proto=protocol)

    async def _read(self, url: str, response: aiohttp.ClientResponse) -> Fetched:
        kept = {
            name: response.headers[name]
            for name in ("etag", "last-modified", "retry-after")
            if name in response.headers
        }
        fetched = Fetched(
            url=url,
            data=b"",
            type=response.content_type.lower(),
            charset=response.charset,
            status=response.status,
            headers=kept,
        )
        if response.status != 200:
            return fetched
        length = response.content_length
        if length is not None and length > LARGEST:
            raise Refused("intake.too_large")
        layers = response.headers.get("Content-Encoding", "").lower().split(",")
        data = b"".join([part async for part in _bounded(_unpacked(_raw(response), layers))])
        return Fetched(
            url=url,
            data=data,
            type=fetched.type,
            charset=fetched.charset,
            headers=kept,
        )


async def _raw(response: aiohttp.ClientResponse) -> AsyncIterator[bytes]:
    async for part in response.content.iter_chunked(_CHUNK):
        yield part


def _unpacked(parts: AsyncIterator[bytes], layers: list[str]) -> AsyncIterator[bytes]:
    """The body without its encodings, the outermost first.

    Raises:
        Refused: there are too many, or one that we did not ask for.
    """
    names = [layer.strip() for layer in layers if layer.strip() not in {"", "identity"}]
    if len(names) > _LAYERS or any(name not in _UNPACKED for name in names):
        raise Refused("intake.encoding")
    for name in reversed(names):
        parts = _inflated(_bounded(parts), _UNPACKED[name] or 0)
    return parts


async def _inflated(parts: AsyncIterator[bytes], bits: int) -> AsyncIterator[bytes]:
    """What was packed, never more of it at once than a chunk."""
    packed = zlib.decompressobj(bits)
    first = True
    async for part in parts:
        if first and bits == 15 and part[:1] and part[0] & 0x0F != 8:
            packed = zlib.decompressobj(-15)  # Some servers say deflate and leave its head out.
        first = False
        rest = part
        while rest:
            try:
                yield packed.decompress(rest, _CHUNK)
            except zlib.error:
                raise Refused("intake.encoding") from None
            rest = packed.unconsumed_tail


async def _bounded(parts: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    """The same, up to what is too large.

    Raises:
        Refused: it is.
    """
    total = 0
    async for part in parts:
        total += len(part)
        if total > LARGEST:
            raise Refused("intake.too_large")
        yield part
