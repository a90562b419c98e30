"""The articles that come with the product."""

from __future__ import annotations

from content.shipped import shipped_articles


def test_what_is_not_known_of_a_shipped_article_is_not_said() -> None:
    """The article names a day and no month: its date stays a note."""
    (article,) = shipped_articles()
    assert (article.publisher, article.via, article.published_note) == ("人民网", "中国英才网", "18日")
    assert article.published is None
    assert article.text.startswith("中国英才网:据人民网18日消息")
