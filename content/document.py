"""An article's text with code-point offsets: lines, sentences and the spans between them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

# The unit of a statement: ends at 。！？!? or at a line end; closing quotes belong to it.
_SENTENCE = re.compile(r"[^。！？!?\n]+(?:[。！？!?]+[”’」』）)\"]*)?|[。！？!?]+[”’」』）)\"]*")
_LINE = re.compile(r"[^\n]+")


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Half-open range of code points."""

    start: int
    end: int

    def __len__(self) -> int:
        return self.end - self.start

    def contains(self, other: Span) -> bool:
        """Whether the other span lies wholly inside this one."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Whether the two spans share a character."""
        return self.start < other.end and other.start < self.end


class Document:
    """A text and its segmentation; the text is never changed, so that offsets stay true."""

    def __init__(self, text: str) -> None:
        self.text = text

    def __getitem__(self, span: Span) -> str:
        return self.text[span.start : span.end]

    @cached_property
    def lines(self) -> tuple[Span, ...]:
        """The non-empty lines, trimmed; a line of a press article is a paragraph."""
        return tuple(self._trimmed(_LINE))

    @cached_property
    def sentences(self) -> tuple[Span, ...]:
        """The sentences, trimmed of the white space around them."""
        return tuple(self._trimmed(_SENTENCE))

    @cached_property
    def _starts(self) -> list[int]:
        return [span.start for span in self.sentences]

    def sentence_at(self, offset: int) -> Span | None:
        """The sentence that holds a code point, or None where it stands between two."""
        index = bisect_right(self._starts, offset) - 1
        if index < 0 or self.sentences[index].end <= offset:
            return None
        return self.sentences[index]

    def sentences_in(self, span: Span) -> tuple[Span, ...]:
        """The sentences that begin inside a span."""
        first = bisect_right(self._starts, span.start - 1)
        last = bisect_right(self._starts, span.end - 1)
        return self.sentences[first:last]

    def _trimmed(self, pattern: re.Pattern[str]) -> Iterator[Span]:
        for match in pattern.finditer(self.text):
            raw = match.group()
            start = match.start() + len(raw) - len(raw.lstrip())
            end = match.end() - (len(raw) - len(raw.rstrip()))
            if end > start:
                yield Span(start, end)
