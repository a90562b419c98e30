"""Numbers as Chinese text writes them: ``1,234``, ``1.2万亿``, ``二百三十``, ``千亿``, ``5—8万``."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

_DIGITS = {
    ch: value
    for value, chars in enumerate(
        ("零〇", "一壹", "二两兩贰貳", "三叁參", "四肆", "五伍", "六陆陸", "七柒", "八捌", "九玖")
    )
    for ch in chars
}
_SMALL = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_BIG = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8, "兆": 10**12}
_TENS = {"廿": 20, "卅": 30}
_FULL_WIDTH = {0xFF10 + digit: str(digit) for digit in range(10)} | {0xFF0E: ".", ord("·"): "."}

_MAX_LENGTH = 24
"""A longer run of digits or numerals is no quantity (and could overflow a float)."""

_D = r"[0-9\uff10-\uff19]"
_GROUPED = rf"{_D}{{1,3}}(?:[,\uff0c]{_D}{{3}})++(?!{_D})"
_POINT = r"(?:[.\uff0e]|(?<=[\uff10-\uff19])·)"
_ARABIC = rf"(?:{_GROUPED}|{_D}++)(?:{_POINT}{_D}++)?"
# 千 before the rest of a unit (千米, 千瓦) and 兆 likewise (兆瓦) belong to the unit.
_SCALE = r"(?:[百千]?[万萬亿億]++|千(?![米克瓦卡伏帕焦赫兹安字])|兆(?![瓦赫字比位欧帕节]))"
_MIXED = rf"{_ARABIC}(?: ?{_SCALE}(?:{_ARABIC}{_SCALE})*+)?"
_NUMERALS = "".join((*_DIGITS, *_SMALL, *_BIG, *_TENS))
_HAN = rf"[数數几幾]?[{_NUMERALS}]++[几幾]?(?:[点點][{''.join(_DIGITS)}]++)?"
_NUMBER = re.compile(rf"(?P<arabic>{_MIXED})|(?P<han>{_HAN})")
RANGE_DASH = re.compile(r" ?(?:至|到|[-—–~～－−]{1,2}) ?")
"""What joins the two ends of a range."""
_DIGIT = rf"(?:{_D}|[{''.join(_DIGITS)}])"
_SHARE = re.compile(
    rf"(?<![{_NUMERALS}0-9])(?P<whole>[二三四五六七八九十0-9]{{1,2}})分之"
    rf"(?P<part>[一二两三四五六七八九十0-9]{{1,2}})(?![{_NUMERALS}点.0-9])"
    "|半数|一半|(?<=[过超])半(?=[的，。；]|$)"
)
_PAIR = re.compile(
    rf"(?<!{_DIGIT})(?P<first>{_DIGIT})、(?P<second>{_DIGIT})(?:(?P<scale>[十百千万萬亿億]++)|(?=成))"
)
"""Two digits that say about how many; without a magnitude behind them they are a list."""
_TERM = re.compile(rf"(?P<digits>{_ARABIC}) ?(?P<scale>{_SCALE})?")


@dataclass(frozen=True, slots=True)
class Number:
    """A number in a text; ``start`` and ``end`` are code points."""

    start: int
    end: int
    value: float
    value_max: float | None = None
    """The upper end of a range (``5—8``, ``七八``)."""
    vague: bool = False
    """Only the magnitude is said: 数十, 几百, 十几."""
    arabic: bool = False
    """Written with digits; numerals such as 一 and 三 far more often count nothing."""
    bare: bool = False
    """A magnitude without a digit: 千亿, 百, 万."""
    scaled: bool = False
    """Written with 万, 亿 or 兆 and something before it: 3万, 千亿, 百万."""
    share: bool = False
    """A part of a whole, as a percentage: 三分之二, 半数."""


def parse_number(text: str) -> float | None:
    """Value of a whole text that is one number, or None: ``1.2万`` → 12000, ``三百五`` is none."""
    number = number_at(text, 0, len(text))
    return number.value if number and number.end == len(text) and number.value_max is None else None


def find_numbers(text: str, start: int, end: int) -> Iterator[Number]:
    """Yield the numbers and ranges of numbers between two offsets, in text order."""
    position = start
    while match := _NUMBER.search(text, position, end):
        number = number_at(text, match.start(), end)
        # What stands right behind a number (the 千 of 5千米) is part of its unit.
        if number is not None and (match.start() > position or position == start):
            yield number
        position = number.end if number else match.end()


def find_shares(text: str, start: int, end: int) -> Iterator[Number]:
    """Yield the parts of a whole that are told in words: 四分之一 (25), 半数 (50)."""
    for match in _SHARE.finditer(text, start, end):
        whole, part = (parse_number(match[name] or "") for name in ("whole", "part"))
        share = round(100 * part / whole, 2) if whole and part else 50.0
        if share < 100:
            yield Number(*match.span(), share, arabic=True, share=True, bare=match["whole"] is None)


def magnitude(text: str) -> float:
    """What the characters behind the digits of a number multiply it by: 30亿 → 1e8."""
    term = _TERM.fullmatch(text)
    return _arabic_value(text) / float(_plain(term["digits"]) or 1) if term and term["scale"] else 1.0


def number_at(text: str, start: int, end: int) -> Number | None:
    """Read the number that begins at an offset, with the range that it opens; None where none begins."""
    low = _single_at(text, start, end)
    if low and (about := _about(text, low, end)):
        return about
    dash = RANGE_DASH.match(text, low.end, end) if low else None
    high = _single_at(text, dash.end(), end) if dash else None
    if low is None or high is None or low.value_max is not None or high.value_max is not None:
        return low
    return _joined(text, low, high) or low


def _about(text: str, low: Number, end: int) -> Number | None:
    """Two neighbouring digits with a mark between them: 两、三百 (200–300), 5、6千 (5000–6000)."""
    match = _PAIR.match(text, low.start, end)
    if match is None or (low.arabic and text[max(0, low.start - 1) : low.start] in ("", "\n")):
        return None  # 1、2千… may number a paragraph.
    first, second = (parse_number(match[group]) for group in ("first", "second"))
    scale = _han_scale(match["scale"] or "")
    if not first or second != first + 1:
        return None
    return Number(
        low.start,
        match.end("scale") if match["scale"] else match.end("second"),
        first * scale,
        second * scale,
        vague=True,
        arabic=low.arabic,
        scaled=_scaled(match["scale"] or "", _BIG),
    )


def _joined(text: str, low: Number, high: Number) -> Number | None:
    """Make one range of two numbers; ``3—5亿`` shares the magnitude, ``9000—1万`` does not."""
    value = low.value
    term = _TERM.match(text, high.start, high.end)
    if term and term["scale"] and not _scaled(text[low.start : low.end], {*_BIG, *_SMALL}):
        mantissa = float(_plain(term["digits"]))
        value = value * high.value / mantissa if mantissa and value < mantissa else value
    elif low.arabic is False and high.arabic is False and value < 10 <= high.value:
        scale = _han_scale(text[high.start : high.end])
        value = value * scale if value * scale < high.value else value
    if value >= high.value:
        return None
    return replace(low, end=high.end, value=value, value_max=high.value, scaled=high.scaled)


def _single_at(text: str, start: int, end: int) -> Number | None:
    match = _NUMBER.match(text, start, end)
    if match is None or match.end() - match.start() > _MAX_LENGTH:
        return None
    if match["arabic"]:
        value = _arabic_value(match["arabic"])
        return Number(match.start(), match.end(), value, arabic=True, scaled=_scaled(match["arabic"], _BIG))
    return _han_number(match.start(), match["han"])


def _plain(digits: str) -> str:
    return digits.translate(_FULL_WIDTH).replace(",", "").replace("\uff0c", "")


def _scaled(text: str, scales: Collection[str]) -> bool:
    return any(ch in scales for ch in text)


def _arabic_value(text: str) -> float:
    """Sum the terms of ``1亿2000万``; each is digits and a magnitude."""
    total = Decimal(0)
    for term in _TERM.finditer(text):
        scale = 1
        for ch in term["scale"] or "":
            scale *= _SMALL.get(ch) or _BIG[ch]
        # Decimal, so that 64.1亿 is 6410000000 and not 6409999999.999999.
        total += Decimal(_plain(term["digits"])) * scale
    return float(total)


def _han_number(start: int, text: str) -> Number | None:
    body = text.strip("数數几幾")
    vague = body != text
    whole, _, fraction = body.replace("點", "点").partition("点")
    end = start + len(text)
    if not vague and not fraction and (pair := _neighbours(whole)):
        return Number(start, end, pair[0], pair[1], vague=True)
    value = _han_value(whole)
    if value is None:
        return None
    if fraction:
        value += float("0." + "".join(str(_DIGITS[ch]) for ch in fraction))
    bare = all(ch in _BIG or ch in _SMALL for ch in whole)
    scaled = len(text) > 1 and _scaled(whole, _BIG)
    return Number(start, end, float(value), vague=vague, bare=bare and whole != "十", scaled=scaled)


def _han_value(text: str) -> float | None:
    """Value of numerals without a fraction; digits alone are read by place (二〇一二)."""
    if not any(ch in _SMALL or ch in _BIG or ch in _TENS for ch in text):
        return _by_place(text)
    total, section, digit, largest = 0, 0, None, 0
    for ch in text:
        if ch in _DIGITS:
            digit = _DIGITS[ch]
        elif ch in _SMALL or ch in _TENS:
            section += _TENS.get(ch) or _SMALL[ch] * (1 if digit is None else digit)
            digit = None
        else:
            section += digit or 0
            empty = section == 0 and total == 0
            # 万亿 multiplies what stands before it, 亿…万 adds to it.
            joined = _BIG[ch] > largest
            total = (total + section + empty) * _BIG[ch] if joined else total + section * _BIG[ch]
            section, digit, largest = 0, None, _BIG[ch]
    return total + section + (digit or 0)


def _by_place(text: str) -> float | None:
    if len(text) == 1 or len(text) > 2 or text[0] in "零〇":
        return float("".join(str(_DIGITS[ch]) for ch in text))
    return None


def _neighbours(text: str) -> tuple[float, float] | None:
    """Ends of an approximation by two neighbouring digits: 七八 (7–8), 三四百 (300–400), 十五六 (15–16)."""
    for at in range(len(text) - 1):
        low, high = _DIGITS.get(text[at]), _DIGITS.get(text[at + 1])
        if low and high and high == low + 1:
            ends = [_han_value(text[:at] + text[pick] + text[at + 2 :]) for pick in (at, at + 1)]
            if ends[0] is not None and ends[1] is not None and len(text) - 2 == _scales(text):
                return ends[0], ends[1]
    return None


def _scales(text: str) -> int:
    return sum(ch in _SMALL or ch in _BIG for ch in text)


def _han_scale(text: str) -> float:
    """Magnitude that a range's second number lends to its first: 三到五百 → 100."""
    scale = 1.0
    for ch in text:
        scale *= _SMALL.get(ch) or _BIG.get(ch) or 1
    return scale
