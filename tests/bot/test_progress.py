"""The progress of broadcasts."""

from __future__ import annotations

from pathlib import Path

import pytest
from app import OWNER, READER, App, new_api, running, texts, until

from bot.clock import Clock
from bot.progress import show_progress

pytestmark = pytest.mark.usefixtures("unseeded")


async def test_a_broadcast_survives_a_restart(filled: Path) -> None:
    """Put into the outbox, then the process ends: the next one sends it and shows its end."""
    clock = Clock()
    api = new_api(clock)
    async with running(filled, api=api, clock=clock) as (bot, _):
        app = App(api, bot)
        await app.ask("/lang zh-hans", user=OWNER)
        await app.ask("/subscribe")
        await bot.backstage.delivery.drain(0.1)
        *_, question = await app.say("/broadcast 大家好", user=OWNER)
        await app.press(question, "全部", user=OWNER)
        await app.press(app.now(question), "发给", user=OWNER)
    assert "大家好" not in texts(api, READER)
    async with running(filled, api=api, clock=clock) as (bot, _):
        await until(lambda: "大家好" in texts(api, READER))
        await bot.backstage.delivery.settle(5)
        await show_progress(bot.services, bot.api.call)
        assert "发送完毕" in App(api, bot).now(question)["text"]
