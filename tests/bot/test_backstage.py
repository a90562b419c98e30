"""What stands behind the handlers: the backup of the day, and a look at the database before all."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from app import new_api, running, settings_for, until

from bot import backstage
from bot.application import build_application
from bot.backups import back_up, backups, newest
from bot.clock import Clock
from bot.errors import StartError
from bot.memory_api.request import MemoryRequest
from storage.database import MEMORY
from storage.errors import BackupError
from storage.snapshots import verify

pytestmark = pytest.mark.usefixtures("unseeded")


async def test_a_missed_backup_is_made_after_the_start(
    filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By APScheduler, where the newest is more than a day old; it is whole."""
    monkeypatch.setattr(backstage, "LOOK", 0.05)
    folder = tmp_path / "b"
    back_up(filled, folder, 3, datetime.now(UTC) - timedelta(hours=25))
    async with running(filled, backup_dir=str(folder)):
        await until(lambda: len(backups(folder)) == 2)
        await asyncio.sleep(0.2)
    assert len(backups(folder)) == 2
    verify(backups(folder)[-1])


async def test_one_a_day_is_enough(filled: Path, tmp_path: Path) -> None:
    """And no more than BACKUP_KEEP are kept."""
    folder = tmp_path / "b"
    for days in (3, 2):
        back_up(filled, folder, 3, datetime.now(UTC) - timedelta(days=days))
    async with running(filled, backup_dir=str(folder), backup_keep=2) as (bot, _):
        made = await bot.backstage.back_up()
        assert made is not None
        assert await bot.backstage.back_up() is None
    assert len(backups(folder)) == 2
    assert backups(folder)[-1] == made


async def test_a_backup_that_fails_stops_nothing_and_is_tried_again_later(
    filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A full disk: it is logged and counted, and not tried again at every look."""
    tries = 0

    def full(*_: Any) -> Path:
        nonlocal tries
        tries += 1
        raise BackupError("no space left")

    monkeypatch.setattr(backstage, "back_up", full)
    async with running(filled, backup_dir=str(tmp_path / "b")) as (bot, _):
        assert [await bot.backstage.back_up() for _ in range(3)] == [None, None, None]
        assert tries == 1
        monkeypatch.setattr(backstage, "back_up", back_up)
        bot.backstage._no_backup_before = 0
        assert await bot.backstage.back_up() is not None
    assert "backup_failed" in capsys.readouterr().err


async def test_a_private_database_is_not_backed_up(tmp_path: Path) -> None:
    """That of the local chat is gone with it."""
    folder = tmp_path / "b"
    async with running(tmp_path / "unused.db", database_url=MEMORY, backup_dir=str(folder)) as (bot, _):
        assert await bot.backstage.back_up() is None
    assert newest(folder) is None


def damage(path: Path) -> None:
    """Overwrite some pages in the middle."""
    data = bytearray(path.read_bytes())
    middle = len(data) // 2 // 4096 * 4096
    data[middle : middle + 20 * 4096] = b"\xff" * (20 * 4096)
    path.write_bytes(data)


async def test_a_damaged_database_ends_the_start_with_what_to_do(filled: Path) -> None:
    """Some pages overwritten: one line that names the file and the restore."""
    damage(filled)
    api = new_api(Clock())
    bot = build_application(settings_for(api, filled), request=MemoryRequest(api))
    with pytest.raises(StartError) as caught:
        await asyncio.wait_for(bot.run(), 20)
    assert "python -m bot restore" in str(caught.value)
    assert "\n" not in str(caught.value)
