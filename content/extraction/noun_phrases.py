"""The noun phrase behind a number: what it counts."""

from __future__ import annotations

import re

from content.document import Span
from content.lexicon import table, terms

_NOUN_LENGTH = 30
_ADJECTIVE = 2
"""A phrase so short before 的 says what kind: 32个|全新的|项目."""
_FROM = re.compile(r"(?:来自|从事|获得|参加)[^，。；：！？]{1,20}?的")
"""A relative clause before the noun: 9位|来自不同领域的|专家."""
_COUNTED = re.compile(
    r"[和与及或]?(?:[约近超逾]?[0-9]|[数几][十百千万亿名位家个项]|[一二两三四五六七八九十百千]+[多余几]?[名位家个项])"
)
"""Where the next thing is counted: 10名专家|及数十名学者."""
_AGENTS = tuple("者商方员率量额费器机")
"""What makes a noun of a verb: 1200位|贡献者."""


def noun_phrase(reading: str, start: int, end: int) -> Span:
    """The noun phrase that begins at an offset, up to the first word or mark that ends one (的, 参加, 3)."""
    rows, stops, verbs = table("noun_stops"), terms("noun_stops"), terms("figure_verbs")
    relative = _FROM.match(reading, start, end)
    at = start = relative.end() if relative else start
    limit = min(end, start + _NOUN_LENGTH)
    while at < limit and (reading[at].isalnum() or reading[at] == " "):
        length = stops.at(reading, at)
        if length and "part" not in rows[reading[at : at + length]]:
            break
        verb = verbs.at(reading, at)
        if (verb > 1 and reading[at + verb : at + verb + 1] not in _AGENTS) or _COUNTED.match(reading, at):
            break
        at = min(limit, at + (length or 1))
    if at - start <= _ADJECTIVE and reading.startswith("的", at) and at + 1 < end and at > start:
        return Span(start, noun_phrase(reading, at + 1, end).end)
    while at > start and reading[at - 1] == " ":
        at -= 1
    return Span(start, at)
