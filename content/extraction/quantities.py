"""Numbers with their units and comparators, and which of them are quantities at all."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from heapq import merge
from typing import cast

from content.document import Span
from content.extraction.noun_phrases import noun_phrase
from content.lexicon import table, terms
from content.model import Comparator
from content.numerals import RANGE_DASH, Number, find_numbers, find_shares, magnitude, number_at

_SCALE = {"十": 10.0, "百": 100.0, "千": 1000.0, "万": 1e4, "亿": 1e8}
_PART = {"百分之": "%", "千分之": "‰"}
# A number inside a name, a version, a time, a ratio or a telephone number: GPT-4, V2.0, 18：50, 24/7, 1+1.
_NAME_BEFORE = re.compile(r"(?:[A-Za-z_@#&=.'’‘][-.]?|[0-9][-—/：.+*×]|[A-Za-z]\+|[/-])$")
_NAME_AFTER = re.compile(r" ?[+/：][A-Za-z0-9]|[-—_][A-Za-z]|[A-Za-z_@=×*]|\.[A-Za-z0-9]")
_LATIN = re.compile(r"[A-Za-z0-9]")
_NEGATIVE = re.compile(r"[一-鿿][-－−]$")
_MOVED = re.compile("[升降进退跌移前后]")
"""较去年晋升|17位 is a place in an order."""
_MARK = re.compile("[，。；：！？、“\n ]")
_COUNTS_ON = re.compile(r"[一-鿿](?<![在于由与和的])")
_CHINESE = re.compile(r"[一-鿿]")
_SHARED = ("percent", "points", "times", "money", "measure", "person", "count")
_JOINT = re.compile("、|以及|[和与及]")
_LOOSE_VERBS = frozenset("在从由可能要先又将于近")
"""Verbs of the table that also stand before versions and names: 在3.5, 由2.5."""
_FAR = 2
"""How many words may stand between a comparator and its number: 最多|可|容纳|300人."""
_INDEX = re.compile(r"[0-9]+[.．](?!0*$)[0-9]+")
"""A number with a fraction tells something without a unit; 2.0 is a version."""
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
    room = sentence.start, sentence.end
    # A share stands before the numbers that it is made of.
    for number in merge(find_shares(reading, *room), find_numbers(reading, *room), key=_start):
        while index < len(skip) and skip[index].end <= number.start:
            index += 1
        if number.start < taken or (index < len(skip) and skip[index].start < number.end):
            continue
        quantity = _quantity(reading, number, sentence, lists)
        if quantity is not None and _is_figure(reading, quantity):
            yield quantity
            taken = quantity.end


def _start(number: Number) -> int:
    return number.start


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
        if ("scale" in only and not number.bare) or (length == 1 and _ends_word(reading, at, floor)):
            break
        head = replace(
            head,
            start=at - length,
            comparator=sign if head.comparator in (None, "=") else head.comparator,
        )
    if head.comparator is None:
        head = replace(head, comparator=_far_comparator(reading, head.start, floor))
    return head


def _ends_word(reading: str, end: int, floor: int) -> bool:
    """Whether a comparator of one character is the end of another word: 签|约, 到|达."""
    return end - 2 >= floor and reading[end - 2 : end] in terms("words")


def _far_comparator(reading: str, end: int, floor: int) -> str | None:
    """The comparator before the verb: 至少|需要|500名."""
    verbs, far, rows = terms("figure_verbs"), terms("comparators", "far"), table("comparators")
    for _ in range(_FAR + 1):
        if length := far.before(reading, end, floor):
            return rows[reading[end - length : end]][1]
        length = verbs.before(reading, end, floor)
        if not length:
            return None
        if ahead := far.at(reading[end - length : end], 0):
            return rows[reading[end - length : end - length + ahead]][1]
        end -= length
    return None


def _tail(reading: str, number: Number, limit: int) -> _Tail:
    rows = table("comparators")
    at, comparator, scale = number.end, None, 1.0
    if length := terms("comparators", "inner").at(reading, at):
        comparator = rows[reading[at : at + length]][1]
        at += length
        while at < limit and reading[at] in _SCALE:
            scale *= _SCALE[reading[at]]
            at += 1
    kind, unit, at = ("percent", "%", at) if number.share else _unit(reading, number, at, limit, scale)
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
        if tail.end != number.end or tail.kind != "plain" or not number.arabic:
            return tail
        if number.start >= self._read:
            self._shared = self._find(number.end, limit)
        return replace(self._shared, end=number.end, comparator=None, rest=0.0) if self._shared else tail

    def _find(self, at: int, limit: int) -> _Tail | None:
        while (joint := _JOINT.match(self._reading, at, limit)) and (
            number := number_at(self._reading, joint.end(), limit)
        ):
            self._read = at = number.end
            tail = _tail(self._reading, number, limit)
            if tail.kind == "none":
                return tail  # 70、80后 are no quantities
            if tail.kind in _SHARED and number.arabic:
                # 10、20和30亿元 share the magnitude as well.
                return replace(tail, scale=tail.scale * magnitude(self._reading[number.start : number.end]))
            if tail.end != number.end or tail.kind != "plain":
                break
        return None


def _unit(reading: str, number: Number, at: int, limit: int, scale: float) -> tuple[str, str | None, int]:
    """Kind, name and end of the unit at an offset; a bare noun may follow a great number (230万|开发者)."""
    begin = at + reading.startswith(" ", at)
    length = terms("units").at(reading, begin)
    unit = reading[begin : begin + length]
    # 1.5亿|大关 has no unit 大.
    if (mark := terms("comparators", "after").at(reading, begin)) >= length:
        length = 0
    if length and table("units")[unit][0] == "loose" and terms("words").at(reading, begin) > length:
        length = 0  # 标准500|回报率
    if length and begin + length <= limit and not _runs_on(reading, begin + length):
        kind, *name = table("units")[unit]
        return kind, name[0] if name else unit, begin + length
    great = scale >= 1e4 or number.scaled
    if great and reading.startswith("级", at):
        return "plain", None, at + 1
    if great and not mark and begin < limit and _CHINESE.match(reading[begin]):
        noun = noun_phrase(reading, begin, limit)
        pointing = reading[begin] in "这那该此其"
        if 0 < len(noun) <= 6 and noun.start == begin and not pointing:
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
    lonely = number.bare and not number.scaled and not quantity.marked  # also 半数 without a comparator
    if kind in ("percent", "points", "times", "doubling", "great", "noun"):
        return not lonely
    if quantity.value < 0 and kind != "money":
        return False
    if kind == "duration":
        return number.scaled and number.arabic
    if kind == "plain":
        return quantity.marked or number.scaled or _is_index(reading, quantity)
    if kind in ("money", "measure"):
        return not small and not lonely
    return not lonely and _is_count(reading, quantity, small)


def _is_index(reading: str, quantity: Quantity) -> bool:
    """Whether a number without a unit is said of something: 指数|为|50.3."""
    if not _INDEX.fullmatch(reading, quantity.number.start, quantity.number.end):
        return False
    length = terms("figure_verbs", "is").before(reading, quantity.start)
    return length > 0 and reading[quantity.start - length : quantity.start] not in _LOOSE_VERBS


def _is_count(reading: str, quantity: Quantity, small: bool) -> bool:
    """Whether what a classifier counts is a figure; ``small`` are numbers below ten in Chinese numerals."""
    number, noun = quantity.number, quantity.noun
    if quantity.value == 1 or reading.endswith(tuple(table("abstract_nouns")), noun.start, noun.end):
        return False
    moved = (
        quantity.unit in ("位", "名") and not len(noun) and _MOVED.match(reading, max(0, quantity.start - 1))
    )
    if moved or (_LATIN.match(reading, quantity.end) and quantity.unit == "个"):
        return False
    if number.value in _YEARS and not _COUNTS_ON.match(reading, max(0, quantity.start - 1)):
        # The year of a name, and what happens to begin like a classifier: 2024|台海…论坛.
        return False
    if quantity.kind == "person":
        # 三人 at the head of a clause are those just named.
        named = quantity.unit == "人" and not len(noun) and _MARK.match(reading, max(0, quantity.start - 1))
        return not small or (quantity.value > 2 and not (named and quantity.start and not quantity.marked))
    if quantity.kind == "loose":
        return number.arabic and quantity.value >= 10
    return not small
