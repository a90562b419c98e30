"""A fresh database for each test, once for every backend; and one that holds two fictional articles."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from app import add_fictional_articles
from backends import BACKENDS
from postgres_server import Server

from storage.repositories import Repositories, open_repositories


@pytest.fixture(params=BACKENDS)
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database that nobody has used yet."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'forum.db'}"
        return
    server: Server = request.getfixturevalue("postgres")
    address = server.new_database()
    yield address
    server.drop(address)


@pytest.fixture
async def repositories(url: str) -> AsyncIterator[Repositories]:
    """Repositories over an empty database."""
    opened = await open_repositories(url)
    yield opened
    await opened.database.close()


@pytest.fixture
async def filled(repositories: Repositories) -> Repositories:
    """Repositories over the articles of ``builders``: 星河开源论坛 (1) and 春江智能大会 (2)."""
    await add_fictional_articles(repositories)
    return repositories
