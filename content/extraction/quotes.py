"""Quotations: where they begin and end, and the text with its quotations masked."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from content.document import Span

_MARKS = re.compile("[“”\n]")
_TITLES = re.compile("《[^《》\n]{1,100}》")
MASK, TITLE = "\ufffd", "\ufffc"


class Quotations:
    """The outermost quotations of a folded text; one that is not closed ends with its line."""

    def __init__(self, text: str) -> None:
        self.spans = tuple(_outermost(text))
        self._starts = [span.start for span in self.spans]
        self.masked = _TITLES.sub(lambda match: TITLE * len(match.group()), _masked(text, self.spans))
        """The text with every quoted code point replaced by ``MASK``, marks too; titles by ``TITLE``."""

    def around(self, offset: int) -> Span | None:
        """The quotation that holds a code point, its marks included."""
        index = bisect_right(self._starts, offset) - 1
        return self.spans[index] if index >= 0 and offset < self.spans[index].end else None


def _outermost(text: str) -> Iterator[Span]:
    opened, depth = 0, 0
    for match in _MARKS.finditer(text):
        if match.group() == "“":
            opened, depth = (match.start(), 1) if not depth else (opened, depth + 1)
        elif depth and (match.group() == "\n" or depth == 1):
            yield Span(opened, match.start() + (match.group() == "”"))
            depth = 0
        elif depth:
            depth -= 1
    if depth:
        yield Span(opened, len(text))


def _masked(text: str, spans: tuple[Span, ...]) -> str:
    parts, done = [], 0
    for span in spans:
        parts += [text[done : span.start], MASK * len(span)]
        done = span.end
    return "".join([*parts, text[done:]])
