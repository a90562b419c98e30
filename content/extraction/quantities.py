"""Numbers with their units and comparators, and which of them are quantities at all."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import cast

from content.document import Span
from content.extraction.noun_phrases import noun_phrase
from content.lexicon import table, terms
from content.model import Comparator
from content.numerals import RANGE_DASH, Number, find_numbers, number_at

_SCALE = {"十": 10.0, "百": 100.0, "千": 1000.0, "万": 1e4, "亿": 1e8}
_PART = {"百分之": "%", "千分之": "‰"}
# A number inside a name, a version, a time, a ratio or a telephone number: GPT-4, V2.0, 18：50, 24/7, 1+1.
_NAME_BEFORE = re.compile(r"(?:[A-Za-z_@#&=.'’‘][-.]?|[0-9][-—/：.+]|[A-Za-z]\+|[/-])$")
_NAME_AFTER = re.compile(r" ?[+/：][A-Za-z0-9]|[-—_][A-Za-z]|[A-Za-z_@=×]|\.[A-Za-z0-9]")
_LATIN = re.compile(r"[A-Za-z0-9]")
_NEGATIVE = re.compile(r"[一-鿿][-－−]$")
_COUNTS_ON = re.compile(r"[一-鿿](?<![在于由与和的])")
_CHINESE = re.compile(r"[一-鿿]")
_SHARED = ("percent", "points", "times", "money", "measure")
_YEARS = range(1900, 2100)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A quantity; ``start`` and ``end`` enclose it as written, with comparator and unit."""

    start: int
    end: int
    number: Number
    kind: str
    """The kind of its unit in the table ``units``; ``noun`` or ``plain`` where it has none there."""
    value: float
    value_max: float | None
    unit: str | None
    comparator: Comparator
    marked: bool
    """Whether a comparator stands beside it."""
    noun: Span
    """The noun phrase that follows: 80%以上的|计算需求."""


@dataclass(frozen=True, slots=True)
class _Head:
    """What stands before a number: 超过 | 百分之."""

    start: int
    comparator: str | None = None
    part: str | None = None
    currency: str | None = None
    sign: int = 1


@dataclass(frozen=True, slots=True)
class _Tail:
    """What stands after a number: 余 | 万 | 元 | 以上."""

    end: int
    kind: str = "plain"
    unit: str | None = None
    scale: float = 1.0
    rest: float = 0.0
    """What is added behind the unit: 四成|五."""
    comparator: str | None = None


def find_quantities(reading: str, sentence: Span, skip: Sequence[Span]) -> Iterator[Quantity]:
    """Yield the quantities of a sentence in text order.

    Args:
        reading: the folded text of the whole article.
        sentence: where to look.
        skip: ranges whose numbers are something else (dates, titles), sorted by their start.
    """
    taken, index, lists = sentence.start, 0, _Lists(reading)
    for number in find_numbers(reading, sentence.start, sentence.end):
        while index < len(skip) and skip[index].end <= number.start:
            index += 1
        if number.start < taken or (index < len(skip) and skip[index].start < number.end):
            continue
        quantity = _quantity(reading, number, sentence, lists)
        if quantity is not None and _is_figure(reading, quantity):
            yield quantity
            taken = quantity.end


def _quantity(reading: str, number: Number, room: Span, lists: _Lists) -> Quantity | None:
    """Join a number with what stands around it; None where it is part of a name or an order."""
    tail = lists.tail(number, _tail(reading, number, room.end), room.end)
    head = _head(reading, number, room.start)
    if tail.kind == "none" or _is_name(reading, number, head, tail) or _is_ordinal(reading, head, room.start):
        return None
    tail, value_max = _range_end(reading, number, tail, room.end)
    value, kind, unit = head.sign * (number.value * tail.scale + tail.rest), tail.kind, tail.unit
    value_max = None if value_max is None else value_max * tail.scale
    if head.part:
        kind, unit = "percent", head.part
    elif head.currency and (kind in ("plain", "noun", "great") or unit == "元"):
        kind, unit = "money", head.currency
    elif unit == "番":
        value, kind, unit = 2.0 ** min(value, 60), "doubling", "倍"
    comparator = head.comparator if head.comparator not in (None, "=") else tail.comparator
    marked = (head.comparator or tail.comparator) is not None
    if comparator is None:
        comparator = "=" if not number.vague else "~" if value_max else ">"
    noun_start = tail.end + (reading[tail.end : tail.end + 1] in ("的", " "))
    noun = noun_phrase(reading, noun_start, room.end)
    return Quantity(
        head.start, tail.end, number, kind, value, value_max, unit, cast(Comparator, comparator), marked, noun
    )


