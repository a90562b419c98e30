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

_MARK = re.compile(r"[。；！？：\n]|，(?!(?<=[0-9]，)[0-9]{3}(?![0-9]))")
"""Where a clause ends; the comma of 9,000 is part of a number."""
_TURN = re.compile(
    "今天|今日|目前|现在|如今|当前|现已|此后|之后|随后|后来|到了|[0-9一二三四五六七八九]年|[0-9]月|同时|此外|但|而|因此"
)
"""Words of a clause that tells of another time, or draws a conclusion."""
_LEAD_IN = re.compile(
    r"(?:[，。；：！？“（、]|^)(?:早在|在|于|从|自|始于|而|其中|其|就在|曾在|曾于|(?:预计|力争|计划)?到)? ?$"
)
_OPENING = re.compile(
    r"[ ，]*(?:[0-9零一二三四五六七八九十]{1,3}[时点](?:[0-9]{1,2}分)?"
    r"|上半年|下半年|[一二三四]季度|的|时|起|初|底|末|以来|之后|后|间|期间|至今|开始|春|夏|秋|冬)*[，、 ]*"
)
_NAMED = re.compile("[^，。、的了]{0,8}(?:[会节赛展]|论坛|世界杯)")
"""What makes a year part of a name: 申办2020年|奥运会."""
_SPAN = re.compile("[0-9]年?[到至—–-]+$")
"""What makes a date the end of a span of time: 1918到|1926年."""
_SETTING = ("上", "中", "后", "时", "以来", "期间", "开始")
"""How a clause ends that only sets the scene for the next: 2016年8月的全国卫生与健康大会上."""
_WORDS = re.compile(r"[一-鿿](?<![年月日到至])[一-鿿](?<![年月日到至])")
"""What tells something besides a span of time (1918到1926年)."""
_SHORTEST, _LONGEST = 4, 120


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
        opens = _LEAD_IN.search(reading[max(sentence.start, date.start - 4) : date.start]) is not None
        span = _clause(reading, sentence, date, opens)
        if span is None or date.iso is None or _is_name(analysis, date):
            continue
        if not (opens or _happens(reading, sentence, date, span)) or _until(reading, sentence, date):
            continue
        yield Milestone(
            start=span.start,
            end=span.end,
            date=date.iso,
            text=analysis.document.text[span.start : span.end],
            confidence=0.87 if opens else 0.8,
            rule="milestone.opens" if opens else "milestone.inside",
        )


def _clause(reading: str, sentence: Span, date: PartialDate, opens: bool) -> Span | None:
    """What is dated: what follows a date that opens a clause, else the whole clause that holds the date."""
    start, reach = date.end, min(sentence.end, date.end + _LONGEST + 1)
    if opens:
        opening = _OPENING.match(reading, date.end, reach)
        return _trimmed(reading, *_told(reading, opening.end() if opening else date.end, reach))
    floor = max(sentence.start, date.start - _LONGEST)
    marks = [mark.end() for mark in _MARK.finditer(reading, floor, date.start)]
    start = marks[-1] if marks else floor
    return _trimmed(reading, start, _mark(reading, max(start, date.end), reach))


def _told(reading: str, start: int, limit: int) -> tuple[int, int]:
    """The clauses from an offset on that tell of one time: up to the next date, the present, or too many."""
    end = _mark(reading, start, limit)
    while end < limit and reading[end] == "，":
        following = _mark(reading, end + 1, limit)
        setting = reading.endswith(_SETTING, start, end)
        if not setting and (following == limit or _TURN.search(reading, end + 1, following)):
            break
        end = following
    return start, end


def _mark(reading: str, start: int, limit: int) -> int:
    """Where a clause ends: at its first mark, or at the limit."""
    mark = _MARK.search(reading, start, limit)
    return mark.start() if mark else limit


def _trimmed(reading: str, start: int, end: int) -> Span | None:
    if reading[start:end].startswith(("（", "至", "—", "-", "生，", "生于")):
        return None
    while start < end and reading[start] in " 、“”）":
        start += 1
    while end > start and reading[end - 1] in " 、“”）":
        end -= 1
    if not _WORDS.search(reading, start, end):
        return None
    return Span(start, end) if _SHORTEST <= end - start <= _LONGEST else None


def _is_name(analysis: Analysis, date: PartialDate) -> bool:
    """Whether a date is the page's own (2024-09-12) or belongs to the event or its name (2024年…大会)."""
    event = analysis.event
    if analysis.reading[date.end - 1].isdigit():
        return True
    named = analysis.document.text[date.start : date.end]
    return event is not None and (event.name.startswith(named) or (bool(date.day) and event.date == date.iso))


def _until(reading: str, sentence: Span, date: PartialDate) -> bool:
    """Whether the date only ends a span of time: 截至2023年底, 1918到1926年."""
    before = reading[max(sentence.start, date.start - 4) : date.start]
    return terms("plan_words", "until").before(reading, date.start, sentence.start) > 0 or (
        _SPAN.search(before) is not None
    )


def _happens(reading: str, sentence: Span, date: PartialDate, span: Span) -> bool:
    """Whether a clause with a date in it tells what happens or is planned, and not only a figure."""
    if terms("plan_words", "plan").before(reading, date.start, sentence.start):
        return True
    if date.month is None and _NAMED.match(reading, date.end, sentence.end):
        return False
    verbs = terms("milestone_verbs")
    if not any(verbs.at(reading, at) for at in range(span.start, span.end)):
        return False
    return next(find_quantities(reading, span, ()), None) is None
