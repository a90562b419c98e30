"""Cutting what is long into messages and pages, in UTF-16 units, without harming what it is made of."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

from handlers.rich_text import QUOTES, Entity, RichText, Text

MESSAGE_LIMIT = 4096
"""UTF-16 units of a message at most."""
ENTITY_LIMIT = 100
"""Entities of a message at most."""
_HEADING = 5
"""Entities left for the heading of a page."""
PAGE_SIZE = 2400
"""UTF-16 units after which a page is full: about three screens of a phone, quotations folded."""

# Where a text is best cut, the best first.
_SEAMS = (
    re.compile(r"\n\n"),
    re.compile(r"\n"),
    re.compile(r"[。！？!?…][”’」』）)\"]*"),
    re.compile(r"[，,;；、:： ]"),
)
_REACH = 200
"""Code points before the limit in which a place between two characters is looked for."""
_JOINERS = frozenset("\u200d\ufe0f\ufe0e")


class Block(NamedTuple):
    """A piece that wants to stay whole, and what separates it from the piece before."""

    text: Text
    gap: str = "\n\n"


def paginate(blocks: Sequence[Block], limit: int = PAGE_SIZE, largest: int = MESSAGE_LIMIT) -> list[Text]:
    """Blocks laid out on pages; only a block that fills more than a message is cut.

    Args:
        blocks: in order.
        limit: units after which a page is full.
        largest: units that a page may have where one block alone needs them.
    """
    pages: list[list[Block]] = []
    filled = marked = 0
    for block in _fitting(blocks, largest):
        units, entities = block.text.units + len(block.gap), len(block.text.entities)
        if not pages or filled + units > limit or marked + entities > ENTITY_LIMIT - _HEADING:
            pages.append([])
            filled = marked = 0
        pages[-1].append(block)
        filled += units
        marked += entities
    return [_page(page) for page in pages]


def split(text: Text, limit: int = MESSAGE_LIMIT) -> list[Text]:
    """A text cut into pieces of at most ``limit`` units.

    No cut breaks a surrogate pair or a character with its combining marks, and none goes through a link,
    a code or a bold word unless that alone is too long; a quotation goes on as a quotation.
    """
    pieces: list[Text] = []
    start = 0
    units = [0, *accumulate(2 if character > "\uffff" else 1 for character in text.text)]
    while units[-1] - units[start] > limit:
        end = _cut(text, units, start, limit)
        pieces.append(_slice(text, units, start, end))
        start = end
    pieces.append(_slice(text, units, start, len(text.text)))
    return [piece for piece in pieces if piece.text]


def _fitting(blocks: Sequence[Block], limit: int) -> Iterator[Block]:
    for block in blocks:
        units = block.text.units
        if units > limit:
            yield from _fitting([Block(piece, block.gap) for piece in split(block.text, limit)], limit)
        elif len(block.text.entities) > ENTITY_LIMIT - _HEADING:
            yield from _fitting(
                [Block(piece, block.gap) for piece in split(block.text, units // 2 + 1)], limit
            )
        else:
            yield block


def _page(blocks: Sequence[Block]) -> Text:
    rich = RichText()
    for index, block in enumerate(blocks):
        if index:
            rich.own(block.gap)
        rich.append(block.text)
    return rich.build()


def _cut(text: Text, units: list[int], start: int, limit: int) -> int:
    """Index of the code point before which the next piece ends."""
    last = bisect_right(units, units[start] + limit) - 1
    firm = [entity for entity in text.entities if entity.type not in QUOTES]
    middle = (start + last) // 2
    for seam in _SEAMS:
        ends = [match.end() for match in seam.finditer(text.text, middle, last)]
        for end in reversed(ends):
            if _whole(text.text, end) and not _inside(firm, units[end]):
                return end
    near = range(last, max(start, last - _REACH), -1)
    free = (end for end in near if not _inside(firm, units[end]) and _whole(text.text, end))
    whole = (end for end in near if _whole(text.text, end))
    return next(free, None) or next(whole, last)


def _inside(entities: Sequence[Entity], unit: int) -> bool:
    return any(entity.offset < unit < entity.end for entity in entities)


def _whole(text: str, position: int) -> bool:
    """Whether no character with its marks, emoji sequence or flag spans a position."""
    if not 0 < position < len(text):
        return True
    before, after = text[position - 1], text[position]
    if before == "\u200d" or after in _JOINERS or unicodedata.combining(after):
        return False
    if unicodedata.category(after) in ("Mn", "Mc", "Me") or "\U0001f3fb" <= after <= "\U0001f3ff":
        return False
    if (before, after) == ("\r", "\n"):
        return False
    return not (_regional(before) and _regional(after) and _flags_before(text, position) % 2)


def _regional(character: str) -> bool:
    return "\U0001f1e6" <= character <= "\U0001f1ff"


def _flags_before(text: str, position: int) -> int:
    start = position
    while start and position - start < MESSAGE_LIMIT and _regional(text[start - 1]):
        start -= 1
    return position - start


def _slice(text: Text, units: list[int], start: int, end: int) -> Text:
    """Part of a text without the blanks at its ends; a blank that bears a combining mark stays."""
    raw = text.text[start:end]
    begin = start + len(raw) - len(raw.lstrip())
    start = begin if _whole(text.text, begin) else begin - 1
    end = max(start, end - (len(raw) - len(raw.rstrip())))
    first, last = units[start], units[end]
    kept = (
        entity._replace(
            offset=max(entity.offset, first) - first,
            length=min(entity.end, last) - max(entity.offset, first),
        )
        for entity in text.entities
        if entity.offset < last and entity.end > first
    )
    return Text(text.text[start:end], tuple(kept))
