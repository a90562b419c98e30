"""The clauses of a sentence, and what of a clause before a number can be the number's subject."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property

from content.dates import find_dates
from content.document import Span
from content.extraction.analysis import Analysis
from content.lexicon import table, terms

_BOUNDARY = re.compile(r"[。；：！？“”（）\n]|——|，(?!(?<=[0-9]，)[0-9]{3}(?![0-9]))")
_NOTE = re.compile(r"（[^（）\n。]{1,30}）")
"""A bracket behind a word says more of it (增加值（GDP）达…); the clause goes on behind it."""
_DURATION = re.compile(
    r"[0-9一二两三四五六七八九十几]{1,3} ?(?:个月|年|天|周|个?季度|季[末初底]?)[前来内间末初底]?"
)
_AFTER_DATE = re.compile("(?:时|以?前|以?后|之前|之后|以来|初|末|底|起|内|间)+")
_BESIDE_NUMBER = re.compile(
    r"(?:每(?:[吨个人位名家户亩台套辆件次度股斤只头瓶盒座年月日天周秒]|公斤|公里|小时|分钟|平方米)"
    r"|[0-9]{4}年[底末初]?的?|[比较][^，比较]{2,6}[高低多少]|在?[去今明上本][年月周]度?[初末底]?| )$"
)
"""What may stand between predicate and number: 从|每吨|3200元, 由|2015年的|12%."""
_BESIDE = 8
_THAN = re.compile(
    r"[高低快慢多少大小强弱优劣好差长短早晚]于|领先|落后|[同环]比"
    r"|(?<![占对环同无可评好正反相价贷配股售])比(?![例重较赛如值特率方喻拟分在为是达])(?=[^，]{2})"
    r"|(?<![比相])较(?![为大好高快多少强低长])(?=[^，]{2})|相当于|相对(?=[^，]{2})|超过|超出|不足"
    r"|(?<![占对环同无可评好正反相价贷配股售])[比较]$"
    r"|[与和同跟][^，与和]{2,12}?相[比较]"
    r"|(?:约|仅|将|已|只|就|也)*占(?![地有用领据比])"
)
"""Where what a quantity is compared with begins: 产值|比全省高, 增速|快于全省, 林农|占总数的."""
_IS = re.compile(r"(?:约|仅|将|已|只|就|也|正)*[是为](?=[^，是为]{2,20}的$)")
"""出口价|是进口价的|1.5倍."""
_SIZES = ("长", "重", "宽", "深", "厚")
_COMPLEMENTS = "有为于到至在是成达"
"""Characters of the table that also end a verb of two: 持有, 位于."""
_PREPOSITION = re.compile("[在对把从由]")
_NO_SUBJECT = re.compile(
    r"每.{1,2}|[日月年周人户]均|平均|[比较].{1,8}|[0-9一二三四五六七八九十]+[月季年]?份?|.{0,2}[一二三四]季度"
)
_JOINING = "和与及"
LENGTHS = range(2, 31)
"""Shorter and longer texts before a number are no subject."""


class Clauses:
    """A sentence, clause by clause."""

    def __init__(self, analysis: Analysis, sentence: Span) -> None:
        self._text = analysis.document.text
        self._reading = analysis.reading
        self._sentence = sentence

    @cached_property
    def _notes(self) -> list[Span]:
        notes = _NOTE.finditer(self._reading, self._sentence.start, self._sentence.end)
        return [Span(*note.span()) for note in notes]

    @cached_property
    def _boundaries(self) -> tuple[list[int], list[int]]:
        """Where clauses begin: outside of notes, and everywhere."""
        marks = _BOUNDARY.finditer(self._reading, self._sentence.start, self._sentence.end)
        every = [self._sentence.start, *(mark.end() for mark in marks)]
        return [offset for offset in every if self.note_at(offset - 1) is None], every

    def note_at(self, offset: int) -> Span | None:
        """The note that holds an offset."""
        index = bisect_right(self._notes, offset, key=lambda note: note.start) - 1
        return self._notes[index] if index >= 0 and offset < self._notes[index].end else None

    def start_of(self, offset: int) -> int:
        """Where the clause that holds an offset begins."""
        outer, every = self._boundaries
        starts = outer if self.note_at(offset) is None else every
        return starts[bisect_right(starts, offset) - 1]

    def end_of(self, offset: int) -> int:
        """Where the clause that holds an offset ends."""
        outer, _ = self._boundaries
        index = bisect_right(outer, offset)
        return outer[index] if index < len(outer) else self._sentence.end

    def holder(self, start: int, end: int, *, follows: bool = False) -> tuple[str, bool]:
        """What stands before a number without predicate and adverbs, and whether it has what is counted.

        Args:
            start: where the clause begins, or the quantity before ends.
            end: where the quantity begins.
            follows: whether another quantity of the sentence has a subject: …，约为总值的4% is that one's.
        """
        if identity := _IS.search(self._reading, start, end):
            told = self.opened(start, identity.start()) < identity.start()
            start, end = (start, identity.start()) if told or follows else (identity.end(), end)
        end, has = self.before_predicate(start, end)
        end = self.before_comparison(start, end)
        start = self.opened(start, end)
        end, has_too = self.before_predicate(start, end)
        if end - start >= LENGTHS.stop:
            # Of a long clause, what follows its last preposition: …|在|整体处理速度方面.
            last = [mark.end() for mark in _PREPOSITION.finditer(self._reading, end - LENGTHS.stop, end - 2)]
            start = last[-1] if last else start
        text = self.text(start, end)
        idle = len(text) not in LENGTHS or _NO_SUBJECT.fullmatch(text)
        return ("" if idle else text), has or has_too

    def before_predicate(self, start: int, end: int) -> tuple[int, bool]:
        """Where the predicate and adverbs before a number begin; whether they say that something has it."""
        verbs, rows, has = terms("figure_verbs"), table("figure_verbs"), False
        if self._reading.startswith("达", end) and self._reading[end - 1 : end] in _SIZES:
            end -= self._reading[end - 2 : end] not in terms("words")  # 轴距|长|达3米, but 增长|达5%
        while end > start:
            if (note := self.note_at(end - 1)) and note.end == end and note.start > start:
                end = note.start
                continue
            length = verbs.before(self._reading, end, start)
            kinds = rows[self._reading[end - length : end]] if length else ()
            if length == 1 and self._ends_word(end):
                if self._reading[end - 1] not in _COMPLEMENTS:
                    break
                length, kinds = 2, ("has",) if self._reading[end - 1] == "有" else kinds
            elif length == 1 and self._reading[end - 1] in "到至" and self._ends_word(end - 1):
                length = 3  # 良率|扩展到|六成
            beside = _BESIDE_NUMBER.search(self._reading, max(start, end - _BESIDE), end)
            if "noun" in kinds or not (length or beside):
                break
            has = has or "has" in kinds
            end = end - length if length or not beside else beside.start()
        return end, has

    def _ends_word(self, end: int) -> bool:
        """Whether two characters before an offset are a word and no end of one: 持|有, but 主要|是."""
        words = terms("words")
        return self._reading[end - 2 : end] in words and words.before(self._reading, end - 1) <= 1

    def before_comparison(self, start: int, end: int) -> int:
        """Where what the quantity is compared with begins; the end where it is not compared."""
        match = _THAN.search(self._reading, start, end)
        return match.start() if match else end

    def opened(self, start: int, end: int) -> int:
        """Where the subject begins behind dates and the words that open the clause."""
        for date in find_dates(self._reading, start, end):
            start = date.end
            if after := _AFTER_DATE.match(self._reading, start, end):
                start = after.end()
        inside, leads, words = terms("figure_leads", "inside"), terms("figure_leads"), terms("words")
        told = terms("figure_leads", "told")
        for at in range(max(start, end - 2 * LENGTHS.stop), end):
            length = inside.at(self._reading, at)
            if (
                length
                and at + length <= end
                and words.at(self._reading, at) <= length
                and (at > start or not told.at(self._reading, at))
            ):
                start = at + length
        while start < end:
            skipped = _DURATION.match(self._reading, start, end) or _NOTE.match(self._reading, start, end)
            length = skipped.end() - start if skipped else leads.at(self._reading, start)
            if not length or start + length > end:
                break
            # 在|全市, but 在校|学生; 显示屏 follows nothing that shows.
            if (
                not skipped
                and max(words.at(self._reading, start), told.at(self._reading, start) + 1) > length
            ):
                break
            start += length
        return start

    def text(self, start: int, end: int) -> str:
        """The article's own text between two offsets, without marks and joining words at its ends."""
        reading = self._reading
        while start < end and reading[start] in " 、的，":
            start += 1
        while end > start and reading[end - 1] in " 、的，和与及":
            end -= 1
        joins = start < end and reading[start] in _JOINING and terms("words").at(reading, start) <= 1
        return self._text[start + joins : end]
