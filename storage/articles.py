"""Articles and their state: what was read, where it came from, whether readers may see it."""

from __future__ import annotations

from typing import Literal

from content.preparation import PreparedArticle
from content.records import Source
from storage import publication, rows
from storage.database import Database
from storage.history import Deed, note
from storage.ingestion import store
from storage.queries import statements

ArticleState = Literal["draft", "published", "withdrawn", "deleted"]
_PROGRAM = Deed()


class Articles:
    """Articles and their state: what was read, where it came from, whether readers may see it."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._sql = statements("articles")

    async def add(
        self,
        prepared: PreparedArticle,
        *,
        state: Literal["draft", "published"] = "published",
        deed: Deed = _PROGRAM,
    ) -> int:
        """Store an article with all its facts in one transaction.

        The same text twice is the same article: nothing changes, and the id it has is returned.
        """
        async with self._database.write() as transaction:
            known = await transaction.fetch_one(self._sql["by_sha256"], {"sha256": prepared.article.sha256})
            if known:
                return int(known["id"])
            article_id = await store(transaction, prepared)
            added = {"article_id": article_id, "user_id": deed.by, "now": deed.at}
            await transaction.execute(self._sql["note_added"], added)
            if state == "published":
                await publication.show(transaction, article_id, deed.at)
            after = {"state": state, "facts": len(prepared.facts)}
            await note(transaction, "add", deed, before={}, after=after, article_id=article_id)
            return article_id

    async def purge(self, article_id: int) -> bool:
        """Remove an article and its facts for good, whatever its state; fact ids are never given again."""
        async with self._database.write() as transaction:
            if await transaction.fetch_one(self._sql["state"], {"article_id": article_id}) is None:
                return False
            await publication.delete(transaction, article_id)
            return True

    async def find(self, sha256: str) -> int | None:
        """The article with a text, in any state."""
        row = await self._database.fetch_one(self._sql["by_sha256"], {"sha256": sha256})
        return row["id"] if row else None

    async def state(self, article_id: int) -> ArticleState | None:
        """Whether readers may see the article (``deleted`` until it is gone); None where there is none."""
        row = await self._database.fetch_one(self._sql["state"], {"article_id": article_id})
        return row["state"] if row else None

    async def source(self, article_id: int) -> Source | None:
        """What is known about where the article came from."""
        row = await self._database.fetch_one(self._sql["source"], {"article_id": article_id})
        return rows.source(row) if row else None

    async def text(self, article_id: int) -> str | None:
        """The article exactly as it was given."""
        row = await self._database.fetch_one(self._sql["text"], {"article_id": article_id})
        return row["text"] if row else None

    async def list(
        self, limit: int, offset: int = 0, state: ArticleState = "published"
    ) -> tuple[Source, ...]:
        """Articles of a state, newest first."""
        parameters = {"limit": limit, "offset": offset, "state": state}
        return await rows.fetch(self._database, self._sql["listed"], parameters, rows.source)

    async def count(self, state: ArticleState = "published") -> int:
        """Number of articles of a state."""
        row = await self._database.fetch_one(self._sql["counted"], {"state": state})
        return row["total"] if row else 0
