"""A fresh database for each test, once for every backend; and one that holds two fictional articles."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from app import add_fictional_articles

from storage.repositories import Repositories, open_repositories

BACKENDS = ("sqlite",)
"""Every backend passes the same tests; a second one adds its name here and its address below."""


@pytest.fixture(params=BACKENDS)
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a database that does not exist yet."""
    addresses = {"sqlite": f"sqlite:///{tmp_path / 'forum.db'}"}
    return addresses[request.param]


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
