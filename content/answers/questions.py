"""What a plain question asks for: the kind of answer, and the words that are left to look for."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Literal, cast

from content.folding import fold_text
from content.lexicon import table
from content.records import FigureRecord

Wanted = Literal["number", "who", "when", "said"]
_BREAK = re.compile(r"[\s?？!！。，,、;；:：“”\"'‘’《》()（）]+")
_NEAR = 8
"""Code points before and after a figure in which a word says what it counts."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question without the names in it."""

    wanted: Wanted | None
    words: tuple[str, ...]
    """What is left to look for, in the folded reading: ``开发者``."""


def read_question(text: str, names: Iterable[tuple[int, int]] = ()) -> Question:
    """Take a question apart.

    Args:
        text: the question: ``飞桨有多少开发者``.
        names: places of the known names in it, code points, which are left out.
    """
    characters = list(text)
    for start, end in names:
        characters[start:end] = " " * (end - start)
    rest = fold_text("".join(characters))
    kinds, pattern = table("question_words"), _pattern()
    asked = (kinds[match.group()][0] for match in pattern.finditer(rest))
    wanted = next((cast(Wanted, kind) for kind in asked if kind != "filler"), None)
    words = [word for word in _BREAK.split(pattern.sub(" ", rest)) if word]
    return Question(wanted, tuple(words))


def figures_about(records: Iterable[FigureRecord], words: tuple[str, ...]) -> tuple[FigureRecord, ...]:
    """The figures that count what the words name; those in whose sentence the words stand, failing that."""
    known, wanted = tuple(records), [fold_text(word) for word in words]
    for place in (_named, _near, _sentence):
        found = tuple(record for record in known if all(word in fold_text(place(record)) for word in wanted))
        if found:
            return found
    return ()


def _named(record: FigureRecord) -> str:
    return f"{record.text} {record.unit or ''} {record.subject or ''}"


def _near(record: FigureRecord) -> str:
    place = max(record.sentence.find(record.text), 0)
    return record.sentence[max(0, place - _NEAR) : place + len(record.text) + _NEAR]


def _sentence(record: FigureRecord) -> str:
    return record.sentence


@cache
def _pattern() -> re.Pattern[str]:
    longest_first = sorted(table("question_words"), key=len, reverse=True)
    forms = (rf"\b{re.escape(word)}\b" if word.isascii() else re.escape(word) for word in longest_first)
    return re.compile("|".join(forms))
