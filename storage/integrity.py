"""Whether the content of a database is what was stored: hashes of articles, facts at their places."""

from __future__ import annotations

import hashlib
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

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
        changed = [
            f"article {row['id']} differs from its hash"
            for row in connection.execute(sql["articles"])
            if hashlib.sha256(row["text"].encode()).hexdigest() != row["sha256"]
        ]
        changed += [
            f"passage {row['id']} is not in article {row['article_id']} at its place"
            for row in connection.execute(sql["displaced_passages"])
        ]
        changed += [
            f"fact {row['id']} is not in article {row['article_id']} at its place"
            for row in connection.execute(sql["displaced_facts"])
        ]
        counts = Inventory(**dict(connection.execute(sql["counts"]).fetchone()))
    if changed:
        more = f" and {len(changed) - _SHOWN} more" if len(changed) > _SHOWN else ""
        raise DatabaseDamagedError(f"{path}: {'; '.join(changed[:_SHOWN])}{more}")
    return counts
