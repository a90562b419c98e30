"""Speeches that an article prints in full: where one begins and ends, and whose it is."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from content.document import Span
from content.extraction.analysis import Phrase

_TALKS = "讲话|致辞|致词|贺词|开幕词|闭幕词|演讲|演说|发言|报告|授课|分享|讲稿|纪要|口述|自述"
_ANNOUNCED = re.compile(
    rf"(?:以下|下文|下面)[^，。！？；]*(?:{_TALKS}|全文|文字稿)[^，。！？；]*"
    rf"|[^，。！？；]*(?:{_TALKS})的?(?:全文|原文|摘编|摘要|摘录|节选|选编|要点|内容)?(?:全文)?如下"
    rf"|[^，。！？；]*(?:{_TALKS})的?(?:全文|原文|摘编|摘录|节选)"
)
"""The last clause of a line that says what follows: 以下为讲话全文; 演讲全文如下."""
_SALUTATION = re.compile(
    r"(?:(?:尊敬|敬爱|亲爱)的|各位|女士们|先生们|同志们|同学们|老师们|朋友们|同事们|来宾们|乡亲们)"
    r"[^。？\n]{0,120}[：！]"
)
_TITLE = re.compile(
    rf"(?:[^。！？；]{{0,4}}在[^。！？；]{{2,60}}(?:{_TALKS})|的?(?:{_TALKS})?)(?:（[^）]*）)?"
)
"""What may stand behind the name in the title of a speech: 林某|在第三届论坛上的致辞."""
_THANKS = re.compile(r"(?:最后|再次|再一次|，)*(?:谢谢|感谢|多谢)(?:大家|各位|诸位|你们|您|聆听|的|！|。)*")
_LONGEST_TITLE = 60
_ABOVE = 8
"""Lines before a salutation in which the title of the speech is looked for."""


@dataclass(frozen=True, slots=True)
class Speech:
    """The lines of a printed speech and its speaker."""

    start: int
    end: int
    name: str


def find_speeches(text: str, lines: Sequence[Span], phrases: Sequence[Phrase]) -> tuple[Speech, ...]:
    """The speeches that an article prints, behind words that announce one or from its salutation on.

    Args:
        text: the folded text.
        lines: the lines of the body.
        phrases: the people named, in text order.
    """
    openings = list(_openings(text, lines, phrases))
    following = [*(index for index, _ in openings[1:]), len(lines)]
    return tuple(
        Speech(lines[index].end, _closing(text, lines[index + 1 : limit]), name)
        for (index, name), limit in zip(openings, following, strict=False)
        if index + 1 < limit
    )


def _openings(text: str, lines: Sequence[Span], phrases: Sequence[Phrase]) -> Iterator[tuple[int, str]]:
    """The lines behind which a speech begins, each with its speaker."""
    starts = [phrase.mention.start for phrase in phrases]
    headline: str | None = None
    for index, line in enumerate(lines):
        named = phrases[bisect_left(starts, line.start) : bisect_left(starts, line.end)]
        if index == 0 and len({phrase.mention.name for phrase in named}) == 1:
            headline = named[0].mention.name
        if _announces(text, line):
            before = bisect_left(starts, line.end)
            last = phrases[before - 1].mention.name if before else None
            name = named[-1].mention.name if named else headline or last
        elif _SALUTATION.fullmatch(text, line.start, line.end):
            name = _titled(text, lines[max(0, index - _ABOVE) : index], phrases, starts)
        else:
            continue
        if name:
            yield index, name


def _announces(text: str, line: Span) -> bool:
    """Whether a line ends by saying that a speech follows (以下为讲话全文：)."""
    said = text[max(line.start, line.end - _LONGEST_TITLE) : line.end]
    clause = re.split("[，。！？；（]", said.rstrip("：。） "))[-1]
    return text[line.end - 1] in "：）文录编选" and _ANNOUNCED.fullmatch(clause) is not None


def _titled(text: str, above: Sequence[Span], phrases: Sequence[Phrase], starts: Sequence[int]) -> str | None:
    """Whose name stands in the title of a speech, or on a line of its own, above a salutation."""
    for line in reversed(above):
        named = phrases[bisect_left(starts, line.start) : bisect_left(starts, line.end)]
        if len(line) > _LONGEST_TITLE or len({phrase.mention.name for phrase in named}) != 1:
            continue
        if _TITLE.fullmatch(text, named[-1].end, line.end):
            return named[0].mention.name
    return None


def _closing(text: str, lines: Sequence[Span]) -> int:
    """Where a speech ends: behind the line that thanks the listeners, else with its last line."""
    for line in lines:
        last = 1 + max(text.rfind(mark, line.start, line.end - 1) for mark in "。！？")
        if _THANKS.fullmatch(text, max(last, line.start), line.end):
            return line.end
    return lines[-1].end
