"""Facts as JSON and back."""

from __future__ import annotations

import json
from dataclasses import fields

import pytest

from content.facts_json import facts_from_json, facts_to_json
from content.model import (
    Affiliation,
    Event,
    Facts,
    Figure,
    Milestone,
    Participant,
    Product,
    Statement,
    Topic,
    Work,
)

FACTS = Facts(
    event=Event(start=0, end=6, name="首届云杉论坛", date="2031-05", hosts=("云杉研究院", "松果集团")),
    participants=(
        Participant(
            start=7, end=9, name="陆青", role="speaker", affiliations=(Affiliation("云杉研究院", None),)
        ),
    ),
    statements=(Statement(start=7, end=20, speaker="陆青", confidence=0.9, rule="speech.verb"),),
    figures=(
        Figure(start=10, end=15, text="1.5亿元", value=1.5e8, value_max=2.25, unit="元", period="year"),
    ),
    works=(Work(start=16, end=20, title="松针之歌", kind="talk", by="陆青"),),
    products=(Product(start=21, end=23, name="松鼠", organization="松果集团"),),
    milestones=(Milestone(start=24, end=30, date="2029", text="松果集团成立"),),
    topics=(Topic("造林", 1.0),),
)


def test_there_and_back() -> None:
    """JSON text gives back exactly the facts it was made of."""
    assert facts_from_json(json.loads(json.dumps(facts_to_json(FACTS)))) == FACTS


def test_keys() -> None:
    """The object has the contract's keys, each fact its evidence, confidence and rule."""
    data = facts_to_json(FACTS)
    assert list(data) == [field.name for field in fields(Facts)]
    assert set(data["figures"][0]) == {
        *("text", "value", "value_max", "unit", "comparator", "subject", "period", "as_of"),
        *("start", "end", "confidence", "rule"),
    }
    assert data["participants"][0]["affiliations"] == [{"organization": "云杉研究院", "title": None}]


def test_confidence_has_two_decimals() -> None:
    """Nobody knows a probability to the third decimal."""
    topic = Topic("造林", 1.0, confidence=0.66666, rule="topic.title")
    assert facts_to_json(Facts(topics=(topic,)))["topics"][0]["confidence"] == 0.67


def test_whole_numbers_stay_whole() -> None:
    """150 million is printed as an integer, two and a quarter as it is."""
    figure = facts_to_json(FACTS)["figures"][0]
    assert json.dumps([figure["value"], figure["value_max"]]) == "[150000000, 2.25]"


def test_no_event() -> None:
    """An article without a forum has a null event."""
    data = facts_to_json(Facts())
    assert data["event"] is None
    assert facts_from_json(data) == Facts()


@pytest.mark.parametrize("data", [{}, {"event": 3}, {"event": None, "participants": [{"name": "陆青"}]}])
def test_broken(data: dict[str, object]) -> None:
    """What is not an article's facts is refused with a reason."""
    with pytest.raises(ValueError, match="not the JSON of an article's facts"):
        facts_from_json(data)


def test_unknown_keys_are_ignored() -> None:
    """A later version may add keys."""
    data = facts_to_json(FACTS)
    data["mood"] = "cheerful"
    data["works"][0]["pages"] = 12
    assert facts_from_json(data) == FACTS
