"""The bot as one, over a Bot API in memory."""

from __future__ import annotations

import asyncio
import os
import re
import signal
from pathlib import Path
from typing import Any

import pytest
from app import OWNER, READER, new_api, running, say, settings_for, texts, until

from bot.application import build_application
from bot.clock import Clock
from bot.errors import StartError
from bot.memory_api import HANG, BotApi, Response
from bot.memory_api.request import MemoryRequest

pytestmark = pytest.mark.usefixtures("unseeded")


async def test_a_reader_is_answered(filled: Path) -> None:
    """From the update over the database to the message; nothing that the real server would refuse."""
    async with running(filled) as (_, api):
        answer = await say(api, "/events")
        assert "星河" in answer
    assert api.violations == []


async def test_updates_from_before_the_start_are_answered(database: Path) -> None:
    """What was written while the bot was down waits for it."""
    api = new_api(Clock())
    api.send(READER, READER, "/help")
    async with running(database, api=api):
        await until(lambda: texts(api, READER))


async def test_a_restart_answers_nothing_twice_and_loses_nothing(database: Path) -> None:
    """Ten runs that are stopped at any moment: every message has one answer."""
    api = new_api(Clock())
    for number in range(10):
        async with running(database, api=api):
            for _ in range(5):
                api.send(READER, READER, "/about")
            await asyncio.sleep(number * 0.003)
    async with running(database, api=api):
        await until(lambda: len(texts(api, READER)) >= 50)
        await asyncio.sleep(0.05)
    assert len(texts(api, READER)) == 50


async def test_a_slow_answer_does_not_keep_others_waiting(
    database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One reader's message hangs on its way; another is answered meanwhile."""
    monkeypatch.setattr("bot.application._FINISH", 0.1)
    async with running(database) as (_, api):
        api.fault = lambda method, fields: (
            HANG if method == "sendMessage" and str(fields["chat_id"]) == str(READER) else None
        )
        api.send(READER, READER, "/help")
        await asyncio.sleep(0.05)
        assert await asyncio.wait_for(say(api, "/help", OWNER), 3)
        api.fault = None


async def test_a_failure_is_told_with_an_incident_id(
    database: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """In the reader's language; the log has the same id and the cause, but not the text."""

    async def broken(*_: Any) -> None:
        raise RuntimeError("canary-cause")

    async with running(database) as (_, api):
        monkeypatch.setattr("handlers.dispatch.Dispatcher._answer", broken)
        answer = await say(api, "canary-text")
        english = await say(api, "canary-text", OWNER)
    incident = re.search(r"[0-9A-F]{4}-[0-9A-F]{4}", answer)
    assert incident is not None
    assert answer.split(incident[0])[0] != english.split(incident[0])[0]
    log = capsys.readouterr()
    assert incident[0] in log.out + log.err
    assert "RuntimeError" in log.out + log.err
    assert "canary" not in log.out + log.err


async def test_owners_come_from_the_settings_once(database: Path) -> None:
    """Whoever was revoked is not an owner again after the next start."""
    async with running(database) as (bot, _):
        assert bot.services.access.role(OWNER) == "owner"
        assert bot.services.access.role(READER) == "reader"
        await bot.services.repositories.users.grant(READER, "owner")
        await bot.services.repositories.users.grant(OWNER, "reader")
    async with running(database) as (bot, _):
        assert bot.services.access.role(OWNER) == "reader"


async def test_menus_are_set_once(database: Path) -> None:
    """The first start sets them, the next one has nothing to change."""
    calls: list[str] = []
    api = new_api(Clock())

    def count(method: str, _fields: Any) -> None:
        calls.append(method)

    api.fault = count
    async with running(database, api=api):
        await until(lambda: api.menu(READER, READER))
        await until(lambda: calls.count("setMyCommands") >= 3)
        await until(lambda: "setMyDescription" in calls)  # By then the last menu is noted as set.
    first = calls.count("setMyCommands")
    async with running(database, api=api):
        await say(api, "/help")
    assert calls.count("setMyCommands") == first


async def test_only_the_updates_that_are_wanted_are_asked_for(database: Path) -> None:
    """And none that waited is dropped."""
    asked: list[Any] = []
    api = new_api(Clock())
    api.fault = lambda method, fields: asked.append(fields) if method == "getUpdates" else None
    async with running(database, api=api):
        await until(lambda: asked)
    assert "message" in str(asked[0]["allowed_updates"])
    assert "callback_query" in str(asked[0]["allowed_updates"])
    assert "inline_query" in str(asked[0]["allowed_updates"])


@pytest.mark.parametrize(
    ("status", "description"),
    [(401, "Unauthorized"), (404, "Not Found"), (409, "Conflict: terminated by other getUpdates request")],
)
async def test_what_cannot_work_ends_the_start_in_one_line(
    database: Path, status: int, description: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A refused token and a second program; the token is not shown."""
    monkeypatch.setattr("bot.polling._BACKOFF", (0.01,))
    api = new_api(Clock())
    payload = {"ok": False, "error_code": status, "description": description}
    methods = {"getUpdates"} if status == 409 else {"getUpdates", "getMe"}
    api.fault = lambda method, _fields: Response(status, payload) if method in methods else None
    bot = build_application(settings_for(api, database), request=MemoryRequest(api))
    with pytest.raises(StartError) as caught:
        await bot.run()
    assert "\n" not in str(caught.value)
    assert api.token not in str(caught.value)


async def test_a_database_that_cannot_be_opened_ends_the_start_in_one_line(tmp_path: Path) -> None:
    """A folder, a file of something else."""
    api = new_api(Clock())
    wrong = tmp_path / "text.db"
    wrong.write_text("no database " * 1000)
    bot = build_application(settings_for(api, wrong), request=MemoryRequest(api))
    with pytest.raises(StartError, match="DATABASE_URL"):
        await bot.run()


async def test_sigterm_stops_it(database: Path) -> None:
    """``run`` ends by itself after the signal, with the answers given and the database closed."""
    api: BotApi = new_api(Clock())
    bot = build_application(settings_for(api, database), request=MemoryRequest(api))
    task = asyncio.create_task(bot.run())
    api.send(READER, READER, "/help")
    await until(lambda: texts(api, READER))
    os.kill(os.getpid(), signal.SIGTERM)
    await asyncio.wait_for(task, 5)
    assert not database.with_name(database.name + "-wal").exists()


async def test_who_floods_waits_alone(filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Three hundred messages of one person whose answers hang: another is answered, and nothing is stored."""
    monkeypatch.setattr("bot.application._FINISH", 0.2)
    async with running(filled) as (bot, api):
        await say(api, "/start", OWNER)
        size = await bot.services.repositories.operations.size()
        api.fault = lambda method, fields: (
            HANG if method == "sendMessage" and str(fields.get("chat_id")) == str(READER) else None
        )
        for number in range(300):
            api.send(READER, READER, f"/search 云州 {number}")
        assert "林知远" in await asyncio.wait_for(say(api, "/speaker 林知远", OWNER), 5)
        assert texts(api, READER) == []
        assert await bot.services.repositories.operations.size() <= size + 100_000