def _head(reading: str, number: Number, floor: int) -> _Head:
    head = _Head(number.start)
    if _NEGATIVE.search(reading[max(floor, number.start - 2) : number.start]):
        head = _Head(number.start - 1, sign=-1)
    for part, unit in _PART.items():
        if reading.endswith(part, floor, number.start):
            head = replace(head, start=number.start - len(part), part=unit)
    if length := terms("currencies").before(reading, head.start, floor):
        sign = reading[head.start - length : head.start]
        head = replace(head, start=head.start - length, currency=table("currencies")[sign][0])
    rows, comparators = table("comparators"), terms("comparators", "before")
    while length := comparators.before(reading, at := _back(reading, head.start, floor), floor):
        _, sign, *only = rows[reading[at - length : at]]
        if only and not number.bare:
            break
        head = replace(
            head,
            start=at - length,
            comparator=sign if head.comparator in (None, "=") else head.comparator,
        )
    return head


def _tail(reading: str, number: Number, limit: int) -> _Tail:
    rows = table("comparators")
    at, comparator, scale = number.end, None, 1.0
    if length := terms("comparators", "inner").at(reading, at):
        comparator = rows[reading[at : at + length]][1]
        at += length
        while at < limit and reading[at] in _SCALE:
            scale *= _SCALE[reading[at]]
            at += 1
    kind, unit, at = _unit(reading, number, at, limit, scale)
    rest = 0.0
    if kind == "tenths":
        kind, scale, digit = "percent", scale * 10, number_at(reading, at, min(at + 1, limit))
        if digit and not digit.bare:
            at, rest = at + 1, digit.value
    if length := terms("comparators", "inner").at(reading, at) if unit and not comparator else 0:
        comparator = rows[reading[at : at + length]][1]
        at += length
    length = terms("comparators", "after").at(reading, at)
    if length and terms("comparators", "other").at(reading, at) <= length:
        comparator = rows[reading[at : at + length]][1]
        at += length
    return _Tail(min(at, limit), kind, unit, scale, rest, comparator)


class _Lists:
    """The units that stand behind the last number of a list: 8.2、5.0个百分点; each list is read once."""

    def __init__(self, reading: str) -> None:
        self._reading = reading
        self._read = 0
        self._shared: _Tail | None = None

    def tail(self, number: Number, tail: _Tail, limit: int) -> _Tail:
        """The tail of a number: its own, or the one that it shares with the list it stands in."""
        if tail.end != number.end or tail.kind != "plain" or not self._reading.startswith("、", number.end):
            return tail
        if number.start >= self._read:
            self._shared = self._find(number.end, limit)
        return replace(self._shared, end=number.end, comparator=None, rest=0.0) if self._shared else tail

    def _find(self, at: int, limit: int) -> _Tail | None:
        while self._reading.startswith("、", at) and (number := number_at(self._reading, at + 1, limit)):
            self._read = at = number.end
            tail = _tail(self._reading, number, limit)
            if tail.kind in _SHARED:
                return tail
            if tail.end != number.end or tail.kind != "plain":
                break
        return None


