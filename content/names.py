"""Names: the keys by which a name is found, and how near two names are."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import TypeVar

from content.folding import fold_name, fold_text
from content.lexicon import table

_T = TypeVar("_T")

_SURNAME = "surname"
_LONGEST_READING = 3
CLOSE = 0.3
"""What comes this much after the nearest name is not offered beside it."""
_LOOSE = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("ng", "n"), ("v", "u"))


@dataclass(frozen=True, slots=True)
class NameKeys:
    """What a name is compared by. 王海峰: 王海峰, wanghaifeng, whf."""

    folded: str
    """Simplified, lower case, half width, without blanks, punctuation and accents."""
    pinyin: str
    """Without tones and blanks; letters and digits stay as they are."""
    initials: str
    """First letters of syllables and words; of a run in capitals, the run: 百度AI平台 → bdaipt."""

    @property
    def loose(self) -> str:
        """The pinyin with the sounds that many do not tell apart made one: z/zh, c/ch, s/sh, n/ng, u/ü."""
        return loosened(self.pinyin)


def keys(name: str, *, person: bool = False) -> NameKeys:
    """The keys of a name.

    Args:
        name: any name as an article or a reader writes it.
        person: read a surname as a surname: 曾 as zeng, not ceng.
    """
    folded = name_key(name)
    syllables = _syllables(folded, person)
    return NameKeys(folded, "".join(syllables), _initials(name, syllables))


def name_key(name: str) -> str:
    """What a name is looked up by; a name of nothing but punctuation stays what it is."""
    return fold_name(name) or fold_text(name).strip() or name


def loosened(pinyin: str) -> str:
    """Pinyin without the differences between z and zh, c and ch, s and sh, n and ng, u and ü."""
    for sound, plain in _LOOSE:
        pinyin = pinyin.replace(sound, plain)
    return pinyin


def distance(query: NameKeys, name: NameKeys) -> float | None:
    """How far a name is from what a reader wrote: 0 is the name itself, None is not near.

    In order: the name, its sound (王海锋, wanghaifeng), a like sound (wanhaifen), its initials (whf), a
    part of it (海峰), one or two wrong characters.
    """
    same = (
        (0.0, query.folded == name.folded),
        (0.1, query.pinyin == name.pinyin),
        (0.15, query.loose == name.loose),
        (0.2, len(query.folded) >= 2 and query.folded == name.initials),
    )
    for far, holds in same:
        if holds:
            return far
    if (part := _shared_part(query.folded, name.folded)) is not None:
        return 0.25 + 0.25 * (1 - part)
    if (part := _sound_part(query, name)) is not None:
        return 0.35 + 0.25 * (1 - part)
    return _misspelling(query, name)


def nearest(query: str, candidates: Iterable[tuple[NameKeys, _T]], limit: int = 5) -> list[_T]:
    """The nearest names, nearest first; equally near ones stay in their order. Nothing where all are far."""
    found: list[tuple[float, _T]] = []
    asked = readings(query)
    for name, value in candidates:
        near = [far for one in asked if (far := distance(one, name)) is not None]
        if near:
            found.append((min(near), value))
    return closest(found, limit)


def readings(query: str) -> tuple[NameKeys, ...]:
    """The keys of what a reader wrote, read as a person's name and as any other."""
    return tuple(dict.fromkeys((keys(query, person=True), keys(query))))


def closest(found: Iterable[tuple[float, _T]], limit: int) -> list[_T]:
    """The values by distance, each once, without those far behind the first."""
    ranked = sorted(found, key=lambda pair: pair[0])
    if not ranked:
        return []
    worst = ranked[0][0] + CLOSE
    return list(dict.fromkeys(value for far, value in ranked if far <= worst))[:limit]


def allowed_errors(length: int, *, letters: bool) -> int:
    """Wrong characters that a name of this length may have and still be meant."""
    units = length // 2 if letters else length  # a syllable is two letters or more
    return 2 if units >= 8 else 1 if units >= 3 else 0


def _shared_part(query: str, name: str) -> float | None:
    """Share of the longer that the shorter makes up, where the longer holds it."""
    short, long = sorted((query, name), key=len)
    if len(short) < (3 if short.isascii() else 2) or short not in long:
        return None
    part = len(short) / len(long)
    # A long question is near no name in it; a part of a long name is near it.
    return part if long is name or part >= 0.5 else None


def _sound_part(query: NameKeys, name: NameKeys) -> float | None:
    written = query.folded
    if not written.isascii() or len(written) < 4:
        return None
    if not (name.pinyin.startswith(written) or name.pinyin.endswith(written)):
        return None
    return len(written) / len(name.pinyin)


def _misspelling(query: NameKeys, name: NameKeys) -> float | None:
    letters = query.folded.isascii()
    written, correct = (query.folded, name.pinyin) if letters else (query.folded, name.folded)
    allowed = allowed_errors(min(len(written), len(correct)), letters=letters)
    if not allowed:
        return None
    from rapidfuzz.distance import OSA  # noqa: PLC0415 - only where a name was not found

    errors = OSA.distance(written, correct, score_cutoff=allowed)
    return None if errors > allowed else 0.4 + 0.5 * errors / len(correct)


def _syllables(folded: str, person: bool) -> list[str]:
    syllables: list[str] = []
    place = 0
    while place < len(folded):
        length, reading = _reading(folded, place, person and place == 0)
        syllables += reading
        place += length
    return syllables


def _reading(folded: str, place: int, surname: bool) -> tuple[int, list[str]]:
    for length in range(_LONGEST_READING, 0, -1):
        row = table("readings").get(folded[place : place + length])
        if row and (surname or _SURNAME not in row):
            return length, row[0].split()
    character = folded[place]
    return 1, [character if character.isascii() else _pinyin(character)]


@cache
def _pinyin(character: str) -> str:
    # The phrase table would take 40 MB more; the readings that matter in names stand in our own table.
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "1")
    from pypinyin import lazy_pinyin  # noqa: PLC0415 - 13 MB

    return str(lazy_pinyin(character)[0])


def _initials(name: str, syllables: list[str]) -> str:
    folded, offsets = fold_name.with_offsets(name)
    letters = [
        syllable[0]
        for character, place, syllable in zip(folded, offsets, syllables, strict=False)
        if not character.isascii() or _is_initial(name, place)
    ]
    return "".join(letters) if len(letters) > 1 else ""


def _is_initial(name: str, place: int) -> bool:
    before = fold_name(name[place - 1]) if place else ""
    return name[place].isupper() or name[place].isdigit() or not (before.isascii() and before.isalnum())
