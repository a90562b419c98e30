"""Chinese personal names: surname and given-name statistics weighed with what stands around a name.

Every place where a surname may begin a name yields candidates of each length; each is scored by how much its
characters look like a name (``content.name_statistics``), by what stands before it (a title, a mark, 由) and
behind it (a title, a verb of speech, a mark, a word). The evidence of all places of a text is added up, so
that a name seen once in a strong context is known everywhere and 朱学|庆会见 loses to 朱学庆|会见. Scores are
about natural logarithms.
"""

from __future__ import annotations

import re
import sys
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from content.extraction.name_context import BROKEN, MARK, SPEECH, TITLE, after, before
from content.extraction.titles import heads, title_at, title_before
from content.lexicon import table, terms
from content.name_statistics import IMPOSSIBLE, name_score, surname_score

_BYLINE = re.compile(
    r"[（(][^（）\n]{0,40}?(?:记者|通讯员|摄影|供稿|图片|文/|图/|摄/|编辑)[^（）\n]{0,60}）"
    r"|(?<=[电讯]) ?（[^（）\n]{2,40}）|(?:记者|通讯员|供稿|摄影)[ ：][一-龥]{2,4}(?:[ 、][一-龥]{2,4}){0,5}"
)
_JAPANESE = 2.0
"""How much a Japanese surname with characters behind it looks like a name."""
_MARRIED = 3.0
"""What a name with a husband's surname before it (林|郑月娥) loses."""
_HOPELESS = -4.5
_LISTED = 3.0
"""What standing in a list beside a known name adds (马光远、|向松祚、)."""
_NEEDED = 4.3
_LEAST_SURE, _SCALE = 0.9, 130
"""How often a name that just has what it needs is one, and what each further percent takes; both by
``bench/calibration.py``."""
_NEEDED_ALONE = 9.5
"""What a name needs that neither a title nor a verb of speech stands beside."""


@dataclass(frozen=True, slots=True)
class Name:
    """A personal name of the article and how sure it is."""

    text: str
    confidence: float
    rule: str
    press: bool
    """Whether it is only ever named as the one who made the article (记者 李某)."""


@dataclass(slots=True)
class _Evidence:
    places: list[float]
    titled: bool = False
    press: int = 0
    listed: tuple[int, int] | None = None
    """A place in a list, between 、 or at its end."""


def find_names(text: str) -> dict[str, Name]:
    """The Chinese personal names of a folded text, by their folded form."""
    seen: dict[str, _Evidence] = defaultdict(lambda: _Evidence([]))
    bylines = _bylines(text)
    for start in _starts(text):
        ahead, title = (TITLE, "press") if _is_in(bylines, start) else before(text, start)
        if ahead is None:
            continue
        for end in _ends(text, start):
            if not title and _is_led(text, start, end):
                continue
            behind = after(text, start, end)
            evidence = seen[text[start:end]]
            evidence.places.append(ahead + behind)
            evidence.titled |= behind > BROKEN and (title not in {"", "press"} or title_at(text, end) > end)
            evidence.press += title == "press"
            joined = text[start - 1 : start] == "、" or text[end : end + 1] == "、"
            if joined and (behind >= MARK or text[end : end + 1] in "等和与及"):
                evidence.listed = start, end
    scores = {name: _score(name, evidence) for name, evidence in seen.items()}
    good = {name: score for name, score in scores.items() if score >= _threshold(seen[name])}
    _take_lists(text, seen, scores, good)
    beaten = _beaten(good)
    return {name: _named(name, good[name], seen[name]) for name in good if name not in beaten}


def _bylines(text: str) -> list[tuple[int, int]]:
    """The ranges that name who made the article: （记者 李某 通讯员 王某）."""
    return [match.span() for match in _BYLINE.finditer(text)]


def _is_in(ranges: list[tuple[int, int]], offset: int) -> bool:
    index = bisect_right(ranges, (offset, sys.maxsize)) - 1
    return index >= 0 and offset < ranges[index][1]


def _starts(text: str) -> Iterator[int]:
    for match in _surname_characters().finditer(text):
        inside = match.start() + 1 - title_before(text, match.start() + 1) > 1
        if not inside and not heads().at(text, match.start()):
            yield match.start()


