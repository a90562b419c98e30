"""Lines by the rules of Chinese composition (GB/T 15834).

No line begins with a closing mark or ends with an opening one; ``——`` and ``……`` are not parted, nor is a
number from its unit or a Latin word. A mark that would begin a line takes the character before it along.
"""

from __future__ import annotations

import re
from collections.abc import Callable

_OPENING = "“‘（《〈「『【〔〖([{"
_CLOSING = "，。、；：？！”’）》〉」』】〕〗…—·・～％‰℃,.;:?!)]}%"
_UNIT = "[%％‰℃]|[A-Za-z]{1,8}|[万亿萬億兆千百]+[余多餘]?[\u4e00-\u9fff]?"
_LETTER = "A-Za-z\u00c0-\u024f\u0370-\u04ff"
_PIECE = re.compile(
    rf"\s+|[+\-−≥≤<>~≈]?[$¥€£]?\d[\d,.:：/\-–~～×]*(?:{_UNIT})?"
    rf"|[{_LETTER}][{_LETTER}0-9_'’@&.+#/-]*(?<![.])|——|……|.",
    re.DOTALL,
)
Measure = Callable[[str], float]


def pieces(text: str) -> list[str]:
    """The text in pieces between which a line may end; together they are the text."""
    result: list[str] = []
    glued = False
    for match in _PIECE.finditer(text):
        piece = match.group()
        closing = piece[0] in _CLOSING and not piece.isspace()
        if closing and len(result) > 1 and result[-1].isspace():
            piece = result.pop() + piece
        if result and (glued or closing):
            result[-1] += piece
        else:
            result.append(piece)
        glued = piece[-1] in _OPENING
    return result


def lines(text: str, width: float, measure: Measure) -> list[str]:
    """The text in lines that are no wider than the column.

    Args:
        text: one paragraph.
        width: of the column, in the units of ``measure``.
        measure: how wide a string is set.
    """
    result: list[str] = []
    line, filled = "", 0.0
    for piece in _fitting(pieces(text), width, measure):
        taken = measure(piece)
        if line and filled + taken > width and not piece.isspace():
            result.append(line.rstrip())
            line, filled = "", 0.0
        if line or not piece.isspace():
            line += piece
            filled += taken
    return [*result, line.rstrip()] if line else result


def balanced(text: str, width: float, measure: Measure) -> list[str]:
    """The text in as few lines as it takes, of nearly one length: how a headline is set."""
    wide = lines(text, width, measure)
    if not 1 < len(wide) <= 4:
        return wide
    narrow, broad = width / 2, width
    for _ in range(8):
        middle = (narrow + broad) / 2
        if len(lines(text, middle, measure)) > len(wide):
            narrow = middle
        else:
            broad = middle
    return lines(text, broad, measure)


def clipped(text: str, width: float, measure: Measure, most: int) -> list[str]:
    """The first lines of a text; where there are more the last one ends in ``…``."""
    found = lines(text, width, measure)
    if len(found) <= most:
        return found
    last = found[most - 1]
    while last and measure(last + "…") > width:
        whole = pieces(last)
        last = last[: -len(whole[-1])] if len(whole) > 1 else last[:-1]
    return [*found[: most - 1], last.rstrip("，、；：,;: ") + "…"]


def _fitting(found: list[str], width: float, measure: Measure) -> list[str]:
    """The pieces, those that alone are wider than the column cut where they fill it."""
    result: list[str] = []
    for piece in found:
        rest = piece
        while measure(rest) > width and len(rest) > 1:
            end = max(1, int(len(rest) * width / measure(rest)))
            while end > 1 and measure(rest[:end]) > width:
                end -= 1
            result.append(rest[:end])
            rest = rest[end:]
        result.append(rest)
    return result
