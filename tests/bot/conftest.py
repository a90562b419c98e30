"""What every test of the bot's own folder gets."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest


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
