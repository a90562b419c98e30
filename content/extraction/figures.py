"""Figures: what an article counts, measures and compares, with what it is a quantity of."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace

from content.dates import PartialDate, find_dates
from content.document import Span
from content.extraction.analysis import Analysis
from content.extraction.quantities import Quantity, find_quantities
from content.extraction.subjects import Source, Subjects
from content.extraction.works import title_spans
from content.lexicon import table
from content.model import Figure, Period

_CONFIDENCE: dict[Source, float] = {
    "list": 0.9,
    "before": 0.9,
    "behind": 0.9,
    "shared": 0.85,
    "predicate": 0.8,
    "topic": 0.6,
    "none": 0.4,
}
"""By where the subject was found (``bench/calibration.py``, less what unread texts took off)."""
_CERTAIN = ("percent", "points", "money", "person", "times", "great", "noun", "count")
_UNCERTAIN = 0.95
_REACH = 100
"""How far before a quantity its period may stand, in code points."""
_DATE_REACH = 300
"""How far before a quantity its date may stand."""
_MOST_BASES = 4
"""How many dates before a quantity are looked at; those but the first are what it is compared with."""
_PERIODS: dict[Period, tuple[re.Pattern[str], tuple[str, ...]]] = {
    "second": (re.compile("每秒"), ("/秒",)),
    "minute": (re.compile("每分钟"), ("/分钟",)),
    "hour": (re.compile("每小时"), ("/小时",)),
    "day": (re.compile("每天|每日|日均|单日|日活|一天"), ("/天", "/日")),
    "week": (re.compile("每周|周均|每星期"), ("/周",)),
    "month": (re.compile("每月|每个月|月均|月活|月(?=净增|新增|销)"), ("/月",)),
    "quarter": (re.compile("每季度|每季"), ("/季度",)),
    "year": (
        re.compile(
            "每年|年均|每一年|(?<!半)年产(?!值)|年化|逐年|人均年|年(?=放款|销|处理|接待|吞吐|发电|供)"
        ),
        ("/年",),
    ),
}
_BACK = re.compile(
    "目前|现在|如今|当前|现已|；|(?<![比较])(?:今年|去年|明年|前年|本月|上月|当月)(?!同期|以来)"
)
"""Words that lead from a date to another time."""
_OTHER_YEAR = re.compile("次年|翌年|明年|去年|上年|今年|[比较；]")
"""Words between a year and a month that keep the month from being that year's."""
_BASE = re.compile("[比较是为由从占](?:年初|上年)?$|相当于$|低于$|高于$")
# A date speaks for what follows when it opens a clause; 自2000年 opens a span of time instead.
_OPENING = re.compile(r"(?:^|[，。；：！？（“])(?:截至|截止|到|至|早在|在|于|仅|而|其中)?$")


def find_figures(analysis: Analysis) -> tuple[Figure, ...]:
    """Find the quantities that the article states; dates, ages, ordinals and idle counts are none."""
    reading = analysis.reading
    names = (Span(mention.start, mention.end) for mention in analysis.people)
    fixed = sorted((*title_spans(reading), *_idioms(reading), *names))
    starts = [span.start for span in fixed]
    figures: list[Figure] = []
    for sentence in analysis.body or analysis.document.sentences:
        dates = find_dates(reading, sentence.start, sentence.end)
        first, last = bisect_left(starts, sentence.start), bisect_left(starts, sentence.end)
        skip = sorted((*fixed[first:last], *(Span(date.start, date.end) for date in dates)))
        quantities = list(find_quantities(reading, sentence, skip))
        figures.extend(_figures(analysis, sentence, quantities, dates))
    return tuple(figures)


def _figures(
    analysis: Analysis, sentence: Span, quantities: Sequence[Quantity], dates: Sequence[PartialDate]
) -> Iterator[Figure]:
    text, reading = analysis.document.text, analysis.reading
    subjects = Subjects(analysis, sentence, quantities)
    for quantity in quantities:
        subject = subjects.of(quantity)
        yield Figure(
            start=quantity.start,
            end=quantity.end,
            text=text[quantity.start : quantity.end],
            value=quantity.value,
            value_max=quantity.value_max,
            unit=_written_unit(analysis, quantity),
            comparator=quantity.comparator,
            subject=subject.text,
            period=_period(reading, subjects.clause_start(quantity.start), quantity),
            as_of=_as_of(reading, sentence, quantity, dates),
            confidence=_CONFIDENCE[subject.source] * (1 if quantity.kind in _CERTAIN else _UNCERTAIN),
            rule=f"figure.{quantity.kind}",
        )


def _idioms(reading: str) -> Iterator[Span]:
    for match in _idiom_pattern().finditer(reading):
        yield Span(*match.span())


def _idiom_pattern() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(table("number_idioms"), key=len, reverse=True))))


def _written_unit(analysis: Analysis, quantity: Quantity) -> str | None:
    """The unit in the article's own characters, unless the table records it otherwise (三成: %)."""
    if quantity.unit is None or quantity.kind in ("percent", "money"):
        return quantity.unit
    at = analysis.reading.find(quantity.unit, quantity.number.end, quantity.end)
    return analysis.document.text[at : at + len(quantity.unit)] if at >= 0 else quantity.unit


def _period(reading: str, clause_start: int, quantity: Quantity) -> Period | None:
    """The period of a rate, said between the start of the clause and the number, or right behind it (/天)."""
    start = max(clause_start, quantity.start - _REACH)
    for period, (word, unit) in _PERIODS.items():
        if word.search(reading, start, quantity.end) or reading.startswith(unit, quantity.end):
            return period
    return None


def _as_of(reading: str, sentence: Span, quantity: Quantity, dates: Sequence[PartialDate]) -> str | None:
    """The last date that opens a clause before the quantity, unless the text has come back to the present."""
    index = bisect_right(dates, quantity.start, key=lambda date: date.end)
    for date in reversed(dates[max(0, index - _MOST_BASES) : index]):
        if quantity.start - date.end > _DATE_REACH:
            return None
        before = reading[max(sentence.start, date.start - 4) : date.start]
        beside = reading[date.end : quantity.start] in ("", "的")
        if _BASE.search(before) and not (beside and before.endswith(("由", "从"))):
            continue  # 比2029年增长5%, 是2029年的3倍 compare with that year; 由2029年的12亿元 does not.
        if beside:
            return _dated(reading, date, dates)
        outdated = _BACK.search(reading, date.end, quantity.start)
        return _dated(reading, date, dates) if _OPENING.search(before) and not outdated else None
    return None


def _dated(reading: str, date: PartialDate, dates: Sequence[PartialDate]) -> str | None:
    """The date; a month has the year that its sentence gave before it (2030年产值…，其中7月份…)."""
    if date.year or not date.month:
        return date.iso
    index = bisect_left(dates, date.start, key=lambda other: other.start)
    given = dates[index - 1] if index else date
    base = _BASE.search(reading[max(0, given.start - 4) : given.start])
    if given.year is None or base or _OTHER_YEAR.search(reading, given.end, date.start):
        return None
    return replace(date, year=given.year).iso
