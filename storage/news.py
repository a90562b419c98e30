"""What readers have not been told yet: the facts that were shown after a revision of the content."""

from __future__ import annotations

import json
from collections.abc import Collection
from datetime import datetime

from content.folding import fold_text
from content.news import NewFact
from content.records import FigureRecord, Source, StatementRecord, WorkRecord
from storage import rows
from storage.database import Database, Row
from storage.queries import statements

MOST = 3_000
"""Facts that one look at the news takes in, the newest; who was away for longer reads on by search."""


class News:
    """The facts that were shown after a revision."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._sql = statements("news")

    async def after(self, revision: int, limit: int = MOST) -> tuple[NewFact, ...]:
        """Statements, figures and works that readers saw after a revision, in the order they saw them."""
        found = await self._database.fetch_all(self._sql["shown_after"], {"after": revision, "limit": limit})
        return tuple(_new_fact(row) for row in reversed(found))

    async def revision_at(self, instant: datetime) -> int:
        """The revision that readers saw at an instant; 0 before the first article."""
        row = await self._database.fetch_one(self._sql["revision_at"], {"instant": instant.timestamp()})
        return int(row["revision"]) if row is not None else 0

    async def statements(self, fact_ids: Collection[int]) -> tuple[StatementRecord, ...]:
        """Statements by their ids, in text order within each article."""
        return await rows.fetch(self._database, self._sql["statements"], _ids(fact_ids), rows.statement)

    async def figures(self, fact_ids: Collection[int]) -> tuple[FigureRecord, ...]:
        """Figures by their ids, likewise."""
        return await rows.fetch(self._database, self._sql["figures"], _ids(fact_ids), rows.figure)

    async def works(self, fact_ids: Collection[int]) -> tuple[WorkRecord, ...]:
        """Works by their ids, likewise."""
        return await rows.fetch(self._database, self._sql["works"], _ids(fact_ids), rows.work)

    async def articles(self, article_ids: Collection[int]) -> dict[int, Source]:
        """What is known about articles."""
        found = await rows.fetch(self._database, self._sql["articles"], _ids(article_ids), rows.source)
        return {source.article_id: source for source in found}


def _ids(ids: Collection[int]) -> dict[str, str]:
    return {"ids": json.dumps(sorted(ids))}


def _new_fact(row: Row) -> NewFact:
    about = f"{row['about'] or ''},{row['speaks_for'] or ''}"
    return NewFact(
        fact_id=row["fact_id"],
        kind=row["kind"],
        revision=row["revision"],
        article_id=row["article_id"],
        event_id=row["event_id"],
        about=frozenset(int(number) for number in about.split(",") if number),
        words=fold_text(row["passage"]),
    )
