"""Backs up under writes and restores each backup: whether it is whole and has every commit from before it.

Run as ``python bench/backup_drill.py --minutes 10 --every 30``. A writer commits as fast as it can; each
backup is made as the running bot makes it, restored elsewhere, checked page by page, reference by reference
and hash by hash, and searched for the last commit that was through when the backup began.
"""

from __future__ import annotations

import argparse
import asyncio
import sqlite3
import sys
import time
from contextlib import closing, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from app import add_fictional_articles  # noqa: E402 - the path comes first

from bot.backups import back_up, drill, restore  # noqa: E402 - likewise
from storage.chats import ChatRecord  # noqa: E402 - likewise
from storage.repositories import Repositories, open_repositories  # noqa: E402 - likewise


class Writer:
    """Commits one chat after the other; ``committed`` is the last that is through."""

    def __init__(self, repositories: Repositories) -> None:
        self._chats = repositories.chats
        self.committed = 0

    async def run(self) -> None:
        """Write until cancelled."""
        while True:
            await self._chats.save(ChatRecord(chat_id=self.committed + 1))
            self.committed += 1


def chats(path: Path) -> list[int]:
    """The chats that a database holds, in order."""
    with closing(sqlite3.connect(path)) as connection:
        return [row[0] for row in connection.execute("SELECT chat_id FROM chats ORDER BY chat_id")]


def restored(copy: Path, folder: Path) -> list[int]:
    """Restore a backup and look it over; the chats in it."""
    drill(copy.parent, copy)
    target = folder / "restored.db"
    restore(copy, target, folder / "before", 1)
    found = chats(target)
    target.unlink()
    return found


async def measure(minutes: float, every: float) -> bool:
    """Run the drill.

    Returns:
        Whether every backup was whole and missed nothing.
    """
    with TemporaryDirectory(prefix="forum-backups-") as name:
        folder = Path(name)
        database = folder / "forum.db"
        repositories = await open_repositories(f"sqlite:///{database}")
        await add_fictional_articles(repositories)
        writer = Writer(repositories)
        writing = asyncio.create_task(writer.run())
        end, good, tried = time.monotonic() + minutes * 60, 0, 0
        while time.monotonic() < end:
            await asyncio.sleep(every)
            before, begun = writer.committed, time.monotonic()
            copy = await asyncio.to_thread(back_up, database, folder / "backups", 3)
            took = time.monotonic() - begun
            found = await asyncio.to_thread(restored, copy, folder)
            tried += 1
            whole = found == list(range(1, len(found) + 1)) and len(found) >= before
            good += whole
            print(
                f"backup {tried}: {took:.2f} s, {before} commits before it, {len(found)} in it,"
                f" {copy.stat().st_size / 1e6:.1f} MB: {'whole' if whole else 'NOT WHOLE'}",
                flush=True,
            )
        writing.cancel()
        with suppress(asyncio.CancelledError):
            await writing
        await repositories.database.close()
    print(f"{good} of {tried} backups whole; {writer.committed} commits")
    return tried > 0 and good == tried


def main() -> int:
    """Read the command line and run."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--every", type=float, default=30, help="seconds between two backups")
    chosen = parser.parse_args()
    return 0 if asyncio.run(measure(chosen.minutes, chosen.every)) else 1


if __name__ == "__main__":
    sys.exit(main())
