"""Records to pictures: what shares one, what is compared, what is left to the next."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pictures import evidence, source

from content.model import Period
from content.pictures import compose
from content.records import (
    EntityRef,
    EventRecord,
    Evidence,
    FigureRecord,
    MilestoneRecord,
    ParticipationRecord,
    PostRecord,
    StatementRecord,
    Subject,
)

LIN, ZHOU = EntityRef("person", 1, "林知远"), EntityRef("person", 2, "周牧之")
FORUM = EntityRef("event", 3, "松城开源论坛")
EVENT = EventRecord(
    evidence=evidence(), ref=FORUM, date="2031-09-18", venue=None, city=None, theme=None, hosts=()
)


def said(text: str, start: int, article: int = 1) -> StatementRecord:
    place = Evidence(fact_id=start + 1, source=source(article), start=start, end=start + len(text), text=text)
    return StatementRecord(evidence=place, person=LIN, event=FORUM)


def post(organization: str, title: str, article: int = 1) -> PostRecord:
    body = EntityRef("organization", hash(organization) % 99, organization)
    return PostRecord(evidence=evidence(7, article), person=LIN, organization=body, title=title)


def figure(text: str, value: float, unit: str | None, period: Period | None = None) -> FigureRecord:
    fields: dict[str, Any] = {"value_max": None, "comparator": "=", "as_of": None, "person": LIN}
    return FigureRecord(
        evidence=evidence(),
        sentence=text,
        text=text,
        value=value,
        unit=unit,
        period=period,
        subject="用户",
        event=FORUM,
        **fields,
    )


def test_sentences_that_follow_on_share_a_card() -> None:
    """Up to the length of a card; what stands elsewhere begins a new one; the first sentence is cited."""
    first, second = "甲" * 60 + "。", "乙" * 60 + "。"
    long = "丙" * 60 + "。"
    cards = compose.cards(
        LIN, [said(first, 0), said(second, 61), said(long, 122), said("丁。", 900)], [], [EVENT]
    )
    assert [card.text for card in cards] == [first + second, long, "丁。"]
    assert [card.citation.fact_id for card in cards] == [1, 123, 901]
    assert {card.date for card in cards} == {"2031-09-18"}


def test_a_card_gives_the_posts_of_its_article() -> None:
    """Those of another time only where its own article gives none."""
    posts = [post("云溪大学", "教授", 1), post("星河研究院", "院长", 2)]
    cards = compose.cards(LIN, [said("甲。", 0, 2), said("乙。", 0, 3)], posts)
    assert cards[0].posts == ("星河研究院 · 院长",)
    assert cards[1].posts == ("云溪大学 · 教授", "星河研究院 · 院长")


def test_a_sentence_that_no_card_holds_is_cut_and_says_so() -> None:
    """It ends in an ellipsis, and the card knows that it is an excerpt."""
    (card,) = compose.cards(LIN, [said("甲" * 900 + "。", 0)], [])
    assert card.cut
    assert card.text.endswith("…")
    assert len(card.text) <= 560


def test_only_like_is_compared_with_like() -> None:
    """Unit and period make a panel; the largest is first, what stands alone comes last."""
    figures = [
        figure("3人", 3, "人"),
        figure("8次", 8, "次", "day"),
        figure("9人", 9, "人"),
        figure("7次", 7, "次", "year"),
    ]
    (chart,) = compose.charts(figures, "论坛")
    assert [[bar.text for bar in panel.bars] for panel in chart.panels] == [["9人", "3人"], ["8次"], ["7次"]]


def test_without_a_unit_nothing_is_compared() -> None:
    """What is counted is not known, so each such quantity stands alone."""
    (chart,) = compose.charts([figure("万亿级", 1e12, None), figure("140+", 140, None)])
    assert [len(panel.bars) for panel in chart.panels] == [1, 1]


@pytest.mark.parametrize(
    ("unit", "values", "most"), [("%", (20, 5), 100), ("%", (150,), 150), ("人", (20, 5), 20)]
)
def test_the_scale_of_a_panel(unit: str, values: tuple[float, ...], most: float) -> None:
    """A share is measured on the whole, everything else on the largest."""
    (chart,) = compose.charts([figure("x", value, unit) for value in values])
    assert chart.panels[0].most == most


@given(st.lists(st.integers(0, 900), max_size=60))
def test_no_picture_leaves_anything_out(sizes: list[int]) -> None:
    """All dates in order over the pages, none empty, none with more than fit."""
    records = [
        MilestoneRecord(evidence=evidence(), date="2031", text=f"{index:03}" + "甲" * size, event=None)
        for index, size in enumerate(sizes)
    ]
    pages = compose.chronicles(records)
    shown = [entry.text[:3] for page in pages for entry in page.entries]
    assert shown == [f"{index:03}" for index in range(len(sizes))]
    assert all(1 <= len(page.entries) <= compose.ENTRIES for page in pages)
    assert all(sum(len(entry.text) for entry in page.entries) <= 560 for page in pages)


def test_a_network_links_people_to_what_they_are_and_say() -> None:
    """Organisations and titles of their posts, the three topics that they name most often."""
    taking_part = [
        ParticipationRecord(
            evidence=evidence(),
            person=LIN,
            event=FORUM,
            role="speaker",
            posts=(post("云溪大学", "教授"), post("星河研究院", "院长")),
        ),
        ParticipationRecord(evidence=evidence(), person=ZHOU, event=FORUM, role="attendee"),
    ]
    topics = [EntityRef("topic", number, f"话题{number}") for number in range(5)]
    subjects = [Subject(LIN, topic, 9 - topic.id) for topic in topics]
    (network,) = compose.networks(EVENT, taking_part, subjects)
    lin, zhou = network.members
    assert lin.organizations == ("云溪大学", "星河研究院")
    assert lin.titles == ("教授", "院长")
    assert lin.topics == (("话题0", 9), ("话题1", 8), ("话题2", 7))
    assert (zhou.organizations, zhou.topics) == ((), ())