def _unit(reading: str, number: Number, at: int, limit: int, scale: float) -> tuple[str, str | None, int]:
    """Kind, name and end of the unit at an offset; a bare noun may follow a great number (230万|开发者)."""
    begin = at + reading.startswith(" ", at)
    length = terms("units").at(reading, begin)
    unit = reading[begin : begin + length]
    if length and begin + length <= limit and not _runs_on(reading, begin + length):
        kind, *name = table("units")[unit]
        return kind, name[0] if name else unit, begin + length
    great = scale >= 1e4 or number.scaled
    if great and reading.startswith("级", at):
        return "plain", None, at + 1
    if great and begin < limit and _CHINESE.match(reading[begin]):
        noun = noun_phrase(reading, begin, limit)
        if 0 < len(noun) <= 6 and noun.start == begin:
            return "noun", reading[begin : noun.end], noun.end
    return "great" if great else "plain", None, at


def _range_end(reading: str, number: Number, tail: _Tail, limit: int) -> tuple[_Tail, float | None]:
    """Join the second half of 5%至8%, 3亿元—5亿元."""
    dash = RANGE_DASH.match(reading, tail.end, limit) if tail.unit and number.value_max is None else None
    second = number_at(reading, dash.end(), limit) if dash else None
    if second is None or second.value_max is not None or second.value <= number.value:
        return tail, number.value_max
    other = _tail(reading, second, limit)
    if other.unit != tail.unit or other.scale != tail.scale or tail.rest:
        return tail, number.value_max
    return replace(other, rest=0.0), second.value


def _runs_on(reading: str, at: int) -> bool:
    """Whether a Latin unit goes on as a longer word: 5G|PT."""
    return (
        reading[at - 1].isascii()
        and reading[at - 1].isalpha()
        and reading[at : at + 1].isascii()
        and (reading[at : at + 1].isalnum())
    )


def _back(reading: str, at: int, floor: int) -> int:
    return at - 1 if at > floor and reading[at - 1] == " " else at


def _is_name(reading: str, number: Number, head: _Head, tail: _Tail) -> bool:
    before = reading[max(0, number.start - 2) : number.start]
    sum_of = 0 < head.start < number.start and _LATIN.match(reading, head.start - 1) is not None
    glued = head.sign > 0 and _NAME_BEFORE.search(before) is not None
    if not head.currency and (glued or sum_of):
        return True
    fraction = reading.endswith("分之", 0, number.start) and not head.part
    if fraction or reading.startswith("分之", number.end):
        return True
    known = tail.unit is not None and tail.kind not in ("plain", "noun")
    return not known and _NAME_AFTER.match(reading, number.end) is not None


def _is_ordinal(reading: str, head: _Head, floor: int) -> bool:
    at = _back(reading, head.start, floor)
    length = terms("ordinal_marks").before(reading, at, floor)
    return bool(length) and "ordinal" in table("ordinal_marks")[reading[at - length : at]]


def _is_figure(reading: str, quantity: Quantity) -> bool:
    """Whether a quantity is worth telling: shares, money and great numbers are, 一个 and 三个方面 are not."""
    number, kind = quantity.number, quantity.kind
    small = not number.arabic and not number.vague and quantity.value < 10
    lonely = number.bare and not number.scaled and not quantity.marked
    if kind in ("percent", "points", "times", "doubling", "great", "noun"):
        return not lonely
    if quantity.value < 0 and kind != "money":
        return False
    if kind == "duration":
        return number.scaled and number.arabic
    if kind == "plain":
        return quantity.marked or number.scaled
    if kind in ("money", "measure"):
        return not small and not lonely
    return not lonely and _is_count(reading, quantity, small)


def _is_count(reading: str, quantity: Quantity, small: bool) -> bool:
    """Whether what a classifier counts is a figure; ``small`` are numbers below ten in Chinese numerals."""
    number, noun = quantity.number, quantity.noun
    if quantity.value == 1 or reading.endswith(tuple(table("abstract_nouns")), noun.start, noun.end):
        return False
    if _LATIN.match(reading, quantity.end) and quantity.unit == "个":
        return False
    if number.value in _YEARS and not _COUNTS_ON.match(reading, max(0, quantity.start - 1)):
        # The year of a name, and what happens to begin like a classifier: 2024|台海…论坛.
        return False
    if quantity.kind == "person":
        return not small or quantity.value > 2
    if quantity.kind == "loose":
        return number.arabic and quantity.value >= 10
    return not small
