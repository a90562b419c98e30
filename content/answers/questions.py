"""What a plain question asks for: the kind of answer, and the words that are left to look for."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal, cast

from content.records import FigureRecord

Wanted = Literal["number", "who", "when", "said"]
_WORDS = Path(__file__).parent.parent / "lexicon" / "question_words.tsv"
_BREAK = re.compile(r"[\s?？!！。，,、;；:：“”\"'‘’《》()（）]+")
_NEAR = 8
"""Code points before and after a figure in which a word says what it counts."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question without the names in it."""

    wanted: Wanted | None
    words: tuple[str, ...]
    """What is left to look for: ``开发者``."""


def read_question(text: str, names: Iterable[tuple[int, int]] = ()) -> Question:
    """Take a question apart.

    Args:
        text: the question: ``飞桨有多少开发者``.
        names: places of the known names in it, code points, which are left out.
    """
    characters = list(text)
    for start, end in names:
        characters[start:end] = " " * (end - start)
    rest = "".join(characters)
    table, pattern = _table()
    wanted: Wanted | None = None
    for match in pattern.finditer(rest):
        kind = table[match.group().lower()]
        if wanted is None and kind != "filler":
            wanted = cast(Wanted, kind)
    words = [word for word in _BREAK.split(pattern.sub(" ", rest)) if word]
    return Question(wanted, tuple(words))


def figures_about(records: Iterable[FigureRecord], words: tuple[str, ...]) -> tuple[FigureRecord, ...]:
    """The figures that count what the words name; those in whose sentence the words stand, failing that."""
    known = tuple(records)
    if not words:
        return known
    for place in (_named, _near, _sentence):
        found = tuple(record for record in known if all(word in place(record) for word in words))
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
def _table() -> tuple[dict[str, str], re.Pattern[str]]:
    lines = _WORDS.read_text(encoding="utf-8").splitlines()
    table = dict(line.split("\t") for line in lines if line and not line.startswith("#"))
    longest_first = sorted(table, key=len, reverse=True)
    forms = (rf"\b{re.escape(word)}\b" if word.isascii() else re.escape(word) for word in longest_first)
    return table, re.compile("|".join(forms), re.IGNORECASE)
