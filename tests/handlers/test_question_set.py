"""The question sets: how many questions get the fact they ask for; the rest is said to be not stated."""

from __future__ import annotations

from pathlib import Path

import pytest
from app import App

_SETS = Path(__file__).parents[1] / "questions"
_NOT_STATED = "not stated"
_SAYS_SO = "没有找到"
"""How an answer begins that states no fact."""


def _questions(name: str) -> list[tuple[str, str]]:
    lines = (_SETS / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    pairs = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return [(question, expected) for question, expected in pairs]


@pytest.mark.parametrize("name", ["shipped", "fictional"])
async def test_the_set(app: App, name: str) -> None:
    """Ninety-five in a hundred are right, and nothing is answered that no report says."""
    misses, invented = [], []
    for question, expected in _questions(name):
        text = "\n".join(message.get("text", "") for message in await app.say(question))
        right = text.startswith(_SAYS_SO) if expected == _NOT_STATED else expected in text
        if not right:
            misses.append(f"{question} | {expected} | {text[:60]!r}")
        if not right and expected == _NOT_STATED:
            invented.append(question)
    assert invented == []
    assert len(misses) <= 0.05 * len(_questions(name)), "\n".join(misses)


def test_a_quarter_asks_for_what_is_not_stated() -> None:
    """A set without traps would prove little."""
    questions = [*_questions("shipped"), *_questions("fictional")]
    assert len(questions) >= 120
    assert sum(expected == _NOT_STATED for _, expected in questions) >= len(questions) / 4
