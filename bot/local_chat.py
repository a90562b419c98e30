"""``python -m bot chat``: the same application over a Bot API in memory, and a page to talk to it.

The database is a temporary one: the Telegram of the page begins empty with every start, and its clock can be
moved, so that yesterday's subscriptions would belong to chats and days that no longer are.
"""

from __future__ import annotations

import asyncio
import contextlib
import signal
import socket
from typing import TYPE_CHECKING

from bot.application import ForumBot, build_application
from bot.chat import CAST, build_chat, chat_server
from bot.clock import Clock
from bot.errors import StartError
from bot.memory_api import BotApi
from bot.memory_api.request import MemoryRequest
from bot.settings import Settings, load_settings
from storage.database import MEMORY

if TYPE_CHECKING:
    from collections.abc import Callable

HOST = "127.0.0.1"
_STOPS = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]
"""A terminal that is closed hangs up; the temporary database goes then as well."""
_STEP = 3 * 3600.0
"""Seconds that the clock moves at once."""
_SETTLED = 5.0
"""Seconds to wait for digests to arrive after the clock was moved."""


async def serve(port: int, say: Callable[[str], None], database_url: str = MEMORY) -> None:
    """Serve the local chat until the process is told to stop.

    Args:
        port: the port on loopback; where it is taken, the next free one.
        say: prints a line.
        database_url: where the facts are kept.

    Raises:
        StartError: no port is free, or the database cannot be opened.
    """
    clock = Clock()
    api = BotApi(now=clock.timestamp)
    bot = build_application(_settings(api, database_url), request=MemoryRequest(api), clock=clock)
    chosen = free_port(port)
    if chosen != port:
        say(f"Port {port} is taken.")

    async def advance(seconds: float) -> None:
        await advance_clock(bot, seconds)

    await bot.start()
    try:
        for person in CAST:
            await bot.backstage.repositories.users.grant(person.id, person.role)
        page = build_chat(api, advance_clock=advance, now=clock.timestamp)
        server = chat_server(page, chosen)
        for number in _STOPS:
            with contextlib.suppress(NotImplementedError):  # Windows has none; there Ctrl-C cancels us.
                asyncio.get_running_loop().add_signal_handler(number, setattr, server, "should_exit", True)
        say(f"The local chat is on http://{HOST}:{chosen} – stop it with Ctrl-C.")
        await server.serve()
    finally:
        # uvicorn raises Ctrl-C again when it has ended, which cancels this task in the middle of the stop.
        stopping = asyncio.create_task(bot.stop())
        with contextlib.suppress(asyncio.CancelledError):
            await asyncio.shield(stopping)
        await stopping


async def advance_clock(bot: ForumBot, seconds: float) -> None:
    """Move the clock and let everything that falls due happen, each at its time and not as after downtime."""
    while seconds >= 0:
        bot.clock.advance(min(seconds, _STEP))
        await bot.backstage.digests()
        await bot.backstage.delivery.settle(_SETTLED)
        seconds -= _STEP


def free_port(first: int) -> int:
    """The first free port on loopback from a number on.

    Raises:
        StartError: a hundred are taken.
    """
    for port in range(first, min(first + 100, 65536)):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((HOST, port))
            except OSError:
                continue
            return port
    raise StartError(f"no port from {first} on is free")


def _settings(api: BotApi, database_url: str) -> Settings:
    """The operator's settings, but for everything that leads outside."""
    return load_settings(
        bot_token=api.token,
        database_url=database_url,
        backup_dir=f"{database_url.removeprefix('sqlite:///')}-backups",  # Never among the real ones.
        owner_ids=(),
        bot_proxy=None,
        webhook_url=None,
        http_listen=None,
    )
