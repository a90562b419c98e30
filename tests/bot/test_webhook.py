"""The webhook: who may bring updates, stored before acknowledged, worked once and in order."""

from __future__ import annotations

import asyncio
import contextlib
import json
import socket
import sqlite3
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest
from app import READER, new_api, running, settings_for, texts, until

from bot.application import ALLOWED_UPDATES, build_application
from bot.clock import Clock
from bot.errors import StartError
from bot.lanes import Update
from bot.logs import configure
from bot.memory_api import BotApi, Response
from bot.memory_api.http import serve
from bot.memory_api.request import MemoryRequest
from bot.settings import Hook
from bot.webhook import BODY_LIMIT, StoredUpdates, build_webhook
from storage.errors import DatabaseFullError
from storage.inbox import Inbox
from storage.repositories import Repositories, open_repositories

pytestmark = pytest.mark.usefixtures("unseeded")
ROOT = Path(__file__).parents[2]
URL, SECRET = "https://forum.example.org/telegram/hook", "Sesam-oeffne_dich"
SHOWN = {"X-Telegram-Bot-Api-Secret-Token": SECRET}
HOOK = Hook(URL, "127.0.0.1:0", SECRET)


def message(update_id: int, chat_id: int = 5, text: str = "/help") -> Update:
    """An update with a message."""
    sender = {"id": chat_id, "is_bot": False, "first_name": "读者"}
    chat = {"id": chat_id, "type": "private"}
    content = {"message_id": update_id, "date": 1, "chat": chat, "from": sender, "text": text}
    return {"update_id": update_id, "message": content}


@pytest.fixture
async def repositories(database: Path) -> AsyncIterator[Repositories]:
    """A database that is open."""
    opened = await open_repositories(f"sqlite:///{database}")
    yield opened
    await opened.database.close()


@pytest.fixture
def handled() -> list[int]:
    """The ids of the updates that were worked."""
    return []


@pytest.fixture
def updates(repositories: Repositories, handled: list[int]) -> StoredUpdates:
    """What stands behind the address."""

    async def handle(update: Update) -> None:
        await asyncio.sleep(0.002)
        handled.append(update["update_id"])

    return StoredUpdates(repositories.inbox, handle, lambda: datetime.now(UTC))


@pytest.fixture
async def client(updates: StoredUpdates) -> AsyncIterator[httpx.AsyncClient]:
    """Speaks to the application behind the address."""
    transport = httpx.ASGITransport(build_webhook(HOOK, updates))
    async with httpx.AsyncClient(transport=transport, base_url="https://forum.example.org") as speaking:
        yield speaking


async def test_an_update_is_stored_and_worked_once(
    client: httpx.AsyncClient, repositories: Repositories, updates: StoredUpdates, handled: list[int]
) -> None:
    """A replay, also after it was worked, is acknowledged and does nothing; its text is not kept."""
    for _ in range(3):
        reply = await client.post("/telegram/hook", headers=SHOWN, json=message(7))
        assert (reply.status_code, reply.content) == (200, b"")
        await updates.stop(2)
    assert handled == [7]
    rows = await repositories.database.fetch_all("SELECT update_id, content FROM updates")
    assert [tuple(row) for row in rows] == [(7, None)]


@pytest.mark.parametrize(
    ("method", "path", "headers", "body", "status"),
    [
        ("POST", "/telegram/hook", {}, b"{}", 403),
        ("POST", "/telegram/hook", {"X-Telegram-Bot-Api-Secret-Token": SECRET[:-1]}, b"{}", 403),
        ("POST", "/telegram/hook", {"X-Telegram-Bot-Api-Secret-Token": "ü"}, b"{}", 403),
        ("POST", "/telegram/hook/", SHOWN, b"{}", 404),
        ("POST", "/", SHOWN, b"{}", 404),
        ("GET", "/telegram/hook", SHOWN, b"", 405),
        ("POST", "/telegram/hook", SHOWN, b"", 400),
        ("POST", "/telegram/hook", SHOWN, b"[1]", 400),
        ("POST", "/telegram/hook", SHOWN, b'{"update_id": "1"}', 400),
        ("POST", "/telegram/hook", SHOWN, b'{"update_id": true}', 400),
        ("POST", "/telegram/hook", SHOWN, b'{"update_id": 99999999999999999999}', 400),
        ("POST", "/telegram/hook", SHOWN, b"[" * 100_000, 400),
        ("POST", "/telegram/hook", SHOWN, b" " * (BODY_LIMIT + 1), 413),
    ],
)
async def test_whatever_else_comes_is_refused(
    client: httpx.AsyncClient,
    repositories: Repositories,
    method: str,
    path: str,
    headers: dict[str, str],
    body: bytes,
    status: int,
) -> None:
    """A wrong secret, path, method, body or size; nothing is stored."""
    encoded = {name: value.encode("latin-1") for name, value in headers.items()}
    reply = await client.request(method, path, headers=encoded, content=body)
    assert reply.status_code == status
    assert await repositories.inbox.open() == []


