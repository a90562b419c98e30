"""A database whose disk is full at a chosen write; a program of its own, for the limit counts for a process.

``RLIMIT_FSIZE`` lets the system refuse the write itself: with a limit of so many bytes a write to the log
fails where it crosses it, in the middle of a transaction. Run as ``disk_full.py DATABASE FIRST LAST``, for
each n the n-th page written to the log is refused.
"""

from __future__ import annotations

import asyncio
import json
import resource
import signal
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

from builders import stars

from storage.chats import ChatRecord
from storage.errors import DatabaseFullError
from storage.repositories import Repositories, open_repositories

FRAME = 4096 + 24
HEADER = 32


def allow(size: int | None) -> None:
    """Let files grow to some bytes; None lifts the limit."""
    _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (hard if size is None else size, hard))


async def fill(repositories: Repositories, chat_id: int) -> None:
    """Write transactions of one page and of many until something is refused."""
    while True:
        await repositories.articles.purge(await repositories.articles.add(stars().prepared()))
        for _ in range(50):
            chat_id += 1
            await repositories.chats.save(ChatRecord(chat_id=chat_id, zone="Asia/Shanghai" * 20))


async def main(path: Path, first: int, last: int) -> None:
    """Print one line of what happened for each write that was refused."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    for number in range(first, last + 1):
        repositories = await open_repositories(f"sqlite:///{path}")
        known = {row["chat_id"] for row in await repositories.database.fetch_all("SELECT chat_id FROM chats")}
        # The log begins anew, so that its pages are counted from the start.
        with closing(sqlite3.connect(path)) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        allow(max(HEADER + number * FRAME - 1, 0))
        refused = False
        try:
            await fill(repositories, number * 1_000_000)
        except DatabaseFullError:
            refused = True
        rows = await repositories.database.fetch_all("SELECT chat_id FROM chats")
        articles = await repositories.articles.count()
        allow(None)
        saved = number * 1_000_000 + 999_999
        await repositories.chats.save(ChatRecord(chat_id=saved))
        await repositories.database.close()
        with closing(sqlite3.connect(path)) as connection:
            verdict = connection.execute("PRAGMA integrity_check").fetchone()[0]
            after = {row[0] for row in connection.execute("SELECT chat_id FROM chats")}
            connection.execute("DELETE FROM chats")
            connection.commit()
        readable = known <= {row["chat_id"] for row in rows}
        kept = after == {row["chat_id"] for row in rows} | {saved}
        report = {"write": number, "refused": refused, "readers_served": readable and articles >= 0}
        sys.stdout.write(json.dumps({**report, "recovered": kept, "verdict": verdict}) + "\n")


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])))
