"""The head of a report: title, publisher and date where it prints them, and only there."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.masthead import Masthead, read_masthead

BODY = "本报讯 第三届星河开源论坛18日在云州举行,林知远表示,开源是人工智能的土壤。"


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (
            "星河论坛开幕\n来源：云州日报  2021年9月18日 08:30\n",
            Masthead("星河论坛开幕", "云州日报", "2021-09-18"),
        ),
        ("星河論壇開幕\n2021-09-18 08:30 | 來源: 星河网\n", Masthead("星河論壇開幕", "星河网", "2021-09-18")),
        ("# 星河论坛开幕\n", Masthead("星河论坛开幕", None, None)),
        ("原标题：星河论坛开幕\n2021/9/18\n", Masthead("星河论坛开幕", None, "2021-09-18")),
        ("来源：云州日报\n", Masthead(None, "云州日报", None)),
        ("", Masthead(None, None, None)),
        # Text that speaks of days and sources is no head.
        (
            "2021年9月18日,星河开源论坛在云州国际会议中心开幕\n",
            Masthead("2021年9月18日,星河开源论坛在云州国际会议中心开幕"),
        ),
        ("林知远说,数据来源：企业年报。2021年9月18日公布。\n", Masthead()),
        ("星河论坛\n9月18日\n", Masthead("星河论坛", None, None)),
    ],
)
def test_heads(head: str, expected: Masthead) -> None:
    """Each part is what is printed, or nothing."""
    assert read_masthead(head + BODY) == expected


@given(st.text(max_size=300))
def test_any_text_has_a_head_or_none(text: str) -> None:
    """Whatever is read stands in the text, and a date is one."""
    head = read_masthead(text)
    assert head.publisher is None or head.publisher in text
    assert head.title is None or head.title in text
    assert head.published is None or len(head.published) == 10