async def test_what_cannot_be_stored_is_not_acknowledged(
    client: httpx.AsyncClient, handled: list[int], updates: StoredUpdates, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full disk: Telegram is told to come again, and then it is worked."""

    async def full(*_: Any, **__: Any) -> bool:
        raise DatabaseFullError("forum.db")

    with monkeypatch.context() as patch:
        patch.setattr(Inbox, "add", full)
        assert (await client.post("/telegram/hook", headers=SHOWN, json=message(7))).status_code == 503
    assert (await client.post("/telegram/hook", headers=SHOWN, json=message(7))).status_code == 200
    await updates.stop(2)
    assert handled == [7]


async def test_the_order_of_a_chat_is_kept(
    client: httpx.AsyncClient, updates: StoredUpdates, handled: list[int]
) -> None:
    """Forty updates of four chats, brought at once and half of them twice."""
    numbers = [*range(1, 41), *range(1, 21)]
    replies = [
        client.post("/telegram/hook", headers=SHOWN, json=message(number, number % 4 + 1))
        for number in numbers
    ]
    assert {reply.status_code for reply in await asyncio.gather(*replies)} == {200}
    await updates.stop(5)
    for chat in range(4):
        worked = [number for number in handled if number % 4 == chat]
        assert worked == sorted(set(range(1, 41)) & {n for n in range(1, 41) if n % 4 == chat})


async def test_what_a_dead_process_left_is_worked_in_order(
    repositories: Repositories, updates: StoredUpdates, handled: list[int]
) -> None:
    """Stored and acknowledged, never worked; half a surrogate pair in a text does not matter."""
    for number in (3, 1, 2):
        await repositories.inbox.add(message(number, text="\ud83d"), now=datetime.now(UTC))
    await repositories.inbox.done(2)
    assert await updates.resume() == 2
    await updates.stop(2)
    assert handled == [1, 3]
    assert await repositories.inbox.open() == []


def free_port() -> int:
    """A port that nobody has."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@asynccontextmanager
async def hooked(database: Path, api: BotApi, **values: Any) -> AsyncIterator[str]:
    """A bot with a webhook; where it listens."""
    address = f"127.0.0.1:{free_port()}"
    settings = {"webhook_url": URL, "webhook_listen": address, "webhook_secret": SECRET, **values}
    async with running(database, api=api, **settings):
        yield f"http://{address}/telegram/hook"


async def bring(api: BotApi, address: str) -> list[int]:
    """Bring what waits at the server as Telegram does; the statuses of the replies."""
    waiting = list(api.state.updates.waiting)
    async with httpx.AsyncClient(trust_env=False) as telegram:
        replies = [await telegram.post(address, json=update, headers=SHOWN) for update in waiting]
    api.state.updates.confirm(waiting[-1]["update_id"] + 1)
    return [reply.status_code for reply in replies]


async def test_a_bot_with_a_webhook_answers(database: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Telegram is told address, secret and kinds; a reader is answered; nothing secret is logged."""
    api, told = new_api(Clock()), []
    api.fault = lambda method, fields: told.append(dict(fields)) if method == "setWebhook" else None
    async with hooked(database, api) as address:
        await until(lambda: api.state.webhook["url"] == URL)
        api.send(READER, READER, "/help")
        assert await bring(api, address) == [200]
        await until(lambda: texts(api, READER))
    assert told[0]["secret_token"] == SECRET
    assert json.loads(told[0]["allowed_updates"]) == list(ALLOWED_UPDATES)
    printed = "".join(capsys.readouterr())
    assert SECRET not in printed
    assert "/telegram/hook" not in printed
    assert SECRET not in repr(HOOK)


async def test_back_to_polling_leaves_the_webhook(database: Path) -> None:
    """The next start without WEBHOOK_URL deletes it and answers what waits and what was stored."""
    api = new_api(Clock())
    async with hooked(database, api):
        await until(lambda: api.state.webhook["url"] == URL)
    opened = await open_repositories(f"sqlite:///{database}")
    api.send(READER, READER, "/about")
    await opened.inbox.add(api.state.updates.waiting.popleft(), now=datetime.now(UTC))
    await opened.database.close()
    api.send(READER, READER, "/help")
    async with running(database, api=api):
        await until(lambda: len(texts(api, READER)) == 2)
    assert api.state.webhook["url"] == ""


async def test_an_address_that_is_taken_ends_the_start_in_one_line(database: Path) -> None:
    """WEBHOOK_LISTEN is named."""
    api = new_api(Clock())
    with socket.create_server(("127.0.0.1", 0)) as taken:
        address = f"127.0.0.1:{taken.getsockname()[1]}"
        values = {"webhook_url": URL, "webhook_listen": address, "webhook_secret": SECRET}
        configure("DEBUG", "json")
        bot = build_application(settings_for(api, database, **values), request=MemoryRequest(api))
        with pytest.raises(StartError, match="WEBHOOK_LISTEN"):
            await asyncio.wait_for(bot.run(), 10)


async def test_an_address_that_telegram_refuses_ends_the_start_in_one_line(database: Path) -> None:
    """WEBHOOK_URL is named with Telegram's reason."""
    api = new_api(Clock())
    refusal = {"ok": False, "error_code": 400, "description": "Bad Request: bad webhook: no such host"}
    api.fault = lambda method, _: Response(400, refusal) if method == "setWebhook" else None
    values = {
        "webhook_url": URL,
        "webhook_listen": f"127.0.0.1:{free_port()}",
        "webhook_secret": SECRET,
    }
    bot = build_application(settings_for(api, database, **values), request=MemoryRequest(api))
    with pytest.raises(StartError, match=r"WEBHOOK_URL.*no such host"):
        await asyncio.wait_for(bot.run(), 10)


@pytest.mark.slow
async def test_a_killed_process_loses_nothing_that_it_acknowledged(tmp_path: Path) -> None:
    """SIGKILL while 40 updates come in; acknowledged ones are never brought again, and all are answered."""
    api = new_api(Clock())
    for _ in range(40):
        api.send(READER, READER, "/about")
    waiting = list(api.state.updates.waiting)
    address = f"127.0.0.1:{free_port()}"
    acknowledged: set[int] = set()

    async def deliver(client: httpx.AsyncClient, update: Update) -> None:
        with contextlib.suppress(httpx.HTTPError):
            reply = await client.post(f"http://{address}/telegram/hook", json=update, headers=SHOWN)
            if reply.status_code == 200:
                acknowledged.add(update["update_id"])

    async with serve(api) as url, httpx.AsyncClient(trust_env=False) as client:
        with process_of(url, api, tmp_path, address) as process:
            await until(lambda: api.state.webhook["url"] == URL, 60)
            bringing = [asyncio.create_task(deliver(client, update)) for update in waiting]
            await until(lambda: len(texts(api, READER)) >= 5, 20)
            process.kill()
            await asyncio.gather(*bringing)
        api.state.webhook["url"] = ""
        with process_of(url, api, tmp_path, address) as process:
            await until(lambda: api.state.webhook["url"] == URL, 60)
            for update in [update for update in waiting if update["update_id"] not in acknowledged]:
                await deliver(client, update)
            await until(lambda: len(texts(api, READER)) >= 40, 60)
            process.terminate()
            assert await asyncio.to_thread(process.wait, 15) == 0
    assert len(acknowledged) == 40
    assert len(texts(api, READER)) <= 41  # The one that was being answered, at most, has a second answer.
    with contextlib.closing(sqlite3.connect(tmp_path / "data" / "forum.db")) as connection:
        assert connection.execute("SELECT count(*), count(content) FROM updates").fetchone() == (40, 0)


@contextlib.contextmanager
def process_of(url: str, api: BotApi, folder: Path, address: str) -> Iterator[subprocess.Popen[bytes]]:
    """The bot with a webhook as a process; killed at the end."""
    environment = {
        "PYTHONPATH": str(ROOT),
        "BOT_TOKEN": api.token,
        "BOT_API_BASE_URL": f"{url}/bot",
        "BOT_API_BASE_FILE_URL": f"{url}/file/bot",
        "LOG_LEVEL": "WARNING",
        "WEBHOOK_URL": URL,
        "WEBHOOK_LISTEN": address,
        "WEBHOOK_SECRET": SECRET,
    }
    process = subprocess.Popen([sys.executable, "-m", "bot"], cwd=folder, env=environment)
    try:
        yield process
    finally:
        process.kill()
        process.wait()
