"""Products: named products, platforms, projects and systems, and whose they are."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from content.document import Span
from content.extraction.analysis import Analysis
from content.lexicon import terms
from content.model import Product

_PLACES = frozenset("省市县区镇村州岛")
_BOUNDARY = set("，。；：！？“”、（） \n")
_QUOTED = re.compile(r"“(?P<name>[^”\n，。；！？]{2,20})”")
_LATIN_NAME = re.compile(r"[A-Z][a-z0-9]++[A-Z][A-Za-z0-9.+-]*+|[A-Z]{2,}+[a-z][A-Za-z0-9.+-]*+")
"""A Latin name of mixed case: TiDB, PyTorch, LLaMA; AI and API are words."""
_ORGANIZATION_LENGTH = 8
_NAME_LENGTH = 12
_DESCRIPTION = 40
_DIRECT = 14
_TOLD = 3
"""How often a coined name is told at least; a word that the dictionary lacks is seldom repeated."""
_LIMIT = 20_000
_MENTIONS = 50
_OWN_MENTIONS = 3
"""Mentions in a paragraph from which on an organisation is what the paragraph speaks of."""


@dataclass(frozen=True, slots=True)
class _Found:
    span: Span
    confidence: float
    rule: str
    organization: str | None = None


def find_products(analysis: Analysis) -> tuple[Product, ...]:
    """Find the products that the article names, each once, at its first mention."""
    products: dict[str, Product] = {}
    text = analysis.document.text
    for found in sorted(_candidates(analysis), key=lambda item: (item.span.start, -item.confidence)):
        name = text[found.span.start : found.span.end].strip()
        if name in products or not name:
            continue
        products[name] = Product(
            start=found.span.start,
            end=found.span.end,
            name=name,
            organization=found.organization or _owner(analysis, found.span),
            confidence=found.confidence,
            rule=f"product.{found.rule}",
        )
    return tuple(products.values())


def _candidates(analysis: Analysis) -> Iterator[_Found]:
    yield from _owned(analysis)
    for sentence in analysis.body or analysis.document.sentences:
        yield from _described(analysis, sentence)
        yield from _latin(analysis.reading, sentence)
        yield from _quoted(analysis.reading, sentence)


def _owned(analysis: Analysis) -> Iterator[_Found]:
    """An organisation's name and its own word for a product: 百度|翻译API, 百度|语音|每日调用量."""
    reading, uses = analysis.reading, terms("product_uses")
    for mention in analysis.organizations:
        if mention.end - mention.start > _ORGANIZATION_LENGTH:
            continue
        end = _own_word(reading, mention.end)
        if end is None:
            continue
        used = uses.at(reading, end) or uses.at(reading, end + 1)
        strong = terms("product_suffixes", "strong").before(reading, end, mention.end)
        if used or strong:
            yield _Found(Span(mention.start, end), 0.9 if used else 0.8, "owned", mention.name)


def _own_word(reading: str, start: int) -> int | None:
    """End of the product's word after an organisation's name; None where none ends within reach."""
    parts, stops, best = terms("product_suffixes"), terms("noun_stops"), None
    for at in range(start + 1, min(len(reading), start + _NAME_LENGTH) + 1):
        if parts.before(reading, at, start):
            best = at
        if at < len(reading) and (reading[at] in _BOUNDARY or stops.at(reading, at)):
            break
    return best


def _described(analysis: Analysis, sentence: Span) -> Iterator[_Found]:
    """A clause that opens with a name and says what it is: 飞桨|作为…平台, 飞桨|深度学习开源开放平台."""
    reading, start = analysis.reading, sentence.start
    while start < sentence.end:
        end = start
        while end < sentence.end and (reading[end] not in _BOUNDARY or reading[end] == " "):
            end += 1
        name = _latin_at(reading, start, end) or _coined_at(reading, start, end)
        if name and _says_what(reading, name.end, min(end, name.end + _DESCRIPTION)):
            told = reading.count(reading[name.start : name.end], 0, _LIMIT)
            if told >= _TOLD and not _is_place_or_organization(analysis, name):
                yield _Found(name, 0.8, "described")
        start = end + 1