@cache
def _surname_characters() -> re.Pattern[str]:
    surnames = (*table("surname_odds"), *table("japanese_surnames"))
    return re.compile(f"[{''.join(sorted({name[0] for name in surnames}))}]")


def _ends(text: str, start: int) -> Iterator[int]:
    """Where a name that begins here may end: one or two characters behind the surname."""
    longest = max(
        terms("surname_odds").at(text, start) + 2, terms("japanese_surnames").at(text, start) + 3, 4
    )
    for end in range(start + 2, min(start + longest, len(text)) + 1):
        if not "一" <= text[end - 1] <= "鿿":
            return
        if plausibility(text[start:end]) > _HOPELESS and not _is_adverbial(text, start):
            yield end


def _is_led(text: str, start: int, end: int) -> bool:
    """Whether a preposition before a surname with a title is read as a name (向|林院长)."""
    led = end - start == 2 and text[start] in "向和同从于" and text[start + 1] in table("surname_odds")
    return led and title_at(text, end) > end


def _is_adverbial(text: str, start: int) -> bool:
    """Whether an adverb fills the candidate, as a whole or behind 曾, 均 (曾|公开|表示)."""
    adverbs = terms("adverbs")
    return adverbs.at(text, start) >= 2 or (adverbs.at(text, start) == 1 and adverbs.at(text, start + 1) >= 2)


def _score(name: str, evidence: _Evidence) -> float:
    places = sorted(evidence.places, reverse=True)
    broken = sum(place < 0 for place in places) / len(places)
    return plausibility(name) + places[0] + 0.3 * sum(max(0.0, place) for place in places[1:3]) - 3 * broken


def plausibility(name: str) -> float:
    """How much a folded string looks like a name by itself; a surname with a title (王处长) is none."""
    titled = heads().before(name, len(name)) or (len(name) == 2 and name[-1] in terms("titles", "call"))
    if titled or terms("not_names").at(name, 0):
        return IMPOSSIBLE
    if (
        len(name) > 2
        and (family := terms("japanese_surnames").at(name, 0))
        and family < len(name) <= family + 3
    ):
        return _JAPANESE
    if len(name) == 4 and name[1] in table("surname_odds"):
        return max(name_score(name), min(surname_score(name[0]), name_score(name[1:]) - _MARRIED))
    return name_score(name)


def _threshold(evidence: _Evidence) -> float:
    strong = evidence.titled or evidence.press or max(evidence.places) > SPEECH
    return _NEEDED if strong else _NEEDED_ALONE


def _take_lists(
    text: str, seen: dict[str, _Evidence], scores: dict[str, float], good: dict[str, float]
) -> None:
    """Add the names that a list joins to a known one, forwards and then backwards."""
    listed = [
        (name, place) for name, evidence in seen.items() if (place := evidence.listed) and name not in good
    ]
    for forwards in (True, False):
        for name, (start, end) in listed if forwards else reversed(listed):
            beside = _ends_with(text, start - 1, good) if forwards else _begins_with(text, end + 1, good)
            if beside and scores[name] + _LISTED >= _NEEDED and text[start - 1 if forwards else end] == "、":
                good[name] = scores[name] + _LISTED


def _ends_with(text: str, end: int, names: Mapping[str, float]) -> bool:
    return any(text[end - length : end] in names for length in (2, 3, 4) if end >= length)


def _begins_with(text: str, start: int, names: Mapping[str, float]) -> bool:
    return any(text[start : start + length] in names for length in (2, 3, 4))


def _beaten(scores: dict[str, float]) -> set[str]:
    """The names of whose two readings, the shorter and the longer, the other has the better evidence."""
    beaten = set()
    for longer, score in scores.items():
        for shorter in (longer[:n] for n in range(2, len(longer))):
            if shorter in scores:
                beaten.add(longer if scores[shorter] > score else shorter)
    return beaten


def _named(name: str, score: float, evidence: _Evidence) -> Name:
    press = evidence.press > 0 and not evidence.titled
    rule = "press" if press else "title" if evidence.titled else "speech"
    return Name(name, min(0.99, _LEAST_SURE + (score - _NEEDED) / _SCALE), rule, press)
