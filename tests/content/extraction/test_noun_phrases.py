"""The noun phrase behind a number."""

from __future__ import annotations

import pytest

from content.extraction.noun_phrases import noun_phrase


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("林业代表参加会议", "林业代表"),
        ("国际知名专家及数十名学者", "国际知名专家"),
        ("来自不同领域的松鼠专家", "松鼠专家"),
        ("全新的造林项目签约", "全新的造林项目"),
        ("校外学习中心的代表", "校外学习中心"),
        ("就业岗位", "就业岗位"),
        ("贡献者，感谢", "贡献者"),
        ("Working Group (WG)", "Working Group"),
        ("的", ""),
        ("。", ""),
        ("", ""),
    ],
)
def test_phrase(text: str, phrase: str) -> None:
    """A phrase ends at a function word, a verb that reports, a mark, or the next counted thing."""
    span = noun_phrase(text, 0, len(text))
    assert text[span.start : span.end] == phrase
