"""Dates, exactly as partial as the text."""

from __future__ import annotations

import pytest

from content.dates import find_dates


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2020年9月18日", "2020-09-18"),
        ("2020 年 9 月", "2020-09"),
        ("2012年度", "2012"),
        ("二〇二〇年九月十八日", "2020-09-18"),
        ("2024-09-12 19:57", "2024-09-12"),
        ("2021/5/6", "2021-05-06"),
        ("2020年9月18日至20日", "2020-09-18"),
        ("2020年9月18-20日", "2020-09-18"),
        ("2018年9月30日—10月2日", "2018-09-30"),
    ],
)
def test_iso(text: str, iso: str) -> None:
    """A date is as precise as it stands; a span of days is given by its first."""
    (date,) = find_dates(text)
    assert date.iso == iso
    assert text[date.start] in "2二"


@pytest.mark.parametrize(
    ("text", "month", "day"), [("9月18日", 9, 18), ("9—10月份", 9, None), ("18日", None, 18)]
)
def test_without_year(text: str, month: int | None, day: int | None) -> None:
    """Without a year there is no ISO date, and nothing is guessed."""
    (date,) = find_dates(text)
    assert (date.iso, date.month, date.day) == (None, month, day)


@pytest.mark.parametrize(
    "text", ["15年", "5个月6天", "12至24周", "第3日", "13月", "1.2月", "192.168.20.1", "2014-11/10"]
)
def test_no_date(text: str) -> None:
    """Durations, ordinals and months that do not exist are no dates."""
    assert find_dates(text) == ()
