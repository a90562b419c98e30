"""Milestones: clauses that the text dates (2013年，百度将语音技术开放)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from content.dates import PartialDate, find_dates
from content.document import Span
from content.extraction.analysis import Analysis
from content.extraction.quantities import find_quantities
from content.lexicon import terms
from content.model import Milestone

_MARKS = frozenset("，。；！？：\n")
_LEAD_IN = re.compile(
    r"(?:[，。；：！？“（、]|^)(?:早在|在|于|从|自|始于|而|其中|其|就在|曾在|曾于|(?:预计|力争|计划)?到)? ?$"
)
_OPENING = re.compile(r"[ ，]*(?:的|时|起|初|底|末|以来|之后|后|间|期间|至今|开始|春|夏|秋|冬)*[，、 ]*")
_SETTING = ("上", "中", "后", "时", "以来", "期间")
"""How a clause ends that only sets the scene for the next: 2016年8月的全国卫生与健康大会上."""
_SHORTEST, _LONGEST = 4, 80


def find_milestones(analysis: Analysis) -> tuple[Milestone, ...]:
    """Find what the text dates by a year at least; what it only measures at a date is a figure."""
    found: list[Milestone] = []
    for sentence in analysis.body or analysis.document.sentences:
        dates = [date for date in find_dates(analysis.reading, sentence.start, sentence.end) if date.iso]
        found.extend(_milestones(analysis, sentence, dates))
    return tuple(found)


def _milestones(analysis: Analysis, sentence: Span, dates: list[PartialDate]) -> Iterator[Milestone]:
    reading = analysis.reading
    for date in dates:
        opens = _LEAD_IN.search(reading[max(sentence.start, date.start - 4) : date.start])
        span = _clause(reading, sentence, date)
        if span is None or date.iso is None or _is_name(analysis, date):
            continue
        if not (opens or _happens(reading, sentence, date, span)) or _until(reading, sentence, date):
            continue
        yield Milestone(
            start=span.start,
            end=span.end,
            date=date.iso,
            text=analysis.document.text[span.start : span.end],
            confidence=0.85 if opens else 0.65,
            rule="milestone.opens" if opens else "milestone.inside",
        )


def _clause(reading: str, sentence: Span, date: PartialDate) -> Span | None:
    """What is dated: the clause behind a date that opens one, else the whole clause that holds the date."""
    start, reach = date.end, min(sentence.end, date.end + _LONGEST + 1)
    if _LEAD_IN.search(reading[max(sentence.start, date.start - 4) : date.start]):
        opening = _OPENING.match(reading, date.end, reach)
        start = opening.end() if opening else date.end
    else:
        start = date.start
        while start > max(sentence.start, date.start - _LONGEST) and reading[start - 1] not in _MARKS:
            start -= 1
    end = _mark(reading, max(start, date.end), reach)
    if reading.endswith(_SETTING, start, end) and end < reach:
        end = _mark(reading, end + 1, min(sentence.end, end + _LONGEST))
    return _trimmed(reading, start, end)


def _mark(reading: str, start: int, limit: int) -> int:
    """Where a clause ends: at its first mark, or at the limit."""
    return next((at for at in range(start, limit) if reading[at] in _MARKS), limit)


def _trimmed(reading: str, start: int, end: int) -> Span | None:
    if reading[start:end].startswith(("（", "至", "—", "-")):
        return None
    while start < end and reading[start] in " 、“”":
        start += 1
    while end > start and reading[end - 1] in " 、“”）":
        end -= 1
    return Span(start, end) if _SHORTEST <= end - start <= _LONGEST else None


def _is_name(analysis: Analysis, date: PartialDate) -> bool:
    """Whether a date is the page's own (2024-09-12) or belongs to the event or its name (2024年…大会)."""
    event = analysis.event
    if analysis.reading[date.end - 1].isdigit():
        return True
    named = analysis.document.text[date.start : date.end]
    return event is not None and (event.name.startswith(named) or (bool(date.day) and event.date == date.iso))


def _until(reading: str, sentence: Span, date: PartialDate) -> bool:
    """Whether the date only ends a span of time: 截至2023年底."""
    return terms("plan_words", "until").before(reading, date.start, sentence.start) > 0


def _happens(reading: str, sentence: Span, date: PartialDate, span: Span) -> bool:
    """Whether a clause with a date in it tells what happens or is planned, and not only a figure."""
    if terms("plan_words", "plan").before(reading, date.start, sentence.start):
        return True
    verbs = terms("milestone_verbs")
    if not any(verbs.at(reading, at) for at in range(span.start, span.end)):
        return False
    return next(find_quantities(reading, span, ()), None) is None
