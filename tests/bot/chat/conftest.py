"""The local chat over a small bot: in the test's own loop, or served on a free port for a browser."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from chat_support import Clock, Served, polling
from starlette.applications import Starlette

from bot.chat import build_chat
from bot.memory_api import BotApi

if TYPE_CHECKING:
    from chat_browser import ChatPage
    from playwright.sync_api import Browser


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
    base = "http://127.0.0.1:8080"
    async with (
        app.router.lifespan_context(app),
        polling(api),
        httpx.AsyncClient(
            transport=httpx.ASGITransport(app), base_url=base, headers={"Origin": base}
        ) as client,
    ):
        yield client


@pytest.fixture
def texts(api: BotApi) -> Callable[[int, int], Coroutine[Any, Any, list[str]]]:
    """Waits until a chat has a number of messages, and gives their texts."""

    async def wait(chat_id: int, count: int) -> list[str]:
        async with asyncio.timeout(5):
            while len(api.history(chat_id)) < count:  # noqa: ASYNC110 - the history tells nobody
                await asyncio.sleep(0.005)
        return [message.get("text") or message.get("caption", "") for message in api.history(chat_id)]

    return wait


@pytest.fixture
def served(api: BotApi, app: Starlette) -> Iterator[Served]:
    """The chat with the small bot, served by uvicorn on a free port."""
    served = Served(app, api).start()
    yield served
    served.stop()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    from chat_browser import ARGUMENTS, find_chromium  # noqa: PLC0415 - only browser tests need Playwright
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - likewise

    chromium = find_chromium()
    if chromium is None:
        pytest.skip("no Chromium is installed, and CHROMIUM names none")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(ARGUMENTS))
        yield browser
        browser.close()


@pytest.fixture
def open_chat(browser: Browser, served: Served) -> Iterator[Callable[..., ChatPage]]:
    """Opens the page, with options of the browser's context; no page may err or ask a stranger."""
    from chat_browser import ChatPage  # noqa: PLC0415 - only browser tests need Playwright

    opened: list[ChatPage] = []

    def open_page(**options: Any) -> ChatPage:
        settings: dict[str, Any] = {"viewport": {"width": 1200, "height": 800}} | options
        context = browser.new_context(**settings)
        context.set_default_timeout(5000)
        opened.append(ChatPage.open(context.new_page(), served.url))
        return opened[-1]

    yield open_page
    for chat in opened:
        chat.page.context.close()
    assert [problem for chat in opened for problem in chat.problems] == []
    assert [address for chat in opened for address in chat.strangers] == []


@pytest.fixture
def chat(open_chat: Callable[..., ChatPage]) -> ChatPage:
    """The page on a desktop."""
    return open_chat()
