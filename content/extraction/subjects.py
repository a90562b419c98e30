"""What a quantity is a quantity of, in the article's own words."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import cached_property

from content.dates import find_dates
from content.document import Span
from content.extraction.analysis import Analysis, Mention
from content.extraction.quantities import Quantity
from content.lexicon import table, terms
from content.model import Product

_BOUNDARY = re.compile(r"[，。；：！？“”（）\n]|——")
_DURATION = re.compile(r"[0-9一二两三四五六七八九十几]{1,3} ?(?:个月|年|天|周|个?季度)")
_BESIDE_NUMBER = re.compile(
    r"(?:每(?:[吨个人位名家户亩台套辆件次度股斤只头瓶盒座年月日天周秒]|公斤|公里|小时|分钟|平方米)"
    r"|[0-9]{4}年[底末初]?的?|[比较][^，比较]{2,6}[高低多少]| )$"
)
"""What may stand between predicate and number: 从|每吨|3200元, 由|2015年的|12%."""
_BESIDE = 8
_LISTING = re.compile("[、和与及]")
_NO_SUBJECT = re.compile(r"每.{1,2}|[日月年周]均|[比较].{1,8}")
_COUNTING = ("person", "count", "loose", "plain", "noun", "great")
_LENGTHS = range(2, 31)
"""Shorter and longer texts before a number are no subject."""
_RELATIONAL = 6
"""A subject no longer than this (每天翻译量) is told with whose it is."""
_OWNER = 16
_OWNER_REACH = 120
_PREDICATE = 10


class Subjects:
    """The subjects of one sentence's quantities, to be asked for in text order."""

    def __init__(self, analysis: Analysis, sentence: Span) -> None:
        self._analysis = analysis
        self._sentence = sentence
        self._reading = analysis.reading
        self._end = sentence.start
        self._subject: str | None = None

    @cached_property
    def _boundaries(self) -> list[int]:
        marks = _BOUNDARY.finditer(self._reading, self._sentence.start, self._sentence.end)
        return [self._sentence.start, *(mark.end() for mark in marks)]

    def clause_start(self, offset: int) -> int:
        """Where the clause that holds an offset begins."""
        return self._boundaries[bisect_right(self._boundaries, offset) - 1]

    def of(self, quantity: Quantity) -> str | None:
        """The subject of a quantity; a clause that names none shares the one before it."""
        clause = self.clause_start(quantity.start)
        if self._reading.find("；", self._end, clause) >= 0:
            self._subject = None
        start = max(clause, self._end)
        holder, has = self._holder(start, quantity.start)
        noun = self._noun(quantity)
        counted = quantity.kind in _COUNTING and (has or not holder or quantity.kind in ("person", "count"))
        if noun and counted:
            self._subject = f"{holder}…{noun}" if has and 0 < len(holder) <= _OWNER else noun
        elif holder:
            self._subject = self._with_owner(holder, start)
        elif noun:
            self._subject = noun
        elif quantity.kind == "person" and self._end <= clause:
            self._subject = self._predicate(quantity.end)
        listed = _LISTING.match(self._reading, quantity.noun.end) is not None
        self._end = quantity.noun.end if listed and len(quantity.noun) else quantity.end
        return self._subject or None

    def _noun(self, quantity: Quantity) -> str:
        """What is counted: the noun behind the number, or the one that the unit contains (46|个国家)."""
        unit = quantity.unit or ""
        counted = quantity.kind == "person" and unit.startswith("个") and not len(quantity.noun)
        if quantity.kind == "noun" or counted:
            at = self._reading.find(unit, quantity.number.end, quantity.end)
            return self._text(at, at + len(unit)).removeprefix("个").removeprefix("個")
        return self._text(quantity.noun.start, quantity.noun.end)

    def _holder(self, start: int, end: int) -> tuple[str, bool]:
        """What stands before the number without predicate and adverbs, and whether it has what is counted."""
        verbs, rows, has = terms("figure_verbs"), table("figure_verbs"), False
        while end > start:
            length = verbs.before(self._reading, end, start)
            kinds = rows[self._reading[end - length : end]] if length else ()
            beside = _BESIDE_NUMBER.search(self._reading, max(start, end - _BESIDE), end)
            if "noun" in kinds or not (length or beside):
                break
            has = has or "has" in kinds
            end = end - length if length or not beside else beside.start()
        start = self._opened(start, end)
        text = self._text(start, end)
        return ("" if len(text) not in _LENGTHS or _NO_SUBJECT.fullmatch(text) else text), has

    def _opened(self, start: int, end: int) -> int:
        """Where the subject begins behind dates and the words that open the clause."""
        for date in find_dates(self._reading, start, end):
            start = date.end
        inside, leads = terms("figure_leads", "inside"), terms("figure_leads")
        for at in range(max(start, end - 2 * _LENGTHS.stop), end):
            length = inside.at(self._reading, at)
            if length and at + length <= end:
                start = at + length
        while start < end:
            duration = _DURATION.match(self._reading, start, end)
            length = len(duration.group()) if duration else leads.at(self._reading, start)
            if not length or start + length > end:
                break
            start += length
        return start

    def _with_owner(self, holder: str, start: int) -> str:
        """A relational noun with the product or organisation that was last named: 百度翻译API…每天翻译量."""
        if len(holder) > _RELATIONAL:
            return holder
        floor = max(self._sentence.start, start - _OWNER_REACH)
        part = max(floor, self._reading.rfind("；", floor, start))
        owners = [
            name
            for layer in (self._analysis.products, self._analysis.organizations)
            if (name := _last_named(layer, part, start)) is not None
        ]
        return f"{owners[0]}…{holder}" if owners and owners[0] not in holder else holder

    def _predicate(self, at: int) -> str:
        """What the counted people do, where nothing names them: 80多人|参加了会议."""
        if terms("figure_verbs").at(self._reading, at) > 1:
            return ""
        limit = min(self._sentence.end, at + _PREDICATE)
        match = _BOUNDARY.search(self._reading, at, limit)
        return self._text(at, match.start() if match else limit)

    def _text(self, start: int, end: int) -> str:
        return self._analysis.document.text[start:end].strip(" 、的，和与及")


def _last_named(layer: Sequence[Product] | Sequence[Mention], start: int, end: int) -> str | None:
    """Name of the last mention that begins between two offsets; the layer is in text order."""
    at = bisect_right(layer, end - 1, key=lambda mention: mention.start) - 1
    return layer[at].name if at >= 0 and layer[at].start >= start else None
