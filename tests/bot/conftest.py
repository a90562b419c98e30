"""What every test of the bot's own folder gets."""

from __future__ import annotations

import asyncio
import shutil
from pathlib import Path
from typing import Any

import pytest
from app import add_fictional_articles

from storage.repositories import open_repositories


@pytest.fixture
def unseeded(monkeypatch: pytest.MonkeyPatch) -> None:
    """The shipped articles stay out: preparing them takes a process and two seconds."""

    async def no_seed(*_: Any) -> int:
        return 0

    monkeypatch.setattr("bot.seed.seed", no_seed)


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """A file for a database that does not exist yet."""
    return tmp_path / "forum.db"


@pytest.fixture(scope="session")
def fictional_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with nothing but the two fictional articles, made once."""
    path = tmp_path_factory.mktemp("fictional") / "forum.db"

    async def make() -> None:
        repositories = await open_repositories(f"sqlite:///{path}")
        await add_fictional_articles(repositories)
        await repositories.database.close()

    asyncio.run(make())
    return path


@pytest.fixture
def filled(fictional_database: Path, tmp_path: Path) -> Path:
    """A copy of the database with the fictional articles."""
    return Path(shutil.copyfile(fictional_database, tmp_path / "filled.db"))
