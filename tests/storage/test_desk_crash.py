"""An editor's process killed at any moment: every article is whole, every deed done and noted, or neither."""

from __future__ import annotations

import random
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from storage.integrity import check_content
from storage.migrate import migrate

ROOT = Path(__file__).parents[2]

# Adds articles and does things to them for ever, each after the other, with no pause.
PROGRAM = """
import asyncio, random, sys
sys.path.insert(0, "tests")
from builders import STARS, ArticleBuilder, rivers, stars
from content.preparation import prepare
from dataclasses import replace
from content.model import Article
from storage.errors import NotUndoableError
from storage.history import Deed
from storage.repositories import open_repositories

async def main():
    rng = random.Random(int(sys.argv[2]))
    repositories = await open_repositories(sys.argv[1])
    desk, deed = repositories.desk, Deed(by=7)
    prepare(stars().article, stars().facts())
    print("open", flush=True)
    while True:
        text = f"{STARS}第{rng.randrange(10**9)}号。"
        prepared = prepare(Article(text=text), stars().facts())
        state = rng.choice(["draft", "published"])
        article = await repositories.articles.add(prepared, state=state, deed=deed)
        facts = await repositories.database.fetch_all(
            "SELECT id, kind FROM facts WHERE article_id = :id", {"id": article}
        )
        for _ in range(4):
            fact = rng.choice(facts)
            change = {"person": rng.choice(["林知远", "沈若琳", "新人物"])}
            deeds = [
                lambda: desk.publish(article, deed),
                lambda: desk.unpublish(article, deed),
                lambda: desk.retract(fact["id"], deed),
                lambda: desk.judge(fact["id"], "wrong", deed),
                lambda: desk.delete(rng.randrange(1, article + 1), deed),
                lambda: desk.merge(rng.randrange(1, 12), rng.randrange(1, 12), deed),
                lambda: desk.add_alias(rng.randrange(1, 12), f"别名{rng.randrange(99)}", deed),
            ]
            if fact["kind"] in ("statement", "participant", "affiliation"):
                deeds += [lambda: desk.edit(fact["id"], change, deed)] * 4
            entry = await rng.choice(deeds)()
            if entry and rng.random() < 0.3:
                try:
                    await desk.undo(entry, deed)
                except NotUndoableError:
                    pass

asyncio.run(main())
"""

DETAILS = {
    "event": "reports",
    "participant": "participations",
    "affiliation": "posts",
    "statement": "statements",
    "figure": "figures",
    "work": "works",
    "product": "product_mentions",
    "milestone": "milestones",
}


def _kill_after(url: str, seed: int, seconds: float) -> None:
    arguments = [sys.executable, "-c", PROGRAM, url, str(seed)]
    with subprocess.Popen(arguments, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "open\n"
        time.sleep(seconds)
        process.send_signal(signal.SIGKILL)
        process.wait()


def _check(path: Path) -> int:
    """See that everything is whole; gives the number of history entries."""
    check_content(path)
    with closing(sqlite3.connect(path)) as connection:

        def one(sql: str) -> int:
            return int(connection.execute(sql).fetchone()[0])

        assert connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        # The index over the passages is what the passages are.
        connection.execute("INSERT INTO passage_index (passage_index, rank) VALUES ('integrity-check', 0)")
        for kind, table in DETAILS.items():
            rows = f"SELECT count(*) FROM facts WHERE kind = '{kind}'"
            assert one(rows) == one(f"SELECT count(*) FROM {table}")
            assert one(f"{rows} AND id NOT IN (SELECT fact_id FROM {table})") == 0
        # Every article has the entry that added it, and as many facts as that says.
        torn = """
            SELECT count(*) FROM articles
            LEFT JOIN history ON history.article_id = articles.id AND action = 'add'
            WHERE history.id IS NULL OR history.after ->> 'facts' <>
                (SELECT count(*) FROM facts WHERE facts.article_id = articles.id)
        """
        assert one(torn) == 0
        # What readers see is exactly what is indexed and counted.
        unindexed = """
            SELECT count(*) FROM passages WHERE indexed <> EXISTS (
                SELECT 1 FROM facts WHERE facts.passage_id = passages.id AND facts.state = 'published'
            )
        """
        assert one(unindexed) == 0
        invisible = """
            SELECT count(*) FROM entities WHERE visible <> EXISTS (
                SELECT 1 FROM about INNER JOIN facts ON facts.id = about.fact_id
                WHERE about.entity_id = entities.id AND facts.state = 'published'
            )
        """
        assert one(invisible) == 0
        return one("SELECT count(*) FROM history")


def _loop(path: Path, kills: int) -> None:
    migrate(path)
    rng = random.Random(20260301)
    known = 0
    for number in range(kills):
        _kill_after(f"sqlite:///{path}", number, rng.uniform(0, 0.5))
        entries = _check(path)
        assert entries >= known
        known = entries
    assert known > kills


def test_a_few_kills(tmp_path: Path) -> None:
    """At random moments of an ingestion, an edit, a merge, an undo."""
    _loop(tmp_path / "forum.db", 5)


@pytest.mark.slow
@pytest.mark.timeout(2400)
def test_two_hundred_kills(tmp_path: Path) -> None:
    """As above, as often as the promise says."""
    _loop(tmp_path / "forum.db", 200)
