"""Articles and their state: what was read, where it came from, whether readers may see it."""

from __future__ import annotations

from typing import Literal

from content.preparation import PreparedArticle
from content.records import Source
from storage.database import Database

ArticleState = Literal["draft", "published", "withdrawn"]


class Articles:
    """Articles and their state: what was read, where it came from, whether readers may see it."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, prepared: PreparedArticle, *, state: ArticleState = "published") -> int:
        """Store an article with all its facts in one transaction; the same text twice is the same article."""
        raise NotImplementedError

    async def publish(self, article_id: int) -> bool:
        """Show a draft or withdrawn article to readers; False where there is none or it is shown already."""
        raise NotImplementedError

    async def unpublish(self, article_id: int) -> bool:
        """Hide an article from readers, keeping its facts."""
        raise NotImplementedError

    async def delete(self, article_id: int) -> bool:
        """Remove an article and its facts for good; fact ids are never given again."""
        raise NotImplementedError

    async def source(self, article_id: int) -> Source | None:
        """What is known about where the article came from."""
        raise NotImplementedError

    async def text(self, article_id: int) -> str | None:
        """The article exactly as it was given."""
        raise NotImplementedError

    async def list(
        self, limit: int, offset: int = 0, state: ArticleState = "published"
    ) -> tuple[tuple[Source, ...], int]:
        """Articles, newest first, and how many there are."""
        raise NotImplementedError

    async def count(self, state: ArticleState = "published") -> int:
        """Number of articles in a state."""
        raise NotImplementedError
