"""A process killed while it stores an article leaves the whole article or nothing of it."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from builders import rivers, stars

from storage.repositories import open_repositories

ROOT = Path(__file__).parents[2]

# Adds one article; every statement of the transaction takes a little longer, and the first says that it runs.
PROGRAM = """
import asyncio, sys
sys.path.insert(0, "tests")
from builders import stars
from storage.sqlite import SQLiteTransaction as Transaction
from storage.repositories import open_repositories

async def main():
    repositories = await open_repositories(sys.argv[1])
    for name in ("execute_many", "fetch_all"):
        def slow(self, *arguments, run=getattr(Transaction, name)):
            async def later():
                result = await run(self, *arguments)
                print("statement", flush=True)
                await asyncio.sleep(0.01)
                return result
            return later()
        setattr(Transaction, name, slow)
    await repositories.articles.add(stars().prepared())
    print("committed", flush=True)
    await repositories.database.close()

asyncio.run(main())
"""


def _kill_after(url: str, statements: int) -> bool:
    """Run the program and kill it after so many statements; whether it had committed by then."""
    arguments = [sys.executable, "-c", PROGRAM, url]
    with subprocess.Popen(arguments, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        committed = False
        for _ in range(statements):
            committed = committed or process.stdout.readline() == "committed\n"
        process.send_signal(signal.SIGKILL)
        committed = committed or "committed" in process.stdout.read()
        process.wait()
    return committed


@pytest.mark.parametrize("statements", [1, 2, 6, 10, 14, 18])
async def test_a_kill_in_the_middle_of_adding_leaves_nothing_half_written(
    tmp_path: Path, statements: int
) -> None:
    """After SIGKILL the database is sound, holds no row of the article, and takes it when added again."""
    path = tmp_path / "forum.db"
    url = f"sqlite:///{path}"
    repositories = await open_repositories(url)
    await repositories.articles.add(rivers().prepared())
    await repositories.database.close()
    before = _rows(path)

    assert not _kill_after(url, statements)

    assert _rows(path) == before
    repositories = await open_repositories(url)
    assert await repositories.articles.add(stars().prepared()) == 2
    assert (await repositories.search.search("土壤", 9))[1] == 1
    await repositories.database.close()


def _rows(path: Path) -> dict[str, int]:
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {table: connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in tables}
