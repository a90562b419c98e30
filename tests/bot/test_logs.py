"""Logs: a canary in every place from which a secret could come, at DEBUG."""

from __future__ import annotations

import asyncio
import json
import logging
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from app import OWNER, READER, running, settings_for, texts, until

from bot.application import build_application
from bot.logs import configure, explain, log
from bot.memory_api import DROP, HANG, BotApi, Response
from bot.memory_api.request import MemoryRequest

TOKEN = "123456:AAHcanarycanarycanarycanarycanary1"
WORD = "金丝雀口令"


@pytest.fixture(autouse=True)
def restored() -> Iterator[None]:
    """The root logger is pytest's again afterwards."""
    root = logging.getLogger()
    before = root.handlers[:], root.level
    yield
    root.handlers[:], root.level = before


def fail_twice() -> None:
    """Raise an error with a cause, both with the canaries in their words."""
    try:
        int(WORD)
    except ValueError as error:
        raise RuntimeError(f"{WORD} {TOKEN}") from error


@pytest.mark.parametrize("style", ["console", "json"])
def test_our_events_and_their_errors(style: Any, capsys: pytest.CaptureFixture[str]) -> None:
    """Ids come through; a token in a value is cut out; an exception gives class and place, not its words."""
    configure("DEBUG", style)
    try:
        fail_twice()
    except RuntimeError:
        log("test").exception("went_wrong", update_id=7, address=f"https://x/bot{TOKEN}/y", many=[TOKEN])
    shown = capsys.readouterr().err
    assert "went_wrong" in shown
    assert "RuntimeError" in shown
    assert "ValueError" in shown
    assert "test_logs.py" in shown
    assert "7" in shown
    assert WORD not in shown
    assert TOKEN not in shown
    if style == "json":
        assert json.loads(shown)["level"] == "error"


@pytest.mark.parametrize(
    "name", ["telegram.ext.Application", "httpx", "asyncio", "apscheduler", "handlers.x"]
)
def test_libraries_only_tell_the_place(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Their texts, their values and their exceptions' words stay out; below WARNING they are silent."""
    configure("DEBUG", "json")
    logger = logging.getLogger(name)
    for level in (logging.DEBUG, logging.INFO):
        logger.log(level, "%s %s", WORD, TOKEN)
    assert capsys.readouterr().err == ""
    try:
        int(WORD)
    except ValueError:
        logger.exception("failed with %s at %s", WORD, TOKEN)
    record = json.loads(capsys.readouterr().err)
    assert record["place"].startswith("test_logs:")
    assert record["error"][0].startswith("ValueError")
    assert WORD not in str(record)
    assert TOKEN not in str(record)


def test_a_level_is_kept(capsys: pytest.CaptureFixture[str]) -> None:
    """Below LOG_LEVEL nothing is written."""
    configure("WARNING", "json")
    log("test").info("quiet")
    log("test").warning("loud")
    assert [json.loads(line)["event"] for line in capsys.readouterr().err.splitlines()] == ["loud"]


def test_causes_that_go_round_end() -> None:
    """An exception that is its own cause's cause is told once."""
    first, second = ValueError(), KeyError()
    first.__cause__, second.__cause__ = second, first
    assert explain(first) == ["ValueError", "KeyError"]


async def _speak(api: BotApi) -> None:
    """Everything a reader can send, with the canary in it."""
    api.send(READER, READER, WORD)
    api.send(READER, READER, f"/speaker {WORD}")
    api.send(READER, READER, f"/search {WORD}")
    api.send(READER, READER, f"/start {WORD}")
    api.state.updates.push("message", {"from": {"id": READER}, "text": WORD})  # Broken: it has no chat.
    api.state.updates.push("message", {"chat": {"id": OWNER, "type": "private"}, "from": WORD, "text": WORD})
    await until(lambda: len(texts(api, READER)) >= 1)


def _refuse(status: int) -> Any:
    payload = {"ok": False, "error_code": status, "description": f"{WORD} {TOKEN}"}
    return lambda method, _: Response(status, payload) if method == "sendMessage" else None


def _drop(method: str, _: Any) -> Response | None:
    return DROP if method == "sendMessage" else None


@pytest.mark.usefixtures("unseeded")
async def test_a_whole_run_with_every_error_keeps_quiet(
    filled: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Updates that fail, sends that are refused, dropped or hang, handlers that raise: no canary anywhere."""
    monkeypatch.setattr("bot.application._FINISH", 0.2)
    api = BotApi(token=TOKEN)
    api.add_user(READER, WORD)
    api.add_user(OWNER, WORD)
    async with running(filled, api=api) as (bot, _):
        await _speak(api)
        for fault in (*map(_refuse, (400, 403, 404, 409, 500)), _drop):
            api.fault = fault
            api.send(READER, READER, WORD)
            await asyncio.sleep(0.05)
        api.fault = lambda method, _: HANG if method == "sendMessage" else None
        api.send(READER, READER, WORD)
        await asyncio.sleep(0.05)
        logging.getLogger("telegram").warning("request to https://api/bot%s failed", TOKEN)
        copy = await bot.services.back_up()
        assert copy is not None
    kept = [await asyncio.to_thread(file.read_bytes) for file in (filled, copy)]
    assert not any(canary.encode() in data for data in kept for canary in (WORD, TOKEN))
    shown = capsys.readouterr()
    assert "update_failed" in shown.err
    for canary in (WORD, TOKEN, TOKEN.partition(":")[2]):
        assert canary not in shown.err + shown.out


async def test_a_refused_token_is_not_shown(database: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """python-telegram-bot's own message of it holds the token; ours does not."""
    configure("DEBUG", "json")
    api = BotApi(token="654321:another")
    settings = settings_for(api, database, bot_token=TOKEN)
    with pytest.raises(Exception, match="BOT_TOKEN") as caught:
        await build_application(settings, request=MemoryRequest(api)).run()
    shown = capsys.readouterr()
    for text in (str(caught.value), shown.err, shown.out):
        assert TOKEN not in text
        assert "canary" not in text
    assert sys.exc_info() == (None, None, None)
