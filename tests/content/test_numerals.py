"""Numbers as Chinese text writes them."""

from __future__ import annotations

import math
import time

import pytest

from content.numerals import Number, find_numbers, parse_number


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1,234", 1234),
        ("1，234", 1234),
        ("\uff11\uff12\uff0e\uff15", 12.5),
        ("1.2万", 12_000),
        ("1万亿", 10**12),
        ("1.5兆", 1.5 * 10**12),
        ("1亿2000万", 120_000_000),
        ("二百三十", 230),
        ("三亿五千万", 350_000_000),
        ("两千零八", 2008),
        ("二〇二〇", 2020),
        ("壹佰贰拾", 120),
        ("廿五", 25),
        ("二点五", 2.5),
        ("千亿", 10**11),
        ("萬億", 10**12),
    ],
)
def test_value(text: str, value: float) -> None:
    """Arabic, full-width, Chinese and traditional numerals give the same plain number."""
    assert parse_number(text) == value


@pytest.mark.parametrize("text", ["", "百分", "第三", "3人", "五六", "1" * 30])
def test_no_single_number(text: str) -> None:
    """A text that is not exactly one number has no value."""
    assert parse_number(text) is None


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("5至8", 5, 8),
        ("3—5亿", 3e8, 5e8),
        ("5～6 万", 50_000, 60_000),
        ("9000至1万", 9000, 10_000),
        ("三到五百", 300, 500),
        ("七八", 7, 8),
        ("三四百", 300, 400),
        ("十五六", 15, 16),
    ],
)
def test_range(text: str, low: float, high: float) -> None:
    """A range has both ends, and shares its magnitude only where the first number lacks one."""
    (number,) = find_numbers(text, 0, len(text))
    assert (number.value, number.value_max) == (low, high)


def test_vague_and_bare() -> None:
    """数十 says only the magnitude; 千亿 is a magnitude without a digit."""
    (tens,) = find_numbers("数十", 0, 2)
    (bare,) = find_numbers("千亿", 0, 2)
    assert tens.vague
    assert not tens.bare
    assert bare.bare
    assert bare.scaled


def test_unit_keeps_its_thousand() -> None:
    """千 and 兆 that begin a unit (5千米, 8兆瓦) do not scale the number."""
    assert list(find_numbers("5千米", 0, 3)) == [Number(0, 1, 5.0, arabic=True)]
    assert [number.value for number in find_numbers("8兆瓦", 0, 3)] == [8]


@pytest.mark.parametrize("unit", ["1", "一", "亿", "1万", "1,", "9-", "数"])
def test_linear(unit: str) -> None:
    """Doubling a hostile run of digits and numerals does not quadruple the time."""

    def seconds(size: int) -> float:
        text = unit * size
        best = math.inf
        for _ in range(3):
            start = time.perf_counter()
            list(find_numbers(text, 0, len(text)))
            best = min(best, time.perf_counter() - start)
        return best

    assert seconds(20_000) < 3.5 * seconds(10_000) + 0.01
