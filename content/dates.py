"""Dates as Chinese text writes them, exactly as partial as they stand: ``2020年9月``, ``18日``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from content.numerals import parse_number

_D = r"[0-9\uff10-\uff19]"
_N = rf"(?:{_D}{{1,2}}|[一二三四五六七八九十廿]{{1,3}})"
_YEAR = rf"(?:[12\uff11\uff12]{_D}{{3}}|[一二][〇零○一二三四五六七八九]{{3}})"
_TO = r" ?(?:至|到|[-—–~～]{1,2}) ?"
_MONTH = rf"(?P<month>{_N})(?:{_TO}{_N})? ?月份?"
# A span of days is known by its first: 18日至20日, 18-20日, 9月18日—10月2日.
_DAY = rf"(?P<day>{_N})(?: ?[日号](?:{_TO}(?:{_N} ?月 ?)?{_N} ?[日号])?|{_TO}{_N} ?[日号])"
_AFTER_DIGIT = r"(?<![0-9\uff10-\uff19.第])"
_MONTH_DAY = rf"{_MONTH}(?: ?{_DAY})?"
_WORDED = re.compile(
    rf"{_AFTER_DIGIT}(?P<year>{_YEAR}) ?年度?(?: ?{_MONTH_DAY})?"
    + rf"|{_AFTER_DIGIT}{_MONTH_DAY}".replace("<month>", "<month2>").replace("<day>", "<day2>")
    + rf"|(?<![0-9\uff10-\uff19.第期时])(?P<day3>{_D}{{1,2}}) ?日(?![报均])"
)
_NUMERIC = re.compile(
    r"(?<![0-9A-Za-z./_-])(?P<year>[12][0-9]{3})(?P<sep>[-/.])(?P<month>[0-9]{1,2})"
    r"(?:(?P=sep)(?P<day>[0-9]{1,2}))?(?![0-9A-Za-z/_-])"
)
_FIRST_YEAR, _LAST_YEAR = 1000, 2199


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date in a text; ``start`` and ``end`` are code points, parts that the text leaves out are None."""

    start: int
    end: int
    year: int | None = None
    month: int | None = None
    day: int | None = None

    @property
    def iso(self) -> str | None:
        """``2020``, ``2020-09`` or ``2020-09-18``; None without a year."""
        if self.year is None:
            return None
        parts = [f"{self.year:04}"]
        if self.month:
            parts.append(f"{self.month:02}")
            if self.day:
                parts.append(f"{self.day:02}")
        return "-".join(parts)


def find_dates(text: str, start: int = 0, end: int | None = None) -> tuple[PartialDate, ...]:
    """The dates between two offsets, in text order; a span of days is given by its first."""
    end = len(text) if end is None else end
    return tuple(sorted(_dates(text, start, end), key=lambda date: date.start))


def _dates(text: str, start: int, end: int) -> Iterator[PartialDate]:
    for pattern in (_WORDED, _NUMERIC):
        for match in pattern.finditer(text, start, end):
            parts = match.groupdict()
            year = _number(parts["year"])
            month = _number(parts["month"] or parts.get("month2"))
            day = _number(parts["day"] or parts.get("day2") or parts.get("day3"))
            if _is_date(year, month, day):
                yield PartialDate(match.start(), match.end(), year, month, day)


def _number(text: str | None) -> int | None:
    value = parse_number(text.replace("○", "〇")) if text else None
    return None if value is None else int(value)


def _is_date(year: int | None, month: int | None, day: int | None) -> bool:
    return (
        (year is None or _FIRST_YEAR <= year <= _LAST_YEAR)
        and (month is None or 1 <= month <= 12)
        and (day is None or 1 <= day <= 31)
        and (year or month or day) is not None
    )