def _is_place_or_organization(analysis: Analysis, name: Span) -> bool:
    """Whether a coined name is that of a place, or begins that of an organisation."""
    mentions = analysis.organizations
    at = bisect_right(mentions, name.start, key=lambda mention: mention.start) - 1
    return analysis.reading[name.end - 1] in _PLACES or (at >= 0 and mentions[at].end > name.start)


def _says_what(reading: str, start: int, end: int) -> bool:
    """Whether what follows a name is a kind of product, joined to it or by 作为 or 是."""
    start += reading.startswith(" ", start)
    length = terms("product_identities").at(reading, start)
    types, stops = terms("product_suffixes", "type"), terms("noun_stops")
    if length:
        return any(types.before(reading, at, start) for at in range(start + length + 2, end + 1))
    for at in range(start, min(end, start + _DIRECT)):
        if types.at(reading, at):
            return True
        if stops.at(reading, at):
            return False
    return False


def _latin_at(reading: str, start: int, end: int) -> Span | None:
    match = _LATIN_NAME.match(reading, start, end)
    return Span(*match.span()) if match else None


def _coined_at(reading: str, start: int, end: int) -> Span | None:
    """A coined Chinese name at a clause's start: two to four characters that are no word, then a word."""
    words = terms("words")
    if any(terms(table).at(reading, start) for table in ("words", "generic_modifiers", "noun_stops")):
        return None
    for length in (2, 3, 4):
        at = start + length
        if at >= end:
            return None
        if words.at(reading, at) or terms("product_identities").at(reading, at):
            return Span(start, at) if _is_chinese(reading[start:at]) else None
    return None


def _is_chinese(text: str) -> bool:
    return all("一" <= ch <= "鿿" for ch in text)


def _latin(reading: str, sentence: Span) -> Iterator[_Found]:
    """A Latin name beside the kind of product it is: AiMask 平台, 开源项目（CarbonData、RocketMQ）."""
    types = terms("product_suffixes", "type")
    listed = False
    for match in _LATIN_NAME.finditer(reading, sentence.start, sentence.end):
        before, after = match.start(), match.end() + reading.startswith(" ", match.end())
        opening = before - 1 if reading.startswith("（", before - 1) else before
        opening -= reading.startswith(" ", opening - 1)
        kind = types.before(reading, opening, sentence.start) or types.at(reading, after)
        listed = bool(kind) or (listed and reading.startswith("、", before - 1))
        if listed:
            yield _Found(Span(*match.span()), 0.7, "latin")


def _quoted(reading: str, sentence: Span) -> Iterator[_Found]:
    """A quoted name with what it is: “某某”虚拟电厂平台, 名为“某某”的系统."""
    for match in _QUOTED.finditer(reading, sentence.start, sentence.end):
        named = terms("naming_words").before(reading, match.start(), sentence.start)
        end = _kind_end(reading, match.end(), min(sentence.end, match.end() + _NAME_LENGTH), bool(named))
        if terms("product_suffixes", "type").before(reading, match.end("name"), match.start("name") + 2):
            end = match.end()
        if end and not terms("event_suffixes").at(reading, end):
            verb = terms("product_verbs").before(reading, match.start(), sentence.start)
            yield _Found(Span(*match.span("name")), 0.8 if verb or named else 0.7, "quoted")


def _kind_end(reading: str, start: int, limit: int, named: bool) -> int | None:
    """End of the kind of product that follows a quotation, 的 in between only after 名为."""
    types, stops = terms("product_suffixes", "type"), terms("noun_stops")
    start += named and reading.startswith("的", start)
    for at in range(start, limit):
        if length := types.at(reading, at):
            return at + length
        if not reading[at].isalnum() or stops.at(reading, at):
            return None
    return None


def _owner(analysis: Analysis, span: Span) -> str | None:
    """The organisation that the product's own paragraph speaks of, up to the product."""
    lines, mentions = analysis.document.lines, analysis.organizations
    line = lines[max(0, bisect_right(lines, span.start, key=lambda other: other.start) - 1)]
    first = bisect_left(mentions, line.start, key=lambda mention: mention.start)
    last = bisect_left(mentions, span.start, key=lambda mention: mention.start)
    counted = Counter(mention.name for mention in mentions[max(first, last - _MENTIONS) : last])
    name, count = max(counted.items(), key=lambda item: item[1], default=(None, 0))
    return name if count >= _OWN_MENTIONS else None
