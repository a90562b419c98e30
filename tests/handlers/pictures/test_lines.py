"""Lines by the rules of Chinese composition."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.pictures.lines import balanced, clipped, lines, pieces

CLOSING = "，。、；：？！”’）》」』】…—·％,.;:?!)]%"
OPENING = "“‘（《「『【(["
TEXTS = st.text("林知远表示云溪开源甲乙" + CLOSING + OPENING + "AIz09 ", max_size=120)


def measure(text: str) -> float:
    """Two columns for a Chinese character or mark, one for a Latin letter."""
    return float(sum(1 if character.isascii() else 2 for character in text))


@given(TEXTS, st.integers(24, 60))
def test_nothing_is_lost_and_nothing_sticks_out(text: str, width: int) -> None:
    """The lines together are the text but for blanks, and none is wider than the column."""
    found = lines(text, width, measure)
    assert re.sub(r"\s", "", "".join(found)) == re.sub(r"\s", "", text)
    assert all(measure(line) <= width for line in found)
    assert "".join(pieces(text)) == text


@given(
    st.lists(
        st.sampled_from(
            ["云溪", "林知远", "“开源”", "《倡议》", "（试行）", "算力，", "2031年。", "AI ", " · 周牧之"]
        ),
        max_size=40,
    )
)
def test_marks_keep_their_places(words: list[str]) -> None:
    """No line begins with a closing mark, none ends with an opening one."""
    for line in lines("".join(["起", *words]), 24, measure):
        assert line[0] not in CLOSING
        assert line[-1] not in OPENING


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("共有12,000.5万人参加", "12,000.5万人"),
        ("占比为45%以上", "45%"),
        ("他说——开源", "——"),
        ("然后……结束", "……"),
        ("使用PaddlePaddle框架", "PaddlePaddle"),
        ("规模为12,000PFLOPS左右", "12,000PFLOPS"),
        ("阿莉娅·贝克", "娅·"),
    ],
)
def test_what_is_never_parted(text: str, whole: str) -> None:
    """Numbers with their units, Latin words, dashes and ellipses, a name's dot from what is before it."""
    assert any(whole in piece for piece in pieces(text))


def test_chinese_after_a_latin_word_may_be_parted() -> None:
    """A Latin word does not glue the Chinese behind it together."""
    assert pieces("AI多年积累") == ["AI", "多", "年", "积", "累"]


def test_a_headline_is_balanced() -> None:
    """As few lines as it takes, of nearly one length: no single character in the last."""
    found = balanced("松城开源论坛人工智能平行会议", 26, measure)
    assert [len(line) for line in found] == [7, 7]


def test_what_is_clipped_says_so() -> None:
    """The last line ends in an ellipsis and still fits, a Latin word is not cut."""
    assert clipped("云溪", 10, measure, 1) == ["云溪"]
    (line,) = clipped("Executive Vice President of Everything", 20, measure, 1)
    assert line == "Executive Vice…"
