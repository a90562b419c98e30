"""Whether a text holds the words of a question: themselves, in pieces, or by another word for the same.

A word in Latin letters is held only whole (AI is not in AIREP), or by its initials (SIG by Special Interest
Group); half a number is another number; a Chinese word may stand apart in its pieces (产业模型 in
产业级模型).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache

from content.folding import fold_text
from content.lexicon import table
from content.tokens import is_word, words_of

_GAP = 4
"""Characters between the pieces of a word at most."""
_NUMBER = re.compile(r"\d[\d.,]*\+?[%％]?")
_LATIN = re.compile(r"[a-z][a-z0-9+#.&'-]*")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d|\.\d)(?=年|\s|[^\d年]|$)")
_CLAUSE = re.compile(r"[，,。；;！!？?：:\n]")
_ANAPHOR = re.compile(r"这[种一些个类项]?|该|其|此")


def needed(words: Iterable[str], *, counting: bool = False) -> tuple[str, ...]:
    """The words of a question that its answer has to hold, one by one.

    Args:
        words: the runs between the words that ask; ``用户|顾客``, either, stays.
        counting: whether a number is asked for; verbs that only say that there is something go then.
    """
    light = table("question_light")
    kinds = {"light", "count"} if counting else {"light"}
    found: dict[str, None] = {}

    def weighs(word: str) -> bool:
        return not kinds.intersection(light.get(word, ()))

    for word in words:
        parts = (word,) if "|" in word else words_of(fold_text(word))
        for part in parts:
            if part in table("question_synonyms") or not _loose(part):
                pieces = [part]
            else:
                pieces = "".join(one if weighs(one) else " " for one in part).split()
            # One character that is left over before a word says little: 成 of 成宗教, but 铜 of 看涨铜.
            whole = counting or part is parts[-1]
            found |= dict.fromkeys(piece for piece in pieces if weighs(piece) and (whole or len(piece) > 1))
    return tuple(found)


def _loose(part: str) -> bool:
    """Whether a part is no word of its own but characters between words: 会减."""
    return len(part) < 4 and not part.isascii() and not is_word(part)


def stands_alone(text: str, start: int, end: int) -> bool:
    """Whether a place of a text is no mere part of one longer word: 移动 is one of 中国移动."""
    place = 0
    folded = fold_text(text)
    if len(folded) != len(text):  # places would not be the same
        return True
    for word in words_of(folded):
        first = folded.find(word, place)
        place = first + len(word)
        if first <= start and end <= place:
            return end - start == len(word)
    return True


def missing(words: Iterable[str], text: str) -> tuple[str, ...]:
    """The words that a text does not hold."""
    folded = fold_text(text)
    return tuple(word for word in words if not _holds(folded, fold_text(word)))


def covers(words: Iterable[str], text: str) -> bool:
    """Whether a text holds every word."""
    return not missing(words, text)


def clause_of(sentence: str, start: int, end: int) -> str:
    """The clause of a sentence that a place stands in."""
    before = [match.end() for match in _CLAUSE.finditer(sentence, 0, start)]
    after = _CLAUSE.search(sentence, end)
    return sentence[before[-1] if before else 0 : after.start() if after else len(sentence)]


def clauses(sentence: str) -> tuple[str, ...]:
    """The clauses of a sentence."""
    return tuple(part for part in _CLAUSE.split(sentence) if part.strip())


def years(text: str) -> tuple[str, ...]:
    """The years that a text writes out: ``2012``."""
    return tuple(match[1] for match in _YEAR.finditer(fold_text(text)))


def governing_year(sentence: str, place: int) -> str | None:
    """The year that holds at a place of a sentence: the last one before it, or the one in its own clause."""
    before = years(sentence[:place])
    if before:
        return before[-1]
    inside = years(clause_of(sentence, place, place))
    return inside[0] if inside else None


def refers_back(text: str) -> bool:
    """Whether a sentence speaks of something that stands before it: 这种手术."""
    return _ANAPHOR.search(text) is not None


def _holds(text: str, word: str) -> bool:
    """Whether a folded text holds a folded word or one of several names of a thing."""
    if "|" in word:
        return any(_holds(text, name) for name in word.split("|") if name)
    if numbers := _NUMBER.findall(word):
        bounded = (re.search(rf"(?<!\d)(?<!\d[.,]){re.escape(number)}(?!\d)", text) for number in numbers)
        if not all(bounded):
            return False
        rest = _NUMBER.sub("", word)
        return word in text or (len(rest) < 2 and rest in text) or bool(rest and _held(text, rest))
    return _held(text, word)


def _held(text: str, word: str) -> bool:
    if any(_stands(text, one) for one in _alike(word)):
        return True
    if _LATIN.fullmatch(word):
        return _initials(text, word)
    return _in_pieces(text, word)


def _stands(text: str, word: str) -> bool:
    """Whether a word stands in a text; between letters it would be a part of another word."""
    if not word or not word[0].isascii():
        return word in text
    return any(
        not (_is_letter(text, match.start() - 1) or _is_letter(text, match.end()))
        or (match.end() < len(text) and text[match.end()] == "s" and not _is_letter(text, match.end() + 1))
        for match in re.finditer(re.escape(word), text)
    )


def _is_letter(text: str, place: int) -> bool:
    return 0 <= place < len(text) and text[place].isascii() and text[place].isalpha()


def _initials(text: str, word: str) -> bool:
    """Whether neighbouring Latin words begin with the letters of an abbreviation."""
    size = len(word)
    if not 2 <= size <= 6 or not word.isalpha():
        return False
    found = re.findall(r"[a-z]+", text)
    return any(
        "".join(part[0] for part in found[first : first + size]) == word
        for first in range(len(found) - size + 1)
    )


def _in_pieces(text: str, word: str) -> bool:
    """Whether a word stands in a text in pieces close to each other, one of a single character at most.

    产业模型 stands in 产业级模型, 冷年 in 冷冻年度; 中国移动 not where the two are far apart.
    """
    if len(word) == 2:
        return re.search(f"{re.escape(word[0])}[\u3400-\u9fff]{re.escape(word[1])}", text) is not None
    return any(
        _follows(text, match.end(), word[size:], 1)
        for size in range(2, len(word))
        for match in re.finditer(re.escape(word[:size]), text)
    )


def _follows(text: str, place: int, rest: str, singles: int) -> bool:
    """Whether the rest of a word follows a place within a few characters, with so many single pieces left."""
    if not rest:
        return True
    for size in range(len(rest), 0, -1):
        if size == 1 and not singles:
            continue
        found = text.find(rest[:size], place, place + _GAP + size)
        if found >= 0 and _follows(text, found + size, rest[size:], singles - (size == 1)):
            return True
    return False


def _alike(word: str) -> tuple[str, ...]:
    """A word and what else is said for the same."""
    return _synonyms().get(word, (word,))


@cache
def _synonyms() -> Mapping[str, tuple[str, ...]]:
    groups: dict[str, dict[str, None]] = {}
    for word, others in table("question_synonyms").items():
        group = (word, *others)
        for one in group:
            groups.setdefault(one, {}).update(dict.fromkeys(group))
    return {word: tuple(group) for word, group in groups.items()}
