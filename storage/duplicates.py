"""Which articles are nearly the same."""

from __future__ import annotations

from dataclasses import dataclass

from content.duplicates import Sketch, likeness
from storage.database import Database, Transaction
from storage.queries import statements

_CANDIDATES = 20


@dataclass(frozen=True, slots=True)
class Alike:
    """An article that is nearly the same as another."""

    article_id: int
    share: float
    """Of the shorter one that is in both, 0–1."""


class Duplicates:
    """Finds articles that are nearly the same."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._sql = statements("duplicates")

    async def of(self, article_id: int) -> tuple[Alike, ...]:
        """The articles that report the same in the same words, the nearest first."""
        parameters = {"id": article_id, "limit": _CANDIDATES}
        found = []
        mine = await self._sketch(article_id)
        for row in await self._database.fetch_all(self._sql["alike"], parameters):
            how = likeness(mine, await self._sketch(row["article_id"]))
            if how.near:
                found.append(Alike(row["article_id"], max(how.resemblance, how.containment)))
        return tuple(sorted(found, key=lambda one: -one.share))

    async def _sketch(self, article_id: int) -> Sketch:
        rows = await self._database.fetch_all(self._sql["sketch"], {"id": article_id})
        size = await self._database.fetch_one(self._sql["size"], {"id": article_id})
        return Sketch(tuple(row["hash"] for row in rows), (size["shingles"] if size else None) or 0)


async def remember(transaction: Transaction, article_id: int, sketch: Sketch) -> None:
    """Keep the sketch of an article that is being stored."""
    sql = statements("duplicates")
    rows = [{"hash": one, "article_id": article_id} for one in sketch.hashes]
    await transaction.execute_many(sql["remember"], rows)
    await transaction.execute(sql["set_size"], {"article_id": article_id, "size": sketch.size})
