"""The articles that come with the product, put into the database once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.logs import log

if TYPE_CHECKING:
    from bot.workers import Workers
    from storage.repositories import Repositories

_NOTE = "shipped_articles"

_log = log("bot.seed")


async def seed(repositories: Repositories, workers: Workers) -> int:
    """Add the shipped articles that this database has not been given yet.

    What was added once is noted, so that an article which an editor deleted stays deleted.

    Returns:
        How many were added.

    Raises:
        PreparationError: a worker failed over an article.
    """
    from content.shipped import shipped_articles  # noqa: PLC0415 - reads the articles' files

    notes = repositories.notes
    given = set((await notes.get(_NOTE) or "").split())
    fresh = [article for article in shipped_articles() if article.sha256 not in given]
    for article in fresh:
        article_id = await repositories.articles.add(await workers.prepare(article))
        given.add(article.sha256)
        await notes.set(_NOTE, " ".join(sorted(given)))
        _log.info("article_shipped", article_id=article_id)
    return len(fresh)
