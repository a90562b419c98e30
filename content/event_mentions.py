"""Which events a text means by less than their full names.

Press and readers shorten an event's name: the edition goes (第八届, 首届, 2017), then what stands before its
subject (网络空间安全西湖论坛 → 西湖论坛), or only its signature is left (中国开源年会-COSCon'17 → COSCon17).
What is left is taken from the name in its own order and ends with a word for an event, or it is a word in
Latin letters.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from content.folding import fold_name
from content.lexicon import table
from content.records import EntityRef

_LATIN = re.compile(r"[A-Za-z]{3,}(?:['’\s]{0,2}\d{2,4}(?!\d))?")
_LATIN_NAME = re.compile(r"[a-z]{3,}(?:\d+)?")
_EDITION = re.compile(r"(?:第[一二三四五六七八九十百\d]+|首|本|[上下]一?|前)[届屆]$|(?<!\d)\d{4}年?度?$")
_NUMBER = re.compile(r"\d{4}")
_OWN = 2
"""Characters besides the word for an event that a short name has at least."""
_TELLING = 4
"""Characters of a word for an event that may stand alone where one event is called so: 揭牌仪式."""
_LONGEST = 40


@dataclass(frozen=True, slots=True)
class EventMention:
    """A place in a text that means one of some events."""

    start: int
    end: int
    events: tuple[EntityRef, ...]


def events_meant(text: str, events: Iterable[EntityRef]) -> tuple[EventMention, ...]:
    """The places in a text that shorten an event's name, the longest first kept, none overlapping.

    Args:
        text: a question; places are code points into it.
        events: all that are known.
    """
    names = {ref: fold_name(ref.name) for ref in events}
    candidates = [*_latin(text, names), *_shortened(text, names)]
    found = sorted(candidates, key=lambda one: (one.start - one.end, one.start))
    taken: set[int] = set()
    mentions = []
    for mention in found:
        if taken.isdisjoint(range(mention.start, mention.end)):
            taken |= set(range(mention.start, mention.end))
            mentions.append(mention)
    return tuple(sorted(mentions, key=lambda mention: mention.start))


def _latin(text: str, names: Mapping[EntityRef, str]) -> Iterator[EventMention]:
    """Words in Latin letters, with the year that belongs to them or without."""
    for match in _LATIN.finditer(text):
        word = fold_name(match.group())
        bare = word.rstrip("0123456789")
        for wanted in dict.fromkeys((word, bare)):
            refs = tuple(ref for ref, name in names.items() if wanted in _latin_words(name))
            if refs:
                yield EventMention(match.start(), match.end(), refs)
                break


def _latin_words(name: str) -> set[str]:
    words = set(_LATIN_NAME.findall(name))
    return words | {word.rstrip("0123456789") for word in words}


def _shortened(text: str, names: Mapping[EntityRef, str]) -> Iterator[EventMention]:
    """Pieces that end with a word for an event and are a name with something left out."""
    folded, places = fold_name.with_offsets(text)
    for end in range(2, len(folded) + 1):
        suffix = _suffix(folded[:end])
        if not suffix:
            continue
        for start in range(max(0, end - _LONGEST), end - len(suffix) + 1):
            piece = folded[start:end]
            refs = tuple(ref for ref, name in names.items() if _shortens(piece, name, suffix))
            own = end - start - len(suffix)
            if refs and (own >= _OWN or (len(piece) >= _TELLING and len(refs) == 1)):
                edition = _EDITION.search(folded[:start])
                if edition is None or any(edition.group().rstrip("年度") in names[ref] for ref in refs):
                    yield EventMention(places[start], places[end - 1] + 1, refs)
                break


def _suffix(text: str) -> str:
    """The longest word for an event that a text ends with."""
    suffixes = table("event_suffixes")
    return next((text[-size:] for size in range(min(6, len(text)), 0, -1) if text[-size:] in suffixes), "")


def _shortens(piece: str, name: str, suffix: str) -> bool:
    """Whether a piece is a name with something left out: at most two stretches of it, in its own order.

    A year in the piece must be the name's, and the word for an event its last.
    """
    if not name.rstrip("0123456789").endswith(suffix) and suffix not in name:
        return False
    if piece[0] in "届屆第年" or any(number not in name for number in _NUMBER.findall(piece)):
        return False
    if piece in name:
        return True
    return any(
        len(second) >= len(suffix)
        and (place := name.find(first)) >= 0
        and name.find(second, place + len(first)) >= 0
        for first, second in ((piece[:cut], piece[cut:]) for cut in range(2, len(piece) - len(suffix) + 1))
    )
