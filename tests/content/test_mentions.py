"""What facts are about."""

from __future__ import annotations

import pytest

from content.gazetteer import Gazetteer
from content.mentions import in_figure, in_passage

NAMES = Gazetteer((name, name) for name in ("远帆翻译", "远帆语音", "远帆", "星河平台"))


@pytest.mark.parametrize(
    ("passage", "figure", "subject", "found"),
    [
        ("远帆语音日均调用150亿次,星河平台用户增长。", "150亿次", None, {"远帆语音", "远帆"}),
        ("开放了远帆翻译,目前每天翻译量达12亿字符;远帆语音也开放。", "12亿字符", None, {"远帆翻译"}),
        ("星河平台发布;去年增长30%。", "30%", None, set()),
        ("据介绍,用户达到300万。", "300万", "星河平台用户", {"星河平台"}),
        ("用户达到300万,星河平台功不可没。", "300万", None, set()),
        ("用户达到300万。", "300万", None, set()),
    ],
)
def test_a_figure_is_of_what_its_clause_names(
    passage: str, figure: str, subject: str | None, found: set[str]
) -> None:
    """The subject or the clause; else what was named last before it, up to the semicolon."""
    start = passage.index(figure)
    assert in_figure(passage, start, start + len(figure), subject, NAMES) == found


def test_a_passage_is_about_all_it_names() -> None:
    """Names inside longer names count."""
    assert in_passage("远帆翻译与星河平台", NAMES) == {"远帆翻译", "远帆", "星河平台"}
    assert in_passage("", NAMES) == set()
