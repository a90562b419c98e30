"""The chat on a real port: loopback only, events over HTTP, a stop that does not hang."""

from __future__ import annotations

import json
import re
import time
from pathlib import Path
from typing import Any

import httpx
from chat_support import Served
from starlette.applications import Starlette

import bot.chat
from bot.chat import build_chat
from bot.chat.server import STATIC, chat_server
from bot.memory_api import BotApi


def read_events(served: Served, last: str, count: int, **headers: str) -> list[tuple[str, dict[str, Any]]]:
    """The next events of the stream, each with its id."""
    found: list[tuple[str, dict[str, Any]]] = []
    last_id = ""
    with httpx.stream("GET", f"{served.url}/api/events?last={last}", headers=headers, timeout=10) as response:
        assert response.headers["content-type"].startswith("text/event-stream")
        for line in response.iter_lines():
            if line.startswith("id: "):
                last_id = line[4:]
            elif line.startswith("data: "):
                found.append((last_id, json.loads(line[6:])))
                if len(found) == count:
                    break
    return found


def test_binds_to_loopback_only(app: Starlette) -> None:
    """There is no way to ask for another address."""
    assert chat_server(app, 0).config.host == "127.0.0.1"


def test_events_are_replayed_after_a_break(served: Served) -> None:
    """A page that comes back with the last id it saw gets what it missed, and only that."""
    state = httpx.get(f"{served.url}/api/state").json()
    message = {"user": 1001, "chat": 1001, "text": "你好"}
    httpx.post(f"{served.url}/api/messages", json=message, headers={"Origin": served.url})
    events = read_events(served, state["last"], 2)
    assert [event["message"]["text"] for _, event in events] == ["你好", "收到：你好"]
    again = read_events(served, state["last"], 1, **{"Last-Event-ID": events[0][0]})
    assert again == events[1:]


def test_stop_does_not_wait_for_open_streams(served: Served) -> None:
    """A page that stays open does not keep the process alive."""
    with httpx.stream("GET", f"{served.url}/api/events?last={_last(served)}", timeout=10) as response:
        next(response.iter_lines())
        begin = time.monotonic()
        served.stop()
        assert time.monotonic() - begin < 5


def _last(served: Served) -> str:
    return str(httpx.get(f"{served.url}/api/state").json()["last"])


async def test_real_time_has_no_clock_to_move() -> None:
    """Without a clock of its own the chat shows none and moves none."""
    app = build_chat(BotApi(), now=time.time)
    base = "http://localhost:8080"
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app), base_url=base, headers={"Origin": base}
    ) as client:
        assert (await client.get("/api/state")).json()["clock"] is False
        assert (await client.post("/api/clock", json={"hours": 1})).status_code == 409


def test_page_names_no_foreign_address() -> None:
    """The page names no host but Telegram's, whose links open inside the chat, and SVG's name for itself."""
    hosts = set()
    for file in STATIC.iterdir():
        hosts |= set(re.findall(r"https?://([\w.-]+)", file.read_text(encoding="utf-8")))
    assert hosts == {"t.me", "www.w3.org"}


def test_page_builds_no_html_from_strings() -> None:
    """Text enters the page as text nodes only."""
    for script in STATIC.glob("*.js"):
        text = script.read_text(encoding="utf-8")
        for danger in (
            "innerHTML",
            "outerHTML",
            "insertAdjacentHTML",
            "document.write",
            "eval(",
            "new Function",
        ):
            assert danger not in text, script.name


def test_modules_stay_small() -> None:
    """Every script and module of the chat keeps within the house limit of 400 lines."""
    for file in Path(bot.chat.__file__).parent.rglob("*.*"):
        if file.suffix in {".py", ".js", ".css", ".html"}:
            assert len(file.read_text(encoding="utf-8").splitlines()) <= 400, file.name
