"""Finds known names in a text, in whichever characters it writes them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

from content.folding import fold_name

_T = TypeVar("_T")

_BREAKS = frozenset("，。、；：！？,;:!?\n")
# A name of one character would be found inside every other word.
_SHORTEST = 2


@dataclass(frozen=True, slots=True)
class Mention(Generic[_T]):
    """A place (code points of the given text) where a name stands, and everything of that name."""

    start: int
    end: int
    values: tuple[_T, ...]


@dataclass(frozen=True, slots=True)
class _Name(Generic[_T]):
    folded: str
    broken: bool
    values: tuple[_T, ...]


class Gazetteer(Generic[_T]):
    """A set of names. 打开，源头 does not name 开源, CHAIN does not name AI, 開源 names 开源."""

    def __init__(self, names: Iterable[tuple[str, _T]]) -> None:
        groups: dict[tuple[str, bool], list[_T]] = defaultdict(list)
        for name, value in names:
            groups[fold_name(name), _is_broken(name)].append(value)
        self._by_beginning: dict[str, list[_Name[_T]]] = defaultdict(list)
        for (folded, broken), values in sorted(groups.items(), key=lambda group: -len(group[0][0])):
            if len(folded) >= _SHORTEST:
                known = _Name(folded, broken, tuple(values))
                self._by_beginning[folded[:_SHORTEST]].append(known)

    def find(self, text: str) -> Iterator[Mention[_T]]:
        """Every name at every place, by place, the longest name first."""
        folded, offsets = fold_name.with_offsets(text)
        for place in range(len(folded) - 1):
            for name in self._by_beginning.get(folded[place : place + _SHORTEST], ()):
                if folded.startswith(name.folded, place):
                    start, end = offsets[place], offsets[place + len(name.folded) - 1] + 1
                    if _stands_alone(text, start, end) and (name.broken or not _is_broken(text[start:end])):
                        yield Mention(start, end, name.values)

    def longest(self, text: str) -> Iterator[Mention[_T]]:
        """The names that do not overlap, from the left, at each place the longest."""
        end = 0
        for mention in self.find(text):
            if mention.start >= end:
                yield mention
                end = mention.end


def _is_broken(text: str) -> bool:
    return not _BREAKS.isdisjoint(text)


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Whether no Latin word or number is cut in two."""
    cut_before = start > 0 and _is_latin(text[start - 1]) and _is_latin(text[start])
    cut_after = end < len(text) and _is_latin(text[end - 1]) and _is_latin(text[end])
    return not (cut_before or cut_after)


def _is_latin(character: str) -> bool:
    folded = fold_name(character)
    return folded.isascii() and folded.isalnum()
