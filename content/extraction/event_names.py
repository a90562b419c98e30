"""Where a text names a forum, and where that name begins: candidates for the event of an article."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from content.dates import find_dates
from content.document import Span
from content.lexicon import table, terms

_STOP = set("，、。；：！？【】\n")
_OPENING, _CLOSING = "“《（", "”》）"
_REACH = 60
"""Longest name, in code points."""
_JOINTS = ("", " ", "”", "暨", "暨“", "之", "—", "——", "-", "·", "： ", "｜", "|", "期间的")
_YEAR_OR_PLACE = re.compile(r"(?:19|20)[0-9]{2}年?|(?!记者|通讯|图|文|摄|完|主|副|简称)[一-龥·]{2,6}")
_ABBREVIATION = re.compile(r"[A-Z][A-Za-z0-9 .&'’-]{1,14}")
_NUMBERED = frozenset("第一二三四五六七八九十百零0123456789")
_PRESS = frozenset("电讯报网社台")
"""A bracket behind one of these names the reporter."""
_PARTS = re.compile("[一-龥] (?=[一-龥])|.—(?=—)")
"""Two parts of a headline around a blank or a dash: 林某致辞| 学术会议."""
_NOTE = re.compile(r"（[^（）]{1,20}）")
_BARE_JOINTS = ("与", "和", "及")
_THEMED = re.compile("(?:以“[^“”]{1,40}”为)?主题[为是]?(?:“[^“”]{1,40}”)?的?")
"""主题为“…”|诚信大会: the theme is no part of the name."""
_TAKING_PLACE = re.compile(
    "”?(?:[在于昨今]|近?日|[0-9]+[日月年]|正式|隆重|成功|圆满|顺利|举行|举办|召开|开幕|闭幕|落幕|启幕)"
)
_EDITION = re.compile(r"第[一二三四五六七八九十百0-9]{1,5}[届期次]|首届|(?:19|20)[0-9]{2}(?!年[^度会论峰])")
_EDITION_BEFORE = re.compile(r"(?:第[一二三四五六七八九十百0-9]{1,5}[届期]|首届|20[0-9]{2})$")
_COUNTED = re.compile(r"[0-9一二三四五六七八九十两多数几]+[余多]?[场个次项届]")
"""38场学术讲座 counts events and names none."""
_YEAR_BEHIND = re.compile(r"20[0-9]{2}(?![0-9年/.-])")


@dataclass(frozen=True, slots=True)
class Named:
    """A place where the text names what may be the event."""

    span: Span
    suffix: str
    sentence: Span

    @property
    def bare(self) -> bool:
        """Whether nothing but the kind of event is said: 本次论坛."""
        return len(self.span) <= len(self.suffix)


def find_names(reading: str, sentence: Span) -> Iterator[Named]:
    """Yield the events that a sentence names, each as long as the text joins it with its parent event."""
    last: Named | None = None
    for named in _single_names(reading, sentence):
        joined = _joined(reading, last, named) if last else None
        if last and not joined:
            yield last
        last = joined or named
    if last:
        yield last


def _single_names(reading: str, sentence: Span) -> Iterator[Named]:
    suffixes, at, floor = terms("event_suffixes"), sentence.start, sentence.start
    while at < sentence.end:
        length = suffixes.at(reading, at)
        end = at + length
        if not length or end > sentence.end or _goes_on(reading, end):
            at += 1
            continue
        span = _name(reading, at, end, floor)
        told = "named" not in table("event_suffixes")[reading[at:end]] or (
            span.start < at and _TAKING_PLACE.match(reading, end)
        )
        if not told:
            at += 1
            continue
        if not _COUNTED.match(reading, span.start, span.end):
            yield Named(span, reading[at:end], sentence)
        at = floor = end


def _joined(reading: str, parent: Named, child: Named) -> Named | None:
    """One name of a forum and its session (2020…论坛“…”平行论坛), or of a double event (…会暨…会)."""
    between = _NOTE.sub("", reading[parent.span.end : child.span.start])
    if between not in _JOINTS and not (between in _BARE_JOINTS and child.bare):
        return None
    start = parent.span.start
    if between == "”" and reading.startswith("“", start - 1):
        start -= 1
    end = child.span.end
    if between.endswith("“") and reading.startswith("”", end):
        end += 1
    return Named(Span(start, end), child.suffix, child.sentence)


def has_edition(name: str) -> bool:
    """Whether a name says which of a series it is: 第六届…, 2020…, 首届…."""
    return _EDITION.search(name) is not None


def _goes_on(reading: str, end: int) -> bool:
    """Whether the word goes on to something else: 论坛|主席, 会议|室."""
    return terms("event_continuations").at(reading, end) > 0 or reading.startswith("会议", end - 1)


def _name(reading: str, suffix: int, end: int, floor: int) -> Span:
    """Span of the name that ends with a suffix; a quotation within it is taken whole."""
    if reading[end : end + 1] == "”":
        opening = reading.rfind("“", max(floor, suffix - _REACH), suffix)
        if opening >= 0 and "”" not in reading[opening:suffix]:
            edition = _EDITION_BEFORE.search(reading[max(floor, opening - 12) : opening])
            return Span(opening - len(edition.group()), end + 1) if edition else Span(opening + 1, end)
    if year := _YEAR_BEHIND.match(reading, end):
        end = year.end()
    return Span(_opened(reading, _left(reading, suffix, floor), suffix), end)


def _left(reading: str, suffix: int, floor: int) -> int:
    """Walk left from the suffix to the mark or word that cannot be part of the name."""
    words, rows = terms("event_breaks"), table("event_breaks")
    at = suffix
    limit = max(floor, suffix - _REACH)
    while at > limit:
        mark = reading[at - 1]
        if mark in _CLOSING:
            opening = reading.rfind(_OPENING[_CLOSING.index(mark)], limit, at - 1)
            if opening < 0 or (mark == "）" and not _is_part(reading, opening, at)):
                break
            at = opening
        elif mark in _STOP or mark in _OPENING or _PARTS.match(reading, at - 2):
            break
        elif length := words.before(reading, at, limit):
            if "break" in rows[reading[at - length : at]] and not _is_numbered(reading, at - length):
                break
            at -= length
        else:
            at -= 1
    return at


def _is_numbered(reading: str, start: int) -> bool:
    """Whether 一次 is the end of an ordinal: 第三十|一次…会议."""
    return reading.startswith("一", start) and reading[start - 1 : start] in _NUMBERED


def _is_part(reading: str, opening: int, closing: int) -> bool:
    """Whether a bracket belongs to the name: 中国（四川）…大会, 第八届（2021年）…论坛, 学会（SFA）年会."""
    within, before = reading[opening + 1 : closing - 1], reading[opening - 1 : opening]
    told = _YEAR_OR_PLACE.fullmatch(within) or _ABBREVIATION.fullmatch(within)
    return before not in _PRESS and told is not None


def _opened(reading: str, start: int, end: int) -> int:
    """Leave out what only leads up to the name: a date, 近日, 本次."""
    if theme := _THEMED.match(reading, start, end):
        start = theme.end()
    moved = True
    leads = terms("event_leads")
    while moved and start < end:
        begin = start
        for date in find_dates(reading, start, end)[:1]:
            telegram = reading.startswith(("电", "讯"), date.end)
            if (date.start == start or telegram) and (date.month or date.day):
                start = date.end + telegram
        length = leads.at(reading, start)
        start += length if length > 1 or terms("words").at(reading, start) <= length else 0
        while start < end and reading[start] in " 、—-）”":
            start += 1
        moved = start > begin
    return min(start, end)
