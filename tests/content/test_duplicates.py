"""Reprints are recognised, other reports of the same event are not."""

from __future__ import annotations

import pytest
from builders import RIVERS, STARS
from hypothesis import given
from hypothesis import strategies as st

from content.duplicates import differences, likeness, sketch

REPORT = STARS + "".join(
    f"第{number}场对话由云州大学教授主持，讨论了第{number}个议题，与会者提出{number}条建议。"
    for number in "一二三四五六七八"
)
OTHER = (
    "本报云州电 昨天,云州国际会议中心座无虚席。星河开源论坛迎来第三个年头,各地的工程师围绕开源社区各抒己见。"
    "林知远的开场发言赢得掌声,他说开源好比土壤。沈若琳则算了一笔账:智算中心会用掉七成的算力。"
)


@pytest.mark.parametrize(
    "reprint",
    [
        REPORT,
        "原标题：星河论坛开幕\n来源：春江晚报\n" + REPORT + "\n责任编辑：某某",
        REPORT.replace(",", "，").replace("论坛", "論壇"),
        REPORT[: len(REPORT) // 2],
        REPORT.replace("300万", "310万"),
    ],
    ids=["same", "another heading", "another script", "shortened", "one figure"],
)
def test_a_reprint_is_recognised(reprint: str) -> None:
    """With another heading, in another script, cut, with one figure corrected."""
    assert likeness(sketch(REPORT), sketch(reprint)).near


@pytest.mark.parametrize("other", [RIVERS, OTHER, "", "林知远", "开" * 5000])
def test_another_report_is_not(other: str) -> None:
    """Of the same event or of none; short ones have too little in common with anything."""
    assert not likeness(sketch(REPORT), sketch(other)).near


def test_what_differs_is_shown() -> None:
    """Sentence by sentence, on both sides."""
    changed = REPORT.replace("超过300万", "超过310万") + "最后一句。"
    found = differences(REPORT, changed)
    assert ("超过300万" in found[0].here, "超过310万" in found[0].there) == (True, True)
    assert (found[-1].here, found[-1].there) == ("", "最后一句。")
    assert differences(REPORT, REPORT) == ()


@given(st.text(max_size=200), st.text(max_size=200))
def test_likeness_is_a_share(one: str, other: str) -> None:
    """Between nought and one, the same from both sides; a text is like itself."""
    found = likeness(sketch(one), sketch(other))
    assert 0 <= found.resemblance <= 1
    assert 0 <= found.containment <= 1
    assert found == likeness(sketch(other), sketch(one))
    assert likeness(sketch(one), sketch(one)).resemblance in {0.0, 1.0}
