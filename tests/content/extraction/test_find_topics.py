"""Topics: what an article keeps speaking of."""

from __future__ import annotations

from content.extraction.analysis import Analysis
from content.extraction.topics import find_topics

TEXT = (
    "松脂产业很重要。陆青认为，松脂产业需要造林，造林需要耐心。"
    "大家支持造林，也支持松脂产业，“碳汇”由此而来。"
    "他提出，造林增加碳汇，松脂产业带动就业，PineDB 记录造林，PineDB 记录碳汇，PineDB 公开。"
)


def test_topics_are_what_is_repeated() -> None:
    """Repeated and quoted terms are topics, the heaviest weighs 1.0, and the order is by weight."""
    topics = find_topics(Analysis.of(TEXT))
    names = [topic.name for topic in topics]
    assert {"松脂产业", "造林", "碳汇", "PineDB"} <= set(names)
    assert topics[0].weight == 1.0
    assert [topic.weight for topic in topics] == sorted((t.weight for t in topics), reverse=True)


def test_fragments_and_empty_words_are_none() -> None:
    """A piece of a longer term (脂产业), a function word and a word that says little are no topics."""
    names = {topic.name for topic in find_topics(Analysis.of(TEXT))}
    assert not names & {"脂产业", "松脂产", "需要", "支持", "的", "认为"}


def test_traditional_text_keeps_its_characters() -> None:
    """A topic is written as the article writes it."""
    names = [topic.name for topic in find_topics(Analysis.of("開源，很好。開源，真好。開源，也好。"))]
    assert names == ["開源"]


def test_nothing_repeated() -> None:
    """A text that repeats nothing has no topics."""
    assert find_topics(Analysis.of("松针与光。")) == ()
    assert find_topics(Analysis.of("")) == ()
