"""Language rules as data: tables of ``term<TAB>attribute<TAB>…`` with ``#`` comments, read when asked for.

Terms are written in simplified characters; texts are matched in their folded reading
(``content.extraction.reading``), so that one table serves both scripts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

_FOLDER = Path(__file__).parent


@cache
def table(name: str) -> Mapping[str, tuple[str, ...]]:
    """The rows of ``<name>.tsv``: each term with its attributes, in the file's order.

    Raises:
        FileNotFoundError: if there is no such table.
        ValueError: if a term stands twice.
    """
    rows: dict[str, tuple[str, ...]] = {}
    for line in (_FOLDER / f"{name}.tsv").read_text("utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        term, *attributes = line.split("\t")
        if term in rows:
            raise ValueError(f"{name}.tsv: {term} stands twice")
        rows[term] = tuple(attributes)
    return MappingProxyType(rows)


@cache
def terms(name: str, attribute: str | None = None) -> Terms:
    """The terms of a table, all of them or those that carry an attribute."""
    rows = table(name)
    return Terms(term for term, attributes in rows.items() if attribute is None or attribute in attributes)


class Terms:
    """A set of terms that can be looked up at a place of a text, the longest first."""

    def __init__(self, words: Iterable[str]) -> None:
        self.words = frozenset(words)
        self._heads = _lengths((word[0], len(word)) for word in self.words)
        self._tails = _lengths((word[-1], len(word)) for word in self.words)

    def __contains__(self, word: str) -> bool:
        return word in self.words

    def __len__(self) -> int:
        return len(self.words)

    def __or__(self, other: Terms) -> Terms:
        return Terms(self.words | other.words)

    def at(self, text: str, start: int) -> int:
        """Length of the longest term that begins at an offset; 0 where none does."""
        for length in self._heads.get(text[start : start + 1], ()):
            if (word := text[start : start + length]) in self.words:
                return len(word)  # Near the end of the text the slice is shorter.
        return 0

    def before(self, text: str, end: int, floor: int = 0) -> int:
        """Length of the longest term that ends at an offset and begins at ``floor`` or later; else 0."""
        if end <= floor:
            return 0
        for length in self._tails.get(text[end - 1], ()):
            if end - length >= floor and text[end - length : end] in self.words:
                return length
        return 0


def _lengths(pairs: Iterable[tuple[str, int]]) -> dict[str, tuple[int, ...]]:
    found: dict[str, set[int]] = {}
    for character, length in pairs:
        found.setdefault(character, set()).add(length)
    return {character: tuple(sorted(lengths, reverse=True)) for character, lengths in found.items()}
