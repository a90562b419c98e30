"""What a plain question asks for, and whether a fact answers it.

A question is read by grammar: the known names are taken out, words that ask (谁, 多少, 哪年) tell the kind of
answer, words that carry nothing (的, 请问) are dropped; what remains are the words that an answer must hold.
A fact in which one of them is missing is none, however near it comes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal, cast

from content.folding import fold_text
from content.lexicon import table
from content.records import FigureRecord

Wanted = Literal["number", "when", "where", "title", "post", "list", "who", "said", "confirm", "what"]
Thing = Literal["people", "works", "products", "organizations", "figures", "topics", "events"]
_ORDER: tuple[Wanted, ...] = (
    "number",
    "when",
    "where",
    "title",
    "post",
    "list",
    "who",
    "said",
    "confirm",
    "what",
)
"""Of several words that ask the first kind here is meant: 王海峰说有多少 asks for a number."""
_BREAK = re.compile(r"[\s?？!！。，,、;；:：“”\"'‘’《》()（）「」『』]+")
_NUMBER = re.compile(r"\d[\d.,]*\+?[%％]?")
_NUMERAL = re.compile(r"\d|[一二三四五六七八九十百千万亿]{2,}")
_CLAUSE = re.compile(r"[，,。；;！!？?：:\n]")


@dataclass(frozen=True, slots=True)
class Question:
    """A question without the names in it."""

    wanted: Wanted | None
    words: tuple[str, ...]
    """What the answer has to hold, in the folded reading: ``开发者``."""
    thing: Thing | None = None
    """What a list is asked of."""
    saying: bool = False
    """Whether it is about somebody's saying something."""
    negated: bool = False
    """Whether it asks for what is not so, which no report states."""


def read_question(text: str, names: Iterable[tuple[int, int]] = ()) -> Question:
    """Take a question apart.

    Args:
        text: the question: ``飞桨有多少开发者``.
        names: places of the known names in it, code points, which are left out.
    """
    characters = list(text)
    for start, end in names:
        characters[start:end] = " " * (end - start)
    rest = _translated(fold_text("".join(characters)))
    kinds = table("question_words")
    asked = [(match.group(), kinds[match.group()]) for match in _pattern().finditer(rest)]
    said = {kind[0] for _, kind in asked}
    things = [cast(Thing, kind[1]) for _, kind in asked if kind[0] == "list" and len(kind) > 1]
    wanted = next((kind for kind in _ORDER if kind in said), None)
    words = [word for part in _BREAK.split(_pattern().sub(" ", rest)) if (word := _bare(part))]
    return Question(
        wanted,
        tuple(words),
        things[0] if things else None,
        saying=bool(said & {"saying", "said"}),
        negated="not" in said,
    )


def _bare(part: str) -> str:
    """A word without the particles at its edges, of which others are parts of words: 在|云州, not 国|家."""
    kinds = table("question_words")
    while part and kinds.get(part[0]) == ("edge",):
        part = part[1:]
    while part and kinds.get(part[-1]) == ("edge",) and len(part) != 2:
        part = part[:-1]
    return part


def covers(words: Iterable[str], text: str) -> bool:
    """Whether a text holds every word of a question, itself, in pieces, or by another word for the same."""
    folded = fold_text(text)
    return all(_holds(folded, fold_text(word)) for word in words)


def figures_about(records: Iterable[FigureRecord], words: tuple[str, ...]) -> tuple[FigureRecord, ...]:
    """The figures that count what the words say: their subject, unit and own clause hold all of it."""
    known = tuple(records)
    for place in (_named, _clause):
        found = tuple(record for record in known if covers(words, place(record)))
        if found:
            return found
    return ()


def figures_called(
    records: Iterable[FigureRecord], names: Iterable[str], words: tuple[str, ...]
) -> tuple[FigureRecord, ...]:
    """Figures whose whole subject the question says, in a sentence with all the names of the question."""
    asked = "".join(map(fold_text, words))
    return tuple(
        record
        for record in records
        if record.subject
        and fold_text(record.subject) in asked
        and covers(words, _clause(record))
        and covers(names, record.sentence)
    )


def counts(words: tuple[str, ...], sentence: str) -> bool:
    """Whether one clause of a sentence gives a number and holds every word."""
    clauses = _CLAUSE.split(sentence)
    return any(_NUMERAL.search(clause) and covers(words, clause) for clause in clauses)


def _named(record: FigureRecord) -> str:
    return f"{record.text} {record.unit or ''} {record.subject or ''}"


def _clause(record: FigureRecord) -> str:
    """The clause that the figure stands in, with what it is called elsewhere in the sentence."""
    place = max(record.sentence.find(record.text), 0)
    before = [match.end() for match in _CLAUSE.finditer(record.sentence, 0, place)]
    after = _CLAUSE.search(record.sentence, place + len(record.text))
    clause = record.sentence[before[-1] if before else 0 : after.start() if after else len(record.sentence)]
    return f"{_named(record)} {clause}"


def _holds(text: str, word: str) -> bool:
    """Whether a folded text holds a folded word; a word of several parts may stand in it part by part.

    Different names of one thing are written ``飞桨|PaddlePaddle``; any of them will do.
    """
    if "|" in word:
        return any(_holds(text, name) for name in word.split("|") if name)
    if numbers := _NUMBER.findall(word):
        # Half a number is another number.
        bounded = (re.search(rf"(?<![\d.,]){re.escape(number)}(?![\d])", text) for number in numbers)
        if not all(bounded):
            return False
    if any(one in text for one in _alike(word)):
        return True
    rest = _NUMBER.sub("", word)
    return (bool(numbers) and len(rest) < 2 and rest in text) or _in_pieces(text, rest)


def _in_pieces(text: str, word: str) -> bool:
    """Whether a word can be cut into pieces that all stand in a text; of single characters one at most."""
    # Fewest single characters needed to cover the word up to each place; None where it cannot be.
    singles: list[int | None] = [0, *[None] * len(word)]
    for end in range(1, len(word) + 1):
        for start in range(end - 1, -1, -1):
            used = singles[start]
            piece = word[start:end]
            if used is None or not any(one in text for one in _alike(piece)):
                continue
            cost = used + (len(piece) == 1)
            if singles[end] is None or cost < cast(int, singles[end]):
                singles[end] = cost
    last = singles[-1]
    return last is not None and last <= min(1, len(word) - 2 if len(word) > 2 else 0)


def _alike(word: str) -> tuple[str, ...]:
    """A word and what else is said for the same."""
    return _synonyms().get(word, (word,))


@cache
def _synonyms() -> Mapping[str, tuple[str, ...]]:
    groups = ((word, *others) for word, others in table("question_synonyms").items())
    return {word: group for group in groups for word in group}


def _translated(text: str) -> str:
    """English words of the trade in Chinese, for the articles are."""
    english = table("question_english")

    def chinese(match: re.Match[str]) -> str:
        word = match.group()
        row = english.get(word) or english.get(word.removesuffix("s"))
        return row[0] if row else word

    phrases = sorted((word for word in english if " " in word), key=len, reverse=True)
    for phrase in phrases:
        text = re.sub(rf"\b{re.escape(phrase)}\b", english[phrase][0], text)
    return re.sub(r"[a-z]+", chinese, text)


@cache
def _pattern() -> re.Pattern[str]:
    words = (word for word, kind in table("question_words").items() if kind != ("edge",))
    longest_first = sorted(words, key=len, reverse=True)
    forms = (rf"\b{re.escape(word)}\b" if word.isascii() else re.escape(word) for word in longest_first)
    return re.compile("|".join(forms))
