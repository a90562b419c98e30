"""The extractor keeps its quality on the fictional articles, which no rule was written for.

The floors are 0.01 below what was measured when they were last raised; raise them when the extractor gets
better, never lower them to let a change pass.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from scoring import Score, invented, load, measure

from content.extraction import extract

ARTICLES = Path(__file__).parent.parent / "articles"
FLOORS = {
    "participants": 0.886,
    "affiliations": 0.822,
    "statements": 0.84,
    "figures": 0.985,
    "works": 0.99,
}
"""Least F1, 0–1, over all articles together."""


@pytest.fixture(scope="module")
def scores() -> dict[str, Score]:
    return measure(load(ARTICLES), extract)


@pytest.mark.parametrize("kind", FLOORS)
def test_quality_does_not_fall(kind: str, scores: dict[str, Score]) -> None:
    """F1 of each kind of fact stays at its floor or above."""
    assert scores[kind].f1 >= FLOORS[kind], scores[kind]


def test_nothing_is_invented() -> None:
    """An article in which nobody speaks yields no participants and no statements."""
    made_up = {
        name: people for name, text, gold in load(ARTICLES) if (people := invented(gold, extract(text)))
    }
    assert made_up == {}


def test_articles_without_a_forum_have_no_event() -> None:
    """An interview, a product story and an essay report no event."""
    events = {name: extract(text).event for name, text, gold in load(ARTICLES) if gold["event"] is None}
    assert len(events) >= 3
    assert set(events.values()) == {None}
