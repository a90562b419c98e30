"""What the chat's tests stand on: a clock, the small bot at work, the chat on a real port."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Coroutine
from dataclasses import dataclass, field
from typing import Any

from chat_bot import ChatBot
from starlette.applications import Starlette

from bot.chat import chat_server
from bot.memory_api import BotApi

START = 1_700_000_000.0
"""The clock at the beginning: 2023-11-15 06:13:20 in Shanghai."""


@dataclass(slots=True)
class Clock:
    """A clock that stands still until it is moved."""

    time: float = START
    steps: list[float] = field(default_factory=list)

    def now(self) -> float:
        return self.time

    async def advance(self, seconds: float) -> None:
        self.time += seconds
        self.steps.append(seconds)


class polling:  # noqa: N801 - reads as a verb: `async with polling(api)`
    """The small bot at work for as long as the block runs."""

    def __init__(self, api: BotApi) -> None:
        self.bot = ChatBot(api)

    async def __aenter__(self) -> None:
        await self.bot.introduce()
        self.task = asyncio.create_task(self.bot.run())

    async def __aexit__(self, *_: object) -> None:
        self.task.cancel()
        await asyncio.wait([self.task])


class Served:
    """The chat with the small bot on a real port, in a thread of its own."""

    def __init__(self, app: Starlette, api: BotApi, port: int = 0) -> None:
        self.api = api
        self.server = chat_server(app, port)
        self._ready = threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._main()), daemon=True)

    async def _main(self) -> None:
        self.loop = asyncio.get_running_loop()
        async with polling(self.api):
            serving = asyncio.create_task(self.server.serve())
            while not self.server.started:  # noqa: ASYNC110 - uvicorn offers no event for it
                await asyncio.sleep(0.01)
            self._ready.set()
            await serving

    def start(self) -> Served:
        """Serve, and come back when it answers."""
        self._thread.start()
        assert self._ready.wait(10)
        self.port: int = self.server.servers[0].sockets[0].getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        return self

    def run(self, work: Coroutine[Any, Any, Any]) -> Any:
        """Run a coroutine in the server's loop and wait for its result."""
        return asyncio.run_coroutine_threadsafe(work, self.loop).result(10)

    def stop(self) -> None:
        """Stop the server and wait for its thread."""
        self.server.should_exit = True
        self._thread.join(10)
