"""The worker process."""

from __future__ import annotations

import asyncio
import os
from typing import Any

import pytest
from pictures import card

from bot import workers
from bot.workers import PreparationError, Workers
from content.model import Article
from handlers.pictures import draw

ARTICLE = Article(text="2031星河开源论坛在云城举行。星河大学教授林知远表示,开源让更多人参与创新。")


def hang(_: Article) -> None:
    """Take for ever."""
    while True:
        pass


def die(_: Article) -> None:
    """Be killed."""
    os._exit(9)


def devour(_: Article) -> bytearray:
    """Take more memory than there is."""
    return bytearray(4 * 1024**3)


async def test_an_article_is_prepared_elsewhere() -> None:
    """The facts come back; this process has not loaded the segmenter for it."""
    made = Workers()
    try:
        prepared = await made.prepare(ARTICLE)
    finally:
        made.close()
    assert prepared.article == ARTICLE
    assert any(one.kind == "participant" for one in prepared.facts)


async def test_any_function_can_be_run_elsewhere() -> None:
    """A picture is drawn in another process."""
    made = Workers()
    try:
        assert await made.run(os.getpid) != os.getpid()
        assert (await made.run(draw, card("开源是土壤。"), "zh-hans", "dark", "bot")).startswith(b"\x89PNG")
    finally:
        made.close()


@pytest.mark.parametrize("accident", [hang, die, devour])
async def test_an_accident_harms_nobody_else(accident: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Too long, too much, dead: one clear error, and the next article works."""
    made = Workers(seconds=20)
    try:
        await made.prepare(ARTICLE)
        made._seconds = 1
        with monkeypatch.context() as patch:
            patch.setattr(workers, "_prepare", accident)
            with pytest.raises(PreparationError):
                await made.prepare(ARTICLE)
        made._seconds = 20
        assert (await made.prepare(ARTICLE)).article == ARTICLE
    finally:
        made.close()


async def test_closing_ends_a_busy_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    """A stop does not wait for an article."""
    made = Workers()
    monkeypatch.setattr(workers, "_prepare", hang)
    task = asyncio.create_task(made.prepare(ARTICLE))
    await asyncio.sleep(0.5)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asyncio.wait_for(task, 5)
