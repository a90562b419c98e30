"""The pages for whoever watches the bot."""

from __future__ import annotations

import asyncio
import json
import re
import socket
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from app import OWNER, READER, new_api, running, say, settings_for, until
from prometheus_client.parser import text_string_to_metric_families

from bot import health as pages
from bot.application import ForumBot, build_application
from bot.backups import back_up
from bot.clock import Clock
from bot.errors import StartError
from bot.health import Health, build_health
from bot.memory_api import BotApi
from bot.memory_api.request import MemoryRequest
from handlers.commands import BY_NAME
from storage.errors import DatabaseFullError

pytestmark = pytest.mark.usefixtures("unseeded")
ROOT = Path(__file__).parents[2]
NAME = re.compile(r"\b(?:forum|process)_[a-z_]+")


@pytest.fixture
async def bot(filled: Path) -> AsyncIterator[tuple[ForumBot, BotApi]]:
    """A bot over two fictional articles."""
    async with running(filled) as (started, api):
        yield started, api


def client_of(bot: ForumBot, flowing: bool = True) -> httpx.AsyncClient:
    """Asks the pages of a bot."""
    health = Health(bot.backstage, bot.metrics, lambda: flowing)
    return httpx.AsyncClient(transport=httpx.ASGITransport(build_health(health)), base_url="http://bot")


async def exposition(bot: ForumBot) -> dict[str, dict[tuple[str, ...], float]]:
    """The samples of ``/metrics`` by name and values of labels."""
    async with client_of(bot) as client:
        text = (await client.get("/metrics")).text
    found: dict[str, dict[tuple[str, ...], float]] = {}
    for family in text_string_to_metric_families(text):
        for sample in family.samples:
            found.setdefault(sample.name, {})[tuple(sample.labels.values())] = sample.value
    return found


async def test_the_process_lives(bot: tuple[ForumBot, BotApi]) -> None:
    """``/healthz`` is answered by the event loop; other paths and methods are not known."""
    async with client_of(bot[0]) as client:
        assert (await client.get("/healthz")).text == "ok\n"
        assert (await client.get("/other")).status_code == 404
        assert (await client.post("/healthz")).status_code == 405


async def test_it_is_ready_when_everything_is(bot: tuple[ForumBot, BotApi]) -> None:
    """A commit reaches the disk, updates flow, the articles are in."""
    async with client_of(bot[0]) as client:
        reply = await client.get("/readyz")
    assert (reply.status_code, reply.json()) == (200, {"database": True, "updates": True, "articles": True})


