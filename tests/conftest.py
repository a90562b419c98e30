"""The real application over a Bot API in memory and a real database with fictional articles."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from app import EDITOR, App, add_fictional_articles, running
from postgres_server import NoServerError, Server, running_server


@pytest.fixture(scope="session")
def seeded_database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A database with the shipped article and the two fictional ones of ``builders``, made once."""
    path = tmp_path_factory.mktemp("seeded") / "forum.db"

    async def make() -> None:
        async with running(path) as (bot, _):
            await add_fictional_articles(bot.services.repositories)
            await bot.services.repositories.users.grant(EDITOR, "editor")

    asyncio.run(make())
    return path


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """A PostgreSQL server of this run's own; skips where none can be had."""
    try:
        with running_server() as server:
            yield server
    except NoServerError as error:
        pytest.skip(f"no PostgreSQL: {error}")


@pytest.fixture
async def app(seeded_database: Path, tmp_path: Path) -> AsyncIterator[App]:
    """The application over a copy of the seeded database; whatever Telegram would refuse fails the test."""
    copy = tmp_path / "forum.db"
    shutil.copyfile(seeded_database, copy)
    async with running(copy) as (bot, api):
        yield App(api, bot)
        assert api.violations == []
