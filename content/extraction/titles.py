"""The grammar of titles: where a post, rank or form of address begins and ends around a name."""

from __future__ import annotations

import re
from functools import cache, reduce
from operator import or_

from content.lexicon import Terms, terms

_CHIEF = re.compile(r"首席[一-龥A-Z]{1,8}官")

_MODIFIERS = 4
"""Most modifiers before one head: 亚太区|高级|副|总裁."""


@cache
def heads() -> Terms:
    """Every head of a title but the one-syllable calls (总, 工)."""
    return reduce(or_, (terms("titles", name) for name in ("post", "rank", "address", "press", "chair")))


def title_before(text: str, end: int, floor: int = 0) -> int:
    """Where the title that ends at an offset begins, its modifiers included; ``end`` where none ends there.

    浪潮首席科学家| → 首席科学家
    """
    start = end - heads().before(text, end, floor)
    if start == end:
        return _chief_before(text, end, floor)
    modifiers = terms("title_modifiers")
    for _ in range(_MODIFIERS):
        start -= modifiers.before(text, start, floor)
    return start


def title_at(text: str, start: int, *, calls: bool = False) -> int:
    """Where the title that begins at an offset ends; ``start`` where none begins there.

    黄晓玫|副校长发表 → 副校长

    Args:
        text: the folded text.
        start: offset of the first code point behind a name.
        calls: whether one-syllable calls count (王|总, 李|工).
    """
    modifiers, offset, end = terms("title_modifiers"), start, start
    for _ in range(_MODIFIERS + 1):
        length = heads().at(text, offset)
        if length and text[offset : offset + length] not in terms("titles", "front"):
            end = max(end, offset + length)
        if chief := _CHIEF.match(text, offset):
            end = max(end, chief.end())
        # 副总 is a title, and 副 stands before 总裁: the longer reading counts.
        length = modifiers.at(text, offset)
        if not length or (end > start and offset + length > end):
            break
        offset += length
    return end if end > start or not calls else start + terms("titles", "call").at(text, start)


def runs_on(text: str, start: int, end: int) -> bool:
    """Whether a longer title begins within the one at ``text[start:end]``: 总工|程师, 副总|裁."""
    return any(title_at(text, at) > end for at in range(start, end))


def kind(title: str) -> str:
    """What the head of a title is: post, rank, address, press or chair."""
    for name in ("chair", "press", "address", "rank"):
        length = heads().before(title, len(title))
        if title[len(title) - length :] in terms("titles", name):
            return name
    return "post"


def _chief_before(text: str, end: int, floor: int) -> int:
    if end <= floor or text[end - 1] != "官":
        return end
    start = text.rfind("首席", max(floor, end - 11), end)
    return start if start >= 0 and _CHIEF.fullmatch(text, start, end) else end


def before_gap(text: str, start: int) -> int:
    """Where what stands before a name ends, spaces and dashes left out: 创始人--|李某."""
    end = start
    while end > max(0, start - 4) and text[end - 1] in " -—–":
        end -= 1
    return end
