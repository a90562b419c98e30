"""How much a string looks like a person's name, by the characters alone.

Scores are natural logarithms of odds: P(string | the name of a person) / P(string | running text). They say
nothing of what stands around the string and nothing of how often people are named; a caller adds the
evidence of the context and compares with a threshold of its own. Zero means no evidence either way.

Strings are given in simplified characters (``content.extraction.reading.fold`` maps 歐陽 to 欧阳). The
numbers stand in tables under ``content/lexicon`` with their sources; ``content.lexicon.make_name_tables``
counts them.
"""

from __future__ import annotations

import math
from functools import cache

from content.lexicon import table

IMPOSSIBLE = -20.0
"""The score of what cannot be a name: no surname, or too long or short."""

_LONGEST_GIVEN = 2
_LENGTH = {1: math.log(0.13), 2: math.log(0.87)}
"""ln P(length of the given name): about one Chinese in eight bears a single character."""


def name_score(name: str) -> float:
    """Log-odds that a string is a Chinese personal name rather than a piece of running text.

    王海峰 and 欧阳昭 score well above zero, 方面 and 高度 below. A compound surname is tried as
    well as its first character, and the better reading counts.

    Args:
        name: surname and given name, two to four characters, simplified.

    Returns:
        The log-odds (natural logarithm), ``IMPOSSIBLE`` for what has not the shape of a name.
    """
    readings = [_reading(name[:length], name[length:]) for length in (1, 2)]
    best = max(readings)
    return best if best == IMPOSSIBLE else best - _word_lift(name)


def surname_score(surname: str) -> float:
    """Log-odds of a surname (one or two characters, simplified) where a name may begin; 王 6.0, 和 -3.0."""
    return _surnames().get(surname, IMPOSSIBLE)


def transliteration_score(part: str) -> float:
    """Log-odds that a run of characters transliterates a foreign name, the mean of a character.

    The mean, for that a long run is no better a name than a short one: 奥卡福 above zero, 委员会 below.

    Args:
        part: a piece of a name between the dots, simplified; ``奥卡福`` of ``阿米娜·奥卡福``.
    """
    if not part:
        return IMPOSSIBLE
    characters = _transliteration()
    return sum(characters.get(character, 0.0) for character in part) / len(part)


def _reading(surname: str, given: str) -> float:
    if surname not in _surnames() or not 1 <= len(given) <= _LONGEST_GIVEN or not all(map(_is_han, given)):
        return IMPOSSIBLE
    return surname_score(surname) + _LENGTH[len(given)] + _given_score(given)


def _given_score(given: str) -> float:
    alone, first, last = _given()
    if len(given) == 1:
        return alone.get(given, 0.0)
    return first.get(given[0], 0.0) + last.get(given[1], 0.0)


def _is_han(character: str) -> bool:
    return "一" <= character <= "鿿"


def _word_lift(text: str) -> float:
    """How much likelier the best cut of the text into words is than its characters one by one."""
    words, best = _words(), [0.0]
    for end in range(1, len(text) + 1):
        cuts = (best[start] + words.get(text[start:end], 0.0) for start in range(max(0, end - 3), end))
        best.append(max(cuts))
    return best[-1]


@cache
def _surnames() -> dict[str, float]:
    return {surname: float(odds) for surname, (_, odds) in table("surname_odds").items()}


@cache
def _given() -> tuple[dict[str, float], dict[str, float], dict[str, float]]:
    """Log-odds of a character as the only, the first and the last one of a given name."""
    alone, first, last = _column("given_odds", 0), _column("given_odds", 1), _column("given_odds", 2)
    return alone, first, last


@cache
def _words() -> dict[str, float]:
    return {word: float(lift) for lift, (words,) in table("name_words").items() for word in words.split(" ")}


@cache
def _transliteration() -> dict[str, float]:
    return _column("transliteration_odds", 0)


def _column(name: str, index: int) -> dict[str, float]:
    """The value of every character in one column of a table whose rows begin with the value."""
    return {character: float(row) for row, cells in table(name).items() for character in cells[index]}