async def test_what_is_not_ready_is_named(
    bot: tuple[ForumBot, BotApi], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full disk, no updates, no articles; and it is ready again once there is room."""
    monkeypatch.setattr(pages, "_BELIEVED", 0.0)
    notes = bot[0].backstage.repositories.notes

    async def full(*_: Any) -> None:
        raise DatabaseFullError("forum.db")

    with monkeypatch.context() as patch:
        patch.setattr(type(notes), "set", full)
        bot[0].services.ready.clear()
        async with client_of(bot[0], flowing=False) as client:
            reply = await client.get("/readyz")
    assert (reply.status_code, set(reply.json().values())) == (503, {False})
    bot[0].services.ready.set()
    async with client_of(bot[0]) as client:
        assert (await client.get("/readyz")).status_code == 200


async def test_asking_often_writes_seldom(
    bot: tuple[ForumBot, BotApi], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The trial of the database is believed for some seconds."""
    trials = 0

    async def count(*_: Any) -> None:
        nonlocal trials
        trials += 1

    monkeypatch.setattr(type(bot[0].backstage.repositories.notes), "set", count)
    async with client_of(bot[0]) as client:
        for _ in range(5):
            await client.get("/readyz")
    assert trials == 1


async def test_updates_are_counted_and_timed(bot: tuple[ForumBot, BotApi]) -> None:
    """By kind and by command; a command that is not in the table makes no label of its own."""
    await say(bot[1], "/events")
    await say(bot[1], "/no_such_command_of_ours")
    await until(lambda: not bot[1].state.updates.waiting)
    seen = await exposition(bot[0])
    assert seen["forum_updates_total"] == {("message",): 2}
    assert seen["forum_update_seconds_count"][()] == 2
    commands = {labels[0] for labels in seen["forum_command_seconds_count"]}
    assert "events" in commands
    assert commands <= set(BY_NAME)


async def test_no_text_and_no_person_is_in_the_metrics(bot: tuple[ForumBot, BotApi]) -> None:
    """Neither what was asked nor who asked it."""
    await say(bot[1], "林知远")
    await say(bot[1], "/help", OWNER)
    async with client_of(bot[0]) as client:
        text = (await client.get("/metrics")).text
    assert "林知远" not in text
    assert not re.search(rf'"(?:{READER}|{OWNER})"', text)


async def test_a_failure_is_counted_by_its_class(
    bot: tuple[ForumBot, BotApi], monkeypatch: pytest.MonkeyPatch
) -> None:
    """And one of the Bot API likewise; a reader at a full disk is told what to do."""

    async def full(*_: Any) -> None:
        raise DatabaseFullError("forum.db")

    monkeypatch.setattr(type(bot[0].services), "save_settings", full)
    monkeypatch.setattr("handlers.dispatch.Dispatcher._reply", full)
    answer = await say(bot[1], "/events")
    assert "磁盘已满" in answer
    assert (await exposition(bot[0]))["forum_errors_total"][("DatabaseFullError",)] == 1


async def test_the_gauges_tell_the_state(bot: tuple[ForumBot, BotApi], filled: Path) -> None:
    """Database size, backup, inbox, outbox, lag."""
    seen = await exposition(bot[0])
    assert str(seen["forum_backup_age_seconds"][()]) == "nan"
    assert seen["forum_database_bytes"][()] > 100_000
    assert seen["forum_outbox_messages"][("pending",)] == 0
    assert seen["forum_inbox_updates"][()] == 0
    back_up(filled, Path(bot[0].backstage.settings.backup_dir), 1)
    assert 0 <= (await exposition(bot[0]))["forum_backup_age_seconds"][()] < 60


async def test_a_loop_that_hangs_shows_as_lag(
    bot: tuple[ForumBot, BotApi], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The worst since the last look; then it begins anew."""
    monkeypatch.setattr("bot.metrics._BEAT", 0.01)
    watching = asyncio.create_task(bot[0].metrics.watch_loop())
    await asyncio.sleep(0.02)
    time.sleep(0.2)  # noqa: ASYNC251 - it hangs
    await asyncio.sleep(0.02)
    assert bot[0].metrics.take_lag() > 0.1
    assert bot[0].metrics.take_lag() < 0.1
    watching.cancel()


async def test_the_pages_are_served_where_they_are_wanted(database: Path) -> None:
    """On HTTP_LISTEN, from the start to the stop; polling counts as a flow of updates."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{probe.getsockname()[1]}"
    client = httpx.AsyncClient(trust_env=False, base_url=f"http://{address}")
    async with running(database, http_listen=address), client:
        assert (await client.get("/healthz")).status_code == 200
        assert (await client.get("/readyz")).status_code == 200
    with pytest.raises(OSError):
        socket.create_connection(("127.0.0.1", int(address.rpartition(":")[2])), 1)


async def test_an_address_that_is_taken_ends_the_start_in_one_line(database: Path) -> None:
    """HTTP_LISTEN is named."""
    api = new_api(Clock())
    with socket.create_server(("127.0.0.1", 0)) as taken:
        address = f"127.0.0.1:{taken.getsockname()[1]}"
        bot = build_application(settings_for(api, database, http_listen=address), request=MemoryRequest(api))
        with pytest.raises(StartError, match="HTTP_LISTEN"):
            await asyncio.wait_for(bot.run(), 10)


async def test_dashboard_and_documentation_name_what_there_is(bot: tuple[ForumBot, BotApi]) -> None:
    """Every query of the Grafana dashboard names metrics of the bot; docs/operations.md names ours."""
    await say(bot[1], "/events")
    bot[0].metrics.failed(ValueError())
    there = set(await exposition(bot[0]))
    dashboard = json.loads((ROOT / "deploy" / "grafana" / "forum-bot.json").read_text("utf-8"))
    queries = [target["expr"] for panel in dashboard["panels"] for target in panel.get("targets", [])]
    assert len(queries) >= 10
    for query in queries:
        assert NAME.findall(query), query
        assert set(NAME.findall(query)) <= there, query
    documented = set(NAME.findall((ROOT / "docs" / "operations.md").read_text("utf-8")))
    stem = re.compile(r"_(?:bucket|count|sum)$")
    ours = {stem.sub("", name) for name in there if name.startswith("forum_") and "_created" not in name}
    assert {name for name in documented if name.startswith("forum_")} == ours
