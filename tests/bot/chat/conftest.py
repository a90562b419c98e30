"""The local chat over a small bot: in the test's own loop, or served on a free port for a browser."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field

import httpx
import pytest
from chat_bot import ChatBot
from starlette.applications import Starlette

from bot.chat import build_chat, chat_server
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


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def api(clock: Clock) -> BotApi:
    return BotApi(username="chat_test_bot", now=clock.now)


@pytest.fixture
def app(api: BotApi, clock: Clock) -> Starlette:
    return build_chat(api, advance_clock=clock.advance, now=clock.now)


@pytest.fixture
async def client(app: Starlette, api: BotApi) -> AsyncIterator[httpx.AsyncClient]:
    """A client of the running application, as the page's own scripts are."""
    async with app.router.lifespan_context(app):
        bot = ChatBot(api)
        await bot.introduce()
        polling = asyncio.create_task(bot.run())
        transport = httpx.ASGITransport(app)
        base = "http://127.0.0.1:8080"
        async with httpx.AsyncClient(transport=transport, base_url=base, headers={"Origin": base}) as client:
            yield client
        polling.cancel()


@dataclass(slots=True)
class Served:
    """The chat on a real port, in a thread of its own."""

    api: BotApi
    clock: Clock
    url: str = ""
    loop: asyncio.AbstractEventLoop | None = None
    server: object = None
    thread: threading.Thread | None = None

    def start(self, app: Starlette, port: int = 0) -> None:
        """Serve the application and wait until it answers."""
        server = chat_server(app, port)
        ready = threading.Event()

        async def main() -> None:
            self.loop = asyncio.get_running_loop()
            bot = ChatBot(self.api)
            await bot.introduce()
            polling = asyncio.create_task(bot.run())
            ready.set()
            await server.serve()
            polling.cancel()

        self.server = server
        self.thread = threading.Thread(target=lambda: asyncio.run(main()), daemon=True)
        self.thread.start()
        ready.wait(10)
        deadline = time.monotonic() + 10
        while not server.started and time.monotonic() < deadline:
            time.sleep(0.01)
        self.url = f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"

    def run(self, work: object) -> object:
        """Run a coroutine in the server's loop and wait for its result."""
        assert self.loop is not None
        return asyncio.run_coroutine_threadsafe(work, self.loop).result(10)  # type: ignore[arg-type]

    def stop(self) -> None:
        """Stop the server and wait for its thread."""
        if self.thread is not None and self.thread.is_alive():
            self.server.should_exit = True  # type: ignore[attr-defined]
            self.thread.join(10)


@pytest.fixture
def served(api: BotApi, clock: Clock, app: Starlette) -> Iterator[Served]:
    """The chat with the small bot, served by uvicorn on a free port."""
    served = Served(api, clock)
    served.start(app)
    yield served
    served.stop()
