"""Whether a text holds the words of a question."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.answers.choosing import counts, in_its_year
from content.answers.matching import (
    clause_of,
    covers,
    governing_year,
    missing,
    needed,
    refers_back,
    stands_alone,
)


@pytest.mark.parametrize(
    ("word", "text"),
    [
        ("开发者", "凝聚了300万开发者。"),
        ("開發者", "凝聚了300万开发者。"),
        ("销量", "空调销售量同比增长"),
        ("涨", "价格上涨了11%"),
        ("产业模型", "产业级模型库"),
        ("冷年", "2011冷冻年度"),
        ("sig", "成立了5个 Special Interest Group"),
        ("ai", "以 AI 算法识别"),
        ("人工智能", "以AI算法识别"),
        ("飞桨|paddle", "Paddle 的用户"),
        ("2.67%", "占全国的2.67%。"),
        ("2012", "认为，2012冷冻年度"),
    ],
)
def test_a_text_holds_a_word(word: str, text: str) -> None:
    """Itself, by a synonym, in pieces close together, by initials, in either script."""
    assert covers((word,), text)


@pytest.mark.parametrize(
    ("word", "text"),
    [
        ("ai", "航空公司 AIREP 与 AiMask"),
        ("中国移动", "在中国· 2016高层论坛上，移动转售业务"),
        ("300", "凝聚了2300万开发者"),
        ("30", "达到300家"),
        ("副校长", "校长到会"),
        ("sig", "Special Group"),
        ("员工", "用户"),
    ],
)
def test_a_text_does_not_hold_what_only_looks_alike(word: str, text: str) -> None:
    """Letters inside other words, half numbers, pieces far apart."""
    assert missing((word,), text) == (word,)


def test_words_that_carry_nothing_are_not_needed() -> None:
    """会减 needs 减; 成立 only says that there is something, where its number is asked for."""
    assert needed(("产量会减",)) == ("产量", "减")
    assert needed(("社区成立",), counting=True) == ("社区",)
    assert needed(("社区成立",)) == ("社区", "成立")
    assert needed(("用户|顾客",)) == ("用户|顾客",)


def test_the_year_that_holds_at_a_place() -> None:
    """The last one before it: what stands after 2013 is no longer of 2010."""
    text = "2010年开放语音,2013年开放翻译。"
    assert governing_year(text, text.index("语音")) == "2010"
    assert governing_year(text, text.index("翻译")) == "2013"
    assert in_its_year(("语音", "2010年"), text)
    assert not in_its_year(("语音", "2013年"), text)
    parted = "2013年,语音开放;作为成果的大脑,每日调用超过1万亿次。"
    assert in_its_year(("语音", "2013年"), parted)
    assert not in_its_year(("大脑", "2013年", "开放"), parted)


def test_a_number_counts_what_stands_beside_it() -> None:
    """42家企业 counts companies; 100多个国家的用户 counts no users."""
    assert counts(("企业",), "目前已有42家企业获得牌照。")
    assert counts(("用户",), "用户已超过3500万，占2.67%。")
    assert not counts(("用户",), "面向全球100多个国家的用户提供服务。")
    assert not counts(("用户",), "2016年用户增多。")


def test_a_word_inside_another_is_not_meant() -> None:
    """移动 in 中国移动 is no mention of 移动."""
    assert not stands_alone("中国移动有多少用户", 2, 4)
    assert stands_alone("移动业务有多少用户", 0, 2)


def test_what_speaks_of_something_before() -> None:
    """这种手术 leads back, a sentence that names everything does not."""
    assert refers_back("这种手术时间不长。")
    assert not refers_back("手术时间不长。")


@given(st.text(max_size=80), st.integers(0, 80), st.integers(0, 20))
def test_any_place_has_a_clause(text: str, start: int, size: int) -> None:
    """The clause of a place holds the place, whatever the text."""
    start = min(start, len(text))
    end = min(start + size, len(text))
    assert text[start:end] in clause_of(text, start, end)


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_words_can_be_looked_for(words: str, text: str) -> None:
    """Nothing in a question breaks the matching, and a text holds its own words."""
    wanted = needed((words,))
    assert set(missing(wanted, text)) <= set(wanted)
