"""Whether the content of a database is what was stored: hashes of articles, facts at their places."""

from __future__ import annotations

import asyncio
import hashlib
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from storage.database import Database, Row
from storage.errors import DatabaseDamagedError
from storage.queries import statements

_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Inventory:
    """How many rows there are of what matters."""

    articles: int
    facts: int
    chats: int
    subscriptions: int
    outbox: int


def check_content(path: Path) -> Inventory:
    """Compare every article with its hash, and every fact with the place in the article it was read from.

    Args:
        path: a database with the present schema; it may be in use.

    Returns:
        What it holds.

    Raises:
        DatabaseDamagedError: something differs; the text names the first few.
        sqlite3.Error: it cannot be read.
    """
    sql = statements("integrity")
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as connection:
        connection.row_factory = sqlite3.Row
        connection.execute("BEGIN")  # One state for all questions.
        articles = connection.execute(sql["articles"])
        passages = connection.execute(sql["displaced_passages"])
        facts = connection.execute(sql["displaced_facts"])
        changed = _changed(articles, passages, facts)
        counts = Inventory(**dict(connection.execute(sql["counts"]).fetchone()))
    _raise_for(changed, str(path))
    return counts


async def check_stored_content(database: Database) -> Inventory:
    """Likewise for a database that is open, on whichever backend; the texts pass through memory.

    Raises:
        DatabaseDamagedError: something differs; the text names the first few.
    """
    sql = statements("integrity")
    names = ("articles", "displaced_passages", "displaced_facts", "counts")
    async with database.write() as transaction:  # Nobody writes between the questions.
        articles, passages, facts, counts = [await transaction.fetch_all(sql[name]) for name in names]
    changed = await asyncio.to_thread(_changed, articles, passages, facts)
    _raise_for(changed, "the database")
    return Inventory(**dict(counts[0]))


def _changed(articles: Iterable[Row], passages: Iterable[Row], facts: Iterable[Row]) -> list[str]:
    changed = [
        f"article {row['id']} differs from its hash"
        for row in articles
        if hashlib.sha256(row["text"].encode()).hexdigest() != row["sha256"]
    ]
    changed += [f"passage {row['id']} is not in article {row['article_id']} at its place" for row in passages]
    return changed + [f"fact {row['id']} is not in article {row['article_id']} at its place" for row in facts]


def _raise_for(changed: list[str], where: str) -> None:
    if changed:
        more = f" and {len(changed) - _SHOWN} more" if len(changed) > _SHOWN else ""
        raise DatabaseDamagedError(f"{where}: {'; '.join(changed[:_SHOWN])}{more}")
