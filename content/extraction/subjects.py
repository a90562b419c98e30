"""What a quantity is a quantity of, in the article's own words."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from content.document import Span
from content.extraction.analysis import Analysis, Mention
from content.extraction.clauses import LENGTHS, Clauses
from content.extraction.noun_phrases import noun_phrase
from content.extraction.quantities import Quantity
from content.lexicon import terms
from content.model import Product

Source = Literal["list", "before", "behind", "shared", "predicate", "topic", "none"]
"""Where a subject stands: in a list told in order, before or behind the number, with another number, …"""
_LISTING = re.compile("[、和与及]")
_ITEMS = re.compile("、|以及|[和与及]")
_JOINT = re.compile("[，、和与及]|以及")
_RESPECTIVELY = re.compile("分别|各(?=[为达有占增降售卖])")
_SHARES = (
    "比例",
    "比重",
    "份额",
    "股份",
    "股权",
    "占比",
    "增速",
    "增幅",
    "折扣",
    "优惠",
    "回报",
    "涨幅",
    "降幅",
)
"""Nouns behind a share that say what share it is: 持有|8%的|股份."""
_MEASURE = re.compile("总?(?:数|数量|量|额|人数|规模|金额|面积)|数目")
"""What says less than the noun behind the number: 总数达到140+的|模型库."""
_COUNTING = ("person", "count", "loose", "plain", "noun", "great")
_OF = ("percent", "money", "measure")
"""What is said of a thing only with 的: 获得|60%|的选票."""
_DEGREES = ("规模", "水平", "速度", "目标", "高位", "价格", "预期", "程度", "幅度", "成绩", "关口", "门槛")
"""What a number is said to be, not of what: 达到|13亿元的规模."""
_RELATIONAL = 6
"""A subject no longer than this (每天翻译量) is told with whose it is."""
_OWNER = 16
_OWNER_REACH = 120
_PREDICATE = 10
_OBJECT_REACH = 30
_MARKS = "，。；：！？“”（）\n—"
_FATE = re.compile("死亡|受伤|遇难|失踪|被困|获救|伤亡|轻伤|重伤|丧生|确诊|治愈")
"""What befell the people counted is what the number tells: 2人|死亡."""
_OBJECT = re.compile("(?:[把将对向给让使]|[能可将已会]为)$")
"""What stands before what is done something with: 把|三成|信贷员派到村里."""
_PEOPLE = ("人", "名", "位", "人次")
_SHORTEST_NOUN = 2
_WHENCE = ("来自", "來自")
_ADVERBS = re.compile("[已也均都还且将仍]|持续|不断|连续")
"""What follows a topic that is told of."""
_TOPIC = range(2, 17)
_FEWEST, _MOST_ITEMS = 2, 20
_ITEMS_REACH = 200
"""How long a list before 分别 may be, in items and in code points."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What a quantity is a quantity of, and how that was found."""

    text: str | None = None
    source: Source = "none"


