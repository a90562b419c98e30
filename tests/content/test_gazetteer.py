"""Known names in texts."""

from __future__ import annotations

import pytest

from content.gazetteer import Gazetteer

NAMES = Gazetteer(
    (name, name) for name in ("开源", "开源社区", "AI", "5G", "陆海峰", "开放、融合", "马琳·肯加", "云")
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("谈开源社区", [("开源社区", "开源社区"), ("开源", "开源")]),
        ("開源", [("开源", "開源")]),
        ("开 源", [("开源", "开 源")]),
        ("打开,源头", []),
        ("AI与ai", [("AI", "AI"), ("AI", "ai")]),
        ("CHAIN和MAIN", []),
        ("ＡＩ平台", [("AI", "ＡＩ")]),
        ("15G内存", []),
        ("5G网络", [("5G", "5G")]),
        ("主题是开放、融合", [("开放、融合", "开放、融合")]),
        ("马琳肯加说", [("马琳·肯加", "马琳肯加")]),
        ("云计算", []),
        ("", []),
    ],
)
def test_names_are_found_where_they_stand(text: str, found: list[tuple[str, str]]) -> None:
    """In any script and width, not across punctuation, not inside Latin words, not as one character."""
    places = [(name, text[one.start : one.end]) for one in NAMES.find(text) for name in one.values]
    assert places == found


def test_the_longest_names_do_not_overlap() -> None:
    """A plain reading of a question takes the longest name at each place."""
    text = "陆海峰怎么看AI开源社区与开源"
    assert [text[one.start : one.end] for one in NAMES.longest(text)] == ["陆海峰", "AI", "开源社区", "开源"]


def test_one_name_may_stand_for_several_things() -> None:
    """All values of a name come with it."""
    names = Gazetteer([("开源", 1), ("開源", 2)])
    assert [one.values for one in names.find("开源")] == [(1, 2)]
