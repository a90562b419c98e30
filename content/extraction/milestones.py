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

_CLAUSE = re.compile(r"[^，。；！？：\n]+")
_LEAD_IN = re.compile(
    r"(?:[，。；：！？“（、]|^)(?:早在|在|于|从|自|始于|而|其中|直到|其|也|就在|曾在|曾于)? ?$"
)
_OPENING = re.compile(r"[ ，]*(?:的|时|起|初|底|末|以来|之后|后|间|期间|至今|开始|春|夏|秋|冬)*[，、 ]*")
_SHORTEST, _LONGEST = 4, 80


def find_milestones(analysis: Analysis) -> tuple[Milestone, ...]:
    """Find what the text dates by a year at least; plans and dated figures are no milestones."""
    found: list[Milestone] = []
    for sentence in analysis.body or analysis.document.sentences:
        dates = [date for date in find_dates(analysis.reading, sentence.start, sentence.end) if date.iso]
        found.extend(_milestones(analysis, sentence, dates))
    return tuple(found)


def _milestones(analysis: Analysis, sentence: Span, dates: list[PartialDate]) -> Iterator[Milestone]:
    reading = analysis.reading
    for date in dates:
        if terms("plan_words").before(reading, date.start, sentence.start) or date.iso is None:
            continue
        span = _clause(reading, sentence, date)
        if span is None or not _happens(reading, span):
            continue
        opens = _LEAD_IN.search(reading[max(sentence.start, date.start - 4) : date.start])
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
    opens = _LEAD_IN.search(reading[max(sentence.start, date.start - 4) : date.start])
    if not opens:
        clause = next(
            (m for m in _CLAUSE.finditer(reading, sentence.start, sentence.end) if m.end() >= date.end), None
        )
        return _trimmed(reading, clause.start(), clause.end()) if clause else None
    opening = _OPENING.match(reading, date.end, sentence.end)
    clause = _CLAUSE.match(reading, opening.end() if opening else date.end, sentence.end)
    return _trimmed(reading, clause.start(), clause.end()) if clause else None


def _trimmed(reading: str, start: int, end: int) -> Span | None:
    while start < end and reading[start] in " 、“”":
        start += 1
    while end > start and reading[end - 1] in " 、“”）":
        end -= 1
    return Span(start, end) if _SHORTEST <= end - start <= _LONGEST else None


def _happens(reading: str, span: Span) -> bool:
    """Whether something happens in a clause; a clause that only states a figure is the figure's."""
    verbs = terms("milestone_verbs")
    if not any(verbs.at(reading, at) for at in range(span.start, span.end)):
        return False
    return next(find_quantities(reading, span, ()), None) is None
