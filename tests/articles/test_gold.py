"""The fictional articles and their gold facts agree with each other."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from content.document import Document

ARTICLES = Path(__file__).parent
NAMES = sorted(path.stem for path in ARTICLES.glob("*.txt"))
ROLES = {"speaker", "moderator", "panelist", "attendee"}
KINDS = {"talk", "report", "policy", "other"}
COMPARATORS = {"=", ">", ">=", "<", "<=", "~"}


def forms(value: Any) -> list[Any]:
    """The acceptable forms of a gold field; the first is the one the article has."""
    return value if isinstance(value, list) else [value]


def squeezed(text: str) -> str:
    """The text without the spaces that lists set inside a name (申　屠) and without quotation marks."""
    return re.sub(r"[\s“”「」《》]", "", text)


@pytest.fixture(params=NAMES)
def pair(request: pytest.FixtureRequest) -> tuple[str, dict[str, Any]]:
    text = (ARTICLES / f"{request.param}.txt").read_text("utf-8")
    gold = json.loads((ARTICLES / "gold" / f"{request.param}.json").read_text("utf-8"))
    return text, gold


def quoted_fields(gold: dict[str, Any]) -> Iterator[str]:
    """Every gold string that must stand in the article."""
    for person in gold["participants"]:
        yield forms(person["name"])[0]
        for affiliation in person["affiliations"]:
            yield from (forms(affiliation[field])[0] for field in ("organization", "title"))
    yield from (forms(work["title"])[0] for work in gold["works"])
    yield from (forms(product["name"])[0] for product in gold["products"])
    event = gold["event"] or {}
    yield from (forms(event.get(field))[0] for field in ("name", "venue", "theme"))
    yield from event.get("hosts", [])


def test_every_article_has_gold_and_every_gold_an_article() -> None:
    """No file stands alone, and there are enough of them to measure on."""
    assert sorted(path.stem for path in (ARTICLES / "gold").glob("*.json")) == NAMES
    assert len(NAMES) >= 16


def test_articles_are_as_long_as_press_articles(pair: tuple[str, dict[str, Any]]) -> None:
    """Each article has 500 to 2,500 characters."""
    assert 500 <= len(pair[0]) <= 2500


def test_gold_strings_stand_in_the_article(pair: tuple[str, dict[str, Any]]) -> None:
    """Names, posts, organisations, titles of works, products and the event are the article's own words."""
    text, gold = pair
    haystack = squeezed(text)
    missing = [field for field in quoted_fields(gold) if field and squeezed(field) not in haystack]
    assert missing == []


def test_figures_stand_in_their_sentences(pair: tuple[str, dict[str, Any]]) -> None:
    """A figure's text stands in the sentence that it names, with a number and a known comparator."""
    text, gold = pair
    document = Document(text)
    for figure in gold["figures"]:
        sentence = document[document.sentences[figure["sentence"] - 1]]
        assert any(form in sentence for form in forms(figure["text"])), figure
        assert all(isinstance(value, int | float) for value in forms(figure["value"])), figure
        assert set(forms(figure["comparator"])) <= COMPARATORS, figure
        assert figure.get("value_max", float("inf")) > min(forms(figure["value"])), figure


def test_statements_belong_to_participants(pair: tuple[str, dict[str, Any]]) -> None:
    """Each speaker is a participant or the group, and each sentence exists and is not optional as well."""
    text, gold = pair
    count = len(Document(text).sentences)
    names = {name for person in gold["participants"] for name in forms(person["name"])} | {"*"}
    for speaker, numbers in gold["statements"].items():
        assert speaker in names
        assert all(1 <= number <= count for number in numbers), speaker
        assert numbers == sorted(set(numbers)), speaker
        assert not set(numbers) & set(gold["statements_optional"]), speaker


def test_a_participant_with_statements_speaks(pair: tuple[str, dict[str, Any]]) -> None:
    """Nobody with a statement of their own is gold as an attendee only."""
    _, gold = pair
    for person in gold["participants"]:
        roles = set(forms(person["role"]))
        assert roles <= ROLES, person
        if any(name in gold["statements"] for name in forms(person["name"])):
            assert roles & {"speaker", "moderator"}, person


def test_every_title_in_book_quotes_is_a_gold_work(pair: tuple[str, dict[str, Any]]) -> None:
    """A 《title》 in the article is in the gold, if only as optional."""
    text, gold = pair
    titles = {form for work in gold["works"] for form in forms(work["title"])}
    assert set(re.findall(r"《([^《》]+)》", text)) <= titles
    assert all(set(forms(work["kind"])) <= KINDS for work in gold["works"])


def test_some_articles_report_no_event_and_one_quotes_nobody() -> None:
    """The set holds interviews and stories without an event, and one article with nothing to find."""
    golds = [json.loads((ARTICLES / "gold" / f"{name}.json").read_text("utf-8")) for name in NAMES]
    without = [gold for gold in golds if gold["event"] is None]
    assert len(without) >= 3
    assert any(not gold["participants"] and not gold["statements"] for gold in without)
