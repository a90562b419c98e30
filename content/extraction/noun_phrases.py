"""The noun phrase behind a number: what it counts."""

from __future__ import annotations

import re

from content.document import Span
from content.lexicon import table, terms

_NOUN_LENGTH = 30
_ADJECTIVE = 5
"""A phrase so short before 的 says what kind: 8个|各具特色的|频道."""
_FROM = re.compile(r"(?:来自|从事|获得|参加|在(?![校职岗线读建营册编研]))[^，。；：！？]{1,20}?的")
"""A relative clause before the noun: 9位|来自不同领域的|专家."""
_COUNTED = re.compile(
    r"[和与及或]?(?:[约近超逾]?[0-9]|[数几][十百千万亿名位家个项]|[一二两三四五六七八九十百千]+[多余几]?[名位家个项])"
)
"""Where the next thing is counted: 10名专家|及数十名学者."""
_FIELDS = ("方面", "领域", "行业", "系统", "地区", "战线")
"""What a phrase before 的 ends with that says whence: 60名|林业方面的|委员."""
_WORD = 2
_QUOTED = re.compile(r"“[^“”\n，。；]{1,20}”")
_NOTE = re.compile(r"（[^（）\n，。；]{1,6}）(?=[一-鿿])")
_AGENTS = tuple("者商方员率量额费器机")
"""What makes a noun of a verb: 1200位|贡献者."""


def _ends_phrase(reading: str, at: int, length: int, kinds: tuple[str, ...], limit: int) -> bool:
    """Whether a word of the table ends a noun phrase: 代表|参加, but 签约|项目, 高|中 and 集|中."""
    end = at + length
    words = terms("words")
    within = length == 1 and reading[at - 1 : end] in words and words.before(reading, at) < _WORD
    if "part" in kinds or within:
        return False
    if "modifier" in kinds:
        goes_on = (
            end + 1 < limit and reading[end : end + 2].isalpha() and not terms("noun_stops").at(reading, end)
        )
        return not goes_on
    return True


def _before_verb(reading: str, start: int, end: int) -> int:
    """Where the verb before 了 begins: 城市|开了, 委员|出席了."""
    length = min(max(1, terms("words").before(reading, end, start)), _WORD)
    return end - length if end - length - start >= _WORD else end


def noun_phrase(reading: str, start: int, end: int) -> Span:
    """The noun phrase that begins at an offset, up to the first word or mark that ends one (的, 参加, 3)."""
    rows, stops, verbs = table("noun_stops"), terms("noun_stops"), terms("figure_verbs")
    relative = _FROM.match(reading, start, end)
    at = start = relative.end() if relative else start
    limit = min(end, start + _NOUN_LENGTH)
    if quoted := _QUOTED.match(reading, start, end):
        at = quoted.end()
    while at < limit and (reading[at].isalnum() or reading[at] in " （"):
        if reading[at] == "（":
            note = _NOTE.match(reading, at, limit) if at > start else None
            if note is None:
                break
            at = note.end()
            continue
        length = stops.at(reading, at)
        if length and _ends_phrase(reading, at, length, rows[reading[at : at + length]], limit):
            break
        verb = verbs.at(reading, at)
        if (verb > max(1, length) and reading[at + verb : at + verb + 1] not in _AGENTS) or _COUNTED.match(
            reading, at
        ):
            break
        at = min(limit, at + (length or 1))
    if reading.startswith("了", at) and at < end:
        at = _before_verb(reading, start, at)
    described = at - start <= _ADJECTIVE or reading.endswith(_FIELDS, start, at)
    if described and reading.startswith("的", at) and at + 1 < end and at > start:
        return Span(start, noun_phrase(reading, at + 1, end).end)
    while at > start and reading[at - 1] == " ":
        at -= 1
    return Span(start, at)
