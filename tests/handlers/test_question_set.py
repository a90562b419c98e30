"""The question set over the shipped article: how many questions get the fact they ask for."""

from __future__ import annotations

from pathlib import Path

from app import App

_SET = Path(__file__).parents[1] / "questions" / "shipped.tsv"
_NOT_STATED = "not stated"
_SAYS_SO = "没有找到"
"""How an answer begins that states no fact."""
_FLOOR = 34
"""Right answers measured when the set was written, before any tuning."""


def _questions() -> list[tuple[str, str]]:
    lines = _SET.read_text(encoding="utf-8").splitlines()
    pairs = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return [(question, expected) for question, expected in pairs]


async def test_the_set(app: App) -> None:
    """At least the measured number of questions is answered right; the failure lists the others."""
    misses = []
    for question, expected in _questions():
        answer = await app.ask(question)
        text = answer["text"]
        answers = text.startswith(_SAYS_SO) if expected == _NOT_STATED else expected in text
        if not answers:
            misses.append((question, expected, text[:50].replace("\n", " ")))
    right = len(_questions()) - len(misses)
    report = "\n".join(" | ".join(miss) for miss in misses)
    assert right >= _FLOOR, f"{right} right; the others:\n{report}"