class Subjects:
    """The subjects of one sentence's quantities, to be asked for in text order."""

    def __init__(self, analysis: Analysis, sentence: Span, quantities: Sequence[Quantity]) -> None:
        self._analysis = analysis
        self._sentence = sentence
        self._quantities = quantities
        self._reading = analysis.reading
        self._clauses = Clauses(analysis, sentence)
        self._end = sentence.start
        self._last = ""
        self._given: list[str] = []
        self._paired: dict[int, str] = {}
        self._lists = _RESPECTIVELY.finditer(analysis.reading, sentence.start, sentence.end)
        self._list = next(self._lists, None)
        self._items: list[str] = []

    def clause_start(self, offset: int) -> int:
        """Where the clause that holds an offset begins."""
        return self._clauses.start_of(offset)

    def of(self, quantity: Quantity) -> Subject:
        """The subject of a quantity; a clause that names none shares the one before it."""
        clause = self._clauses.start_of(quantity.start)
        if self._reading.find("；", self._end, clause) >= 0:
            self._last = ""
        self._pair(quantity)
        paired = self._paired.get(quantity.start)
        found = Subject(paired, "list") if paired else self._found(quantity, clause)
        self._last = found.text or ""
        self._given.append(self._last)
        listed = _LISTING.match(self._reading, quantity.noun.end) is not None
        self._end = quantity.noun.end if listed and len(quantity.noun) else quantity.end
        return found

    def _found(self, quantity: Quantity, clause: int) -> Subject:
        start = max(clause, self._end)
        holder, has = self._clauses.holder(start, quantity.start, follows=bool(self._last))
        noun = self._noun(quantity)
        if noun and _OBJECT.search(self._reading, start, quantity.start):
            return Subject(noun, "behind")
        if holder.startswith(_WHENCE) and not noun:
            holder = self._predicate(quantity, clause) or holder
        counted = self._counted(quantity, holder, has=has)
        if counted:
            joins = (has or quantity.kind in _OF) and 0 < len(holder) <= _OWNER
            return Subject(f"{holder}…{counted}" if joins else counted, "behind")
        if holder:
            return Subject(self._with_owner(holder, start), "before")
        if noun or quantity.unit == "人口":
            return Subject(noun or "人口", "behind")
        guesses: tuple[tuple[Source, Callable[[], str]], ...] = (
            ("predicate", lambda: self._predicate(quantity, clause)),
            ("before", lambda: self._noted(quantity)),
            ("topic", lambda: self._topic(clause)),
            ("shared", lambda: self._last),
            ("topic", lambda: self._compared_with(start, quantity.start)),
        )
        return next((Subject(text, source) for source, guess in guesses if (text := guess())), Subject())

    def _counted(self, quantity: Quantity, holder: str, *, has: bool) -> str:
        """The noun behind a number, where it rather than what stands before says what the number counts."""
        if quantity.kind == "person" and (fate := _FATE.match(self._reading, quantity.end)):
            return self._clauses.text(*fate.span())
        noun = self._noun(quantity)
        if quantity.kind in _COUNTING:
            counts = has or not holder or quantity.kind in ("person", "count")
        else:
            counts = quantity.kind in _OF and self._reading.startswith("的", quantity.end)
            counts = counts and (has or not noun.endswith(_DEGREES))
        return noun if counts or noun.endswith(_SHARES) or _MEASURE.fullmatch(holder) else ""

    def _noted(self, quantity: Quantity) -> str:
        """What stands before the bracket that a quantity opens: 松果产量（21%）、松脂产量（17%）."""
        note = self._clauses.note_at(quantity.start)
        if note is None or quantity.start > note.start + 1 or note.start <= self._end:
            return ""
        start = max(self._clauses.start_of(note.start), self._end)
        marks = [mark.end() for mark in _ITEMS.finditer(self._reading, start, note.start)]
        holder, _ = self._clauses.holder(marks[-1] if marks else start, note.start)
        return holder

    def _noun(self, quantity: Quantity) -> str:
        """What is counted: the noun behind the number, or the one that the unit contains (46|个国家)."""
        unit = quantity.unit or ""
        counted = quantity.kind == "person" and unit.startswith(("个国", "個國"))
        if quantity.kind == "noun" or counted:
            at = self._reading.find(unit, quantity.number.end, quantity.end)
            noun = self._clauses.text(at, at + len(unit)).removeprefix("个").removeprefix("個")
        else:
            noun = self._clauses.text(quantity.noun.start, quantity.noun.end)
        return noun if len(noun) >= _SHORTEST_NOUN or noun == "人" else ""

    def _topic(self, clause: int) -> str:
        """What the clause before is about, where no quantity stands in it: 松果价格已经连涨，从…."""
        if clause <= self._sentence.start + 1 or self._clauses.start_of(clause - 1) < self._end:
            return ""
        start = self._clauses.opened(self._clauses.start_of(clause - 1), clause - 1)
        topic = noun_phrase(self._reading, start, clause - 1)
        goes_on = _ADVERBS.match(self._reading, topic.end) or (
            terms("figure_verbs", "is").at(self._reading, topic.end) > 1
        )
        told = goes_on and len(topic) in _TOPIC
        return self._clauses.text(topic.start, topic.end) if told else ""

    def _compared_with(self, start: int, end: int) -> str:
        """The share that is told, where nothing else is: 占|计算需求|的80%."""
        start = self._clauses.opened(start, end)
        text = self._clauses.text(start, end)
        return text if text.startswith("占") and len(text) in LENGTHS else ""

    def _pair(self, quantity: Quantity) -> None:
        """Give the quantities of a list that begins at this one their subjects in order: A、B分别为1、2."""
        while self._list is not None and self._list.end() <= quantity.start:
            match, self._list = self._list, next(self._lists, None)
            told = self._told(match.end())
            if len(told) < _FEWEST:
                continue
            clause = max(self._clauses.start_of(match.start()), match.start() - _ITEMS_REACH)
            items, head = self._listed(clause, match.start())
            if len(items) != len(told):
                items, head = self._items, "…".join(items) if len(items) == 1 else ""
            if len(items) != len(told) and len(told) <= len(self._given) and not head:
                items = self._given[-len(told) :]
            if len(items) != len(told):
                continue
            self._items = items
            head = head or self._object(match.end(), told[0].start)
            for item, one in zip(items, told, strict=True):
                self._paired[one.start] = f"{item}…{head}" if head and head not in item else item

    def _told(self, start: int) -> list[Quantity]:
        """The quantities of the clause behind an offset."""
        first = bisect_right(self._quantities, start - 1, key=lambda quantity: quantity.start)
        end = self._clauses.end_of(start)
        told: list[Quantity] = []
        for quantity in self._quantities[first : first + _MOST_ITEMS]:
            # 0.05元，0.06元: a list may have commas.
            joined = told and _JOINT.fullmatch(self._reading, told[-1].end, quantity.start)
            if quantity.start >= end and not joined:
                break
            told.append(quantity)
        return told

    def _listed(self, start: int, end: int) -> tuple[list[str], str]:
        """The parts of the list before 分别, and the head that they share (松城和云溪的|产量)."""
        end, _ = self._clauses.before_predicate(start, end)
        start = self._clauses.opened(start, self._clauses.before_comparison(start, end))
        parts: list[str] = []
        for mark in (*_ITEMS.finditer(self._reading, start, end), None):
            parts.append(self._clauses.text(start, mark.start() if mark else end))
            start = mark.end() if mark else end
        parts = [part for part in parts if part]
        _, of, head = parts[-1].rpartition("的") if parts else ("", "", "")
        return parts, head if of and len(parts) > 1 else ""

    def _object(self, start: int, end: int) -> str:
        """What each of a list has so and so many of: 分别|招收|学生|300名."""
        if end - start > _OBJECT_REACH:
            return ""
        verbs = terms("figure_verbs")
        while start < end and (length := verbs.at(self._reading, start)):
            start += length
        end, _ = self._clauses.before_predicate(start, end)
        text = self._clauses.text(start, end)
        return text if len(text) >= _SHORTEST_NOUN else ""

    def _with_owner(self, holder: str, start: int) -> str:
        """A relational noun with the product or organisation that was last named: 百度翻译API…每天翻译量."""
        if len(holder) > _RELATIONAL:
            return holder
        floor = max(self._sentence.start, start - _OWNER_REACH)
        part = max(floor, self._reading.rfind("；", floor, start))
        owners = [
            owner.name
            for layer in (self._analysis.products, self._analysis.organizations)
            if (owner := _last_named(layer, part, start)) is not None and self._owns(owner)
        ]
        return f"{owners[0]}…{holder}" if owners and owners[0] not in holder else holder

    def _owns(self, owner: Product | Mention) -> bool:
        """Whether the sentence is about a product or an organisation: it opens a clause and tells nothing."""
        if isinstance(owner, Product):
            return True
        start = max(self._clauses.start_of(owner.start), owner.start - _OWNER)
        return self._clauses.opened(start, owner.start) == owner.start and not terms("telling_verbs").at(
            self._reading, owner.end
        )

    def _predicate(self, quantity: Quantity, clause: int) -> str:
        """What the counted people do, where nothing names them: 80多人|参加了会议."""
        at = quantity.end
        counts = quantity.kind == "person" and quantity.unit in _PEOPLE and self._end <= clause
        if not counts or terms("figure_verbs").at(self._reading, at) > 1:
            return ""
        limit = min(self._clauses.end_of(at), at + _PREDICATE)
        return self._clauses.text(at, limit).rstrip(_MARKS)


def _last_named(
    layer: Sequence[Product] | Sequence[Mention], start: int, end: int
) -> Product | Mention | None:
    """The last mention that begins between two offsets; the layer is in text order."""
    at = bisect_right(layer, end - 1, key=lambda mention: mention.start) - 1
    return layer[at] if at >= 0 and layer[at].start >= start else None
