"""The CPU-heavy part of storing an article: pure and picklable, so that a worker process can do it."""

from __future__ import annotations

from dataclasses import dataclass

from content.model import Article, Facts


@dataclass(frozen=True, slots=True, kw_only=True)
class PreparedArticle:
    """An article ready to be stored."""

    article: Article
    facts: Facts


def prepare(article: Article, facts: Facts | None = None) -> PreparedArticle:
    """Extract an article's facts and compute everything that is stored beside them.

    Args:
        article: the article as it came.
        facts: facts that are known already (an import, a test); extracted where not given.
    """
    raise NotImplementedError
