"""Many names in memory: exact look-up, completion, and the nearest names without comparing each of them."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import islice
from typing import Generic, TypeVar

from content.folding import fold_name
from content.names import NameKeys, allowed_errors, closest, distance, readings

_T = TypeVar("_T")

LONGEST_QUERY = 40
"""Code points of a query that count; nobody misspells more."""
_LONGEST_DELETED = 12
"""Longer names are few; they are compared one by one, for two errors as well as for one."""
_MOST_ERRORS = 2


class NameIndex(Generic[_T]):
    """Names and what they stand for; what only a search needs is built at the first search.

    Values that are equally near come in the order in which the index was given them.
    """

    def __init__(self, names: Iterable[tuple[NameKeys, _T]]) -> None:
        self._names = tuple(names)
        self._exact = _grouped((name.folded, place) for place, (name, _) in enumerate(self._names))

    def __len__(self) -> int:
        return len(self._names)

    def exact(self, folded: str) -> list[_T]:
        """Everything of exactly this folded name."""
        return [self._names[place][1] for place in self._exact.get(folded, ())]

    def complete(self, prefix: str, accept: Callable[[_T], bool], limit: int) -> list[_T]:
        """What begins so, by its characters or by its pinyin, in the order of the index."""
        folded = fold_name(prefix)
        first = bisect_left(self._beginnings, (folded, 0)) if folded else len(self._beginnings)
        places = set()
        for key, place in islice(self._beginnings, first, None):
            if not key.startswith(folded):
                break
            places.add(place)
        values = (self._names[place][1] for place in sorted(places))
        return list(islice(dict.fromkeys(value for value in values if accept(value)), limit))

    def nearest(self, query: str, accept: Callable[[_T], bool], limit: int) -> list[_T]:
        """The nearest of the accepted values, as ``content.names.nearest`` finds them."""
        found: list[tuple[float, int]] = []
        for asked in readings(query[:LONGEST_QUERY]):
            for place in set(self._candidates(asked)):
                name, value = self._names[place]
                if accept(value) and (far := distance(asked, name)) is not None:
                    found.append((far, place))
        found.sort()
        return closest(((far, self._names[place][1]) for far, place in found), limit)

    def _candidates(self, query: NameKeys) -> Iterator[int]:
        """The places of all names that are near, and of some that are not."""
        written = query.folded
        yield from self._sounds.get(query.loose, ())
        yield from self._initials.get(written, ()) if written else ()
        for part in _parts(written):
            yield from self._exact.get(part, ())
        yield from (place for place, folded in enumerate(self._folded) if written in folded)
        if written.isascii():
            yield from (place for place, pinyin in enumerate(self._pinyin) if _at_an_end(written, pinyin))
            yield from _within(allowed_errors(len(written), letters=True), written, self._pinyin)
        else:
            yield from (place for short in _deletions(written) for place in self._deleted.get(short, ()))
            yield from _within(allowed_errors(len(written), letters=False), written, self._long)

    @cached_property
    def _folded(self) -> list[str]:
        return [name.folded for name, _ in self._names]

    @cached_property
    def _pinyin(self) -> list[str]:
        return [name.pinyin for name, _ in self._names]

    @cached_property
    def _beginnings(self) -> list[tuple[str, int]]:
        return sorted((key, place) for keys in (self._folded, self._pinyin) for place, key in enumerate(keys))

    @cached_property
    def _sounds(self) -> Mapping[str, list[int]]:
        return _grouped((name.loose, place) for place, (name, _) in enumerate(self._names))

    @cached_property
    def _initials(self) -> Mapping[str, list[int]]:
        return _grouped((name.initials, place) for place, (name, _) in enumerate(self._names))

    @cached_property
    def _deleted(self) -> Mapping[str, list[int]]:
        return _grouped(
            (shorter, place)
            for place, folded in enumerate(self._folded)
            if len(folded) <= _LONGEST_DELETED
            for shorter in _deletions(folded)
        )

    @cached_property
    def _long(self) -> Mapping[int, str]:
        least = next(length for length in range(100) if allowed_errors(length, letters=False) == _MOST_ERRORS)
        return {place: folded for place, folded in enumerate(self._folded) if len(folded) >= least}


def _grouped(pairs: Iterable[tuple[str, int]]) -> dict[str, list[int]]:
    groups: dict[str, list[int]] = defaultdict(list)
    for key, place in pairs:
        groups[key].append(place)
    return dict(groups)


def _parts(written: str) -> Iterator[str]:
    return (written[start:end] for start in range(len(written)) for end in range(start + 1, len(written) + 1))


def _at_an_end(part: str, whole: str) -> bool:
    return whole.startswith(part) or whole.endswith(part)


def _deletions(word: str) -> set[str]:
    """The word and what is left of it without one character: two words one error apart share one."""
    return {word, *(word[:place] + word[place + 1 :] for place in range(len(word)))}


def _within(errors: int, written: str, names: Sequence[str] | Mapping[int, str]) -> Iterator[int]:
    if not errors:
        return
    from rapidfuzz import process  # noqa: PLC0415 - only where a name was not found
    from rapidfuzz.distance import OSA  # noqa: PLC0415 - likewise

    for _, _, place in process.extract_iter(written, names, scorer=OSA.distance, score_cutoff=errors):
        yield place
