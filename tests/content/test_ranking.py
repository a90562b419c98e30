"""The order of what a search finds."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.ranking import Candidate, inverse_frequency, rank
from content.tokens import grams


def order(query: dict[str, tuple[str, ...]], phrases: tuple[str, ...], *texts: str) -> list[int]:
    """The places of some texts of words between blanks, the best first."""
    candidates = [
        Candidate(place, text, " ".join(grams(text.replace(" ", "")))) for place, text in enumerate(texts)
    ]
    return [place for _, place in rank(candidates, query, dict.fromkeys(query, 1.0), phrases)]


def test_whole_words_come_before_parts() -> None:
    """人民 as a word says more than inside 人民币."""
    assert order({"人民": ("人民",)}, ("人民",), "人民币 国际化", "人民 历史") == [1, 0]


def test_more_of_the_words_come_first() -> None:
    """Both words before one of them twice."""
    query = {"开源": ("开源",), "社区": ("社区",)}
    assert order(query, ("开源", "社区"), "开源 开源 平台", "开源 的 社区", "天气") == [1, 0, 2]


def test_as_written_comes_before_apart() -> None:
    """Words side by side before the same words apart."""
    query = {"开源": ("开源",), "社区": ("社区",)}
    assert order(query, ("开源社区",), "社区 支持 开源", "支持 开源 社区") == [1, 0]


def test_the_word_itself_comes_before_another_for_the_same() -> None:
    """上涨 asked for stands before 增长."""
    assert order({"上涨": ("上涨", "增长")}, ("上涨",), "销量 增长 了", "销量 上涨 了") == [1, 0]


def test_of_equals_the_newest_comes_first() -> None:
    """The later one of two alike."""
    assert order({"算力": ("算力",)}, ("算力",), "算力 网络", "算力 网络") == [1, 0]


def test_rare_words_weigh_more() -> None:
    """And a word that all hold weighs next to nothing, but never less."""
    assert inverse_frequency(1, 1000) > inverse_frequency(500, 1000) > inverse_frequency(1000, 1000) >= 0
    assert inverse_frequency(2000, 1000) >= 0


@given(st.lists(st.text(alphabet="甲乙丙 ", max_size=8), max_size=6))
def test_nobody_is_lost(texts: list[str]) -> None:
    """Every candidate is ranked once, whatever its text."""
    assert sorted(order({"甲": ("甲",)}, ("甲",), *texts)) == list(range(len(texts)))


@pytest.mark.parametrize("texts", [(), ("",)])
def test_nothing_to_rank(texts: tuple[str, ...]) -> None:
    """No text, or an empty one."""
    assert order({"甲": ("甲",)}, ("甲",), *texts) == list(range(len(texts)))
